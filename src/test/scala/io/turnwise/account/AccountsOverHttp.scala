package io.turnwise.account

import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.security.SecureRandom
import java.util.concurrent.TimeUnit
import java.{util => ju}

import scala.jdk.OptionConverters._

import akka.http.javadsl.ServerBinding
import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.{ApiContract, EngineFixture}
import io.turnwise.http.{HttpServer, Principal, Role, Tokens}
import io.turnwise.journal.Json
import org.scalatest.Suite
import org.scalatest.matchers.should.Matchers

/** The routes of accounts on an engine, and what calls them. */
trait AccountsOverHttp extends EngineFixture with Matchers { this: Suite =>

  private val Secret = "0123456789abcdef0123456789abcdef"
  protected val Good = """"password":"correct horse""""

  override protected def names: ju.Map[String, Class[_]] = AccountNames.ALL

  protected def perAddress: String = "per-minute = 100000, burst = 100000"

  override protected def settings: String =
    s"""
    turnwise.account.passwords { memory-kib = 1024, passes = 1, waiting-max = 200 }
    turnwise.http.per-address { $perAddress }
    """

  protected lazy val tokens = new Tokens(Secret, engine.config, engine.clock)
  private lazy val client = HttpClient.newHttpClient()
  protected var members: Members = _
  private var binding: ServerBinding = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    serve()
  }

  override protected def afterAll(): Unit =
    try unbind()
    finally {
      super.afterAll()
      ApiContract.differences() shouldBe Nil
      ()
    }

  protected def port: Int = binding.localAddress.getPort

  protected def serve(): Unit = {
    members = new Members(
      engine.mailboxes(Members.definition()),
      new Passwords(engine.config),
      new SecureRandom,
      Secret
    )
    val routes = new AccountRoutes(members, tokens, engine.jdbi, engine.blocking)
    binding = new HttpServer(engine.system, routes.endpoints, tokens)
      .bind(engine.system, "127.0.0.1", 0)
      .toCompletableFuture
      .get(10, TimeUnit.SECONDS)
    engine.projections.start(new MemberView)
  }

  protected def unbind(): Unit = {
    binding.unbind().toCompletableFuture.get(10, TimeUnit.SECONDS)
    ()
  }

  protected case class Answer(status: Int, body: JsonNode, headers: String => Option[String]) {
    def text(field: String): String = body.path(field).asText()
    def code: String = text("code")
  }

  protected def send(
      method: String,
      path: String,
      body: String = "",
      token: String = "",
      headers: Seq[(String, String)] = Nil
  ): Answer = {
    val publisher = if (body.isEmpty) BodyPublishers.noBody() else BodyPublishers.ofString(body)
    val request = HttpRequest
      .newBuilder(URI.create(s"http://127.0.0.1:$port$path"))
      .method(method, publisher)
    if (token.nonEmpty) request.header("Authorization", s"Bearer $token")
    headers.foreach { case (name, value) => request.header(name, value) }
    val response: HttpResponse[String] = client.send(request.build, BodyHandlers.ofString())
    val json = if (response.body.isEmpty) Json.STORED.createObjectNode() else Json.STORED.readTree(response.body)
    val heard = Answer(response.statusCode, json, response.headers.firstValue(_).toScala)
    ApiContract.check(
      ApiContract.Exchanged(method, response.uri.getRawPath, heard.status, heard.headers, response.body)
    )
    heard
  }

  protected def register(name: String, more: String = "", headers: Seq[(String, String)] = Nil): Answer =
    send("POST", "/api/auth/register", s"""{"username":"$name",$Good$more}""", headers = headers)

  protected def logIn(name: String, password: String = "correct horse"): Answer =
    send("POST", "/api/auth/login", s"""{"username":"$name","password":"$password"}""")

  protected def tokenOf(name: String, password: String = "correct horse"): String = {
    val answer = logIn(name, password)
    withClue(answer.body)(answer.status shouldBe 200)
    answer.text("access_token")
  }

  protected lazy val operator: String =
    tokens.sign(new Principal("operator", "Operator", 100, Role.ADMIN, "default", 0))

  protected def administer(name: String, body: String, token: String = operator, headers: Seq[(String, String)] = Nil) =
    send("PUT", s"/api/admin/members/$name", body, token, headers)

  protected def rowsInJournal: Int =
    engine.jdbi.withHandle(_.createQuery("SELECT count(*) FROM event_journal").mapTo(classOf[Integer]).one()).toInt
}
