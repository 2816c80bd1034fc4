package io.turnwise.bidding

import io.turnwise.cluster.NodeFixture
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class BiddingRoutesSpec extends AnyWordSpec with Matchers with NodeFixture {
  "A probe" should {
    "work" in {
      val s = newSession()
      println(get(s"/api/sessions/$s").text)
      println(bid(s, "12.5", token("ann")).text)
      println(history(s))
      for (p <- Seq("\"\\ud800\"", "\"a\\u0000\"")) println(post("/api/admin/sessions", proposal("title" -> p), admin))
      println(get("/api/sessions?after=%00"))
      println(get("/api/sessions?after=%zz"))
      println(get("/api/sessions/%FF"))
      println(raw("GET /api/sessions/%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
      println(raw("FOO /api/sessions/%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
      println(raw("GET / HTTP/1.1\r\n\r\n"))
      println(raw("GET / HTTP/3.1\r\nHost: x\r\n\r\n"))
      println(raw("hello" + "x" * 100 + "\r\n\r\n"))
    }
  }
}
