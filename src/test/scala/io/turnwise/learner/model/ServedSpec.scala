package io.turnwise.learner.model

import io.turnwise.learner.model.bandit.{ColdStart, Phase, UserType}
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy._
import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

import java.util.SplittableRandom

class ServedSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val settings = Settings.standard()

  private val states: Gen[UserState] = for {
    attention <- Gen.oneOf(Gen.const(.3), Gen.choose(0.0, 1.0))
    fatigue <- Gen.oneOf(Gen.const(.6), Gen.const(.8), Gen.choose(0.0, 1.0))
    motivation <- Gen.oneOf(Gen.const(-.3), Gen.const(-.5), Gen.choose(-1.0, 1.0))
    memory <- Gen.choose(0.0, 1.0)
    trend <- Gen.oneOf(Trend.values.toSeq)
  } yield new UserState(attention, fatigue, motivation, new Cognition(memory, memory, memory), trend, 1)

  private val strategies: Gen[Strategy] = for {
    interval <- Gen.choose(.5, 1.5)
    newRatio <- Gen.choose(.05, .5)
    difficulty <- Gen.oneOf(Difficulty.values.toSeq)
    batch <- Gen.choose(5, 20)
    hint <- Gen.choose(0, 2)
  } yield new Strategy(interval, newRatio, difficulty, batch, hint)

  private val coldStarts: Gen[ColdStart] = for {
    phase <- Gen.oneOf(Phase.values.toSeq)
    kind <- Gen.oneOf(UserType.values.toSeq)
    probe <- Gen.choose(0, 2)
  } yield phase match {
    case Phase.CLASSIFY => new ColdStart(phase, null, probe, probe, Doubles.of(0, 0, 0))
    case _              => new ColdStart(phase, kind, 3, 9, Doubles.of(0, 0, 0))
  }

  private def mind(state: UserState, coldStart: ColdStart, answers: Int): Mind = {
    val fresh = Student.FRESH
    val student = new Student(
      state,
      fresh.longTerm,
      answers,
      0,
      null,
      fresh.windows,
      fresh.recent,
      fresh.trend,
      fresh.habit,
      fresh.chronotype,
      fresh.flowRtMillis
    )
    new Mind(student, Mind.fresh(settings).models, coldStart)
  }

  /** The limits as they are written for users, not as the code has them. */
  private def shouldRespect(served: Strategy, state: UserState): Unit = {
    def when(condition: Boolean)(limits: Boolean*): Unit =
      if (condition) withClue(s"$served for $state")(limits.toSet shouldBe Set(true)): Unit
    import served._
    val easy = difficulty == Difficulty.EASY
    val tired = state.fatigue > .6
    when(condition = true)(
      intervalScale >= .5 && intervalScale <= 1.5,
      newRatio >= .05 && newRatio <= .5,
      batchSize >= 5 && batchSize <= 20,
      hintLevel >= 0 && hintLevel <= 2
    )
    when(tired)(intervalScale >= 1, newRatio <= .2, batchSize <= 8)
    when(state.fatigue > .8)(easy, hintLevel >= 1, newRatio <= .1, batchSize <= 5)
    when(state.motivation < -.3)(easy, hintLevel >= 1, newRatio <= .2)
    when(state.motivation < -.5)(hintLevel == 2, newRatio <= .1, batchSize <= 5)
    when(state.attention < .3)(newRatio <= .15, batchSize <= 6, hintLevel >= 1)
    when(state.trend == Trend.DOWN)(newRatio <= .1, easy, intervalScale <= .7 || tired)
    when(state.trend == Trend.STUCK)(newRatio <= .15)
  }

  private implicit val often: PropertyCheckConfiguration = PropertyCheckConfiguration(minSuccessful = 1_000)

  "What is served" should {
    "respect every limit, whoever chose it" in forAll(states, strategies, coldStarts, Gen.choose(0, 60)) {
      (state, previous, coldStart, answers) =>
        val context = new ChoiceContext(answers / 60.0, 2_000, answers % 24, previous)
        val choice = mind(state, coldStart, answers).choose(context, new SplittableRandom(answers.toLong), settings)
        shouldRespect(choice.strategy, state)
        choice.unguarded shouldBe choice.guardrails.isEmpty
    }

    "respect every limit when it is the fallback" in forAll(states, coldStarts, Gen.choose(0, 60)) {
      (state, coldStart, answers) =>
        shouldRespect(mind(state, coldStart, answers).fallback(answers % 24, settings).strategy, state)
    }

    "respect every limit all through a lesson" in forAll(Gen.choose(0L, 1_000L), Gen.choose(0.0, 1.0)) {
      (seed, accuracy) =>
        Lesson.answers(30, accuracy, seed).foldLeft(Lesson.begun(settings)) { (lesson, seen) =>
          val next = lesson.answered(seen, accuracy)
          shouldRespect(next.choice.strategy, next.mind.student.state)
          next
        }
    }
  }
}
