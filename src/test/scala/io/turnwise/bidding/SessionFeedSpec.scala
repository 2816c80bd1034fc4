package io.turnwise.bidding

import java.util.concurrent.ConcurrentLinkedQueue

import scala.jdk.CollectionConverters._
import scala.util.Random

import io.turnwise.bidding.Feed.Received
import org.scalatest.wordspec.AnyWordSpec

/** The entity remembers three notices only, so that what is older comes from the journal. */
class SessionFeedSpec extends AnyWordSpec with BiddingOverHttp {

  override protected def settings: String = super.settings + "turnwise.turn.notices-kept = 3"

  private def using[R <: Received, A](reader: R)(use: R => A): A =
    try use(reader)
    finally reader.close()

  /** Both kinds of streams, the second as a browser opens it again by itself. */
  private val kinds: Seq[(String, (String, String, Option[Long]) => Received)] = Seq(
    "server-sent events" -> ((session, token, since) => feed(session, token, since)),
    "a WebSocket" -> ((session, token, since) => socket(session, token, since))
  )

  kinds.foreach { case (kind, open) =>
    s"A reader of $kind" should {
      "get the board, then each event once, his own bids and nobody else's" in {
        val id = newSession("inventory" -> "1")
        using(open(id, ann, None)) { reader =>
          eventually(reader.boards should not be empty)
          accepted(id, "12", ann)
          val beaten = accepted(id, "13", bob)
          close(id).status shouldBe 200
          eventually(reader.types should contain("session_settled"))
          reader.events.map(_.path("type").asText) shouldBe Seq("bid_accepted", "outbid", "session_settled")
          reader.ids shouldBe noticed(id, "u-ann", since = 2)
          reader.events.foreach(event => event.path("id") shouldBe event.path("sequence"))
          val data = reader.events.map(_.path("data"))
          val (own, outbid, settled) = (data(0), data(1), data(2))
          own.path("rank").asInt shouldBe 1
          own.path("is_winning").asBoolean shouldBe true
          shouldBeDecimal(own.path("price"), "12")
          outbid.path("rank").asInt shouldBe 2
          shouldBeDecimal(outbid.path("threshold_score"), "13")
          reader.ids(1) shouldBe beaten("sequence").asLong
          settled.path("state").asText shouldBe "settled"
          eventually(reader.boards.last.path("data").path("state").asText shouldBe "settled")
        }
      }

      "get what he missed when he comes again, from memory and from the journal, and then what follows" in {
        val id = newSession("inventory" -> "1")
        val first = using(open(id, ann, None)) { reader =>
          eventually(reader.boards should not be empty)
          accepted(id, "12", ann)
          eventually(reader.ids should have size 1)
          reader.lastId
        }
        (1 to 20).foreach { n => // 40 notices for two members, of which three are remembered
          accepted(id, s"${20 + 2 * n}", bob)
          accepted(id, s"${21 + 2 * n}", ann)
        }
        using(open(id, ann, first)) { reader =>
          eventually(reader.ids should have size 40)
          reader.ids shouldBe noticed(id, "u-ann", since = first.get)
          eventually(reader.boards should not be empty)
          accepted(id, "99", bob)
          eventually(reader.types.last shouldBe "leaderboard_update")
          eventually(reader.ids shouldBe noticed(id, "u-ann", since = first.get))
        }
        using(open(id, "", Some(0))) { stranger =>
          eventually(stranger.types should contain("session_opened"))
          eventually(stranger.boards should not be empty)
          stranger.events.map(_.path("type").asText) shouldBe Seq("session_opened")
        }
      }

      "get them, too, when the entity has forgotten all, and when it does so while he reads" in {
        val id = newSession("inventory" -> "1")
        using(open(id, bob, Some(0))) { reader =>
          eventually(reader.types should contain("session_opened"))
          (1 to 5).foreach { n =>
            accepted(id, s"${20 + n}", if (n % 2 == 0) ann else bob)
            forget(id)
          }
          eventually(reader.ids shouldBe noticed(id, "u-bob"))
        }
        eventually(awake(id) shouldBe false)
        using(open(id, ann, Some(0))) { reader =>
          eventually(reader.ids shouldBe noticed(id, "u-ann"))
          close(id)
          eventually(reader.ids shouldBe noticed(id, "u-ann"))
          reader.types should contain("session_settled")
        }
      }

      "be taken as one who has missed nothing when his id is not known here yet" in {
        val id = newSession()
        using(open(id, ann, Some(1_000_000))) { reader =>
          eventually(reader.boards should not be empty)
          accepted(id, "12", ann)
          eventually(reader.ids shouldBe noticed(id, "u-ann", since = 2))
        }
      }
    }
  }

  "Readers who come and go at random" should {
    "each have seen exactly what the journal says, in order" in {
      val id = newSession("inventory" -> "3")
      val subjects = (1 to 6).map(n => s"r$n")
      val tokens = subjects.map(token(_)).zip(subjects)
      val seen = tokens.map { case (_, subject) => subject -> new ConcurrentLinkedQueue[Long] }.toMap
      @volatile var bidding = true
      val readers = tokens.zipWithIndex.map { case ((token, subject), seed) =>
        val thread = new Thread(() => {
          val random = new Random(seed.toLong)
          var last = 0L
          def sitting(atLeast: Long): Unit =
            using(kinds(random.nextInt(2))._2(id, token, Some(last))) { reader =>
              val until = System.currentTimeMillis + random.nextInt(250)
              while (System.currentTimeMillis < until || reader.ids.lastOption.getOrElse(last) < atLeast)
                Thread.sleep(5) // how long he stays is the point
              val ids = reader.ids // once: another may come at any moment
              ids.foreach(seen(subject).add(_))
              last = ids.lastOption.getOrElse(last)
            }
          while (bidding) sitting(0)
          sitting(noticed(id, subject).last)
        })
        thread.start()
        thread
      }
      val random = new Random(42)
      (1 to 60).foreach { _ =>
        val answers = (1 to 8).map { _ =>
          val (token, _) = tokens(random.nextInt(tokens.size))
          sendAsync("POST", "/api/bid", Some(s"""{"session_id":"$id","price":${10 + random.nextInt(90)}}"""), token)
        }
        answers.foreach(_.join.status shouldBe 200)
      }
      bidding = false
      readers.foreach(_.join(60_000))
      subjects.foreach(subject => withClue(subject)(seen(subject).asScala.toSeq shouldBe noticed(id, subject)))
    }
  }

  "A reader whose since is no version" should {
    "be told so" in {
      val id = newSession()
      Seq("x", "-1", "1.5", "99999999999999999999").foreach { since =>
        val answer = get(s"/api/sessions/$id/events?since=$since")
        answer.status shouldBe 400
        answer.code shouldBe "invalid-parameter"
      }
    }
  }

  "A stream" should {
    "end when its token does, of either kind" in {
      val id = newSession()
      def brief = token("u-brief", expiresInSeconds = 2)
      using(feed(id, brief)) { reader => eventually(reader.isOver shouldBe true) }
      using(socket(id, brief)) { reader =>
        reader.closed._1 shouldBe 1008
        reader.closed._2 should include("expired")
        reader.boards should not be empty
      }
    }
  }
}
