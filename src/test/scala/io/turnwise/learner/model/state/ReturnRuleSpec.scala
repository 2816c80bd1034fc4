package io.turnwise.learner.model.state

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ReturnRuleSpec extends AnyWordSpec with Matchers {

  private val rule = ReturnRule.STANDARD
  private val before = new UserState(.9, .8, .6, new Cognition(.9, .7, .1), Trend.UP, .8)

  "A return" should {
    "count from a day on, and not at all under the reference" in {
      rule.counts(.999) shouldBe false
      rule.counts(1) shouldBe true
      ReturnRule.REFERENCE.counts(100) shouldBe false
    }

    "let belief fade towards not knowing" in {
      val week = rule.returned(before, 7)
      week.attention shouldBe .7 +- 1e-12
      week.fatigue shouldBe .8 * math.exp(-3.5) +- 1e-12
      week.motivation shouldBe .6 * math.pow(2, -.5) +- 1e-12
      week.confidence shouldBe .8 * math.pow(2, -.5) +- 1e-12
      rule.returned(before, 30).cognition.memory shouldBe .7 +- 1e-12
      week.trend shouldBe Trend.UP
    }

    "keep a rest of cognition and confidence however long it took, up to 90 days" in {
      val long = rule.returned(before, 90)
      long.cognition.memory shouldBe .5 + .4 * .3 +- 1e-12
      long.confidence shouldBe .3
    }

    "keep nothing but half of cognition beyond 90 days" in {
      val gone = rule.returned(before, 90.01)
      gone.cognition.memory shouldBe .7 +- 1e-12
      (gone.attention, gone.fatigue, gone.motivation, gone.confidence) shouldBe ((.7, .1, 0d, .3))
    }

    "mean to be met anew beyond 30 days, or when one was not known yet" in {
      rule.needsColdStart(30, true) shouldBe false
      rule.needsColdStart(30.01, true) shouldBe true
      rule.needsColdStart(1, false) shouldBe true
      rule.needsColdStart(.9, false) shouldBe false
      ReturnRule.REFERENCE.needsColdStart(100, false) shouldBe false
    }
  }
}
