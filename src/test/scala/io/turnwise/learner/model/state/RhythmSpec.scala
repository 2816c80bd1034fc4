package io.turnwise.learner.model.state

import io.turnwise.learner.model.numeric.Doubles
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

/** When, how long and how evenly somebody learns. */
class RhythmSpec extends AnyWordSpec with Matchers {

  private val minute = 60_000L

  /** Answers at these minutes, all in the same hour. */
  private def habit(hour: Int, minutes: Long*): Habit = minutes
    .foldLeft((Habit.FRESH, minutes.headOption.getOrElse(0L))) { case ((kept, before), at) =>
      (kept.`with`(hour, before * minute, at * minute, HabitRule.REFERENCE), at)
    }
    ._1

  "A habit" should {
    "move a tenth of each hour's share to the hour of an answer" in {
      val once = habit(8, 0)
      once.hours.at(8) shouldBe .9 / 24 + .1 +- 1e-12
      once.hours.at(9) shouldBe .9 / 24 +- 1e-12
      once.hours.values.sum shouldBe 1.0 +- 1e-12
    }

    "be told from ten answers on" in {
      habit(8, 1L to 9: _*).preferredHours(HabitRule.REFERENCE).asScala shouldBe empty
      habit(8, 1L to 10: _*).preferredHours(HabitRule.REFERENCE).asScala shouldBe Seq(8, 0, 1)
    }

    "end a session after more than half an hour without an answer" in {
      val kept = habit(8, 0, 10, 40, 71, 72)
      kept.sessionMinutes.values.toSeq shouldBe Seq(40.0)
      kept.sessionAnswers.values.toSeq shouldBe Seq(3.0)
      kept.answersInSession shouldBe 2
    }

    "tell the median of its sessions, and the usual before there is one" in {
      habit(8, 0).usualMinutes(HabitRule.REFERENCE) shouldBe 15
      habit(8, 0).usualAnswers(HabitRule.REFERENCE) shouldBe 8
      habit(8, 0, 10, 100, 120, 200, 230, 300).usualMinutes(HabitRule.REFERENCE) shouldBe 20
    }
  }

  /** So many answers at an hour, and how many of them right. */
  private def at(before: Chronotype, hour: Int, answers: Int, right: Int): Chronotype =
    (1 to answers).foldLeft(before)((kept, i) => kept.`with`(hour, i <= right))

  "A chronotype" should {
    "be told from 20 answers on, of all times of day" in {
      val nineteen = at(at(at(Chronotype.UNKNOWN, 6, 7, 7), 18, 6, 1), 22, 6, 1)
      nineteen.read.confidence shouldBe 0
      nineteen.`with`(10, true).read shouldBe new Chronotype.Finding(Chronotype.Kind.MORNING, (.2 + .8) / 2)
      at(Chronotype.UNKNOWN, 8, 100, 100).read.confidence shouldBe 0
    }

    "be none where the times of day hardly differ" in {
      val even = at(at(at(Chronotype.UNKNOWN, 9, 40, 30), 15, 40, 31), 20, 40, 32)
      even.read shouldBe new Chronotype.Finding(Chronotype.Kind.INTERMEDIATE, (1 + .5) / 2 * .8)
    }

    "forget all but the last 500 answers" in {
      at(Chronotype.UNKNOWN, 23, 600, 0).answers.length shouldBe 500
    }
  }

  private def flow(rate: Double, rts: Double*): Flow =
    FlowRule.REFERENCE.read(rate, Doubles.of(rts: _*), new UserState(1, 0, 1, Cognition.UNKNOWN, Trend.FLAT, 1))

  "Flow" should {
    "be unknown below five answers" in {
      flow(.7, 1, 1, 1, 1) shouldBe Flow.UNKNOWN
      flow(.7, 1, 1, 1, 1, 1) shouldBe Flow.FLOW
    }

    "be anxiety below and boredom above what suits, and normal between" in {
      val uneven = Seq(1.0, 1, 1, 1, 9)
      flow(.64, uneven: _*) shouldBe Flow.ANXIETY
      flow(.65, uneven: _*) shouldBe Flow.NORMAL
      flow(.8, uneven: _*) shouldBe Flow.NORMAL
      flow(.81, uneven: _*) shouldBe Flow.BOREDOM
    }

    "follow its factors from edge to edge" in {
      val rule = FlowRule.REFERENCE
      Seq(0, .325, .65, .725, .8, 1).map(rule.success).zip(Seq(0, .4, .8, 1, .8, .5)).foreach { case (found, wanted) =>
        found shouldBe wanted.toDouble +- 1e-12
      }
      Seq(.29, .45, .6, 1, 3).map(rule.evenness).zip(Seq(1, .75, .5, .3, .3)).foreach { case (found, wanted) =>
        found shouldBe wanted.toDouble +- 1e-12
      }
    }
  }

  "The last 20 answers" should {
    "be half right as long as there are none" in {
      RecentAnswers.NONE.errorRate shouldBe .5
    }

    "forget what came before" in {
      val wrong = (1 to 20).foldLeft(RecentAnswers.NONE)((kept, _) => kept.`with`(false))
      wrong.errorRate shouldBe 1
      (1 to 5).foldLeft(wrong)((kept, _) => kept.`with`(true)).errorRate shouldBe .75
      (1 to 20).foldLeft(wrong)((kept, _) => kept.`with`(true)).accuracy shouldBe 1
    }
  }

  "Low motivation" should {
    "be of long standing after more than ten answers" in {
      MotivationRule.REFERENCE.lowForLong(10) shouldBe false
      MotivationRule.REFERENCE.lowForLong(11) shouldBe true
    }
  }

  "What is believed" should {
    "be held to its ranges, and what is no number replaced" in {
      val nan = Double.NaN
      new UserState(nan, nan, nan, new Cognition(nan, nan, nan), Trend.UP, nan) shouldBe
        new UserState(.5, 0, 0, Cognition.UNKNOWN, Trend.UP, .5)
      new UserState(9, 9, 9, new Cognition(9, -9, 9), Trend.UP, 9) shouldBe
        new UserState(1, 1, 1, new Cognition(1, 0, 1), Trend.UP, 1)
    }
  }
}
