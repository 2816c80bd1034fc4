package io.turnwise.cluster

import org.scalatest.wordspec.AnyWordSpec

class HostileInputSpec extends AnyWordSpec with HostileInput {

  "A body" should {
    "be described here for every endpoint that reads one" in {
      val writes = endpoints.filter(isWrite).map(each => s"${each.method.value} ${each.path}").toSet
      writes -- bodiless -- streamed shouldBe bodies.keySet
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
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "{\"a\":" * 40_000,
        "{\"a\":" * 40_000 + "1" + "}" * 20_000,
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
    "be refused nested 40,000 levels deep within a field" in writingNothing {
      for ((endpoint, fields) <- bodies; field <- fields.take(1); (left, right) <- Seq("[" -> "]", "{\"a\":" -> "}")) {
        val deep = left * 40_000 + "1" + right * 40_000
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
      val optional = Seq("cancel", "pause").map(what => s"POST /api/admin/sessions/{id}/$what")
      (bodies.keySet -- optional).foreach(refusedBody(_, "", 400))
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
      "%C0%AF",
      "%C0%AE%C0%AE",
      "%ED%A0%80",
      "%F4%90%80%80",
      "%7F",
      "%E2%80%AE",
      "x" * 65,
      "x" * 3_000
    )
    "be unknown in every path, whatever is in it" in writingNothing {
      val strangers = for {
        endpoint <- endpoints.filter(_.path.contains("{"))
        id <- strange
      } yield (endpoint, path(endpoint, id))
      strangers.size should be >= strange.size * 10
      strangers.foreach { case (endpoint, path) =>
        val method = endpoint.method.value
        withClue(s"$method $path: ")(problem(ask(method, path, bearer(admin), goodBody(endpoint)), 404))
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

  "A node" should {
    "have taken no harm from any of this" in unharmed()
  }
}
