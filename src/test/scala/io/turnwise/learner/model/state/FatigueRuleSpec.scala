package io.turnwise.learner.model.state

import org.scalactic.{Equality, TolerantNumerics}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class FatigueRuleSpec extends AnyWordSpec with Matchers {

  private implicit val close: Equality[Double] = TolerantNumerics.tolerantDoubleEquality(1e-12)

  private def rested(rule: FatigueRule, minutes: Double) = rule.rested(.9, minutes)

  "Fatigue under the reference" should {
    val rule = FatigueRule.REFERENCE

    "decay with every minute of rest" in {
      rested(rule, 10) shouldEqual .9 * math.exp(-.8)
    }

    "begin anew after more than half an hour, not at it" in {
      rule.next(.9, true, 0, 0, 30.001) shouldEqual .1
      rule.next(.9, true, 0, 0, 30) should not equal .1
    }

    "stay between its bounds, whatever the answer" in {
      rule.next(.9, false, 1000, 100, 0) shouldBe 1
      rule.next(.06, true, -10, 0, 0) shouldBe .05
      rule.next(.4, true, Double.NaN, 0, 0) shouldBe .4
    }
  }

  "Fatigue under the standard settings" should {
    val rule = FatigueRule.STANDARD

    "count slowness up to three deviations, in either direction" in {
      rule.next(.5, false, 3.5, 0, 0) shouldEqual rule.next(.5, false, 3, 0, 0)
      rule.next(.5, false, 3, 0, 0) should be > rule.next(.5, false, 2.9, 0, 0)
      rule.next(.9, false, -3.5, 0, 0) shouldEqual rule.next(.9, false, -3, 0, 0)
    }

    "decay within a session and recover beyond it, so that no rest counts twice" in {
      rested(rule, 5) shouldEqual .9 * math.exp(-.4)
      rested(rule, 65) shouldEqual .9 * math.exp(-.4) * math.exp(-.3)
    }

    "never be less rested by a longer rest" in {
      val left = (0 to 2_000).map(step => rested(rule, step / 10.0))
      left.zip(left.tail).foreach { case (shorter, longer) => longer should be < shorter }
    }

    "not begin anew after a long break, as recovery covers it" in {
      rule.next(.9, true, 0, 0, 31) should be > .1
    }
  }
}
