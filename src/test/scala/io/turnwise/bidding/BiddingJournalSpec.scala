package io.turnwise.bidding

import io.turnwise.bidding.SessionAnswer._
import io.turnwise.bidding.SessionCommand._
import io.turnwise.bidding.SessionEvent._
import io.turnwise.bidding.SessionRead._
import io.turnwise.bidding.board.{Board, Standing}
import io.turnwise.bidding.terms._
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.nio.charset.StandardCharsets.UTF_8
import java.util.{List => Listed}
import scala.jdk.CollectionConverters._

class BiddingJournalSpec extends AnyWordSpec with Matchers {

  private val scoring = new Scoring(1_000_000, 1_000_000_000, 2_500_000, TimeUnit.SECONDS)
  private val terms = new SessionTerms(
    "A lamp",
    "Brass, 1921",
    1_000,
    1,
    scoring,
    1_700_000_000_000L,
    1_700_000_060_000L,
    RebidRule.RAISE_ONLY,
    PriceRule.UNIFORM_NEXT
  )
  private val houseRules = new HouseRules(new AntiSnipe(60, 30, 5), 5_000L, false, 1, 10)
  private val guarded = new SessionTerms(
    "A lamp",
    "Brass, 1921",
    1_000,
    1,
    scoring,
    1_700_000_000_000L,
    1_700_000_060_000L,
    RebidRule.RAISE_ONLY,
    PriceRule.UNIFORM_NEXT,
    houseRules
  )
  private val ann = new Standing("u-ann", "Ann", 150, 2_500, 525_000_000, 5, 1_700_000_001_500L)
  private val ben = new Standing("u-ben", "Ben", 100, 2_000, 22_750_000, 7, 1_700_000_002_000L)
  private val orders = Listed.of(new Order(1, "u-ann", "Ann", 2_500, 2_000))
  private val rows = Listed.of(new Ranked(1, true, ann), new Ranked(2, false, ben))
  private val view = new SessionView(Phase.SETTLED, terms, 2, 3, 2_500L, 525_000_000L, 2_000L, null, 8, 0)
  private val guardedView = new SessionView(Phase.PAUSED, guarded, 2, 3, 2_500L, 525_000_000L, null, null, 9, 1)

  private val samples: Map[String, Any] = Map(
    "bidding.session/1" -> new BiddingSession(
      Phase.SETTLED,
      terms,
      Board.of(Listed.of(ann, ben)),
      3,
      null,
      new Settlement(orders, 2_000L),
      null,
      Listed.of(),
      null,
      null
    ),
    "bidding.session/2" -> new BiddingSession(
      Phase.PAUSED,
      guarded,
      Board.of(Listed.of(ann, ben)),
      3,
      null,
      null,
      null,
      Listed.of(new BiddingSession.Extension("u-ann", 5)),
      new BiddingSession.Maximum("u-ann", 9_900),
      1_700_000_059_000L
    ),
    "bidding.session-scheduled/1" -> new SessionScheduled(terms),
    "bidding.session-changed/1" -> new SessionChanged(terms),
    "bidding.session-scheduled/2" -> new SessionScheduled(guarded),
    "bidding.session-changed/2" -> new SessionChanged(guarded),
    "bidding.proxy-bid-placed/1" -> new ProxyBidPlaced("u-ann", 2_600, 526_000_000),
    "bidding.maximum-set/1" -> new MaximumSet(9_900),
    "bidding.session-extended/1" -> new SessionExtended(1_700_000_090_000L, 5),
    "bidding.bid-retracted/1" -> new BidRetracted("u-ann", "Not his card.", 1_700_000_070_000L),
    "bidding.session-paused/1" -> new SessionPaused("Fire alarm."),
    "bidding.session-resumed/1" -> new SessionResumed(1_700_000_120_000L),
    "bidding.session-opened/1" -> new SessionOpened,
    "bidding.bidder-joined/1" -> new BidderJoined("Ann", 150),
    "bidding.bid-placed/1" -> new BidPlaced(2_500, 525_000_000),
    "bidding.session-ended/1" -> new SessionEnded(1_700_000_030_000L),
    "bidding.session-settled/1" -> new SessionSettled(orders, 2_000L, 2, 3, 2_500L),
    "bidding.session-cancelled/1" -> new SessionCancelled("The lamp broke."),
    "bidding.schedule-session/1" -> new ScheduleSession(terms),
    "bidding.change-session/1" -> new ChangeSession(terms),
    "bidding.schedule-session/2" -> new ScheduleSession(guarded),
    "bidding.change-session/2" -> new ChangeSession(guarded),
    "bidding.place-proxy-bid/1" -> new PlaceProxyBid("Ann", 150, 2_500L, 9_900),
    "bidding.pause-session/1" -> new Moderation.PauseSession("Fire alarm."),
    "bidding.resume-session/1" -> new Moderation.ResumeSession,
    "bidding.retract-bid/1" -> new Moderation.RetractBid("u-ann", "Not his card."),
    "bidding.cancel-session/1" -> new CancelSession("The lamp broke."),
    "bidding.close-session/1" -> new CloseSession,
    "bidding.place-bid/1" -> new PlaceBid("Ann", 150, 2_500),
    "bidding.read-session/1" -> new ReadSession,
    "bidding.read-board/1" -> new ReadBoard(50, 25),
    "bidding.read-standing/1" -> new ReadStanding("u-ann", 3),
    "bidding.read-result/1" -> new ReadResult(0, 100),
    "bidding.read-orders/1" -> new ReadOrders(0, 100),
    "bidding.read-feed/1" -> new ReadFeed,
    "bidding.bid-accepted/1" -> new BidAccepted(2_500, 525_000_000, 1, true, 5, 1_700_000_001_500L),
    "bidding.session-view/1" -> view,
    "bidding.session-view/2" -> guardedView,
    "bidding.board-page/1" -> new BoardPage(rows, 0, 2, 1, 2_500L, 525_000_000L, 7, false),
    "bidding.board-page/2" -> new BoardPage(rows, 0, 2, 1, 2_500L, 525_000_000L, 7, true),
    "bidding.standing-view/1" -> new StandingView(new Ranked(2, false, ben), rows, 2, 525_000_000L, 7, false),
    "bidding.standing-view/2" -> new StandingView(new Ranked(2, false, ben), rows, 2, 525_000_000L, 7, true),
    "bidding.session-result/1" -> new SessionResult(view, orders, 0, 1),
    "bidding.session-result/2" -> new SessionResult(guardedView, orders, 0, 1),
    "bidding.orders-page/1" -> new OrdersPage(orders, 0, 1, 1, true, 8),
    "bidding.session-feed/1" -> feed(hidden = false),
    "bidding.session-feed/2" -> feed(hidden = true),
    "bidding.session-change/1" -> new SessionNotice.SessionChange(
      "session_settled",
      Phase.SETTLED,
      1_700_000_060_000L,
      2_000L,
      null,
      1_700_000_060_000L
    ),
    "bidding.retracted/1" -> new SessionNotice.Retracted("Not his card.", 1_700_000_070_000L),
    "bidding.outbid/1" -> new SessionNotice.Outbid(2, 2_000, 22_750_000, 525_000_000, 1_700_000_002_000L)
  )

  private def feed(hidden: Boolean) =
    new SessionFeed(Phase.OPEN, rows, 2_500L, 525_000_000L, 2, 1_700_000_060_000L, 7, hidden)

  /** The name by which a class is written: that of its highest version. */
  private val written: Set[String] =
    BiddingNames.ALL.asScala.toSeq.groupMap(_._2)(_._1).values.map(_.maxBy(_.split('/')(1).toInt)).toSet

  private def golden(name: String): String = {
    val file = "/golden/" + name.replaceFirst("\\.", "/").replaceFirst("/(\\d)$", ".$1.json")
    val stream = getClass.getResourceAsStream(file)
    assert(stream != null, s"$file is missing; it would hold ${Auction.json.writeValueAsString(samples(name))}")
    try new String(stream.readAllBytes(), UTF_8).trim
    finally stream.close()
  }

  private def leaves(sealedType: Class[_]): Set[Class[_]] =
    if (sealedType.isSealed) sealedType.getPermittedSubclasses.toSet.flatMap(leaves(_: Class[_])) else Set(sealedType)

  "Every stored or sent name" should {
    BiddingNames.ALL.asScala.foreach { case (name, named) =>
      s"be read as it always was: $name" in {
        Auction.json.readValue(golden(name), named) shouldBe samples(name)
      }

      if (written(name)) s"be written as it always was: $name" in {
        Auction.json.writeValueAsString(samples(name)) shouldBe golden(name)
      }
    }

    "belong to one event, command, answer or notice, and each of these have one" in {
      val known = Seq(classOf[SessionEvent], classOf[SessionCommand[_]], classOf[SessionAnswer], classOf[SessionNotice])
        .flatMap(leaves(_))
      BiddingNames.ALL.values.asScala.toSet[Class[_]] shouldBe known.toSet + classOf[BiddingSession]
      BiddingNames.ALL.values.asScala.toSet should have size written.size.toLong
    }

    "be dotted, kebab-case and versioned" in {
      BiddingNames.ALL.keySet.asScala.foreach(_ should fullyMatch regex """bidding\.[a-z]+(-[a-z]+)*/[1-9]""")
    }
  }

  "A plain bid" should {
    "take few bytes" in {
      Auction.json.writeValueAsBytes(samples("bidding.bid-placed/1")) should have length 45
    }
  }

  "A state" should {
    "leave out what is absent" in {
      Auction.json.writeValueAsString(BiddingSession.unscheduled()) shouldBe
        """{"phase":"unscheduled","board":[],"bid_count":0,"extensions":[]}"""
    }
  }
}
