package io.turnwise.bidding

import org.scalatest.wordspec.AnyWordSpec

class SessionSocketSpec extends AnyWordSpec with BiddingOverHttp {

  override protected def settings: String = super.settings + "turnwise.http.heartbeat = 200ms"

  private def using[A](reader: SocketFeed)(use: SocketFeed => A): A =
    try use(reader)
    finally reader.close()

  "A WebSocket" should {
    "answer pings, and be refused where none was asked for" in {
      val id = newSession()
      using(socket(id)) { reader =>
        (1 to 50).foreach(_ => reader.send("ping"))
        eventually(reader.texts.count(_ == "pong") shouldBe 50)
      }
      val answer = get(s"/ws/$id")
      answer.status shouldBe 426
      answer.code shouldBe "upgrade-required"
      answer.header("Upgrade") shouldBe Some("websocket")
      get("/ws/nowhere").code shouldBe "bidding.unknown-session"
    }

    "stay open while it is only read, quiet or not" in {
      val id = newSession()
      using(socket(id)) { reader =>
        val until = System.currentTimeMillis + 1_500 // more than three heartbeats without a message of the client's
        while (System.currentTimeMillis < until) accepted(id, "12", ann)
        eventually(reader.boards.last.path("sequence").asLong shouldBe get(s"/api/sessions/$id")("version").asLong)
        Thread.sleep(1_500) // as long again without a message of ours
        reader.isOver shouldBe false
        accepted(id, "13", bob)
        eventually(reader.boards.last.path("data").path("total_count").asInt shouldBe 2)
      }
    }

    "stay open through what it cannot read, and close on what it does not take" in {
      val id = newSession()
      using(socket(id, ann)) { reader =>
        val odd = Seq("", "{", "[]", "null", "7", """{"type":"sell"}""", """{"type":"bid","price":"12"}""", "a" * 4096)
        odd.foreach(reader.send)
        eventually(reader.answers should have size odd.size.toLong)
        reader.answers.foreach { answer =>
          answer.path("type").asText shouldBe "problem"
          answer.path("status").asInt shouldBe 400
          answer.path("data").path("code").asText shouldBe "malformed-json"
        }
        reader.send("a" * 4097)
        reader.closed._1 shouldBe 1009
      }
      using(socket(id, ann)) { reader =>
        reader.sendBinary(Array(1, 2, 3))
        reader.closed._1 shouldBe 1003
      }
    }
  }

  "A bid over a WebSocket" should {
    "be the same bid as over HTTP, under the same key, too" in {
      val id = newSession("inventory" -> "1")
      using(socket(id, ann)) { reader =>
        reader.send("""{"type":"bid","price":12.5,"key":"k-1"}""")
        eventually(reader.answers should have size 1)
        val answer = reader.answers.head
        answer.path("type").asText shouldBe "bid_result"
        answer.path("key").asText shouldBe "k-1"
        answer.path("status").asInt shouldBe 200
        val repeated = bid(id, "12.5", ann, "Idempotency-Key" -> "k-1")
        repeated.header("Idempotent-Replayed") shouldBe Some("true")
        answer.path("data") shouldBe repeated.json
        eventually(reader.types should contain("bid_accepted"))
      }
    }

    "be refused with the problem that HTTP has" in {
      val id = newSession()
      using(socket(id, ann)) { reader =>
        reader.send("""{"type":"bid","price":1}""")
        reader.send("""{"type":"bid"}""")
        reader.send("""{"type":"bid","price":12,"key":"no good key"}""")
        eventually(reader.answers should have size 3)
        reader.answers.map(_.path("status").asInt) shouldBe Seq(422, 400, 400)
        reader.answers.head.path("data").path("code").asText shouldBe "bidding.below-upset-price"
        reader.answers.head.has("key") shouldBe false
      }
      using(socket(id)) { stranger =>
        stranger.send("""{"type":"bid","price":12}""")
        eventually(stranger.answers should have size 1)
        stranger.answers.head.path("status").asInt shouldBe 401
        stranger.answers.head.path("data").path("code").asText shouldBe "unauthenticated"
      }
    }

    "be answered in order however many are sent at once" in {
      val id = newSession()
      using(socket(id, ann)) { reader =>
        (1 to 300).foreach(n => reader.send(s"""{"type":"bid","price":$n,"key":"k-$n"}"""))
        eventually(reader.answers should have size 300)
        reader.answers.map(_.path("key").asText) shouldBe (1 to 300).map(n => s"k-$n")
        eventually(reader.ids shouldBe noticed(id, "u-ann", since = 2))
      }
    }
  }
}
