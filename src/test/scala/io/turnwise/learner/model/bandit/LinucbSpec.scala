package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.numeric.Doubles
import org.scalactic.{Equality, TolerantNumerics}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LinucbSpec extends AnyWordSpec with Matchers {

  private implicit val close: Equality[Double] = TolerantNumerics.tolerantDoubleEquality(1e-14)

  private val settings = LinucbSettings.REFERENCE

  private def learned(d: Int, outcomes: (Array[Double], Double)*): Linucb =
    outcomes.foldLeft(Linucb.fresh(d, settings)) { case (model, (x, reward)) => model.updated(x, reward, 1, settings) }

  private def shouldBeClose(found: Doubles, wanted: Double*): Unit = {
    found.size shouldBe wanted.size
    found.values.zip(wanted).foreach { case (one, other) => one shouldEqual other }
  }

  private val two = learned(2, Array(1, .5) -> 1, Array(.2, 1) -> -.5, Array(1.0, 1) -> .25)

  "A model of two features" should {
    "have the matrices computed apart from it" in {
      shouldBeClose(two.design, 3.04, 1.7, 3.25)
      shouldBeClose(two.response, 1.15, .25)
      shouldBeClose(two.factor, 1.7435595774162693, .9750168689498876, 1.5163581718258907)
      two.updates shouldBe 3
    }

    "expect what was computed apart from it" in {
      val scores = two.scores()
      shouldBeClose(Doubles.of(scores.theta(): _*), .47389127324749636, -.17095851216022886)
      val x = Array(.5, .5)
      scores.mean(x) + scores.width(x) shouldEqual .4729659071943331
    }

    "be as unsure of many vectors at once as of each alone, to the last bit" in {
      val scores = two.scores()
      val vectors = (0 until 24).map(i => Array(math.sin(i), 3.7 * math.cos(i * i)))
      scores.widths(vectors.toArray.transpose).toSeq shouldEqual vectors.map(scores.width)
    }
  }

  "What a model tells of itself" should {
    "be its weights, and how unsure each is" in {
      shouldBeClose(two.weights, .47389127324749636, -.17095851216022886)
      shouldBeClose(two.widths, math.sqrt(3.25 / 6.99), math.sqrt(3.04 / 6.99))
      val fresh = Linucb.fresh(3, settings)
      shouldBeClose(fresh.weights, 0, 0, 0)
      fresh.widths.values.distinct should have size 1
    }
  }

  /** The vectors of mabwiser's own tests of LinUCB, which has one model per arm. */
  private object Mabwiser {
    private val rows = Seq(
      Array[Double](0, 1, 2, 3, 5),
      Array[Double](1, 1, 1, 1, 1),
      Array[Double](0, 0, 1, 0, 0),
      Array[Double](0, 2, 2, 3, 5),
      Array[Double](1, 3, 1, 1, 1),
      Array[Double](0, 0, 0, 0, 0),
      Array[Double](0, 1, 4, 3, 5),
      Array[Double](0, 1, 2, 4, 5),
      Array[Double](1, 2, 1, 1, 3),
      Array[Double](0, 2, 1, 0, 0)
    )
    private val queries = Seq(Array[Double](0, 1, 2, 3, 5), Array[Double](1, 1, 1, 1, 1))

    def expectations(alpha: Double, arms: Seq[Int], rewards: Seq[Double]): Seq[Seq[Double]] = {
      val models = (1 to 3).map { arm =>
        learned(5, arms.indices.filter(arms(_) == arm).map(i => rows(i) -> rewards(i)): _*).scores()
      }
      queries.map(query => models.map(model => model.mean(query) + alpha * model.width(query)))
    }

    def shouldExpect(alpha: Double, arms: Seq[Int], rewards: Seq[Double])(wanted: Seq[Double]*): Unit =
      expectations(alpha, arms, rewards).flatten.zip(wanted.flatten).foreach { case (found, known) =>
        found shouldBe known +- 1e-12
      }
  }

  "One model per arm" should {
    "expect what mabwiser expects" in {
      Mabwiser.shouldExpect(0, Seq(1, 1, 1, 2, 2, 2, 3, 3, 3, 1), Seq(0, 0, 0, 0, 0, 0, 1, 1, 1, 1))(
        Seq(-.01837837837837841, 0, .9966292134831471),
        Seq(.14054054054054055, 0, .43258426966292074)
      )
      Mabwiser.shouldExpect(1, Seq(1, 1, 1, 2, 2, 3, 3, 3, 3, 3), Seq(0, 0, 1, 0, 0, 0, 0, 1, 1, 1))(
        Seq(.9790312458954391, 1.1617706239438832, 1.4247056229871702),
        Seq(.8896475809353053, .923364043088837, 1.457085577251709)
      )
    }

    "pick what mabwiser picks" in {
      def picks(alpha: Double) = Mabwiser
        .expectations(alpha, Seq(1, 1, 1, 3, 2, 2, 3, 1, 3, 1), Seq(0, 1, 1, 0, 1, 0, 1, 1, 1, 1))
        .map(arms => 1 + arms.indexOf(arms.max))
      picks(.24) shouldBe Seq(2, 1)
      picks(1.5) shouldBe Seq(2, 2)
    }
  }

  "An outcome" should {
    "change nothing when it is no number, of another length or without weight" in {
      two.updated(Array(1, 1), Double.NaN, 1, settings) shouldBe two
      two.updated(Array(1, 1), Double.PositiveInfinity, 1, settings) shouldBe two
      two.updated(Array(1, 1, 1), 1, 1, settings) shouldBe two
      Seq(0, -1, Double.NaN, Double.PositiveInfinity).foreach(two.updated(Array(1, 1), 1, _, settings) shouldBe two)
    }

    "count without what of it is no number, and within its bounds" in {
      def next(x: Array[Double], reward: Double) = two.updated(x, reward, 1, settings)
      next(Array(Double.NaN, 1), 1) shouldBe next(Array(0, 1), 1)
      next(Array(Double.NegativeInfinity, 1), 1) shouldBe next(Array(0, 1), 1)
      next(Array(51, -51), 1) shouldBe next(Array(50, -50), 1)
      next(Array(1, 1), 7) shouldBe next(Array(1, 1), 1)
      next(Array(1, 1), -7) shouldBe next(Array(1, 1), -1)
    }

    "count as often as it weighs" in {
      val twice = two.updated(Array(1, .3), .5, 1, settings).updated(Array(1, .3), .5, 1, settings)
      val double = two.updated(Array(1, .3), .5, 2, settings)
      shouldBeClose(double.design, twice.design.values.toSeq: _*)
      shouldBeClose(double.response, twice.response.values.toSeq: _*)
      shouldBeClose(double.factor, twice.factor.values.toSeq: _*)
    }

    "leave the vector it came with alone" in {
      val x = Array(100, Double.NaN)
      two.updated(x, 1, 2, settings)
      x(0) shouldBe 100
      assert(x(1).isNaN)
    }
  }

  "A model from elsewhere" should {
    "begin afresh when its lengths are wrong" in {
      Linucb.restored(2, 1, 9, Doubles.NONE, two.response, two.factor) shouldBe Linucb.fresh(2, settings)
      Linucb.restored(2, 1, 9, two.design, Doubles.NONE, two.factor) shouldBe Linucb.fresh(2, settings)
    }

    "get its factor from its matrix when there is none, or none of numbers" in {
      val nan = Doubles.of(Double.NaN, 0, 1)
      Seq(null, nan, Doubles.NONE).foreach { factor =>
        val restored = Linucb.restored(2, 1, 3, two.design, two.response, factor)
        shouldBeClose(restored.factor, two.factor.values.toSeq: _*)
        restored.updates shouldBe 3
      }
      Linucb.restored(2, 1, 3, two.design, two.response, two.factor) shouldBe two
    }

    "have zeros for what is no number, and stay usable" in {
      val odd = Doubles.of(Double.NaN, Double.PositiveInfinity, 2)
      val restored = Linucb.restored(2, 1, 3, odd, Doubles.of(Double.NaN, 1), null)
      restored.design.values.toSeq shouldBe Seq(0, 0, 2)
      assert(restored.scores().theta().forall(_.isFinite))
      assert(restored.updated(Array(1, 1), 1, 1, settings).scores().theta().forall(_.isFinite))
    }
  }

  "A model for longer vectors" should {
    "know what it knew and nothing of the rest" in {
      val grown = two.upgraded(3)
      shouldBeClose(grown.design, 3.04, 1.7, 3.25, 0, 0, 1)
      shouldBeClose(grown.factor, two.factor.values.toSeq ++ Seq(0.0, 0, 1): _*)
      grown.scores().mean(Array(.5, .5, 9)) shouldEqual two.scores().mean(Array(.5, .5))
      grown.updates shouldBe 3
    }

    "be itself at its own length and fresh for shorter ones" in {
      two.upgraded(2) should be theSameInstanceAs two
      two.upgraded(1) shouldBe Linucb.fresh(1, settings)
    }
  }

  "Exploration" should {
    "follow the answers, accuracy and fatigue" in {
      settings.alpha(14, 1, 0) shouldBe .5
      settings.alpha(15, .76, .49) shouldBe 2
      settings.alpha(15, .75, .49) shouldBe 1
      settings.alpha(49, .76, .5) shouldBe 1
      settings.alpha(50, .76, .49) shouldBe .7
    }
  }
}
