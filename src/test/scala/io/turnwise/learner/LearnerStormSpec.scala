package io.turnwise.learner

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, Executors, TimeUnit}
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._
import scala.util.Try

import io.turnwise.cluster.EngineFixture
import io.turnwise.learner.LearnerAnswer._
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerRead._
import io.turnwise.learner.model.bandit.FeatureVector
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.stores.TestStores
import io.turnwise.turn.{Caller, Mailboxes, Reply}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerStormSpec extends AnyWordSpec with EngineFixture with Matchers {

  override protected def names: ju.Map[String, Class[_]] = LearnerNames.ALL

  override protected def settings: String = """
    turnwise.turn { snapshot-events = 20, snapshot-interval = 0s, ask-timeout = 2s }
    """

  @volatile private var mailboxes: Mailboxes[Learner] = _

  private val pool = Executors.newFixedThreadPool(10)

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  override protected def afterAll(): Unit = {
    pool.shutdownNow()
    super.afterAll()
  }

  private val x = new FeatureVector(FeatureVector.VERSION, Doubles.filled(FeatureVector.SIZE, .5))

  private def command(user: String, i: Int): Write[_] =
    if (i == 0 || i % 5 > 1)
      new TakeAnswer(new Origin(user, Configuration.STANDARD), Pupil.report(s"w${i % 7}", i % 4 > 0))
    else if (i % 5 == 0) new RewardVector(s"r$i", 1, x, if (i % 2 == 0) 1 else -1)
    else new RewardDecision(s"r$i", decisionOf(user), .5)

  /** The first one stays pending: nothing expires so soon, and no word is answered again a minute later. */
  private def decisionOf(user: String): String = decision.Served.of(user, 1, 0, null).id

  private def ask(user: String, key: String, command: LearnerCommand[_]): Option[Reply] =
    Try(mailboxes.ask("default", user, Caller.of(user).withKey(key, null), command).get(5, TimeUnit.SECONDS)).toOption

  /** As a client does it: the same again until it is known to be done. */
  private def untilTaken(user: String, i: Int, done: AtomicInteger): Unit =
    ask(user, s"k$i", command(user, i)) match {
      case Some(_: Reply.Accepted)                                             => done.incrementAndGet(); ()
      case Some(refused: Reply.Refused) if refused.code.startsWith("learner.") => fail(refused.toString)
      case _                                                                   =>
        Thread.sleep(20) // as a client waits before it asks again
        untilTaken(user, i, done)
    }

  private def cutConnections(): Unit = {
    val connection = TestStores.connect(database)
    try
      connection
        .createStatement()
        .execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity" +
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally connection.close()
    ()
  }

  private def restart(): Unit = {
    stopEngine(engine)
    engine = startEngine()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  "Five hundred answers and rewards of ten learners while connections are cut and the node starts anew" should {
    "each be taken once, and fold to what the learners are" in {
      val users = (1 to 10).map(i => s"pupil-$i")
      val done = new AtomicInteger
      val running = users.map { user =>
        CompletableFuture.runAsync(() => (0 until 50).foreach(untilTaken(user, _, done)), pool)
      }
      def after(share: Int)(fault: => Unit): Unit = {
        eventually(done.get should be >= share)
        fault
      }
      after(60)(cutConnections())
      after(120)(restart())
      after(200)(cutConnections())
      after(300)(cutConnections())
      after(400)(cutConnections())
      CompletableFuture.allOf(running: _*).get(60, TimeUnit.SECONDS)
      users.foreach(check)
    }
  }

  private def check(user: String): Unit = {
    def folded(useSnapshot: Boolean): Learner =
      engine.replay.fold(Learners.definition(), s"default:$user", useSnapshot).state
    val whole = folded(useSnapshot = false)
    folded(useSnapshot = true) shouldBe whole
    val answers = (0 until 50).count(i => i == 0 || i % 5 > 1)
    whole.mind.student.answers shouldBe answers
    whole.vectorRewards.all.asScala.toSet shouldBe (5 until 50 by 5).map(i => s"r$i").toSet
    val first = whole.decisions.find(0)
    first.rewardIds.asScala.toSeq.sorted shouldBe (1 until 50 by 5).map(i => s"r$i").sorted
    whole.updateCount shouldBe 50 // each answer credits the decision before it, and each reward counts once
    whole.mind.models.linucb.factor.values.foreach(each => assert(java.lang.Double.isFinite(each)))
    ask(user, "read", new ReadLearner) match {
      case Some(accepted: Reply.Accepted) =>
        val live = accepted.answer.asInstanceOf[LearnerView]
        (live.state, live.updateCount, live.served) shouldBe ((whole.state, whole.updateCount, whole.inForce))
      case other => fail(s"$user cannot be read: $other")
    }
    ()
  }
}
