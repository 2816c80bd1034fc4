package io.turnwise.cluster

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class BrowserHeadersSpec extends AnyWordSpec with NodeFixture with Matchers {

  "A page, and whatever belongs to it," should {
    "say that nothing else is to be loaded, and that it is not to be framed" in {
      val pages = endpoints.map(_.path).filter(path => Set("/", "/docs")(path) || path.matches("/[^/]+\\.\\w+"))
      pages.size should be > 10
      pages.map(get(_)).foreach { page =>
        page.status shouldBe 200
        val policy = page.header("Content-Security-Policy").get.split("; ?").toSet
        policy should contain allOf ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        policy.filter(_.contains("unsafe")) shouldBe Set()
        page.header("X-Frame-Options") shouldBe Some("DENY")
        page.header("X-Content-Type-Options") shouldBe Some("nosniff")
        page.header("Referrer-Policy") shouldBe Some("no-referrer")
        page.header("X-Request-ID") should not be empty
      }
    }
  }

  "An answer" should {
    "be nothing but what it says it is, good or bad" in {
      Seq("/health/live", "/api/sessions", "/api/orders", "/nowhere").foreach { path =>
        get(path).header("X-Content-Type-Options") shouldBe Some("nosniff")
      }
    }
    "not be kept anywhere when it carries a token" in {
      val login = post("/api/auth/login", s"""{"username":"admin","password":"${NodeFixture.AdminPassword}"}""")
      login("access_token").asText should not be empty
      login.header("Cache-Control") shouldBe Some("no-store")
    }
  }
}
