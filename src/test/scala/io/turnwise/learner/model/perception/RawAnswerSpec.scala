package io.turnwise.learner.model.perception

import io.turnwise.learner.model.perception.Anomaly.Reason
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class RawAnswerSpec extends AnyWordSpec with Matchers {

  private case class Raw(
      rt: Double = 2000,
      dwell: Double = 0,
      pauses: Double = 0,
      switches: Double = 0,
      retries: Double = 0,
      focusLoss: Double = 0,
      interaction: Double = 1,
      paused: java.lang.Double = null,
      at: Double = 1_700_000_000_000d
  ) {
    def read: Reading =
      new RawAnswer(true, rt, dwell, pauses, switches, retries, focusLoss, interaction, paused, at, 12).read()
    def seen: Observation = read match {
      case seen: Observation => seen
      case other: Anomaly    => fail(s"$other")
    }
  }

  private val noNumbers = Seq(Double.NaN, Double.PositiveInfinity, Double.NegativeInfinity)

  private def refused(reason: Reason, raws: Raw*): Unit =
    raws.foreach(raw => withClue(raw)(raw.read shouldBe new Anomaly(reason)))

  "An answer" should {
    "not be learned from below and at no response time, and above two minutes" in {
      refused(Reason.RESPONSE_TIME, Raw(rt = -1), Raw(rt = 0), Raw(rt = 120_000.001))
      refused(Reason.RESPONSE_TIME, noNumbers.map(value => Raw(rt = value)): _*)
      Raw(rt = 120_000).seen.rtMillis shouldBe 120_000
      Raw(rt = .001).seen.rtMillis shouldBe 1
      Raw(rt = 1.5).seen.rtMillis shouldBe 1.5
    }

    "not be learned from with a dwell time that is negative or no number" in {
      refused(Reason.DWELL_TIME, Raw(dwell = -.001) +: noNumbers.map(value => Raw(dwell = value)): _*)
      Raw(dwell = 0).seen.dwellMillis shouldBe 0
      Raw(dwell = 600_000).seen.dwellMillis shouldBe 120_000
    }

    "not be learned from at no moment" in {
      refused(Reason.TIMESTAMP, (Double.MaxValue +: noNumbers).map(value => Raw(at = value)): _*)
    }

    "not be learned from with more than ten minutes out of focus" in {
      refused(Reason.FOCUS_LOSS, Raw(focusLoss = 600_000.1), Raw(focusLoss = Double.NaN))
      Raw(focusLoss = 600_000).seen.focusLossMillis shouldBe 600_000
      Raw(focusLoss = -5).seen.focusLossMillis shouldBe 0
    }

    "not be learned from with more than 20 pauses or switches" in {
      refused(Reason.PAUSE_COUNT, Raw(pauses = 21), Raw(pauses = Double.NaN))
      refused(Reason.SWITCH_COUNT, Raw(switches = 21), Raw(switches = Double.PositiveInfinity))
      Raw(pauses = 20, switches = 20).seen.pauseCount shouldBe 20
      Raw(pauses = -1, switches = -1).seen.switchCount shouldBe 0
    }

    "not be learned from where anything else is no number" in {
      refused(Reason.RETRY_COUNT, noNumbers.map(value => Raw(retries = value)): _*)
      refused(Reason.INTERACTION_DENSITY, noNumbers.map(value => Raw(interaction = value)): _*)
      refused(Reason.PAUSED_TIME, noNumbers.map(value => Raw(paused = value)): _*)
    }

    "be held to its bounds otherwise" in {
      Raw(retries = -1).seen.retryCount shouldBe 0
      Raw(interaction = -1).seen.interactionDensity shouldBe 0
      Raw(paused = -1d).seen.pausedMillis shouldBe 0d
      Option(Raw().seen.pausedMillis) shouldBe None
    }
  }
}
