package io.turnwise.bidding

import io.turnwise.bidding.SessionRead.{ReadBoard, ReadOrders}
import io.turnwise.bidding.terms._
import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import java.math.{BigDecimal => Decimal}
import scala.jdk.CollectionConverters._

class BiddingHistorySpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  import Auction._

  private case class Bid(by: String, cents: Long, weight: Int, waitMillis: Long)
  private case class History(terms: SessionTerms, bids: List[Bid], restartAt: Int)

  /** Coarse on purpose, so that ties, re-bids, and stamps at, before and after both ends are all common. */
  private val histories: Gen[History] = for {
    alpha <- Gen.oneOf(0L, 1L, 25L, 500_000L, 1_000_000L)
    beta <- Gen.oneOf(0L, 1L, 100_000_000L)
    gamma <- Gen.oneOf(0L, 333L, 1_000_000L)
    unit <- Gen.oneOf(TimeUnit.MILLISECONDS, TimeUnit.SECONDS)
    inventory <- Gen.choose(1, 6)
    millis <- Gen.choose(1L, 60L)
    rebid <- Gen.oneOf(RebidRule.values.toSeq)
    price <- Gen.oneOf(PriceRule.values.toSeq)
    scoring = new Scoring(alpha, beta, gamma, unit)
    count <- Gen.choose(0, 60)
    bids <- Gen.listOfN(count, bid)
    restartAt <- Gen.choose(0, count)
  } yield History(terms(995, inventory, scoring, start, start + millis, rebid, price), bids, restartAt)

  private def bid: Gen[Bid] = for {
    by <- Gen.oneOf("ann", "ben", "cyd", "dan", "eve", "fay", "gus")
    cents <- Gen.choose(993L, 1_010L)
    weight <- Gen.frequency(5 -> 100, 1 -> 101, 1 -> 0)
    wait <- Gen.frequency(4 -> 0L, 3 -> 1L, 1 -> 2L, 1 -> 7L)
  } yield Bid(by, cents, weight, wait)

  /** Both auctions side by side, from one millisecond before the start until one past the end. */
  private def run(history: History): (Auction, ReferenceAuction) = {
    val auction = scheduled(history.terms)
    val reference = new ReferenceAuction(history.terms)
    var at = start - 1
    history.bids.zipWithIndex.foreach { case (bid, i) =>
      if (i == history.restartAt) auction.restart()
      at += bid.waitMillis
      auction.bid(bid.by, bid.cents, at, bid.weight).left.toOption shouldBe
        reference.bid(bid.by, bid.cents, bid.weight, at)
      auction.state.board.standings.asScala.map(_.bidder) shouldBe reference.ranking.map(_.by)
    }
    auction.wake(history.terms.endsAtMillis + 1)
    (auction, reference)
  }

  "Any history of bids" should {
    "be decided, ranked and settled as on paper" in forAll(histories, minSuccessful(1_000)) { history =>
      val (auction, reference) = run(history)
      val board = auction.ask("x", end, new ReadBoard(0, 100)).toOption.get.rows.asScala
      board.map(row => row.standing.bidder -> Decimal.valueOf(row.standing.scoreMicros, 6)) shouldBe
        reference.ranking.map(bid => bid.by -> bid.score)
      auction.state.bidCount shouldBe reference.bidCount
      val orders = auction.state.settlement.orders.asScala.map(order => order.bidder -> order.priceCents).toSeq
      (orders, Option(auction.state.settlement.finalPriceCents).map(_.toLong)) shouldBe reference.settlement
    }

    "sell neither more nor less than it can, once to a member, and never above his bid" in forAll(histories) {
      history =>
        val (auction, _) = run(history)
        val orders = auction.ask("x", end, new ReadOrders(0, 100)).toOption.get
        val board = auction.state.board
        orders.totalCount shouldBe math.min(history.terms.inventory, board.size)
        orders.isConsistent shouldBe true
        orders.orders.asScala.map(_.bidder).distinct should have size orders.totalCount.toLong
        orders.orders.asScala.foreach { order =>
          order.priceCents should be <= board.standing(order.bidder).priceCents
          order.priceCents should be >= 995L
        }
    }

    "leave the same state when folded again, from the beginning or on from a snapshot" in forAll(histories) { history =>
      val (auction, _) = run(history)
      fold(auction.journal) shouldBe auction.state
      copyOf(auction.state) shouldBe auction.state
    }
  }
}
