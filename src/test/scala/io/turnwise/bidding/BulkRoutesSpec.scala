package io.turnwise.bidding

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class BulkRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  private lazy val ann = token("u-ann", name = Some("Ann"), weight = "1.25")
  private lazy val broker = token("house", role = Role.BROKER, name = Some("House"))

  private def line(session: String, price: String, more: (String, String)*): String =
    more
      .map { case (name, value) => s""","$name":$value""" }
      .mkString(s"""{"session_id":"$session","price":$price""", "", "}")

  private def bulk(token: String, lines: String*): Seq[JsonNode] = {
    val answer = post("/api/bids", lines.mkString("", "\n", "\n"), token, Seq("Content-Type" -> "application/x-ndjson"))
    answer.status shouldBe 200
    answer.header("Content-Type") shouldBe Some("application/x-ndjson")
    answer.text.linesIterator.map(NodeFixture.json).toSeq
  }

  private def codes(answers: Seq[JsonNode]): Seq[String] =
    answers.map(answer => if (answer.has("code")) answer.get("code").asText else answer.get("status").asText)

  private def field(answers: Seq[JsonNode], name: String): Seq[String] = answers.map(_.path(name).asText)

  private def bidders(session: String): Map[String, (String, String)] =
    get(s"/api/leaderboard/$session?consistency=strong&page_size=100")("leaderboard").asScala
      .map(row => row.path("user_id").asText -> (row.path("username").asText, row.path("price").asText))
      .toMap

  private def bidCount(session: String): Long = get(s"/api/sessions/$session")("bid_count").asLong

  "Bids in bulk" should {
    "be answered one line each in their order, whichever session they are for" in {
      val sessions = Seq.fill(3)(newSession())
      val answers = bulk(ann, (1 to 300).map(i => line(sessions(i % 3), s"${100 + i}")): _*)
      field(answers, "session_id") shouldBe (1 to 300).map(i => sessions(i % 3))
      field(answers, "price").map(_.toDouble.toInt) shouldBe (101 to 400)
      sessions.foreach { session =>
        val own = answers.filter(_.get("session_id").asText == session)
        codes(own).distinct shouldBe Seq("accepted")
        own.map(_.get("sequence").asLong) shouldBe sorted
        bidCount(session) shouldBe 100
      }
    }
    "be answered like a single one, to the byte" in {
      val session = newSession("beta" -> "100", "gamma" -> "0.3")
      val prices = Seq("12", "10.00", "99.5", "1e2", "0.99e2", "9999999999.99")
      prices.zipWithIndex.foreach { case (price, i) =>
        val single = bid(session, price, ann, "Idempotency-Key" -> s"""k"\\$i""")
        val key = s"""k\\"\\\\$i"""
        val answer = post("/api/bids", line(session, price, "key" -> s""""$key""""), ann).text
        answer shouldBe single.text.stripSuffix("}") + s""","key":"$key","replayed":true}""" + "\n"
      }
      bidCount(session) shouldBe prices.size
    }
    "be taken once by key, of each bidder" in {
      val session = newSession()
      val keyed = line(session, "20", "key" -> "\"a\"")
      val answers = bulk(ann, keyed, keyed, line(session, "21", "key" -> "\"a\""))
      codes(answers) shouldBe Seq("accepted", "accepted", "idempotency.key-reused")
      field(answers, "replayed") shouldBe Seq("", "true", "")
      field(answers, "key") shouldBe Seq("a", "a", "a")
      codes(bulk(ann, keyed)) shouldBe Seq("accepted")
      val others = Seq("u-bob", "u-cid").map(id => line(session, "20", "key" -> "\"a\"", "user_id" -> s"\"$id\""))
      field(bulk(broker, others: _*), "replayed") shouldBe Seq("", "")
      bidCount(session) shouldBe 3
    }
    "be refused line by line, each where it is at fault, and not hold up the others" in {
      val session = newSession()
      val bad = Seq(
        "nonsense" -> "malformed-json",
        "{" -> "malformed-json",
        "5" -> "malformed-json",
        "null" -> "malformed-json",
        "{}{}" -> "malformed-json",
        "[" * 2_000 -> "malformed-json",
        line(session, "12", "surplus" -> "1") -> "invalid-field",
        line(session, "12", "price" -> "13") -> "malformed-json",
        line(session, "\"12\"") -> "invalid-field",
        line(session, "1.005") -> "invalid-field",
        s"""{"session_id":"$session"}""" -> "invalid-field",
        """{"price":12}""" -> "invalid-field",
        line(session, "12", "key" -> "\"two words\"") -> "invalid-field",
        line(session, "12", "key" -> "\"\"") -> "invalid-field",
        line(session, "12", "key" -> "5") -> "invalid-field",
        line("nowhere", "12") -> "bidding.unknown-session",
        line("a|b", "12") -> "bidding.unknown-session",
        line(session, "9.99") -> "bidding.below-upset-price",
        line(session, "12", "user_id" -> "\"u-bob\"") -> "forbidden",
        line(session, "12", "weight" -> "2") -> "forbidden",
        line(session, "12", "key" -> ("\"" + "x" * 4_096 + "\"")) -> "line-too-long",
        "x" * 100_000 -> "line-too-long"
      )
      val good = line(session, "12")
      val answer = post("/api/bids", bad.map(_._1 + "\n" + good).mkString("\n"), ann, Seq("X-Request-ID" -> "req-1"))
      val answers = answer.text.linesIterator.map(NodeFixture.json).toSeq
      codes(answers) shouldBe bad.flatMap { case (_, code) => Seq(code, "accepted") }
      answers.zipWithIndex.filter(_._1.has("code")).foreach { case (problem, i) =>
        problem.get("instance").asText shouldBe s"req-1#${i + 1}"
        problem.get("status").asInt should be >= 400
        problem.get("title").asText should not be empty
        problem.get("detail").asText should not be empty
        problem.has("errors") shouldBe problem.get("code").asText == "invalid-field"
      }
      field(answers, "session_id").count(_ == session) should be >= bad.size + 5
      bidCount(session) shouldBe bad.size
    }
    "be read with blank lines among them, other ends of lines, and none at the end" in {
      val session = newSession()
      val body = s"\n${line(session, "12")}\r\n\r\n  \n${line(session, "13")}\n\n{}\n${line(session, "14")}"
      val answer = post("/api/bids", body, ann, Seq("X-Request-ID" -> "req-2"))
      val answers = answer.text.linesIterator.map(NodeFixture.json).toSeq
      codes(answers) shouldBe Seq("accepted", "accepted", "invalid-field", "accepted")
      answers(2).get("instance").asText shouldBe "req-2#7"
      post("/api/bids", "", ann).text shouldBe ""
      post("/api/bids", "\n\n", ann).text shouldBe ""
    }
    "be taken under every name that their type has, and under no other" in {
      val session = newSession()
      Seq("application/x-ndjson", "application/jsonl", "application/json", "application/octet-stream").foreach { kind =>
        post("/api/bids", line(session, "12"), ann, Seq("Content-Type" -> kind))("status").asText shouldBe "accepted"
      }
      Seq("text/plain", "application/xml", "application/x-www-form-urlencoded").foreach { kind =>
        val answer = post("/api/bids", line(session, "12"), ann, Seq("Content-Type" -> kind))
        (answer.status, answer.code) shouldBe ((415, "not-lines"))
      }
      Seq("Idempotency-Key" -> "k", "If-Match" -> "\"1\"").foreach { header =>
        val answer = post("/api/bids", line(session, "12"), ann, Seq(header))
        (answer.status, answer.code) shouldBe ((400, "invalid-header"))
      }
      post("/api/bids", line(session, "12")).status shouldBe 401
    }
  }

  "A broker or an admin" should {
    "bid for others, with their weight, and for himself" in {
      val session = newSession("gamma" -> "100")
      def byOthers(token: String) = bulk(
        token,
        line(session, "20", "user_id" -> "\"u-bob\"", "weight" -> "2.5"),
        line(session, "20", "user_id" -> "\"競売 1\""),
        line(session, "20")
      )
      val answers = byOthers(broker)
      codes(answers).distinct shouldBe Seq("accepted")
      field(answers, "score") shouldBe Seq("270", "120", "120")
      bidders(session).map { case (id, (name, _)) => id -> name } shouldBe
        Map("u-bob" -> "u-bob", "競売 1" -> "競売 1", "house" -> "House")
      codes(byOthers(admin)).distinct shouldBe Seq("accepted")
    }
    "be told what nobody can be called, nor weigh" in {
      val session = newSession()
      val ids = Seq("\"\"", "\"" + "x" * 129 + "\"", "\"" + "競" * 43 + "\"", "5", "\"a\\u0000b\"", "\"\\ud800\"")
      val weights = Seq("-0.01", "1000.01", "1.005", "\"1\"", "1e400")
      val lines = ids.map(id => line(session, "12", "user_id" -> id)) ++
        weights.map(weight => line(session, "12", "user_id" -> "\"u-bob\"", "weight" -> weight))
      val answers = bulk(broker, lines: _*)
      codes(answers).distinct shouldBe Seq("invalid-field")
      answers.map(_.path("errors").path(0).path("field").asText) shouldBe
        ids.map(_ => "user_id") ++ weights.map(_ => "weight")
      codes(
        bulk(
          broker,
          line(session, "12", "user_id" -> ("\"" + "x" * 128 + "\"")),
          line(session, "12", "user_id" -> "\"u-bob\"", "weight" -> "1000"),
          line(session, "12", "user_id" -> "\"u-bob\"", "weight" -> "0")
        )
      ) shouldBe Seq("accepted", "accepted", "accepted")
    }
    "not be a service or a member" in {
      val session = newSession()
      Seq(Role.SERVICE, Role.MEMBER).foreach { role =>
        val own = token(s"u-$role", role)
        codes(bulk(own, line(session, "12", "user_id" -> "\"u-bob\""), line(session, "12"))) shouldBe
          Seq("forbidden", "accepted")
      }
    }
  }
}
