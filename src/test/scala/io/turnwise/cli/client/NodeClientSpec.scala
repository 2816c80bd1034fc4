package io.turnwise.cli.client

import java.{util => ju}

import io.turnwise.cli.replay.ScriptedNode
import io.turnwise.cli.replay.ScriptedNode.{Answer, Call, HangUp, Json}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class NodeClientSpec extends AnyWordSpec with Matchers {

  private val putOff = Json(503, """{"code":"busy"}""", Map("Retry-After" -> "0"))

  private def withClient[T](answer: (Call, Int) => Answer)(test: (ScriptedNode, NodeClient) => T): T = {
    val node = new ScriptedNode(answer)
    val client = new NodeClient(node.uri)
    try test(node, client)
    finally {
      client.close()
      node.close()
    }
  }

  private def bid(client: NodeClient) = client.post("/api/bid", "token", "key-1", ju.Map.of("price", 1))

  "A call" should {
    "be repeated under the same key while it is put off" in {
      withClient((_, n) => if (n < 4) putOff else Json(200, """{"rank":1}""")) { (node, client) =>
        val answer = bid(client)
        answer.isSuccess shouldBe true
        answer.body.path("rank").asInt shouldBe 1
        node.calls.map(call => (call.method, call.path, call.key)) shouldBe
          Seq.fill(4)(("POST", "/api/bid", Some("key-1")))
        client.requestCount shouldBe 4
        client.retryCount shouldBe 3
      }
    }

    "be repeated under the same key when the connection is lost" in {
      withClient((_, n) => if (n == 1) HangUp else Json(200, "{}")) { (node, client) =>
        bid(client).status shouldBe 200
        node.calls.map(call => (call.method, call.path, call.key)) shouldBe
          Seq.fill(2)(("POST", "/api/bid", Some("key-1")))
      }
    }

    "end with the last answer when it is put off for good" in {
      withClient((_, _) => putOff) { (node, client) =>
        bid(client).code shouldBe "busy"
        node.calls should have size 16
      }
    }

    "not be repeated when it is refused" in {
      withClient((_, _) => Json(422, """{"code":"bidding.must-raise","detail":"Higher."}""")) { (node, client) =>
        val answer = bid(client)
        answer.isSuccess shouldBe false
        answer.toString shouldBe "422 bidding.must-raise: Higher."
        node.calls should have size 1
      }
    }

    "name an answer that is not JSON by its status" in {
      withClient((_, _) => Json(418, "<html>")) { (_, client) => bid(client).code shouldBe "http-418" }
    }

    "fail at once where only a look was asked for" in {
      withClient((_, _) => HangUp) { (_, client) =>
        val failure = the[ClientFailure] thrownBy client.tryGet("/health/live", "token")
        failure.getMessage should startWith("No answer from ")
      }
    }
  }
}
