package io.turnwise.learner

import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.time.Instant

import scala.jdk.CollectionConverters._

class LearnerRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  private def process(who: String, fields: String, headers: (String, String)*): Answer =
    post("/api/amas/process", s"{$fields}", token(who), headers)

  private val right = """"word_id":"pombe","is_correct":true,"response_time":1607"""

  private def names(answer: Answer): Set[String] = answer.json.fieldNames.asScala.toSet

  private def rows(who: String): Long = query(
    _.createQuery("SELECT count(*) FROM event_journal WHERE persistence_id = :pid")
      .bind("pid", s"learner|default:$who")
      .mapTo(classOf[java.lang.Long])
      .one()
  )

  "An answer" should {
    "be told what it was worth and what to serve next" in {
      val answer = process("u-1", right)
      answer.status shouldBe 200
      names(answer) shouldBe
        Set("session_id", "event", "decision", "should_break", "state", "recorded", "update_count", "version")
      answer("event").path("credited").asBoolean shouldBe true
      answer("decision").path("phase").asText shouldBe "classify"
      answer("decision").path("source").asText shouldBe "probe"
      (answer("recorded").asText, answer("update_count").asInt, answer("version").asInt) shouldBe (("yes", 1, 2))
      answer.etag shouldBe "\"2\""
      process("u-1", right)("event").path("credited_decision_id") shouldBe answer("decision").path("decision_id")
    }
    "be read in camelCase, and with times of either kind" in {
      val at = Instant.parse("2026-03-01T08:00:00Z")
      val camel = """"sessionId":"s","wordId":"samaki","isCorrect":false,"responseTime":900.5,"dwellTime":10,""" +
        s""""pauseCount":1,"switchCount":0,"retryCount":2,"focusLossDuration":5,"interactionDensity":0.5,""" +
        s""""pausedTimeMs":30,"timestamp":${at.toEpochMilli}"""
      val answer = process("u-2", camel)
      (answer.status, answer("session_id").asText) shouldBe ((200, "s"))
      process("u-2", s"""$right,"timestamp":"$at"""").status shouldBe 200
      get("/api/amas/words/pombe", token("u-2"))("last_review_at").asText shouldBe at.toString
      get("/api/amas/words/samaki", token("u-2"))("last_review_at").asText shouldBe at.toString
    }
    "have one effect under its key, and the same answer" in {
      val answers = (1 to 10)
        .map(_ =>
          sendAsync("POST", "/api/amas/process", Some(s"{$right}"), token("u-3"), Seq("Idempotency-Key" -> "k"))
        )
        .map(_.join())
      answers.map(_.text).distinct should have size 1
      answers.count(_.header("Idempotent-Replayed").contains("true")) shouldBe 9
      process("u-3", right.replace("pombe", "moja"), "Idempotency-Key" -> "k").code shouldBe "idempotency.key-reused"
      rows("u-3") shouldBe 1
    }
    "be served a fallback and not be stored where nobody gives it" in {
      process("u-4", right)
      val odd = right.replace("1607", "120001")
      val answer = process("u-4", odd, "Idempotency-Key" -> "k")
      answer.status shouldBe 200
      answer("degraded").path("reason").asText shouldBe "degraded_state"
      answer("recorded").asText shouldBe "no"
      answer.json.has("event") shouldBe false
      rows("u-4") shouldBe 1
    }
    "have one effect under its key though it is dated beyond any calendar" in {
      val late = s"""$right,"timestamp":8640000000000001"""
      val items = s"""{"items":[{$late}]}"""
      (1 to 2).foreach { _ =>
        process("u-7", late, "Idempotency-Key" -> "one")("update_count").asInt shouldBe 1
        val many = post("/api/amas/batch-process", items, token("u-8"), Seq("Idempotency-Key" -> "many"))
        (many("processed").asInt, many("update_count").asInt) shouldBe ((1, 1))
      }
      (rows("u-7"), rows("u-8")) shouldBe ((1, 1))
    }
    "be refused where it cannot be one" in {
      Seq(
        "" -> "word_id",
        """"word_id":"x","is_correct":true""" -> "response_time",
        right.replace("1607", "0") -> "response_time",
        right.replace("1607", "300001") -> "response_time",
        right.replace("1607", "1e400") -> "response_time",
        right.replace("true", "\"yes\"") -> "is_correct",
        right.replace("pombe", " ") -> "word_id",
        right.replace("pombe", "x" * 129) -> "word_id",
        s"""$right,"dwell_time":600001""" -> "dwell_time",
        s"""$right,"pause_count":-1""" -> "pause_count",
        s"""$right,"interaction_density":11""" -> "interaction_density",
        s"""$right,"timestamp":"yesterday"""" -> "timestamp",
        s"""$right,"timestamp":1.5""" -> "timestamp",
        s"""$right,"surplus":1""" -> "surplus"
      ).foreach { case (fields, fault) =>
        val answer = process("u-5", fields)
        withClue(fields)((answer.status, answer("errors").path(0).path("field").asText)) shouldBe
          ((400, if (fields.isEmpty) "response_time" else fault))
      }
      rows("u-5") shouldBe 0
    }
    "belong to whom the token speaks for, whatever he is called and wherever he is" in {
      Seq("someone@example.org", "競売", "a|b:c").foreach { who =>
        process(who, right)("update_count").asInt shouldBe 1
        get("/api/amas/state", token(who))("answers").asInt shouldBe 1
      }
      get("/api/amas/state", token("someone@example.org", tenant = "b")).code shouldBe "learner.unknown-learner"
    }
    "change the version that it names and no other" in {
      process("u-6", right)
      process("u-6", right, "If-Match" -> "\"1\"").code shouldBe "version-mismatch"
      process("u-6", right, "If-Match" -> "\"2\"").status shouldBe 200
    }
  }

  "Many answers" should {
    "be taken in their order, one decision for each" in {
      val items = (1 to 5).map(i => s"""{"wordId":"w$i","isCorrect":true,"responseTime":1500}""")
      val odd = s"""{"word_id":"x","is_correct":true,"response_time":200000}"""
      val answer = post("/api/amas/batch-process", (items :+ odd).mkString("{\"items\":[", ",", "]}"), token("b-1"))
      answer.status shouldBe 200
      (answer("processed").asInt, answer("skipped").asInt, answer("update_count").asInt) shouldBe ((5, 1, 5))
      answer("decision_ids").asScala.map(_.asText.takeWhile(_ != 'x').take(3)) shouldBe
        Seq("1-1", "1-2", "1-3", "1-4", "1-5")
      rows("b-1") shouldBe 1
      post("/api/amas/batch-process", """{"items":[]}""", token("b-1")).status shouldBe 400
      val many = Seq.fill(101)(items.head).mkString("{\"items\":[", ",", "]}")
      post("/api/amas/batch-process", many, token("b-1")).status shouldBe 400
    }
  }

  "A learner" should {
    "be unknown until something has happened, yet be served something" in {
      get("/api/amas/state", token("n-1")).code shouldBe "learner.unknown-learner"
      val strategy = get("/api/amas/strategy", token("n-1"))
      strategy("initialized").asBoolean shouldBe false
      strategy("strategy").path("batch_size").asInt shouldBe 8
      get("/api/amas/phase", token("n-1"))("phase").asText shouldBe "classify"
      rows("n-1") shouldBe 0
    }
    "be told what is believed of him" in {
      process("n-2", right)
      val state = get("/api/amas/state", token("n-2"))
      Seq("attention", "fatigue", "motivation", "memory", "speed", "stability", "trend", "confidence", "timestamp")
        .foreach(name => withClue(name)(state.json.has(name) shouldBe true))
      (state("epoch").asInt, state("words").asInt, state.etag) shouldBe ((1, 1, "\"2\""))
    }
    "begin anew after a reset, and take nothing from before" in {
      val before = process("n-3", right)("decision").path("decision_id").asText
      val reset = post("/api/amas/reset", "", token("n-3"), Seq("Idempotency-Key" -> "k"))
      (reset.status, reset("epoch").asInt) shouldBe ((200, 2))
      post("/api/amas/reset", "", token("n-3"), Seq("Idempotency-Key" -> "k"))("epoch").asInt shouldBe 2
      reward("n-3", s""""reward_id":"r","decision_id":"$before","reward":1""").code shouldBe "learner.other-epoch"
      process("n-3", s"""$right,"decision_id":"$before"""")("event").path("reason").asText shouldBe "other_epoch"
      post("/api/amas/reset", "", token("n-4")).code shouldBe "learner.unknown-learner"
    }
  }

  private def reward(who: String, fields: String, role: Role = Role.MEMBER): Answer =
    post("/api/amas/delayed-reward", s"{$fields}", token(who, role = role))

  "A delayed reward" should {
    "count once under its id" in {
      val id = process("r-1", right)("decision").path("decision_id").asText
      val body = s""""reward_id":"r","decision_id":"$id","reward":0.5"""
      val first = reward("r-1", body)
      (first("applied").asBoolean, first("update_count").asInt) shouldBe ((true, 2))
      (reward("r-1", body)("applied").asBoolean, rows("r-1")) shouldBe ((false, 2))
      val many = (1 to 10).map(i => body.replace("\"r\"", s"\"r$i\"")).map { each =>
        sendAsync("POST", "/api/amas/delayed-reward", Some(s"{$each}"), token("r-1"))
      }
      many.foreach(_.join().status shouldBe 200)
      get("/api/amas/state", token("r-1"))("update_count").asInt shouldBe 12
    }
    "be for one's own decisions, and for vectors by other roles only" in {
      process("r-2", right)
      val foreign = process("r-3", right)("decision").path("decision_id").asText
      reward("r-2", s""""reward_id":"r","decision_id":"$foreign","reward":1""").code shouldBe "learner.unknown-decision"
      val vector = """"reward_id":"v","user_id":"r-2","epoch":1,"feature_vector":[0.5,1,2],"reward":-1"""
      reward("r-2", vector).code shouldBe "forbidden"
      reward("shop", vector, Role.SERVICE)("update_count").asInt shouldBe 2
      reward("shop", vector, Role.ADMIN)("applied").asBoolean shouldBe false
      val labelled = vector.replace("\"v\"", "\"v2\"") + ""","labels":["bias","a","b"]"""
      reward("shop", labelled, Role.SERVICE)("update_count").asInt shouldBe 3
      reward("shop", vector.replace("\"epoch\":1", "\"epoch\":2"), Role.SERVICE).code shouldBe "learner.other-epoch"
    }
    "be awaited for what was answered" in {
      (1 to 3).foreach(i => process("r-4", right.replace("pombe", s"w$i")))
      val page = get("/api/amas/delayed-rewards?limit=2", token("r-4"))
      page("items").asScala.map(_.path("word_id").asText) shouldBe Seq("w1", "w2")
      val rest = get(s"/api/amas/delayed-rewards?limit=2&after=${page("next").asText}", token("r-4"))
      rest("items").asScala.map(_.path("word_id").asText) shouldBe Seq("w3")
    }
  }

  "Words" should {
    "be due the longest due first" in {
      val old = Instant.now.minusSeconds(40 * 86_400L).toEpochMilli
      Seq("b" -> 2, "a" -> 1, "c" -> 3).foreach { case (word, days) =>
        process("w-1", s"""${right.replace("pombe", word)},"timestamp":${old + days * 86_400_000L}""")
      }
      val due = get("/api/amas/words/due?limit=2", token("w-1"))
      due("words").asScala.map(_.path("word_id").asText) shouldBe Seq("a", "b")
      get("/api/amas/words/d", token("w-1")).code shouldBe "learner.unknown-word"
    }
  }

  "A profile" should {
    "be as the learner says" in {
      get("/api/amas/profile", token("p-1"))("time_zone").asText shouldBe "UTC"
      put("/api/amas/profile", """{"timeZone":"Asia/Tokyo"}""", token("p-1"))("time_zone").asText shouldBe "Asia/Tokyo"
      get("/api/amas/profile", token("p-1"))("time_zone").asText shouldBe "Asia/Tokyo"
      put("/api/amas/profile", """{"time_zone":"Mars"}""", token("p-1")).code shouldBe "invalid-field"
      put("/api/amas/reward-profile", """{"profile":"cram"}""", token("p-1"))("profile").asText shouldBe "cram"
      put("/api/amas/reward-profile", """{"profile":"lazy"}""", token("p-1")).code shouldBe "invalid-field"
      get("/api/amas/reward-profile", token("p-1"))("profile").asText shouldBe "cram"
    }
    "have objectives, those known by name or others" in {
      def change(body: String) = put("/api/amas/learning-objectives", body, token("p-2"))
      change("""{"mode":"exam"}""")("accuracy_min").asDouble shouldBe .85
      change("""{"mode":"custom","short_term":0.5,"long_term":0.5,"efficiency":0,"minutes_max":20}""")(
        "mode"
      ).asText shouldBe
        "custom"
      process("p-2", right).status shouldBe 200
      get("/api/amas/learning-objectives", token("p-2"))("minutes_max").asDouble shouldBe 20
      change("""{"mode":"custom","short_term":0.5}""").code shouldBe "invalid-field"
      change("""{"mode":"none"}""").text shouldBe """{"mode":"none"}"""
    }
  }

  "The past of a learner" should {
    "be told decision by decision and day by day" in {
      val start = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli
      val ids = (0 until 30).map { i =>
        val fields = right.replace("pombe", s"w${i % 4}") + s""","timestamp":${start + i * 5_400_000L}"""
        process("t-1", fields)("decision").path("decision_id").asText
      }
      val page = get("/api/amas/decision-timeline?limit=20", token("t-1"))
      val rest = get(s"/api/amas/decision-timeline?limit=20&after=${page("next").asText}", token("t-1"))
      (page("items").asScala ++ rest("items").asScala).map(_.path("decision_id").asText).toSeq shouldBe ids
      rest.json.has("next") shouldBe false
      val explained = get(s"/api/amas/explain-decision?decision_id=${ids(20)}", token("t-1"))
      (explained("source").asText, explained.json.has("reward")) shouldBe (("ensemble", true))
      explained("members").size should be > 2
      get(
        "/api/amas/explain-decision?decision_id=1-999-00000000",
        token("t-1")
      ).code shouldBe "learner.unknown-decision"
      get("/api/amas/explain-decision", token("t-1")).code shouldBe "invalid-field"
      val days = get("/api/amas/learning-curve?days=7", token("t-1"))("days").asScala.toSeq
      days.map(_.path("answers").asInt).sum shouldBe 30
      days.map(_.path("day").asText) shouldBe Seq("2026-03-01", "2026-03-02", "2026-03-03")
      get("/api/amas/trend", token("t-1")).status shouldBe 200
      get("/api/amas/habit-profile", token("t-1"))("preferred_hours").size shouldBe 3
    }
  }
}
