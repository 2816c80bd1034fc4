package io.turnwise.bidding

import io.turnwise.cluster.NodeFixture.Answer
import org.scalatest.wordspec.AnyWordSpec

import com.fasterxml.jackson.databind.JsonNode

/** What a session was, as members and admins read it afterwards. */
class SessionHistorySpec extends AnyWordSpec with BiddingOverHttp {

  override protected def settings: String = super.settings + "turnwise.history.csv-chunk = 4"

  private def bids(session: String, token: String, query: String = ""): Answer =
    get(s"/api/sessions/$session/bids$query", token)

  private def told(answer: Answer): Seq[(String, Double, Int, Boolean)] =
    list(answer("bids")).map(bid => (user(bid), bid.path("price").asDouble, bid.path("rank").asInt, wins(bid)))

  private def user(bid: JsonNode): String = bid.path("user_id").asText
  private def wins(bid: JsonNode): Boolean = bid.path("is_winning").asBoolean

  private lazy val played: String = {
    val id = newSession("inventory" -> "1")
    accepted(id, "20", ann)
    accepted(id, "30", bob)
    bid(id, "5", ann).status shouldBe 422
    accepted(id, "40", ann)
    accepted(id, "25", bob)
    post(
      s"/api/admin/sessions/$id/retract",
      """{"user_id":"u-ann","reason":"typing error"}""",
      admin
    ).status shouldBe 200
    accepted(id, "22", cid)
    id
  }

  "The history of a session" should {
    "have every accepted bid with its rank of that time, whatever became of it" in {
      told(bids(played, admin)) shouldBe Seq(
        ("u-ann", 20.0, 1, true),
        ("u-bob", 30.0, 1, true),
        ("u-ann", 40.0, 1, true),
        ("u-bob", 25.0, 2, false),
        ("u-cid", 22.0, 2, false)
      )
    }

    "be read page by page, and go on when more is bid" in {
      val id = newSession()
      (1 to 7).foreach(i => accepted(id, s"${20 + i}", if (i % 2 == 0) ann else bob))
      def pages(after: Int): Seq[Double] = {
        val page = bids(id, admin, s"?after=$after&limit=3")
        val prices = told(page).map(_._2)
        if (page.json.hasNonNull("next_after")) prices ++ pages(page("next_after").asInt) else prices
      }
      pages(0) shouldBe (21 to 27).map(_.toDouble)
      told(bids(id, admin, "?after=6&limit=3")).map(_._2) shouldBe Seq(27.0)
      accepted(id, "28", ann)
      told(bids(id, admin, "?after=6&limit=3")).map(_._2) shouldBe Seq(27.0, 28.0)
      told(bids(id, admin, "?after=100")) shouldBe empty
    }

    "show members their own bids and admins anybody's" in {
      told(bids(played, ann)).map(_._1).distinct shouldBe Seq("u-ann")
      told(bids(played, ann, "?user_id=u-ann")) should have size 2
      told(bids(played, admin, "?user_id=u-bob")).map(_._2) shouldBe Seq(30.0, 25.0)
      bids(played, ann, "?user_id=u-bob").status shouldBe 403
      bids(played, "").status shouldBe 401
      bids(played, token("u-ann", tenant = "other")).status shouldBe 404
      bids("nothing", ann).code shouldBe "bidding.unknown-session"
    }

    "not tell in a sealed session how others bid" in {
      val id = newSession("sealed" -> "true")
      accepted(id, "30", bob)
      accepted(id, "20", ann)
      val own = list(bids(id, ann)("bids")).head
      Seq("rank", "is_winning", "sequence").foreach(own.has(_) shouldBe false)
      get(s"/api/sessions/$id/bids.csv", ann).text.linesIterator.toSeq(1) should startWith(",")
      told(bids(id, admin)).map(_._3) shouldBe Seq(1, 2)
      accepted(id, "25", ann)
      close(id)
      told(bids(id, ann)).map(_._3) shouldBe Seq(2, 2)
      list(get(s"/api/sessions/$id/bids?limit=1", ann)("bids")).head.path("rank").asInt shouldBe 2
    }

    "mark what the session bid for its members" in {
      val id = newSession("rebid_rule" -> "\"BEAT_TOP\"")
      post("/api/bid", s"""{"session_id":"$id","max_price":100}""", ann).status shouldBe 200
      accepted(id, "50", bob)
      list(bids(id, ann)("bids")).map(_.path("automatic").asBoolean) shouldBe Seq(false, true)
    }
  }

  "A file of bids" should {
    "have a line for each, with a line of names first" in {
      val file = get(s"/api/sessions/$played/bids.csv", admin)
      file.header("Content-Type").get should startWith("text/csv")
      file.header("Content-Disposition").get should include(s"$played-bids.csv")
      val lines = file.text.split("\r\n").toSeq
      lines.head shouldBe "sequence,placed_at,user_id,username,price,score,rank,is_winning,automatic"
      lines should have size 6
      lines(1) should fullyMatch regex """\d+,20\d\d-[^,]+Z,u-ann,Ann,20\.00,20,1,true,false"""
    }

    "be whole when it is longer than a chunk" in {
      val id = newSession()
      (1 to 9).foreach(i => accepted(id, s"${20 + i}", ann))
      get(s"/api/sessions/$id/bids.csv", ann).text.split("\r\n") should have length 10
    }

    "hold no formula that a spreadsheet would run" in {
      val id = newSession()
      accepted(id, "20", token("u-eve", name = Some("=HYPERLINK(\"http://x\"),\n2")))
      get(s"/api/sessions/$id/bids.csv", admin).text should include("\"'=HYPERLINK(\"\"http://x\"\"),\n2\"")
    }
  }

  "A file of orders" should {
    "have a line for each winner" in {
      val id = newSession()
      Seq(ann -> "30", bob -> "20", cid -> "15").foreach { case (by, price) => accepted(id, price, by) }
      get(s"/api/admin/sessions/$id/orders.csv", admin).code shouldBe "bidding.not-settled"
      close(id)
      get(s"/api/admin/sessions/$id/orders.csv", admin).text.split("\r\n").toSeq shouldBe Seq(
        "rank,user_id,username,bid_price,price",
        "1,u-ann,Ann,30.00,20.00",
        "2,u-bob,Bob,20.00,20.00"
      )
      get(s"/api/admin/sessions/$id/orders.csv", ann).status shouldBe 403
    }
  }

  "The log of a session" should {
    "tell who did what and why" in {
      val id = newSession()
      accepted(id, "20", ann)
      Seq("pause" -> """{"reason":"fire alarm"}""", "resume" -> "", "close" -> "").foreach { case (what, body) =>
        post(s"/api/admin/sessions/$id/$what", body, admin).status shouldBe 200
      }
      val entries = list(get(s"/api/admin/sessions/$id/log", admin)("entries"))
      entries.map(_.path("what").asText) shouldBe Seq("scheduled", "opened", "paused", "resumed", "ended", "settled")
      entries(2).path("reason").asText shouldBe "fire alarm"
      entries.map(_.path("by").asText).toSet shouldBe Set("operator")
      val page = get(s"/api/admin/sessions/$id/log?after=1&limit=2", admin)
      list(page("entries")).map(_.path("what").asText) shouldBe Seq("opened", "paused")
      page("next_after").asInt shouldBe 3
      get("/api/admin/sessions/nothing/log", admin).status shouldBe 404
      get(s"/api/admin/sessions/$id/log", ann).status shouldBe 403
    }
  }
}
