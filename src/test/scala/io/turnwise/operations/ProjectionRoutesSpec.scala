package io.turnwise.operations

import java.io.{PrintWriter, StringWriter}

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cli.operations.OperatorCommands
import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ProjectionRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  override protected def settings: String = """
    turnwise.projection { look-interval = 50ms, retry-pauses = [10ms, 20ms, 40ms], pace-in-postgres = 20ms }
    akka.projection.restart-backoff { min-backoff = 50ms, max-backoff = 100ms }
    """

  private val All = "/admin/cqrs/projections"
  private val Letters = "/admin/cqrs/dead-letters"
  private val Why = """{"reason":"a spec"}"""
  private lazy val ann = token("u-ann")
  private lazy val adminOfB = token("operator-b", role = Role.ADMIN, tenant = "b")

  private def standing(name: String): JsonNode = get(s"$All/$name", admin).json

  private def act(name: String, action: String, body: String = Why) = {
    val answer = post(s"$All/$name/$action", body, admin)
    withClue(answer)(answer.status shouldBe 200)
    answer.json
  }

  private def listed(id: String): Boolean = get("/api/sessions", ann).text.contains(id)

  private def letters: Seq[JsonNode] = get(Letters, admin)("dead_letters").asScala.toSeq

  /** The list of sessions takes no session of this title, until the constraint is dropped. */
  private def refuseTitle(title: String): Unit = {
    query(_.execute(s"ALTER TABLE session_view ADD CONSTRAINT not_that CHECK (terms->>'title' <> '$title') NOT VALID"))
    ()
  }

  private def refuseNone(): Unit = {
    query(_.execute("ALTER TABLE session_view DROP CONSTRAINT IF EXISTS not_that"))
    ()
  }

  private def run(arguments: String*): String = {
    val out = new StringWriter
    val code = OperatorCommands
      .all(Map("TURNWISE_JWT_SECRET" -> NodeFixture.Secret).asJava)
      .setOut(new PrintWriter(out))
      .setErr(new PrintWriter(out))
      .execute(arguments ++ Seq("--url", s"http://127.0.0.1:$port"): _*)
    withClue(out)(code shouldBe 0)
    out.toString
  }

  "Projections" should {
    "be listed, and nothing of them be there for others than the operator" in {
      val names = get(All, admin)("projections").asScala.map(_.path("name").asText).toSeq
      names should contain allOf ("alarms", "members", "sessions", "boards")
      eventually(standing("sessions").path("state").asText shouldBe "running")
      get(All).status shouldBe 401
      get(All, ann).status shouldBe 403
      get(All, adminOfB).status shouldBe 404
      post(s"$All/sessions/pause", Why, adminOfB).status shouldBe 404
      get(Letters, adminOfB).status shouldBe 404
      get(s"$All/nobody", admin).code shouldBe "projection.unknown"
    }
    "rest when they are told to, and say so" in {
      val paused = act("sessions", "pause")
      paused.path("state").asText shouldBe "paused"
      paused.path("actions").path(0).path("by").asText shouldBe "operator"
      val id = newSession()
      eventually(standing("sessions").path("lag_turns").asInt should be >= 1)
      listed(id) shouldBe false
      post(s"$All/sessions/skip", """{"slices":"0-1","reason":"x"}""", admin).code shouldBe "projection.unknown-slices"
      act("sessions", "resume")
      eventually(listed(id) shouldBe true)
      post(s"$All/sessions/skip", """{"slices":"0-511","reason":"x"}""", admin).code shouldBe "projection.not-paused"
    }
    "be emptied and filled anew" in {
      val id = newSession()
      eventually(listed(id) shouldBe true)
      act("sessions", "reset")
      eventually(listed(id) shouldBe true)
      act("boards", "reset")
      eventually(standing("boards").path("lag_turns").asInt shouldBe 0)
    }
    "be rebuilt beside the view that serves" in {
      val id = newSession()
      eventually(listed(id) shouldBe true)
      query(_.execute("UPDATE session_view SET phase = 'cancelled' WHERE session_id = ?", id))
      act("sessions", "rebuild", """{"reason":"a wrong phase","swap":true}""")
      eventually(standing("sessions").path("rebuild").path("state").asText shouldBe "swapped")
      standing("sessions").path("rebuild").path("only_before").asInt shouldBe 1
      query(
        _.createQuery("SELECT phase FROM session_view WHERE session_id = :id")
          .bind("id", id)
          .mapTo(classOf[String])
          .one()
      ) should not be "cancelled"
      post(s"$All/boards/rebuild", Why, admin).code shouldBe "projection.cannot-empty"
      post(s"$All/sessions/rebuild/cancel", Why, admin).code shouldBe "projection.not-rebuilding"
      Seq("members", "alarms").foreach { name =>
        act(name, "rebuild")
        eventually(standing(name).path("rebuild").path("state").asText shouldBe "swapped")
        standing(name).path("rebuild").path("only_before").asInt shouldBe 0
        standing(name).path("rebuild").path("only_after").asInt shouldBe 0
      }
    }
  }

  "What a view cannot take" should {
    "be found, shown, tried and carried in the end" in {
      refuseTitle("A bad lamp")
      val id = newSession("title" -> "\"A bad lamp\"")
      val other = newSession()
      try {
        eventually(letters.map(_.path("persistence_id").asText) shouldBe Seq(s"session|default:$id"))
        eventually(listed(other) shouldBe true)
        val letter = letters.head.path("id").asText
        val preview = get(s"$Letters/$letter", admin).json
        preview.path("events").path(0).path("type").asText should startWith("bidding.session-scheduled/")
        preview.path("events").path(0).path("event").toString should include("A bad lamp")
        get(s"$Letters?projection=members", admin)("total").asInt shouldBe 0
        get(s"$Letters?since=2020-01-01T00:00:00Z&limit=1", admin)("groups").size shouldBe 1
        val failed = post(s"$Letters/$letter/retry", "", admin)
        failed("is_settled").asBoolean shouldBe false
        failed("error").asText should include("not_that")
        refuseNone()
        post(s"$Letters/$letter/retry?dry_run=true", "", admin)("is_settled").asBoolean shouldBe true
        listed(id) shouldBe false
        val many = post(s"$Letters/retry", """{"projection":"sessions","reason":"mended"}""", admin)
        many("retried").path(0).path("is_settled").asBoolean shouldBe true
        listed(id) shouldBe true
        post(s"$Letters/$letter/discard", Why, admin).code shouldBe "projection.unknown-dead-letter"
      } finally refuseNone()
    }
    "be given up with a reason" in {
      refuseTitle("A lost lamp")
      try {
        val id = newSession("title" -> "\"A lost lamp\"")
        eventually(letters.size shouldBe 1)
        val letter = letters.head.path("id").asText
        post(s"$Letters/$letter/discard", """{"reason":" "}""", admin).status shouldBe 400
        post(s"$Letters/$letter/discard", Why, admin)("projection").asText shouldBe "sessions"
        eventually(letters shouldBe empty)
        listed(id) shouldBe false
      } finally refuseNone()
    }
    "not be shown where it is another tenant's" in {
      refuseTitle("A lamp of b")
      try {
        val made = post("/api/admin/sessions", proposal("title" -> "\"A lamp of b\""), adminOfB)
        made.status shouldBe 201
        eventually(letters.size shouldBe 1)
        get(s"$Letters/${letters.head.path("id").asText}", admin).json.path("events").size shouldBe 0
      } finally refuseNone()
      post(s"$Letters/retry", Why, admin)("retried").size shouldBe 1
    }
  }

  "The command line" should {
    "list, show and steer projections" in {
      run("projection", "list") should (include("sessions") and include("running") and include("boards"))
      run("projection", "pause", "sessions", "--reason", "a spec") should include("paused")
      run("projection", "show", "sessions") should (include("0-511") and include("turnwise-cli: a spec"))
      run("projection", "resume", "sessions", "--reason", "a spec") should include("resume")
      run("projection", "rebuild", "sessions", "--compare-only", "--reason", "a spec") should include("rebuild")
      eventually(run("projection", "show", "sessions") should include("rebuild compared"))
      NodeFixture.json(run("projection", "list", "--json")).path("projections").size should be >= 4
    }
    "list, show, retry and discard dead letters" in {
      refuseTitle("A last lamp")
      try {
        newSession("title" -> "\"A last lamp\"")
        eventually(letters.size shouldBe 1)
        val letter = letters.head.path("id").asText
        run("dlq", "list", "--projection", "sessions") should (include("1 in all") and include("not_that"))
        run("dlq", "show", letter) should include("bidding.session-scheduled/")
        run("dlq", "retry", letter, "--dry-run") should include("the next failed")
        run("dlq", "retry", "--projection", "sessions") should include("1 were meant")
        run("dlq", "discard", letter, "--reason", "a spec") should include("none waiting")
      } finally refuseNone()
    }
  }
}
