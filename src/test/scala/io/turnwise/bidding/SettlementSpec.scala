package io.turnwise.bidding

import io.turnwise.bidding.terms._
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class SettlementSpec extends AnyWordSpec with Matchers {

  import Auction._

  /** Ann leads by weight, not by price. */
  private val scored = new Scoring(1_000_000, 0, 100_000_000, TimeUnit.MILLISECONDS)
  private val bids = Seq(("ann", 1_200L, 900), ("ben", 3_000L, 100), ("cyd", 2_000L, 100), ("dan", 1_500L, 100))

  private def settle(inventory: Int, price: PriceRule, placed: Seq[(String, Long, Int)] = bids): Settlement = {
    val auction = open(terms(inventory = inventory, price = price, scoring = scored))
    placed.foreach { case (by, cents, weight) => assert(auction.bid(by, cents, start, weight).isRight) }
    auction.wake(end)
    auction.state.settlement
  }

  private def paid(settlement: Settlement): Seq[(String, Long)] =
    settlement.orders.asScala.map(order => order.bidder -> order.priceCents).toSeq

  "A session at its end" should {
    "sell to exactly as many as there are things or bidders, whichever are fewer" in {
      (1 to 6).foreach { inventory =>
        val orders = settle(inventory, PriceRule.UNIFORM_KTH).orders.asScala
        orders should have size math.min(inventory, 4).toLong
        orders.map(_.bidder) shouldBe Seq("ann", "ben", "cyd", "dan").take(inventory)
        orders.map(_.rank) shouldBe (1 to orders.size)
      }
    }

    "sell nothing and have no price when nobody has bid" in {
      PriceRule.values.foreach(rule => settle(3, rule, Nil) shouldBe new Settlement(java.util.List.of(), null))
    }
  }

  "The price of the last winning bid" should {
    "be paid by all who bid as much, the others pay their bids" in {
      val settlement = settle(3, PriceRule.UNIFORM_KTH)
      settlement.finalPriceCents shouldBe 2_000
      paid(settlement) shouldBe Seq("ann" -> 1_200, "ben" -> 2_000, "cyd" -> 2_000)
    }

    "be that of the last bidder when there are fewer than things" in {
      settle(9, PriceRule.UNIFORM_KTH).finalPriceCents shouldBe 1_500
    }
  }

  "The price of the first losing bid" should {
    "be paid by all who bid as much" in {
      val settlement = settle(3, PriceRule.UNIFORM_NEXT)
      settlement.finalPriceCents shouldBe 1_500
      paid(settlement) shouldBe Seq("ann" -> 1_200, "ben" -> 1_500, "cyd" -> 1_500)
    }

    "be the upset price when nobody loses" in {
      settle(4, PriceRule.UNIFORM_NEXT).finalPriceCents shouldBe 1_000
      settle(9, PriceRule.UNIFORM_NEXT).finalPriceCents shouldBe 1_000
    }
  }

  "Paying as bid" should {
    "charge everyone his own bid and name no one price" in {
      val settlement = settle(2, PriceRule.PAY_AS_BID)
      settlement.finalPriceCents shouldBe null
      paid(settlement) shouldBe Seq("ann" -> 1_200, "ben" -> 3_000)
    }
  }

  "Cents that doubles cannot hold" should {
    "be charged to the cent" in {
      val auction = settled(terms(inventory = 1), Seq("ann" -> 999_999_999_999L, "ben" -> 999_999_999_998L))
      paid(auction.state.settlement) shouldBe Seq("ann" -> 999_999_999_999L)
    }
  }
}
