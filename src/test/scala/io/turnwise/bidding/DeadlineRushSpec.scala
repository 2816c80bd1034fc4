package io.turnwise.bidding

import java.time.Instant
import java.util.concurrent.{ConcurrentLinkedQueue, CountDownLatch, Executors, TimeUnit}

import scala.jdk.CollectionConverters._

import io.turnwise.Drill
import org.scalatest.wordspec.AnyWordSpec

class DeadlineRushSpec extends AnyWordSpec with NothingLost {

  import NothingLost._

  private val members = 1_000
  private val seconds = 60
  private val inventory = 10

  // what goes over one wire need not be serialised twice; the turn's own spec does that
  override protected def settings: String = "akka.actor.serialize-messages = off"

  "A thousand members who bid faster and faster until the end" should {
    "find every acknowledged bid in the journal, and one truth in entity, Redis and orders" taggedAs Drill in {
      val endsAt = Instant.now.plusSeconds(seconds.toLong)
      val session = newSession(
        "bids_per_second" -> "0",
        "inventory" -> inventory.toString,
        "beta" -> "100",
        "ends_at" -> s""""$endsAt""""
      )
      val acknowledged = new ConcurrentLinkedQueue[Acknowledged]
      val refusals = new ConcurrentLinkedQueue[String]
      rush(session, endsAt, acknowledged, refusals)

      eventually(assert(get(s"/api/results/$session").status == 200))
      assert(acknowledged.size > members)
      val standings = assertNothingLost(session, acknowledged.asScala)
      val happened = history(session)
      assert(happened.count(_.name == "bidding.session-settled/1") == 1)
      val placed = happened.filter(_.name == "bidding.bid-placed/1")
      assert(placed.forall(_.atMillis < endsAt.toEpochMilli))
      // whoever was refused came too late
      assert(refusals.asScala.toSet.subsetOf(Set("409 bidding.session-ended")))
      val orders = get(s"/api/admin/sessions/$session/orders", admin)
      assert(orders("is_consistent").asBoolean)
      assert(orders("orders").asScala.map(_.path("user_id").asText).toSeq == standings.take(inventory).map(_.bidder))
      report(acknowledged.asScala.toSeq, refusals.size, placed.size)
    }
  }

  /** Each member waits 2 s * exp(-5 * elapsed / total) after every answer: two seconds at first, thirteen milliseconds
    * last.
    */
  private def rush(
      session: String,
      endsAt: Instant,
      acknowledged: ConcurrentLinkedQueue[Acknowledged],
      refusals: ConcurrentLinkedQueue[String]
  ): Unit = {
    val timer = Executors.newScheduledThreadPool(1)
    val done = new CountDownLatch(members)
    val startMillis = System.currentTimeMillis
    (1 to members).foreach { number =>
      val bidder = f"rush-member-$number%04d"
      val own = token(bidder)
      val random = new scala.util.Random(number)
      def next(): Unit = {
        val elapsed = (System.currentTimeMillis - startMillis) / (seconds * 1000.0)
        val pauseMillis = (2000 * math.exp(-5 * elapsed) * (0.8 + 0.4 * random.nextDouble())).toLong
        timer.schedule((() => place()): Runnable, pauseMillis, TimeUnit.MILLISECONDS)
        ()
      }
      def place(): Unit = {
        val price = BigDecimal(1000 + random.nextInt(100000), 2).toString
        val startNanos = System.nanoTime
        sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$session","price":$price}"""), own).whenComplete {
          (answer, failure) =>
            if (failure != null) { refusals.add(failure.toString); done.countDown() }
            else if (answer.status == 200) {
              val tookMillis = (System.nanoTime - startNanos) / 1e6
              acknowledged.add(Acknowledged(bidder, price, answer("sequence").asLong, tookMillis))
              next()
            } else { refusals.add(s"${answer.status} ${answer.code}"); done.countDown() }
        }
        ()
      }
      next()
    }
    assert(done.await(seconds + 60L, TimeUnit.SECONDS), "members that never got to the end")
    timer.shutdownNow()
    ()
  }

  private def report(acknowledged: Seq[Acknowledged], refused: Int, journalled: Int): Unit = {
    val sorted = acknowledged.map(_.millis).sorted.toIndexedSeq
    def percentile(p: Double) = sorted(((sorted.size - 1) * p).toInt)
    Drill.record(
      "deadline-rush",
      Seq(
        s"$members members on one session for $seconds s, waits 2 s * exp(-5 * elapsed / total)",
        s"acknowledged ${acknowledged.size}, in the journal $journalled, refused as too late $refused, lost 0",
        f"latency p50 ${percentile(0.5)}%.1f ms, p95 ${percentile(0.95)}%.1f ms, p99 ${percentile(0.99)}%.1f ms" +
          " (over the whole run, the rush at the end included; measured in the client)"
      )
    )
  }
}
