package io.turnwise.bidding

import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

import scala.jdk.CollectionConverters._

import io.turnwise.http.Role
import org.scalatest.wordspec.AnyWordSpec

class BoardRoutesSpec extends AnyWordSpec with BiddingOverHttp {

  "A board" should {
    "be the same from Redis and from the session itself, on every page" in {
      val id = newSession("inventory" -> "3")
      (1 to 7).foreach(i => accepted(id, s"${10 + i}", token(s"u$i", name = Some(s"User $i"))))
      accepted(id, "13.5", token("u7", name = Some("User 7")))
      val strong = get(s"/api/leaderboard/$id?consistency=strong")
      strong.status shouldBe 200
      strong.json.fieldNames.asScala.toSet shouldBe Set(
        "session_id",
        "leaderboard",
        "highest_bid",
        "threshold_score",
        "page",
        "page_size",
        "total_count",
        "total_pages",
        "version"
      )
      val rows = list(strong("leaderboard"))
      rows.map(_.path("user_id").asText) shouldBe Seq("u6", "u5", "u4", "u7", "u3", "u2", "u1")
      rows.map(_.path("rank").asInt) shouldBe (1 to 7)
      rows.map(_.path("is_winner").asBoolean) shouldBe Seq(true, true, true, false, false, false, false)
      rows.head.path("username").asText shouldBe "User 6"
      shouldBeDecimal(strong("highest_bid"), "16")
      shouldBeDecimal(strong("threshold_score"), "14")
      strong("page_size").asInt shouldBe 50
      eventually(get(s"/api/leaderboard/$id").json shouldBe strong.json)
      (1 to 4).foreach { page =>
        val query = s"page=$page&page_size=3"
        val fast = get(s"/api/leaderboard/$id?$query")
        fast.json shouldBe get(s"/api/leaderboard/$id?$query&consistency=strong").json
        list(fast("leaderboard")) shouldBe rows.slice(page * 3 - 3, page * 3)
        fast("total_count").asInt shouldBe 7
        fast("total_pages").asInt shouldBe 3
      }
    }
    "be there, empty, before the first bid" in {
      val id = newSession()
      val board = get(s"/api/leaderboard/$id")
      board.status shouldBe 200
      board("leaderboard").size shouldBe 0
      board("highest_bid").isNull shouldBe true
      board("threshold_score").isNull shouldBe true
      board("total_pages").asInt shouldBe 0
    }
    "refuse pages that cannot be" in {
      val id = newSession()
      Seq("page=0", "page=-1", "page=1.5", "page=x", "page=", "page_size=0", "page_size=101", "page=99999999999")
        .foreach { query =>
          val answer = get(s"/api/leaderboard/$id?$query")
          withClue(query)(answer.status shouldBe 400)
          answer.code shouldBe "invalid-parameter"
        }
      Seq("page=1", "page_size=1", "page_size=100", "page=1000000").foreach { query =>
        withClue(query)(get(s"/api/leaderboard/$id?$query").status shouldBe 200)
      }
    }
    "say where a member stands and who is next to him" in {
      val id = newSession()
      (1 to 7).foreach(i => accepted(id, s"${10 + i}", token(s"u$i")))
      val me = get(s"/api/leaderboard/$id/me", token("u3"))
      me.status shouldBe 200
      me("rank").asInt shouldBe 5
      me("is_winner").asBoolean shouldBe false
      me("total_count").asInt shouldBe 7
      shouldBeDecimal(me("score"), "13")
      shouldBeDecimal(me("threshold_score"), "16")
      list(me("neighbours")).map(_.path("user_id").asText).filterNot(_ == "u3") shouldBe Seq("u5", "u4", "u2", "u1")
      get(s"/api/leaderboard/$id/me", token("nobody")).code shouldBe "bidding.no-bid"
      get(s"/api/leaderboard/$id/me").status shouldBe 401
    }
  }

  "Lists" should {
    "have sessions by state, the newest first, in pages" in {
      val tenant = "lists"
      val boss = token("boss", role = Role.ADMIN, tenant = tenant)
      val ids = (1 to 5).map { i =>
        post("/api/admin/sessions", proposal("title" -> s"\"No. $i\""), boss)("session_id").asText
      }
      post(s"/api/admin/sessions/${ids.head}/close", "", boss).status shouldBe 200
      post(s"/api/admin/sessions/${ids(1)}/cancel", "", boss).status shouldBe 200
      def listed(path: String) = list(get(path, boss)("sessions")).map(_.path("session_id").asText)
      eventually(listed("/api/sessions") shouldBe ids.reverse)
      eventually(listed("/api/sessions/active") shouldBe ids.drop(2).reverse)
      eventually(listed("/api/sessions?state=cancelled") shouldBe Seq(ids(1)))
      listed("/api/sessions?state=settled") shouldBe Seq(ids.head)
      val first = get("/api/sessions?limit=2", boss)
      list(first("sessions")).map(_.path("session_id").asText) shouldBe ids.reverse.take(2)
      listed(s"/api/sessions?limit=2&after=${first("next_after").asText}") shouldBe ids.reverse.slice(2, 4)
    }
    "count sessions and bids for administrators" in {
      val tenant = "stats"
      val boss = token("boss", role = Role.ADMIN, tenant = tenant)
      val ids = (1 to 2).map(_ => post("/api/admin/sessions", proposal(), boss)("session_id").asText)
      ids.foreach(id => (1 to 3).foreach(i => accepted(id, s"1$i", token("u", tenant = tenant))))
      post(s"/api/admin/sessions/${ids.head}/close", "", boss).status shouldBe 200
      eventually {
        val stats = get("/api/admin/stats", boss)
        stats("total_sessions").asInt shouldBe 2
        stats("active_sessions").asInt shouldBe 1
        stats("total_bids").asInt shouldBe 6
      }
      get("/api/admin/stats", ann).status shouldBe 403
    }
  }

  "A feed" should {
    "begin with the board as it is" in {
      val id = newSession()
      accepted(id, "12", ann)
      val reader = feed(id)
      try {
        eventually(reader.boards should not be empty)
        val message = reader.boards.head
        message.path("sequence").asLong shouldBe 4
        val data = message.path("data")
        data.path("session_id").asText shouldBe id
        list(data.path("leaderboard")).map(_.path("user_id").asText) shouldBe Seq("u-ann")
        shouldBeDecimal(data.path("highest_bid"), "12")
        data.path("threshold_score").isNull shouldBe true
        data.path("total_count").asInt shouldBe 1
        data.path("ends_at").asText shouldBe get(s"/api/sessions/$id")("ends_at").asText
      } finally reader.close()
    }
    "have at most ten messages a second however many bids come, and end with the board as it then is" in {
      val id = newSession("inventory" -> "5")
      val reader = feed(id)
      try {
        eventually(reader.boards should have size 1)
        val began = System.currentTimeMillis
        val bidders = (1 to 20).map(i => token(s"burst-$i"))
        while (System.currentTimeMillis - began < 1_500) {
          val answers = bidders.map { by =>
            sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$id","price":${10 + began % 100}}"""), by)
          }
          answers.foreach(_.join.status shouldBe 200)
        }
        val version = get(s"/api/leaderboard/$id?consistency=strong")("version").asLong
        version should be > 100L
        eventually(reader.boards.last.path("sequence").asLong shouldBe version)
        val burst = reader.all.filter(_.message.nonEmpty).map(_.atMillis)
        val seconds = (burst.last - burst.head) / 1000.0
        withClue(s"${burst.size} messages in $seconds s")(burst.size.toDouble should be <= 10 * seconds + 2)
        burst.size should be >= 5
        val last = reader.boards.last.path("data")
        last.path("leaderboard").size shouldBe 10
        last.path("total_count").asInt shouldBe 20
        val sequences = reader.boards.map(_.path("sequence").asLong)
        sequences shouldBe sequences.sorted
      } finally reader.close()
    }
    "tell of the settlement to all who read, and stay open" in {
      val id = newSession()
      accepted(id, "12", ann)
      val readers = Seq(feed(id), feed(id))
      try {
        readers.foreach(reader => eventually(reader.boards should not be empty))
        close(id).status shouldBe 200
        readers.foreach { reader =>
          eventually(reader.types should contain("session_settled"))
          eventually(reader.boards.last.path("data").path("state").asText shouldBe "settled")
          val beats = reader.heartbeats
          eventually(reader.heartbeats should be > beats)
          reader.types.count(_ == "session_settled") shouldBe 1
        }
      } finally readers.foreach(_.close())
    }
    "be a problem for a session that there is not" in {
      val answer = get("/api/sessions/nowhere/events")
      answer.status shouldBe 404
      answer.code shouldBe "bidding.unknown-session"
      answer.header("Content-Type").get should startWith("application/problem+json")
    }
    "take the token from the query, because browsers cannot send it otherwise" in {
      val boss = token("boss", role = Role.ADMIN, tenant = "query")
      val id = post("/api/admin/sessions", proposal(), boss)("session_id").asText
      get(s"/api/sessions/$id/events").status shouldBe 404
      val response = client.send(
        request("GET", s"/api/sessions/$id/events?access_token=$boss", BodyPublishers.noBody(), "").build,
        BodyHandlers.ofInputStream()
      )
      response.statusCode shouldBe 200
      val reader = new Feed(response.body)
      try eventually(reader.boards should not be empty)
      finally reader.close()
    }
  }

  "What a reader without a token sees" should {
    "be the sessions, boards, results and feeds of tenant default, and nothing personal" in {
      val id = newSession()
      accepted(id, "12", ann)
      Seq(s"/api/sessions/$id", s"/api/leaderboard/$id", "/api/sessions", "/api/sessions/active").foreach { path =>
        withClue(path)(get(path).status shouldBe 200)
      }
      feed(id).close()
      close(id).status shouldBe 200
      get(s"/api/results/$id").status shouldBe 200
      Seq(s"/api/leaderboard/$id/me", "/api/orders", "/api/auth/me").foreach { path =>
        withClue(path)(get(path).status shouldBe 401)
      }
    }
    "be 404 where the session is another tenant's, as for that tenant's strangers" in {
      val boss = token("boss", role = Role.ADMIN, tenant = "acme")
      val id = post("/api/admin/sessions", proposal(), boss)("session_id").asText
      accepted(id, "12", token("u", tenant = "acme"))
      eventually(get(s"/api/leaderboard/$id", boss)("total_count").asInt shouldBe 1)
      val strangers = Seq("", ann, admin, token("boss", role = Role.ADMIN, tenant = "other"))
      for (stranger <- strangers; path <- Seq("/api/sessions/", "/api/leaderboard/", "/api/results/").map(_ + id)) {
        val answer = get(path, stranger)
        withClue(path)(answer.status shouldBe 404)
        answer.code shouldBe "bidding.unknown-session"
      }
      bid(id, "13", ann).code shouldBe "bidding.unknown-session"
      get(s"/api/leaderboard/$id/me", ann).code shouldBe "bidding.unknown-session"
      close(id).code shouldBe "bidding.unknown-session"
      get(s"/api/admin/sessions/$id/orders", admin).code shouldBe "bidding.unknown-session"
      list(get("/api/sessions?limit=100")("sessions")).map(_.path("session_id").asText) should not contain id
    }
  }
}
