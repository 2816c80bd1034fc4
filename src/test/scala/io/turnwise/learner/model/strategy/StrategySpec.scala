package io.turnwise.learner.model.strategy

import io.turnwise.learner.model.Answers.answer
import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy.Difficulty._
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class StrategySpec extends AnyWordSpec with Matchers {

  private def state(
      attention: Double = .7,
      fatigue: Double = .1,
      motivation: Double = 0,
      memory: Double = .7
  ): UserState = new UserState(attention, fatigue, motivation, new Cognition(memory, .5, .5), Trend.FLAT, 1)

  "The actions" should {
    "be 24, the seventh served first" in {
      Actions.count shouldBe 24
      Actions.numbered(Actions.FIRST_SERVED) shouldBe Strategy.STANDARD
      Actions.numbered(1) shouldBe new Strategy(.5, .1, EASY, 5, 2)
      Actions.numbered(24) shouldBe new Strategy(.5, .2, MID, 12, 1)
      Seq(0, 25).foreach(number => an[IndexOutOfBoundsException] should be thrownBy Actions.numbered(number))
      Actions.all.stream.distinct.count shouldBe 24
    }
  }

  "Going half way" should {
    "take the mean of numbers, rounded, and the difficulty at once" in {
      val half = new Strategy(1, .2, EASY, 5, 2).halfWayTo(new Strategy(1.5, .4, HARD, 16, 1))
      half.intervalScale shouldBe 1.25
      half.newRatio shouldBe .3 +- 1e-12
      (half.difficulty, half.batchSize, half.hintLevel) shouldBe ((HARD, 11, 2))
    }

    "stay within what may be served" in {
      val odd = new Strategy(9, 9, MID, 900, 9)
      odd.halfWayTo(odd) shouldBe new Strategy(1.5, .5, MID, 20, 2)
      val low = new Strategy(-9, -9, MID, -900, -9)
      low.halfWayTo(low) shouldBe new Strategy(.5, .05, MID, 5, 0)
    }
  }

  private def fallback(state: UserState, hour: Int = 10, answers: Int = 20, errors: Double = .2): Strategy =
    Fallback.strategy(answers, errors, state, hour)

  "The fallback" should {
    "be the usual one before 20 answers" in {
      fallback(state(fatigue = .9), answers = 19) shouldBe Strategy.STANDARD
      fallback(state(fatigue = .9), answers = 20) shouldBe new Strategy(1.2, .1, EASY, 5, 2)
    }

    "go by the state before the hour of day" in {
      fallback(state(fatigue = .9), hour = 20) shouldBe new Strategy(1.2, .1, EASY, 5, 2)
      fallback(state(), hour = 20, errors = .51) shouldBe new Strategy(.8, .1, EASY, 6, 2)
      fallback(state(), hour = 20) shouldBe new Strategy(1.2, .15, MID, 8, 1)
    }

    "have a threshold for each part of the state, and hold at it" in {
      fallback(state(), errors = .5) shouldBe Strategy.STANDARD
      fallback(state(fatigue = .6)) shouldBe Strategy.STANDARD
      fallback(state(motivation = -.3)) shouldBe Strategy.STANDARD
      fallback(state(motivation = -.31)) shouldBe new Strategy(1, .15, EASY, 6, 2)
      fallback(state(attention = .4)) shouldBe Strategy.STANDARD
      fallback(state(attention = .39)) shouldBe new Strategy(.8, .1, MID, 5, 1)
      fallback(state(memory = .6)) shouldBe Strategy.STANDARD
      fallback(state(memory = .59)) shouldBe new Strategy(.8, .1, MID, 8, 1)
      fallback(state(memory = .76, motivation = .31)) shouldBe new Strategy(1.2, .3, MID, 12, 0)
      fallback(state(memory = .75, motivation = .31)) shouldBe Strategy.STANDARD
    }

    "know the hours" in {
      val names = (0 to 23).map(hour => fallback(state(), hour)).map {
        case Strategy.STANDARD                           => '.'
        case s if s == new Strategy(1, .15, EASY, 6, 1)  => 'm'
        case s if s == new Strategy(1, .25, MID, 10, 1)  => 'n'
        case s if s == new Strategy(1.2, .15, MID, 8, 1) => 'e'
        case s if s == new Strategy(1, .1, EASY, 5, 2)   => 'x'
        case other                                       => fail(s"$other")
      }
      names.mkString shouldBe "xxxxxxmmm....nn....eeexx"
    }
  }

  private val good = new Outcomes(.9, 2_000, .8, .9, .9, .9, 10, 1, .7, 20)

  private def changed(objectives: Objectives, seen: Outcomes): (Double, Double) = {
    val from = new Strategy(1, .2, MID, 8, 1)
    val to = objectives.adjusted(from, seen)
    to shouldBe new Strategy(to.intervalScale, to.newRatio, MID, 8, 1)
    (math.rint((to.intervalScale - 1) * 100) / 100, math.rint((to.newRatio - .2) * 100) / 100)
  }

  "Objectives" should {
    "be scored as near, far and spent" in {
      val scores = Objectives.EXAM.scores(good)
      scores.shortTerm shouldBe .63 + .16 + .08 +- 1e-12
      scores.longTerm shouldBe .9 +- 1e-12
      scores.efficiency shouldBe 1.0 +- 1e-12
      scores.aggregate shouldBe 1 - .6 * .13 +- 1e-12
    }

    "change nothing where they are reached" in {
      Seq(Objectives.EXAM, Objectives.DAILY, Objectives.TRAVEL, Objectives.BALANCED).foreach { objectives =>
        changed(objectives, good) shouldBe ((0, 0))
      }
    }

    "ask for fewer new words and earlier reviews below the accuracy or retention wanted, not at it" in {
      def accurate(value: Double) = new Outcomes(value, 2_000, .8, .9, .9, .9, 10, 1, .7, 20)
      def retained(value: Double) = new Outcomes(.9, 2_000, .8, value, .9, .9, 10, 1, .7, 20)
      changed(Objectives.EXAM, accurate(.849)) shouldBe ((-.1, -.05))
      changed(Objectives.EXAM, accurate(.85)) shouldBe ((0, 0))
      changed(Objectives.DAILY, retained(.799)) shouldBe ((-.1, -.05))
      changed(Objectives.DAILY, retained(.8)) shouldBe ((0, 0))
    }

    "ask for fewer new words and later reviews beyond the minutes wanted" in {
      changed(Objectives.TRAVEL, new Outcomes(.9, 2_000, .8, .9, .9, .9, 10, 1, .7, 30.1)) shouldBe ((.1, -.05))
      changed(Objectives.TRAVEL, new Outcomes(.9, 2_000, .8, .9, .9, .9, 10, 1, .7, 30)) shouldBe ((0, 0))
    }

    "otherwise help what falls shortest" in {
      changed(Objectives.BALANCED, new Outcomes(.1, 9_000, .8, .9, .9, .9, 10, 1, .7, 9)) shouldBe ((0, -.05))
      changed(Objectives.BALANCED, new Outcomes(.9, 2_000, .8, .1, .1, .1, 10, 1, .7, 9)) shouldBe ((-.1, 0))
      changed(Objectives.TRAVEL, new Outcomes(.9, 2_000, .8, .9, .9, .9, 0, 0, 0, 9)) shouldBe ((.1, .05))
    }
  }

  "A reward" should {
    val rule = RewardRule.REFERENCE
    def of(retries: Double, motivation: Double, profile: RewardProfile = RewardProfile.STANDARD) = rule.of(
      answer(correct = true, 5_000, retries = retries),
      state(fatigue = .5, motivation = motivation),
      .5,
      profile
    )

    "be less with more than one retry, and below motivation 0" in {
      of(1, 0) shouldBe (1 - .3 + .15) / 2 +- 1e-12
      of(2, 0) shouldBe (1 - .3 - .8 + .15) / 2 +- 1e-12
      of(0, -.001) shouldBe (1 - .3 - .8 + .15) / 2 +- 1e-12
    }

    "go by what the user wants" in {
      of(0, 0, RewardProfile.CRAM) shouldBe (1.5 - .15 + .05) / 2 +- 1e-12
      of(0, 0, RewardProfile.RELAXED) shouldBe (.8 - .45 + .35) / 2 +- 1e-12
    }
  }

  "Engagement" should {
    "be all there is at two events a second in the reference, and half of it in the standard settings" in {
      def of(rule: EngagementRule, density: Double) =
        rule.of(answer(correct = true, 2_000, dwell = 3_000, interaction = density))
      of(EngagementRule.REFERENCE, 1) shouldBe 1
      of(EngagementRule.REFERENCE, 9) shouldBe 1
      of(EngagementRule.STANDARD, 2) shouldBe .75
      of(EngagementRule.STANDARD, 6) shouldBe .875
      of(EngagementRule.STANDARD, 0) shouldBe .5
    }
  }

  "A warm-up" should {
    "be due after a week, longer after two and after 30 days" in {
      Option(WarmUp.after(6.9)) shouldBe None
      WarmUp.after(7) shouldBe new WarmUp(2, MID)
      WarmUp.after(14) shouldBe new WarmUp(3, EASY)
      WarmUp.after(30) shouldBe new WarmUp(5, EASY)
    }
  }
}
