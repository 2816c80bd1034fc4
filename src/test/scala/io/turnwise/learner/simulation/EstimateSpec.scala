package io.turnwise.learner.simulation

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class EstimateSpec extends AnyWordSpec with Matchers {

  "An interval" should {
    "be as wide as Student's t says" in {
      // t of 4 degrees of freedom at .975 is 2.776445; deviation sqrt(2.5), of 5 values
      val estimate = Estimate.of(Array(1, 2, 3, 4, 5))
      estimate.mean shouldBe 3.0
      estimate.high shouldBe 3 + 2.776445 * math.sqrt(.5) +- 1e-5
      estimate.low shouldBe 6 - estimate.high +- 1e-12
    }

    "be without bounds of a single value" in {
      Estimate.of(Array(1)) shouldBe new Estimate(1, Double.NegativeInfinity, Double.PositiveInfinity)
    }
  }

  "A requirement" should {
    "hold only by its whole interval" in {
      new Requirement("a - b", new Estimate(.2, .1, .3)).holds shouldBe true
      new Requirement("a - b", new Estimate(.2, -.1, .5)).holds shouldBe false
    }
  }
}
