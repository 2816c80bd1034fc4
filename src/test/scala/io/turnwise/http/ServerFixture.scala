package io.turnwise.http

import java.net.URI
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.TimeUnit
import java.{util => ju}

import scala.jdk.OptionConverters._

import akka.NotUsed
import akka.http.javadsl.ServerBinding
import akka.http.javadsl.model.{HttpEntities, MediaTypes}
import akka.stream.javadsl.Source
import akka.util.ByteString
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.Json
import org.scalatest.Suite
import org.scalatest.matchers.should.Matchers

/** A server of a few endpoints of its own. */
trait ServerFixture extends EngineFixture with Matchers { this: Suite =>

  protected def endpoints: Seq[Endpoint]

  override protected def names: ju.Map[String, Class[_]] = ju.Map.of()

  protected lazy val tokens = new Tokens("0123456789abcdef0123456789abcdef", engine.config, engine.clock)
  protected lazy val client: HttpClient = HttpClient.newHttpClient()
  protected var server: HttpServer = _
  private var binding: ServerBinding = _

  protected def port: Int = binding.localAddress.getPort

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    server = new HttpServer(engine.system, ju.List.of(endpoints: _*), tokens)
    binding = server.bind(engine.system, "127.0.0.1", 0).toCompletableFuture.get(10, TimeUnit.SECONDS)
  }

  override protected def afterAll(): Unit =
    try binding.unbind().toCompletableFuture.get(10, TimeUnit.SECONDS)
    finally super.afterAll()

  protected def get(path: String, headers: (String, String)*): HttpResponse[String] =
    client.send(request(path, headers: _*), BodyHandlers.ofString())

  protected def request(path: String, headers: (String, String)*): HttpRequest = {
    val request = HttpRequest.newBuilder(URI.create(s"http://127.0.0.1:$port$path"))
    headers.foreach { case (name, value) => request.header(name, value) }
    request.build
  }

  protected def connected[A](use: RawConnection => A): A = {
    val connection = new RawConnection(port)
    try use(connection)
    finally connection.close()
  }

  protected def problem(response: HttpResponse[String], status: Int, code: String): Unit = {
    response.statusCode shouldBe status
    response.headers.firstValue("Content-Type").get should startWith("application/problem+json")
    val body = Json.STORED.readTree(response.body)
    body.path("code").asText shouldBe code
    response.headers.firstValue("X-Request-ID").toScala shouldBe Some(body.path("instance").asText)
    ()
  }
}

object ServerFixture {

  /** What goes on for longer than an answer, sent as it comes. */
  def stream(content: Source[ByteString, NotUsed]): akka.http.javadsl.model.HttpResponse =
    akka.http.javadsl.model.HttpResponse
      .create()
      .withEntity(
        HttpEntities
          .createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType, content): akka.http.javadsl.model.ResponseEntity
      )
}
