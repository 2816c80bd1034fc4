package io.turnwise.bidding

import com.fasterxml.jackson.annotation.JsonInclude
import com.fasterxml.jackson.databind.PropertyNamingStrategies
import com.fasterxml.jackson.databind.json.JsonMapper
import io.turnwise.bidding.SessionAnswer._
import io.turnwise.bidding.terms._
import io.turnwise.turn.{Caller, Command, Decision, Event, Stamp}

import scala.collection.mutable.ArrayBuffer
import scala.jdk.CollectionConverters._

/** A session that runs as the kernel runs it, without the kernel: what is due is written before every command. */
final class Auction {

  private val definition = new SessionDefinition
  private var held = definition.empty()
  val journal = ArrayBuffer.empty[(Event[BiddingSession], Stamp)]
  private var lastMillis: Long = 0

  def state: BiddingSession = held
  def version: Long = journal.size.toLong
  def events: Seq[Event[BiddingSession]] = journal.map(_._1).toSeq

  def ask[A](by: String, atMillis: Long, command: Command[BiddingSession, A]): Either[String, A] =
    decide(by, atMillis, command) match {
      case yes: Decision.Accepted[BiddingSession @unchecked, A @unchecked] =>
        yes.events.asScala.foreach(write(_, by, lastMillis))
        Right(yes.answer.apply(held, new Stamp(by, lastMillis, version)))
      case no: Decision.Refused[BiddingSession @unchecked, A @unchecked] => Left(no.reason.code)
    }

  /** The sentence that goes with a refusal; the command must be refused. */
  def detail(by: String, atMillis: Long, command: Command[BiddingSession, _]): String =
    decide(by, atMillis, command).asInstanceOf[Decision.Refused[_, _]].detail

  private def decide[A](by: String, atMillis: Long, command: Command[BiddingSession, A]) = {
    wake(atMillis)
    command.decide(held, new Stamp(by, lastMillis, version))
  }

  def wake(atMillis: Long): Unit = {
    lastMillis = math.max(lastMillis, atMillis)
    while (definition.wakeAtMillis(held) <= lastMillis) {
      val due = definition.due(held, new Stamp(Caller.SYSTEM, lastMillis, version))
      assert(!due.isEmpty)
      due.forEach(write(_, Caller.SYSTEM, lastMillis))
    }
  }

  private def write(event: Event[BiddingSession], by: String, atMillis: Long): Unit = {
    val stamp = new Stamp(by, atMillis, version + 1)
    held = event.applyTo(held, stamp)
    journal += event -> stamp
  }

  /** Puts the state aside as a snapshot and goes on from what was read back. */
  def restart(): Unit = held = Auction.copyOf(held)

  def bid(by: String, cents: Long, atMillis: Long, weight: Int = 100, name: String = ""): Either[String, BidAccepted] =
    ask(by, atMillis, new PlaceBid(if (name.isEmpty) by else name, weight, cents))

  def organise(atMillis: Long, command: Command[BiddingSession, SessionView]): Either[String, SessionView] =
    ask("admin", atMillis, command)
}

/** Situations by name. */
object Auction {

  val start: Long = 1_700_000_000_000L
  val end: Long = start + 60_000

  val json: JsonMapper = JsonMapper
    .builder()
    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
    .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
    .build()

  def copyOf(state: BiddingSession): BiddingSession =
    json.readValue(json.writeValueAsBytes(state), classOf[BiddingSession])

  def fold(journal: Iterable[(Event[BiddingSession], Stamp)]): BiddingSession =
    journal.foldLeft(BiddingSession.unscheduled()) { case (state, (event, stamp)) => event.applyTo(state, stamp) }

  val byPrice = new Scoring(1_000_000, 0, 0, TimeUnit.MILLISECONDS)

  def terms(
      upsetCents: Long = 1_000,
      inventory: Int = 2,
      scoring: Scoring = byPrice,
      startsAt: Long = start,
      endsAt: Long = end,
      rebid: RebidRule = RebidRule.REPLACE,
      price: PriceRule = PriceRule.UNIFORM_KTH,
      title: String = "A lamp",
      house: HouseRules = null
  ): SessionTerms =
    new SessionTerms(title, null, upsetCents, inventory, scoring, startsAt, endsAt, rebid, price, house)

  def unscheduled(): Auction = new Auction

  def scheduled(by: SessionTerms = terms()): Auction = {
    val auction = new Auction
    assert(auction.organise(by.startsAtMillis - 1_000, new SessionCommand.ScheduleSession(by)).isRight)
    auction
  }

  def open(by: SessionTerms = terms()): Auction = {
    val auction = scheduled(by)
    auction.wake(by.startsAtMillis)
    auction
  }

  def settled(by: SessionTerms = terms(), bids: Seq[(String, Long)] = Nil): Auction = {
    val auction = open(by)
    bids.zipWithIndex.foreach { case ((bidder, cents), i) =>
      assert(auction.bid(bidder, cents, by.startsAtMillis + i + 1).isRight)
    }
    auction.wake(by.endsAtMillis)
    auction
  }

  def cancelled(): Auction = {
    val auction = open()
    assert(auction.organise(start, new SessionCommand.CancelSession("no lamp")).isRight)
    auction
  }
}
