package io.turnwise.http

import java.time.{Duration, Instant, InstantSource}
import java.util.{Base64, Date}
import java.util.concurrent.atomic.AtomicLong

import scala.jdk.OptionConverters._

import com.nimbusds.jose.{JWSAlgorithm, JWSHeader, PlainHeader}
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jwt.{JWTClaimsSet, PlainJWT, SignedJWT}
import com.typesafe.config.ConfigFactory
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class TokensSpec extends AnyWordSpec with Matchers {

  private val Secret = "0123456789abcdef0123456789abcdef"
  private val Start = 1_790_000_000_000L

  private final class Situation {
    val clockMillis = new AtomicLong(Start)
    private val clock: InstantSource = () => Instant.ofEpochMilli(clockMillis.get)
    val tokens = new Tokens(Secret, ConfigFactory.load("reference"), clock)

    def verified(token: String): Option[Principal] = tokens.verify(token).toScala
  }

  private val ann = new Principal("u-ann", "Ann", 137, Role.BROKER, "acme", 0)

  private def claims: JWTClaimsSet.Builder =
    new JWTClaimsSet.Builder().subject("u-ann").expirationTime(new Date(Start + 60_000))

  private def signed(
      claims: JWTClaimsSet.Builder,
      secret: String = Secret,
      algorithm: JWSAlgorithm = JWSAlgorithm.HS256
  ): String = {
    val token = new SignedJWT(new JWSHeader(algorithm), claims.build)
    token.sign(new MACSigner(secret))
    token.serialize
  }

  private def base64(text: String): String =
    Base64.getUrlEncoder.withoutPadding.encodeToString(text.getBytes("UTF-8"))

  "A token that we signed" should {
    "speak for whom it was signed, until it expires" in {
      val here = new Situation
      val token = here.tokens.sign(ann)
      val lifetime = here.tokens.lifetime
      lifetime shouldBe Duration.ofHours(24)
      val expected = new Principal("u-ann", "Ann", 137, Role.BROKER, "acme", Start + lifetime.toMillis)
      here.verified(token) shouldBe Some(expected)
      here.clockMillis.set(Start + lifetime.toMillis - 1)
      here.verified(token) shouldBe Some(expected)
    }
    "give its subject as the name where it has none, as far as a name is long" in {
      val here = new Situation
      def name(subject: String) = here.verified(signed(claims.subject(subject))).map(_.name)
      name("u-ann") shouldBe Some("u-ann")
      name("x" * 128) shouldBe Some("x" * 100)
      name("x" * 99 + "\ud83d\udd28" * 7) shouldBe Some("x" * 99)
    }
    "be good for nothing from its expiry on, also while its verification is remembered" in {
      val here = new Situation
      val token = here.tokens.sign(ann)
      here.verified(token) should not be None
      here.clockMillis.set(Start + here.tokens.lifetime.toMillis)
      here.verified(token) shouldBe None
    }
  }

  "A token of somebody else who has the secret" should {
    "need no more than subject and expiry" in {
      new Situation().verified(signed(claims)) shouldBe
        Some(new Principal("u-ann", "u-ann", 100, Role.MEMBER, "default", Start + 60_000))
    }
    "have an expiry" in {
      new Situation().verified(signed(new JWTClaimsSet.Builder().subject("u-ann"))) shouldBe None
    }
    "have a subject of 1 to 128 bytes" in {
      val here = new Situation
      def of(subject: String) = here.verified(signed(claims.subject(subject)))
      of("x" * 128) should not be None
      of("x" * 129) shouldBe None
      of("é" * 64) should not be None
      of("é" * 65) shouldBe None
      of("") shouldBe None
      here.verified(signed(claims.subject(null))) shouldBe None
    }
    "have a weight from 0 to 1000" in {
      val here = new Situation
      def of(weight: Any) = here.verified(signed(claims.claim("weight", weight))).map(_.weightHundredths)
      of(new java.math.BigDecimal("0")) shouldBe Some(0)
      of(new java.math.BigDecimal("1000.00")) shouldBe Some(100_000)
      of(new java.math.BigDecimal("1000.01")) shouldBe None
      of(new java.math.BigDecimal("-0.01")) shouldBe None
      of(new java.math.BigDecimal("1e300")) shouldBe None
      of("heavy") shouldBe None
      of(true) shouldBe None
    }
    "have a role and tenant that can be" in {
      val here = new Situation
      here.verified(signed(claims.claim("role", "admin"))).map(_.role) shouldBe Some(Role.ADMIN)
      here.verified(signed(claims.claim("role", "ADMIN"))) shouldBe None
      here.verified(signed(claims.claim("role", "root"))) shouldBe None
      here.verified(signed(claims.claim("role", 7))) shouldBe None
      Seq("", "a:b", "a|b", "Acme", "x" * 33).foreach { tenant =>
        here.verified(signed(claims.claim("tenant", tenant))) shouldBe None
      }
    }
    "have a name of at most 100 characters" in {
      val here = new Situation
      here.verified(signed(claims.claim("name", "x" * 100))).map(_.name) shouldBe Some("x" * 100)
      here.verified(signed(claims.claim("name", "x" * 101))) shouldBe None
    }
  }

  "A forged token" should {
    "be refused: without a signature" in {
      val here = new Situation
      here.verified(new PlainJWT(new PlainHeader, claims.build).serialize) shouldBe None
      val parts = here.tokens.sign(ann).split('.')
      here.verified(base64("""{"alg":"none"}""") + "." + parts(1) + ".") shouldBe None
      here.verified(base64("""{"alg":"none"}""") + "." + parts(1) + "." + parts(2)) shouldBe None
      here.verified(parts(0) + "." + parts(1) + ".") shouldBe None
    }
    "be refused: signed with another key" in {
      new Situation().verified(signed(claims, secret = Secret.reverse)) shouldBe None
    }
    "be refused: signed with another algorithm" in {
      val here = new Situation
      val longSecret = Secret + Secret
      val tokens = new Tokens(longSecret, ConfigFactory.load("reference"), () => Instant.ofEpochMilli(Start))
      tokens.verify(signed(claims, longSecret)).isPresent shouldBe true
      tokens.verify(signed(claims, longSecret, JWSAlgorithm.HS512)).isPresent shouldBe false
      val parts = here.tokens.sign(ann).split('.')
      here.verified(base64("""{"alg":"RS256"}""") + "." + parts(1) + "." + parts(2)) shouldBe None
    }
    "be refused: its claims changed, also while the true one is remembered" in {
      val here = new Situation
      val token = here.tokens.sign(ann)
      here.verified(token) should not be None
      val parts = token.split('.')
      val changed = new String(Base64.getUrlDecoder.decode(parts(1)), "UTF-8").replace("broker", "admin")
      here.verified(parts(0) + "." + base64(changed) + "." + parts(2)) shouldBe None
    }
    "be refused: nothing like a token" in {
      val here = new Situation
      Seq("", ".", "..", "...", "a.b.c", "é.é.é", "Bearer", base64("{}") + "." + base64("{}") + "." + base64("{}"))
        .foreach(here.verified(_) shouldBe None)
    }
  }

  "A secret" should {
    "have 32 bytes" in {
      def withSecret(secret: String) = new Tokens(secret, ConfigFactory.load("reference"), InstantSource.system)
      (the[IllegalArgumentException] thrownBy withSecret("x" * 31)).getMessage should include("31 bytes")
      withSecret("x" * 32)
      withSecret("é" * 16)
    }
  }
}
