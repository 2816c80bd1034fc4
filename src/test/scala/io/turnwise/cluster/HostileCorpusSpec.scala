package io.turnwise.cluster

import java.io.ByteArrayOutputStream
import java.nio.charset.StandardCharsets.{ISO_8859_1, UTF_16LE, UTF_8}
import java.util.zip.GZIPOutputStream

import io.turnwise.http.{Endpoint, RawConnection}
import org.scalatest.wordspec.AnyWordSpec

class HostileCorpusSpec extends AnyWordSpec with HostileInput {

  private val values = Seq("0", "-0", "-1", "1.0", "1e3", "2147483647", "2147483648", "9223372036854775808") ++
    Seq("9" * 1_000, "NaN", "%D9%A1", "", "%00", "%0D%0AX:1", "%FF", "%C0%AF", "%ED%A0%80", "%F0%9F%94%A8") ++
    Seq("a%7Cb", "a%2Fb", "a%3Ab", "a%25b", "'%20OR%201=1--", "../..", "[]", "x" * 2_000)

  private val names = Seq("page", "page_size", "limit", "after", "since", "state", "query", "consistency", "user_id") ++
    Seq("at", "from", "to", "without", "up_to", "until", "type", "snapshot", "days")

  private val headers = Seq("If-Match", "If-None-Match", "Idempotency-Key", "X-Request-ID", "traceparent") ++
    Seq("Accept", "Accept-Encoding", "Last-Event-ID", "X-Forwarded-For", "Cookie", "Origin", "Range", "Upgrade") ++
    Seq("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Content-Encoding", "Forwarded", "X-HTTP-Method-Override")

  private val headerValues =
    Seq("", "*", "-1", "\"", "W/\"1\"", "\"9223372036854775808\"", "9" * 1_000, "NaN", "\u00e9") ++
      Seq(
        "%00",
        "a|b:c/d",
        "bytes=0-1,5-9",
        "websocket",
        "h2c",
        "gzip;q=2",
        "127.0.0.1, x",
        "x" * 7_000,
        "a\tb",
        "%{jndi:x}"
      )

  private def everywhere(f: (String, String, String) => Unit): Unit =
    for (endpoint <- endpoints.filterNot(isPage); token <- Seq(admin, ""))
      f(endpoint.method.value, place(endpoint), if (token.isEmpty) "" else bearer(token))

  private def place(endpoint: Endpoint): String = path(endpoint, if (isWrite(endpoint)) "nowhere" else open)

  /** A body that does nothing where it is taken for what it is not. */
  private val nothing = "{\"nothing\":1}"

  private def body(method: String) = if (method == "GET") "" else nothing

  /** Every name with every value at every third endpoint, at others for others. */
  private def spread(endpoints: Seq[Endpoint], names: Seq[String], values: Seq[String]) =
    for {
      (endpoint, place) <- endpoints.zipWithIndex
      ((name, value), number) <- names.flatMap(name => values.map(name -> _)).zipWithIndex
      if (number + place) % 3 == 0
    } yield (endpoint, name, value)

  /** What is answered to a request that may be cut while it is sent. */
  private def cut(request: String): String = {
    val connection = new RawConnection(port)
    try {
      connection.trySend(request)
      connection.rest()
    } finally connection.close()
  }

  "Whatever a query has" should {
    "do no harm anywhere" in writingNothing {
      everywhere { (method, path, token) =>
        val together = values.map(value => s"a=$value").filter(_.length < 500).mkString("&")
        harmless(ask(method, s"$path?$together", token, body(method)))
        harmless(ask(method, s"$path?${"limit=1&" * 450}", token, body(method)))
        problem(ask(method, s"$path?${(1 to 10_000).map(i => s"a$i=1").mkString("&")}", token, body(method)), 414)
      }
    }
    "be harmless in every parameter of every read" in writingNothing {
      val reads = endpoints.filterNot(isWrite).filterNot(isPage)
      for ((endpoint, name, value) <- spread(reads, names, values)) {
        val target = s"${path(endpoint, open)}?$name=$value"
        withClue(s"$target: ")(harmless(ask("GET", target, bearer(admin))))
      }
    }
  }

  "Whatever a header has" should {
    "do no harm anywhere" in writingNothing {
      for ((endpoint, name, value) <- spread(endpoints.filterNot(isPage), headers, headerValues)) {
        val method = endpoint.method.value
        withClue(s"$method ${endpoint.path} $name: ${value.take(50)}: ") {
          harmless(ask(method, place(endpoint), s"${bearer(admin)}$name: $value\r\nZ: 1\r\n", body(method)))
        }
      }
    }
    "be too much anywhere when it is too long, or when there are too many" in writingNothing {
      everywhere { (method, path, token) =>
        problem(ask(method, path, token + s"X: ${"x" * 9_000}\r\n", body(method)), 431)
        val endless = s"$method $path HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"x" * 1_000_000}\r\n\r\n"
        Seq("", "HTTP/1.1 431") should contain(cut(endless).take(12)) // it need not be read to the end
        problem(ask(method, path, token + (1 to 70).map(i => s"X$i: 1\r\n").mkString, body(method)), 400)
      }
    }
  }

  "Whatever a body has" should {
    def latin(bytes: Array[Byte]) = new String(bytes, ISO_8859_1)
    def zipped(text: String) = {
      val bytes = new ByteArrayOutputStream
      val zip = new GZIPOutputStream(bytes)
      zip.write(text.getBytes(UTF_8))
      zip.close()
      latin(bytes.toByteArray)
    }
    "do no harm at any endpoint, with whatever headers" in writingNothing {
      val bodies = Seq(
        zipped("{}"),
        latin("\ufeff{".getBytes(UTF_8)),
        latin("{}x".getBytes(UTF_16LE)),
        "\u00c0\u00af",
        "{\"a\":\"\u00ed\u00a0\u0080\"}",
        "\u0000" * 1_000,
        "x" * 200_000,
        "[" * 100_000,
        "{\"a\":1,\"a\":1}",
        "a=1&b=2",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"
      )
      val kinds = Seq("application/json", "application/json; charset=UTF-16", "application/json; charset=nonsense") ++
        Seq("text/plain", "multipart/form-data; boundary=x", "application/x-ndjson", "/", "\u00e9", "x" * 500)
      // of a head that cannot be trusted nothing more is read: who is still sending then may not hear why
      def isHeard(kind: String, body: String) = kind != "\u00e9" || body.length < 50_000
      for (endpoint <- endpoints.filterNot(isPage); body <- bodies; kind <- kinds if isHeard(kind, body)) {
        val method = endpoint.method.value
        withClue(s"$method ${endpoint.path} $kind ${body.take(30)}: ") {
          harmless(ask(method, path(endpoint, "nowhere"), s"${bearer(admin)}Content-Type: $kind\r\n", body))
        }
      }
    }
    "be refused zipped" in writingNothing {
      val headers = bearer(ann) + "Content-Encoding: gzip\r\nContent-Type: application/json\r\n"
      problem(ask("POST", "/api/bid", headers, zipped(s"""{"session_id":"$open","price":12}""")), 400, 415)
    }
    "be refused when it is large, however large, and the answer be heard" in writingNothing {
      val head = s"POST /api/bid HTTP/1.1\r\nHost: x\r\n${bearer(ann)}Connection: close\r\n"
      Seq(300_000, 1_000_000, 20_000_000).foreach { length =>
        val heard = RawConnection.parsed(cut(s"${head}Content-Length: $length\r\n\r\n${"x" * length}"))
        withClue(length)(heard.status shouldBe 413)
        heard.text should include("body-too-large")
        val chunk = s"10000\r\n${"x" * 0x10000}\r\n" * (length / 0x10000 + 1)
        RawConnection.parsed(cut(s"${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n")).status shouldBe 413
      }
    }
    "leave its connection usable when it is not much too large" in writingNothing {
      val refused = problem(ask("POST", "/api/bid", bearer(ann), "x" * 1_000_000), 413)
      refused.header("Connection") shouldBe None
      ask("GET", "/health/live").status shouldBe 200
    }
    "be cut where it stops half way, at any endpoint" in writingNothing {
      endpoints.filter(isWrite).filterNot(each => bodiless(s"${each.method.value} ${each.path}")).foreach { endpoint =>
        val head = s"${endpoint.method.value} ${path(endpoint, "nowhere")} HTTP/1.1\r\nHost: x\r\n${bearer(admin)}"
        val half = head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\""
        withClue(endpoint.path) {
          harmless(raw(half, halfClose = true)).status should (be(400) or be(404) or be(200))
          harmless(raw(head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{"))
          harmless(raw(head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{"))
        }
      }
    }
  }

  "The end of a request" should {
    def answers(head: String, body: String): Seq[String] = {
      val sent = s"POST /api/bid HTTP/1.1\r\nHost: x\r\n$head\r\n${body}GET /smuggled HTTP/1.1\r\nHost: x\r\n" +
        "Connection: close\r\n\r\n"
      "HTTP/1\\.1 \\d+".r.findAllIn(cut(sent)).toSeq
    }
    val body = "0\r\n\r\n"
    val length = s"Content-Length: ${body.length}\r\n"
    val chunked = "Transfer-Encoding: chunked\r\n"
    "be where a proxy before us sees it, too" in {
      answers(length, body) shouldBe Seq("HTTP/1.1 401", "HTTP/1.1 404")
    }
    "not be guessed, and what follows not be taken for a request" in writingNothing {
      val uncertain = Seq(
        length + chunked,
        chunked + length,
        length + "Content-Length: 6\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5.0\r\n",
        "Content-Length : 5\r\n",
        "Content-Length:\r\n 5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\n" + length,
        "Transfer-Encoding: \"chunked\"\r\n" + length,
        "Transfer-Encoding: \u000bchunked\r\n" + length,
        "Transfer-Encoding:\r\n chunked\r\n" + length,
        "Transfer-Encoding: \u00e9\r\n" + length,
        "X: \u00e9\r\n" + length,
        "X: \u00f0\r\n" + length,
        "X: a\u00e9b\u00f0x\r\n" + length,
        "Content-Type: \u00e9\r\n" + length,
        "Cookie: a=\u00e2\r\n" + chunked,
        length + "X: \u00e9\r\n",
        length + "X: \u00f0\r\n"
      )
      uncertain.foreach(head => withClue(head)(answers(head, body) shouldBe Seq("HTTP/1.1 400")))
    }
  }

  "A node" should {
    "have taken no harm from any of this" in unharmed()
  }
}
