package io.turnwise.bidding.terms

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import java.math.{BigDecimal => Decimal, RoundingMode}

class ScoringSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val points = 1_000_000L

  private def scoring(alpha: Long = 0, beta: Long = 0, gamma: Long = 0, unit: TimeUnit = TimeUnit.MILLISECONDS) =
    new Scoring(alpha, beta, gamma, unit)

  /** The formula in exact decimals, divided and rounded once. */
  private def reference(s: Scoring, cents: Long, weight: Int, elapsedMillis: Long): Decimal = {
    val elapsed = if (s.timeUnit == TimeUnit.SECONDS) elapsedMillis / 1000 else elapsedMillis
    val ticks = Decimal.valueOf(elapsed + 1)
    val ofPrice = Decimal.valueOf(s.alphaMicros, 6).multiply(Decimal.valueOf(cents, 2))
    val ofWeight = Decimal.valueOf(s.gammaMicros, 6).multiply(Decimal.valueOf(weight.toLong, 2))
    val over = ofPrice.add(ofWeight).multiply(ticks).add(Decimal.valueOf(s.betaMicros, 6))
    over.divide(ticks, 6, RoundingMode.HALF_EVEN).movePointRight(6)
  }

  "A score" should {
    "be the price at alpha 1, beta 0 and gamma 0" in {
      scoring(alpha = points).scoreMicros(12_345, 777, 5_000) shouldBe 123_450_000L
    }

    "add alpha * P, beta / (T + 1) and gamma * W" in {
      scoring(alpha = 500_000, beta = 1000 * points, gamma = 2 * points)
        .scoreMicros(10_000, 150, 9) shouldBe (50 + 100 + 3) * points
    }

    "round half to even, once, over both terms together" in {
      // 0.000005 * 0.10 points = 0.5 micros, alone and beside an odd micro
      scoring(alpha = 5).scoreMicros(10, 0, 0) shouldBe 0
      scoring(alpha = 5, beta = 1).scoreMicros(10, 0, 0) shouldBe 2
      // 0.3 of the price and 1 / 3 of the time are each too little; 0.25 and 0.25 are a half; 0.5 and 0.5 are a whole
      scoring(alpha = 30, beta = 1).scoreMicros(1, 0, 2) shouldBe 1
      scoring(alpha = 25, beta = 1).scoreMicros(1, 0, 3) shouldBe 0
      scoring(alpha = 50, beta = 1).scoreMicros(1, 0, 1) shouldBe 1
    }

    "count whole seconds from the start, rounded down, where the unit is seconds" in {
      val seconds = scoring(beta = 1000 * points, unit = TimeUnit.SECONDS)
      Seq(0L, 999L, 1_000L, 1_999L, 2_000L).map(seconds.scoreMicros(1, 0, _)) shouldBe
        Seq(1_000_000_000L, 1_000_000_000L, 500_000_000L, 500_000_000L, 333_333_333L)
    }

    "be exact where doubles are not" in {
      // 0.1 + 0.2, and cents beyond 2^53 micros
      scoring(alpha = points, gamma = points).scoreMicros(10, 20, 0) shouldBe 300_000
      val high = scoring(alpha = points)
      high.scoreMicros(999_999_999_999L, 0, 0) - high.scoreMicros(999_999_999_998L, 0, 0) shouldBe 10_000
    }
  }

  private val micros: Gen[Long] =
    Gen.oneOf(Gen.choose(0L, 20L), Gen.choose(0L, 10_000_000L), Gen.choose(0L, 890_000_000L))
  private val inBounds: Gen[Scoring] = for {
    alpha <- micros
    beta <- Gen.oneOf(micros, Gen.choose(0L, 90_000_000_000_000_000L))
    gamma <- Gen.oneOf(micros, Gen.choose(0L, 9_000_000_000L))
    unit <- Gen.oneOf(TimeUnit.MILLISECONDS, TimeUnit.SECONDS)
  } yield new Scoring(alpha, beta, gamma, unit)
  private val cents = Gen.oneOf(Gen.choose(1L, 100L), Gen.choose(1L, Scoring.PRICE_CENTS_MAX))
  private val weights = Gen.choose(0, Scoring.WEIGHT_HUNDREDTHS_MAX)
  private val elapsed =
    Gen.oneOf(Gen.choose(0L, 10L), Gen.choose(0L, 10_000L), Gen.choose(0L, SessionTerms.LENGTH_MILLIS_MAX))

  "Any score" should {
    "equal the formula in exact decimals" in forAll(inBounds, cents, weights, elapsed, minSuccessful(20_000)) {
      (s, price, weight, millis) =>
        s.staysInBounds() shouldBe true
        Decimal.valueOf(s.scoreMicros(price, weight, millis)) shouldBe reference(s, price, weight, millis)
    }

    "round an exact half to even" in {
      // with T + 1 = 2^k and 25-micro steps halves are frequent
      val halves = for {
        alpha <- Gen.choose(0L, 40L)
        beta <- Gen.choose(0L, 100L)
        price <- Gen.choose(1L, 50L)
        power <- Gen.choose(0, 6)
      } yield (scoring(alpha = alpha, beta = beta), price, (1L << power) - 1)
      forAll(halves, minSuccessful(20_000)) { case (s, price, millis) =>
        Decimal.valueOf(s.scoreMicros(price, 0, millis)) shouldBe reference(s, price, 0, millis)
      }
    }
  }

  "The greatest possible score" should {
    "reach 9 * 10^12 points and not pass it" in {
      val most = 9_000_000_000_000_000_000L
      scoring(beta = most - 1).staysInBounds() shouldBe true
      scoring(beta = most).staysInBounds() shouldBe true
      scoring(alpha = 1, beta = most).staysInBounds() shouldBe false
      scoring(beta = most).scoreMicros(1, 0, 0) shouldBe most
      scoring(alpha = 900_000_000).staysInBounds() shouldBe true
      scoring(alpha = 900_000_001).staysInBounds() shouldBe false
      scoring(alpha = Long.MaxValue, beta = Long.MaxValue, gamma = Long.MaxValue).staysInBounds() shouldBe false
    }

    "still be exact" in {
      val s = scoring(alpha = 900_000_000)
      Decimal.valueOf(s.scoreMicros(Scoring.PRICE_CENTS_MAX, 0, 0)) shouldBe reference(s, Scoring.PRICE_CENTS_MAX, 0, 0)
    }
  }
}
