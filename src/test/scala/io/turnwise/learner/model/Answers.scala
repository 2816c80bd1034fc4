package io.turnwise.learner.model

import io.turnwise.learner.model.perception.{Anomaly, Observation, RawAnswer}

/** Answers to learn from. */
object Answers {

  val start: Long = 1_700_000_000_000L

  def observed(raw: RawAnswer): Observation = raw.read() match {
    case seen: Observation => seen
    case anomaly: Anomaly  => throw new AssertionError(s"not to be learned from: $anomaly")
  }

  def answer(
      correct: Boolean,
      rt: Double,
      dwell: Double = 0,
      pauses: Double = 0,
      switches: Double = 0,
      retries: Double = 0,
      focusLoss: Double = 0,
      interaction: Double = 1,
      paused: java.lang.Double = null,
      at: Long = start,
      hour: Int = 12
  ): Observation = observed(
    new RawAnswer(correct, rt, dwell, pauses, switches, retries, focusLoss, interaction, paused, at.toDouble, hour)
  )

  /** A mind that has taken in answers, one every 20 s, without a choice. */
  def mindAfter(settings: Settings, corrects: Boolean*): Mind =
    corrects.zipWithIndex.foldLeft(Mind.fresh(settings)) { case (mind, (correct, i)) =>
      mind.after(answer(correct, 2_000, 1_800, interaction = 2, at = start + i * 20_000L), settings)
    }
}
