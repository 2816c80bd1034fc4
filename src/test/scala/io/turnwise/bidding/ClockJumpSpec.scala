package io.turnwise.bidding

import java.time.{Instant, InstantSource}
import java.util.concurrent.atomic.AtomicLong

import scala.jdk.CollectionConverters._

import org.scalatest.wordspec.AnyWordSpec

/** A node's clock as it runs, and as far off as a situation wants it. */
class ClockJumpSpec extends AnyWordSpec with SteadyBids {

  private val offMillis = new AtomicLong

  override protected def clock: InstantSource = () => Instant.now.plusMillis(offMillis.get)

  override protected def settings: String = """
    akka.actor.serialize-messages = off
    akka.cluster.sharding.passivation.awake.idle-entity.timeout = 1500ms
    turnwise.alarms { lead = 1s, interval = 100ms }
    """

  private def jump(seconds: Int)(meanwhile: => Unit): Unit = {
    offMillis.set(seconds * 1_000L)
    try meanwhile
    finally offMillis.set(0)
  }

  private def stamps(session: String): Seq[Long] = history(session).map(_.atMillis)

  private def isSettled(session: String): Boolean =
    history(session).exists(_.name == "bidding.session-settled/1")

  private def settledAt(session: String): Long =
    history(session).find(_.name == "bidding.session-settled/1").get.atMillis

  /** By the clock of the node, as a proposal has it. */
  private def endingIn(millis: Long): (String, Long) = {
    val ends = clock.millis + millis
    newSession("ends_at" -> s""""${Instant.ofEpochMilli(ends)}"""") -> ends
  }

  "A clock that is set back by a minute" should {
    "stop no bid, turn no stamp back and be said by readiness" in {
      val session = busySession()
      val load = steadily(Seq(session), 5, 10)
      eventually(assert(load.acknowledged.size > 50))
      assert(get("/health/ready").status == 200)
      jump(-60) {
        val before = load.acknowledged.size
        eventually(assert(load.acknowledged.size > before + 50))
        val ready = get("/health/ready")
        assert(ready.status == 503)
        assert(ready("checks").path("clock").asText.matches("this node's clock is (59|60)\\d\\d\\d ms from.*"))
      }
      load.end()
      assert(get("/health/ready").status == 200)
      assert(load.answers.asScala.forall(_.answer.status == 200))
      assertNothingLost(session, load.of(session))
      assert(stamps(session) == stamps(session).sorted)
    }

    "end no session before its time by that clock" in {
      val (session, ends) = endingIn(2_000)
      accepted(session, "11", token("early"))
      jump(-3) {
        eventually(assert(clock.millis > ends - 2_000))
        assert(!isSettled(session))
        eventually(assert(isSettled(session)))
        assert(clock.millis >= ends)
      }
      assert(settledAt(session) >= ends)
    }
  }

  "A clock that is set forward by a minute" should {
    "end at once what is over by it, asleep or awake, and nothing else" in {
      val (awake, _) = endingIn(50_000)
      val (asleep, _) = endingIn(55_000)
      val (later, _) = endingIn(120_000)
      Seq(awake, asleep, later).foreach(session => accepted(session, "11", token("early")))
      val rested = System.nanoTime + 2_000_000_000L
      eventually { accepted(awake, "11", token("early")); assert(System.nanoTime > rested) }
      jump(60) {
        eventually(assert(isSettled(awake) && isSettled(asleep)))
        assert(!isSettled(later))
        accepted(later, "12", token("late"))
      }
      // set right again, it goes on where it was
      accepted(later, "13", token("late"))
      assert(stamps(later) == stamps(later).sorted)
    }
  }
}
