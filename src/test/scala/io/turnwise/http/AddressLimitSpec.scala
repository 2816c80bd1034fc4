package io.turnwise.http

import java.net.InetAddress
import java.time.Duration

import com.typesafe.config.ConfigFactory
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class AddressLimitSpec extends AnyWordSpec with Matchers {

  private final class Limited(perMinute: Int, burst: Int, addressesMax: Int = 1_000) {
    var nowNanos: Long = Long.MaxValue - Duration.ofSeconds(30).toNanos // it may well overflow
    private val config =
      ConfigFactory.parseString(s"per-minute = $perMinute, burst = $burst, addresses-max = $addressesMax")
    private val limit = new AddressLimit(config, () => nowNanos)

    /** None where it was allowed, else what Retry-After says. */
    def take(address: String): Option[String] =
      try {
        limit.take(InetAddress.getByName(address))
        None
      } catch {
        case e: ProblemException =>
          e.kind shouldBe io.turnwise.turn.Rejection.Kind.TOO_MANY
          Some(e.response("r").getHeader("Retry-After").get.value)
      }

    def pass(seconds: Double): Unit = nowNanos += (seconds * 1e9).toLong
  }

  "An address" should {
    "have a burst at once and then as many as the rate gives" in {
      val limited = new Limited(perMinute = 10, burst = 3)
      Seq.fill(5)(limited.take("10.0.0.1")) shouldBe Seq(None, None, None, Some("6"), Some("6"))
      limited.pass(1.5)
      limited.take("10.0.0.1") shouldBe Some("5")
      limited.pass(4.5)
      Seq.fill(2)(limited.take("10.0.0.1")) shouldBe Seq(None, Some("6"))
      limited.pass(3600)
      Seq.fill(4)(limited.take("10.0.0.1")) shouldBe Seq(None, None, None, Some("6"))
    }
    "not use up what another has" in {
      val limited = new Limited(perMinute = 1, burst = 1)
      Seq("10.0.0.1", "10.0.0.2", "::ffff:10.0.0.3", "2001:db8::1").map(limited.take).distinct shouldBe Seq(None)
      limited.take("10.0.0.2") shouldBe Some("60")
      limited.take("10.0.0.3") shouldBe Some("60")
    }
    "share what its IPv6 network has" in {
      val limited = new Limited(perMinute = 1, burst = 1)
      limited.take("2001:db8::1") shouldBe None
      limited.take("2001:db8::ffff:1") shouldBe Some("60")
      limited.take("2001:db8:0:1::1") shouldBe None
    }
    "be free where nothing is limited" in {
      val limited = new Limited(perMinute = 0, burst = 0)
      Seq.fill(1_000)(limited.take("10.0.0.1")).distinct shouldBe Seq(None)
    }
  }
}
