package io.turnwise.cluster

import java.io.IOException

import scala.collection.mutable.ListBuffer
import scala.concurrent.{Await, Future, blocking}
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration._
import scala.util.control.NonFatal

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.http.Role
import io.turnwise.stores.TempFolders
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** What a stream of bids was answered when its node ends under it is in the journal. */
class BulkStopSpec extends AnyWordSpec with Matchers with TempFolders {

  private val soon = 30.seconds

  /** Sends until it cannot, and reads until there is nothing more: all that was answered. */
  private def streamUntil(node: NodeProcess, session: String)(end: => Unit): Seq[JsonNode] = {
    val stream = new BulkStream(node.port, Api.token("house", Role.BROKER))
    val answers = ListBuffer.empty[JsonNode]
    try {
      val sender = Future(blocking {
        try
          Iterator.from(1).grouped(100).foreach { numbers =>
            stream.send(
              numbers
                .map(i =>
                  s"""{"session_id":"$session","price":$i,"user_id":"u${i % 50}","key":"u${i % 50}-$i"}""" + "\n"
                )
                .mkString
            )
          }
        catch { case _: IOException => () }
      })
      (1 to 2_000).foreach(_ => answers += stream.nextJson())
      val ended = Future(blocking(end))
      try stream.answers.foreach(line => answers += NodeFixture.json(line))
      catch { case NonFatal(_) => () } // the connection breaks, also amid a line
      Await.result(ended, soon)
      stream.close()
      Await.result(sender, soon)
    } finally stream.close()
    answers.toSeq
  }

  private def allStored(folder: java.nio.file.Path, session: String, answers: Seq[JsonNode]): Unit = {
    val stored = StoredBids.read(folder, session)
    val accepted = answers.filter(_.path("status").asText == "accepted")
    accepted.size should be >= 2_000
    accepted.foreach { answer =>
      val key = answer.get("key").asText
      val bid = Bid(key.takeWhile(_ != '-'), key.dropWhile(_ != '-').drop(1).toInt, None)
      withClue(s"$answer: ")(stored.of(bid) shouldBe List(answer.get("sequence").asLong))
    }
  }

  "A node under a stream of bids" should {
    "have every bid that it answered after kill -9; and when told to stop, tell the client and end in time" in {
      val folder = newPath()
      val first = NodeProcess.java(folder).awaitReady()
      val session = new Api(first.port).newSession()
      val killed = streamUntil(first, session) {
        first.kill("KILL")
        first.awaitExit(soon)
        ()
      }
      val second = NodeProcess.java(folder).awaitReady()
      try {
        allStored(folder, session, killed)
        val other = new Api(second.port).newSession()
        val quiet = new BulkStream(second.port, Api.token("house", Role.BROKER))
        quiet.send(s"""{"session_id":"$other","price":1,"key":"house-1"}""" + "\n")
        quiet.nextJson().path("status").asText shouldBe "accepted"
        val stopped = streamUntil(second, other) {
          second.kill("TERM")
          second.awaitExit(soon) shouldBe 143
          ()
        }
        // to a client that still sends the last answers may be lost, as TCP has it when one side is closed
        quiet.rest().map(_.path("detail").asText.takeWhile(_ != '.')) shouldBe Seq("The node stops")
        stopped.filterNot(_.path("status").asText == "accepted").map(_.path("code").asText).distinct should
          (be(Nil) or be(Seq("unavailable")))
        second.err shouldBe ""
        // what it says before is of the servers that the first one left behind
        second.out.linesIterator.dropWhile(!_.startsWith("Turnwise")).mkString("\n") should not include regex(
          "WARN |ERROR |Exception|\tat "
        )
        val third = NodeProcess.java(folder).awaitReady()
        try allStored(folder, other, stopped)
        finally {
          third.kill("TERM")
          third.awaitExit(soon)
        }
      } finally if (second.isAlive) second.kill("KILL")
    }
  }
}
