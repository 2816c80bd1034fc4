package io.turnwise.learner

import java.{util => ju}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.concurrent.TimeUnit

import scala.jdk.CollectionConverters._

import io.turnwise.cluster.{EngineFixture, NodeFixture}
import io.turnwise.learner.LearnerCommand._
import io.turnwise.projection.AlarmView
import io.turnwise.turn.{Caller, Mailboxes, Reply}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerExportSpec extends AnyWordSpec with EngineFixture with Matchers {

  override protected def names: ju.Map[String, Class[_]] = LearnerNames.ALL

  private var mailboxes: Mailboxes[Learner] = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    mailboxes = engine.mailboxes(Learners.definition())
    engine.projections.start(new AlarmView)
  }

  private def accepted(reply: ju.concurrent.CompletableFuture[Reply]): Reply.Accepted =
    reply.get(20, TimeUnit.SECONDS) match {
      case yes: Reply.Accepted => yes
      case refused             => fail(refused.toString)
    }

  private def answers(user: String, batches: Int): Reply.Accepted = {
    val reports = (1 to 100).map(i => Pupil.report(s"w$i", i % 4 > 0))
    val batch = new TakeAnswers(new Origin(user, Configuration.STANDARD), reports.asJava)
    (1 to batches).map(_ => accepted(mailboxes.ask("default", user, Caller.of(user), batch))).last
  }

  private def exporting(user: String, version: Long): LearnerExport =
    new LearnerExport(
      new LearnerExport.Asked(user, "default", version, 1_790_000_000_000L),
      engine.replay.history(Learners.definition(), s"default:$user"),
      200
    )

  private def pieces(exported: LearnerExport): Seq[Array[Byte]] =
    Iterator.continually(exported.next()).takeWhile(_.nonEmpty).toSeq

  "A long life" should {
    "be told in pieces of a bounded length, which are one object together" in {
      val version = answers("long", 20).version
      val told = pieces(exporting("long", version))
      told.size should be >= 11
      told.map(_.length).max should be < 1_000_000
      val whole = NodeFixture.json(new String(told.flatten.toArray, UTF_8))
      whole.path("events").asScala.map(_.path("version").asLong) shouldBe (1L to version)
      whole.path("words") should have size 100
      whole.path("exported_at").asText shouldBe "2026-09-21T14:13:20Z"
    }
  }

  "A learner who is erased while he is exported" should {
    "not be told as if he were whole" in {
      val version = answers("gone", 5).version
      val exported = exporting("gone", version)
      exported.next() should not be empty
      accepted(mailboxes.erase("default", "gone", Caller.of("gone")))
      an[IllegalStateException] should be thrownBy pieces(exported)
    }
  }
}
