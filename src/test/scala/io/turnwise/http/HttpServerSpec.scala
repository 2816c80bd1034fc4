package io.turnwise.http

import java.util.concurrent.CompletableFuture
import java.{util => ju}

import scala.jdk.OptionConverters._

import org.jdbi.v3.core.Jdbi
import org.scalatest.wordspec.AnyWordSpec

class HttpServerSpec extends AnyWordSpec with ServerFixture {

  override protected def settings: String = """
    akka.http.server.request-timeout = 300ms
    turnwise.http.public-reads = off
    """

  override protected def endpoints: Seq[Endpoint] = Seq(
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
    ),
    Endpoint.post("/read", Access.ADMIN, exchange => exchange.done(Responses.noContent()))
  )

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
    "be answered as HEAD like GET, but without the body" in {
      val token = tokens.sign(new Principal("u", "U", 100, Role.MEMBER, "acme", 0))
      connected { connection =>
        def read(method: String) =
          connection
            .send(s"$method /read HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer $token\r\n\r\n")
            .answer(hasBody = method == "GET")
        val (whole, head) = (read("GET"), read("HEAD"))
        whole.status shouldBe 200
        head.status shouldBe 200
        val own = Set("date", "x-request-id", "content-length") // of a HEAD the length need not be told
        head.headers -- own shouldBe whole.headers -- own
        whole.text should include("acme")
      }
    }
    "be told as OPTIONS, and as what there is not, what there is" in {
      connected { connection =>
        def ask(method: String, path: String) = connection.send(s"$method $path HTTP/1.1\r\nHost: x\r\n\r\n").answer()
        val options = ask("OPTIONS", "/read")
        (options.status, options.header("Allow")) shouldBe ((204, Some("GET, HEAD, OPTIONS, POST")))
        val refused = ask("DELETE", "/read")
        (refused.status, refused.header("Allow")) shouldBe ((405, Some("GET, HEAD, OPTIONS, POST")))
        ask("OPTIONS", "/nowhere").status shouldBe 404
      }
    }
    "be answered with nothing that a browser could take for something else" in {
      Seq("/read", "/throws", "/nowhere").foreach { path =>
        get(path).headers.firstValue("X-Content-Type-Options").toScala shouldBe Some("nosniff")
      }
    }
  }
}
