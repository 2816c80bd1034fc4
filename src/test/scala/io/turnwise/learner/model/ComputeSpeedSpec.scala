package io.turnwise.learner.model

import io.turnwise.Drill
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ComputeSpeedSpec extends AnyWordSpec with Matchers {

  private val answers = Lesson.answers(20_000, .8, 9).toArray

  /** Nanoseconds of each answer: taken in, learned from, and the next choice made. */
  private def lesson(): Array[Long] = {
    var lesson = Lesson.begun(Settings.standard())
    answers.map { seen =>
      val begun = System.nanoTime()
      lesson = lesson.answered(seen, .6)
      val took = System.nanoTime() - begun
      lesson = lesson.copy(rewards = Vector.empty)
      took
    }
  }

  "An answer" should {
    "be computed within 200 us, 99 of 100 times" taggedAs Drill in {
      (1 to 5).foreach(_ => lesson())
      val sorted = lesson().sorted
      def at(share: Double) = sorted((sorted.length * share).toInt) / 1e3
      Drill.record(
        "learner-compute",
        Seq(
          f"20,000 answers in turn: mean ${sorted.sum / 1e3 / sorted.length}%.1f us, p50 ${at(.5)}%.1f us, " +
            f"p99 ${at(.99)}%.1f us, p99.9 ${at(.999)}%.1f us"
        )
      )
      at(.99) should be < 200.0
    }
  }
}
