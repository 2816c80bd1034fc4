package io.turnwise.account

import io.turnwise.http.RawConnection
import org.scalatest.wordspec.AnyWordSpec

class AccountLimitsSpec extends AnyWordSpec with AccountsOverHttp {

  override protected def perAddress: String = "per-minute = 1, burst = 3"

  "One address" should {
    "register only so often" in {
      (1 to 3).map(number => register(s"many$number").status) shouldBe Seq(201, 201, 201)
      val refused = register("many4")
      (refused.status, refused.code) shouldBe ((429, "too-many-requests"))
      refused.headers("Retry-After").get.toInt should (be > 0 and be <= 60)
    }
    "log in only so often, right or wrong, and apart from that" in {
      (1 to 3).map(_ => logIn("many1").status) shouldBe Seq(200, 200, 200)
      logIn("many1").status shouldBe 429
      logIn("nobody").status shouldBe 429
      send("GET", "/api/admin/members", token = operator).status shouldBe 200
    }
    "be told so before it has sent what it wants to" in {
      val connection = new RawConnection(port)
      try {
        val head =
          "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4\r\nContent-Length: 5000\r\n\r\n"
        connection.send(head).answer().status shouldBe 429
      } finally connection.close()
    }
  }
}
