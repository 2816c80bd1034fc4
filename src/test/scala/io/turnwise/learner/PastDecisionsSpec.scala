package io.turnwise.learner

import java.{util => ju}
import java.util.concurrent.{CompletionException, CompletionStage, CountDownLatch, TimeUnit}
import java.util.function.Predicate

import com.typesafe.config.{Config, ConfigFactory}
import io.turnwise.cluster.EngineFixture
import io.turnwise.http.ProblemException
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.PastDecisions.Past
import io.turnwise.turn.{Caller, Mailboxes}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class PastDecisionsSpec extends AnyWordSpec with EngineFixture with Matchers {

  override protected def names: ju.Map[String, Class[_]] = LearnerNames.ALL

  private var mailboxes: Mailboxes[Learner] = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    mailboxes = engine.mailboxes(Learners.definition())
  }

  private def learner(user: String): String = {
    val answer = new TakeAnswer(new Origin(user, Configuration.STANDARD), Pupil.report("pombe", right = true))
    mailboxes.ask("default", user, Caller.of(user), answer).get(20, TimeUnit.SECONDS)
    user
  }

  private def past(settings: String): PastDecisions = {
    val config: Config = ConfigFactory.parseString(settings).withFallback(ConfigFactory.load())
    new PastDecisions(engine.replay, engine.blocking, engine.clock, config)
  }

  private def tell(past: PastDecisions, user: String)(witness: Past => Boolean): CompletionStage[String] = {
    val predicate: Predicate[Past] = each => witness(each)
    past.tell("default", user, user, predicate)
  }

  private def code(reading: => CompletionStage[String]): String =
    try reading.toCompletableFuture.get(20, TimeUnit.SECONDS)
    catch {
      case refused: ProblemException                => refused.problem("it").code
      case failed: ju.concurrent.ExecutionException => problem(failed.getCause).problem("it").code
    }

  private def problem(failure: Throwable): ProblemException = failure match {
    case problem: ProblemException    => problem
    case wrapped: CompletionException => problem(wrapped.getCause)
    case other                        => fail(other)
  }

  "The past of one learner" should {
    "be read for one request at a time, so that others find a place" in {
      val (ann, ben, cid) = (learner("ann"), learner("ben"), learner("cid"))
      val reader = past("turnwise.learner.readings-max = 2")
      val begun = new CountDownLatch(2)
      val enough = new CountDownLatch(1)
      val waiting = Seq(ann, ben).map { user =>
        tell(reader, user) { _ =>
          begun.countDown()
          enough.await(20, TimeUnit.SECONDS)
        }
      }
      begun.await(20, TimeUnit.SECONDS) shouldBe true
      code(tell(reader, ann)(_ => true)) shouldBe "learner.past-being-read"
      code(tell(reader, cid)(_ => true)) shouldBe "busy"
      enough.countDown()
      waiting.map(code(_)) shouldBe Seq(ann, ben)
      Seq(ann, ben, cid).foreach(user => eventually(code(tell(reader, user)(_ => true)) shouldBe user))
    }
    "be given up where it takes too long, and then hold no place" in {
      val dan = learner("dan")
      val reader = past("turnwise.learner { readings-max = 1, reading-within = 0s }")
      (1 to 3).foreach(_ => eventually(code(tell(reader, dan)(_ => true)) shouldBe "learner.past-too-long"))
    }
  }
}
