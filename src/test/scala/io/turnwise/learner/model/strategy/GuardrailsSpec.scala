package io.turnwise.learner.model.strategy

import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy.Difficulty._
import io.turnwise.learner.model.strategy.Guardrail._
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class GuardrailsSpec extends AnyWordSpec with Matchers {

  private val rails = Guardrails.REFERENCE
  private val bold = new Strategy(.9, .5, HARD, 20, 0)

  private def guarded(
      wanted: Strategy = bold,
      attention: Double = .7,
      fatigue: Double = .1,
      motivation: Double = 0,
      trend: Trend = Trend.FLAT
  ): (Strategy, Seq[Guardrail]) = {
    val result = rails.guarded(wanted, new UserState(attention, fatigue, motivation, Cognition.UNKNOWN, trend, 1))
    (result.strategy, result.guardrails.asScala.toSeq)
  }

  "A learner who is well" should {
    "be served what was wanted, up to each limit" in {
      guarded() shouldBe ((bold, Nil))
      guarded(attention = .3, fatigue = .6, motivation = -.3, trend = Trend.UP) shouldBe ((bold, Nil))
    }
  }

  "A limit" should {
    "hold beyond its threshold" in {
      guarded(fatigue = .61) shouldBe ((new Strategy(1, .2, HARD, 8, 0), Seq(HIGH_FATIGUE)))
      guarded(fatigue = .8) shouldBe ((new Strategy(1, .2, HARD, 8, 0), Seq(HIGH_FATIGUE)))
      guarded(fatigue = .81) shouldBe ((new Strategy(1, .1, EASY, 5, 1), Seq(HIGH_FATIGUE, EXTREME_FATIGUE)))
      guarded(motivation = -.31) shouldBe ((new Strategy(.9, .2, EASY, 20, 1), Seq(LOW_MOTIVATION)))
      guarded(motivation = -.5) shouldBe ((new Strategy(.9, .2, EASY, 20, 1), Seq(LOW_MOTIVATION)))
      guarded(motivation = -.51) shouldBe
        ((new Strategy(.9, .1, EASY, 5, 2), Seq(LOW_MOTIVATION, VERY_LOW_MOTIVATION)))
      guarded(attention = .29) shouldBe ((new Strategy(.9, .15, HARD, 6, 1), Seq(LOW_ATTENTION)))
      guarded(trend = Trend.DOWN) shouldBe ((new Strategy(.7, .1, EASY, 20, 0), Seq(TREND_DOWN)))
      guarded(trend = Trend.STUCK) shouldBe ((new Strategy(.9, .15, HARD, 20, 0), Seq(TREND_STUCK)))
    }

    "not be named where it changes nothing" in {
      val meek = new Strategy(1, .05, EASY, 5, 2)
      guarded(meek, 0, 1, -1, Trend.STUCK) shouldBe ((meek, Nil))
    }
  }

  "Fatigue" should {
    "win over the trend on the interval" in {
      guarded(trend = Trend.DOWN, fatigue = .61)._1.intervalScale shouldBe 1
    }
  }

  "A break" should {
    "be suggested above .6 and forced above .8" in {
      def advice(fatigue: Double) =
        rails.advice(new UserState(.7, fatigue, 0, Cognition.UNKNOWN, Trend.FLAT, 1))
      Seq(.6, .61, .8, .81).map(advice) shouldBe
        Seq(BreakAdvice.NONE, BreakAdvice.SUGGESTED, BreakAdvice.SUGGESTED, BreakAdvice.FORCED)
    }
  }

  "Danger" should {
    "begin where a limit of the last resort does" in {
      def danger(attention: Double, fatigue: Double, motivation: Double) =
        rails.danger(new UserState(attention, fatigue, motivation, Cognition.UNKNOWN, Trend.FLAT, 1))
      danger(.3, .8, -.5) shouldBe false
      danger(.29, .8, -.5) shouldBe true
      danger(.3, .81, -.5) shouldBe true
      danger(.3, .8, -.51) shouldBe true
    }
  }
}
