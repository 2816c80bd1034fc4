package io.turnwise.learner.model

import com.fasterxml.jackson.databind.ObjectMapper
import io.turnwise.journal.Json
import io.turnwise.learner.model.perception.RawAnswer
import io.turnwise.learner.model.strategy.RewardProfile
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.nio.file.{Files, Path}
import scala.io.Source.fromInputStream
import scala.jdk.CollectionConverters._

class ReplaySpec extends AnyWordSpec with Matchers {

  /** What became of one learner. */
  private case class Course(minds: Vector[Mind], rewards: Vector[Double]) {
    def tiredAbove(fatigue: Double): Int = minds.count(_.student.state.fatigue > fatigue)
  }

  /** Learner 60499 of the Swahili practice log; dwell is the response time, a session comes a week after the last. */
  private def course(settings: Settings): Course = {
    val file = sys.env.getOrElse("TURNWISE_REVIEWS", cancel("TURNWISE_REVIEWS names no file with this practice"))
    val rows = Files.readAllLines(Path.of(file)).asScala.map(_.split(",", -1)).filter(_.head == "60499")
    val tests = rows.filter(_(7) == "test").map { row =>
      val rt = math.max(1, row(12).toDouble)
      val at = math.rint((row(1).toInt * 7 * 86_400 + row(4).toDouble) * 1_000)
      Answers.observed(new RawAnswer(row(11) == "TRUE", rt, rt, 0, 0, 0, 0, 1, null, at, 12))
    }
    val minds = tests.scanLeft(Mind.fresh(settings))((mind, seen) => mind.after(seen, settings)).tail
    val rewards = minds.zip(tests).map { case (mind, seen) => mind.reward(seen, RewardProfile.STANDARD, settings) }
    Course(minds.toVector, rewards.toVector)
  }

  private def shouldBelieve(mind: Mind)(wanted: Double*): Unit = {
    val state = mind.student.state
    val cognition = state.cognition
    val found =
      Seq(state.attention, state.fatigue, state.motivation, cognition.memory, cognition.speed, cognition.stability)
    found.zip(wanted).foreach { case (one, other) => one shouldBe other +- 6e-7 }
  }

  "A real learner's practice" should {
    "end under the reference as it was computed apart from this code" in {
      val real = course(Settings.reference())
      real.minds should have size 917
      shouldBelieve(real.minds(99))(.723862, .05, 1, .930016, .937097, .877727)
      shouldBelieve(real.minds.last)(.682987, .05, 1, .999201, .999318, .996398)
      real.rewards.sum shouldBe 666.337377 +- 6e-7
      real.tiredAbove(.6) shouldBe 77
      real.tiredAbove(.8) shouldBe 60
    }

    "end under the standard settings as it did when they were made" in {
      val real = course(Settings.standard())
      shouldBelieve(real.minds(99))(.723862, .05, 1, .930016, .937097, .877727)
      shouldBelieve(real.minds.last)(.682987, .05, 1, .999044, .999161, .996247)
      real.rewards.sum shouldBe 638.129037 +- 6e-7
      real.tiredAbove(.6) shouldBe 4
      real.tiredAbove(.8) shouldBe 0
    }
  }

  private def golden(name: String): Vector[String] = {
    val stream = getClass.getResourceAsStream(s"/golden/learner/$name")
    try fromInputStream(stream, "UTF-8").getLines().toVector
    finally stream.close()
  }

  /** What a made-up learner's lesson comes to, answer by answer, and the mind at its end. */
  private def lesson(settings: Settings): Vector[String] = {
    val lessons = Lesson
      .answers(400, .8, 60_499, gapMillis = 1_000_000)
      .zipWithIndex
      .scanLeft(Lesson.begun(settings)) { case (lesson, (seen, i)) => lesson.answered(seen, i * 37 % 100 / 100.0) }
    val lines = lessons.tail.map { lesson =>
      val state = lesson.mind.student.state
      val choice = lesson.choice
      Seq[Any](
        lesson.rewards.last,
        state.attention,
        state.fatigue,
        state.motivation,
        state.cognition.memory,
        state.trend,
        choice.phase,
        choice.action,
        choice.strategy.intervalScale,
        choice.guardrails.size,
        choice.confidence
      ).mkString(",")
    }
    lines.toVector :+ new ObjectMapper().writeValueAsString(lessons.last.mind)
  }

  private def shouldBe(found: Vector[String], known: Vector[String]): Unit = {
    found should have size known.size.toLong
    found.zip(known).zipWithIndex.foreach { case ((one, wanted), i) => withClue(s"line ${i + 1}")(one shouldBe wanted) }
  }

  "A made-up learner's lesson" should {
    "end under the standard settings as it did when they were made, to the last bit" in {
      val found = lesson(Settings.standard())
      Files.write(Path.of("target", "lesson-standard.csv"), found.asJava)
      shouldBe(found, golden("lesson-standard.csv"))
    }

    "go under settings stored for algorithm 1 as it went before there was another, to the last bit" in {
      val stored = Json.STORED.readTree(golden("algorithm-1/configured.1.json").mkString).get("settings")
      val settings = Json.STORED.treeToValue(stored, classOf[Settings])
      settings.algorithm shouldBe 1
      shouldBe(lesson(settings).init, golden("algorithm-1/lesson-standard.csv"))
    }
  }
}
