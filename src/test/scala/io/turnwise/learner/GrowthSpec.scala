package io.turnwise.learner

import scala.jdk.OptionConverters._

import io.turnwise.learner.LearnerCommand.Reset
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class GrowthSpec extends AnyWordSpec with Matchers {

  private val noon = 20_000 * Pupil.Day + Pupil.Day / 2

  private def growth(pupil: Pupil, days: Int): Option[GrowthJson] = {
    val growth = new Growth(days)
    CounterfactualSpec.decisions(pupil).foreach(growth.hears(_) shouldBe true)
    growth.found().toScala.map(GrowthJson.of)
  }

  /** Two answers on each of these days, the later ones better than the earlier. */
  private def learning(days: Seq[Int]): Pupil = {
    val pupil = new Pupil
    days.foreach { day =>
      pupil.answer(noon + day * Pupil.Day, right = day > 20)
      pupil.answer(noon + day * Pupil.Day + Pupil.Minute, right = day > 20)
    }
    pupil
  }

  private def memoryAfter(pupil: Pupil, answers: Int): Double =
    CounterfactualSpec.decisions(pupil).filter(_.answer != null)(answers - 1).state.cognition.memory

  "A learner's growth" should {
    "be from the end of the last day before the range to the latest answer" in {
      val pupil = learning(0 to 40)
      val found = growth(pupil, 30).get
      (found.range, found.answers) shouldBe ((30, 60))
      found.past.at.toEpochMilli shouldBe noon + 10 * Pupil.Day + Pupil.Minute
      found.current.at.toEpochMilli shouldBe noon + 40 * Pupil.Day + Pupil.Minute
      (found.past.memory, found.current.memory) shouldBe ((memoryAfter(pupil, 22), memoryAfter(pupil, 82)))
      found.changes.memory.value shouldBe found.current.memory - found.past.memory
      found.changes.memory.direction shouldBe "up"
      found.changes.memory.percent.doubleValue shouldBe
        100 * found.changes.memory.value / found.past.memory +- 1e-9
    }
    "be from the last day on which something was answered where there was nothing on that before the range" in {
      val found = growth(learning(Seq(0, 3, 25, 40)), 30).get
      (found.answers, found.past.at.toEpochMilli) shouldBe ((4, noon + 3 * Pupil.Day + Pupil.Minute))
    }
    "be from the first answer where that lies within the range" in {
      val found = growth(learning(Seq(0, 3, 6)), 7).get
      (found.answers, found.past.at.toEpochMilli) shouldBe ((6, noon))
    }
    "be none after one answer, and unknown before" in {
      val pupil = new Pupil
      growth(pupil, 30) shouldBe None
      pupil.answer(noon)
      val found = growth(pupil, 30).get
      (found.past, found.changes.speed.direction) shouldBe ((found.current, "flat"))
    }
    "count no answer from before a reset" in {
      val pupil = learning(0 to 40)
      pupil.ask(noon + 41 * Pupil.Day, new Reset)
      growth(pupil, 30) shouldBe None
      pupil.answer(noon + 42 * Pupil.Day)
      growth(pupil, 30).get.answers shouldBe 1
    }
    "end at the latest answer, however late an earlier one is told" in {
      val pupil = learning(0 to 40)
      pupil.process(noon + 41 * Pupil.Day, Pupil.report("late", right = true, at = noon)).isRight shouldBe true
      growth(pupil, 30).get.current.at.toEpochMilli shouldBe noon + 40 * Pupil.Day + Pupil.Minute
    }
  }
}
