package io.turnwise.cli.learner

import java.io.{PrintWriter, StringWriter}
import java.nio.file.{Files, Path}
import javax.xml.parsers.DocumentBuilderFactory

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.json.JsonMapper
import io.turnwise.learner.evaluation.Practised
import io.turnwise.learner.model.memory.ActrSettings
import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import picocli.CommandLine

class EvaluateCommandSpec extends AnyWordSpec with Matchers with TempFolders {

  private case class Ended(exitCode: Int, out: String, err: String, plot: Path) {
    lazy val json: JsonNode = JsonMapper.builder().build().readTree(out)

    def logLoss(model: String): Double =
      json.path("scores").asScala.find(_.path("model").asText == model).fold(fail(out))(_.path("log_loss").asDouble)
  }

  private def file(lines: String*): Path = Files.writeString(newPath(), lines.mkString("", "\n", "\n"))

  private lazy val practice: Seq[String] = {
    val learners = Practised.learners(6, new ActrSettings(.4, -1.2, .5), 3, 11)
    Practised.Header +: Practised.rows(learners, 80, 12).map(Practised.line)
  }

  private def evaluate(file: Path, options: String*): Ended = {
    val (out, err, plot) = (new StringWriter, new StringWriter, newPath())
    val exitCode = new CommandLine(new EvaluateCommand(false))
      .setOut(new PrintWriter(out, true))
      .setErr(new PrintWriter(err, true))
      .setExecutionExceptionHandler { (failure, command, _) =>
        command.getErr.println(failure.getMessage)
        1
      }
      .execute(Seq(file.toString, "--plot", plot.toString) ++ options: _*)
    Ended(exitCode, out.toString, err.toString, plot)
  }

  "A log of practice" should {
    "be evaluated to a table of models and a plot" in {
      val ended = evaluate(file(practice: _*))
      ended.exitCode shouldBe 0
      ended.out should startWith("1,440 rows of 6 learners, 0 left out; ")
      Seq("constant", "constant per learner", "reference", "published", "standard").foreach { model =>
        ended.out should include regex s"(?m)^  $model +[0-9. -]*$$"
      }
      ended.out should not include "fitted per learner"
      val svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(ended.plot.toFile)
      svg.getElementsByTagName("polyline").getLength should be >= 5
    }

    "be fitted to on request, and the outcome say what is better than what" in {
      val ended = evaluate(file(practice: _*), "--fit")
      ended.err should endWith("39 of 39 steps\n")
      ended.out should include regex "(?m)^  fitted per learner +[0-9. ]*$"
      ended.out should include("\"fitted\" is ")
      ended.exitCode shouldBe (if (ended.out.contains("WRONG")) 1 else 0)
    }

    "be told of in JSON" in {
      val ended = evaluate(file(practice :+ "learner-5,3,99999,word-1,test,TRUE,100": _*), "--json")
      ended.json.at("/facts/learners").asInt shouldBe 6
      ended.json.at("/scored_session").asInt shouldBe 3
      ended.json.at("/left_out/0/line").asInt shouldBe 1442
      ended.json.at("/left_out/0/why").asText shouldBe "time is not from 0 to 86400: 99999"
      ended.logLoss("reference") should be > 0.0
    }
  }

  "A line that is no presentation of a word" should {
    "be named with its number and left out" in {
      val good = "ada,1,5,a,test,TRUE,100"
      val ended = evaluate(
        file(
          Practised.Header,
          good,
          "ada,1,,,,,",
          ",1,6,a,test,TRUE,100",
          "ada,0,6,a,test,TRUE,100",
          "ada,1.5,6,a,test,TRUE,100",
          "ada,1,4,a,test,TRUE,100",
          "ada,1,6,a,exam,TRUE,100",
          "ada,1,6,a,test,maybe,100",
          "ada,1,6,a,test,TRUE,-1",
          "ada,1,6,a,test,TRUE,1e999999999",
          "ada,1,6,a,test,TRUE,NaN",
          s"ada,1,6,${"a" * 101},test,TRUE,1",
          "ada,1,6,a,test,TRUE"
        )
      )
      ended.exitCode shouldBe 1
      ended.err.linesIterator.toSeq.init shouldBe Seq(
        "Line 3 is left out: item is empty",
        "Line 4 is left out: subj is empty",
        "Line 5 is left out: session is not from 1 to 10000: 0",
        "Line 6 is left out: session is not a whole number: 1.5",
        "Line 7 is left out: is at 4.0 s, before the row above it at 5.0 s",
        "Line 8 is left out: type is neither study nor test: exam",
        "Line 9 is left out: correct is neither true nor false: maybe",
        "Line 10 is left out: rt is not from 0 to 3600000: -1",
        "Line 11 is left out: rt is not from 0 to 3600000: 1E+999999999",
        "Line 12 is left out: rt is not a number: NaN",
        "Line 13 is left out: item is longer than 100 bytes",
        "Line 14 is left out: has 6 columns instead of 7"
      )
    }
  }

  "A file that cannot be evaluated" should {
    def failure(file: Path, options: String*): String = {
      val ended = evaluate(file, options: _*)
      ended.exitCode shouldBe 1
      Files.exists(ended.plot) shouldBe false
      ended.err.linesIterator.toSeq.last
    }

    "be refused with the reason" in {
      val nowhere = newPath()
      failure(nowhere) shouldBe s"There is no file $nowhere"
      failure(file("subj,session,time", "ada,1,5")) should endWith("missing: item, type, correct, rt")
      val empty = file("")
      failure(empty) shouldBe s"There is no test of a word that was presented before in $empty"
      val single = file(Practised.Header, "ada,1,5,a,study,TRUE,100", "ada,1,9,a,test,TRUE,100")
      failure(single, "--fit") shouldBe s"There is no session before the one to be scored, number 1 in $single"
    }

    "be refused where the plot cannot be written" in {
      val ended = evaluate(file(practice: _*), "--plot", newPath().resolve("nowhere/plot.svg").toString)
      ended.exitCode should not be 0
    }
  }

  "The practice of Swahili words" should {
    "be predicted as the page on its parameters says" in {
      val file = sys.env.getOrElse("TURNWISE_REVIEWS", cancel("TURNWISE_REVIEWS names no file with this practice"))
      val ended = evaluate(Path.of(file), "--fit", "--json")
      ended.exitCode shouldBe 0
      ended.json.at("/facts/rows").asInt shouldBe 29020
      ended.json.at("/facts/learners").asInt shouldBe 39
      ended.json.at("/facts/accuracy").asDouble shouldBe .893518 +- 5e-7
      ended.json.path("left_out").asScala.map(_.path("line").asInt).toSeq shouldBe Seq(7649, 7650, 7651)
      ended.logLoss("constant") shouldBe .318 +- 5e-4
      ended.logLoss("constant per learner") shouldBe .299 +- 5e-4
      ended.logLoss("fitted") shouldBe .284 +- 5e-4
      ended.logLoss("fitted per learner") shouldBe .273 +- 5e-4
      val global = ended.json.at("/fit/global")
      global.path("decay").asDouble shouldBe ActrSettings.STANDARD.decay +- 1e-4
      global.path("tau").asDouble shouldBe ActrSettings.STANDARD.tau +- 1e-4
      global.path("s").asDouble shouldBe ActrSettings.STANDARD.s +- 1e-4
    }
  }
}
