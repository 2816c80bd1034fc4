package io.turnwise.bidding

import io.turnwise.bidding.SessionCommand._
import io.turnwise.bidding.SessionEvent._
import io.turnwise.bidding.SessionRead._
import io.turnwise.bidding.terms._
import io.turnwise.turn.{Definition, Stamp}
import org.scalatest.EitherValues
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class BiddingSessionSpec extends AnyWordSpec with Matchers with EitherValues {

  import Auction._

  private def bidders(rows: java.util.List[Ranked]): Seq[String] = rows.asScala.map(_.standing.bidder).toSeq

  "A session nobody has scheduled" should {
    "be unknown to everyone" in {
      val auction = unscheduled()
      auction.bid("ann", 1_000, start).left.value shouldBe "bidding.unknown-session"
      Seq(new ChangeSession(terms()), new CancelSession(null), new CloseSession)
        .foreach(command => auction.organise(start, command).left.value shouldBe "bidding.unknown-session")
      val reads = Seq[SessionRead[_ <: SessionAnswer]](
        new ReadSession,
        new ReadBoard(0, 1),
        new ReadStanding("ann", 1),
        new ReadResult(0, 1),
        new ReadOrders(0, 1),
        new ReadFeed
      )
      def asked[A <: SessionAnswer](read: SessionRead[A]) = auction.ask("ann", start, read)
      reads.foreach(read => asked(read).left.value shouldBe "bidding.unknown-session")
    }

    "want to be woken never" in {
      new SessionDefinition().wakeAtMillis(unscheduled().state) shouldBe Definition.NEVER
    }

    "refuse terms it cannot be played by, and say why" in {
      val wrong = new ScheduleSession(terms(inventory = 0, title = ""))
      unscheduled().organise(start, wrong).left.value shouldBe "bidding.terms-invalid"
      unscheduled().detail("admin", start, wrong) shouldBe
        "The title must have 1 to 200 characters. The inventory must be from 1 to 100000."
    }

    "open at once when its start has passed" in {
      Seq(-1L -> Phase.SCHEDULED, 0L -> Phase.OPEN, 1L -> Phase.OPEN).foreach { case (offset, phase) =>
        unscheduled().organise(start + offset, new ScheduleSession(terms())).value.phase shouldBe phase
      }
    }

    "not be scheduled after its own end" in {
      unscheduled().organise(end - 1, new ScheduleSession(terms())).value.phase shouldBe Phase.OPEN
      unscheduled().organise(end, new ScheduleSession(terms())).left.value shouldBe "bidding.terms-invalid"
    }
  }

  "A scheduled session" should {
    "refuse bids" in {
      scheduled().bid("ann", 1_000, start - 1).left.value shouldBe "bidding.not-started"
    }

    "not be scheduled again" in {
      scheduled().organise(start - 1, new ScheduleSession(terms())).left.value shouldBe "bidding.already-exists"
    }

    "take new terms" in {
      val auction = scheduled()
      val view = auction.organise(start - 1, new ChangeSession(terms(inventory = 7, startsAt = start + 5))).value
      view.terms.inventory shouldBe 7
      auction.bid("ann", 1_000, start + 4).left.value shouldBe "bidding.not-started"
      auction.bid("ann", 1_000, start + 5).isRight shouldBe true
    }

    "be cancelled but not closed" in {
      val auction = scheduled()
      auction.organise(start - 1, new CloseSession).left.value shouldBe "bidding.not-started"
      auction.organise(start - 1, new CancelSession(null)).value.phase shouldBe Phase.CANCELLED
    }

    "want to be woken at its start, and nothing be due before" in {
      val state = scheduled().state
      new SessionDefinition().wakeAtMillis(state) shouldBe start
      new SessionDefinition().due(state, new Stamp("turnwise", start - 1, 1)) shouldBe empty
    }
  }

  "The hours of a session" should {
    "begin with its start, to the millisecond" in {
      Seq(-1L -> false, 0L -> true, 1L -> true).foreach { case (offset, taken) =>
        scheduled().bid("ann", 1_000, start + offset).isRight shouldBe taken
      }
    }

    "end before its end, to the millisecond, whether a timer has fired or not" in {
      Seq(-1L -> true, 0L -> false, 1L -> false, 10_000L -> false).foreach { case (offset, taken) =>
        val auction = open()
        auction.bid("ann", 1_000, end + offset).isRight shouldBe taken
      }
      open().bid("ann", 1_000, end).left.value shouldBe "bidding.session-ended"
    }

    "be written before the command that finds them passed" in {
      val auction = scheduled()
      auction.bid("late", 1_000, end + 5).left.value shouldBe "bidding.session-ended"
      auction.events.tail shouldBe Seq(new SessionOpened, new SessionSettled(java.util.List.of(), null, 0, 0, null))
    }
  }

  "An open session" should {
    "answer a bid with its score, rank and place in the order of events" in {
      val auction = open()
      val first = auction.bid("ann", 1_000, start).value
      val accepted = auction.bid("ben", 1_500, start + 7).value
      accepted.priceCents shouldBe 1_500
      accepted.scoreMicros shouldBe 15_000_000
      accepted.rank shouldBe 1
      accepted.isWinning shouldBe true
      accepted.acceptedAtMillis shouldBe start + 7
      accepted.sequence shouldBe auction.version
      first.sequence should be < accepted.sequence
    }

    "count the time of a bid from the start" in {
      val auction = open(terms(scoring = new Scoring(0, 1_000_000, 0, TimeUnit.MILLISECONDS)))
      auction.bid("ann", 1_000, start).value.scoreMicros shouldBe 1_000_000
      auction.bid("ben", 1_000, start + 1).value.scoreMicros shouldBe 500_000
    }

    "take a price at and above the upset price, not below" in {
      Seq(999L -> false, 1_000L -> true, 1_001L -> true).foreach { case (cents, taken) =>
        open().bid("ann", cents, start).isRight shouldBe taken
      }
      open().bid("ann", 999, start).left.value shouldBe "bidding.below-upset-price"
      open().detail("ann", start, new PlaceBid("ann", 100, 999)) shouldBe "The price must be at least 10.00."
    }

    "take a price up to 9,999,999,999.99, above zero" in {
      open().bid("ann", 999_999_999_999L, start).isRight shouldBe true
      Seq(1_000_000_000_000L, 0L, -1L, Long.MaxValue, Long.MinValue)
        .foreach(cents => open().bid("ann", cents, start).left.value shouldBe "bidding.price-out-of-range")
    }

    "take a weight of 0 to 1000 and a name of 1 to 100 characters" in {
      Seq(0 -> true, 100_000 -> true, -1 -> false, 100_001 -> false).foreach { case (weight, taken) =>
        open().bid("ann", 1_000, start, weight).isRight shouldBe taken
      }
      Seq("A" -> true, "A" * 100 -> true, "A" * 101 -> false).foreach { case (name, taken) =>
        open().bid("ann", 1_000, start, name = name).isRight shouldBe taken
      }
      open().ask("ann", start, new PlaceBid("", 100, 1_000)).left.value shouldBe "bidding.bidder-out-of-range"
    }

    "write who joins once, and again when his name or weight has changed" in {
      val auction = open()
      auction.bid("ann", 1_000, start, weight = 100)
      auction.bid("ann", 1_100, start, weight = 100)
      auction.bid("ann", 1_200, start, weight = 150)
      auction.bid("ann", 1_300, start, weight = 150, name = "Ann")
      auction.events.collect { case joined: BidderJoined => joined } shouldBe
        Seq(new BidderJoined("ann", 100), new BidderJoined("ann", 150), new BidderJoined("Ann", 150))
      auction.state.board.standing("ann").name shouldBe "Ann"
      auction.state.bidCount shouldBe 4
    }

    "put the earlier of two equal scores first" in {
      val auction = open(terms(inventory = 1))
      auction.bid("zoe", 1_000, start).value.isWinning shouldBe true
      val equal = auction.bid("ann", 1_000, start).value
      (equal.rank, equal.isWinning) shouldBe ((2, false))
    }

    "keep its terms and its id" in {
      open().organise(start, new ChangeSession(terms())).left.value shouldBe "bidding.already-started"
      open().organise(start, new ScheduleSession(terms())).left.value shouldBe "bidding.already-exists"
    }

    "not be settled yet" in {
      open().ask("ann", start, new ReadResult(0, 10)).left.value shouldBe "bidding.not-settled"
      open().ask("ann", start, new ReadOrders(0, 10)).left.value shouldBe "bidding.not-settled"
    }

    "write nothing for what it refuses or reads" in {
      val auction = open()
      val before = auction.version
      auction.bid("ann", 1, start)
      auction.ask("ann", start, new ReadFeed)
      auction.version shouldBe before
    }
  }

  "A session that replaces bids" should {
    "let the latest count, up or down" in {
      val auction = open()
      auction.bid("ann", 2_000, start)
      auction.bid("ben", 1_500, start)
      auction.bid("ann", 1_200, start).value.rank shouldBe 2
      auction.bid("ann", 1_200, start).isRight shouldBe true
      auction.state.board.highestPriceCents.getAsLong shouldBe 1_500
    }
  }

  "A session that only raises" should {
    "refuse a lower or equal own bid, whatever others bid" in {
      val auction = open(terms(rebid = RebidRule.RAISE_ONLY))
      auction.bid("ben", 5_000, start)
      auction.bid("ann", 2_000, start).isRight shouldBe true
      auction.bid("ann", 1_999, start).left.value shouldBe "bidding.must-raise"
      auction.bid("ann", 2_000, start).left.value shouldBe "bidding.must-raise"
      auction.detail("ann", start, new PlaceBid("ann", 100, 2_000)) shouldBe "The price must be above 20.00."
      auction.bid("ann", 2_001, start).isRight shouldBe true
    }
  }

  "A session where the top must be beaten" should {
    "ask of the first bid the upset price only" in {
      open(terms(rebid = RebidRule.BEAT_TOP)).bid("ann", 1_000, start).isRight shouldBe true
    }

    "refuse what is not above the highest price, also from the one who holds it" in {
      val auction = open(terms(rebid = RebidRule.BEAT_TOP))
      auction.bid("ann", 2_000, start)
      Seq("ann", "ben").foreach { by =>
        auction.bid(by, 1_999, start).left.value shouldBe "bidding.must-beat-top"
        auction.bid(by, 2_000, start).left.value shouldBe "bidding.must-beat-top"
      }
      auction.bid("ben", 2_001, start).isRight shouldBe true
    }

    "go by the highest price, not by the price of the highest score" in {
      val byWeight = new Scoring(0, 0, 1_000_000, TimeUnit.MILLISECONDS)
      val auction = open(terms(rebid = RebidRule.BEAT_TOP, scoring = byWeight))
      auction.bid("ann", 3_000, start, weight = 100)
      auction.bid("ben", 3_100, start, weight = 900).value.rank shouldBe 1
      auction.bid("ann", 3_200, start, weight = 100).value.rank shouldBe 2
      auction.bid("cyd", 3_150, start, weight = 1).left.value shouldBe "bidding.must-beat-top"
    }
  }

  "The board of a session" should {
    "show the highest standing price and the K-th score, for any K" in {
      val byWeight = new Scoring(0, 0, 1_000_000, TimeUnit.MILLISECONDS)
      val auction = open(terms(inventory = 12, scoring = byWeight))
      (1 to 11).foreach(i => auction.bid(s"b$i", 10_000L - i, start, weight = i * 100))
      auction.ask("x", start, new ReadFeed).value.thresholdScoreMicros shouldBe null
      (12 to 20).foreach(i => auction.bid(s"b$i", 10_000L - i, start, weight = i * 100))
      val feed = auction.ask("x", start, new ReadFeed).value
      feed.leaders should have size 10
      feed.leaders.get(0).standing.bidder shouldBe "b20"
      feed.highestPriceCents shouldBe 9_999
      feed.thresholdScoreMicros shouldBe 9_000_000
      feed.totalCount shouldBe 20
    }

    "be read in pages, whole if need be" in {
      val auction = open()
      (1 to 25).foreach(i => auction.bid(f"b$i%02d", 2_000L - i, start))
      val pages = Seq(0, 10, 20, 30).map(offset => auction.ask("x", start, new ReadBoard(offset, 10)).value)
      pages.flatMap(page => bidders(page.rows)) shouldBe (1 to 25).map(i => f"b$i%02d")
      pages(1).rows.get(0).rank shouldBe 11
      pages.head.rows.asScala.map(_.isWinning).count(identity) shouldBe 2
      pages.map(_.totalCount).distinct shouldBe Seq(25)
    }

    "refuse pages without bounds" in {
      Seq((-1, 10), (0, 0), (0, 101)).foreach { case (offset, limit) =>
        open().ask("x", start, new ReadBoard(offset, limit)).left.value shouldBe "bidding.page-out-of-range"
      }
      open().ask("x", start, new ReadBoard(0, 100)).isRight shouldBe true
      open().ask("x", start, new ReadStanding("x", 26)).left.value shouldBe "bidding.page-out-of-range"
    }

    "show a member amid his neighbours, and nobody who has no bid" in {
      val auction = open()
      (1 to 5).foreach(i => auction.bid(s"b$i", 2_000L - i, start))
      val view = auction.ask("b3", start, new ReadStanding("b3", 1)).value
      (view.own.rank, view.own.isWinning) shouldBe ((3, false))
      bidders(view.neighbours) shouldBe Seq("b2", "b3", "b4")
      view.neighbours.asScala.map(_.rank) shouldBe Seq(2, 3, 4)
      auction.ask("x", start, new ReadStanding("x", 1)).left.value shouldBe "bidding.no-bid"
    }
  }

  "A session closed by its organiser" should {
    "end and settle in one decision, with every bid before it counted" in {
      val auction = open()
      auction.bid("ann", 1_000, start + 5)
      val view = auction.organise(start + 5, new CloseSession).value
      view.phase shouldBe Phase.SETTLED
      view.terms.endsAtMillis shouldBe start + 6
      auction.events.takeRight(2).map(_.getClass) shouldBe Seq(classOf[SessionEnded], classOf[SessionSettled])
      auction.bid("ben", 9_000, start + 5).left.value shouldBe "bidding.session-ended"
      fold(auction.journal) shouldBe auction.state
    }

    "never end later than it would have" in {
      open().organise(end - 1, new CloseSession).value.terms.endsAtMillis shouldBe end
    }
  }

  "A settled session" should {
    "refuse everything but reads" in {
      val auction = settled(bids = Seq("ann" -> 1_000L))
      auction.bid("ann", 9_000, end).left.value shouldBe "bidding.session-ended"
      Seq(new ChangeSession(terms()), new CancelSession(null), new CloseSession)
        .foreach(command => auction.organise(end, command).left.value shouldBe "bidding.already-ended")
      auction.organise(end, new ScheduleSession(terms())).left.value shouldBe "bidding.already-exists"
    }

    "be settled once, whoever looks and whenever" in {
      val auction = settled(bids = Seq("ann" -> 1_000L))
      (0 to 20).foreach(i => auction.wake(end + i))
      auction.organise(end + 1, new CloseSession)
      auction.events.count(_.isInstanceOf[SessionSettled]) shouldBe 1
      new SessionDefinition().wakeAtMillis(auction.state) shouldBe Definition.NEVER
    }

    "show its result and its orders" in {
      val auction = settled(bids = Seq("ann" -> 1_000L, "ben" -> 3_000L, "cyd" -> 2_000L))
      val result = auction.ask("x", end, new ReadResult(0, 10)).value
      result.session.finalPriceCents shouldBe 2_000
      result.winners.asScala.map(_.bidder) shouldBe Seq("ben", "cyd")
      val orders = auction.ask("x", end, new ReadOrders(1, 10)).value
      (orders.totalCount, orders.stock, orders.isConsistent) shouldBe ((2, 2, true))
      orders.orders.asScala shouldBe Seq(new Order(2, "cyd", "cyd", 2_000, 2_000))
      auction.ask("x", end, new ReadOrders(5, 10)).value.orders shouldBe empty
    }
  }

  "A cancelled session" should {
    "refuse bids and have neither winners nor orders, for ever" in {
      val auction = cancelled()
      auction.bid("ann", 1_000, start).left.value shouldBe "bidding.session-cancelled"
      auction.ask("x", end + 1, new ReadOrders(0, 1)).left.value shouldBe "bidding.session-cancelled"
      auction.organise(end, new CancelSession(null)).left.value shouldBe "bidding.session-cancelled"
      auction.events.last shouldBe new SessionCancelled("no lamp")
    }

    "let nobody win who had bid" in {
      val auction = open()
      auction.bid("ann", 1_000, start)
      auction.organise(start, new CancelSession(null))
      auction.ask("ann", start, new ReadStanding("ann", 0)).value.own.isWinning shouldBe false
    }

    "keep a reason of at most 1,000 characters" in {
      open().organise(start, new CancelSession("x" * 1_000)).value.cancelReason should have length 1_000
      open().organise(start, new CancelSession("x" * 1_001)).left.value shouldBe "bidding.reason-too-long"
    }

    "keep no reason that a store cannot" in {
      Seq("a\u0000b", "a\ud800b").foreach { reason =>
        open().organise(start, new CancelSession(reason)).left.value shouldBe "bidding.reason-unstorable"
      }
      open().organise(start, new CancelSession("🪔")).value.cancelReason shouldBe "🪔"
    }
  }

  "An event that does not fit the state" should {
    def stamp(by: String = "ann", atMillis: Long = start): Stamp = new Stamp(by, atMillis, 99)
    def misfit(auction: Auction, event: SessionEvent, at: Stamp = stamp()): Any =
      an[IllegalStateException] should be thrownBy event.applyTo(auction.state, at)

    "stop the fold" in {
      misfit(unscheduled(), new BidPlaced(1_000, 1))
      misfit(scheduled(), new SessionScheduled(terms()))
      misfit(open(), new SessionOpened)
      misfit(open(), new SessionChanged(terms()))
      misfit(open(), new SessionEnded(end + 1))
      misfit(settled(), new SessionSettled(java.util.List.of(), null, 0, 0, null))
      misfit(settled(), new SessionCancelled(null))
      misfit(scheduled(), new BidderJoined("ann", 100))
    }

    "stop it also for a bid out of hours or of somebody who has not joined" in {
      misfit(open(), new BidPlaced(1_000, 1))
      val auction = open()
      auction.bid("ann", 1_000, start)
      misfit(auction, new BidPlaced(1_000, 1), stamp(atMillis = end))
      misfit(auction, new BidPlaced(1_000, 1), stamp(atMillis = start - 1))
      misfit(auction, new BidPlaced(1_000, 1), stamp(by = "ben"))
    }

    "stop it also for anything between a member's joining and his bid" in {
      val joining = new BidderJoined("ann", 100).applyTo(open().state, stamp())
      Seq(new BidderJoined("ann", 100), new SessionEnded(start + 1), new SessionCancelled(null))
        .foreach(event => an[IllegalStateException] should be thrownBy event.applyTo(joining, stamp()))
      an[IllegalStateException] should be thrownBy new BidPlaced(1_000, 1).applyTo(joining, stamp(by = "ben"))
    }

    "stop it also for one order too few" in {
      val auction = open()
      auction.bid("ann", 1_000, start)
      misfit(auction, new SessionSettled(java.util.List.of(), null, 0, 0, null), stamp(atMillis = end))
    }
  }
}
