package io.turnwise.learner.model.memory

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class StabilitySpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val settings = StabilitySettings.REFERENCE

  private def after(days: Double, recalled: Boolean, rtMillis: Int, traits: Traits = Traits.UNKNOWN): Double =
    Stability.after(days, recalled, rtMillis, traits, settings)

  "Stability" should {
    "change with an answer as it is worked out elsewhere" in {
      val grown = after(1, recalled = true, 1400, new Traits(.8, .5, .5))
      grown shouldBe 1.96742 +- 5e-6
      Stability.intervalDays(grown, .8) shouldBe .439017 +- 5e-7
      after(10, recalled = false, 1800, new Traits(.5, .6, .5)) shouldBe 7.632625 +- 5e-7
    }

    "grow less the longer a right answer takes" in {
      Seq(0, 1499, 1500, 2499, 2500, 3999, 4000, 60000).map(after(1, recalled = true, _)) shouldBe
        Seq(1.3, 1.3, 1.1, 1.1, 1.0, 1.0, .9, .9).map(1.4 * _)
    }

    "fall less where a wrong answer came within two seconds" in {
      val damped = 1 + .1 * (1 - .5 * .65)
      after(10, recalled = false, 1999) shouldBe (10 * .65 * 1.1 * damped) +- 1e-12
      after(10, recalled = false, 2000) shouldBe (10 * .65 * 1.1) +- 1e-12
    }

    "stay within its bounds" in {
      forAll(Gen.choose(.1, 90.0), Gen.oneOf(true, false), Gen.choose(0, 120000)) { (days, recalled, rtMillis) =>
        after(days, recalled, rtMillis) should (be >= .1 and be <= 90.0)
      }
      after(90, recalled = true, 500) shouldBe 90.0
      after(.1, recalled = false, 9000) shouldBe .1
    }

    "be the time after which recall is 1/e" in {
      Stability.recall(12, 12) shouldBe 1 / math.E +- 1e-15
      Stability.recall(12, 0) shouldBe 1.0
      Stability.recall(12, -3) shouldBe 1.0
    }
  }

  "The next review" should {
    "be due when recall has fallen to the target, in whole days, at least one" in {
      Stability.reviewDays(1, 1, settings) shouldBe 1
      Stability.reviewDays(20, 1, settings) shouldBe 4
      Stability.reviewDays(20, 1.5, settings) shouldBe 7
      Stability.reviewDays(90, .5, settings) shouldBe 10
      forAll(Gen.choose(.1, 90.0)) { days =>
        Stability.recall(days, Stability.intervalDays(days, .8)) shouldBe .8 +- 1e-12
      }
    }
  }

  "Settings of forgetting" should {
    "be refused out of order" in {
      an[IllegalArgumentException] should be thrownBy new StabilitySettings(1, 2, 90, 1.4, .65, .8)
      an[IllegalArgumentException] should be thrownBy new StabilitySettings(1, 0, 90, 1.4, .65, .8)
      an[IllegalArgumentException] should be thrownBy new StabilitySettings(1, .1, 90, 1.4, 0, .8)
      an[IllegalArgumentException] should be thrownBy new StabilitySettings(1, .1, 90, Double.NaN, .65, .8)
      an[IllegalArgumentException] should be thrownBy new StabilitySettings(1, .1, 90, 1.4, .65, 1)
    }
  }
}
