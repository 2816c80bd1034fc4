package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.state.{Cognition, Trend, UserState}
import io.turnwise.learner.model.strategy.{Difficulty, Strategy}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class FeatureVectorSpec extends AnyWordSpec with Matchers {

  private val state = new UserState(.6, .4, -.5, new Cognition(.8, .3, .9), Trend.FLAT, 1)
  private val hard = new Strategy(1.2, .3, Difficulty.HARD, 12, 1)

  private def value(x: FeatureVector, label: String): Double =
    x.values.at(FeatureVector.labels.indexOf(label))

  "A vector" should {
    "have a number per label, in order" in {
      val x = FeatureVector.of(Situation.of(state, .25, 2500, 6), hard)
      val wanted = Seq(
        .6,
        .4,
        .8,
        .3,
        -.5,
        .25,
        1.2,
        .3,
        .8,
        .6,
        1.0 / 3,
        .4 * 1.2,
        1,
        0,
        0,
        .25 * .4,
        .25 * 1.2,
        .5 * .6,
        .8 * .8,
        -.5 * .3,
        .4 / 3,
        1
      )
      x.version shouldBe FeatureVector.VERSION
      x.values.values.zip(wanted).foreach { case (found, known) => found shouldBe known +- 1e-12 }
      FeatureVector.labels.asScala.toSet should have size 22
      x.values.size shouldBe 22
    }

    "know the hour, not a third of the day" in {
      def at(hour: Int) = FeatureVector.of(Situation.of(state, .25, 2500, hour), hard)
      value(at(18), "hour.sine") shouldBe -1.0 +- 1e-12
      (0 to 23).filter(hour => value(at(hour), "hour.daytime") == 1) shouldBe (8 to 17)
    }

    "be within bounds whatever comes in" in {
      val odd = Seq(Double.NaN, Double.PositiveInfinity, Double.NegativeInfinity, 1e300)
      odd.foreach { value =>
        val x = FeatureVector.of(Situation.of(state, value, value, 0), new Strategy(9, .3, Difficulty.MID, 900, 9))
        assert(x.values.values.forall(each => each >= -1 && each <= 2), x)
      }
    }
  }

  "A vector of other labels" should {
    "go to the labels it has, with the bias kept" in {
      val x = FeatureVector.converted(List("bias", "of old", "new_ratio").asJava, Doubles.of(7, 8, .3))
      value(x, "new_ratio") shouldBe .3
      value(x, "bias") shouldBe 1
      x.values.values.sum shouldBe 1.3
      an[IllegalArgumentException] should be thrownBy FeatureVector.converted(List("bias").asJava, Doubles.NONE)
    }
  }

  "Numbers from elsewhere" should {
    "be brought to a length at their end" in {
      val three = Doubles.of(1, 2, 3)
      FeatureVector.aligned(three, 3) should be theSameInstanceAs three
      FeatureVector.aligned(three, 5) shouldBe Doubles.of(1, 2, 3, 0, 0)
      FeatureVector.aligned(three, 2) shouldBe Doubles.of(1, 2)
    }
  }
}
