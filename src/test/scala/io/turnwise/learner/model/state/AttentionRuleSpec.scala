package io.turnwise.learner.model.state

import io.turnwise.learner.model.Answers.answer
import io.turnwise.learner.model.perception.{Percept, PerceptionRule, Windows}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class AttentionRuleSpec extends AnyWordSpec with Matchers {

  private val rule = AttentionRule.REFERENCE

  private def percept(values: Double*): Percept = {
    val v = values.padTo(10, 0.0)
    new Percept(v.head, v(1), v(2), v(3), v(4), v(5), v(6), v(7), v(8), v(9))
  }

  "Attention" should {
    "move a fifth of the way to what an answer shows" in {
      rule.next(.7, percept()) shouldBe .8 * .7 + .2 * .5 +- 1e-15
      rule.next(.7, percept(2)) shouldBe .8 * .7 + .2 / (1 + math.exp(.5)) +- 1e-15
    }

    "not count a measure that is no number" in {
      (0 to 7).foreach { i =>
        rule.next(.7, percept(Seq.fill(8)(.3).updated(i, Double.NaN): _*)) shouldBe
          rule.next(.7, percept(Seq.fill(8)(.3).updated(i, 0.0): _*))
      }
    }

    "stay within its bounds and a number, whatever is measured" in {
      val extremes = Seq(Double.MaxValue, -Double.MaxValue, Double.PositiveInfinity, Double.NegativeInfinity)
      extremes.foreach(value => rule.next(.7, percept(value)) should (be >= 0.0 and be <= 1.0))
      rule.next(.7, percept(Double.PositiveInfinity, Double.NegativeInfinity)) shouldBe .7
    }
  }

  "What is perceived" should {
    val perception = PerceptionRule.REFERENCE

    "be measured against the usual and against the last ten answers, this one included" in {
      val windows = Seq(1_000.0, 3_000).foldLeft(Windows.EMPTY) { (kept, rt) =>
        perception.windows(kept, answer(correct = true, rt, dwell = 1_800))
      }
      val seen = answer(correct = false, 3_000, dwell = 1_800, pauses = 1, retries = 2)
      val found = perception.perceive(seen, windows)
      found.zRt shouldBe -.25
      found.rtVariation shouldBe .5
      found.dwellVariation shouldBe 0
      found.zPause shouldBe .7 / .6 +- 1e-15
      found.drift shouldBe 0
      found.retries shouldBe 2.0 / 3
      found.correctness shouldBe -1
      (1 to 20).foldLeft(windows)((kept, _) => perception.windows(kept, seen)).rtMillis.size shouldBe 10
    }

    "count up to three retries" in {
      perception.perceive(answer(correct = true, 1, retries = 4), Windows.EMPTY).retries shouldBe 1
    }
  }
}
