package io.turnwise.learner.simulation

import io.turnwise.Drill
import io.turnwise.learner.model.Settings
import org.scalatest.BeforeAndAfterAll
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

class SimulationSpec extends AnyWordSpec with Matchers with BeforeAndAfterAll {

  private val workers = Executors.newFixedThreadPool(2)

  override protected def afterAll(): Unit = {
    workers.shutdownNow()
    super.afterAll()
  }

  private val settings = Settings.standard()

  private def simulated(seeds: Int, decisions: Int, done: Runnable = () => ()): Simulation =
    Simulation.of(new Simulation.Plan(1, seeds, decisions), settings, workers, done)

  private lazy val twenty = simulated(20, 2_000)

  private def reward(world: Findings, policy: String): Double =
    world.standings.asScala.find(_.policy == policy).fold(fail(policy))(_.reward.mean)

  private def holds(requirement: Requirement): Unit = withClue(s"$requirement: ")(requirement.holds shouldBe true)

  "The learner, in each world" should {
    "be better than chance and the mean of its members" in {
      twenty.worlds.asScala.map(_.world).toSeq shouldBe Seq("linear", "student", "shifting")
      twenty.worlds.asScala.foreach { world =>
        holds(world.requirements.get(0))
        holds(world.requirements.get(2))
      }
    }

    "be better than the best fixed action on the average, which is all that twenty users can tell" in {
      twenty.worlds.asScala.foreach(_.requirements.get(1).difference.mean should be > 0.0)
    }

    "not be found by twenty users to be more than a twentieth behind its best member" in {
      twenty.worlds.asScala.foreach(_.requirements.get(3).difference.high should be > 0.0)
    }

    "be all that it must by two hundred users" taggedAs Drill in {
      val many = simulated(200, 2_000)
      Drill.record(
        "learner-simulation",
        many.worlds.asScala.toSeq.flatMap { world =>
          world.requirements.asScala.map { each =>
            val difference = each.difference
            f"${world.world}: ${each.says} is ${difference.mean}%.4f (${difference.low}%.4f to ${difference.high}%.4f)"
          }
        }
      )
      many.worlds.asScala.foreach(_.requirements.asScala.foreach(holds))
    }
  }

  "An oracle" should {
    "be ahead of all others in each world, and chance behind it by what the scale needs" in {
      twenty.worlds.asScala.foreach { world =>
        world.standings.get(0).policy shouldBe "oracle"
        reward(world, "oracle") - reward(world, "random") should be > .1
      }
    }
  }

  "A simulation" should {
    "come out the same by any number of workers, and say when each user is done" in {
      val single = Executors.newSingleThreadExecutor()
      val plan = new Simulation.Plan(7, 3, 100)
      val steps = new AtomicInteger
      try
        Simulation.of(plan, settings, single, () => ()) shouldBe
          Simulation.of(plan, settings, workers, () => { val _ = steps.incrementAndGet() })
      finally single.shutdownNow()
      steps.get shouldBe Simulation.steps(plan)
    }
  }

  "The mean of the members" should {
    "be their mean" in {
      twenty.worlds.asScala.foreach { world =>
        val members = Seq("linucb", "thompson", "actr", "heuristic").map(reward(world, _))
        reward(world, "mean of members") shouldBe members.sum / 4 +- 1e-12
        reward(world, world.bestMember) shouldBe members.max
      }
    }
  }
}
