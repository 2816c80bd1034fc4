package io.turnwise.cluster

import java.time.Instant

import io.turnwise.http.{Endpoint, RawConnection}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

trait HostileInput extends NodeFixture with Matchers { this: AnyWordSpec =>

  import HostileInput.Field
  import NodeFixture.Answer

  override protected def settings: String = "turnwise.http.body-timeout = 1s"

  protected lazy val ann = token("u-ann")
  protected lazy val open = newSession()
  protected lazy val scheduled = {
    val start = Instant.now.plusSeconds(3_000)
    newSession("starts_at" -> s"\"$start\"", "ends_at" -> s"\"${start.plusSeconds(60)}\"")
  }

  private lazy val log = new LogWatch
  private var keptOpen: Option[RawConnection] = None

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    log
    ()
  }

  override protected def afterAll(): Unit =
    try {
      keptOpen.foreach(_.close())
      log.close()
    } finally super.afterAll()

  /** After whatever came: takes bids, and found no fault of its own. */
  protected def unharmed(): Unit = {
    get("/health/ready").status shouldBe 200
    accepted(newSession(), "12", ann)
    log.errors shouldBe Nil
    ()
  }

  protected val Leaks =
    """(?i)exception|stack ?trace|\b(java|javax|akka|scala|io\.turnwise|com|org)\.[a-z]|jackson|readfeature|\bat [\w.]+\(""".r

  /** A problem as it is documented, with one of these statuses, that tells nothing of what is inside. */
  protected def problem(answer: Answer, statuses: Int*): Answer = withClue(answer) {
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

  /** Whatever it is: no fault of ours, a problem where it is refused, and nothing of what is inside or of others. */
  protected def harmless(answer: Answer): Answer = withClue(answer) {
    if (answer.status >= 400) problem(answer, 400 to 499: _*)
    answer.header("X-Request-ID") should not be empty
    answer.header("X-Content-Type-Options") shouldBe Some("nosniff")
    Leaks.findFirstIn(answer.text) shouldBe None
    answer
  }

  /** Sends bytes as they are over a connection that is kept while it can be; of a stream only the head is read. */
  protected def ask(request: String): Answer = {
    val connection = keptOpen.getOrElse(new RawConnection(port))
    keptOpen = None
    val heard =
      try connection.send(request).answer()
      catch { case e: java.io.IOException => fail(s"no answer to ${request.take(500)}", e) }
    val isWhole = heard.header("Content-Length").isDefined || heard.status == 204 || heard.status == 304
    if (isWhole && !heard.header("Connection").contains("close")) keptOpen = Some(connection) else connection.close()
    asDocumented(request, Answer(heard.status, heard.header, heard.text))
  }

  protected def ask(method: String, path: String, headers: String = "", body: String = ""): Answer = {
    val length = if (method == "GET" && body.isEmpty) "" else s"Content-Length: ${body.length}\r\n"
    ask(s"$method $path HTTP/1.1\r\nHost: localhost\r\n$headers$length\r\n$body")
  }

  protected def goodBody(endpoint: Endpoint): String =
    bodies
      .get(s"${endpoint.method.value} ${endpoint.path}")
      .fold("")(fields => json(fields.map(field => field.name -> field.good)))

  /** Where the endpoint is, with ids put where its path has them. */
  protected def path(endpoint: Endpoint, id: String): String =
    endpoint.path.replace("{pid}", "session%7Cdefault:{id}").replaceAll("\\{\\w+}", quoted(id))

  private def quoted(text: String) = java.util.regex.Matcher.quoteReplacement(text)

  protected def writingNothing(requests: => Any): Unit = {
    open
    scheduled
    val before = rowsInJournal
    requests
    rowsInJournal shouldBe before
    ()
  }

  protected def rawRequest(method: String, path: String, headers: String = "", body: String = ""): Answer =
    raw(s"$method $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n$headers\r\n$body")

  protected def bearer(token: String): String = s"Authorization: Bearer $token\r\n"

  protected def paths: Map[String, Seq[Endpoint]] = endpoints.groupBy(_.path)

  /** A file that every browser may have. */
  protected def isPage(endpoint: Endpoint): Boolean = endpoint.path.matches("/[^/]*\\.\\w+")

  protected def isWrite(endpoint: Endpoint): Boolean = endpoint.method.value != "GET"

  protected val long = "\"" + "x" * 200_000 + "\""

  protected def text(name: String, good: String) =
    Field(name, good, Seq("5", "1.5", "true", "[]", "{}", "\"\\ud800\"", "\"\\udc00x\"", "\"a\\u0000b\"", long))

  protected def number(name: String, good: String) =
    Field(name, good, Seq("\"5\"", "\"\"", "true", "[]", "{}", "1e400", "-1e400", "-1", "1e-400", "1e2147483647"))

  protected def oneOf(name: String, good: String) =
    Field(name, good, Seq("0", "1.5", "true", "\"\"", "\"x\"", good.toUpperCase + "X\"", "[]", "{}").distinct)

  protected def time(name: String, good: String) =
    Field(name, good, Seq("5", "1e400", "true", "\"\"", "\"yesterday\"", "\"2026-13-01T00:00:00Z\"", "[]", "{}"))

  protected def flag(name: String, good: String) = Field(name, good, Seq("0", "\"true\"", "\"\"", "[]", "{}"))

  protected lazy val terms = Seq(
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
    oneOf("rebid_rule", "\"BEAT_TOP\""),
    oneOf("price_rule", "\"PAY_AS_BID\""),
    Field("anti_snipe", """{"window_seconds":5,"extend_seconds":5,"max_extensions":2}""", snipeGuards),
    number("reserve_price", "20.00"),
    flag("sealed", "false"),
    number("min_increment", "0.05"),
    number("bids_per_second", "100")
  )

  private def learnerAnswer = Seq(
    text("word_id", "\"pombe\""),
    flag("is_correct", "true"),
    number("response_time", "1607"),
    Field("timestamp", "1790000000000", Seq("1.5", "1e400", "true", "\"\"", "\"yesterday\"", "[]", "{}"))
  )

  private def overrides =
    Seq("1e400", "-2", "2", "\"5\"", "\"\"", "true", "[]", "{}").map(each => s"""{"fatigue":$each}""") :+
      """{"surplus":1}"""

  private def snipeGuards = Seq("5", "true", "\"\"", "[]", "{}", """{"window_seconds":1e400}""", """{"surplus":1}""") ++
    Seq("-1", "0", "99999999999", "1.5").map { seconds =>
      s"""{"window_seconds":$seconds,"extend_seconds":5,"max_extensions":2}"""
    }

  protected def absent: Set[String] =
    Set("description", "starts_at", "time_unit", "rebid_rule", "price_rule", "anti_snipe", "reserve_price", "sealed") ++
      Set("min_increment", "bids_per_second", "timestamp", "reason", "role", "weight", "disabled") ++
      Set("overrides", "action")

  /** Writes that are all in their path. */
  protected val bodiless =
    Set("POST /api/admin/sessions/{id}/close", "POST /api/admin/sessions/{id}/resume") ++
      Set("POST /api/amas/reset", "POST /api/amas/erase", "POST /admin/es/snapshots/cleanup")

  /** Writes whose body is not one JSON object, and that answer before it ends. */
  protected val streamed = Set("POST /api/bids")

  /** What every other endpoint that reads a body reads. */
  protected lazy val bodies: Map[String, Seq[Field]] = Map(
    "POST /api/bid" -> Seq(text("session_id", s"\"$open\""), number("price", "12")),
    "POST /api/admin/sessions" -> terms,
    "PUT /api/admin/sessions/{id}" -> terms,
    "POST /api/admin/sessions/{id}/cancel" -> Seq(text("reason", "\"no lamp\"")),
    "POST /api/admin/sessions/{id}/pause" -> Seq(text("reason", "\"no light\"")),
    "POST /api/admin/sessions/{id}/retract" -> Seq(text("user_id", "\"u-nobody\""), text("reason", "\"a mistake\"")),
    "POST /api/auth/register" -> Seq(text("username", "\"mallory\""), text("password", "\"admin\"")),
    "POST /api/auth/login" -> Seq(text("username", "\"mallory\""), text("password", "\"wrong horse\"")),
    "POST /api/auth/password" -> Seq(text("old_password", "\"wrong horse\""), text("new_password", "\"x\"")),
    "POST /api/amas/process" -> learnerAnswer,
    "POST /api/amas/batch-process" -> Seq(
      Field(
        "items",
        s"[${json(learnerAnswer.map(field => field.name -> field.good))}]",
        Seq("5", "true", "\"\"", "[]", "{}", "[5]", "[null]", "[{}]", "[[]]")
      )
    ),
    "POST /api/amas/delayed-reward" -> Seq(
      text("reward_id", "\"r-1\""),
      text("decision_id", "\"1-0-00000000\""),
      Field("reward", "0.5", Seq("\"5\"", "\"\"", "true", "[]", "{}", "1e400", "-1.5", "2"))
    ),
    "POST /api/amas/counterfactual" -> Seq(
      Field("overrides", """{"fatigue":0.9}""", Seq("5", "true", "\"\"", "[]", "[5]") ++ overrides),
      Field("action", "7", Seq("0", "25", "1.5", "\"7\"", "1e400", "-1", "true", "[]", "{}"))
    ),
    "POST /admin/es/entities/{pid}/snapshots" -> Seq(text("reason", "\"a spec\"")),
    "PUT /api/amas/profile" -> Seq(text("time_zone", "\"Europe/Berlin\"")),
    "PUT /api/amas/reward-profile" -> Seq(oneOf("profile", "\"cram\"")),
    "PUT /api/amas/learning-objectives" -> Seq(oneOf("mode", "\"exam\"")),
    "PUT /api/admin/members/{username}" ->
      Seq(oneOf("role", "\"member\""), number("weight", "1.5"), flag("disabled", "false"))
  )

  protected def place(endpoint: String): (String, String) = {
    val (method, path) = (endpoint.takeWhile(_ != ' '), endpoint.dropWhile(_ != ' ').drop(1))
    val id = if (endpoint.startsWith("PUT")) scheduled else open
    method -> at(path, id)
  }

  /** Where something with a path like this is, for this session. */
  protected def at(path: String, id: String): String =
    path.replace("{id}", id).replace("{pid}", s"session%7Cdefault:$id").replace("{username}", "admin")

  protected def json(fields: Seq[(String, String)]): String =
    fields.map { case (name, value) => s""""$name":$value""" }.mkString("{", ",", "}")

  protected def refusedBody(endpoint: String, body: String, statuses: Int*): Unit = {
    val (method, path) = place(endpoint)
    withClue(s"$endpoint ${body.take(200)}: ")(problem(send(method, path, Some(body), admin), statuses: _*))
    ()
  }

}

object HostileInput {

  /** A field of a body: what it may be, and what it may not. */
  final case class Field(name: String, good: String, bad: Seq[String])
}
