package io.turnwise.learner

import scala.jdk.CollectionConverters._

import io.turnwise.cluster.NodeFixture
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class InsightRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  private val right = """"word_id":"pombe","is_correct":true,"response_time":1607"""

  private def process(who: String, fields: String = right): Answer =
    post("/api/amas/process", s"{$fields}", token(who))

  private def explain(who: String, id: String): Answer =
    get(s"/api/amas/explain-decision?decision_id=$id", token(who))

  private def suppose(who: String, body: String): Answer = post("/api/amas/counterfactual", body, token(who))

  private def rows: Long = rowsInJournal

  "The first decision" should {
    "be explained, with what came of it" in {
      val first = process("ann")("event").path("credited_decision_id").asText
      val explained = explain("ann", first)
      (explained.status, explained("action").asInt, explained("source").asText) shouldBe ((200, 7, "beginning"))
      (explained.json.has("word_id"), explained.json.has("reward")) shouldBe ((false, true))
      explained("state").path("attention").asDouble shouldBe .7
      explained("strategy") shouldBe get("/api/amas/strategy", token("nobody"))("strategy")
    }
    "be explained before anything came of it" in {
      put("/api/amas/profile", """{"time_zone":"Asia/Tokyo"}""", token("ben")).status shouldBe 200
      val first = get("/api/amas/strategy", token("ben"))("decision_id").asText
      explain("ben", first).json.has("reward") shouldBe false
    }
    "be explained of each epoch, by either name of the parameter" in {
      process("cid")
      val anew = post("/api/amas/reset", "", token("cid"))("decision_id").asText
      process("cid")
      val explained = get(s"/api/amas/explain-decision?decisionId=$anew", token("cid"))
      (explained("source").asText, explained.json.has("reward")) shouldBe (("beginning", true))
      explained("explanation").asText should startWith("Nothing is known")
    }
    "be in no list of answers" in {
      process("dan")
      get("/api/amas/decision-timeline", token("dan"))("items").size shouldBe 1
    }
  }

  "What would have been" should {
    "be told of the decision in force and of one that is named, and change nothing" in {
      val ids = (1 to 25).map(i => process("eve", right.replace("pombe", s"w${i % 5}"))("decision").path("decision_id"))
      val before = rows
      val tired = suppose("eve", """{"overrides":{"fatigue":0.9}}""")
      tired("base_decision_id") shouldBe ids.last
      tired("counterfactual_state").path("fatigue").asDouble shouldBe .9
      tired("counterfactual_served").path("strategy").path("difficulty").asText shouldBe "easy"
      tired("counterfactual_served").path("guardrails").asScala.map(_.asText) should contain("extreme_fatigue")
      tired("prediction").path("suggested_difficulty").asText shouldBe "easier"
      tired("assumptions").size should be > 2
      suppose("eve", """{"overrides":{"fatigue":0.9}}""").text shouldBe tired.text
      val same = suppose("eve", s"""{"decisionId":"${ids(9).asText}","overrides":{"recentAccuracy":null}}""")
      same("counterfactual_served") shouldBe same("base_served")
      same("prediction").path("estimated_accuracy_change").asDouble shouldBe 0
      suppose("eve", """{"action":18}""")("counterfactual_served").path("action").asInt shouldBe 18
      rows shouldBe before
    }
    "be unknown of who is, and of decisions that are" in {
      suppose("nobody", "{}").code shouldBe "learner.unknown-learner"
      process("fay")
      suppose("fay", """{"decision_id":"1-99-00000000"}""").code shouldBe "learner.unknown-decision"
      suppose("fay", """{"decision_id":"two words"}""")("errors").path(0).path("field").asText shouldBe "decision_id"
      suppose("fay", """{"overrides":{"motivation":-1.5}}""")("errors").path(0).path("field").asText shouldBe
        "overrides.motivation"
      suppose("fay", """{"action":25}""")("errors").path(0).path("field").asText shouldBe "action"
    }
  }

  "Growth" should {
    "be told over days, and be unknown of who has answered nothing" in {
      get("/api/amas/growth", token("nobody")).code shouldBe "learner.unknown-learner"
      (0 until 40).foreach { i =>
        val answer = right.replace("true", (i >= 26).toString)
        process("gil", s"""$answer,"timestamp":"2026-03-${10 + i / 2}T08:0${i % 2}:00Z"""")
      }
      val growth = get("/api/amas/growth?range=7", token("gil"))
      (growth("range").asInt, growth("answers").asInt) shouldBe ((7, 14))
      growth("past").path("at").asText shouldBe "2026-03-22T08:01:00Z"
      growth("changes").path("memory").path("direction").asText shouldBe "up"
      get("/api/amas/growth?range=6", token("gil")).code shouldBe "invalid-parameter"
      get("/api/amas/growth?range=91", token("gil")).code shouldBe "invalid-parameter"
    }
  }

  "An answer" should {
    "not have been given before 1970" in {
      Seq("0", "-1", "\"1969-12-31T23:59:59Z\"").foreach { time =>
        val answer = process("hal", s"""$right,"timestamp":$time""")
        withClue(time)(answer("errors").path(0).path("field").asText) shouldBe "timestamp"
      }
    }
  }
}
