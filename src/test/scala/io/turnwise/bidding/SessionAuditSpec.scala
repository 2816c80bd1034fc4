package io.turnwise.bidding

import java.io.{PrintWriter, StringWriter}

import scala.jdk.CollectionConverters._

import io.lettuce.core.RedisClient
import io.lettuce.core.api.sync.RedisCommands
import io.turnwise.cli.AuditCommandAccess
import io.turnwise.cluster.NodeFixture
import io.turnwise.cluster.NodeFixture.Answer
import org.scalatest.wordspec.AnyWordSpec

/** Sessions counted again from their journals. */
class SessionAuditSpec extends AnyWordSpec with BiddingOverHttp {

  private def audit(session: String): Answer = get(s"/api/admin/sessions/$session/audit", admin)

  private def results(answer: Answer): Map[String, String] =
    list(answer("checks")).map(check => check.path("name").asText -> check.path("result").asText).toMap

  private def played(fields: (String, String)*): String = {
    val id = newSession(fields: _*)
    Seq("30" -> ann, "25" -> bob, "20" -> cid, "35" -> bob).foreach { case (price, by) => accepted(id, price, by) }
    id
  }

  private val agreed = Map(
    "bids" -> "ok",
    "orders" -> "ok",
    "entity" -> "ok",
    "entity_orders" -> "ok",
    "redis" -> "ok",
    "order_list" -> "ok"
  )

  "A session that was played by the rules" should {
    "agree with its entity, with Redis and with the list of orders" in {
      val settings = Seq(
        Seq("gamma" -> "2.5", "beta" -> "1000", "time_unit" -> "\"seconds\""),
        Seq("price_rule" -> "\"UNIFORM_NEXT\"", "reserve_price" -> "26"),
        Seq("price_rule" -> "\"PAY_AS_BID\"", "inventory" -> "7"),
        Seq("anti_snipe" -> """{"window_seconds":3600,"extend_seconds":60,"max_extensions":9}"""),
        Seq("sealed" -> "true")
      )
      settings.foreach { fields =>
        val id = played(fields: _*)
        post(
          s"/api/admin/sessions/$id/retract",
          """{"user_id":"u-ann","reason":"not his card"}""",
          admin
        ).status shouldBe 200
        accepted(id, "28", ann)
        close(id).status shouldBe 200
        eventually(results(audit(id)) shouldBe agreed)
        audit(id)("bids").asInt shouldBe 5
      }
    }

    "be audited while it is open, too" in {
      val id = played()
      eventually(
        results(audit(id)).filter(_._2 != "unknown") shouldBe Map("bids" -> "ok", "entity" -> "ok", "redis" -> "ok")
      )
    }
  }

  "What was tampered with" should {
    "be found, wherever it is" in {
      val id = played()
      close(id)
      eventually(results(audit(id)) shouldBe agreed)
      query(_.execute("UPDATE order_view SET price_cents = 1 WHERE session_id = ? AND rank = 1", id))
      withRedis(_.zadd(s"board:{default:$id}", 0, "0" * 32 + ":u-mallory"))
      val found = audit(id)
      results(found) shouldBe agreed ++ Map("redis" -> "differs", "order_list" -> "differs")
      found("is_consistent").asBoolean shouldBe false
    }
  }

  "The command" should {
    "print a table, and say by its exit code whether anything differs" in {
      val id = played()
      close(id)
      eventually(results(audit(id)) shouldBe agreed)
      val (code, out) = command(id)
      code shouldBe 0
      out should include(s"Session $id at version")
      out should include("Nothing differs.")
      query(_.execute("UPDATE order_view SET price_cents = 1 WHERE session_id = ? AND rank = 1", id))
      val (differs, json) = command(id, "--json")
      differs shouldBe 1
      NodeFixture.json(json).path("is_consistent").asBoolean shouldBe false
    }

    "say what is wrong with a session that is not there" in {
      val (code, out) = command("nothing")
      code shouldBe 1
      out should include("bidding.unknown-session")
    }
  }

  private def withRedis(use: RedisCommands[String, String] => Any): Unit = {
    val redis = RedisClient.create(redisUri)
    try use(redis.connect().sync())
    finally redis.shutdown()
  }

  private def command(arguments: String*): (Int, String) = {
    val out = new StringWriter
    val environment = Map("TURNWISE_JWT_SECRET" -> NodeFixture.Secret)
    val code = AuditCommandAccess
      .command(environment.asJava)
      .setOut(new PrintWriter(out))
      .setErr(new PrintWriter(out))
      .setExecutionExceptionHandler { (failure, command, _) =>
        command.getErr.println(failure.getMessage)
        1
      }
      .execute(arguments ++ Seq("--url", s"http://127.0.0.1:$port"): _*)
    (code, out.toString)
  }
}
