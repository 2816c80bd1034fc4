package io.turnwise.cli.learner

import java.io.{PrintWriter, StringWriter}
import java.nio.file.{Files, Path}
import javax.xml.parsers.DocumentBuilderFactory

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.json.JsonMapper
import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import picocli.CommandLine

class SimulateCommandSpec extends AnyWordSpec with Matchers with TempFolders {

  private case class Ended(exitCode: Int, out: String, err: String)

  private def simulate(options: String*): Ended = {
    val (out, err) = (new StringWriter, new StringWriter)
    val exitCode = new CommandLine(new SimulateCommand(false))
      .setOut(new PrintWriter(out, true))
      .setErr(new PrintWriter(err, true))
      .setExecutionExceptionHandler { (failure, command, _) =>
        command.getErr.println(failure.getMessage)
        1
      }
      .execute(options: _*)
    Ended(exitCode, out.toString, err.toString)
  }

  private def small(options: String*): Ended = simulate(Seq("--seeds", "2", "--decisions", "50") ++ options: _*)

  "A simulation" should {
    "end in a table, what must hold, and a plot" in {
      val plot: Path = newPath()
      val ended = small("--plot", plot.toString)
      ended.out should startWith("2 users, seeds 1 to 2, 50 decisions for each; ")
      ended.err should endWith("126 of 126 users\n")
      Seq("linear", "student", "shifting").foreach(world => ended.out should include(s"World \"$world\""))
      Seq("oracle", "engine", "linucb", "thompson", "actr", "heuristic", "mean of members", "fixed action", "random")
        .foreach(policy => ended.out should include regex s"(?m)^  $policy +-?[0-9.]+ \\(")
      ended.exitCode shouldBe (if (ended.out.contains("WRONG")) 1 else 0)
      val svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile)
      svg.getElementsByTagName("polyline").getLength shouldBe 3 * 8
    }

    "be told of in JSON, the same each time" in {
      val ended = small("--json")
      val json = JsonMapper.builder().build().readTree(ended.out)
      json.path("worlds").asScala.map(_.path("world").asText).toSeq shouldBe Seq("linear", "student", "shifting")
      json.at("/worlds/0/standings").size shouldBe 9
      json.at("/worlds/0/standings/0/regret").size shouldBe 50
      small("--json", "--threads", "2").out shouldBe ended.out
      small("--json", "--first-seed", "9").out should not be ended.out
    }
  }

  "What cannot be simulated" should {
    "be refused" in {
      simulate("--seeds", "1").err should include("--seeds must be from 2 to 1000000")
      simulate("--decisions", "75").err should include("--decisions must be a multiple of 50")
      simulate("--threads", "0").err should include("--threads must be from 1 to 64")
      val nowhere = newPath().resolve("nowhere/plot.svg")
      val ended = small("--plot", nowhere.toString)
      ended.exitCode shouldBe 1
      ended.err should include("The plot cannot be written to")
      Files.exists(nowhere) shouldBe false
    }
  }
}
