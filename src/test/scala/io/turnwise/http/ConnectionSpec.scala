package io.turnwise.http

import java.net.URI
import java.net.http.WebSocket
import java.time.Duration
import java.util.concurrent.{CompletableFuture, CompletionStage, LinkedBlockingQueue, TimeUnit}
import java.{util => ju}

import akka.NotUsed
import akka.http.javadsl.model.{AttributeKeys, HttpResponse}
import akka.http.javadsl.model.ws.Message
import akka.pattern.Patterns
import akka.stream.javadsl.{Flow, Source}
import akka.util.ByteString
import org.scalatest.wordspec.AnyWordSpec

class ConnectionSpec extends AnyWordSpec with ServerFixture {

  override protected def settings: String = """
    turnwise.http { first-request-within = 300ms, next-request-within = 600ms, body-timeout = 300ms }
    """

  private def ticks: Source[ByteString, NotUsed] =
    Source
      .fromIterator(() => ju.stream.IntStream.rangeClosed(1, 15).boxed().iterator)
      .throttle(1, Duration.ofMillis(100))
      .map(number => ByteString.fromString(s"tick $number\n"))

  private def late(): CompletionStage[HttpResponse] =
    Patterns.after(
      Duration.ofMillis(1_500),
      engine.system.classicSystem,
      () => CompletableFuture.completedFuture(Responses.ok(ju.Map.of("late", true))): CompletionStage[HttpResponse]
    )

  override protected def endpoints: Seq[Endpoint] = Seq(
    Endpoint.get("/quick", Access.PUBLIC, exchange => exchange.done(Responses.ok(ju.Map.of()))),
    Endpoint.get("/late", Access.PUBLIC, _ => late()),
    Endpoint.stream("/ticks", Access.PUBLIC, exchange => exchange.done(ServerFixture.stream(ticks))),
    Endpoint.get(
      "/echo",
      Access.PUBLIC,
      exchange =>
        exchange.done(
          exchange.request
            .getAttribute(AttributeKeys.webSocketUpgrade)
            .get
            .handleMessagesWith(Flow.create[Message]())
        )
    ),
    Endpoint.post("/unread", Access.PUBLIC, exchange => exchange.done(Responses.ok(ju.Map.of())))
  )

  private val Quick = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n"

  /** Sends a character now and then until nothing is heard any more. */
  private def trickle(connection: RawConnection, text: String): String = {
    val rest = text.iterator
    val sending = engine.system.scheduler.scheduleAtFixedRate(
      Duration.ZERO,
      Duration.ofMillis(50),
      () => if (rest.hasNext) { connection.trySend(rest.next().toString); () },
      engine.system.executionContext
    )
    val heard =
      try connection.rest()
      finally sending.cancel()
    rest.hasNext shouldBe true // it was cut before it had sent all
    heard
  }

  "A connection" should {
    "be closed when nothing comes" in connected(_.rest() shouldBe "")

    "be closed when half a head comes and no more" in {
      connected(_.send("GET /quick HTTP/1.1\r\nHos").rest() shouldBe "")
    }
    "be closed when the head of a request comes letter by letter" in {
      connected(trickle(_, "GET /quick HTTP/1.1\r\nX: " + "x" * 5_000) shouldBe "")
    }
    "be closed when the head of a later request does" in {
      connected { connection =>
        connection.send(Quick).answer().status shouldBe 200
        trickle(connection, "GET /quick HTTP/1.1\r\nX: " + "x" * 5_000) shouldBe ""
      }
    }
    "be kept while one request follows the other" in {
      connected { connection =>
        val until = System.nanoTime + Duration.ofMillis(1_500).toNanos
        while (System.nanoTime < until) connection.send(Quick).answer().status shouldBe 200
      }
    }
    "be kept while an answer is made, however long that takes" in {
      connected { connection =>
        connection.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n").answer().text should include("late")
        connection.send(Quick).answer().status shouldBe 200
      }
    }
    "be kept while an answer is streamed, and after it" in {
      connected { connection =>
        connection.send("GET /ticks HTTP/1.1\r\nHost: x\r\n\r\n").answer().status shouldBe 200
        Iterator.continually(connection.line()).find(_.startsWith("tick 15")) should not be empty
        Iterator.continually(connection.line()).find(_ == "0\r") should not be empty
        connection.line() shouldBe "\r"
        connection.send(Quick).answer().status shouldBe 200
      }
    }
    "be kept while it is a WebSocket" in {
      val heard = new LinkedBlockingQueue[String]
      val socket = client
        .newWebSocketBuilder()
        .buildAsync(
          URI.create(s"ws://127.0.0.1:$port/echo"),
          new WebSocket.Listener {
            override def onText(socket: WebSocket, text: CharSequence, isLast: Boolean): CompletionStage[_] = {
              heard.add(text.toString)
              socket.request(1)
              CompletableFuture.completedFuture(())
            }
          }
        )
        .get(10, TimeUnit.SECONDS)
      (1 to 10).foreach { number =>
        socket.sendText(number.toString, true).get(10, TimeUnit.SECONDS)
        heard.poll(10, TimeUnit.SECONDS) shouldBe number.toString
        heard.poll(150, TimeUnit.MILLISECONDS) shouldBe null
      }
      socket.abort()
    }
    "be closed when a body that nobody reads comes letter by letter" in {
      connected { connection =>
        connection.send("POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")
        trickle(connection, "x" * 5_000) should startWith("HTTP/1.1 408")
      }
    }
  }
}
