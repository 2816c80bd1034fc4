package io.turnwise.cluster

import java.nio.charset.StandardCharsets.UTF_8
import java.time.Instant
import java.util.{Base64, Date}

import scala.jdk.CollectionConverters._

import com.nimbusds.jose.{JWSAlgorithm, JWSHeader, JWSObject, Payload}
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jwt.{JWTClaimsSet, PlainJWT, SignedJWT}
import io.turnwise.http.{Access, Endpoint, Role}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class HostileInputSpec extends AnyWordSpec with Matchers with NodeFixture {

  import HostileInputSpec.Field
  import NodeFixture.Answer

  override protected def settings: String = "turnwise.http.body-timeout = 1s"

  private lazy val ann = token("u-ann")
  private lazy val open = newSession()
  private lazy val scheduled = {
    val start = Instant.now.plusSeconds(3_000)
    newSession("starts_at" -> s"\"$start\"", "ends_at" -> s"\"${start.plusSeconds(60)}\"")
  }

  private val Leaks =
    """(?i)exception|stack ?trace|\b(java|javax|akka|scala|io\.turnwise|com|org)\.[a-z]|jackson|readfeature|\bat [\w.]+\(""".r

  /** A problem as it is documented, with one of these statuses, that tells nothing of what is inside. */
  private def problem(answer: Answer, statuses: Int*): Answer = withClue(answer) {
    statuses should contain(answer.status)
    answer.header("Content-Type").get should startWith("application/problem+json")
    answer.code should fullyMatch regex "[a-z-]+(\\.[a-z-]+)?"
    answer("title").asText should not be empty
    answer("status").asInt shouldBe answer.status
    answer("detail").asText should not be empty
    answer("instance").asText should not be empty
    answer.header("X-Request-ID") shouldBe Some(answer("instance").asText)
    Leaks.findFirstIn(answer.text) shouldBe None
    answer
  }

  private def writingNothing(requests: => Any): Unit = {
    open
    scheduled
    val before = rowsInJournal
    requests
    rowsInJournal shouldBe before
    ()
  }

  private def rawRequest(method: String, path: String, headers: String = "", body: String = ""): Answer =
    raw(s"$method $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n$headers\r\n$body")

  private def bearer(token: String): String = s"Authorization: Bearer $token\r\n"

  private def paths: Map[String, Seq[Endpoint]] = endpoints.groupBy(_.path)

  private def isWrite(endpoint: Endpoint): Boolean = endpoint.method.value != "GET"

  private val long = "\"" + "x" * 200_000 + "\""

  private def text(name: String, good: String) =
    Field(name, good, Seq("5", "1.5", "true", "[]", "{}", "\"\\ud800\"", "\"\\udc00x\"", "\"a\\u0000b\"", long))

  private def number(name: String, good: String) =
    Field(name, good, Seq("\"5\"", "\"\"", "true", "[]", "{}", "1e400", "-1e400", "-1", "1e-400", "1e2147483647"))

  private def oneOf(name: String, good: String) =
    Field(name, good, Seq("0", "1.5", "true", "\"\"", "\"x\"", good.toUpperCase + "X\"", "[]", "{}").distinct)

  private def time(name: String, good: String) =
    Field(name, good, Seq("5", "1e400", "true", "\"\"", "\"yesterday\"", "\"2026-13-01T00:00:00Z\"", "[]", "{}"))

  private def flag(name: String, good: String) = Field(name, good, Seq("0", "\"true\"", "\"\"", "[]", "{}"))

  private lazy val terms = Seq(
    text("title", "\"A lamp\""),
    text("description", "\"Brass\""),
    number("upset_price", "10.00"),
    number("inventory", "2"),
    number("alpha", "1"),
    number("beta", "0"),
    number("gamma", "0"),
    time("starts_at", s"\"${Instant.now.plusSeconds(3_000)}\""),
    number("duration_seconds", "3600"),
    oneOf("time_unit", "\"seconds\""),
    oneOf("rebid_rule", "\"REPLACE\""),
    oneOf("price_rule", "\"PAY_AS_BID\"")
  )

  private def absent: Set[String] =
    Set("description", "starts_at", "time_unit", "rebid_rule", "price_rule", "reason", "role", "weight", "disabled")

  /** What every endpoint that reads a body reads. */
  private lazy val bodies: Map[String, Seq[Field]] = Map(
    "POST /api/bid" -> Seq(text("session_id", s"\"$open\""), number("price", "12")),
    "POST /api/admin/sessions" -> terms,
    "PUT /api/admin/sessions/{id}" -> terms,
    "POST /api/admin/sessions/{id}/cancel" -> Seq(text("reason", "\"no lamp\"")),
    "POST /api/auth/register" -> Seq(text("username", "\"mallory\""), text("password", "\"admin\"")),
    "POST /api/auth/login" -> Seq(text("username", "\"mallory\""), text("password", "\"wrong horse\"")),
    "POST /api/auth/password" -> Seq(text("old_password", "\"wrong horse\""), text("new_password", "\"x\"")),
    "PUT /api/admin/members/{username}" ->
      Seq(oneOf("role", "\"member\""), number("weight", "1.5"), flag("disabled", "false"))
  )

  private def place(endpoint: String): (String, String) = {
    val (method, path) = (endpoint.takeWhile(_ != ' '), endpoint.dropWhile(_ != ' ').drop(1))
    val id = if (endpoint.startsWith("PUT")) scheduled else open
    method -> path.replace("{id}", id).replace("{username}", "admin")
  }

  private def json(fields: Seq[(String, String)]): String =
    fields.map { case (name, value) => s""""$name":$value""" }.mkString("{", ",", "}")

  private def refusedBody(endpoint: String, body: String, statuses: Int*): Unit = {
    val (method, path) = place(endpoint)
    withClue(s"$endpoint ${body.take(200)}: ")(problem(send(method, path, Some(body), admin), statuses: _*))
    ()
  }

  "A body" should {
    "be described here for every endpoint that reads one" in {
      val writes = endpoints.filter(isWrite).map(each => s"${each.method.value} ${each.path}").toSet
      writes - "POST /api/admin/sessions/{id}/close" shouldBe bodies.keySet
    }
    "be refused where it is not one JSON object" in writingNothing {
      val malformed = Seq(
        "   ",
        "{",
        "}",
        "[",
        "[]",
        "null",
        "5",
        "true",
        "\"x\"",
        "nonsense",
        "{}{}",
        "{} x",
        "[{}]",
        "{'a':1}",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":.5}",
        "{\"a\":0x10}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\n\"}",
        "// x\n{}",
        "/* x */{}",
        "\u0000",
        "{\"a\":1" + "0" * 5_000 + "}",
        "[" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "{\"a\":" * 10_000,
        "{\"a\":" * 10_000 + "1" + "}" * 10_000,
        "<a/>"
      )
      bodies.keys.foreach(endpoint => malformed.foreach(refusedBody(endpoint, _, 400)))
    }
    "be refused with an unknown, a doubled, a missing or a null field" in writingNothing {
      bodies.foreach { case (endpoint, fields) =>
        val good = fields.map(field => field.name -> field.good)
        refusedBody(endpoint, json(good :+ ("surplus" -> "1")), 400)
        refusedBody(endpoint, json(good :+ ("class" -> "\"java.lang.Runtime\"")), 400)
        good.foreach(field => refusedBody(endpoint, json(good :+ field), 400))
        fields.filterNot(field => absent(field.name)).foreach { field =>
          refusedBody(endpoint, json(good.filterNot(_._1 == field.name)), 400, 422)
          refusedBody(endpoint, json(good.filterNot(_._1 == field.name) :+ (field.name -> "null")), 400, 422)
        }
      }
    }
    "be refused with a value of the wrong kind, and with text that cannot be text" in writingNothing {
      for ((endpoint, fields) <- bodies; field <- fields; bad <- field.bad) {
        val others = fields.filterNot(_.name == field.name).map(other => other.name -> other.good)
        refusedBody(endpoint, json(others :+ (field.name -> bad)), 400, 401, 404, 422)
      }
    }
    "be refused nested 10,000 levels deep within a field" in writingNothing {
      for ((endpoint, fields) <- bodies; field <- fields.take(1); (left, right) <- Seq("[" -> "]", "{\"a\":" -> "}")) {
        val deep = left * 10_000 + "1" + right * 10_000
        refusedBody(endpoint, json(Seq(field.name -> deep)), 400)
        refusedBody(endpoint, json(Seq("surplus" -> deep)), 400)
      }
    }
    "be refused above 256 KiB, whether it says its length or not" in writingNothing {
      val large = s"""{"session_id":"${"x" * 1_000_000}","price":12}"""
      bodies.keys.foreach(refusedBody(_, large, 413))
      val chunk = "x" * 0x10000
      val chunks = (1 to 5).map(_ => s"10000\r\n$chunk\r\n").mkString + "0\r\n\r\n"
      problem(rawRequest("POST", "/api/bid", bearer(ann) + "Transfer-Encoding: chunked\r\n", chunks), 413)
    }
    "be refused where it is none, or is not sent as JSON" in writingNothing {
      (bodies.keySet - "POST /api/admin/sessions/{id}/cancel").foreach(refusedBody(_, "", 400))
      bodies.foreach { case (endpoint, fields) =>
        val (method, path) = place(endpoint)
        val good = json(fields.map(field => field.name -> field.good))
        Seq("text/plain", "application/x-www-form-urlencoded", "text/json", "application/xml", "image/png")
          .foreach { kind =>
            problem(send(method, path, Some(good), admin, Seq("Content-Type" -> kind)), 415).code shouldBe "not-json"
          }
      }
    }
    "be refused where it stops half way, or never comes" in writingNothing {
      val chunked = bearer(ann) + "Transfer-Encoding: chunked\r\n"
      val half = s"""{"session_id":"$open","""
      val start = s"${(half.length + 20).toHexString}\r\n$half"
      def request(headers: String, body: String) =
        s"POST /api/bid HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n$headers\r\n$body"
      problem(raw(request(chunked, start), halfClose = true), 400).code shouldBe "malformed-body"
      problem(raw(request(chunked, s"${half.length.toHexString}\r\n$half\r\nzz\r\n")), 400).code shouldBe
        "malformed-body"
      problem(raw(request(chunked, start)), 408).code shouldBe "slow-body"
      problem(raw(request(bearer(ann) + "Content-Length: 100\r\n", half)), 408)
    }
    "be refused where its bytes are not UTF-8" in writingNothing {
      val body = s"""{"session_id":"\u00ff\u00fe","price":12}""" // the fixture sends them as single bytes
      problem(rawRequest("POST", "/api/bid", bearer(ann) + s"Content-Length: ${body.length}\r\n", body), 400)
    }
    "not be read, nor hold up its connection, where none is wanted" in {
      val id = newSession()
      val body = "x" * 1_000
      val headers = s"Host: localhost\r\n${bearer(admin)}Content-Length: ${body.length}\r\n"
      val both = raw(
        s"POST /api/admin/sessions/$id/close HTTP/1.1\r\n$headers\r\n$body" +
          "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      )
      both.status shouldBe 200
      both.text should include("\"status\":\"up\"")
    }
  }

  "A price" should {
    "be a number of 0.01 to 9999999999.99 with at most two decimals" in writingNothing {
      val invalid =
        Seq("1.005", "1e400", "-1e400", "1e-400", "1e2147483647", "\"5\"", "null", "[]", "{}", "true", "\"\"")
      invalid.foreach { price =>
        val answer = problem(bid(open, price, ann), 400)
        withClue(price)(answer.code shouldBe "invalid-field")
        answer("errors").path(0).path("field").asText shouldBe "price"
      }
      Seq("NaN", "Infinity", "-Infinity", "+1", "01", "1.", "1" * 5_000)
        .foreach(price => problem(bid(open, price, ann), 400).code shouldBe "malformed-json")
      Seq("0", "0.00", "-0", "-1", "-0.01", "10000000000.00", "10000000000", "1e10").foreach { price =>
        withClue(price)(problem(bid(open, price, ann), 422).code shouldBe "bidding.price-out-of-range")
      }
      problem(bid(open, "9.99", ann), 422).code shouldBe "bidding.below-upset-price"
    }
    "be taken up to the last cent, and however it is written" in {
      val id = newSession("upset_price" -> "0.01")
      Seq("0.01", "12.50", "12.500", "1.25e1", "1E+3", "9999999999.99").foreach(accepted(id, _, ann))
    }
  }

  "An id" should {
    val strange = Seq(
      "nowhere",
      "a%7Cb",
      "a%2Fb",
      "a%3Ab",
      "a%00b",
      "a%0Ab",
      "a%0D%0ASet-Cookie:%20x",
      "%E7%AB%B6%E5%A3%B2",
      "%FF%FE",
      "%F0%9F%94%A8",
      "%25",
      "a+b",
      "a%20b",
      "..%2F..%2Fetc",
      "'%20OR%201=1--",
      "*",
      "a;b=c",
      "x" * 65,
      "x" * 3_000
    )
    "be unknown in every path, whatever is in it" in writingNothing {
      val strangers = for {
        endpoint <- endpoints
        parameter <- Seq("{id}", "{username}").filter(endpoint.path.contains(_))
        id <- strange
      } yield (endpoint, endpoint.path.replace(parameter, id))
      strangers.size should be >= strange.size * 10
      strangers.foreach { case (endpoint, path) =>
        val method = endpoint.method.value
        val body = bodies.get(s"$method ${endpoint.path}").fold("")(fields => json(fields.map(f => f.name -> f.good)))
        val headers = bearer(admin) + s"Content-Length: ${body.length}\r\n"
        withClue(s"$method $path: ")(problem(rawRequest(method, path, headers, body), 404))
      }
    }
    "be unknown in a bid" in writingNothing {
      (strange ++ Seq("", "default:x", "session|default:x", "競売", "a\\u0007b", "a b")).foreach { id =>
        problem(bid(id, "12", ann), 404).code shouldBe "bidding.unknown-session"
      }
    }
    "be refused as the place in a list where none can be" in writingNothing {
      for (
        path <- Seq("/api/sessions", "/api/sessions/active", "/api/orders", "/api/admin/members");
        id <- Seq("a%00b", "a%7Cb", "%FF", "'", "x" * 300)
      ) withClue(s"$path $id")(problem(rawRequest("GET", s"$path?after=$id", bearer(admin)), 400))
    }
  }

  "A query" should {
    "be refused with numbers and names that cannot be" in writingNothing {
      val limits = Seq("limit=0", "limit=101", "limit=x", "limit=", "limit=99999999999", "limit=%FF", "limit=1%00")
      Seq("/api/sessions", "/api/sessions/active", "/api/orders", "/api/admin/members").foreach { path =>
        limits.foreach(query => problem(rawRequest("GET", s"$path?$query", bearer(admin)), 400))
      }
      Seq("page=0", "page_size=0", "page_size=101", "page=%00", "page=1e3")
        .foreach(query => problem(rawRequest("GET", s"/api/leaderboard/$open?$query"), 400))
      Seq("after=-1", "limit=0", "after=x").foreach { query =>
        problem(rawRequest("GET", s"/api/results/$open?$query"), 400)
        problem(rawRequest("GET", s"/api/admin/sessions/$open/orders?$query", bearer(admin)), 400)
      }
      problem(rawRequest("GET", "/api/sessions?state=unscheduled"), 400)
      problem(rawRequest("GET", "/api/sessions?state=%00"), 400)
      problem(rawRequest("GET", "/api/admin/members?query=%00", bearer(admin)), 400)
    }
    "be refused with 10,000 parameters, and not be slowed down by as many as fit" in writingNothing {
      val many = (1 to 10_000).map(i => s"a$i=1").mkString("&")
      problem(rawRequest("GET", s"/api/sessions?$many"), 414).code shouldBe "uri-too-long"
      rawRequest("GET", s"/api/sessions?${(1 to 600).map(i => s"a$i").mkString("&")}").status shouldBe 200
    }
  }

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
        (Set("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS") -- methods).foreach { method =>
          val answer = problem(send(method, path.replaceAll("\\{\\w+}", "x"), None, admin), 405)
          answer.code shouldBe "method-not-allowed"
          answer.header("Allow").get.split(", ").toSet shouldBe methods
        }
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
        "nonsense" -> "nonsense",
        "long" -> "x" * 8_000
      )
    }
    def ju(values: String*) = values.asJava
    def call(endpoint: Endpoint, token: String) =
      send(endpoint.method.value, endpoint.path.replace("{id}", open).replace("{username}", "admin"), None, token)
    "be asked for wherever somebody does something" in writingNothing {
      endpoints.filter(each => each.access == Access.MEMBER || each.access == Access.ADMIN).foreach { endpoint =>
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
      val guarded = endpoints.filter(_.path.startsWith("/api/admin/"))
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
}

object HostileInputSpec {

  /** A field of a body: what it may be, and what it may not. */
  private final case class Field(name: String, good: String, bad: Seq[String])
}
