package io.turnwise.learner

import io.turnwise.journal.StoredLives
import io.turnwise.learner.LearnerAnswer.Rewarded
import io.turnwise.learner.LearnerCommand.{ChangeProfile, Reset}
import io.turnwise.learner.model.strategy.{Objectives, RewardProfile}
import org.scalacheck.Gen
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class LearnerTimeTravelSpec extends AnyWordSpec with ScalaCheckPropertyChecks {

  private type Step = (Pupil, Long, Int) => Any

  private lazy val lives = new StoredLives[Learner](new LearnerDefinition, LearnerNames.ALL, new Rewarded(true, 1, 20))

  private val step: Gen[Step] = {
    val answer =
      for (word <- Gen.choose(1, 4); right <- Gen.oneOf(true, true, false); rt <- Gen.choose(300, 9_000))
        yield (pupil: Pupil, at: Long, _: Int) => pupil.answer(at, s"w$word", right, rt.toDouble): Any
    val reward = Gen.const { (pupil: Pupil, at: Long, i: Int) =>
      if (pupil.journal.nonEmpty) pupil.reward(at, s"r$i", pupil.view(at).served.id, .5): Any
    }
    val reset = Gen.const((pupil: Pupil, at: Long, _: Int) => pupil.ask(at, new Reset): Any)
    val profile = Gen.const { (pupil: Pupil, at: Long, _: Int) =>
      pupil.ask(at, new ChangeProfile(pupil.origin, "Asia/Tokyo", RewardProfile.CRAM, Objectives.DAILY, false)): Any
    }
    Gen.frequency(10 -> answer, 3 -> reward, 1 -> reset, 1 -> profile)
  }

  private val histories = for {
    steps <- Gen.choose(1, 15).flatMap(Gen.listOfN(_, Gen.zip(step, Gen.oneOf(0L, 5_000L, Pupil.Minute, Pupil.Day))))
    rows <- Gen.nonEmptyListOf(Gen.choose(1, 6))
  } yield (steps, rows)

  "A learner at any version and time" should {
    "be what his events so far have made, with and without a snapshot, and without any one of them" in {
      forAll(histories, minSuccessful(5)) { case (steps, rows) =>
        val pupil = new Pupil()
        steps.zipWithIndex.foldLeft(Pupil.start) { case (at, ((act, wait), i)) =>
          act(pupil, at + wait, i)
          at + wait
        }
        lives.check(pupil.journal.toSeq, rows)
      }
    }
  }
}
