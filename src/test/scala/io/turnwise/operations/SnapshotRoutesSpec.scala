package io.turnwise.operations

import java.io.{PrintWriter, StringWriter}
import java.net.URLEncoder
import java.nio.charset.StandardCharsets.UTF_8
import java.time.Duration

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import io.turnwise.cli.operations.OperatorCommands
import io.turnwise.cluster.NodeFixture
import io.turnwise.http.Role
import io.turnwise.journal.{Outage, SnapshotShelf}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class SnapshotRoutesSpec extends AnyWordSpec with NodeFixture with Matchers {

  override protected def settings: String = "turnwise.turn { snapshot-events = 10, snapshot-interval = 0s }"

  private lazy val ann = token("u-ann")
  private lazy val adminOfB = token("operator", role = Role.ADMIN, tenant = "b")

  private def of(pid: String) = s"/admin/es/entities/${URLEncoder.encode(pid, UTF_8)}/snapshots"

  private def session(bids: Int = 1, by: String = admin, tenant: String = "default"): String = {
    val made = post("/api/admin/sessions", proposal("rebid_rule" -> "\"REPLACE\""), by)
    withClue(made)(made.status shouldBe 201)
    val id = made("session_id").asText
    val bidder = token("u-ann", tenant = tenant)
    (1 to bids).foreach(i => accepted(id, (20 + i).toString, bidder))
    s"session|$tenant:$id"
  }

  private def take(pid: String, reason: String = "before the import", by: String = admin): JsonNode = {
    val taken = post(of(pid), s"""{"reason":"$reason"}""", by)
    withClue(taken)(taken.status shouldBe 201)
    taken.json
  }

  private def kept(pid: String): Seq[JsonNode] = get(of(pid), admin)("items").asScala.toSeq

  private def age(pid: String, days: Int): Unit = {
    query(
      _.execute(
        "UPDATE snapshot SET created = created - ? WHERE persistence_id = ?",
        Duration.ofDays(days.toLong).toMillis,
        pid
      )
    )
    ()
  }

  "A snapshot by hand" should {
    "be of what is committed, say who wanted it and why, and be no event" in {
      val pid = session(bids = 3)
      val rows = rowsInJournal
      val taken = take(pid)
      rowsInJournal shouldBe rows
      (taken.path("version").asInt, taken.path("reason").asText, taken.path("by").asText) shouldBe
        ((6, "before the import", "operator"))
      kept(pid) shouldBe Seq(taken)
      val state = get(of(pid).replace("snapshots", "state"), admin)
      (state("snapshot_version").asInt, state("folded_events").asInt) shouldBe ((6, 0))
    }
    "be the same when it is wanted again, with the newer reason" in {
      val pid = session()
      take(pid)
      take(pid, "once more").path("reason").asText shouldBe "once more"
      kept(pid).map(_.path("reason").asText) shouldBe Seq("once more")
    }
    "be what the entity wakes up from" in {
      val pid = session(bids = 2)
      take(pid)
      query(_.execute("DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number = 1", pid))
      get(of(pid).replace("snapshots", "state"), admin)("version").asInt shouldBe 5
      get(of(pid).replace("snapshots", "state") + "?snapshot=false", admin).status shouldBe 500
    }
    "be refused without a reason, and for what there is not" in {
      val pid = session()
      Seq("{}", """{"reason":""}""", """{"reason":"  "}""", s"""{"reason":"${"x" * 201}"}""", """{"reason":5}""")
        .foreach { body =>
          withClue(body)(post(of(pid), body, admin).status shouldBe 400)
        }
      post(of("session|default:nothing"), """{"reason":"x"}""", admin).status shouldBe 404
      post(of(pid), """{"reason":"x"}""", ann).status shouldBe 403
    }
  }

  "Snapshots" should {
    "be taken by the entity itself when they are due, and the newest five be kept" in {
      val pid = session(bids = 80)
      eventually {
        val all = kept(pid)
        all should have size 5
        all.map(_.path("reason").asText).distinct shouldBe Seq("due")
        all.foreach(_.has("by") shouldBe false)
        all.map(_.path("version").asLong) shouldBe all.map(_.path("version").asLong).sorted.reverse
      }
    }
    "be listed by entity, page by page, and only those of the tenant" in {
      val ours = (1 to 3).map(_ => session()).sorted
      val theirs = session(by = adminOfB, tenant = "b")
      ours.foreach(take(_))
      take(theirs, by = adminOfB)
      def pages(after: String): Seq[String] = {
        val page = get(s"/admin/es/snapshots?limit=2$after", admin)
        val pids = page("items").asScala.map(_.path("persistence_id").asText).toSeq
        if (page.json.has("next_after")) pids ++ pages("&after=" + URLEncoder.encode(page("next_after").asText, UTF_8))
        else pids
      }
      val all = pages("")
      all shouldBe all.sorted
      all should contain allElementsOf ours
      all should not contain theirs
      get("/admin/es/snapshots", adminOfB)("items").asScala.map(_.path("persistence_id").asText) shouldBe Seq(theirs)
      get("/admin/es/snapshots?after=x", admin).status shouldBe 400
    }
    "be counted by type, and only those of the tenant" in {
      val mine = token("operator", role = Role.ADMIN, tenant = "counted")
      val empty = get("/admin/es/snapshots/stats", mine)
      (empty("total_snapshots").asInt, empty.json.has("oldest")) shouldBe ((0, false))
      val taken = take(session(by = mine, tenant = "counted"), by = mine)
      val stats = get("/admin/es/snapshots/stats", mine)
      stats("total_snapshots").asInt shouldBe 1
      stats("average_bytes").asLong shouldBe taken.path("bytes").asLong
      stats("newest") shouldBe taken.path("created_at")
      stats.json.at("/by_type/session/by_hand").asInt shouldBe 1
    }
  }

  "Old snapshots" should {
    "be deleted by command, those of the tenant only, and never the newest of an entity" in {
      val pid = session(bids = 40)
      val other = session(bids = 40, by = adminOfB, tenant = "b")
      eventually(kept(pid).size should be > 2)
      eventually(get(of(other), adminOfB)("items").size should be > 2)
      age(pid, 91)
      age(other, 91)
      val newest = kept(pid).head.path("version")
      val cleaned = post("/admin/es/snapshots/cleanup", "", admin)
      withClue(cleaned)(cleaned.status shouldBe 200)
      cleaned("deleted").asInt should be >= 2
      kept(pid).map(_.path("version")) shouldBe Seq(newest)
      get(of(other), adminOfB)("items").size should be > 2
      get(of(pid).replace("snapshots", "state"), admin)("version").asInt shouldBe 43
      post("/admin/es/snapshots/cleanup?days=-1", "", admin).status shouldBe 400
    }
    "be left where they are not that old" in {
      val pid = session(bids = 40)
      eventually(kept(pid).size should be > 2)
      age(pid, 89)
      post("/admin/es/snapshots/cleanup", "", admin)
      kept(pid).size should be > 2
      post("/admin/es/snapshots/cleanup?days=88", "", admin)
      kept(pid) should have size 1
    }
    "be deleted by the node itself, of all tenants" in {
      val other = session(bids = 40, by = adminOfB, tenant = "b")
      eventually(get(of(other), adminOfB)("items").size should be > 2)
      age(other, 91)
      new SnapshotCleaning(new SnapshotShelf(engine.jdbi), clock, Outage.ofPostgres, Duration.ofDays(90)).clean()
      get(of(other), adminOfB)("items").size shouldBe 1
    }
  }

  "The commands" should {
    "tell events, states and differences, as a table or as JSON" in {
      val pid = session(bids = 2)
      val entity = s"session:${pid.split(':')(1)}"
      val (_, events) = command("events", entity)
      events.linesIterator.toSeq should have size 5
      events should include("bidding.bid-placed/1")
      val (_, named) = command("events", entity, "--type", "bidding.bid-placed", "--json")
      named.linesIterator.map(NodeFixture.json(_).path("version").asInt).toSeq shouldBe Seq(4, 5)
      command("state", entity)._2 should include(s"$pid at version 5 of 5")
      NodeFixture.json(command("state", entity, "--at", "4", "--json")._2).path("version").asInt shouldBe 4
      command("state", entity, "--without", "5")._2 should include("replace  /bid_count  1")
      command("state", entity, "--without", "1")._2 should include("cannot be applied")
      command("diff", entity, "--from", "4")._2 should include("replace  /bid_count  2")
      val (code, unknown) = command("state", "session:nothing")
      (code, unknown.contains("operations.unknown-entity")) shouldBe ((1, true))
      command("events", pid)._2 shouldBe events
      command("events", "nothing")._2 should include("TYPE:ID")
    }
    "list, count, take and delete snapshots" in {
      val pid = session(bids = 2)
      val entity = s"session:${pid.split(':')(1)}"
      command("snapshot", "take", entity, "--reason", "a spec")._2 should include("a spec (turnwise-cli)")
      command("snapshot", "list", entity)._2.linesIterator.toSeq should have size 1
      command("snapshot", "list")._2 should include(pid)
      NodeFixture.json(command("snapshot", "stats", "--json")._2).path("by_hand").asInt should be >= 1
      command("snapshot", "stats")._2 should include("snapshots, ")
      command("snapshot", "cleanup", "--days", "3000")._2 should include("Deleted 0 snapshots")
    }
  }

  private def command(arguments: String*): (Int, String) = {
    val out = new StringWriter
    val code = OperatorCommands
      .all(Map("TURNWISE_JWT_SECRET" -> NodeFixture.Secret).asJava)
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
