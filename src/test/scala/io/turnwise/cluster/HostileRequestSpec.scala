package io.turnwise.cluster

import java.nio.charset.StandardCharsets.UTF_8
import java.time.Instant
import java.util.{Base64, Date}

import scala.jdk.CollectionConverters._

import com.nimbusds.jose.{JWSAlgorithm, JWSHeader, JWSObject, Payload}
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jwt.{JWTClaimsSet, PlainJWT, SignedJWT}
import io.turnwise.http.{Access, Endpoint, Role}
import org.scalatest.wordspec.AnyWordSpec

class HostileRequestSpec extends AnyWordSpec with HostileInput {

  "A header" should {
    def change(header: (String, String)) =
      put(s"/api/admin/sessions/$scheduled", proposal(), admin, Seq(header))
    "be refused as If-Match where it is not one version" in writingNothing {
      Seq("abc", "1", "\"\"", "\"x\"", "\"-1\"", "W/\"1\"", "\"1\", \"2\"", "\"99999999999999999999\"", "\"1").foreach {
        etag => withClue(etag)(problem(change("If-Match" -> etag), 400).code shouldBe "malformed-version")
      }
      problem(change("If-Match" -> "\"99\""), 412).code shouldBe "version-mismatch"
      problem(bid(open, "12", ann, "If-Match" -> "\"99\""), 412).code shouldBe "version-mismatch"
    }
    "be refused as Idempotency-Key where it is empty, too long or not plain" in writingNothing {
      Seq("x" * 129, "two words", "").foreach { key =>
        withClue(key)(problem(change("Idempotency-Key" -> key), 400).code shouldBe "invalid-header")
        problem(bid(open, "12", ann, "Idempotency-Key" -> key), 400).code shouldBe "invalid-header"
      }
      val body = s"""{"session_id":"$open","price":12}"""
      Seq("\u00e9", "\u0001", "\u007f").foreach { key =>
        val headers = bearer(ann) + s"Idempotency-Key: $key\r\nContent-Length: ${body.length}\r\n"
        problem(rawRequest("POST", "/api/bid", headers, body), 400)
      }
    }
    "be no trace, and do no other harm, as traceparent where it is none" in {
      val traced = newSession()
      Seq("x", "00-" + "g" * 32 + "-0000000000000000-01", "0" * 200).foreach { trace =>
        bid(traced, "12", ann, "traceparent" -> trace).status shouldBe 200
      }
      val written = query(
        _.createQuery("SELECT count(*) FROM journal_readable WHERE turn::text LIKE '%traceparent%'")
          .mapTo(classOf[java.lang.Long])
          .one()
      )
      written shouldBe 0
    }
    "never carry a token in the query but on a stream" in writingNothing {
      problem(get(s"/api/orders?access_token=$ann"), 401).code shouldBe "unauthenticated"
    }
    "be replaced as X-Request-ID where it cannot be logged, and be kept where it can" in {
      Seq("a b", "<script>", "x" * 129, "%0a", "{}").foreach { id =>
        val kept = get("/health/live", headers = Seq("X-Request-ID" -> id)).header("X-Request-ID")
        kept.get should fullyMatch regex "[0-9a-f]{1,32}"
      }
      val answer = get("/api/nothing", headers = Seq("X-Request-ID" -> "my-id:1.2_3"))
      problem(answer, 404)("instance").asText shouldBe "my-id:1.2_3"
    }
  }

  "A path or a method" should {
    "be unknown everywhere else" in writingNothing {
      Seq(
        "/nothing",
        "/api",
        "/api/",
        "/api/sessions/",
        "//api/sessions",
        "/api/bid/x",
        "/API/BID",
        "/%61pi/bid/x",
        "*"
      )
        .foreach(path => problem(rawRequest("GET", path), 404).code shouldBe "unknown-path")
    }
    "be told which methods there are" in writingNothing {
      paths.foreach { case (path, served) =>
        val methods = served.map(_.method.value).toSet
        val allowed = methods ++ Set("OPTIONS") ++ (if (methods("GET")) Set("HEAD") else Set())
        val place = path.replaceAll("\\{\\w+}", "x")
        (Set("GET", "POST", "PUT", "DELETE", "PATCH") -- methods).foreach { method =>
          val answer = problem(send(method, place, None, admin), 405)
          answer.code shouldBe "method-not-allowed"
          answer.header("Allow").get.split(", ").toSet shouldBe allowed
        }
        val options = send("OPTIONS", place, None)
        options.status shouldBe 204
        options.header("Allow").get.split(", ").toSet shouldBe allowed
      }
    }
  }

  "A token" should {
    def base64(text: String) = Base64.getUrlEncoder.withoutPadding.encodeToString(text.getBytes(UTF_8))
    def claims =
      new JWTClaimsSet.Builder()
        .subject("mallory")
        .claim("role", "admin")
        .expirationTime(Date.from(Instant.now.plusSeconds(60)))
    def signed(algorithm: JWSAlgorithm, secret: String, claims: JWTClaimsSet.Builder) = {
      val token = new SignedJWT(new JWSHeader(algorithm), claims.build)
      token.sign(new MACSigner(secret))
      token.serialize
    }
    def signedText(claims: String) = {
      val token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims))
      token.sign(new MACSigner(NodeFixture.Secret))
      token.serialize
    }
    def soon = Instant.now.plusSeconds(60).getEpochSecond
    def forged: Map[String, String] = {
      val parts = token("mallory").split('.')
      val (head, body, signature) = (parts(0), parts(1), parts(2))
      val promoted = new String(Base64.getUrlDecoder.decode(body), UTF_8).replace("\"member\"", "\"admin\"")
      promoted should include("admin")
      Map(
        "unsigned" -> new PlainJWT(claims.build).serialize,
        "unsigned with a signature" -> s"${base64("""{"alg":"none"}""")}.$body.$signature",
        "under another key" -> token("mallory", secret = "x" * 32),
        "by another algorithm" -> signed(JWSAlgorithm.HS512, NodeFixture.Secret * 2, claims),
        "expired" -> token("mallory", expiresInSeconds = -1),
        "without expiry" -> signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.expirationTime(null)),
        "with another role than was signed" -> s"$head.${base64(promoted)}.$signature",
        "without signature" -> s"$head.$body.",
        "cut" -> s"$head.$body",
        "with a role that there is not" ->
          signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.claim("role", "root")),
        "with a role that is no text" ->
          signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.claim("role", ju("admin"))),
        "with a weight that is none" ->
          signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.claim("weight", "heavy")),
        "with a weight beyond all bounds" ->
          signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.claim("weight", "1e999999999")),
        "with a tenant that cannot be" ->
          signed(JWSAlgorithm.HS256, NodeFixture.Secret, claims.claim("tenant", "a:b|c")),
        "with a subject that is too long" -> token("x" * 129),
        "with a subject that cannot be stored" -> token("a\u0000b"),
        "with a name that cannot be stored" -> signedText(s"""{"sub":"m","exp":$soon,"name":"a\\ud800b"}"""),
        "with claims that are none" -> signedText("[]"),
        "with claims of other kinds" -> signedText("""{"sub":[1],"exp":"soon"}"""),
        "with a weight that is endless" -> signedText(s"""{"sub":"m","exp":$soon,"weight":1e400}"""),
        "with an expiry that is no time" -> signedText("""{"sub":"m","exp":1e400}"""),
        "with claims nested deeply" -> signedText(s"""{"sub":"m","exp":$soon,"a":${"[" * 2_000 + "]" * 2_000}}"""),
        "with the signature of another" -> s"$head.$body.${token("other").split('.')(2)}",
        "nonsense" -> "nonsense",
        "long" -> "x" * 8_000
      )
    }
    def ju(values: String*) = values.asJava
    def call(endpoint: Endpoint, token: String) =
      send(endpoint.method.value, at(endpoint.path, open), None, token)
    "be asked for wherever somebody does something" in writingNothing {
      val closed = Set(Access.MEMBER, Access.OPERATOR, Access.ADMIN)
      endpoints.filter(each => closed(each.access)).foreach { endpoint =>
        val answer = problem(call(endpoint, ""), 401)
        answer.code shouldBe "unauthenticated"
        answer.header("WWW-Authenticate") shouldBe Some("Bearer")
      }
    }
    "be refused everywhere when it is forged, expired or speaks for nobody" in writingNothing {
      for ((how, token) <- forged; endpoint <- endpoints.filterNot(_.access == Access.PUBLIC)) {
        withClue(s"$how: $endpoint: ")(problem(call(endpoint, token), 401, 431).code should not be "unauthenticated")
      }
      forged.values.filter(_.length < 2_000).foreach { token =>
        problem(rawRequest("GET", s"/api/sessions/$open/events?access_token=$token"), 401)
      }
      Seq("Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Bearer a b", "x").foreach { value =>
        problem(rawRequest("GET", s"/api/sessions/$open", s"Authorization: $value\r\n"), 401)
      }
    }
    "not open an administrator's path to anybody else" in writingNothing {
      val others = Seq(Role.MEMBER, Role.BROKER, Role.SERVICE)
      val guarded = endpoints.filter(_.access == Access.ADMIN)
      guarded should not be empty
      for (role <- others; endpoint <- guarded) {
        problem(call(endpoint, token("mallory", role = role)), 403).code shouldBe "forbidden"
      }
    }
  }

  "What never becomes a request" should {
    "be answered with a problem, too" in writingNothing {
      val many = (1 to 70).map(i => s"X$i: 1\r\n").mkString
      val bodiless = Seq(
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        "GET /#x HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        "GET /?a=%z HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        "GET http://[::1/x HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        s"GET /${"x" * 5_000} HTTP/1.1\r\nHost: x\r\n\r\n" -> 414,
        "GET / HTTP/1.1\r\n\r\n" -> 400,
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" -> 400,
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n" -> 400,
        "GET / HTTP/3.1\r\nHost: x\r\n\r\n" -> 505,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" -> 501,
        "FOO / HTTP/1.1\r\nHost: x\r\n\r\n" -> 501,
        "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n" -> 400,
        s"GET / HTTP/1.1\r\nHost: x\r\nX: ${"y" * 9_000}\r\n\r\n" -> 431,
        s"GET / HTTP/1.1\r\nHost: x\r\n${"y" * 100}: 1\r\n\r\n" -> 431,
        s"GET / HTTP/1.1\r\nHost: x\r\n$many\r\n" -> 400,
        "GET / HTTP/1.1\r\nHost: x\r\na b: c\r\n\r\n" -> 400,
        "GET / HTTP/1.1\r\nHost: x\r\nX: \u0001\r\n\r\n" -> 400,
        "POST /api/bid HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n" -> 400,
        "POST /api/bid HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" -> 400,
        "POST /api/bid HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab" -> 400,
        "POST /api/bid HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" -> 400,
        "hello, world\r\n\r\n" -> 501,
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 a TLS hello\r\n\r\n" -> 400
      )
      bodiless.foreach { case (request, status) => withClue(request.take(80))(problem(raw(request), status)) }
    }
    "leave the connection usable where it was a request after all" in {
      val answers = raw(
        "GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n" +
          s"POST /api/bid HTTP/1.1\r\nHost: x\r\n${bearer(ann)}Content-Length: 1\r\n\r\n{" +
          "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      )
      answers.status shouldBe 404
      answers.text should include("malformed-json")
      answers.text should include("\"status\":\"up\"")
    }
  }

  "A node" should {
    "have taken no harm from any of this" in unharmed()
  }
}
