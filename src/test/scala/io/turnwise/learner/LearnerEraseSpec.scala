package io.turnwise.learner

import java.util.concurrent.CompletableFuture

import scala.jdk.CollectionConverters._

import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import io.turnwise.stores.Traces
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerEraseSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  override protected def settings: String = "turnwise.turn { snapshot-events = 10, snapshot-interval = 0s }"

  private val right = """"word_id":"pombe","is_correct":true,"response_time":1607"""

  private def process(who: String, headers: (String, String)*): Answer =
    post("/api/amas/process", s"{$right}", token(who), headers)

  private def erase(who: String, headers: (String, String)*): Answer =
    post("/api/amas/erase", "", token(who), headers)

  private def traces(text: String): Seq[String] =
    query(Traces.inPostgres(_, text)) ++ Traces.inRedis(redisUri, text)

  private def state(who: String): Answer = get("/api/amas/state", token(who))

  /** Until views have carried what was written before. */
  private def whenCarried(): Unit = {
    process("carried")
    eventually(traces("default:carried") should contain("public.alarm.persistence_id"))
    erase("carried").status shouldBe 204
    ()
  }

  "A learner who is erased" should {
    "leave nothing in any store" in {
      val who = "erase-me-4711"
      val token1 = token(who)
      put("/api/amas/profile", """{"time_zone":"Europe/Berlin"}""", token1).status shouldBe 200
      val decision = process(who, "Idempotency-Key" -> s"key-of-$who")("decision").path("decision_id").asText
      (1 to 30).foreach(_ => process(who).status shouldBe 200)
      val reward = s"""{"reward_id":"r-$who","decision_id":"$decision","reward":0.5}"""
      post("/api/amas/delayed-reward", reward, token1).status should (be(200) or be(409))
      eventually {
        traces(who) should contain allOf (
          "public.event_journal.persistence_id",
          "public.event_journal.event_payload",
          "public.snapshot.persistence_id",
          "public.alarm.persistence_id"
        )
      }
      erase(who).status shouldBe 204
      traces(who) shouldBe Nil
      state(who).code shouldBe "learner.unknown-learner"
      whenCarried()
      traces(who) shouldBe Nil
    }
    "begin one epoch on if he comes again, and not know what belongs to the former life" in {
      val first = process("again")("decision").path("decision_id").asText
      post("/api/amas/reset", "", token("again"))("epoch").asInt shouldBe 2
      erase("again").status shouldBe 204
      val answer = process("again")
      (answer("version").asInt, answer("update_count").asInt) shouldBe ((2, 1))
      state("again")("epoch").asInt shouldBe 3
      val reward = s"""{"reward_id":"r","decision_id":"$first","reward":0.5}"""
      post("/api/amas/delayed-reward", reward, token("again")).code shouldBe "learner.other-epoch"
      erase("again").status shouldBe 204
      process("again")
      state("again")("epoch").asInt shouldBe 4
      val folded = engine.replay.fold(Learners.definition(), "default:again", false).state
      (folded.epoch, folded.updateCount) shouldBe ((4, 1))
    }
    "be answered the same once more, as who was never there" in {
      process("twice")
      Seq("twice", "twice", "nobody-ever").map(erase(_).status) shouldBe Seq(204, 204, 204)
      query(Traces.inPostgres(_, "nobody-ever")) shouldBe Nil
    }
    "stay where another version is demanded" in {
      process("kept")
      erase("kept", "If-Match" -> "\"1\"").code shouldBe "version-mismatch"
      state("kept")("answers").asInt shouldBe 1
      erase("kept", "If-Match" -> "\"2\"").status shouldBe 204
    }
    "be one of one tenant" in {
      process("shared")
      post("/api/amas/process", s"{$right}", token("shared", tenant = "b")).status shouldBe 200
      erase("shared").status shouldBe 204
      get("/api/amas/state", token("shared", tenant = "b"))("answers").asInt shouldBe 1
    }
  }

  "Erasing amid what a learner does" should {
    "answer everything and leave what came after it, or nothing" in {
      val who = "under-fire"
      process(who)
      val fired = (1 to 200).map { i =>
        if (i % 40 == 0) sendAsync("POST", "/api/amas/erase", None, token(who))
        else sendAsync("POST", "/api/amas/process", Some(s"{$right}"), token(who), Seq("Idempotency-Key" -> s"k$i"))
      }
      CompletableFuture.allOf(fired: _*).join()
      fired.map(_.join()).foreach { answer =>
        withClue(answer) {
          answer.status should (be(200) or be(204) or be(503))
          if (answer.status == 503) {
            answer.code shouldBe "being-erased"
            answer.header("Retry-After") should not be empty
          }
        }
      }
      val learner = engine.replay.fold(Learners.definition(), s"default:$who", false).state
      if (learner.exists) state(who)("update_count").asInt shouldBe learner.updateCount
      else state(who).code shouldBe "learner.unknown-learner"
      erase(who).status shouldBe 204
      traces(who) shouldBe Nil
      whenCarried()
      traces(who) shouldBe Nil
    }
  }

  "An export" should {
    "have all that is kept, in one object" in {
      val who = token("exported")
      get("/api/amas/export", who).code shouldBe "learner.unknown-learner"
      val items = (1 to 100).map(i => s"""{"word_id":"w$i","is_correct":${i % 3 > 0},"response_time":1500}""")
      (1 to 5).foreach { _ =>
        post("/api/amas/batch-process", items.mkString("{\"items\":[", ",", "]}"), who).status shouldBe 200
      }
      val answer = get("/api/amas/export", who)
      answer.status shouldBe 200
      answer.etag shouldBe "\"501\""
      answer("user_id").asText shouldBe "exported"
      answer("version").asInt shouldBe 501
      val events = answer("events").asScala.toSeq
      events.map(_.path("version").asInt) shouldBe (1 to 501)
      events.head.path("name").asText shouldBe "learner.configured/1"
      events.last.path("name").asText shouldBe "learner.answered/1"
      answer("words").asScala.map(_.path("word_id").asText) should contain theSameElementsAs (1 to 100).map(i => s"w$i")
      answer("words").asScala.map(_.path("review_count").asInt).sum shouldBe 500
      answer("configuration") shouldBe events.head.path("event").path("settings")
      answer("state").path("attention") shouldBe get("/api/amas/state", who)("attention")
      answer("model").path("models").path("linucb").isMissingNode shouldBe false
    }
    "be that of whose token it is" in {
      process("mine")
      get("/api/amas/export", token("someone@example.org")).code shouldBe "learner.unknown-learner"
      process("someone@example.org")
      get("/api/amas/export", token("someone@example.org"))("user_id").asText shouldBe "someone@example.org"
      get("/api/amas/export", token("mine", role = Role.SERVICE, tenant = "b")).status shouldBe 404
    }
  }
}
