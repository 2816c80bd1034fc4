package io.turnwise.bidding

import io.turnwise.bidding.SessionAnswer.BidAccepted
import io.turnwise.bidding.SessionEvent._
import io.turnwise.bidding.terms._
import org.scalacheck.Gen
import org.scalatest.EitherValues
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import scala.jdk.CollectionConverters._

/** Sessions that bid for their members. */
class ProxyBidSpec extends AnyWordSpec with Matchers with EitherValues with ScalaCheckPropertyChecks {

  import Auction._

  private def english(incrementCents: Long = 100, inventory: Int = 1): Auction =
    open(
      terms(
        inventory = inventory,
        rebid = RebidRule.BEAT_TOP,
        house = new HouseRules(null, null, false, incrementCents, 0)
      )
    )

  private implicit class Proxies(auction: Auction) {
    def upTo(by: String, max: Long, price: Option[Long] = None): Either[String, BidAccepted] = {
      val cents = price.map(Long.box).orNull
      auction.ask(by, start, new PlaceProxyBid(by, 100, cents, max))
    }

    def prices: Seq[(String, Long)] =
      auction.state.board.standings.asScala.map(each => each.bidder -> each.priceCents).toSeq
  }

  "A maximum" should {
    "begin with the least possible" in {
      val auction = english()
      auction.upTo("ann", 9_000).value.priceCents shouldBe 1_000
      auction.prices shouldBe Seq("ann" -> 1_000)
    }

    "answer a lower bid by the least increment" in {
      val auction = english()
      auction.upTo("ann", 9_000)
      val ben = auction.bid("ben", 2_000, start).value
      (ben.priceCents, ben.rank, ben.isWinning) shouldBe ((2_000, 2, false))
      auction.prices shouldBe Seq("ann" -> 2_100, "ben" -> 2_000)
    }

    "go no further than it says" in {
      val auction = english()
      auction.upTo("ann", 2_050)
      auction.bid("ben", 2_000, start)
      auction.prices shouldBe Seq("ann" -> 2_050, "ben" -> 2_000)
      auction.bid("ben", 2_150, start).value.rank shouldBe 1
      auction.prices shouldBe Seq("ben" -> 2_150, "ann" -> 2_050)
    }

    "win against an equal one that comes later" in {
      val auction = english()
      auction.upTo("ann", 5_000)
      auction.upTo("ben", 5_000).value.rank shouldBe 2
      auction.prices shouldBe Seq("ann" -> 5_000, "ben" -> 5_000)
    }

    "be overcome by a higher one, at an increment above it" in {
      val auction = english()
      auction.upTo("ann", 5_000)
      auction.upTo("ben", 9_000).value.priceCents shouldBe 5_100
      auction.prices shouldBe Seq("ben" -> 5_100, "ann" -> 5_000)
      auction.upTo("cyd", 5_199).left.value shouldBe "bidding.must-beat-top"
      auction.upTo("cyd", 5_200).value.rank shouldBe 2
      auction.prices.head shouldBe "ben" -> 5_300
    }

    "not be told to anybody, and not be raised to by a bid that jumps over it" in {
      val auction = english()
      auction.upTo("ann", 5_000)
      auction.bid("ben", 6_000, start).value.priceCents shouldBe 6_000
      auction.prices shouldBe Seq("ben" -> 6_000, "ann" -> 1_000)
    }

    "move no price when the one who leads raises it" in {
      val auction = english()
      auction.upTo("ann", 5_000)
      val before = auction.prices
      auction.upTo("ann", 8_000).value.priceCents shouldBe 1_000
      auction.prices shouldBe before
      auction.events.last shouldBe new MaximumSet(8_000)
      auction.upTo("ben", 7_000)
      auction.prices.head shouldBe "ann" -> 7_100
      auction.upTo("ann", 7_099).left.value shouldBe "bidding.maximum-too-low"
    }

    "be lowered by the one who leads, also down to the price that he offers with it" in {
      val auction = english()
      auction.upTo("ann", 10_000)
      auction.upTo("ann", 6_000, Some(6_000)).value.priceCents shouldBe 6_000
      auction.bid("ben", 7_000, start).value.rank shouldBe 1
      auction.prices shouldBe Seq("ben" -> 7_000, "ann" -> 6_000)
    }

    "never lower the score of the member that it bids for" in {
      val early = new Scoring(1_000_000, 1_000_000_000, 0, TimeUnit.MILLISECONDS)
      val auction = open(
        terms(scoring = early, rebid = RebidRule.BEAT_TOP, house = new HouseRules(null, null, false, 1, 0))
      )
      auction.upTo("ann", 2_000)
      val score = auction.state.board.standing("ann").scoreMicros
      auction.bid("ben", 1_100, start + 999)
      auction.state.board.standing("ann").scoreMicros should be >= score
      auction.state.board.ranked(1).bidder shouldBe "ann"
    }

    "be kept beside a price of its own" in {
      val auction = english()
      auction.upTo("ann", 9_000, Some(3_000)).value.priceCents shouldBe 3_000
      auction.bid("ben", 4_000, start)
      auction.prices.head shouldBe "ann" -> 4_100
      auction.upTo("ben", 3_000, Some(5_000)).left.value shouldBe "bidding.maximum-too-low"
    }

    "go with a retracted bid" in {
      val auction = english()
      auction.upTo("ann", 9_000)
      auction.organise(start, new Moderation.RetractBid("ann", "asked us to")).isRight shouldBe true
      auction.bid("ben", 1_000, start).value.rank shouldBe 1
      auction.bid("cyd", 2_000, start).value.rank shouldBe 1
      auction.state.maximum shouldBe null
    }

    "not be had where bids need not beat the top" in {
      Seq(RebidRule.REPLACE, RebidRule.RAISE_ONLY).foreach { rule =>
        open(terms(rebid = rule)).upTo("ann", 5_000).left.value shouldBe "bidding.no-proxy"
      }
    }

    "lie within the prices that there are" in {
      english().upTo("ann", 1_000_000_000_000L).left.value shouldBe "bidding.price-out-of-range"
      english().upTo("ann", 999).left.value shouldBe "bidding.must-beat-top"
      english().upTo("ann", 2_000, Some(999)).left.value shouldBe "bidding.below-upset-price"
    }
  }

  "A bid" should {
    "beat the top by the increment" in {
      val auction = english(incrementCents = 500)
      auction.bid("ann", 1_000, start)
      auction.bid("ben", 1_499, start).left.value shouldBe "bidding.must-beat-top"
      auction.bid("ben", 1_500, start).isRight shouldBe true
    }
  }

  private case class Asked(by: String, price: Option[Long], max: Option[Long])

  private val asked: Gen[Asked] = for {
    by <- Gen.oneOf("ann", "ben", "cyd", "dan")
    price <- Gen.choose(10L, 40L)
    over <- Gen.choose(0L, 15L)
    sort <- Gen.choose(0, 2)
  } yield Asked(by, Option.when(sort != 1)(price), Option.when(sort != 0)(price + over))

  /** The same as a second price: of two limits the higher wins, the earlier if equal, an increment above the other. */
  private final class SecondPrice(increment: Long) {
    var prices = Map.empty[String, Long]
    var leader = Option.empty[String]
    private var reach = Map.empty[String, Long]

    private def least = leader.fold(10L)(by => prices(by) + increment)

    def ask(it: Asked): Boolean = {
      val opening = it.price.getOrElse(least)
      if (leader.contains(it.by) && it.price.isEmpty) {
        val fits = it.max.get >= prices(it.by)
        if (fits) reach += it.by -> it.max.get
        fits
      } else if (opening < least || it.max.exists(_ < opening)) false
      else {
        val limit = it.max.getOrElse(opening)
        val rival = leader.filter(_ != it.by).map(by => by -> math.max(prices(by), reach.getOrElse(by, 0L)))
        rival match {
          case Some((by, furthest)) if furthest >= limit =>
            prices ++= Map(by -> math.min(furthest, limit + increment), it.by -> limit)
          case Some((by, furthest)) if furthest >= opening =>
            prices ++= Map(by -> furthest, it.by -> math.min(limit, furthest + increment))
            leads(it)
          case _ =>
            prices += it.by -> opening
            leads(it)
        }
        true
      }
    }

    private def leads(it: Asked): Unit = {
      val led = leader.contains(it.by)
      leader = Some(it.by)
      it.max.filter(max => led || max > prices(it.by)).foreach(max => reach = reach.updated(it.by, max))
    }
  }

  "Any history of maxima" should {
    "leave on top whose is the highest, at the price of a second-price auction" in {
      forAll(Gen.listOf(asked), Gen.choose(1L, 4L), minSuccessful(1_000)) { (history, increment) =>
        val by = new Scoring(1_000_000, 0, 0, TimeUnit.MILLISECONDS)
        val house = new HouseRules(null, null, false, increment, 0)
        val auction =
          open(terms(upsetCents = 10, inventory = 1, scoring = by, rebid = RebidRule.BEAT_TOP, house = house))
        val paper = new SecondPrice(increment)
        history.foreach { it =>
          val answer = it.max match {
            case Some(max) => auction.upTo(it.by, max, it.price)
            case None      => auction.bid(it.by, it.price.get, start)
          }
          answer.isRight shouldBe paper.ask(it)
          Option(auction.state.board.leader).map(_.bidder) shouldBe paper.leader
          auction.prices.toMap shouldBe paper.prices
        }
        auction.restart()
        fold(auction.journal) shouldBe auction.state
      }
    }
  }
}
