package io.turnwise.learner.model.bandit

import io.turnwise.learner.model.numeric.Doubles
import org.hipparchus.linear.{ArrayRealVector, LUDecomposition, MatrixUtils, RealMatrix}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.SplittableRandom

class LinucbNumericsSpec extends AnyWordSpec with Matchers {

  private val d = 22
  private val updates = 100_000

  private def full(triangle: Doubles, symmetric: Boolean): RealMatrix = {
    val matrix = MatrixUtils.createRealMatrix(d, d)
    for (i <- 0 until d; j <- 0 to i) {
      val value = triangle.at(i * (i + 1) / 2 + j)
      matrix.setEntry(i, j, value)
      if (symmetric) matrix.setEntry(j, i, value)
    }
    matrix
  }

  private def largest(matrix: RealMatrix): Double = matrix.getData.flatten.map(_.abs).max

  private def shouldBeExact(model: Linucb): Unit = {
    val design = full(model.design, symmetric = true)
    val factor = full(model.factor, symmetric = false)
    largest(factor.multiply(factor.transpose).subtract(design)) / largest(design) should be < 1e-12
    val theta = new ArrayRealVector(model.scores().theta())
    val solved = new LUDecomposition(design).getSolver.solve(new ArrayRealVector(model.response.values))
    theta.subtract(solved).getNorm / solved.getNorm should be < 1e-9
    val again = Linucb.restored(d, model.lambda, model.updates, model.design, model.response, model.factor)
    again shouldBe model
    val refactored = Linucb.restored(d, model.lambda, model.updates, model.design, model.response, null)
    largest(full(refactored.factor, symmetric = false).subtract(factor)) / largest(factor) should be < 1e-12: Unit
  }

  private def withRefactoring(every: Int): LinucbSettings = {
    val s = LinucbSettings.REFERENCE
    new LinucbSettings(
      s.lambda,
      s.lambdaMin,
      s.featureClamp,
      every,
      s.alphaFirst,
      s.answersFirst,
      s.alphaEager,
      s.eagerAccuracy,
      s.eagerFatigue,
      s.alpha,
      s.answersSettled,
      s.alphaSettled
    )
  }

  "A model of 22 features" should {
    for (bound <- Seq(50.0, 1.0); every <- Seq(0, 200)) {
      s"stay exact over $updates updates within $bound, refactored every $every (0 is never)" in {
        val random = new SplittableRandom(22)
        val settings = withRefactoring(every)
        var model = Linucb.fresh(d, settings)
        (1 to updates).foreach { update =>
          val x = Array.fill(d)(random.nextDouble(-bound, bound))
          model = model.updated(x, random.nextDouble(-1, 1), 1, settings)
          if (update % 20_000 == 0 || update == 199) shouldBeExact(model)
        }
        model.updates shouldBe updates
      }
    }

    "survive what spoils its factor" in {
      val settings = LinucbSettings.REFERENCE
      val spoilt = new Linucb(1, 1, 0, Doubles.of(1), Doubles.of(0), Doubles.of(0))
      spoilt.updated(Array(1), 1, 1, settings).factor.at(0) shouldBe math.sqrt(2) +- 1e-15
      val tiny = new Linucb(1, 1, 0, Doubles.of(0), Doubles.of(0), Doubles.of(1e-7))
      tiny.updated(Array(0), 1, 1, settings).factor.at(0) shouldBe 1e-3 +- 1e-15
      val huge = new Linucb(1, 1, 0, Doubles.of(4), Doubles.of(0), Doubles.of(1e13))
      huge.updated(Array(0), 1, 1, settings).factor.at(0) shouldBe 2
    }
  }
}
