package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.numeric.Doubles
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.SplittableRandom

class ThompsonSpec extends AnyWordSpec with Matchers {

  private val settings = ThompsonSettings.REFERENCE
  private val bucket = new Bucket(1, 0, 2)

  private def counted(rewards: Double*): Thompson =
    rewards.foldLeft(Thompson.FRESH)((kept, reward) => kept.counted(bucket, 3, reward, settings))

  private def counts(betas: Betas): (Double, Double) = (betas.successes(3), betas.failures(3))

  "A reward" should {
    "be a success from .5 on, over all and in its bucket" in {
      counts(counted(.5, .49, -1, 1).all) shouldBe ((2, 2))
      counts(counted(.5, .49, -1, 1).buckets.get(bucket.index)) shouldBe ((2, 2))
      counted(.5).buckets.stream.filter(_ != Betas.NONE).count shouldBe 1
      counted(.5).all.successes(4) shouldBe 0
    }

    "count in parts where that is set" in {
      val soft = new ThompsonSettings(1, 1, true, .5, 20, .3, .7)
      counts(Thompson.FRESH.counted(bucket, 3, .5, soft).all) shouldBe ((.75, .25))
      counts(Thompson.FRESH.counted(bucket, 3, -1, soft).all) shouldBe ((0, 1))
    }

    "change nothing when it is no number" in {
      counted(Double.NaN, Double.PositiveInfinity) shouldBe Thompson.FRESH
    }
  }

  "What is believed of an action" should {
    "have the mean and deviation of its counts, and how many they are" in {
      val three = counted(1, 1, 1, -1).posteriors(bucket, settings).get(2)
      three.outcomes shouldBe 4
      three.mean shouldBe 4 / 6.0 +- 1e-12 // all of them in this bucket, so both parts are Beta(4, 2)
      three.deviation should (be > 0.0 and be < math.sqrt(4 * 2 / (36.0 * 7)))
      val untried = Thompson.FRESH.posteriors(bucket, settings)
      untried.size shouldBe 24
      untried.get(0).mean shouldBe .5 +- 1e-12
    }
  }

  "A bucket" should {
    "be one of three, three and four" in {
      Bucket.of(0, 50, 0).key shouldBe "0_0_0"
      Bucket.of(1, 10_000, 23).key shouldBe "2_2_3"
      Bucket.of(.333, 3366, 5) shouldBe new Bucket(0, 0, 0)
      Bucket.of(.334, 3367, 6) shouldBe new Bucket(1, 1, 1)
      Bucket.of(.667, 6684, 12) shouldBe new Bucket(2, 2, 2)
      Bucket.of(Double.NaN, 1e9, 18) shouldBe new Bucket(0, 2, 3)
      Bucket.of(-1, -1, 17) shouldBe new Bucket(0, 0, 2)
    }

    "have a place of its own" in {
      val places = for (e <- 0 to 2; r <- 0 to 2; t <- 0 to 3) yield new Bucket(e, r, t).index
      places shouldBe (0 until 36)
      an[IllegalArgumentException] should be thrownBy new Bucket(0, 3, 0)
    }
  }

  "A bucket's share" should {
    def share(count: Int) = Thompson.bucketShare(
      counted(Seq.fill(count)(1.0): _*).buckets.get(bucket.index),
      3,
      settings
    )

    "grow with its outcomes, within .3 and .7" in {
      share(0) shouldBe .3
      share(6) shouldBe .3
      share(8) shouldBe 10.0 / 30 +- 1e-15
      share(18) shouldBe .5
      share(44) shouldBe 46.0 / 66 +- 1e-15
      share(45) shouldBe .7
    }
  }

  "A vote" should {
    "go to the action that succeeds, nearly always" in {
      val model = (1 to 24).foldLeft(Thompson.FRESH) { (kept, action) =>
        (1 to 60).foldLeft(kept)((model, _) => model.counted(bucket, action, if (action == 9) 1 else 0, settings))
      }
      val votes = (1 to 200).map(i => model.vote(bucket, new SplittableRandom(i.toLong), settings))
      votes.map(_.action).toSet shouldBe Set(9)
      votes.foreach { vote =>
        vote.score should (be > .5 and be <= 1.0)
        vote.confidence should (be > .9 and be < 1.0)
      }
    }

    "be the same for the same chance" in {
      val one = counted(1, 0, 1).vote(bucket, new SplittableRandom(5), settings)
      counted(1, 0, 1).vote(bucket, new SplittableRandom(5), settings) shouldBe one
    }

    "be spread evenly while nothing is known" in {
      val actions = (1 to 4_800).map(i => Thompson.FRESH.vote(bucket, new SplittableRandom(i.toLong), settings).action)
      val counts = actions.groupBy(identity).view.mapValues(_.size).toMap
      counts.keySet shouldBe (1 to 24).toSet
      // 200 expected of each, with a deviation of 14
      counts.values.foreach(_ should (be > 110 and be < 290))
    }
  }

  "Draws from a Beta" should {
    "have its mean and spread" in {
      for ((a, b) <- Seq((1.0, 1.0), (1.0, 4.0), (2.5, 1.0), (30.0, 12.0), (.5, .7))) {
        val draws = new Draws(new SplittableRandom(7))
        val row = Doubles.of(Array.fill(40_000)(draws.beta(a, b)): _*)
        withClue(s"Beta($a, $b)") {
          row.mean shouldBe a / (a + b) +- .008
          row.deviation shouldBe math.sqrt(a * b / (a + b + 1)) / (a + b) +- .008
        }
      }
    }
  }
}
