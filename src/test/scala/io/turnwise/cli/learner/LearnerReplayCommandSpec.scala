package io.turnwise.cli.learner

import java.io.{PrintWriter, StringWriter}
import java.nio.file.{Files, Path}
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.json.JsonMapper
import com.nimbusds.jwt.SignedJWT
import io.turnwise.cli.replay.ScriptedNode
import io.turnwise.cli.replay.ScriptedNode.{Answer, Call, Json}
import io.turnwise.learner.evaluation.Practised
import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import picocli.CommandLine

class LearnerReplayCommandSpec extends AnyWordSpec with Matchers with TempFolders {

  private case class Ended(exitCode: Int, out: String, err: String, calls: Seq[Call]) {
    lazy val answers: Seq[Call] = calls.filter(_.path == "/api/amas/process")
  }

  private lazy val practice: Path = Files.writeString(
    newPath(),
    Seq(
      Practised.Header,
      "ada,1,5,pombe,study,TRUE,100",
      "ada,1,9,pombe,test,TRUE,0",
      "bob,1,4,samaki,test,FALSE,1500.4",
      "ada,2,3.25,samaki,test,FALSE,800",
      "ada,2,x,samaki,test,FALSE,800"
    ).mkString("\n")
  )

  private def replay(answer: (Call, Int) => Answer, options: String*): Ended = {
    val (out, err) = (new StringWriter, new StringWriter)
    val answered = new AtomicInteger
    val node = new ScriptedNode((call, _) =>
      if (call.path == "/api/amas/process") answer(call, answered.incrementAndGet()) else Json(200, "{}")
    )
    val environment = Map("TURNWISE_JWT_SECRET" -> "0123456789abcdef0123456789abcdef")
    try {
      val exitCode = new CommandLine(new LearnerReplayCommand(environment.asJava, false))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler { (failure, command, _) =>
          command.getErr.println(failure.getMessage)
          1
        }
        .execute(Seq(practice.toString, "--url", node.uri.toString) ++ options: _*)
      Ended(exitCode, out.toString, err.toString, node.calls)
    } finally node.close()
  }

  private def followed(call: Call, count: Int): Answer =
    Json(200, s"""{"event":{"credited":true},"recorded":"yes","update_count":$count,"version":$count}""")

  private def json(call: Call): JsonNode = JsonMapper.builder().build().readTree(call.body)

  private def subject(call: Call): String = SignedJWT.parse(call.token.get).getJWTClaimsSet.getSubject

  "A log of practice" should {
    "be played test by test, each learner of it as a new one, stamped as recorded" in {
      val before = System.currentTimeMillis()
      val ended = replay(followed)
      val after = System.currentTimeMillis()
      ended.exitCode shouldBe 0
      ended.err should startWith("Line 6 is left out: time is not a number: x\n")
      ended.err should endWith("Replaying: 3 of 3 answers\n")
      ended.out should startWith regex "Watch the first learner as admin at http://[0-9.:]+/#/learner/ada-[0-9a-f]{8}\n"
      ended.out should include("  answers sent                                  3\n")
      ended.out should include("    credited to a decision                      3\n")
      ended.out should include regex "(?m)^  ada-[0-9a-f]{8}: 2 answers$"

      val byLearner = ended.answers.groupBy(call => subject(call).takeWhile(_ != '-'))
      byLearner.keySet shouldBe Set("ada", "bob")
      val ada = byLearner("ada").map(json)
      ada.map(_.path("word_id").asText) shouldBe Seq("pombe", "samaki")
      ada.map(_.path("is_correct").asBoolean) shouldBe Seq(true, false)
      ada.map(_.path("response_time").asLong) shouldBe Seq(1, 800)
      ada.map(_.path("session_id").asText).distinct should have size 2
      val stamps = ada.map(_.path("timestamp").asLong)
      stamps(1) - stamps.head shouldBe 7 * 86_400_000L - 5750 +- 1L
      stamps(1) should (be >= before - 1 and be <= after + 1)
      val bob = json(byLearner("bob").head)
      bob.path("response_time").asLong shouldBe 1500
      stamps.head - bob.path("timestamp").asLong shouldBe 5000L +- 1L
      ended.answers.flatMap(call => call.key.map(subject(call) -> _)).distinct should have size 3
    }

    "be played for one learner alone, and sessions as far apart as wanted" in {
      val ended = replay(followed, "--only", "ada", "--days-between", "1", "--speed", "1e6")
      ended.answers.map(subject).map(_.takeWhile(_ != '-')) shouldBe Seq("ada", "ada")
      val stamps = ended.answers.map(json(_).path("timestamp").asLong)
      stamps(1) - stamps.head shouldBe 86_400_000L - 5750 +- 1L
      replay(followed, "--only", "eve").err should startWith regex "(?s).*There is no test of learner eve in "
      replay(followed, "--days-between", "0").exitCode shouldBe 1
    }
  }

  "A node" should {
    "be found to refuse answers" in {
      val ended = replay((_, _) => Json(422, """{"code":"learner.too-many-words"}"""))
      ended.out should include("    refused: learner.too-many-words             3\n")
      ended.exitCode shouldBe 1
    }

    "be found to fall back" in {
      val ended = replay((_, _) => Json(200, """{"degraded":{"reason":"timeout"},"recorded":"unknown"}"""))
      ended.out should include("    answered by a fallback                      3\n")
      ended.exitCode shouldBe 1
    }

    "be found to lose answers" in {
      val ended = replay((call, _) => followed(call, 1))
      ended.out should include("came back with version 1 and 1 updates, after version 1 and 1 updates")
      ended.exitCode shouldBe 1
    }
  }
}
