package io.turnwise.bidding

import io.turnwise.bidding.Moderation._
import io.turnwise.bidding.SessionCommand._
import io.turnwise.bidding.SessionEvent._
import io.turnwise.bidding.terms._
import org.scalacheck.Gen
import org.scalatest.EitherValues
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import scala.jdk.CollectionConverters._

/** Ends that move, bids that are taken off the board, and time that stands still. */
class FairEndingSpec extends AnyWordSpec with Matchers with EitherValues with ScalaCheckPropertyChecks {

  import Auction._

  private def guarded(inventory: Int = 1, max: Int = 3, window: Int = 10): SessionTerms =
    terms(
      inventory = inventory,
      house = new HouseRules(new AntiSnipe(window, 30, max), null, false, 1, 0)
    )

  private def ends(auction: Auction): Long = auction.state.knownTerms.endsAtMillis

  private def retract(auction: Auction, bidder: String, at: Long) =
    auction.organise(at, new RetractBid(bidder, "not his card"))

  "A bid within the window" should {
    "move the end when it changes who wins" in {
      Seq(10_001L -> 0, 10_000L -> 30_000, 1L -> 30_000).foreach { case (before, moved) =>
        val auction = open(guarded())
        auction.bid("ann", 2_000, end - before)
        ends(auction) shouldBe end + moved
      }
    }

    "name the bid that moved it" in {
      val auction = open(guarded())
      val sequence = auction.bid("ann", 2_000, end - 1).value.sequence
      auction.events.last shouldBe new SessionExtended(end + 30_000, sequence)
      auction.state.extensions.asScala shouldBe Seq(new BiddingSession.Extension("ann", sequence))
    }

    "leave the end where it is when the same members win" in {
      val auction = open(guarded(inventory = 2))
      auction.bid("ann", 3_000, start)
      auction.bid("ben", 2_000, start)
      auction.bid("cyd", 1_500, end - 5) // loses
      auction.bid("ben", 4_000, end - 4) // first instead of second
      auction.bid("ann", 2_500, end - 3) // lower, and still among them
      auction.bid("dan", 900, end - 2).left.value shouldBe "bidding.below-upset-price"
      ends(auction) shouldBe end
      auction.bid("ann", 1_400, end - 2) // falls behind cyd, who wins now
      ends(auction) shouldBe end + 30_000
    }

    "be taken until the end that is in force, and by nobody after it" in {
      val auction = open(guarded(max = 1))
      auction.bid("ann", 2_000, end - 1)
      auction.bid("ben", 3_000, end + 29_999).isRight shouldBe true
      ends(auction) shouldBe end + 30_000
      auction.bid("cyd", 4_000, end + 30_000).left.value shouldBe "bidding.session-ended"
      auction.state.settlement.orders.asScala.map(_.bidder) shouldBe Seq("ben")
    }

    "move it no more often than agreed" in {
      val auction = open(guarded(max = 2))
      Seq("ann", "ben", "ann", "ben").zipWithIndex.foreach { case (by, i) =>
        auction.bid(by, 2_000L + i, ends(auction) - 1).isRight shouldBe true
      }
      ends(auction) shouldBe end + 60_000
    }
  }

  "A retracted bid" should {
    "leave the board, and none before it revives" in {
      val auction = open()
      auction.bid("ann", 2_000, start)
      auction.bid("ann", 3_000, start)
      auction.bid("ben", 1_500, start)
      retract(auction, "ann", start).value.bidderCount shouldBe 1
      auction.state.board.standings.asScala.map(_.bidder) shouldBe Seq("ben")
      retract(auction, "ann", start).left.value shouldBe "bidding.no-bid"
    }

    "be followed by a new one if he likes" in {
      val auction = open(terms(rebid = RebidRule.RAISE_ONLY))
      auction.bid("ann", 3_000, start)
      retract(auction, "ann", start)
      auction.bid("ann", 1_000, start).value.rank shouldBe 1
    }

    "take the extensions with it that its member has caused, and no others" in {
      val auction = open(guarded(window = 100, max = 5))
      auction.bid("ann", 2_000, end - 1)
      auction.bid("ben", 3_000, end - 1)
      auction.bid("ann", 4_000, end - 1)
      ends(auction) shouldBe end + 90_000
      retract(auction, "ann", end + 5_000).value.extensions shouldBe 1
      ends(auction) shouldBe end + 30_000
    }

    "leave ten seconds to answer, whatever it undoes" in {
      Seq(-10_000L -> 0L, -9_999L -> 1L, 0L -> 10_000L, 29_000L -> 39_000L).foreach { case (at, expected) =>
        val auction = open(guarded())
        auction.bid("ann", 4_000, end - 10_000)
        ends(auction) shouldBe end + 30_000
        retract(auction, "ann", end + at)
        ends(auction) shouldBe end + expected
      }
    }

    "move nothing where its member has moved nothing" in {
      val auction = open(guarded())
      auction.bid("ann", 2_000, start)
      retract(auction, "ann", end - 1)
      ends(auction) shouldBe end
    }

    "need a reason, and a session under way" in {
      val auction = open()
      auction.bid("ann", 2_000, start)
      auction.organise(start, new RetractBid("ann", " ")).left.value shouldBe "bidding.reason-missing"
      auction.organise(start, new RetractBid("ann", "x" * 1_001)).left.value shouldBe "bidding.reason-too-long"
      auction.organise(start, new RetractBid("ann", "a\u0000b")).left.value shouldBe "bidding.reason-unstorable"
      retract(scheduled(), "ann", start - 1).left.value shouldBe "bidding.not-started"
      retract(settled(), "ann", end).left.value shouldBe "bidding.already-ended"
      retract(cancelled(), "ann", start).left.value shouldBe "bidding.session-cancelled"
      retract(unscheduled(), "ann", start).left.value shouldBe "bidding.unknown-session"
    }
  }

  "A paused session" should {
    def paused(at: Long): Auction = {
      val auction = open()
      auction.bid("ann", 2_000, start)
      auction.organise(at, new PauseSession("fire alarm")).value.phase shouldBe Phase.PAUSED
      auction
    }

    "take no bids, and not end" in {
      val auction = paused(end - 1_000)
      auction.bid("ben", 3_000, end - 999).left.value shouldBe "bidding.session-paused"
      auction.bid("ben", 3_000, end + 5_000).left.value shouldBe "bidding.session-paused"
      auction.state.phase shouldBe Phase.PAUSED
    }

    "go on with as much time as was left" in {
      val auction = paused(end - 1_000)
      auction.organise(end + 5_000, new ResumeSession).value.phase shouldBe Phase.OPEN
      ends(auction) shouldBe end + 6_000
      auction.bid("ben", 3_000, end + 5_999).isRight shouldBe true
      auction.bid("ben", 3_001, end + 6_000).left.value shouldBe "bidding.session-ended"
    }

    "be paused and resumed once at a time" in {
      val auction = paused(start + 1)
      auction.organise(start + 2, new PauseSession(null)).left.value shouldBe "bidding.session-paused"
      auction.organise(start + 3, new ResumeSession).isRight shouldBe true
      auction.organise(start + 4, new ResumeSession).left.value shouldBe "bidding.not-paused"
    }

    "be closed or cancelled all the same, also past its end" in {
      Seq(start + 5, end + 5).foreach { at =>
        val closed = paused(start + 1)
        closed.organise(at, new CloseSession).value.phase shouldBe Phase.SETTLED
        closed.state.settlement.orders.asScala.map(_.bidder) shouldBe Seq("ann")
        paused(start + 1).organise(at, new CancelSession(null)).value.phase shouldBe Phase.CANCELLED
      }
    }

    "let bids be retracted, and leave ten seconds after it has been resumed" in {
      val auction = open(guarded())
      auction.bid("ann", 2_000, end - 1)
      auction.organise(end + 25_000, new PauseSession(null))
      retract(auction, "ann", end + 100_000)
      auction.organise(end + 200_000, new ResumeSession)
      ends(auction) shouldBe end + 210_000
    }
  }

  "A winner below the reserve price" should {
    def withReserve(price: PriceRule, inventory: Int = 3): Auction = {
      val reserved = new HouseRules(null, 2_000L, false, 1, 0)
      val auction = open(terms(inventory = inventory, price = price, house = reserved))
      Seq("ann" -> 3_000L, "ben" -> 2_000L, "cyd" -> 1_999L, "dan" -> 1_500L).foreach { case (by, cents) =>
        auction.bid(by, cents, start)
      }
      auction
    }

    "rank, and get no order" in {
      val auction = withReserve(PriceRule.PAY_AS_BID)
      auction.ask("cyd", start, new SessionRead.ReadStanding("cyd", 1)).value.own.isWinning shouldBe true
      auction.wake(end)
      val orders = auction.ask("x", end, new SessionRead.ReadOrders(0, 100)).value
      orders.orders.asScala.map(_.bidder) shouldBe Seq("ann", "ben")
      (orders.stock, orders.isConsistent) shouldBe ((3, true))
      auction.ask("cyd", end, new SessionRead.ReadStanding("cyd", 1)).value.own.isWinning shouldBe false
    }

    "leave the others a price of at least the reserve" in {
      def paid(price: PriceRule, inventory: Int = 3) = {
        val auction = withReserve(price, inventory)
        auction.wake(end)
        auction.state.settlement.orders.asScala.map(_.priceCents)
      }
      paid(PriceRule.UNIFORM_KTH) shouldBe Seq(2_000, 2_000)
      paid(PriceRule.UNIFORM_NEXT) shouldBe Seq(2_000, 2_000)
      paid(PriceRule.UNIFORM_NEXT, inventory = 1) shouldBe Seq(2_000)
      paid(PriceRule.PAY_AS_BID) shouldBe Seq(3_000, 2_000)
    }

    "leave nothing to sell when all are" in {
      val auction = open(terms(house = new HouseRules(null, 9_000L, false, 1, 0)))
      auction.bid("ann", 8_999, start)
      auction.wake(end)
      auction.state.settlement shouldBe new Settlement(java.util.List.of(), null)
    }
  }

  private val steps: Gen[List[(String, Long, Long, Boolean)]] = Gen.listOf(for {
    by <- Gen.oneOf("ann", "ben", "cyd", "dan")
    cents <- Gen.choose(1_000L, 1_020L)
    wait <- Gen.frequency(3 -> 0L, 2 -> 900L, 1 -> 9_000L)
    retracts <- Gen.frequency(5 -> false, 1 -> true)
  } yield (by, cents, wait, retracts))

  "Any history of late bids and retractions" should {
    "have its end where the extensions in force put it, and fold to the same state" in {
      forAll(steps, Gen.choose(1, 3), Gen.choose(1, 4), minSuccessful(500)) { (history, inventory, max) =>
        val auction = open(guarded(inventory, max))
        var at = end - 12_000
        history.foreach { case (by, cents, wait, retracts) =>
          at += wait
          val before = (winners(auction), ends(auction), auction.state.extensions.size)
          if (retracts) {
            val caused = auction.state.extensions.asScala.count(_.bidder == by)
            if (retract(auction, by, at).isRight && auction.state.phase == Phase.OPEN)
              ends(auction) shouldBe
                (if (caused == 0) before._2 else math.max(before._2 - caused * 30_000L, at + 10_000))
          } else if (auction.bid(by, cents, at).isRight) {
            val extends_ = winners(auction) != before._1 && before._2 - at <= 10_000 && before._3 < max
            ends(auction) shouldBe before._2 + (if (extends_) 30_000 else 0)
          }
        }
        auction.restart()
        fold(auction.journal) shouldBe auction.state
      }
    }
  }

  private def winners(auction: Auction): Set[String] =
    auction.state.board.top(auction.state.knownTerms.inventory).asScala.map(_.bidder).toSet
}
