package io.turnwise.bidding

import java.util.concurrent.{ConcurrentLinkedQueue, CountDownLatch, Executors, TimeUnit}

import scala.jdk.CollectionConverters._

import io.turnwise.bidding.NothingLost.Acknowledged
import io.turnwise.cluster.NodeFixture

/** Members who bid one after the other's answer, each with a pause between, and repeat with the same key what was
  * answered 503 until they know.
  */
trait SteadyBids extends NothingLost { this: org.scalatest.Suite =>

  import SteadyBids._

  /** Where a member may bid as often as he likes. */
  protected def busySession(): String = newSession("bids_per_second" -> "0")

  /** Starts them; what they were answered is in the result from the first moment. */
  protected def steadily(sessions: Seq[String], members: Int, pauseMillis: Long): Load = {
    val load = new Load(members)
    (0 until members).foreach { number =>
      val bidder = f"steady-$number%04d"
      val own = token(bidder)
      val session = sessions(number % sessions.size)
      def place(bid: Int, attempt: Int): Unit =
        if (load.ended && attempt == 0) load.done.countDown()
        else {
          val price = s"${1_000 + bid}.${10 + number % 90}"
          val startNanos = System.nanoTime
          sendAsync(
            "POST",
            "/api/bid",
            Some(s"""{"session_id":"$session","price":$price}"""),
            own,
            Seq("Idempotency-Key" -> s"$bidder-$bid")
          ).whenComplete { (answer, failure) =>
            val nowNanos = System.nanoTime
            if (failure != null) load.failures.add(failure.toString)
            else load.answers.add(Answered(startNanos, nowNanos, session, answer))
            if (failure != null || answer.status == 503) load.after(pauseMillis)(place(bid, attempt + 1))
            else {
              if (answer.status == 200)
                load.acknowledged.add(
                  session -> Acknowledged(bidder, price, answer("sequence").asLong, (nowNanos - startNanos) / 1e6)
                )
              load.after(pauseMillis)(place(bid + 1, 0))
            }
          }
          ()
        }
      load.after(pauseMillis * number / members)(place(0, 0))
    }
    load
  }
}

object SteadyBids {

  final case class Answered(sentNanos: Long, nanos: Long, session: String, answer: NodeFixture.Answer)

  final class Load private[SteadyBids] (members: Int) {
    private val timer = Executors.newScheduledThreadPool(1)
    private[SteadyBids] val done = new CountDownLatch(members)
    @volatile private[SteadyBids] var ended = false

    val answers = new ConcurrentLinkedQueue[Answered]
    val failures = new ConcurrentLinkedQueue[String]
    val acknowledged = new ConcurrentLinkedQueue[(String, Acknowledged)]

    def of(session: String): Seq[Acknowledged] = acknowledged.asScala.toSeq.collect { case (`session`, bid) => bid }

    def count(status: Int): Int = answers.asScala.count(_.answer.status == status)

    def since(nanos: Long): Seq[Answered] = answers.asScala.toSeq.filter(_.sentNanos >= nanos)

    private[SteadyBids] def after(millis: Long)(next: => Unit): Unit = {
      timer.schedule((() => next): Runnable, millis, TimeUnit.MILLISECONDS)
      ()
    }

    /** Nobody begins another bid; returns when all know what became of their last. */
    def end(): Unit = {
      ended = true
      if (!done.await(60, TimeUnit.SECONDS)) throw new AssertionError(s"${done.getCount} bidders still do not know")
      timer.shutdownNow()
      ()
    }
  }
}
