package io.turnwise.bidding

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, TimeUnit}
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import io.turnwise.bidding.redis.Cache
import io.turnwise.bidding.terms.{RebidRule, Scoring, SessionTerms, TimeUnit => Ticks}
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.JournalRow
import io.turnwise.projection.JournalRowsOf
import io.turnwise.turn.{Caller, Reply}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.Suite

/** Sessions that run on an engine, with a Redis of the spec's own beside it. */
trait LiveSessions extends EngineFixture { this: Suite =>

  override protected def names: ju.Map[String, Class[_]] = BiddingNames.ALL

  protected lazy val cache = new Cache
  protected lazy val sessions = new BiddingSessions(engine.mailboxes(BiddingSessions.DEFINITION))
  protected lazy val boards = new BoardProjection(cache.boards, engine.replay, engine.blocking)

  private val numbers = new AtomicInteger

  override protected def afterAll(): Unit =
    try super.afterAll()
    finally cache.close()

  /** By price alone, so that equal prices are equal scores. */
  protected def terms(inventory: Int = 2, lastsMillis: Long = 3_600_000, title: String = "A lamp"): SessionTerms = {
    val now = System.currentTimeMillis()
    Auction.terms(
      upsetCents = 1,
      inventory = inventory,
      scoring = new Scoring(1_000_000, 0, 0, Ticks.MILLISECONDS),
      startsAt = now,
      endsAt = now + lastsMillis,
      rebid = RebidRule.REPLACE,
      title = title
    )
  }

  protected def schedule(by: SessionTerms = terms()): String = {
    val id = s"s${numbers.incrementAndGet()}"
    accepted[SessionAnswer.SessionView](id, new SessionCommand.ScheduleSession(by))
    id
  }

  protected def send(session: String, command: SessionCommand[_], by: String = "admin"): CompletableFuture[Reply] =
    sessions.ask("default", session, Caller.of(by), command)

  protected def accepted[A](session: String, command: SessionCommand[A], by: String = "admin"): A =
    send(session, command, by).get(10, TimeUnit.SECONDS) match {
      case reply: Reply.Accepted => reply.answer.asInstanceOf[A]
      case refused               => throw new AssertionError(s"$command was refused: $refused")
    }

  protected def bid(session: String, by: String, cents: Long, name: String = ""): SessionAnswer.BidAccepted =
    accepted(session, new PlaceBid(if (name.isEmpty) by else name, 100, cents), by)

  protected def state(session: String): BiddingSession = {
    val held = engine.replay.fold(BiddingSessions.DEFINITION, s"default:$session", false)
    held.state
  }

  protected def rows: Seq[JournalRow] = JournalRowsOf(engine, names)

  protected def rowsOf(session: String): Seq[JournalRow] = rows.filter(_.id == session)

  protected def project(rows: Seq[JournalRow]): Unit = {
    boards.apply(rows.asJava).toCompletableFuture.get(10, TimeUnit.SECONDS)
    ()
  }

  /** The board as the entity has it, as the journal makes it, and as Redis holds it. */
  protected def rankings(session: String): (Seq[String], Seq[String], Seq[String]) = {
    val pages = Iterator
      .from(0, 100)
      .map(offset => accepted(session, new SessionRead.ReadBoard(offset, 100)).rows.asScala.map(_.standing.bidder))
      .takeWhile(_.nonEmpty)
      .flatten
      .toSeq
    (pages, state(session).board.standings.asScala.map(_.bidder).toSeq, cache.ranking("default", session))
  }

  protected def isRight(session: String): Boolean = {
    val (entity, fold, redis) = rankings(session)
    val board = state(session)
    val page = cache.boards.page("default", session, 0, 100).toCompletableFuture.get(10, TimeUnit.SECONDS)
    entity == fold && fold == redis && page.isPresent && page.get.rows == BoardProjection
      .rows(board)
      .asScala
      .take(100)
      .asJava && page.get.highestPriceCents == board.board.highestPriceCents &&
    page.get.thresholdScoreMicros == board.thresholdScoreMicros
  }

  protected def withHandle[A](use: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => use(handle)): HandleCallback[A, RuntimeException])
}
