package io.turnwise.learner.simulation

import io.turnwise.learner.model.{Choice, ChoiceContext, Mind, Settings}
import io.turnwise.learner.model.strategy.Strategy
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class WorldsSpec extends AnyWordSpec with Matchers {

  private val settings = Settings.standard()
  private val worlds = Worlds.read().all.asScala.map(world => world.name -> world).toMap
  private val fresh = Mind.fresh(settings)

  private def serving(action: Int): Choice =
    fresh.chosen(action, new ChoiceContext(.5, 2_000, 12, Strategy.STANDARD), settings)

  private def answers(world: World, seed: Long, action: Int): Seq[User.Answer] = {
    val user = world.user(seed, settings)
    (0 until 200).map(user.answer(_, serving(action)))
  }

  private def expected(world: World, seed: Long, decision: Int): Seq[Double] = {
    val user = world.user(seed, settings)
    (1 to 24).map(action => user.expected(decision, serving(action), fresh))
  }

  "A user" should {
    "be the same for all who ask, and another for another seed" in {
      worlds.values.foreach { world =>
        answers(world, 5, 7) shouldBe answers(world, 5, 7)
        answers(world, 5, 7) should not be answers(world, 6, 7)
        expected(world, 5, 0) should not be expected(world, 6, 0)
      }
    }

    "come in sessions of 50 answers, four a day" in {
      val seen = answers(worlds("linear"), 1, 7).map(_.seen)
      seen.map(_.hour).grouped(50).map(_.toSet).toSeq shouldBe Seq(8, 12, 17, 21).map(Set(_))
      seen.map(_.atMillis).sliding(2).count(pair => pair(1) - pair.head == 20_000) shouldBe 196
    }

    "answer the same whatever is served in the linear worlds, and otherwise as a student" in {
      answers(worlds("linear"), 5, 1) shouldBe answers(worlds("linear"), 5, 18)
      answers(worlds("linear"), 5, 1) shouldBe answers(worlds("shifting"), 5, 1)
      answers(worlds("student"), 5, 1) should not be answers(worlds("student"), 5, 18)
    }

    "prefer something else from decision 1,000 on in the shifting world alone" in {
      def shift(name: String) = expected(worlds(name), 5, 999) == expected(worlds(name), 5, 1_000)
      shift("linear") shouldBe true
      shift("shifting") shouldBe false
      expected(worlds("shifting"), 5, 0) shouldBe expected(worlds("linear"), 5, 999)
    }
  }

  "A student" should {
    "recall easy words more often than hard ones" in {
      def right(action: Int) = (1L to 20).map(answers(worlds("student"), _, action).count(_.seen.correct)).sum
      right(1) should be > right(18)
      right(1) should be < 20 * 200
    }

    "earn what is expected, on the average" in {
      val world = worlds("student")
      val differences = (1L to 40).flatMap { seed =>
        val user = world.user(seed, settings)
        (0 until 200).scanLeft((fresh, 0.0)) { case ((mind, _), decision) =>
          val choice = mind.chosen(8, new ChoiceContext(.5, 2_000, 12, Strategy.STANDARD), settings)
          val expected = user.expected(decision, choice, mind)
          val seen = user.answer(decision, choice).seen
          val after = mind.after(seen, settings)
          (after, user.reward(decision, choice, seen, after) - expected)
        }
      }
      differences.map(_._2).sum / differences.size shouldBe 0.0 +- .03
    }
  }
}
