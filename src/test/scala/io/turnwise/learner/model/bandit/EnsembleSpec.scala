package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.bandit.Member._
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy.Actions
import org.scalactic.{Equality, TolerantNumerics}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.SplittableRandom

import scala.jdk.CollectionConverters._

class EnsembleSpec extends AnyWordSpec with Matchers {

  private implicit val close: Equality[Double] = TolerantNumerics.tolerantDoubleEquality(1e-12)

  private val settings = EnsembleSettings.REFERENCE
  private val fresh = Ensemble.fresh(settings)

  private def elect(votes: Vote*): Elected = fresh.elect(votes.asJava, new SplittableRandom(1), settings)

  private def rewarded(reward: Double, served: Int, votes: Vote*): Seq[Double] =
    fresh.rewarded(votes.asJava, served, reward, settings).weights.values.toSeq

  private def normalised(weights: Double*): Seq[Double] = weights.map(_ / weights.sum)

  private def shouldBeClose(found: Seq[Double], wanted: Seq[Double]): Unit =
    found.zip(wanted).foreach { case (one, other) => one shouldEqual other }

  "An election" should {
    "go to the action with the most weight behind it, equal actions pooled" in {
      val votes = Seq(
        new Vote(LINUCB, 1, .8, .5),
        new Vote(THOMPSON, 2, .8, .5),
        new Vote(ACTR, 2, .8, .5),
        new Vote(HEURISTIC, 3, .8, .5)
      )
      elect(votes: _*).action shouldBe 2
      elect(votes.take(3).updated(2, new Vote(ACTR, 3, .8, .5)): _*).action shouldBe 1
    }

    "weigh a vote by its score and confidence" in {
      elect(new Vote(THOMPSON, 5, .5, .2), new Vote(ACTR, 6, .5, .3)).action shouldBe 6
      elect(new Vote(THOMPSON, 5, .6, .3), new Vote(ACTR, 6, .5, .3)).action shouldBe 5
    }

    "go to the first of equals" in {
      elect(new Vote(THOMPSON, 9, .5, .5), new Vote(ACTR, 2, .5, .5)).action shouldBe 9
    }

    "go to the least bad where all are bad" in {
      elect(new Vote(LINUCB, 4, -.5, .5), new Vote(HEURISTIC, 8, -.5, .5)).action shouldBe 8
    }

    "be as sure as those who won it" in {
      elect(new Vote(LINUCB, 4, .5, 3), new Vote(THOMPSON, 4, .5, .5)).confidence shouldEqual (.4 + .125) / .65
    }

    "be none without votes" in {
      Option(elect()) shouldBe None
    }
  }

  "A reward" should {
    "raise who chose what was served and lower the others, by their confidence" in {
      val rate = .25
      val found = rewarded(
        .8,
        2,
        new Vote(LINUCB, 2, 1, .6),
        new Vote(THOMPSON, 1, 1, .2),
        new Vote(ACTR, 2, 1, 0),
        new Vote(HEURISTIC, 7, 1, 1)
      )
      shouldBeClose(
        found,
        normalised(
          .4 * math.exp(rate * .8 * .8),
          .25 * math.exp(rate * .8 * -.5 * .6),
          .25 * math.exp(rate * .8 * .5),
          .1 * math.exp(rate * .8 * -.5)
        )
      )
    }

    "let who did not vote lose a little, down to a tenth" in {
      val found = rewarded(0, 2, new Vote(LINUCB, 2, 1, .5))
      shouldBeClose(found, normalised(.4, .25 * .98, .25 * .98, .1))
    }

    "leave each at least a twentieth before all are made to sum to 1" in {
      val low = new Ensemble(Doubles.of(.85, .05, .05, .05), 9, Doubles.NONE, Trials.NONE)
      val votes = Seq(LINUCB, THOMPSON, ACTR, HEURISTIC).map(new Vote(_, 1, 1, 1)).asJava
      val found = low.rewarded(votes, 1, -1, settings).weights.values.toSeq
      found.sum shouldEqual 1.0
      found.tail.foreach(_ shouldEqual found(3))
      found(3) should be > .05
    }

    "change nothing when it is no number" in {
      fresh.rewarded(List(new Vote(LINUCB, 2, 1, .5)).asJava, 2, Double.NaN, settings) shouldBe fresh
    }
  }

  "The rate of learning" should {
    "fade with updates, rise with uneven rewards, and stay within its bounds" in {
      settings.rate(0, Doubles.NONE) shouldEqual .25
      settings.rate(100, Doubles.NONE) shouldEqual .25 * (.3 + .7 * math.exp(-1))
      settings.rate(10_000, Doubles.NONE) shouldEqual .1
      settings.rate(0, Doubles.of(-1, 1)) shouldEqual .375
      settings.rate(0, Doubles.of(-5, 5)) shouldEqual .5
    }

    "look at the last ten rewards" in {
      val votes = List(new Vote(LINUCB, 2, 1, .5)).asJava
      val many = (1 to 15).foldLeft(fresh)((kept, i) => kept.rewarded(votes, 2, i / 20.0, settings))
      many.latest shouldBe Doubles.of((6 to 15).map(_ / 20.0): _*)
      many.updates shouldBe 15
    }
  }

  "A member that fails, or votes without a number" should {
    "be left out" in {
      val ballot = new Ballot
      val kept = new Vote(ACTR, 2, .5, .5)
      ballot.cast(() => throw new IllegalStateException("as a member may"))
      ballot.cast(() => new Vote(THOMPSON, 2, Double.NaN, .5))
      ballot.cast(() => kept)
      ballot.cast(() => new Vote(HEURISTIC, 2, .5, Double.PositiveInfinity))
      ballot.votes.asScala shouldBe Seq(kept)
    }
  }

  "The memory of a word" should {
    "call for the easiest action below .3, the hardest from .7 on, else for one between" in {
      def action(recall: Double) = ActrVote.REFERENCE.vote(recall).action
      Seq(0, .2999).map(_.toDouble).map(action).toSet shouldBe Set(Actions.easiest)
      Seq(.3, .6999).map(action).toSet shouldBe Set(Actions.middle)
      Seq(.7, 1).map(_.toDouble).map(action).toSet shouldBe Set(Actions.hardest)
      (Actions.easiest, Actions.middle, Actions.hardest) shouldBe ((1, 12, 18))
    }

    "be the surer the farther from even" in {
      ActrVote.REFERENCE.vote(.1) shouldBe new Vote(ACTR, 1, .1, .8)
      ActrVote.REFERENCE.vote(.5).confidence shouldBe 0
    }
  }

  "The heuristic" should {
    val rule = HeuristicRule.REFERENCE
    val state = new UserState(.8, .5, .2, new Cognition(.6, .7, .5), Trend.FLAT, 1)

    "score an action by all that speaks for it" in {
      // action 12: 1.2, .2, mid, 12, 1
      val support = .5 * .75 + .3 * .75
      val difficulty = (1 - (.5 - .3)) * .75
      val motivation = (.6 * .5 + .4 * .5) * .8
      val pace = ((1 - .2) + (1 - .6)) / 2
      val load = 7.0 / 11 * .5
      rule.score(state, .25, Actions.numbered(12)) shouldEqual
        .35 * support + .25 * difficulty + .2 * motivation + .15 * pace - .05 * load
    }

    "vote for the best of them, as sure as errors, fatigue and rewards allow" in {
      val vote = rule.vote(Situation.of(state, .25, 2000, 12), .6)
      val scores = Actions.all.asScala.map(rule.score(state, .25, _))
      vote.score shouldBe scores.max
      vote.action shouldBe 1 + scores.indexOf(scores.max)
      vote.confidence shouldEqual .4 * .75 + .35 * .5 + .25 * .8
      rule.vote(Situation.of(UserState.FRESH, 0, 2000, 12), 1).confidence shouldBe .9
    }

    "average rewards" in {
      rule.averaged(.4, -1) shouldEqual .85 * .4 - .15
      rule.averaged(.4, Double.NaN) shouldBe .4
    }
  }
}
