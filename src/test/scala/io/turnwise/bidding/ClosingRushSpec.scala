package io.turnwise.bidding

import java.time.{Duration, Instant}
import java.time.temporal.ChronoUnit
import java.util.concurrent.{CompletableFuture, TimeUnit}

import scala.jdk.CollectionConverters._
import scala.util.Try

import io.turnwise.Drill
import io.turnwise.cluster.NodeFixture
import org.jdbi.v3.core.Handle
import org.scalatest.concurrent.PatienceConfiguration
import org.scalatest.time.{Millis, Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

/** Many sessions that end in the same moment, all asleep until shortly before. */
trait ManyClosings extends NodeFixture { this: AnyWordSpec =>

  import ManyClosings._

  private def rows(handle: Handle): Long =
    handle.createQuery("SELECT count(*) FROM event_journal").mapTo(classOf[java.lang.Long]).one()

  protected def awakeCount: Int

  /** @param restsMillis
    *   how long before their end they are made; the next, if this machine was too slow for the one before
    */
  protected def closeTogether(count: Int, bidders: Int, restsMillis: Seq[Long]): Closings =
    restsMillis.iterator
      .flatMap(closeTogether(count, bidders, _))
      .nextOption()
      .getOrElse(fail("this machine is too slow for so many"))

  private def closeTogether(count: Int, bidders: Int, restMillis: Long): Option[Closings] = {
    val ends = Instant.now.truncatedTo(ChronoUnit.SECONDS).plusMillis(restMillis)
    val sessions = (1 to count)
      .grouped(50)
      .flatMap { some =>
        val answers = some.map(_ =>
          sendAsync(
            "POST",
            "/api/admin/sessions",
            Some(proposal("ends_at" -> s""""$ends"""", "inventory" -> "2")),
            admin
          )
        )
        answers.map(_.join()).map { answer => assert(answer.status == 201, answer); answer("session_id").asText }
      }
      .toSeq
    val members = (1 to bidders).map(n => token(s"closer-$n"))
    sessions.grouped(50).foreach { some =>
      for {
        (member, n) <- members.zipWithIndex
        answers = some.map(session =>
          sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$session","price":${11 + n}}"""), member)
        )
        answer <- answers
      } assert(answer.join().status == 200 || Instant.now.isAfter(ends))
    }
    val sleepBy = timeout(Span(Duration.between(Instant.now, ends).toMillis.max(1), Millis))
    Option.when(Instant.now.isBefore(ends) && asleep(sleepBy)) {
      val before = query(rows(_))
      val timer = lateness(ends)
      eventually(timeout(Span(restMillis / 1_000 + 30, Seconds)), interval(Span(0, Seconds))) {
        assert(query(rows(_)) >= before + count)
      }
      val committedMillis = Duration.between(ends, Instant.now).toMillis
      Closings(ends, settled(sessions), committedMillis, timer.get(10, TimeUnit.SECONDS))
    }
  }

  private def asleep(within: PatienceConfiguration.Timeout): Boolean =
    Try(eventually(within)(assert(awakeCount == 0))).isSuccess

  private def lateness(at: Instant): CompletableFuture[Long] = {
    val late = new CompletableFuture[Long]
    engine.system.scheduler.scheduleOnce(
      Duration.between(Instant.now, at),
      () => { late.complete(Duration.between(at, Instant.now).toMillis); () },
      engine.system.executionContext
    )
    late
  }

  /** Every settlement there is, so that one too many shows. */
  private def settled(sessions: Seq[String]): Seq[Closing] = {
    val ids = sessions.toSet
    query(
      _.createQuery(
        "SELECT r.persistence_id AS pid, (r.turn->>'at')::bigint AS at, j.write_timestamp AS written" +
          " FROM journal_readable r JOIN event_journal j USING (ordering)" +
          " WHERE r.turn->'names' @> '[\"bidding.session-settled/1\"]'::jsonb"
      ).map((row, _) =>
        Closing(row.getString("pid").stripPrefix("session|default:"), row.getLong("at"), row.getLong("written"))
      ).list()
        .asScala
        .toSeq
    ).filter(closing => ids(closing.session))
  }
}

object ManyClosings {

  final case class Closing(session: String, stampMillis: Long, writtenMillis: Long)

  /** @param committedMillis
    *   when the last of them was seen in the journal, after their end
    * @param timerMillis
    *   how late this machine just then was with a timer of nobody's
    */
  final case class Closings(ends: Instant, all: Seq[Closing], committedMillis: Long, timerMillis: Long)
}

class ClosingRushSpec extends AnyWordSpec with BiddingOverHttp with ManyClosings {

  override protected def settings: String = """
    akka.actor.serialize-messages = off
    akka.cluster.sharding.passivation.awake.idle-entity.timeout = 2s
    turnwise.alarms { lead = 1500ms, interval = 100ms }
    """

  override protected def awakeCount: Int = awakeSessions

  "A hundred sessions that sleep and end in the same moment" should {
    "be settled once each, at their time" in {
      val closings = closeTogether(100, 3, Seq(8_000, 20_000, 60_000))
      assert(closings.all.map(_.session).toSet.size == 100 && closings.all.size == 100)
      val late = closings.all.map(_.stampMillis - closings.ends.toEpochMilli)
      assert(late.min >= 0)
      assert(late.max < 1_000 + closings.timerMillis)
    }
  }
}

class ClosingRushDrillSpec extends AnyWordSpec with BiddingOverHttp with ManyClosings {

  /** As a node runs, but that what nobody asks for sleeps after 40 s and not after 120. */
  override protected def settings: String = """
    akka.actor.serialize-messages = off
    akka.cluster.sharding { number-of-shards = 256, passivation.awake.idle-entity.timeout = 40s }
    """

  override protected def awakeCount: Int = awakeSessions

  "Two thousand sessions that sleep and end in the same second" should {
    "be settled once each, within a second of their end" taggedAs Drill in {
      val closings = closeTogether(2_000, 3, Seq(160_000))
      assert(closings.all.map(_.session).toSet.size == 2_000 && closings.all.size == 2_000)
      val ends = closings.ends.toEpochMilli
      val stamps = closings.all.map(_.stampMillis - ends).sorted
      val writes = closings.all.map(_.writtenMillis - ends).sorted
      assert(stamps.head >= 0 && stamps.last < 1_000)
      Drill.record(
        "closing-rush",
        Seq(
          "2,000 sessions of 3 bidders, asleep, that end in the same moment; woken 30 s before by their alarms",
          s"settled ${closings.all.size}, twice 0; stamp after the end: p50 ${stamps(1_000)} ms, max ${stamps.last} ms",
          s"written after the end: p50 ${writes(1_000)} ms, max ${writes.last} ms; all committed ${closings.committedMillis} ms after it"
        )
      )
      assert(closings.committedMillis < 1_000)
    }
  }
}
