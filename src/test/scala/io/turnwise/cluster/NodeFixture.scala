package io.turnwise.cluster

import java.math.{BigDecimal => Decimal}
import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.net.http.HttpRequest.{BodyPublisher, BodyPublishers}
import java.net.http.HttpResponse.BodyHandlers
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}
import java.time.{Duration, Instant, InstantSource}
import java.util.{Date, Optional}
import java.util.concurrent.CompletableFuture

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import com.fasterxml.jackson.databind.{DeserializationFeature, JsonNode}
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature
import com.fasterxml.jackson.databind.json.JsonMapper
import com.nimbusds.jose.{JWSAlgorithm, JWSHeader}
import com.nimbusds.jose.crypto.MACSigner
import com.nimbusds.jwt.{JWTClaimsSet, SignedJWT}
import com.typesafe.config.ConfigFactory
import io.turnwise.http.{Endpoint, RawConnection, Role}
import io.turnwise.stores.{StoreSettings, TempFolders, TestStores}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.{BeforeAndAfterAll, Suite}
import org.scalatest.concurrent.Eventually
import org.scalatest.time.{Millis, Seconds, Span}

/** One node as an operator starts it, on stores of its own, and what a client has: HTTP, tokens and nothing else. */
trait NodeFixture extends BeforeAndAfterAll with Eventually { this: Suite =>

  import NodeFixture._

  override implicit def patienceConfig: PatienceConfig = PatienceConfig(Span(10, Seconds), Span(20, Millis))

  protected def settings: String = ""

  protected var node: Node = _
  private var folder: Path = _
  protected lazy val redisUri: String = TestStores.freshRedis()

  protected def stores: StoreSettings = new StoreSettings(
    Optional.of(TestStores.freshDatabase()),
    Optional.of(redisUri),
    Optional.of(TestStores.programs)
  )

  protected def clock: InstantSource = InstantSource.system

  protected lazy val client: HttpClient = HttpClient.newBuilder.connectTimeout(Duration.ofSeconds(5)).build

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    folder = Files.createTempDirectory("turnwise-node-spec")
    val overrides = ConfigFactory
      .parseString(settings)
      .withFallback(ConfigFactory.parseString("""
        akka.actor.serialize-messages = on
        akka.cluster.sharding.number-of-shards = 16
        akka.loglevel = WARNING
        turnwise.account.passwords { memory-kib = 1024, passes = 1 }
        turnwise.turn.ask-timeout = 20s
        turnwise.learner.time-budget = 20s
        turnwise.http.per-address { per-minute = 100000, burst = 100000 }
        """))
    val environment = new NodeSettings(
      "127.0.0.1",
      0,
      folder.resolve("data"),
      stores,
      Optional.of(Secret),
      Optional.of(AdminPassword),
      Optional.of(false),
      Optional.empty(),
      Optional.empty()
    )
    node = Node.start(environment, Node.openFolder(environment, () => false), overrides, clock)
  }

  override protected def afterAll(): Unit =
    try if (node != null) node.close()
    finally {
      TempFolders.delete(folder)
      super.afterAll()
      assert(ApiContract.differences() == Nil) // also where who asked has looked away
    }

  protected def endpoints: Seq[Endpoint] = node.endpoints.asScala.toSeq

  protected def engine: Engine = node.engine

  protected def port: Int = node.started.address.getPort

  // ---- requests

  protected def get(path: String, token: String = "", headers: Seq[(String, String)] = Nil): Answer =
    send("GET", path, None, token, headers)

  protected def post(path: String, body: String, token: String = "", headers: Seq[(String, String)] = Nil): Answer =
    send("POST", path, Some(body), token, headers)

  protected def put(path: String, body: String, token: String = "", headers: Seq[(String, String)] = Nil): Answer =
    send("PUT", path, Some(body), token, headers)

  protected def send(
      method: String,
      path: String,
      body: Option[String],
      token: String = "",
      headers: Seq[(String, String)] = Nil
  ): Answer = sendAsync(method, path, body, token, headers).join()

  protected def sendAsync(
      method: String,
      path: String,
      body: Option[String],
      token: String = "",
      headers: Seq[(String, String)] = Nil
  ): CompletableFuture[Answer] = {
    val publisher: BodyPublisher = body.fold(BodyPublishers.noBody())(BodyPublishers.ofString(_))
    client
      .sendAsync(request(method, path, publisher, token, headers).build, BodyHandlers.ofString(UTF_8))
      .thenApply(response => answer(response))
  }

  protected def request(
      method: String,
      path: String,
      body: BodyPublisher,
      token: String,
      headers: Seq[(String, String)] = Nil
  ): HttpRequest.Builder = {
    val builder = HttpRequest
      .newBuilder(URI.create(s"http://127.0.0.1:$port$path"))
      .timeout(Duration.ofSeconds(20))
      .method(method, body)
    if (token.nonEmpty) builder.header("Authorization", s"Bearer $token")
    headers.foreach { case (name, value) => builder.header(name, value) }
    builder
  }

  protected def answer(response: HttpResponse[String]): Answer = {
    val heard = Answer(response.statusCode, name => response.headers.firstValue(name).toScala, response.body)
    val request = response.request
    asDocumented(request.method, request.uri.getRawPath, heard)
  }

  /** The same answer; fails where it is not what `/openapi.json` says. */
  protected def asDocumented(method: String, path: String, answer: Answer): Answer = {
    ApiContract.check(ApiContract.Exchanged(method, path, answer.status, answer.header, answer.text))
    answer
  }

  /** Sends bytes as they are, and reads until the server closes. */
  protected def raw(text: String, halfClose: Boolean = false): Answer = {
    val connection = new RawConnection(port)
    try {
      connection.send(text)
      if (halfClose) connection.sendNoMore()
      val heard = RawConnection.parsed(connection.rest())
      asDocumented(text, Answer(heard.status, heard.header, heard.text))
    } finally connection.close()
  }

  /** The same to a request as it was sent; one that is none, or was answered in pieces, is passed over. */
  protected def asDocumented(request: String, answer: Answer): Answer = request match {
    case RequestLine(method, path) if isWhole(answer) => asDocumented(method, path, answer)
    case _                                            => answer
  }

  private def isWhole(answer: Answer): Boolean =
    answer.header("Content-Length").fold(answer.status == 204 || answer.status == 304) { length =>
      length.toInt == answer.text.getBytes(UTF_8).length
    }

  // ---- tokens

  protected lazy val admin: String = token("operator", role = Role.ADMIN)

  /** A token as an identity provider that has the node's secret signs it. */
  protected def token(
      subject: String,
      role: Role = Role.MEMBER,
      tenant: String = "default",
      weight: String = "1",
      name: Option[String] = None,
      expiresInSeconds: Long = 3_600,
      secret: String = Secret
  ): String = {
    val claims = new JWTClaimsSet.Builder()
      .subject(subject)
      .claim("weight", new Decimal(weight))
      .claim("role", role.wireName)
      .claim("tenant", tenant)
      .expirationTime(Date.from(Instant.now.plusSeconds(expiresInSeconds)))
    name.foreach(claims.claim("name", _))
    val token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build)
    token.sign(new MACSigner(secret))
    token.serialize
  }

  // ---- what is stored

  protected def query[A](f: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => f(handle)): HandleCallback[A, RuntimeException])

  protected def rowsInJournal: Long =
    query(_.createQuery("SELECT count(*) FROM event_journal").mapTo(classOf[java.lang.Long]).one())

  /** What the journal says of a session, in order. */
  protected def history(session: String, tenant: String = "default"): Seq[Happened] =
    query(
      _.createQuery(
        "SELECT r.turn::text AS turn, j.write_timestamp AS written FROM journal_readable r JOIN event_journal j" +
          " USING (ordering) WHERE r.persistence_id = :pid ORDER BY j.sequence_number"
      ).bind("pid", s"session|$tenant:$session")
        .map((row, _) => json(row.getString("turn")) -> row.getLong("written"))
        .list()
        .asScala
        .toSeq
    ).flatMap { case (turn, writtenMillis) =>
      for {
        entry <- turn.path("entries").asScala
        event <- entry.path("events").asScala
      } yield Happened(
        turn.path("names").path(event.path(0).asInt).asText,
        event.path(1),
        entry.path("by").asText,
        turn.path("at").asLong + entry.path("ms").asLong,
        writtenMillis
      )
    }

  // ---- sessions

  /** A proposal of K = 2 by price alone that lasts an hour; `fields` replace the ones of the same name. */
  protected def proposal(fields: (String, String)*): String = {
    val own = Seq(
      "title" -> "\"A lamp\"",
      "upset_price" -> "10.00",
      "inventory" -> "2",
      "alpha" -> "1",
      "beta" -> "0",
      "gamma" -> "0",
      "bids_per_second" -> "0"
    )
    val ends = if (fields.exists(_._1 == "ends_at")) Nil else Seq("duration_seconds" -> "3600")
    (own ++ ends ++ fields).toMap.map { case (name, value) => s""""$name":$value""" }.mkString("{", ",", "}")
  }

  /** A session that is open unless the fields say otherwise. */
  protected def newSession(fields: (String, String)*): String = {
    val created = post("/api/admin/sessions", proposal(fields: _*), admin)
    assert(created.status == 201, created)
    created("session_id").asText
  }

  protected def bid(session: String, price: String, token: String, headers: (String, String)*): Answer =
    post("/api/bid", s"""{"session_id":"$session","price":$price}""", token, headers)

  protected def accepted(session: String, price: String, token: String): Answer = {
    val answer = bid(session, price, token)
    assert(answer.status == 200, answer)
    answer
  }

  protected def close(session: String): Answer = post(s"/api/admin/sessions/$session/close", "", admin)
}

object NodeFixture {

  val Secret = "0123456789abcdef0123456789abcdef"
  val AdminPassword = "correct horse battery"

  private val RequestLine = """(?s)([A-Z]+) (/[!-~]*) HTTP/1\.1\r\n.*""".r

  private val mapper = JsonMapper
    .builder()
    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
    .build()

  def json(text: String): JsonNode = mapper.readTree(text)

  /** One event of a journal, who brought it about, its stamp, and when its row was written. */
  final case class Happened(name: String, event: JsonNode, by: String, atMillis: Long, writtenMillis: Long)

  final case class Answer(status: Int, header: String => Option[String], text: String) {
    lazy val json: JsonNode = NodeFixture.json(text)
    def apply(field: String): JsonNode = json.path(field)
    def code: String = apply("code").asText
    def decimal(field: String): Decimal = apply(field).decimalValue
    def etag: String = header("ETag").getOrElse("")
    override def toString: String = s"$status $text"
  }
}
