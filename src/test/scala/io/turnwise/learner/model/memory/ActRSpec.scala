package io.turnwise.learner.model.memory

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class ActRSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val reference = ActrSettings.REFERENCE

  private val settings: Gen[ActrSettings] = for {
    decay <- Gen.choose(.05, 1.5)
    tau <- Gen.choose(-6.0, 2.0)
    s <- Gen.choose(.1, 3.0)
  } yield new ActrSettings(decay, tau, s)

  private val trace: Gen[(Array[Double], Array[Boolean])] = for {
    reviews <- Gen.choose(1, 32)
    ages <- Gen.listOfN(reviews, Gen.choose(0.0, 30 * 86400.0))
    recalled <- Gen.listOfN(reviews, Gen.oneOf(true, false))
  } yield (ages.toArray, recalled.toArray)

  private def activation(reviews: (Double, Boolean)*): Double =
    ActR.activation(reviews.map(_._1).toArray, reviews.map(_._2).toArray, reference)

  private def recall(reviews: (Double, Boolean)*): Double =
    ActR.recall(reviews.map(_._1).toArray, reviews.map(_._2).toArray, reference)

  "A trace" should {
    "be recalled as it is worked out elsewhere" in {
      activation(60.0 -> true) shouldBe -2.047172 +- 5e-7
      recall(60.0 -> true) shouldBe .00282074 +- 5e-9
      recall(1.0 -> true) shouldBe .3208213 +- 5e-8
      val three = Seq(60.0 -> true, 3600.0 -> false, 86400.0 -> true)
      activation(three: _*) shouldBe -1.984120 +- 5e-7
      recall(three: _*) shouldBe .00330074 +- 5e-9
      activation(three.reverse: _*) shouldBe -1.984120 +- 5e-7
    }

    "never be recalled if there is no review in it" in {
      recall() shouldBe 0.0
      activation() shouldBe Double.NegativeInfinity
    }

    "count a review of this moment, or after it, as a millisecond ago" in {
      recall(0.0 -> true) shouldBe recall(1e-3 -> true)
      recall(-5.0 -> true) shouldBe recall(1e-3 -> true)
      recall(1e-3 -> true) should be > recall(1.1e-3 -> true)
    }

    "be forgotten after an age without end" in {
      recall(Double.PositiveInfinity -> true) shouldBe 0.0
    }

    "be refused if it makes no sense" in {
      an[IllegalArgumentException] should be thrownBy recall(1.0 -> true, Double.NaN -> true)
      an[IllegalArgumentException] should be thrownBy ActR.recall(Array(1.0), Array(), reference)
    }
  }

  "Recall" should {
    "stay from 0 to 1, fall with time and rise with every review" in {
      forAll(trace, settings, Gen.choose(0.0, 1e6), Gen.oneOf(true, false)) {
        case ((ages, recalled), settings, later, again) =>
          val now = ActR.recall(ages, recalled, settings)
          now should (be >= 0.0 and be <= 1.0)
          ActR.recallLater(ages, recalled, later, settings) should be <= now
          ActR.recall(ages :+ 1.0, recalled :+ again, settings) should be >= now
      }
    }

    "fall strictly where it is neither 0 nor 1 to begin with" in {
      forAll(trace) { case (ages, recalled) =>
        val now = ActR.recall(ages, recalled, ActrSettings.PUBLISHED)
        ActR.recallLater(ages, recalled, 60, ActrSettings.PUBLISHED) should be < now
      }
    }

    "rise more with a right answer than with a wrong one" in {
      forAll(trace) { case (ages, recalled) =>
        val right = ActR.recall(ages :+ 5.0, recalled :+ true, ActrSettings.PUBLISHED)
        ActR.recall(ages :+ 5.0, recalled :+ false, ActrSettings.PUBLISHED) should be < right
      }
    }
  }

  "Parameters" should {
    "be refused where they give no probability" in {
      an[IllegalArgumentException] should be thrownBy new ActrSettings(0, 0, 1)
      an[IllegalArgumentException] should be thrownBy new ActrSettings(.5, 0, 0)
      an[IllegalArgumentException] should be thrownBy new ActrSettings(Double.NaN, 0, 1)
      an[IllegalArgumentException] should be thrownBy new ActrSettings(.5, Double.PositiveInfinity, 1)
      an[IllegalArgumentException] should be thrownBy new ActrSettings(.5, 0, Double.PositiveInfinity)
    }
  }

  "The decay of one learner" should {
    "be slowed by memory, quickened by speed, and both damped by stability" in {
      ActR.personalDecay(.5, new Traits(0, 0, 0)) shouldBe .5
      ActR.personalDecay(.5, new Traits(1, 0, 0)) shouldBe (.5 * .3 + .35 * .7) +- 1e-15
      ActR.personalDecay(.5, new Traits(0, 1, 0)) shouldBe (.5 * .3 + .6 * .7) +- 1e-15
      ActR.personalDecay(.5, new Traits(1, 1, 1)) shouldBe .5
    }

    "stay from .3 to .7" in {
      ActR.personalDecay(.2, Traits.UNKNOWN) shouldBe .3
      ActR.personalDecay(.9, Traits.UNKNOWN) shouldBe .7
    }
  }

  "A prediction" should {
    "be trusted for ten reviews and a week between the first and the last" in {
      ActR.confidence(Array()) shouldBe 0.0
      ActR.confidence(Array(9.0)) shouldBe .3
      ActR.confidence(Array(9.0, 9.0)) shouldBe .1 +- 1e-15
      ActR.confidence(Array(0.0, 3.5 * 86400)) shouldBe .35 +- 1e-15
      ActR.confidence(Array.tabulate(10)(_.toDouble * 86400)) shouldBe 1.0
      ActR.confidence(Array.tabulate(32)(_.toDouble * 86400)) shouldBe 1.0
    }
  }

  "The interval to the next review" should {
    val hour = 3600.0
    val week = 7 * 24 * hour

    def interval(agesSeconds: Array[Double], settings: ActrSettings, target: Double) =
      ReviewInterval.of(agesSeconds, agesSeconds.map(_ => true), settings, target)

    "meet its target wherever that lies between an hour and a week" in {
      val slow = new ActrSettings(.3, -4, .5)
      forAll(Gen.choose(1, 12), Gen.choose(.55, .94)) { (reviews, target) =>
        val ages = Array.tabulate(reviews)(review => review * 600.0)
        val found = interval(ages, slow, target)
        if (found.bestSeconds > hour && found.bestSeconds < week) {
          ActR.recallLater(ages, ages.map(_ => true), found.bestSeconds, slow) shouldBe target +- 1e-3
        }
        found.earliestSeconds should be <= found.bestSeconds
        found.bestSeconds should be <= found.latestSeconds
      }
      interval(Array(0.0), slow, .9).bestSeconds should (be > hour and be < week)
    }

    "be an hour where recall is below the target already" in {
      interval(Array(1e6), reference, .9) shouldBe new ReviewInterval(hour, hour, hour)
    }

    "be a week where recall stays above it for longer" in {
      interval(Array(0.0), new ActrSettings(.05, -6, .1), .9) shouldBe new ReviewInterval(week, week, week)
    }

    "not be found for a target that is no probability" in {
      an[IllegalArgumentException] should be thrownBy interval(Array(0.0), reference, 1)
      an[IllegalArgumentException] should be thrownBy interval(Array(0.0), reference, 0)
    }
  }
}
