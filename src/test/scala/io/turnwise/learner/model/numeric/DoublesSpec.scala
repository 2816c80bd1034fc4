package io.turnwise.learner.model.numeric

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class DoublesSpec extends AnyWordSpec with Matchers {

  "A row" should {
    "be equal by content, bit for bit" in {
      new Doubles(1, Double.NaN) shouldBe new Doubles(1, Double.NaN)
      new Doubles(1, Double.NaN).hashCode shouldBe new Doubles(1, Double.NaN).hashCode
      new Doubles(0.0) should not be new Doubles(-0.0)
    }

    "not change with the array it came from, nor with the one it gave" in {
      val array = Array(1.0, 2)
      val row = new Doubles(array: _*)
      array(0) = 9
      row.values()(1) = 9
      row shouldBe new Doubles(1, 2)
    }

    "drop its first when it is full" in {
      Doubles.NONE.pushed(1, 2) shouldBe new Doubles(1)
      new Doubles(1, 2).pushed(3, 3) shouldBe new Doubles(1, 2, 3)
      new Doubles(1, 2, 3).pushed(4, 3) shouldBe new Doubles(2, 3, 4)
      new Doubles(1, 2, 3).pushed(4, 1) shouldBe new Doubles(4)
      new Doubles(1, 2, 3).endingWith(4) shouldBe new Doubles(1, 2, 4)
      new Doubles(1, 2, 3).without(2) shouldBe new Doubles(3)
    }

    "know its mean, its spread and its middle" in {
      val row = new Doubles(4, 2, 2, 8)
      row.mean shouldBe 4
      row.deviation shouldBe math.sqrt(6) +- 1e-15
      row.variation shouldBe math.sqrt(6) / 4 +- 1e-15
      row.median(-1) shouldBe 3
      new Doubles(5, 1, 3).median(-1) shouldBe 3
    }

    "vary by nothing with fewer than two, and around 0" in {
      new Doubles(7).variation shouldBe 0
      new Doubles(-1, 1).variation shouldBe 0
      Doubles.NONE.mean shouldBe 0
      Doubles.NONE.deviation shouldBe 0
      Doubles.NONE.median(15) shouldBe 15
    }
  }
}
