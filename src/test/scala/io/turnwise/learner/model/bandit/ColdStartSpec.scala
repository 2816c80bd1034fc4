package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.strategy.{Actions, Difficulty, Strategy}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ColdStartSpec extends AnyWordSpec with Matchers {

  private val rule = ColdStartRule.STANDARD

  private def probed(answers: (Boolean, Double)*): ColdStart =
    answers.zipWithIndex.foldLeft(ColdStart.fresh(rule)) { case (kept, ((correct, rt), probe)) =>
      kept.answered(probe, correct, rt, rule)
    }

  private def answered(from: ColdStart, times: Int): ColdStart =
    (1 to times).foldLeft(from)((kept, _) => kept.answered(null, true, 2_000, rule))

  "A learner who is met" should {
    "be probed in order" in {
      ColdStart.fresh(rule).probe(rule) shouldBe new Strategy(1, .2, Difficulty.MID, 8, 0)
      probed(true -> 2_000).probe(rule) shouldBe new Strategy(1.2, .35, Difficulty.HARD, 10, 0)
      val early = new ColdStartRule(true, rule.probes, rule.profiles, 1.1, 2, 8)
      val third = ColdStart.fresh(early).answered(0, true, 2_000, early).answered(1, true, 2_000, early)
      third.probe(early) shouldBe new Strategy(.8, .15, Difficulty.EASY, 6, 2)
    }

    "be taken for fast, stable or cautious by the answers to probes" in {
      probed(true -> 1_100, true -> 1_300).`type` shouldBe UserType.FAST
      probed(false -> 3_500, false -> 4_000).`type` shouldBe UserType.CAUTIOUS
      probed(true -> 2_100, true -> 2_600, true -> 1_500).`type` shouldBe UserType.STABLE
    }

    "explore at once when two probes leave no doubt" in {
      val sure = probed(true -> 1_100, true -> 1_300)
      sure.phase shouldBe Phase.EXPLORE
      sure.probeIndex shouldBe 3
      Option(sure.probe(rule)) shouldBe None
      sure.settled(rule) shouldBe new Strategy(1.2, .35, Difficulty.HARD, 12, 0)
    }

    "be known after eight credited answers, also after an early stop" in {
      val sure = probed(true -> 1_100, true -> 1_300)
      answered(sure, 5).phase shouldBe Phase.EXPLORE
      answered(sure, 6).phase shouldBe Phase.NORMAL
    }

    "not be known by answers to anything but probes" in {
      val never = answered(ColdStart.fresh(rule), 20)
      never.phase shouldBe Phase.CLASSIFY
      never.updates shouldBe 20
      never.answered(1, true, 1_000, rule).probeIndex shouldBe 0
    }

    "be known at once when the probes come late" in {
      val late = answered(ColdStart.fresh(rule), 10)
      late.answered(0, true, 1_100, rule).answered(1, true, 1_300, rule).phase shouldBe Phase.NORMAL
    }
  }

  "A sure belief" should {
    "be one from .85 on" in {
      def at(sure: Double) = new ColdStartRule(true, rule.probes, rule.profiles, sure, 2, 8)
      def phase(sure: Double) =
        ColdStart.fresh(at(sure)).answered(0, true, 2_000, at(sure)).answered(1, true, 2_400, at(sure)).phase
      val logs = probed(true -> 2_000, true -> 2_400).beliefs.values
      val top = 1 / logs.map(log => math.exp(log - logs.max)).sum
      phase(top - 1e-9) shouldBe Phase.EXPLORE
      phase(top + 1e-9) shouldBe Phase.CLASSIFY
    }
  }

  "A wide spread" should {
    "count against what it makes likely under the standard settings only" in {
      def belief(of: ColdStartRule) =
        ColdStart.fresh(of).answered(0, true, 2_000, of).beliefs.values.zip(ColdStart.fresh(of).beliefs.values)
      belief(rule).zip(belief(ColdStartRule.REFERENCE)).zip(Seq(.10 * 400, .12 * 600, .15 * 800)).foreach {
        case (((standard, _), (reference, _)), spreads) =>
          standard - reference shouldBe -math.log(spreads) +- 1e-12
      }
    }
  }

  "What suits a type" should {
    "be nearest to one of the 24" in {
      rule.profiles.forEach { profile =>
        val nearest = Actions.nearest(profile.settled)
        withClue(profile.`type`)(
          nearest shouldBe Map("FAST" -> 14, "STABLE" -> 7, "CAUTIOUS" -> 3)(profile.`type`.name)
        )
      }
      Actions.all.forEach(action => Actions.numbered(Actions.nearest(action)) shouldBe action)
    }
  }
}
