package io.turnwise.http

import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.{CompletableFuture, TimeUnit}
import java.{util => ju}

import scala.jdk.OptionConverters._

import akka.http.javadsl.ServerBinding
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.Json
import org.jdbi.v3.core.Jdbi
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class HttpServerSpec extends AnyWordSpec with Matchers with EngineFixture {

  private val Secret = "0123456789abcdef0123456789abcdef"

  override protected def names: ju.Map[String, Class[_]] = ju.Map.of()

  override protected def settings: String = """
    akka.http.server.request-timeout = 300ms
    turnwise.http.public-reads = off
    """

  private lazy val tokens = new Tokens(Secret, engine.config, engine.clock)
  private lazy val client = HttpClient.newHttpClient()
  private var binding: ServerBinding = _

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    val endpoints = ju.List.of(
      Endpoint.get("/silent", Access.PUBLIC, _ => new CompletableFuture),
      Endpoint.get("/throws", Access.PUBLIC, _ => throw new IllegalStateException("secret of io.turnwise.Inner")),
      Endpoint.get(
        "/fails",
        Access.PUBLIC,
        _ => CompletableFuture.failedFuture(new IllegalStateException("secret of io.turnwise.Inner"))
      ),
      // nothing listens there
      Endpoint.get(
        "/store-away",
        Access.PUBLIC,
        exchange => {
          val count = Jdbi
            .create("jdbc:postgresql://127.0.0.1:1/away")
            .withHandle[Integer, RuntimeException](
              _.createQuery("SELECT 1").mapTo(classOf[Integer]).one()
            )
          exchange.done(Responses.ok(count))
        }
      ),
      Endpoint.get(
        "/read",
        Access.READER,
        exchange => exchange.done(Responses.ok(ju.Map.of("tenant", exchange.tenant)))
      )
    )
    binding = new HttpServer(engine.system, endpoints, tokens)
      .bind(engine.system, "127.0.0.1", 0)
      .toCompletableFuture
      .get(10, TimeUnit.SECONDS)
  }

  override protected def afterAll(): Unit =
    try binding.unbind().toCompletableFuture.get(10, TimeUnit.SECONDS)
    finally super.afterAll()

  private def get(path: String, headers: (String, String)*): HttpResponse[String] = {
    val request = HttpRequest.newBuilder(URI.create(s"http://127.0.0.1:${binding.localAddress.getPort}$path"))
    headers.foreach { case (name, value) => request.header(name, value) }
    client.send(request.build, BodyHandlers.ofString())
  }

  private def problem(response: HttpResponse[String], status: Int, code: String): Unit = {
    response.statusCode shouldBe status
    response.headers.firstValue("Content-Type").get should startWith("application/problem+json")
    val body = Json.STORED.readTree(response.body)
    body.path("code").asText shouldBe code
    response.headers.firstValue("X-Request-ID").toScala shouldBe Some(body.path("instance").asText)
    ()
  }

  "A request" should {
    "be answered 503 with Retry-After where Postgres cannot be reached" in {
      val response = get("/store-away")
      problem(response, 503, "unavailable")
      response.headers.firstValue("Retry-After").toScala shouldBe Some("1")
    }
    "be answered 500 where a handler fails, with the request id and without the reason" in {
      Seq("/throws", "/fails").foreach { path =>
        val response = get(path, "X-Request-ID" -> "r-1")
        problem(response, 500, "internal")
        response.body should (include("r-1") and not include "secret" and not include "turnwise")
      }
    }
    "be answered 503 where no answer comes in time" in {
      val response = get("/silent", "X-Request-ID" -> "r-2")
      problem(response, 503, "unavailable")
      response.body should include("r-2")
      response.headers.firstValue("Retry-After").toScala shouldBe Some("1")
    }
    "need a token for reading, too, where public reads are off" in {
      problem(get("/read"), 401, "unauthenticated")
      val token = tokens.sign(new Principal("u", "U", 100, Role.MEMBER, "acme", 0))
      val response = get("/read", "Authorization" -> s"Bearer $token")
      response.statusCode shouldBe 200
      response.body should include("acme")
    }
  }
}
