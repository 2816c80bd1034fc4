package io.turnwise.operations

import java.net.URLEncoder
import java.nio.charset.StandardCharsets.UTF_8

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture
import io.turnwise.cluster.NodeFixture.Answer
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class TimeTravelRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  private lazy val ann = token("u-ann")
  private lazy val bob = token("u-bob")
  private lazy val adminOfB = token("operator", role = Role.ADMIN, tenant = "b")

  private def entity(pid: String, what: String) = s"/admin/es/entities/${URLEncoder.encode(pid, UTF_8)}/$what"

  private def ask(pid: String, what: String, by: String = admin): Answer = get(entity(pid, what), by)

  private def told(pid: String, what: String): JsonNode = {
    val answer = ask(pid, what)
    withClue(answer)(answer.status shouldBe 200)
    answer.json
  }

  private def items(answer: JsonNode): Seq[JsonNode] = answer.path("items").asScala.toSeq

  private def versions(pid: String, query: String): Seq[Long] =
    items(told(pid, s"events?$query")).map(_.path("version").asLong)

  /** Ann and Bob bid: scheduled, opened, joined, placed, joined, placed, placed. */
  private lazy val played: String = {
    val id = newSession()
    Seq("20" -> ann, "25" -> bob, "30" -> ann).foreach { case (price, by) => accepted(id, price, by) }
    s"session|default:$id"
  }

  private lazy val member: String = {
    post("/api/auth/register", """{"username":"Victim","password":"a long password"}""").status shouldBe 201
    "member|default:" + query(
      _.createQuery(
        "SELECT DISTINCT split_part(persistence_id, ':', 2) FROM event_journal WHERE persistence_id LIKE 'member|%' AND convert_from(event_payload, 'UTF8') LIKE '%Victim%'"
      )
        .mapTo(classOf[String])
        .one()
    )
  }

  private val types = Seq("session-scheduled", "session-opened") ++
    Seq("bidder-joined", "bid-placed", "bidder-joined", "bid-placed", "bid-placed")

  "The events of an entity" should {
    "be told as they are stored, page by page" in {
      val first = told(played, "events?limit=4")
      first.path("version").asLong shouldBe 7
      first.path("next_after").asLong shouldBe 4
      val all = items(first) ++ items(told(played, "events?limit=4&after=4"))
      all.map(_.path("version").asLong) shouldBe (1L to 7L)
      all.map(_.path("type").asText.takeWhile(_ != '/')) shouldBe types.map("bidding." + _)
      all(3).at("/event/price_cents").asLong shouldBe 2_000
      all(3).path("by").asText shouldBe "u-ann"
      all.last.path("row").asLong should be <= 7L
      told(played, "events?after=4").has("next_after") shouldBe false
    }
    "be selected by name, version and time" in {
      versions(played, "type=bidding.bid-placed") shouldBe Seq(4, 6, 7)
      versions(played, "type=bidding.bid-placed/1&after=4&up_to=6") shouldBe Seq(6)
      versions(played, "type=bidding.bid") shouldBe Nil
      val at = items(told(played, "events?after=5&limit=1")).head.path("at").asText
      versions(played, s"since=$at") should (contain(6L) and contain(7L) and not contain 4L)
      versions(played, s"until=$at&after=3") should (contain(4L) and contain(6L))
    }
    "be refused where the query is none, and unknown where there is no such entity" in {
      Seq("after=x", "after=-1", "up_to=1.5", "since=yesterday", "type=A%20b", "limit=0", "limit=101").foreach {
        query =>
          withClue(query)(ask(played, s"events?$query").status shouldBe 400)
      }
      Seq("session|default:nothing", "nothing", "order|default:x", "session|b:x", "session|default:", "|:")
        .foreach { pid =>
          val answer = ask(pid, "events")
          withClue(pid)((answer.status, answer.code) shouldBe ((404, "operations.unknown-entity")))
        }
    }
  }

  "The state of an entity" should {
    "be told at any version, also amid a row, with and without a snapshot" in {
      (0 to 7).foreach { version =>
        val with_ = told(played, s"state?at=$version")
        with_.path("version").asInt shouldBe version
        told(played, s"state?at=$version&snapshot=false").path("state") shouldBe with_.path("state")
      }
      told(played, "state?at=0").at("/state/phase").asText shouldBe "unscheduled"
      told(played, "state?at=6").at("/state/bid_count").asInt shouldBe 2
      told(played, "state").at("/state/bid_count").asInt shouldBe 3
      told(played, "state").path("folded_events").asInt + told(played, "state")
        .path("snapshot_version")
        .asInt shouldBe 7
    }
    "be told at a time" in {
      val at = items(told(played, "events?after=1&limit=1")).head.path("at").asText
      told(played, s"state?at=$at").path("version").asLong should be >= 2L
      told(played, "state?at=2020-01-01T00:00:00Z").path("version").asLong shouldBe 0
      told(played, "state?at=2100-01-01T00:00:00Z").path("version").asLong shouldBe 7
    }
    "be refused at a version that has not come, or that is none" in {
      val answer = ask(played, "state?at=8")
      (answer.status, answer.code) shouldBe ((422, "operations.not-yet"))
      Seq("at=x", "at=-1", "at=9999999999999999999", "snapshot=yes").foreach { query =>
        withClue(query)(ask(played, s"state?$query").status shouldBe 400)
      }
    }
    "never show what a credential is made of" in {
      val texts = Seq("state", "events", "diff?from=0", "what-if?without=1").map(told(member, _).toString)
      texts.foreach { text =>
        text should not include "argon2"
      }
      texts.head should (include("(secret)") and include("Victim"))
    }
  }

  "The difference of two states" should {
    "be a patch that makes one of the other" in {
      for (from <- 0 to 7; to <- Seq(0, 3, 7)) {
        val patch = told(played, s"diff?from=$from&to=$to").path("patch")
        val states = Seq(from, to).map(version => told(played, s"state?at=$version").path("state"))
        withClue(s"$from to $to: ")(Patched(states.head, patch) shouldBe states.last)
      }
      told(played, "diff?from=7").path("patch").size shouldBe 0
      told(played, "diff").at("/from/version").asInt shouldBe 0
      ask(played, "diff?from=x").status shouldBe 400
    }
  }

  "An event left out" should {
    "show what would be without it" in {
      val answer = told(played, "what-if?without=7")
      answer.path("folds").asBoolean shouldBe true
      answer.at("/state/bid_count").asInt shouldBe 2
      answer.at("/without/type").asText shouldBe "bidding.bid-placed/1"
      Patched(told(played, "state").path("state"), answer.path("patch")) shouldBe answer.path("state")
    }
    "be told to be needed where the next cannot be applied without it" in {
      val answer = told(played, "what-if?without=1")
      answer.path("folds").asBoolean shouldBe false
      answer.at("/misfit/version").asLong should be > 1L
      answer.has("state") shouldBe false
    }
    "be one that there is" in {
      ask(played, "what-if?without=8").code shouldBe "operations.unknown-event"
      ask(played, "what-if?without=0").code shouldBe "operations.unknown-event"
      ask(played, "what-if?without=7&at=5").code shouldBe "operations.unknown-event"
      ask(played, "what-if?without=x").status shouldBe 400
      told(played, "what-if").at("/without/version").asInt shouldBe 7
      told(played, "what-if?at=5").at("/without/version").asInt shouldBe 5
    }
  }

  "Another tenant's entity" should {
    "be as one that there is not, whatever is asked" in {
      val ofB = {
        val made = post("/api/admin/sessions", proposal(), adminOfB)
        s"session|b:${made("session_id").asText}"
      }
      ask(ofB, "events", adminOfB).status shouldBe 200
      val reads = Seq("events", "state", "diff?from=0", "what-if?without=1", "snapshots")
      for ((pid, stranger) <- Seq(ofB -> admin, played -> adminOfB); what <- reads) {
        val answer = ask(pid, what, stranger)
        withClue(s"$pid $what: ")((answer.status, answer.code) shouldBe ((404, "operations.unknown-entity")))
      }
      post(entity(ofB, "snapshots"), """{"reason":"spec"}""", admin).status shouldBe 404
      get(entity(played, "state"), ann).status shouldBe 403
    }
  }
}
