package io.turnwise.learner.model

import io.turnwise.learner.model.Answers.{answer, mindAfter, start}
import io.turnwise.learner.model.bandit._
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.strategy._
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.SplittableRandom
import scala.jdk.CollectionConverters._

class MindSpec extends AnyWordSpec with Matchers {

  private val settings = Settings.standard()
  private val day = 86_400_000L

  /** Known well enough for the members to decide, and well enough for no guardrail to matter. */
  private val known = {
    val lesson = Lesson.after(settings, Lesson.answers(40, .85, 3))
    new Mind(mindAfter(settings, Seq.fill(40)(true): _*).student, lesson.mind.models, lesson.mind.coldStart)
  }

  private def context(recall: Double = .5) = new ChoiceContext(recall, 2_000, 9, Strategy.STANDARD)

  private def choose(mind: Mind, recall: Double = .5): Choice =
    mind.choose(context(recall), new SplittableRandom(1), settings)

  private def guardedLike(choice: Choice): Choice = new Choice(
    choice.phase,
    choice.source,
    choice.members,
    choice.action,
    choice.strategy,
    List(Guardrail.HIGH_FATIGUE).asJava,
    choice.bucket,
    choice.x,
    choice.confidence,
    choice.probe
  )

  private def withLinucb(mind: Mind, linucb: Linucb): Mind = {
    val models = mind.models
    new Mind(
      mind.student,
      new Models(linucb, models.thompson, models.averageReward, models.ensemble),
      mind.coldStart
    )
  }

  "A fresh mind" should {
    "begin with action 7 and the vector of the fresh state" in {
      val choice = Mind.fresh(settings).beginning(context(), settings)
      (choice.source, choice.action, choice.strategy) shouldBe ((Source.BEGINNING, 7, Strategy.STANDARD))
      choice.x shouldBe FeatureVector.of(Situation.of(Student.FRESH.state, .5, 2_000, 9), Strategy.STANDARD)
      Option(choice.probe) shouldBe None
    }

    "probe next, as written" in {
      val choice = choose(Mind.fresh(settings))
      (choice.source, choice.phase) shouldBe ((Source.PROBE, Phase.CLASSIFY))
      choice.strategy shouldBe settings.coldStart.probes.get(0)
      choice.action shouldBe 7
      choice.probe shouldBe 0
      choice.members.asScala shouldBe empty
    }
  }

  "A mind that explores" should {
    "serve half way to the action nearest to what suits the type" in {
      val cold = new ColdStart(Phase.EXPLORE, UserType.STABLE, 3, 4, Doubles.of(0, 0, 0))
      val fresh = Mind.fresh(settings)
      val choice = choose(new Mind(fresh.student, fresh.models, cold))
      (choice.source, choice.action, choice.strategy) shouldBe ((Source.SETTLED, 7, Strategy.STANDARD))
    }
  }

  "A mind that knows its user" should {
    "let all members vote and serve half way to what they elect, unless a guardrail is in the way" in {
      val choice = choose(known)
      (choice.phase, choice.source) shouldBe ((Phase.NORMAL, Source.ENSEMBLE))
      choice.members.asScala.map(_.member) shouldBe Member.values.toSeq
      choice.members.asScala.map(_.action) should contain(choice.action)
      val wanted = Strategy.STANDARD.halfWayTo(Actions.numbered(choice.action))
      choice.strategy shouldBe settings.guardrails.guarded(wanted, known.student.state).strategy
    }

    "build the vector from the strategy served" in {
      val choice = choose(known)
      val situation = Situation.of(known.student.state, known.student.recent.errorRate, 2_000, 9)
      choice.x shouldBe FeatureVector.of(situation, choice.strategy)
      choice.bucket shouldBe Bucket.of(known.student.recent.errorRate, 2_000, 9)
    }

    "choose the same by the same chance, and stay as it is" in {
      val before = known.hashCode
      choose(known) shouldBe choose(known)
      known.hashCode shouldBe before
    }

    "leave out the word's member where there is no word" in {
      choose(known, Double.NaN).members.asScala.map(_.member) shouldBe
        Seq(Member.LINUCB, Member.THOMPSON, Member.HEURISTIC)
    }

    "leave out a member that fails" in {
      val broken = withLinucb(known, Linucb.fresh(5, settings.linucb))
      choose(broken).members.asScala.map(_.member) shouldBe Seq(Member.THOMPSON, Member.ACTR, Member.HEURISTIC)
    }

    "take a step towards what the user learns for" in {
      val seen = new Outcomes(.1, 2_000, .8, .9, .9, .9, 10, 1, .7, 20)
      val aims = new ChoiceContext(.5, 2_000, 9, Strategy.STANDARD, new Aims(Objectives.EXAM, seen))
      val choice = known.choose(aims, new SplittableRandom(1), settings)
      val wanted = Strategy.STANDARD.halfWayTo(Objectives.EXAM.adjusted(Actions.numbered(choice.action), seen))
      choice.strategy shouldBe settings.guardrails.guarded(wanted, known.student.state).strategy
      choice.action shouldBe choose(known).action
    }
  }

  "A reward" should {
    val choice = choose(known)
    choice.guardrails.asScala shouldBe empty
    val after = known.rewarded(new Credit(choice, .8, true, 1_500), settings)

    "be learned by each model once, at the vector and in the bucket of the choice" in {
      after.student shouldBe known.student
      after.models.linucb shouldBe
        known.models.linucb.updated(choice.x.values.values, .8, 1, settings.linucb)
      after.models.thompson shouldBe
        known.models.thompson.counted(choice.bucket, choice.action, .8, settings.thompson)
      after.models.averageReward shouldBe .85 * known.models.averageReward + .15 * .8 +- 1e-12
      after.models.ensemble shouldBe
        known.models.ensemble.rewarded(choice.members, choice.action, .8, settings.ensemble)
      after.coldStart.updates shouldBe known.coldStart.updates + 1
    }

    "not be learned by Thompson sampling and ensemble where guardrails changed what was served" in {
      val guarded = known.rewarded(new Credit(guardedLike(choice), .8, true, 1_500), settings)
      guarded.models.linucb shouldBe after.models.linucb
      guarded.models.averageReward shouldBe after.models.averageReward
      guarded.models.thompson shouldBe known.models.thompson
      guarded.models.ensemble shouldBe known.models.ensemble
    }

    "not move weights before the members decide" in {
      val fresh = Mind.fresh(settings)
      val probed = fresh.rewarded(new Credit(choose(fresh), .8, true, 1_500), settings)
      probed.models.ensemble shouldBe fresh.models.ensemble
      probed.models.thompson should not be fresh.models.thompson
      probed.models.linucb.updates shouldBe 1
      probed.coldStart.probeIndex shouldBe 1
    }
  }

  "A later outcome" should {
    val choice = choose(known)
    val later = known.delayed(choice.x, choice.bucket, choice.action, -1, settings)

    "be one update of LinUCB and one count, and nothing else" in {
      later.models.linucb shouldBe known.models.linucb.updated(choice.x.values.values, -1, 1, settings.linucb)
      later.models.thompson shouldBe
        known.models.thompson.counted(choice.bucket, choice.action, -1, settings.thompson)
      later.models.ensemble shouldBe known.models.ensemble
      later.models.averageReward shouldBe known.models.averageReward
      later.student shouldBe known.student
      later.coldStart shouldBe known.coldStart
    }

    "count for the action only where guardrails left it alone" in {
      known.delayed(choice, -1, settings) shouldBe later
      known.delayed(guardedLike(choice), -1, settings) shouldBe known.delayed(choice.x, -1, settings)
    }

    "be an update of LinUCB alone where only the vector is known" in {
      val vector = known.delayed(choice.x, -1, settings)
      vector.models.linucb shouldBe later.models.linucb
      vector.models.thompson shouldBe known.models.thompson
    }
  }

  "A user who comes back" should {
    "be met anew after more than 30 days, with what was learned kept" in {
      val seen = answer(correct = true, 2_000, at = start + 40 * day)
      val back = known.after(seen, settings)
      back.coldStart shouldBe ColdStart.fresh(settings.coldStart)
      back.models shouldBe known.models
      back.student.answers shouldBe known.student.answers + 1
    }

    "be known still after a week, the time away counted once" in {
      val week = known.after(answer(correct = true, 3_200, at = known.student.lastAtMillis + 7 * day), settings)
      week.coldStart shouldBe known.coldStart
      val faded = known.student.state.fatigue * math.exp(-3.5)
      week.student.state.fatigue shouldBe math.max(.05, faded - .015 * (1 - faded) * .5) +- 1e-12
    }

    "have ended a session when going, and begin one" in {
      val back = Seq(0L, 20_000L).foldLeft(known) { (mind, after) =>
        val at = known.student.lastAtMillis + 3 * day
        mind.after(answer(correct = true, 2_000, at = at + after), settings)
      }
      val (before, habit) = (known.student.habit, back.student.habit)
      habit.sessionMinutes.values.toSeq shouldBe
        before.sessionMinutes.values.toSeq :+ (known.student.lastAtMillis - before.sessionStartMillis) / 60_000d
      habit.sessionAnswers.values.toSeq shouldBe before.sessionAnswers.values.toSeq :+ before.answersInSession.toDouble
      (habit.sessionStartMillis, habit.answersInSession) shouldBe ((known.student.lastAtMillis + 3 * day, 2))
    }

    "be nobody special under the reference" in {
      val mind = mindAfter(Settings.reference(), true, true)
      mind.after(answer(correct = true, 2_000, at = start + 99 * day), Settings.reference()).coldStart shouldBe
        mind.coldStart
    }
  }

  "An answer with an earlier stamp" should {
    "come right after the latest and not move the clock back" in {
      val late = mindAfter(settings, true, false, true)
      def next(at: Long) = late.after(answer(correct = true, 2_000, at = at), settings)
      next(start) shouldBe next(late.student.lastAtMillis)
      next(0).student.lastAtMillis shouldBe late.student.lastAtMillis
    }
  }

  "A time stood still by a dialog" should {
    "be the rest that counts" in {
      val mind = mindAfter(settings, false, false)
      def fatigue(paused: java.lang.Double, at: Long) =
        mind.after(answer(correct = true, 2_000, paused = paused, at = at), settings).student.state.fatigue
      fatigue(120_000d, start + 20_000) shouldBe fatigue(null, start + 20_000 + 120_000) +- 1e-12
    }
  }

  "A mind" should {
    "become the same, bit for bit, by the same steps" in {
      val answers = Lesson.answers(300, .7, 11)
      Lesson.after(settings, answers) shouldBe Lesson.after(settings, answers)
    }

    "grow low in motivation with every wrong answer in a row" in {
      mindAfter(settings, Seq.fill(11)(false): _*).student.answersBelowZero shouldBe 11
      mindAfter(settings, Seq.fill(11)(false) ++ Seq.fill(4)(true): _*).student.answersBelowZero shouldBe 0
    }

    "fall back on what its user's state allows" in {
      val tired = mindAfter(settings, Seq.fill(25)(false): _*)
      val served = tired.fallback(20, settings)
      served.strategy.difficulty shouldBe Difficulty.EASY
      served.strategy.hintLevel shouldBe 2
      served.strategy.batchSize shouldBe 5
      Mind.fresh(settings).fallback(20, settings).strategy shouldBe Strategy.STANDARD
    }
  }
}
