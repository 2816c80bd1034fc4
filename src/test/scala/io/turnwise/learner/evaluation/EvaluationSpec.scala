package io.turnwise.learner.evaluation

import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import io.turnwise.learner.model.memory.ActrSettings
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class EvaluationSpec extends AnyWordSpec with Matchers {

  private val known = new ActrSettings(.4, -1.2, .5)

  private def test(at: Double, right: Boolean, session: Int = 1, word: String = "a", rtSeconds: Double = 1) =
    new PracticeRow("ada", session, word, false, right, at, rtSeconds)

  private def study(at: Double, session: Int = 1, word: String = "a") =
    new PracticeRow("ada", session, word, true, false, at, 1)

  private def evaluated(rows: Seq[PracticeRow], isFitted: Boolean): Evaluation =
    Evaluation.of(Practised.log(rows), isFitted, () => ())

  "A log" should {
    "be made of attempts at words presented before in the same session" in {
      val log = Practised.log(
        Seq(study(5), test(6, right = true), test(7, right = true, word = "b"), test(9, right = false, word = "b")) ++
          Seq(test(3, right = true, session = 2), test(10, right = true, session = 2))
      )
      log.attempts.asScala.map(attempt => (attempt.session, attempt.isRight)) shouldBe
        Seq((1, true), (1, false), (2, true))
      log.facts shouldBe new PracticeLog.Facts(6, 1, 5, .8)
    }

    "have its attempts predicted at their onset, from answers given and answers shown" in {
      val log = Practised.log(Seq(study(5), test(10, right = false, rtSeconds = 2), test(14, right = true)))
      def recall(ages: (Double, Double)*) = {
        val activation = math.log(ages.map { case (age, weight) => weight * math.pow(age, -.5) }.sum)
        1 / (1 + math.exp(-(activation - .3) / .4))
      }
      val found = log.attempts.asScala.map(_.recall(ActrSettings.REFERENCE))
      found.head shouldBe recall(3.0 -> 1) +- 1e-12
      found(1) shouldBe recall(8.0 -> 1, 3.0 -> .3) +- 1e-12
    }

    "refuse rows out of their order, and rows beyond its bounds" in {
      val log = Practised.log(Seq(study(5)))
      log.add(study(4)).toScala shouldBe Some("is at 4.0 s, before the row above it at 5.0 s")
      log.add(study(4, session = 2)).toScala shouldBe None
      (2 to PracticeLog.PRESENTATIONS_MAX).foreach(i => log.add(study(5.0 + i)).toScala shouldBe None)
      log.add(study(5000)).toScala shouldBe Some("presents a word for more than the 200th time")
      log.facts.rows shouldBe PracticeLog.PRESENTATIONS_MAX + 1
    }

    "not be evaluated without something to score and something to fit on" in {
      Evaluation.problem(new PracticeLog).toScala shouldBe Some("no test of a word that was presented before")
      Evaluation.problem(Practised.log(Seq(study(5), test(9, right = true)))).toScala shouldBe
        Some("no session before the one to be scored, number 1")
    }
  }

  "A score" should {
    "be the mean loss of predictions, in bins of like ones" in {
      val log = Practised.log(study(1) +: (1 to 20).map(i => test(2.0 + 2 * i, right = i % 4 != 0)))
      val share = Score.of("share", log.attempts, (_: Attempt) => .75)
      share.logLoss shouldBe -(.75 * math.log(.75) + .25 * math.log(.25)) +- 1e-12
      share.brier shouldBe .1875 +- 1e-12
      share.calibrationError shouldBe 0.0 +- 1e-12
      share.calibration.asScala shouldBe Seq(new Score.Bin(20, .75, .75))
      Score.of("sure", log.attempts, (_: Attempt) => 1.0).logLoss shouldBe
        (-.25 * math.log(1e-6) - .75 * math.log(1 - 1e-6)) +- 1e-9
      val halves = Score.of("halves", log.attempts, (a: Attempt) => if (a.isRight) 1.0 else 0.0)
      halves.calibration.asScala.map(_.attempts) shouldBe Seq(5, 15)
      halves.logLoss shouldBe -math.log(1 - 1e-6) +- 1e-12
    }
  }

  "Parameters" should {
    "be found again from what they brought about" in {
      val log = Practised.log(Practised.rows(Seq.fill(20)(known), 200, 7))
      val found = ActrFit.global(log.attempts)
      found.decay shouldBe known.decay +- .05
      found.tau shouldBe known.tau +- .2
      found.s shouldBe known.s +- .05
    }

    "be the same whenever they are fitted" in {
      val rows = Practised.rows(Seq.fill(3)(known), 60, 7)
      val twice = Seq.fill(2)(evaluated(rows, isFitted = true))
      twice.head shouldBe twice(1)
    }

    "stay near those of all for a learner of whom little is known" in {
      val few = Practised.log(Practised.rows(Seq(known), 8, 7)).attempts
      ActrFit.personal(java.util.List.of(), known, 10) shouldBe known
      val drawn = ActrFit.personal(few, known, 100)
      drawn.tau shouldBe known.tau +- .1
      math.abs(ActrFit.personal(few, known, 1).tau - known.tau) should be > math.abs(drawn.tau - known.tau)
    }

    "stay within bounds where every answer is right, or none" in {
      for (right <- Seq(true, false)) {
        val rows = for (session <- 1 to 2; at <- 1 to 30) yield test(2.0 * at, right, session)
        val fit = evaluated(rows, isFitted = true).fit
        fit.global.tau should (be >= -8.0 and be <= 4.0)
      }
    }
  }

  "Learners who differ" should {
    "be predicted best by parameters of their own, then by those of all, and worse by constants" in {
      val done = new AtomicInteger
      val log = Practised.log(Practised.rows(Practised.learners(12, known, 3, 11), 150, 12))
      val evaluation = Evaluation.of(log, true, () => { done.incrementAndGet(); () })
      evaluation.requirements.asScala.map(_.holds) shouldBe Seq(true, true, true)
      evaluation.holds shouldBe true
      done.get shouldBe Evaluation.steps(log, true)
      evaluation.fit.personal.size shouldBe 12
    }
  }
}
