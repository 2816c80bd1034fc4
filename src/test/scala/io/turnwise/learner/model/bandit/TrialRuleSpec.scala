package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.bandit.Member._
import io.turnwise.learner.model.numeric.Doubles
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.SplittableRandom

import scala.jdk.CollectionConverters._

class TrialRuleSpec extends AnyWordSpec with Matchers {

  private val settings = EnsembleSettings.STANDARD
  private val fresh = Ensemble.fresh(settings)
  private val votes = List(new Vote(LINUCB, 1, 2, 1), new Vote(THOMPSON, 2, .5, .5), new Vote(ACTR, 3, .9, .9)).asJava

  /** How often each action is elected of a hundred times; each time what was elected earns what it is worth. */
  private def elected(worth: Map[Int, Double], rounds: Int = 500): (Ensemble, Map[Int, Int]) = {
    val random = new SplittableRandom(3)
    val served = Iterator.iterate((fresh, 0)) { case (ensemble, _) =>
      val action = ensemble.elect(votes, random, settings).action
      (ensemble.rewarded(votes, action, worth(action), settings), action)
    }
    val rows = served.slice(1, rounds + 1).toVector
    (rows.last._1, rows.takeRight(100).map(_._2).groupBy(identity).view.mapValues(_.size).toMap)
  }

  "A member that earns more than the others" should {
    "be followed in the end, whichever it is" in {
      elected(Map(1 -> .6, 2 -> .1, 3 -> .1))._2.getOrElse(1, 0) should be > 95
      elected(Map(1 -> .1, 2 -> .6, 3 -> .1))._2.getOrElse(2, 0) should be > 95
      elected(Map(1 -> .1, 2 -> .1, 3 -> .6))._2.getOrElse(3, 0) should be > 95
    }

    "not be preferred to the first for less than its handicap" in {
      elected(Map(1 -> .4, 2 -> .42, 3 -> .1))._2.getOrElse(1, 0) should be > 80
    }
  }

  "All members" should {
    "be tried" in {
      val counts = elected(Map(1 -> .3, 2 -> .3, 3 -> .3))._1.trials.counts
      Seq(LINUCB, THOMPSON, ACTR).foreach(member => counts.at(member.place) should be > 0.0)
      counts.at(HEURISTIC.place) shouldBe 0.0
    }
  }

  "An outcome" should {
    "count for all who wanted it, and for what all served earns, those before it a little less" in {
      val same = List(new Vote(LINUCB, 5, 1, 1), new Vote(ACTR, 5, .1, 0), new Vote(HEURISTIC, 6, 1, 1)).asJava
      val trials = fresh.rewarded(same, 5, .4, settings).rewarded(same, 6, -.1, settings).trials
      val kept = settings.trials.kept
      trials.counts shouldBe Doubles.of(kept, 0, kept, 1)
      trials.rewards shouldBe Doubles.of(kept * .4, 0, kept * .4, -.1)
      trials.outcomes shouldBe kept + 1
      trials.meanReward shouldBe (kept * .4 - .1) / (kept + 1) +- 1e-12
    }

    "change nothing when it is no number" in {
      fresh.rewarded(votes, 1, Double.NaN, settings) shouldBe fresh
    }
  }

  "Weights" should {
    "be the part of each in what was served, beginning with the first ones" in {
      val next = fresh.rewarded(votes, 1, .5, settings).weights
      next.values.sum shouldBe 1.0 +- 1e-12
      next.at(LINUCB.place) shouldBe (10 * .4 + 1) / 11 +- 1e-12
      next.at(HEURISTIC.place) shouldBe 10 * .1 / 11 +- 1e-12
    }
  }

  "An election" should {
    "go by chance that is handed in, and not by the scores of members" in {
      def by(seed: Long, votes: java.util.List[Vote]) = fresh.elect(votes, new SplittableRandom(seed), settings).action
      val scored = votes.asScala.map(vote => new Vote(vote.member, vote.action, vote.score * 9, 0)).asJava
      (1L to 50).foreach(seed => by(seed, votes) shouldBe by(seed, scored))
      (1L to 50).map(by(_, votes)).toSet shouldBe Set(1, 2, 3)
    }

    "be none without votes" in {
      Option(fresh.elect(List.empty[Vote].asJava, new SplittableRandom(1), settings)) shouldBe None
    }
  }
}
