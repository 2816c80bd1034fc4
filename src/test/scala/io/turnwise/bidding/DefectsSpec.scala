package io.turnwise.bidding

import java.math.{BigDecimal => Decimal}
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Instant
import java.util.concurrent.CompletableFuture

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture
import io.turnwise.cluster.NodeFixture.{Answer, Happened}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** What systems of this kind are known to do wrong, and this one does not. */
class DefectsSpec extends AnyWordSpec with Matchers with NodeFixture {

  private val BidPlaced = "bidding.bid-placed/1"
  private val Settled = "bidding.session-settled/1"

  private def list(node: JsonNode): Seq[JsonNode] = node.asScala.toSeq

  private def users(rows: JsonNode): Seq[String] = list(rows).map(_.path("user_id").asText)

  private def bidAsync(session: String, price: String, token: String): CompletableFuture[Answer] =
    sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$session","price":$price}"""), token)

  private def placed(session: String): Seq[Happened] = history(session).filter(_.name == BidPlaced)

  private def endingIn(millis: Long): (Instant, (String, String)) = {
    val end = Instant.ofEpochMilli(System.currentTimeMillis + millis)
    end -> ("ends_at" -> s"\"$end\"")
  }

  private def count(sql: String): Long = query(_.createQuery(sql).mapTo(classOf[java.lang.Long]).one())

  private def ordersInView(session: String): Long =
    count(s"SELECT count(*) FROM order_view WHERE session_id = '$session'")

  "An accepted bid" should {
    "be in the journal when it is answered, not some seconds later" in {
      val id = newSession()
      (1 to 30).foreach { i =>
        val answer = accepted(id, s"${10 + i}", token(s"u${i % 7}"))
        val last = history(id)
        last.size.toLong shouldBe answer("sequence").asLong
        last.last.by shouldBe s"u${i % 7}"
        last.last.event.path("price_cents").asLong shouldBe (10 + i) * 100
      }
    }
    "not be lost among many at the same time, nor be replaced by an older one" in {
      val id = newSession("inventory" -> "3")
      val members = (0 until 40).map(i => s"m$i" -> token(s"m$i"))
      val answers = for {
        round <- 0 until 10
        wave = members.zipWithIndex.map { case ((_, by), i) => bidAsync(id, s"${20 + (i * 7 + round * 13) % 97}", by) }
        answer <- wave.map(_.join)
      } yield answer
      answers.foreach(_.status shouldBe 200)
      val events = placed(id)
      events should have size 400
      answers.map(_("sequence").asLong).distinct should have size 400
      val latest = events.groupBy(_.by).view.mapValues(_.last.event.path("price_cents").asLong).toMap
      val order = events.map(_.by).zipWithIndex.toMap
      val ranking = latest.toSeq.sortBy { case (by, cents) => (-cents, order(by)) }.map(_._1)
      users(get(s"/api/leaderboard/$id?consistency=strong&page_size=100")("leaderboard")) shouldBe ranking
      eventually(users(get(s"/api/leaderboard/$id?page_size=100")("leaderboard")) shouldBe ranking)
      close(id).status shouldBe 200
      users(get(s"/api/results/$id")("winners")) shouldBe ranking.take(3)
    }
    "survive a Redis that forgets everything" in {
      val id = newSession()
      (1 to 5).foreach(i => accepted(id, s"${10 + i}", token(s"u$i")))
      eventually(get(s"/api/leaderboard/$id")("total_count").asInt shouldBe 5)
      val redis = io.lettuce.core.RedisClient.create(redisUri)
      try redis.connect().sync().flushdb()
      finally redis.shutdown()
      get(s"/api/leaderboard/$id")("total_count").asInt shouldBe 5
      accepted(id, "30", token("u6"))
      eventually(users(get(s"/api/leaderboard/$id")("leaderboard")) shouldBe Seq("u6", "u5", "u4", "u3", "u2", "u1"))
      close(id).status shouldBe 200
      users(get(s"/api/results/$id")("winners")) shouldBe Seq("u6", "u5")
    }
    "stay on record when a later one of the same member takes its place, with score, time and place in the order" in {
      val id = newSession("alpha" -> "2")
      val prices = Seq("12", "15", "11")
      val answers = prices.map(accepted(id, _, token("ann")))
      val record = placed(id)
      record.map(_.by) shouldBe Seq("ann", "ann", "ann")
      record.map(_.event.path("price_cents").asLong) shouldBe Seq(1_200L, 1_500L, 1_100L)
      record.map(_.event.path("score_micros").asLong) shouldBe Seq(24_000_000L, 30_000_000L, 22_000_000L)
      record.map(event => Instant.ofEpochMilli(event.atMillis).toString) shouldBe
        answers.map(answer => Instant.parse(answer("accepted_at").asText).toString)
      get(s"/api/sessions/$id")("bid_count").asLong shouldBe 3
      get(s"/api/sessions/$id")("total_count").asLong shouldBe 1
    }
    "not be timed anew when the client repeats it because it heard no answer" in {
      val id = newSession("alpha" -> "0", "beta" -> "1000000")
      val ann = token("ann")
      val key = "Idempotency-Key" -> "once"
      val first = bid(id, "12", ann, key)
      val heard = System.currentTimeMillis
      eventually(System.currentTimeMillis should be > heard + 20)
      val again = bid(id, "12", ann, key)
      again.json shouldBe first.json
      placed(id) should have size 1
      get(s"/api/leaderboard/$id/me", ann)("score") shouldBe first("score")
      // what the key has saved it from
      accepted(id, "12", ann).decimal("score").compareTo(first.decimal("score")) should be < 0
    }
    "keep its price and score to the last digit, where binary fractions would not" in {
      val id = newSession("upset_price" -> "0.01", "alpha" -> "900", "gamma" -> "0.000001", "inventory" -> "1")
      accepted(id, "9999999999.99", token("light", weight = "1"))
      accepted(id, "9999999999.99", token("heavy", weight = "2"))
      accepted(id, "9999999999.98", token("less", weight = "1000"))
      val scores = Seq("8999999999991.000002", "8999999999991.000001", "8999999999982.001")
      def read(query: String) = list(get(s"/api/leaderboard/$id$query")("leaderboard"))
      // before Redis has the board the session itself answers, and may be ahead of it
      eventually(read("").map(_.path("user_id").asText) shouldBe Seq("heavy", "light", "less"))
      eventually(get(s"/api/leaderboard/$id")("version").asLong shouldBe get(s"/api/sessions/$id")("version").asLong)
      Seq("", "?consistency=strong").foreach { query =>
        eventually(read(query).map(_.path("user_id").asText) shouldBe Seq("heavy", "light", "less"))
        read(query).map(_.path("score").decimalValue) shouldBe scores.map(new Decimal(_))
        read(query).map(_.path("price").decimalValue.toPlainString) shouldBe
          Seq("9999999999.99", "9999999999.99", "9999999999.98")
      }
    }
    "rank before an equal one that came later, also in Redis and whatever its member is called" in {
      val id = newSession()
      val members = Seq("zoe", "ann", "mia", "bob")
      members.foreach(member => accepted(id, "12", token(member)))
      eventually(users(get(s"/api/leaderboard/$id")("leaderboard")) shouldBe members)
      users(get(s"/api/leaderboard/$id?consistency=strong")("leaderboard")) shouldBe members
      close(id).status shouldBe 200
      users(get(s"/api/results/$id")("winners")) shouldBe members.take(2)
    }
  }

  "The end of a session" should {
    "let no bid in, however many are under way, and lose none that came before" in {
      val (end, endsAt) = endingIn(700)
      val id = newSession(endsAt, "inventory" -> "5")
      val members = (1 to 16).map(i => token(s"late-$i"))
      val answers = Iterator
        .continually(members.zipWithIndex.map { case (by, i) => bidAsync(id, s"${20 + i}", by) }.map(_.join))
        .takeWhile(_.exists(_.status == 200) || Instant.now.isBefore(end))
        .flatten
        .toSeq ++ members.map(bid(id, "99", _))
      val (in, out) = answers.partition(_.status == 200)
      in should not be empty
      in.foreach(answer => Instant.parse(answer("accepted_at").asText).isBefore(end) shouldBe true)
      out.map(_.code).distinct shouldBe Seq("bidding.session-ended")
      val events = history(id)
      events.last.name shouldBe Settled
      events.last.event.path("bid_count").asLong shouldBe in.size.toLong
      val bids = events.filter(_.name == BidPlaced)
      bids should have size in.size.toLong
      bids.foreach(_.atMillis should be < end.toEpochMilli)
      events.last.atMillis should be >= end.toEpochMilli
    }
    "come once, though twenty close it while its time runs out" in {
      val (end, endsAt) = endingIn(600)
      val id = newSession(endsAt)
      Seq("ann", "bob", "cid").zipWithIndex.foreach { case (by, i) => accepted(id, s"${12 + i}", token(by)) }
      eventually(System.currentTimeMillis should be >= end.toEpochMilli - 25)
      val closings = (1 to 20).map(_ => sendAsync("POST", s"/api/admin/sessions/$id/close", None, admin)).map(_.join)
      closings.map(_.status).toSet.subsetOf(Set(200, 409)) shouldBe true
      closings.count(_.status == 200) should be <= 1
      closings.filter(_.status == 409).map(_.code).distinct shouldBe Seq("bidding.already-ended")
      eventually(System.currentTimeMillis should be >= end.toEpochMilli + 50)
      history(id).count(_.name == Settled) shouldBe 1
      history(id).last.name shouldBe Settled
      eventually(ordersInView(id) shouldBe 2)
      Seq("ann" -> 0, "bob" -> 1, "cid" -> 1).foreach { case (by, orders) =>
        get("/api/orders", token(by))("orders").asScala.count(_.path("session_id").asText == id) shouldBe orders
      }
    }
    "sell exactly as much as there is and is wanted: never more, never less, to nobody twice" in {
      for ((stock, bidders) <- Seq(4 -> 9, 9 -> 9, 9 -> 4, 3 -> 0)) withClue(s"$bidders for $stock: ") {
        val (end, endsAt) = endingIn(500)
        val id = newSession("inventory" -> s"$stock", endsAt)
        val members = (1 to bidders).map(i => token(s"m$i"))
        for (round <- 0 to 2)
          members.zipWithIndex.map { case (by, i) => bidAsync(id, s"${20 + i + round}", by) }.foreach(_.join)
        eventually(System.currentTimeMillis should be >= end.toEpochMilli)
        // settlement is raced by those who ask for it
        val asked = (1 to 10).map(_ => sendAsync("GET", s"/api/admin/sessions/$id/orders", None, admin)).map(_.join)
        asked.foreach(_.status shouldBe 200)
        val expected = math.min(stock, bidders)
        asked.foreach { orders =>
          orders("total").asInt shouldBe expected
          orders("stock").asInt shouldBe stock
          orders("is_consistent").asBoolean shouldBe true
        }
        val winners = users(asked.head("orders"))
        winners shouldBe (bidders until (bidders - expected) by -1).map(i => s"m$i")
        list(asked.head("orders")).map(_.path("rank").asInt) shouldBe (1 to expected)
        history(id).last.event.path("orders").size shouldBe expected
        eventually(ordersInView(id) shouldBe expected.toLong)
      }
    }
  }

  "A board" should {
    "name the highest price, not the price of the highest score, and the score of the last winner on every page" in {
      val id = newSession("gamma" -> "100", "inventory" -> "12")
      (1 to 15).foreach(i => accepted(id, s"${10 + i}", token(s"m$i", weight = s"${16 - i}")))
      // member 1 has the highest score and the lowest price; the twelfth score is member 12's: 22 + 400
      eventually(get(s"/api/leaderboard/$id")("total_count").asInt shouldBe 15)
      val boards = Seq("", "?consistency=strong", "?page_size=1", "?page=2&page_size=10").map { query =>
        get(s"/api/leaderboard/$id$query").json
      }
      boards.head.path("leaderboard").path(0).path("user_id").asText shouldBe "m1"
      val response = client.send(
        request("GET", s"/api/sessions/$id/events", BodyPublishers.noBody(), "").build,
        BodyHandlers.ofInputStream()
      )
      val feed = new Feed(response.body)
      try {
        eventually(feed.boards should not be empty)
        (boards :+ feed.boards.head.path("data")).foreach { board =>
          board.path("highest_bid").decimalValue.compareTo(new Decimal("25")) shouldBe 0
          board.path("threshold_score").decimalValue.compareTo(new Decimal("422")) shouldBe 0
        }
        feed.boards.head.path("data").path("leaderboard").size shouldBe 10
      } finally feed.close()
    }
    "cost the database nothing per bid or per look: its transactions grow with turns" in {
      val id = newSession()
      val members = (1 to 250).map(i => token(s"m$i"))
      def written = count("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
      // A connection reports what it did a second later, so of the last second's reads some are not seen.
      def committed = count("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
      def rows = count(s"SELECT count(*) FROM event_journal WHERE persistence_id = 'session|default:$id'")
      val (writtenBefore, committedBefore, rowsBefore) = (written, committed, rows)
      val began = System.nanoTime
      val waves = 12
      (1 to waves).foreach { wave =>
        val bids = members.map(bidAsync(id, s"${10 + wave}", _))
        val looks = members.take(50).map(sendAsync("GET", s"/api/leaderboard/$id", None, _))
        bids.foreach(_.join.status shouldBe 200)
        looks.foreach(_.join.status shouldBe 200)
      }
      val seconds = (System.nanoTime - began) / 1e9
      val turns = rows - rowsBefore
      val bids = waves * members.size
      placed(id).size shouldBe bids
      val (writes, all) = (written - writtenBefore, committed - committedBefore)
      withClue(s"$bids bids, $turns turns, $writes writing and $all transactions in $seconds s: ") {
        turns should be < bids / 3L
        // what goes on without bids: projections and alarms look at the database so many times a second
        writes.toDouble should be <= 2 * turns + 40 * seconds + 100
        all.toDouble should be <= 4 * turns + 150 * seconds + 200
      }
    }
  }
}
