package io.turnwise.learner

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, TimeUnit}

import scala.jdk.CollectionConverters._

import io.turnwise.cluster.EngineFixture
import io.turnwise.learner.LearnerAnswer._
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerRead._
import io.turnwise.learner.model.bandit.FeatureVector
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.turn.{Caller, Mailboxes, Reply}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerEntitySpec extends AnyWordSpec with EngineFixture with Matchers {

  override protected def names: ju.Map[String, Class[_]] = LearnerNames.ALL

  override protected def settings: String = "turnwise.turn.snapshot-interval = 0s"

  private var mailboxes: Mailboxes[Learner] = _

  /** Not so long ago that an outcome expires, and its alarm writes, while a spec looks. */
  private lazy val start = engine.clock.millis - 3 * 60 * Pupil.Minute

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  private def ask(user: String, command: LearnerCommand[_], key: String = null): CompletableFuture[Reply] = {
    val caller = Caller.of(user)
    mailboxes.ask("default", user, if (key == null) caller else caller.withKey(key, null), command)
  }

  private def await(reply: CompletableFuture[Reply]): Reply.Accepted =
    reply.get(20, TimeUnit.SECONDS) match {
      case accepted: Reply.Accepted => accepted
      case refused                  => fail(refused.toString)
    }

  private def process(user: String, i: Int) =
    new TakeAnswer(
      new Origin(user, Configuration.STANDARD),
      Pupil.report(s"w${i % 9}", i % 4 > 0, at = start + i * 20_000L)
    )

  private def answered(user: String, i: Int, key: String = null): Processed =
    await(ask(user, process(user, i), key)).answer.asInstanceOf[Processed]

  private def view(user: String): LearnerView =
    await(ask(user, new ReadLearner)).answer.asInstanceOf[LearnerView]

  private def folded(user: String, useSnapshot: Boolean): Learner =
    engine.replay.fold(Learners.definition(), s"default:$user", useSnapshot).state

  /** What it is by its journal, which is the same with and without a snapshot. */
  private def checked(user: String): Learner = {
    val whole = folded(user, useSnapshot = false)
    folded(user, useSnapshot = true) shouldBe whole
    val live = view(user)
    (live.state, live.updateCount, live.served) shouldBe ((whole.state, whole.updateCount, whole.inForce))
    whole.mind.models.linucb.factor.values.foreach(each => assert(java.lang.Double.isFinite(each)))
    whole
  }

  "A learner" should {
    "be by its journal what it is, with and without a snapshot" in {
      (0 until 250).foreach(answered("ann", _))
      eventually {
        engine.jdbi.withHandle[Integer, RuntimeException] { handle =>
          handle.createQuery("SELECT count(*) FROM snapshot").mapTo(classOf[Integer]).one()
        } should be > Integer.valueOf(0)
      }
      checked("ann").mind.student.answers shouldBe 250
    }
    "take ten rewards at once, each of them once" in {
      val served = answered("ten", 0)
      val rewards = (1 to 10).map(i => ask("ten", new RewardDecision(s"r$i", served.decisionId, .5)))
      rewards.foreach(await)
      (1 to 10).foreach(i => await(ask("ten", new RewardDecision(s"r$i", served.decisionId, .5))))
      checked("ten").updateCount shouldBe 11
    }
    "take a hundred answers and rewards at once, each of them once" in {
      answered("many", 0)
      val x = new FeatureVector(FeatureVector.VERSION, Doubles.filled(FeatureVector.SIZE, .5))
      val all = (1 to 100).map { i =>
        if (i % 2 == 0) ask("many", process("many", i))
        else ask("many", new RewardVector(s"r$i", 1, x, if (i % 3 == 0) 1 else -1))
      }
      all.foreach(await)
      val learner = checked("many")
      learner.mind.student.answers shouldBe 51
      learner.vectorRewards.all.asScala.toSet shouldBe (1 to 99 by 2).map(i => s"r$i").toSet
      learner.updateCount should be >= 101
    }
    "take a thousand rewards" in {
      val served = answered("thousand", 0)
      val startNanos = System.nanoTime
      val rewards = (1 to 1_000).map(i => ask("thousand", new RewardDecision(s"r$i", served.decisionId, .1)))
      rewards.foreach(await)
      info(s"1,000 rewards in ${(System.nanoTime - startNanos) / 1_000_000} ms")
      checked("thousand").updateCount shouldBe 1_001
    }
    "have one effect of what is repeated under its key" in {
      val replies = (1 to 20).map(_ => ask("keyed", process("keyed", 1), "k")).map(await)
      replies.map(_.answer).distinct should have size 1
      replies.count(_.replayed) shouldBe 19
      checked("keyed").updateCount shouldBe 1
    }
  }
}
