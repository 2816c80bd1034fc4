package io.turnwise.bidding

import java.time.Instant

import io.turnwise.cluster.NodeFixture.Answer
import io.turnwise.http.Role
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

/** What an auction house adds to the plain game, as clients meet it. */
class HouseRulesRoutesSpec extends AnyWordSpec with BiddingOverHttp {

  private def moderate(session: String, what: String, body: String = ""): Answer =
    post(s"/api/admin/sessions/$session/$what", body, admin)

  private def proxy(session: String, max: String, token: String): Answer =
    post("/api/bid", s"""{"session_id":"$session","max_price":$max}""", token)

  private def retract(session: String, bidder: String): Answer =
    moderate(session, "retract", s"""{"user_id":"$bidder","reason":"not his card"}""")

  "House rules" should {
    "be shown with the session, the reserve price to admins alone" in {
      val id = newSession(
        "anti_snipe" -> """{"window_seconds":60,"extend_seconds":30,"max_extensions":5}""",
        "reserve_price" -> "25.50",
        "bids_per_second" -> "7"
      )
      val seen = get(s"/api/sessions/$id", ann)
      seen("anti_snipe").path("extend_seconds").asInt shouldBe 30
      seen("bids_per_second").asInt shouldBe 7
      seen("sealed").asBoolean shouldBe false
      seen.json.has("reserve_price") shouldBe false
      get(s"/api/sessions/$id")("reserve_price").isMissingNode shouldBe true
      shouldBeDecimal(get(s"/api/sessions/$id", admin)("reserve_price"), "25.50")
      list(get("/api/sessions", ann)("sessions")).foreach(_.has("reserve_price") shouldBe false)
    }

    "be ten bids a second unless they say otherwise" in {
      val plain = proposal().replace(""""bids_per_second":0,""", "").replace(""","bids_per_second":0""", "")
      val created = post("/api/admin/sessions", plain, admin)
      created("bids_per_second").asInt shouldBe 10
      shouldBeDecimal(created("min_increment"), "0.01")
    }

    "be refused with the field that is at fault" in {
      val wrong = Seq(
        "anti_snipe" -> """{"window_seconds":0,"extend_seconds":30,"max_extensions":5}""",
        "anti_snipe" -> """{"window_seconds":5}""",
        "reserve_price" -> "9.99",
        "reserve_price" -> "10.001",
        "min_increment" -> "5",
        "bids_per_second" -> "-1",
        "bids_per_second" -> "9223372036854775807"
      )
      wrong.foreach { case (field, value) =>
        val refused = post("/api/admin/sessions", proposal(field -> value), admin)
        withClue(refused)(refused.status shouldBe 422)
        refused("errors").path(0).path("field").asText should startWith(field)
      }
      val contradictions = Seq(
        proposal("sealed" -> "true", "rebid_rule" -> "\"BEAT_TOP\""),
        proposal(
          "sealed" -> "true",
          "anti_snipe" -> """{"window_seconds":60,"extend_seconds":30,"max_extensions":5}"""
        )
      )
      contradictions.foreach(post("/api/admin/sessions", _, admin).code shouldBe "bidding.terms-invalid")
    }
  }

  "A bid that changes who wins near the end" should {
    "move the end for every reader" in {
      val before = Instant.now.plusSeconds(20)
      val id =
        newSession(at(before), "anti_snipe" -> """{"window_seconds":60,"extend_seconds":300,"max_extensions":1}""")
      accepted(id, "20", ann)
      val moved = instant(get(s"/api/sessions/$id")("ends_at"))
      moved.toEpochMilli shouldBe before.plusSeconds(300).toEpochMilli
      get(s"/api/sessions/$id")("extensions").asInt shouldBe 1
      eventually {
        val listed = list(get("/api/sessions/active?limit=100")("sessions")).find(_.path("session_id").asText == id).get
        instant(listed.path("ends_at")) shouldBe moved
        query(
          _.createQuery("SELECT ends_at FROM session_view WHERE session_id = :id")
            .bind("id", id)
            .mapTo(classOf[Instant])
            .one()
        ) shouldBe moved
      }
    }
  }

  "A retracted bid" should {
    "leave every board, and the member may bid again" in {
      val id = newSession()
      accepted(id, "30", ann)
      accepted(id, "20", bob)
      retract(id, "u-ann").status shouldBe 200
      retract(id, "u-ann").code shouldBe "bidding.no-bid"
      get(s"/api/leaderboard/$id/me", ann).code shouldBe "bidding.no-bid"
      def users(query: String) = list(get(s"/api/leaderboard/$id$query")("leaderboard")).map(_.path("user_id").asText)
      users("?consistency=strong") shouldBe Seq("u-bob")
      eventually(users("") shouldBe Seq("u-bob"))
      accepted(id, "25", ann)("rank").asInt shouldBe 1
      eventually(users("") shouldBe Seq("u-ann", "u-bob"))
      val why = history(id).find(_.name == "bidding.bid-retracted/1").get
      (why.by, why.event.path("reason").asText) shouldBe (("operator", "not his card"))
    }

    "be an admin's doing, with a reason" in {
      val id = newSession()
      accepted(id, "30", ann)
      post(s"/api/admin/sessions/$id/retract", """{"user_id":"u-ann","reason":"x"}""", ann).status shouldBe 403
      moderate(id, "retract", """{"user_id":"u-ann"}""").code shouldBe "invalid-field"
      moderate(id, "retract", """{"user_id":"u-ann","reason":" "}""").code shouldBe "bidding.reason-missing"
      moderate("nothing", "retract", """{"user_id":"u-ann","reason":"x"}""").status shouldBe 404
    }
  }

  "A paused session" should {
    "take no bids until it is resumed, and be listed as active" in {
      val id = newSession()
      moderate(id, "pause", """{"reason":"fire alarm"}""")("state").asText shouldBe "paused"
      val refused = bid(id, "20", ann)
      (refused.status, refused.code) shouldBe ((409, "bidding.session-paused"))
      eventually {
        val active = list(get("/api/sessions/active?limit=100")("sessions"))
        active.exists(each =>
          each.path("session_id").asText == id && each.path("state").asText == "paused"
        ) shouldBe true
      }
      moderate(id, "resume")("state").asText shouldBe "open"
      accepted(id, "20", ann)
      val audit = history(id).filter(_.name.contains("paused"))
      audit.map(each => (each.by, each.event.path("reason").asText)) shouldBe Seq(("operator", "fire alarm"))
    }
  }

  "A reserve price that is not met" should {
    "leave fewer orders than there are things, and that is consistent" in {
      val id = newSession("reserve_price" -> "25")
      accepted(id, "30", ann)
      accepted(id, "20", bob)("is_winning").asBoolean shouldBe true
      close(id).status shouldBe 200
      val orders = get(s"/api/admin/sessions/$id/orders", admin)
      list(orders("orders")).map(_.path("user_id").asText) shouldBe Seq("u-ann")
      (orders("total").asInt, orders("stock").asInt, orders("is_consistent").asBoolean) shouldBe ((1, 2, true))
      list(get(s"/api/leaderboard/$id")("leaderboard")).map(_.path("is_winner").asBoolean) shouldBe Seq(true, false)
    }
  }

  "A sealed session" should {
    "tell nobody but admins how others stand, until it is settled" in {
      val id = newSession("sealed" -> "true")
      val own = accepted(id, "20", ann)
      Seq("rank", "is_winning", "sequence").foreach(own.json.has(_) shouldBe false)
      own("score").isNumber shouldBe true
      accepted(id, "30", bob)
      eventually {
        val indexed = query(
          _.createQuery("SELECT count(*) FROM session_view WHERE session_id = :id")
            .bind("id", id)
            .mapTo(classOf[Int])
            .one()
        )
        indexed shouldBe 1
      }
      Seq("", ann).foreach { token =>
        Seq(s"/api/leaderboard/$id", s"/api/leaderboard/$id?consistency=strong").foreach { path =>
          get(path, token).json.fieldNames.asScala.toSet shouldBe Set("session_id", "sealed", "leaderboard")
          list(get(path, token)("leaderboard")) shouldBe empty
        }
        val session = get(s"/api/sessions/$id", token)
        session.etag shouldBe ""
        Seq("total_count", "bid_count", "highest_bid", "threshold_score", "version").foreach { field =>
          withClue(field)(session(field).isNull shouldBe true)
        }
        val listed = list(get("/api/sessions?limit=100", token)("sessions")).find(_.path("session_id").asText == id).get
        Seq("total_count", "bid_count", "highest_bid", "version").foreach(listed.path(_).isNull shouldBe true)
      }
      get(s"/api/leaderboard/$id/me", ann).json.fieldNames.asScala.toSet shouldBe
        Set("session_id", "user_id", "sealed", "price", "score")
      get(s"/api/leaderboard/$id/me", ann).etag shouldBe ""
      val version = get(s"/api/sessions/$id", admin).etag
      version should not be empty
      post("/api/bid", s"""{"session_id":"$id","price":0.01}""", ann, Seq("If-Match" -> version)).status shouldBe 412
      get(s"/api/sessions/$id", admin)("bid_count").asInt shouldBe 2
      list(get(s"/api/leaderboard/$id", admin)("leaderboard")) should have size 2
      close(id)
      list(get(s"/api/leaderboard/$id", ann)("leaderboard")).map(_.path("user_id").asText) shouldBe Seq(
        "u-bob",
        "u-ann"
      )
      get(s"/api/leaderboard/$id/me", ann)("rank").asInt shouldBe 2
      get(s"/api/sessions/$id")("bid_count").asInt shouldBe 2
    }
  }

  "A maximum" should {
    "bid for the member who leads" in {
      val id = newSession("rebid_rule" -> "\"BEAT_TOP\"", "min_increment" -> "5", "inventory" -> "1")
      shouldBeDecimal(proxy(id, "100", ann)("price"), "10.00")
      bid(id, "14.99", bob).code shouldBe "bidding.must-beat-top"
      val behind = accepted(id, "50", bob)
      (behind("rank").asInt, behind("is_winning").asBoolean) shouldBe ((2, false))
      shouldBeDecimal(get(s"/api/leaderboard/$id/me", ann)("price"), "55.00")
      eventually(
        list(get(s"/api/leaderboard/$id")("leaderboard")).map(_.path("price").asDouble) shouldBe Seq(55.0, 50.0)
      )
      shouldBeDecimal(proxy(id, "200", ann)("price"), "55.00")
      proxy(newSession(), "100", ann).code shouldBe "bidding.no-proxy"
      get(s"/api/sessions/$id", bob).text should not include "200"
    }
  }

  "A member who bids too often" should {
    "be held up, and told when to come again" in {
      val id = newSession("bids_per_second" -> "1")
      val answers = (1 to 5).map(i => bid(id, s"${20 + i}", ann))
      answers.take(2).map(_.status) shouldBe Seq(200, 200)
      val late = answers.find(_.status != 200).get
      (late.status, late.code, late.header("Retry-After")) shouldBe ((429, "too-often", Some("1")))
      accepted(id, "20", bob)
    }

    "get the answer to what he repeats with its key" in {
      val id = newSession("bids_per_second" -> "1")
      val first = bid(id, "20", ann, "Idempotency-Key" -> "same")
      (1 to 6).foreach { _ =>
        val again = bid(id, "20", ann, "Idempotency-Key" -> "same")
        (again.status, again.text) shouldBe ((200, first.text))
      }
    }

    "not be held up as a broker" in {
      val broker = token("u-broker", role = Role.BROKER)
      val id = newSession("bids_per_second" -> "1")
      (1 to 10).foreach(i => accepted(id, s"${20 + i}", broker))
    }
  }
}
