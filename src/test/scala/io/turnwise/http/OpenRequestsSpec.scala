package io.turnwise.http

import java.net.http.{HttpResponse => Heard}
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.concurrent.{CompletableFuture, ConcurrentLinkedQueue, TimeUnit}
import java.{util => ju}

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import akka.NotUsed
import akka.http.javadsl.model.HttpResponse
import akka.stream.javadsl.Source
import akka.util.ByteString
import org.scalatest.wordspec.AnyWordSpec

class OpenRequestsSpec extends AnyWordSpec with ServerFixture {

  override protected def settings: String = """
    akka.http.server.request-timeout = 3s
    turnwise.http { open-requests-max = 3, open-streams-max = 2, body-timeout = 500ms }
    """

  private val held = new ConcurrentLinkedQueue[CompletableFuture[HttpResponse]]

  /** Says something now and then, as streams do: so it is seen that nobody listens any more. */
  private def heartbeats: Source[ByteString, NotUsed] = {
    val pause = Duration.ofMillis(100)
    Source.tick(pause, pause, ByteString.fromString(":\n")).mapMaterializedValue((_: Any) => NotUsed)
  }

  private def hold(): CompletableFuture[HttpResponse] = {
    val answer = new CompletableFuture[HttpResponse]
    held.add(answer)
    answer
  }

  override protected def endpoints: Seq[Endpoint] = Seq(
    Endpoint.get("/held", Access.PUBLIC, _ => hold()),
    Endpoint.get("/quick", Access.PUBLIC, exchange => exchange.done(Responses.ok(ju.Map.of()))),
    Endpoint.get("/live", Access.PUBLIC, exchange => exchange.done(Responses.ok(ju.Map.of()))).alwaysServed(),
    Endpoint.get("/throws", Access.PUBLIC, _ => throw new ProblemException(HttpRejection.FORBIDDEN)),
    Endpoint.get(
      "/fails",
      Access.PUBLIC,
      _ => CompletableFuture.failedFuture(new ProblemException(HttpRejection.FORBIDDEN))
    ),
    Endpoint.post(
      "/read",
      Access.PUBLIC,
      _.withBody(classOf[ju.Map[_, _]], (_: ju.Map[_, _]) => hold())
    ),
    Endpoint.stream("/stream", Access.PUBLIC, exchange => exchange.done(ServerFixture.stream(heartbeats)))
  )

  private def ask(path: String): CompletableFuture[Heard[String]] =
    client.sendAsync(request(path), BodyHandlers.ofString())

  private def holding(count: Int): Seq[CompletableFuture[Heard[String]]] = {
    held.clear()
    val asked = (1 to count).map(_ => ask("/held"))
    eventually(held.size shouldBe count)
    asked
  }

  private def release(): Unit = held.asScala.foreach(_.complete(Responses.ok(ju.Map.of())))

  private def status(asked: CompletableFuture[Heard[String]]): Int = asked.get(10, TimeUnit.SECONDS).statusCode

  private def stream(connection: RawConnection, method: String = "GET"): RawConnection.Answer =
    connection.send(s"$method /stream HTTP/1.1\r\nHost: x\r\n\r\n").answer()

  "As many requests as may be open at once" should {
    "be answered, and one more be told to come again" in {
      val asked = holding(3)
      val refused = get("/quick")
      problem(refused, 503, "busy")
      refused.headers.firstValue("Retry-After").toScala shouldBe Some("1")
      problem(get("/held"), 503, "busy")
      held should have size 3
      release()
      asked.map(status).distinct shouldBe Seq(200)
      get("/quick").statusCode shouldBe 200
    }
    "not keep anybody from hearing that the node lives" in {
      val asked = holding(3)
      get("/live").statusCode shouldBe 200
      problem(get("/nowhere"), 404, "unknown-path")
      release()
      asked.map(status).distinct shouldBe Seq(200)
    }
  }

  "A request" should {
    "be open no longer when it was answered, refused, or is at fault" in {
      Seq("/quick", "/live", "/throws", "/fails", "/nowhere").foreach(get(_))
      connected(_.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n{").answer().status shouldBe 400)
      connected(_.send("DELETE /quick HTTP/1.1\r\nHost: x\r\n\r\n").answer().status shouldBe 405)
      server.openRequestCount shouldBe 0
    }
    "be open no longer when its answer came too late" in {
      val asked = holding(2)
      asked.map(status).distinct shouldBe Seq(503)
      server.openRequestCount shouldBe 0
      release()
      server.openRequestCount shouldBe 0
    }
    "be open no longer when its body stopped half way" in {
      val half = "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
      connected(_.send(half).answer().status shouldBe 408)
      connected(_.send(half).sendNoMore().rest() should startWith("HTTP/1.1 400"))
      connected { connection =>
        connection.send(half)
        eventually(server.openRequestCount shouldBe 1)
      }
      eventually(server.openRequestCount shouldBe 0)
    }
    "be open until it is done, when its client has gone" in {
      held.clear()
      connected { connection =>
        connection.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
        eventually(held should have size 1)
      }
      server.openRequestCount shouldBe 1
      release()
      server.openRequestCount shouldBe 0
    }
  }

  "Streams" should {
    "be counted apart, up to as many as may be, until they end" in {
      connected { one =>
        stream(one).status shouldBe 200
        connected { two =>
          stream(two).status shouldBe 200
          eventually(server.openStreamCount shouldBe 2)
          server.openRequestCount shouldBe 0
          problem(get("/stream"), 503, "busy")
          get("/quick").statusCode shouldBe 200
        }
        eventually(server.openStreamCount shouldBe 1)
        connected(stream(_).status shouldBe 200)
      }
      eventually(server.openStreamCount shouldBe 0)
    }
    "not be opened by asking for their heads" in {
      connected { connection =>
        stream(connection, "HEAD").status shouldBe 200
        connection.send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\n").answer().status shouldBe 200
      }
      eventually(server.openStreamCount shouldBe 0)
    }
  }
}
