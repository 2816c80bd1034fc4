package io.turnwise.bidding

import java.io.IOException

import scala.concurrent.{Await, Future, blocking}
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.{BulkStream, NodeFixture}
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** Bids in bulk while they come: how fast, how slowly, and how they end. */
class BulkStreamSpec extends AnyWordSpec with NodeFixture with Matchers {

  /** So few may wait that a batch of lines never has room. */
  override protected def settings: String = """
    turnwise.turn { waiting-max = 300, commands-per-turn = 200 }
    turnwise.http.bulk.idle = 3s
    """

  private lazy val ann = token("u-ann")
  private lazy val broker = token("house", role = Role.BROKER)

  private def stream(token: String = broker, headers: String = "", buffers: Int = 0)(f: BulkStream => Unit): Unit = {
    val stream = new BulkStream(port, token, headers, buffers)
    try f(stream)
    finally stream.close()
  }

  private def line(session: String, number: Int): String =
    s"""{"session_id":"$session","price":${10 + number},"user_id":"u-${number % 100}"}""" + "\n"

  private def lines(session: String, numbers: Range): String = numbers.map(line(session, _)).mkString

  private def bidCount(session: String): Long = get(s"/api/sessions/$session")("bid_count").asLong

  /** Sends so many lines from a thread of its own, each followed by so many blanks. */
  private def sending(stream: BulkStream, session: String, count: Int, blanks: Int = 0): Future[Unit] =
    Future(blocking {
      (0 until count).grouped(1_000).foreach { numbers =>
        stream.send(numbers.map(line(session, _).replace("\n", " " * blanks + "\n")).mkString)
      }
      stream.finish()
      ()
    })

  private def inOrder(answers: Iterator[String], count: Int): Unit = {
    var number = 0
    answers.foreach { answer =>
      if (!answer.contains(s""""status":"accepted"""") || !answer.contains(s""""price":${10 + number}.00,"""))
        fail(s"answer $number is $answer")
      number += 1
    }
    number shouldBe count
    ()
  }

  private def last(answers: Seq[JsonNode]): String = answers.last.path("code").asText

  "A stream of bids" should {
    "be answered while it is sent, and longer than any body may be" in {
      val session = newSession()
      stream() { bids =>
        bids.send(line(session, 0))
        bids.nextJson().path("status").asText shouldBe "accepted"
        bids.head.head should startWith("HTTP/1.1 200")
        val sender = sending(bids, session, 20_000)
        inOrder(bids.answers, 20_000)
        Await.result(sender, 60.seconds)
      }
      bidCount(session) shouldBe 20_001
    }
    "keep the order of a session that is busy again and again" in {
      val session = newSession("rebid_rule" -> "\"BEAT_TOP\"") // one bid that another overtakes is refused
      val crowd = Seq.fill(3)(Future(blocking(stream() { bids =>
        bids.send(line(session, -5) * 5_000).finish()
        bids.answers.map(NodeFixture.json(_).path("code").asText).toSet shouldBe Set("bidding.below-upset-price")
      })))
      stream() { bids =>
        val sender = sending(bids, session, 5_000)
        inOrder(bids.answers, 5_000)
        Await.result(sender, 60.seconds)
      }
      crowd.foreach(Await.result(_, 60.seconds))
    }
    "wait for a client that does not read, and go on when he does" in {
      val session = newSession()
      val count = 40_000 // with their blanks more than fits between client and node
      stream(buffers = 0x4000) { bids =>
        val sender = sending(bids, session, count, blanks = 400)
        var before = -1L
        eventually(timeout(60.seconds), interval(1.second)) {
          val now = bidCount(session)
          val stands = now > 0 && now == before
          before = now
          stands shouldBe true
        }
        before should be < count.toLong
        sender.isCompleted shouldBe false
        inOrder(bids.answers, count)
        Await.result(sender, 60.seconds)
      }
      bidCount(session) shouldBe count
    }
    "be ended when nothing comes any more, with what is whole of it done" in {
      val session = newSession()
      stream() { bids =>
        bids.send(lines(session, 0 to 9) + """{"session_id":"half""")
        val answers = bids.rest()
        answers should have size 11
        answers.last.path("status").asInt shouldBe 408
        last(answers) shouldBe "idle"
      }
      bidCount(session) shouldBe 10
    }
    "be ended where it breaks off or is no longer HTTP, with what is whole of it done" in {
      val session = newSession()
      stream() { bids =>
        bids.send(lines(session, 0 to 9)).raw("zz\r\nnonsense\r\n")
        last(bids.rest()) shouldBe "malformed-body"
      }
      stream() { bids =>
        bids.send(lines(session, 10 to 19)).raw("50\r\n{\"session_id\"")
        bids.shutdownOutput()
        last(bids.rest()) shouldBe "malformed-body"
      }
      bidCount(session) shouldBe 20
    }
    "be forgotten when its client goes" in {
      val session = newSession()
      stream() { bids =>
        bids.send(lines(session, 0 to 9))
        (0 to 9).foreach(_ => bids.next())
        bids.send(lines(session, 10 to 5_000))
        bids.reset()
      }
      stream()(bids => inOrder(bids.send(lines(session, 0 to 9)).finish().answers, 10))
      bidCount(session) should be >= 20L
    }
    "be ended when the token expires" in {
      val session = newSession()
      stream(token("u-bob", expiresInSeconds = 2)) { bids =>
        val one = s"""{"session_id":"$session","price":12}""" + "\n"
        val answers = Iterator
          .continually {
            try bids.send(one)
            catch { case _: IOException => () }
            bids.nextJson()
          }
          .find(_.has("code"))
        answers.get.path("code").asText shouldBe "invalid-token"
        bids.rest() shouldBe Nil
      }
    }
    "be let come where its client asks for leave" in {
      val session = newSession()
      stream(headers = "Expect: 100-continue\r\n") { bids =>
        bids.head.head should startWith("HTTP/1.1 100")
        bids.send(lines(session, 0 to 9)).finish()
        bids.secondHead.head should startWith("HTTP/1.1 200")
        inOrder(bids.answers, 10)
      }
    }
    "be answered to a member as he is" in {
      val session = newSession()
      stream(ann) { bids =>
        bids.send(s"""{"session_id":"$session","price":12}""" + "\n").finish()
        bids.rest().map(_.path("status").asText) shouldBe Seq("accepted")
      }
    }
  }
}
