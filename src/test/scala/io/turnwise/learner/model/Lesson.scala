package io.turnwise.learner.model

import io.turnwise.learner.model.perception.Observation
import io.turnwise.learner.model.strategy.{RewardProfile, Strategy}

import java.util.SplittableRandom

/** A mind that is asked, answered and rewarded in turn, as one learner's entity does it. */
final case class Lesson(settings: Settings, mind: Mind, choice: Choice, rewards: Vector[Double]) {

  def answered(seen: Observation, recall: Double): Lesson = {
    val believed = mind.after(seen, settings)
    val reward = believed.reward(seen, RewardProfile.STANDARD, settings)
    val learned = believed.rewarded(new Credit(choice, reward, seen.correct, seen.rtMillis), settings)
    val context = new ChoiceContext(recall, seen.rtMillis, seen.hour, choice.strategy)
    val next = learned.choose(context, new SplittableRandom(rewards.size.toLong), settings)
    Lesson(settings, learned, next, rewards :+ reward)
  }
}

object Lesson {

  def begun(settings: Settings): Lesson = {
    val mind = Mind.fresh(settings)
    val context = new ChoiceContext(Double.NaN, 2_000, 12, Strategy.STANDARD)
    Lesson(settings, mind, mind.beginning(context, settings), Vector.empty)
  }

  /** So many answers, right about as often as asked; the same every time. */
  def answers(count: Int, accuracy: Double, seed: Long, gapMillis: Long = 20_000): Seq[Observation] = {
    val random = new SplittableRandom(seed)
    (0 until count).map { i =>
      Answers.answer(
        correct = random.nextDouble() < accuracy,
        rt = 600.0 + random.nextInt(5_000),
        dwell = random.nextInt(6_000).toDouble,
        pauses = random.nextInt(3).toDouble,
        switches = random.nextInt(2).toDouble,
        retries = random.nextInt(8) / 6.0,
        focusLoss = random.nextInt(4_000).toDouble,
        interaction = random.nextInt(40) / 10.0,
        at = Answers.start + i * gapMillis,
        hour = (i * gapMillis / 3_600_000 % 24).toInt
      )
    }
  }

  def after(settings: Settings, answers: Seq[Observation]): Lesson =
    answers.zipWithIndex.foldLeft(begun(settings)) { case (lesson, (seen, i)) =>
      lesson.answered(seen, i * 37 % 100 / 100.0)
    }
}
