package io.turnwise.learner.model.numeric

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class DoublesSpec extends AnyWordSpec with Matchers {

  "A row" should {
    "be equal by content, bit for bit" in {
      Doubles.of(1, Double.NaN) shouldBe Doubles.of(1, Double.NaN)
      Doubles.of(1, Double.NaN).hashCode shouldBe Doubles.of(1, Double.NaN).hashCode
      Doubles.of(0.0) should not be Doubles.of(-0.0)
    }

    "not change with the array it came from, nor with the one it gave" in {
      val array = Array(1.0, 2)
      val row = Doubles.of(array: _*)
      array(0) = 9
      row.values()(1) = 9
      row shouldBe Doubles.of(1, 2)
    }

    "drop its first when it is full" in {
      Doubles.NONE.pushed(1, 2) shouldBe Doubles.of(1)
      Doubles.of(1, 2).pushed(3, 3) shouldBe Doubles.of(1, 2, 3)
      Doubles.of(1, 2, 3).pushed(4, 3) shouldBe Doubles.of(2, 3, 4)
      Doubles.of(1, 2, 3).pushed(4, 1) shouldBe Doubles.of(4)
      Doubles.of(1, 2, 3).endingWith(4) shouldBe Doubles.of(1, 2, 4)
      Doubles.of(1, 2, 3).without(2) shouldBe Doubles.of(3)
    }

    "know its mean, its spread and its middle" in {
      val row = Doubles.of(4, 2, 2, 8)
      row.mean shouldBe 4
      row.deviation shouldBe math.sqrt(6) +- 1e-15
      row.variation shouldBe math.sqrt(6) / 4 +- 1e-15
      row.median(-1) shouldBe 3
      Doubles.of(5, 1, 3).median(-1) shouldBe 3
    }

    "vary by nothing with fewer than two, and around 0" in {
      Doubles.of(7).variation shouldBe 0
      Doubles.of(-1, 1).variation shouldBe 0
      Doubles.NONE.mean shouldBe 0
      Doubles.NONE.deviation shouldBe 0
      Doubles.NONE.median(15) shouldBe 15
    }
  }
}
