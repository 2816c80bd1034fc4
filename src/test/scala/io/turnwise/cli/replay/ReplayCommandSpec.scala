package io.turnwise.cli.replay

import java.io.{PrintWriter, StringWriter}
import java.net.URI
import java.nio.file.{Files, Path}
import java.util.Optional

import scala.jdk.CollectionConverters._

import io.turnwise.cli.replay.ScriptedNode.{Answer, Call, Json}
import io.turnwise.cluster.{Node, NodeSettings}
import io.turnwise.stores.{StoreSettings, TempFolders, TestStores}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import picocli.CommandLine

class ReplayCommandSpec extends AnyWordSpec with Matchers with TempFolders {

  private case class Ended(exitCode: Int, out: String, err: String)

  private val Secret = "0123456789abcdef0123456789abcdef"
  private val Header = "auctionid,bid,bidtime,bidder,bidderrate,openbid,price,item,auction_type"

  /** Ten auctions, each with a tie at the top, a repeated bid and a lowered one; the file is wrong about one price. */
  private lazy val recording: Path = {
    val bids = for {
      round <- 0 to 5
      auction <- 1 to 10
    } yield {
      val top = 100 + auction
      val (bidder, price) = round match {
        case 0 => "ada" -> 10
        case 1 => s"bob$auction" -> top
        case 2 => "ada" -> top
        case 3 => s"bob$auction" -> top
        case 4 => "ada" -> 5
        case 5 => "cid" -> (top - 1)
      }
      val closing = if (auction == 7) 99 else top
      s"a$auction,$price.25,${round * 0.5},$bidder,$auction,1,$closing.25,Lamp,3 day auction"
    }
    Files.writeString(newPath(), (Header +: bids :+ "a1,what,1,ada,1,1,1,Lamp,3").mkString("\n"))
  }

  private def replay(environment: Map[String, String], arguments: String*): Ended = {
    val (out, err) = (new StringWriter, new StringWriter)
    val exitCode = new CommandLine(new ReplayCommand(environment.asJava, false))
      .setOut(new PrintWriter(out))
      .setErr(new PrintWriter(err))
      .setExecutionExceptionHandler { (failure, command, _) =>
        command.getErr.println(failure.getMessage)
        1
      }
      .execute(arguments: _*)
    Ended(exitCode, out.toString, err.toString)
  }

  private def withNode[T](test: (URI, Map[String, String]) => T): T = {
    val folder = newPath()
    val stores =
      new StoreSettings(Optional.of(TestStores.freshDatabase()), Optional.of(TestStores.freshRedis()), Optional.empty())
    val settings = new NodeSettings(
      "127.0.0.1",
      0,
      folder,
      stores,
      Optional.empty(),
      Optional.empty(),
      Optional.of(false),
      Optional.empty(),
      Optional.empty()
    )
    val node = Node.start(settings, Node.openFolder(settings, () => false))
    val url = URI.create(s"http://127.0.0.1:${node.started.address.getPort}")
    try test(url, Map("TURNWISE_DATA_DIR" -> folder.toString))
    finally node.close()
  }

  private def withScript[T](answer: Call => Answer)(test: URI => T): T = {
    val node = new ScriptedNode((call, _) => answer(call))
    try test(node.uri)
    finally node.close()
  }

  "A replay" should {
    "find every auction of a node to go as its bids say" in {
      withNode { (url, environment) =>
        val ended = replay(environment, recording.toString, "--url", s"$url/")
        ended.err should startWith("Line 62 is left out: bid is not a number: what\n")
        ended.err should endWith("Replaying: 60 of 60 bids\n")
        ended.out.replaceAll("(requests a second|elapsed) +.*", "$1") should endWith(
          s""" under RAISE_ONLY at $url/
             |
             |  lines left out                                1
             |  auctions                                     10
             |  bids sent                                    60
             |    accepted                                   40
             |    refused: bidding.must-raise                20
             |  winner and price as the bids say             10
             |  price as the column `price` says              9
             |  requests                                     91
             |  requests a second
             |  elapsed
             |  a7: 107.25 by bob7 as the bids say, but the column `price` says 99.25
             |
             |""".stripMargin
        )
        ended.exitCode shouldBe 0

        val replaced = replay(environment, recording.toString, "--url", s"$url", "--rule", "REPLACE")
        replaced.out should include("    accepted                                   60\n")
        replaced.out should include("  winner and price as the bids say             10\n")
        replaced.exitCode shouldBe 0

        val beaten = replay(environment, recording.toString, "--url", s"$url", "--rule", "BEAT_TOP", "--speed", "1e9")
        beaten.out should include("    refused: bidding.must-beat-top             40\n")
        beaten.out should include("  winner and price as the bids say             10\n")
        beaten.exitCode shouldBe 0
      }
    }

    "fail when a node says that somebody else has won" in {
      def liar(call: Call): Answer = call.path match {
        case "/api/admin/sessions" => Json(201, """{"session_id":"s"}""")
        case "/api/results/s"      =>
          Json(200, """{"final_price":101.25,"winners":[{"user_id":"ada","price":101.25}]}""")
        case _ => Json(200, "{}")
      }
      withScript(liar) { url =>
        val ended = replay(Map("TURNWISE_JWT_SECRET" -> Secret), recording.toString, "--url", s"$url")
        ended.out should include("  WRONG a1: 101.25 by ada, but the bids say 101.25 by bob1\n")
        ended.exitCode shouldBe 1
      }
    }

    "not begin at a node with another secret" in {
      withScript(_ => Json(401, """{"code":"invalid-token"}""")) { url =>
        val ended = replay(Map("TURNWISE_JWT_SECRET" -> Secret), recording.toString, "--url", s"$url")
        ended.err should include("has another secret")
        ended.exitCode shouldBe 1
      }
    }

    "say which secret it looked for" in {
      val folder = newPath()
      val ended = replay(Map("TURNWISE_DATA_DIR" -> folder.toString), recording.toString)
      ended.err should include(s"The node's secret cannot be read from $folder/secrets/jwt.")
      ended.exitCode shouldBe 1
    }

    "not begin at an address that is none, or with a speed that is none" in {
      val addresses =
        Seq("nowhere", "ftp://host", "http://", "http://host:70000", "http://host?x", "http://a@host", "http:// host")
      addresses.foreach(address => replay(Map.empty, "x.csv", "--url", address).exitCode shouldBe 2)
      Seq("-1", "NaN", "Infinity", "fast").foreach { speed =>
        replay(Map.empty, "x.csv", "--speed", speed).exitCode shouldBe 2
      }
    }
  }
}
