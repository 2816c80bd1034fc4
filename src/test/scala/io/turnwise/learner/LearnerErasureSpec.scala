package io.turnwise.learner

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, TimeUnit}

import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.{EventCatalog, JournalReader, TurnSerializer}
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerRead._
import io.turnwise.projection.{AlarmClock, AlarmView, Erasures}
import io.turnwise.stores.{TestStores, Traces}
import io.turnwise.turn.{Caller, Mailboxes, Reply}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** What interrupts the removal of a learner. */
class LearnerErasureSpec extends AnyWordSpec with EngineFixture with Matchers {

  override protected def names: ju.Map[String, Class[_]] = LearnerNames.ALL

  override protected def settings: String = """
    turnwise.turn { erase-after-failure = 500ms, ask-timeout = 20s }
    turnwise.projection { pace-in-postgres = 5ms }
    turnwise.alarms { lead = 400ms, interval = 50ms }
    """

  private var mailboxes: Mailboxes[Learner] = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  private def startViews(): Unit = {
    engine.projections.start(new AlarmView)
    AlarmClock.start(
      engine.system,
      engine.jdbi,
      engine.blocking,
      engine.outage,
      engine.clock,
      (pid: String) => mailboxes.wake(pid.substring(pid.indexOf('|') + 1))
    )
  }

  private def restart(): Unit = {
    stopEngine(engine)
    engine = startEngine()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  private def query[A](f: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => f(handle)): HandleCallback[A, RuntimeException])

  private def ask(user: String, command: LearnerCommand[_]): CompletableFuture[Reply] =
    mailboxes.ask("default", user, Caller.of(user), command)

  private def await(reply: CompletableFuture[Reply]): Reply = reply.get(30, TimeUnit.SECONDS)

  private def accepted(reply: Reply): Reply.Accepted = reply match {
    case yes: Reply.Accepted => yes
    case refused             => fail(refused.toString)
  }

  private def code(reply: Reply): String = reply match {
    case refused: Reply.Refused => refused.code
    case _                      => "accepted"
  }

  private def answer(user: String, i: Int = 1): Reply =
    await(ask(user, new TakeAnswer(new Origin(user, Configuration.STANDARD), Pupil.report(s"w${i % 9}", i % 4 > 0))))

  private def epoch(user: String): Int =
    accepted(await(ask(user, new ReadLearner))).answer.asInstanceOf[LearnerAnswer.LearnerView].epoch

  private def erase(user: String): CompletableFuture[Reply] = mailboxes.erase("default", user, Caller.of(user))

  /** Another one than the engine's, as on another node. */
  private lazy val eraser = new Erasures(
    engine.jdbi,
    engine.blocking,
    new JournalReader(engine.jdbi, new TurnSerializer(EventCatalog.of(names))),
    engine.projections,
    EngineFixture.Secret
  )

  private def traces(user: String): Seq[String] = query(Traces.inPostgres(_, user))

  private def wrote(event: String, user: String): Boolean = query(
    _.createQuery(
      "SELECT count(*) FROM journal_readable WHERE persistence_id = :pid AND turn::text LIKE '%' || :event || '%'"
    ).bind("pid", s"learner|default:$user").bind("event", event).mapTo(classOf[java.lang.Long]).one() > 0
  )

  "A learner whose removal was cut short" should {
    "be refused until it goes on, by itself on the next node" in {
      (1 to 20).foreach(i => accepted(answer("cut-short", i)))
      val erasing = erase("cut-short")
      eventually(wrote("turn.erased/1", "cut-short") shouldBe true)
      code(answer("cut-short")) shouldBe "being-erased"
      erasing.isDone shouldBe false // no view has come to its end: none runs
      restart()
      startViews()
      eventually(traces("cut-short") shouldBe Nil)
      accepted(answer("cut-short"))
      epoch("cut-short") shouldBe 2
      accepted(await(erase("cut-short")))
      traces("cut-short") shouldBe Nil
    }
  }

  "A learner who is erased while the connections to the journal are cut" should {
    "be erased in the end, and be there or not be there as a whole until then" in {
      val user = "cut-off"
      (1 to 10).foreach(i => accepted(answer(user, i)))
      var replies = Seq.empty[Reply]
      val cutting = CompletableFuture.runAsync { () =>
        (1 to 15).foreach { _ =>
          cutConnections()
          Thread.sleep(60) // a fault every so often, which is what it is about
        }
      }
      while (!cutting.isDone) {
        replies :+= await(erase(user))
        replies :+= answer(user)
      }
      cutting.get(30, TimeUnit.SECONDS)
      replies.map(code).toSet.subsetOf(Set("accepted", "unavailable", "being-erased")) shouldBe true
      eventually(code(await(erase(user))) shouldBe "accepted")
      traces(user) shouldBe Nil
      eventually(code(answer(user)) shouldBe "accepted")
      epoch(user) should be >= 2
      eventually(code(await(erase(user))) shouldBe "accepted")
    }
  }

  "Removing twice" should {
    "leave alone what was written after the first time" in {
      val user = "late-comer"
      val pid = s"learner|default:$user"
      (1 to 5).foreach(i => accepted(answer(user, i)))
      accepted(await(erase(user)))
      accepted(answer(user))
      eraser.erase(pid, 7L).get(10, TimeUnit.SECONDS) shouldBe true
      accepted(answer(user))
      accepted(await(ask(user, new ReadLearner))).version shouldBe 3
      epoch(user) shouldBe 2
      eraser.remainder(pid).get(10, TimeUnit.SECONDS) shouldBe 1L
    }
    "have one effect where both come at the same time" in {
      val user = "at-once"
      (1 to 5).foreach(i => accepted(answer(user, i)))
      val all = (1 to 20).map(_ => erase(user))
      all.foreach(each => accepted(await(each)))
      traces(user) shouldBe Nil
      accepted(answer(user))
      epoch(user) shouldBe 2
    }
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
}
