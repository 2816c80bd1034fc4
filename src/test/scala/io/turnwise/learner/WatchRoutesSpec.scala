package io.turnwise.learner

import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Instant

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.bidding.Feed
import io.turnwise.cluster.NodeFixture
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** The entity remembers three notices only, so that what is older comes from the journal. */
class WatchRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  override protected def settings: String = super.settings + "turnwise.turn.notices-kept = 3"

  private val start = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli

  private def process(who: String, number: Int, right: Boolean = true): Answer = {
    val fields = s""""word_id":"w${number % 4}","is_correct":$right,"response_time":1607,""" +
      s""""timestamp":${start + number * 5_400_000L}"""
    val answer = post("/api/amas/process", s"{$fields}", token(who))
    assert(answer.status == 200, answer)
    answer
  }

  private def watching[A](who: String, query: String = "", by: String = "")(use: Feed => A): A = {
    val target = s"/api/amas/events${if (query.isEmpty) "" else s"?$query"}"
    val sender = if (by.isEmpty) token(who) else by
    val response =
      client.send(request("GET", target, BodyPublishers.noBody(), sender).build, BodyHandlers.ofInputStream())
    response.statusCode shouldBe 200
    val feed = new Feed(response.body, "LearnerMessage")
    try use(feed)
    finally feed.close()
  }

  private def decisions(feed: Feed): Seq[JsonNode] =
    feed.messages.filter(_.path("type").asText == "decision_made").map(_.path("data"))

  private def ids(feed: Feed): Seq[String] = decisions(feed).map(_.path("decision_id").asText)

  private def decided(answer: Answer): String = answer("decision").path("decision_id").asText

  "A model" should {
    "be told before anything has happened" in {
      val model = get("/api/amas/model", token("m-1"))
      (model.status, model("initialized").asBoolean, model("update_count").asInt) shouldBe ((200, false, 0))
      model("linucb").path("features").asScala.map(_.path("weight").asDouble).toSet shouldBe Set(0.0)
    }
    "tell what each part of it has learned, and how sure that is" in {
      (0 until 30).foreach(process("m-2", _))
      val model = get("/api/amas/model", token("m-2"))
      model("answers").asInt shouldBe 30
      model.etag shouldBe s"\"${model("version").asLong}\""
      val features = model("linucb").path("features").asScala.toSeq
      features.map(_.path("name").asText) should (have size 22 and contain("bias"))
      features.exists(_.path("weight").asDouble != 0) shouldBe true
      val fresh = get("/api/amas/model", token("m-1"))("linucb").path("features").asScala.toSeq
      features.zip(fresh).foreach { case (now, before) =>
        now.path("uncertainty").asDouble should be <= before.path("uncertainty").asDouble + 1e-12
      }
      model("thompson").path("actions") should have size 24
      model("thompson").path("actions").asScala.map(_.path("outcomes").asDouble).sum should be > 0.0
      model("ensemble").path("members").asScala.map(_.path("weight").asDouble).sum shouldBe 1.0 +- 1e-9
      model("ensemble").path("members").asScala.map(_.path("name").asText).toSeq shouldBe
        Seq("linucb", "thompson", "actr", "heuristic")
    }
  }

  "Words" should {
    "be listed in the order of their reviews, and each tell how it is forgotten" in {
      (0 until 6).foreach(number => process("w-1", number, right = number != 2))
      val page = get("/api/amas/words?limit=3", token("w-1"))
      (page("count").asInt, page("due").asInt, page("words").size) shouldBe ((4, 4, 3))
      page("words").asScala.map(_.path("next_review_at").asText).toSeq shouldBe sorted
      val curve = get("/api/amas/words/w2/forgetting", token("w-1"))
      curve("reviews").asScala.map(_.path("correct").asBoolean).toSeq shouldBe Seq(false)
      curve("curve").size should be > 10
      curve("word").path("word_id").asText shouldBe "w2"
      get("/api/amas/words/none/forgetting", token("w-1")).code shouldBe "learner.unknown-word"
      get("/api/amas/words?limit=0", token("w-1")).status shouldBe 400
    }
    "be told of even where one is called as the list of those that are due" in {
      val due = s"{\"word_id\":\"due\",\"is_correct\":true,\"response_time\":1607}"
      post("/api/amas/process", due, token("w-2")).status shouldBe 200
      get("/api/amas/words/due/forgetting", token("w-2"))("word").path("word_id").asText shouldBe "due"
      get("/api/amas/words/due", token("w-2"))("words").size shouldBe 0
    }
  }

  "Who watches" should {
    "get each decision once, those before from the journal and then what follows" in {
      val before = (0 until 12).map(number => decided(process("e-1", number)))
      val last = watching("e-1", "since=0") { feed =>
        eventually(ids(feed) shouldBe before)
        eventually(feed.types should contain("learner_update"))
        val next = decided(process("e-1", 12, right = false))
        eventually(ids(feed) shouldBe before :+ next)
        val step = decisions(feed).last
        (step.path("correct").asBoolean, step.path("word_id").asText) shouldBe ((false, "w0"))
        step.path("reward").isNumber shouldBe true
        step.path("explanation").asText should endWith(".")
        feed.lastId.get
      }
      watching("e-1", s"since=$last") { feed =>
        val next = decided(process("e-1", 13))
        eventually(ids(feed) shouldBe Seq(next))
      }
    }
    "see why, once the members vote" in {
      (0 until 25).foreach(process("e-2", _))
      watching("e-2", "since=20") { feed =>
        eventually(decisions(feed) should not be empty)
        val step = decisions(feed).last
        step.path("source").asText shouldBe "ensemble"
        step.path("members").size should be > 2
      }
    }
    "hear that all was forgotten" in {
      process("e-3", 0)
      watching("e-3") { feed =>
        eventually(feed.types should contain("learner_update"))
        post("/api/amas/reset", "", token("e-3")).status shouldBe 200
        eventually(feed.types should contain("learner_reset"))
        val next = decided(process("e-3", 1))
        eventually(ids(feed) shouldBe Seq(next))
      }
    }
    "hear that all was erased, and then see nothing but the next life, from its beginning" in {
      (0 until 5).foreach(process("e-5", _))
      val last = watching("e-5") { early =>
        watching("e-5", "since=0") { feed =>
          eventually(ids(feed) should have size 5)
          eventually(early.types should contain("learner_update"))
          post("/api/amas/erase", "", token("e-5")).status shouldBe 204
          Seq(early, feed).foreach { each =>
            eventually(each.isOver shouldBe true)
            each.types.last shouldBe "learner_erased"
            each.lastId shouldBe Some(0)
          }
          feed.lastId.get
        }
      }
      get("/api/amas/events", token("e-5")).code shouldBe "learner.unknown-learner"
      val first = decided(process("e-5", 5))
      watching("e-5", s"since=$last") { feed =>
        eventually(ids(feed) shouldBe Seq(first))
        eventually(feed.types should contain("learner_update"))
        val next = decided(process("e-5", 6))
        watching("e-5", "since=0")(second => eventually(ids(second) shouldBe Seq(first, next)))
        eventually(ids(feed) shouldBe Seq(first, next))
      }
    }
    "be told that there is nobody where nothing has happened" in {
      get("/api/amas/events", token("e-4")).code shouldBe "learner.unknown-learner"
      get("/api/amas/events?since=x", token("e-3")).status shouldBe 400
    }
  }

  "Another learner" should {
    val paths = Seq("/api/amas/model?", "/api/amas/words?", "/api/amas/words/w0/forgetting?", "/api/amas/events?")

    "be looked at by admins, in their own tenant" in {
      process("o-1", 0)
      paths.filterNot(_.contains("events")).foreach { path =>
        get(s"${path}user_id=o-1", admin).text should include regex "\"(answers|count|reviews)\":(1|\\[\\{)"
      }
      watching("", "since=0&user_id=o-1", admin)(feed => eventually(ids(feed) should have size 1))
      val elsewhere = token("operator", io.turnwise.http.Role.ADMIN, "b")
      get("/api/amas/model?user_id=o-1", elsewhere)("initialized").asBoolean shouldBe false
      get("/api/amas/events?user_id=o-1", elsewhere).status shouldBe 404
    }
    "be looked at by nobody else" in {
      paths.foreach { path =>
        get(s"${path}user_id=o-1", token("o-2")).code shouldBe "forbidden"
        get(s"${path}user_id=o-1").status shouldBe 401
        get(s"${path}user_id=", admin).status shouldBe 400
      }
      get("/api/amas/model?user_id=o-2", token("o-2")).status shouldBe 200
    }
  }
}
