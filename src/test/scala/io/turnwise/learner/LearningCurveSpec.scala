package io.turnwise.learner

import scala.jdk.CollectionConverters._

import io.turnwise.learner.LearnerCommand.Reset
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearningCurveSpec extends AnyWordSpec with Matchers {

  private val noon = 20_000 * Pupil.Day + Pupil.Day / 2

  private def curve(pupil: Pupil, most: Int = 30): Seq[(Long, Int)] = {
    val days = new InsightJson.CurveJson.Days(most)
    CounterfactualSpec.decisions(pupil).foreach(days.hears(_) shouldBe true)
    days.curve.days.asScala.map(day => (day.day.toEpochDay - 20_000, day.answers)).toSeq
  }

  "A learning curve" should {
    "have the latest days on which something was answered" in {
      val pupil = new Pupil
      Seq(0, 0, 2, 3).foreach(day => pupil.answer(noon + day * Pupil.Day))
      curve(pupil) shouldBe Seq((0, 2), (2, 1), (3, 1))
      curve(pupil, most = 2) shouldBe Seq((2, 1), (3, 1))
    }
    "have no answer from before a reset" in {
      val pupil = new Pupil
      Seq(0, 1, 1).foreach(day => pupil.answer(noon + day * Pupil.Day))
      pupil.ask(noon + Pupil.Day, new Reset)
      curve(pupil) shouldBe empty
      pupil.answer(noon + Pupil.Day)
      curve(pupil) shouldBe Seq((1, 1))
    }
  }
}
