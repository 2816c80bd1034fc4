package io.turnwise.learner.model

import io.turnwise.learner.model.Answers.answer
import io.turnwise.learner.model.perception.Observation
import io.turnwise.learner.model.strategy.RewardProfile
import org.scalactic.{Equality, TolerantNumerics}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** The vectors were computed apart from this code, in double, from the published formulas. */
class GoldenVectorsSpec extends AnyWordSpec with Matchers {

  private implicit val sixPlaces: Equality[Double] = TolerantNumerics.tolerantDoubleEquality(6e-7)

  private val settings = Settings.reference()

  private def shouldBelieve(seen: Observation, errorRate: Double)(
      attention: Double,
      fatigue: Double,
      motivation: Double,
      cognition: (Double, Double, Double),
      reward: Double
  ): Unit = {
    val state = Student.FRESH.after(seen, errorRate, settings).state()
    state.attention shouldEqual attention
    state.fatigue shouldEqual fatigue
    state.motivation shouldEqual motivation
    state.cognition.memory shouldEqual cognition._1
    state.cognition.speed shouldEqual cognition._2
    state.cognition.stability shouldEqual cognition._3
    val engagement = settings.engagement().of(seen)
    settings.reward().of(seen, state, engagement, RewardProfile.STANDARD) shouldEqual reward: Unit
  }

  "A fresh learner's first answer" should {
    "be believed and rewarded as given when it is right" in {
      shouldBelieve(answer(correct = true, 3200), .5)(.704424, .09325, .3, (.990297, .990297, .009703), .659525)
    }

    "be believed and rewarded as given when it is wrong" in {
      shouldBelieve(answer(correct = false, 3200), .5)(.704424, .1135, -.4, (.009703, .990297, .009703), -.74655)
    }

    "be believed and rewarded as given when it is right, quick and engaged" in {
      val seen = answer(correct = true, 2000, dwell = 3000, interaction = 2)
      shouldBelieve(seen, .2)(.699271, .05, .3, (.990297, .990297, .362717), .835)
    }

    "be believed and rewarded as given when everything goes wrong" in {
      val seen =
        answer(correct = false, 8000, 9000, pauses = 2, switches = 1, retries = 2, focusLoss = 5000, interaction = .5)
      shouldBelieve(seen, .6)(.5616, .9685, -.4, (.009703, .622574, .048926), -1)
    }

    "tire less under the standard settings when it is slow, as slowness counts up to three deviations" in {
      val seen = answer(correct = false, 8000, retries = 2)
      val fatigue = Student.FRESH.after(seen, .5, Settings.standard()).state().fatigue
      fatigue shouldEqual .1 + (.03 + .25 * 3 + .4) * .9 * .5
    }
  }
}
