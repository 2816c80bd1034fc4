package io.turnwise.cli.replay

import scala.jdk.CollectionConverters._

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class DealSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private def bids(placed: Seq[(String, Int)]) =
    placed.zipWithIndex.map { case ((bidder, cents), n) => new RecordedBid(n + 2L, bidder, 0, cents.toLong, n.toLong) }

  private def deal(rule: Rule)(placed: (String, Int)*): Deal = Deal.of(bids(placed).asJava, rule)

  "A deal where a bidder can only raise" should {
    "go to the highest bid at that price" in {
      deal(Rule.RAISE_ONLY)("ada" -> 100, "bob" -> 300, "cid" -> 200) shouldBe new Deal("bob", 300)
    }

    "go to the earlier of two equal bids" in {
      deal(Rule.RAISE_ONLY)("ada" -> 300, "bob" -> 300) shouldBe new Deal("ada", 300)
    }

    "leave a bidder his place when he repeats his bid" in {
      deal(Rule.RAISE_ONLY)("ada" -> 300, "bob" -> 300, "ada" -> 300) shouldBe new Deal("ada", 300)
    }

    "leave a bidder his bid when he places a lower one" in {
      deal(Rule.RAISE_ONLY)("ada" -> 300, "bob" -> 200, "ada" -> 100) shouldBe new Deal("ada", 300)
    }

    "always go to the earliest highest bid" in {
      val placed = Gen.nonEmptyListOf(Gen.zip(Gen.oneOf("ada", "bob", "cid", "dot"), Gen.choose(1, 9)))
      forAll(placed) { some =>
        whenever(some.nonEmpty) {
          val highest = some.map(_._2).max
          val earliest = some.find(_._2 == highest).map(_._1).getOrElse(fail())
          deal(Rule.RAISE_ONLY)(some: _*) shouldBe new Deal(earliest, highest.toLong)
        }
      }
    }
  }

  "A deal where the latest bid counts" should {
    "follow a bidder down" in {
      deal(Rule.REPLACE)("ada" -> 300, "bob" -> 200, "ada" -> 100) shouldBe new Deal("bob", 200)
    }

    "put a bidder who repeats his bid behind those who had the same" in {
      deal(Rule.REPLACE)("ada" -> 300, "bob" -> 300, "ada" -> 300) shouldBe new Deal("bob", 300)
    }
  }

  "A deal where every bid must beat the highest" should {
    "go to the last that did" in {
      deal(Rule.BEAT_TOP)("ada" -> 100, "bob" -> 300, "cid" -> 300, "ada" -> 200) shouldBe new Deal("bob", 300)
    }
  }

  "An auction without bids" should {
    "have no deal" in {
      an[IllegalArgumentException] should be thrownBy deal(Rule.RAISE_ONLY)()
    }
  }
}
