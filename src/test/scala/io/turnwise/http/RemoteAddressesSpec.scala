package io.turnwise.http

import java.net.InetAddress
import java.{util => ju}

import akka.http.javadsl.model.{AttributeKeys, HttpRequest, RemoteAddress}
import akka.http.javadsl.model.headers.RawHeader
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class RemoteAddressesSpec extends AnyWordSpec with Matchers {

  private def remote(trusted: String*)(peer: String, forwarded: String*): String = {
    val request = forwarded.foldRight(
      HttpRequest.create().addAttribute(AttributeKeys.remoteAddress, RemoteAddress.create(InetAddress.getByName(peer)))
    )((value, request) => request.addHeader(RawHeader.create("X-Forwarded-For", value)))
    new RemoteAddresses(ju.List.of(trusted: _*)).of(request).getHostAddress
  }

  "A remote address" should {
    "be who connected, where no proxy is trusted, or another one" in {
      remote()("10.0.0.1", "1.2.3.4") shouldBe "10.0.0.1"
      remote("10.0.0.2")("10.0.0.1", "1.2.3.4") shouldBe "10.0.0.1"
      remote("10.0.0.1")("10.0.0.1") shouldBe "10.0.0.1"
    }
    "be the last one that a trusted proxy names and that is none itself" in {
      remote("10.0.0.1")("10.0.0.1", "1.2.3.4") shouldBe "1.2.3.4"
      remote("10.0.0.1")("10.0.0.1", "6.6.6.6, 1.2.3.4") shouldBe "1.2.3.4"
      remote("10.0.0.0/8")("10.9.8.7", "6.6.6.6, 1.2.3.4,10.1.1.1") shouldBe "1.2.3.4"
      remote("10.0.0.0/8")("10.9.8.7", "6.6.6.6", "1.2.3.4", "10.1.1.1") shouldBe "1.2.3.4"
      remote("10.0.0.0/8")("10.9.8.7", "10.2.2.2") shouldBe "10.2.2.2"
      remote("fd00::/8")("fd12::1", "2001:db8::1") shouldBe "2001:db8:0:0:0:0:0:1"
      remote("10.0.0.0/31", "::1")("::1", "1.2.3.4:5678, 10.0.0.1") shouldBe "1.2.3.4"
      remote("::1")("::1", "[2001:db8::1]:80") shouldBe "2001:db8:0:0:0:0:0:1"
    }
    "be the nearest known one where a proxy names none" in {
      Seq("unknown", "", "localhost", "1.2.3", "999.1.1.1", "a:b", "[", "1.2.3.4 5", "x" * 4_000).foreach { hop =>
        withClue(hop)(remote("10.0.0.0/8")("10.0.0.1", s"6.6.6.6, $hop, 10.0.0.2") shouldBe "10.0.0.2")
      }
    }
    "not be set up with what is no network" in {
      Seq("", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8").foreach { network =>
        withClue(network)(
          (the[IllegalArgumentException] thrownBy remote(network)("::1")).getMessage should include(network)
        )
      }
    }
  }
}
