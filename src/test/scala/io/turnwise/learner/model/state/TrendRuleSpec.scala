package io.turnwise.learner.model.state

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class TrendRuleSpec extends AnyWordSpec with Matchers {

  private val day = 86_400_000L
  private val start = 20_000 * day

  private def samples(rule: TrendRule, at: Seq[Double], memories: Seq[Double]): TrendSamples =
    at.zip(memories).foldLeft(TrendSamples.NONE) { case (kept, (days, memory)) =>
      rule.`with`(kept, new Cognition(memory, .5, .5), start + (days * day).toLong)
    }

  private def trend(rule: TrendRule, at: Seq[Double], memories: Seq[Double]): Trend =
    rule.read(samples(rule, at, memories)).trend

  "A slope" should {
    "be up above .01 a day, down below -.005, and neither at them" in {
      val rule = TrendRule.REFERENCE
      rule.trend(.0101, 0) shouldBe Trend.UP
      rule.trend(.01, 0) shouldBe Trend.STUCK
      rule.trend(-.0051, 0) shouldBe Trend.DOWN
      rule.trend(-.005, .049) shouldBe Trend.FLAT
      rule.trend(.005, .049) shouldBe Trend.FLAT
      rule.trend(.0051, .049) shouldBe Trend.STUCK
      rule.trend(0, .05) shouldBe Trend.STUCK
    }

    "be that of a line from ten samples over 15 days on" in {
      val days = (0 until 16).map(_.toDouble)
      val reading = TrendRule.REFERENCE
      reading.read(samples(reading, days, days.map(.2 + .02 * _))).slopePerDay shouldBe .7 * .02 +- 1e-12
    }

    "be the drift of an average before" in {
      val rule = TrendRule.REFERENCE
      rule.read(samples(rule, Seq(0, 1), Seq(.5, .7))).slopePerDay shouldBe .25 * .7 * .2 +- 1e-12
    }
  }

  "Samples" should {
    "be at most 90 and none older than 30 days before the newest" in {
      val rule = TrendRule.REFERENCE
      samples(rule, (0 until 200).map(_ * .01), Seq.fill(200)(.5)).size shouldBe 90
      samples(rule, Seq(0, 1, 30, 31), Seq.fill(4)(.5)).days.at(0) shouldBe 20_001
    }

    "under the standard settings correct the last one for a day" in {
      val kept = samples(TrendRule.STANDARD, Seq(0, .4, .999, 1, 1.5), Seq(.1, .2, .3, .4, .5))
      kept.days.values.toSeq shouldBe Seq(20_000, 20_001)
      kept.abilities.at(0) shouldBe .7 * .3 + .15 +- 1e-12
      kept.abilities.at(1) shouldBe .7 * .5 + .15 +- 1e-12
    }
  }

  "Two answers within minutes" should {
    "make no trend under the standard settings, as they did in the reference" in {
      trend(TrendRule.REFERENCE, Seq(0, .01), Seq(.5, .6)) shouldBe Trend.UP
      trend(TrendRule.STANDARD, Seq(0, .01), Seq(.5, .6)) shouldBe Trend.FLAT
    }
  }
}
