package io.turnwise.learner

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import io.turnwise.learner.Counterfactual.{Adjustment, Outcome, Supposition}
import io.turnwise.learner.PastDecisions.Past
import io.turnwise.learner.model.strategy.{Difficulty, Guardrail}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class CounterfactualSpec extends AnyWordSpec with Matchers {

  /** Who has answered so often that all members vote on what he is served. */
  private lazy val known: Pupil = {
    val pupil = new Pupil
    (0 until 60).foreach { i =>
      pupil.answer(
        Pupil.start + i * 3 * Pupil.Minute,
        word = s"w${i % 7}",
        right = i % 4 > 0,
        rt = 1_200 + 50 * (i % 9)
      )
    }
    pupil
  }

  private lazy val decisions: Seq[Past] = CounterfactualSpec.decisions(known)

  private val nothing = new Supposition(null, null, null, null, null)

  private def supposing(
      attention: java.lang.Double = null,
      fatigue: java.lang.Double = null,
      accuracy: java.lang.Double = null,
      action: Integer = null
  ): Supposition = new Supposition(attention, fatigue, null, accuracy, action)

  private def suppose(id: String, supposition: Supposition): Outcome = {
    val search = new Counterfactual.Search(id)
    decisions.takeWhile(search.hears)
    search.found().toScala.get.suppose(supposition)
  }

  private lazy val latest = decisions.last.served

  "A decision of which nothing else is supposed" should {
    "come out as it did, from the first to the last" in {
      decisions.map(_.served).foreach { served =>
        val outcome = suppose(served.id, nothing)
        withClue(served.id)(outcome.supposed shouldBe outcome.was)
        outcome.was.choice shouldBe served.choice
      }
      decisions.map(_.served.choice.source).distinct.size should be > 2
      latest.choice.members.size shouldBe 4
    }
    "be the one in force where none is named" in {
      suppose(null, nothing).decisionId shouldBe latest.id
    }
  }

  "A learner supposed to be exhausted" should {
    "be served within the limits that are for it, and be expected to do worse" in {
      val outcome = suppose(latest.id, supposing(fatigue = .9))
      val strategy = outcome.supposed.choice.strategy
      strategy.difficulty shouldBe Difficulty.EASY
      (strategy.batchSize, strategy.hintLevel >= 1, strategy.newRatio <= .1) shouldBe ((5, true, true))
      outcome.supposed.choice.guardrails.asScala should contain(Guardrail.EXTREME_FATIGUE)
      outcome.supposed.adjustment shouldBe Adjustment.EASIER
      outcome.supposed.accuracy should be < outcome.was.accuracy
      outcome.was.choice shouldBe latest.choice
    }
  }

  "What accuracy is estimated" should {
    "be the recent one, less up to 30 % each for fatigue and inattention" in {
      def estimated(attention: Double, fatigue: Double, accuracy: Double) =
        suppose(latest.id, supposing(attention, fatigue, accuracy)).supposed.accuracy
      estimated(1, 0, .8) shouldBe .8 +- 1e-12
      estimated(1, 1, .8) shouldBe .56 +- 1e-12
      estimated(0, 0, .8) shouldBe .56 +- 1e-12
      estimated(.5, .5, 1) shouldBe .85 * .85 +- 1e-12
    }
  }

  "What suits a learner" should {
    "be easier above a fatigue of .8 or below an accuracy of .3, harder where he is right and awake" in {
      def suggested(attention: Double, fatigue: Double, accuracy: Double) =
        Option(suppose(latest.id, supposing(attention, fatigue, accuracy)).supposed.adjustment)
      suggested(.9, .8, .5) shouldBe None
      suggested(.9, .81, .5) shouldBe Some(Adjustment.EASIER)
      suggested(.9, .1, .3) shouldBe None
      suggested(.9, .1, .25) shouldBe Some(Adjustment.EASIER)
      suggested(.9, .1, .9) shouldBe None
      suggested(.9, .1, .95) shouldBe Some(Adjustment.HARDER)
      suggested(.8, .1, .95) shouldBe None
    }
  }

  "Another action" should {
    "be gone to half way from what was served before, and be valued by what was known then" in {
      val outcomes = (1 to 24).map(action => suppose(latest.id, supposing(action = action)))
      outcomes.map(_.supposed.choice.action) shouldBe (1 to 24)
      outcomes.map(_.supposed.expectedReward).distinct.size should be > 5
      outcomes.foreach(_.supposed.uncertainty should be > 0.0)
      outcomes.map(_.was).distinct.size shouldBe 1
    }
  }

  "A decision that was never made" should {
    "not be found" in {
      val search = new Counterfactual.Search("1-99-00000000")
      decisions.foreach(search.hears(_) shouldBe true)
      search.found().toScala shouldBe None
      new Counterfactual.Search(null).found().toScala shouldBe None
    }
  }
}

object CounterfactualSpec {

  /** As they are told from the journal. */
  def decisions(pupil: Pupil): Seq[Past] = {
    var state = Learners.definition().empty()
    pupil.journal.toSeq.flatMap { case (event, stamp) =>
      state = Pupil.copyOf(event).applyTo(state, stamp)
      Option(Past.of(event, stamp, state))
    }
  }
}
