package io.turnwise.projection

import java.util.concurrent.{CompletableFuture, TimeUnit}

import scala.jdk.CollectionConverters._

import akka.projection.ProjectionId
import akka.projection.javadsl.ProjectionManagement
import io.turnwise.journal.{JournalRow, Slices}
import io.turnwise.projection.ProjectionStanding.State
import io.turnwise.turn.Tally
import org.jdbi.v3.core.{Handle, HandleConsumer}
import org.scalatest.wordspec.AnyWordSpec

class ProjectionDeskSpec extends AnyWordSpec with Views {

  private lazy val view = new Sums("sums")
  private lazy val kept = new Kept("kept")

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine.projections.start(view, kept)
  }

  private def standing: ProjectionStanding = desk.one("sums")

  private def isCaughtUp: Boolean = standing.lagTurns == 0

  /** A tally that this worker carries. */
  private def idIn(slices: String, not: String = ""): String = {
    val range = Slices.ranges(2).asScala.find(_.toString == slices).get
    Iterator.from(1).map(n => s"t$n").find(id => id != not && range.contains(s"tally|default:$id")).get
  }

  "A projection that runs" should {
    "be listed with its workers, who has them, how far they are and that nothing is left" in {
      add("one", 1)
      add(idIn("0-511"), 1)
      add(idIn("512-1023"), 1)
      eventually(assert(isCaughtUp && standing.workers.asScala.forall(_.offset != null)))
      assert(desk.all.asScala.map(each => each.name -> each.store) == Seq("sums" -> "postgres", "kept" -> "elsewhere"))
      assert(standing.state == State.RUNNING && standing.lagSeconds == 0 && !standing.lagIsAtLeast)
      assert(standing.workers.asScala.map(_.slices) == Seq("0-511", "512-1023"))
      assert(standing.workers.asScala.forall(each => each.owner != null && each.epoch >= 1 && each.error == null))
    }
  }

  "A projection that is paused" should {
    "carry nothing, show how far it is behind, and go on where it was" in {
      assert(desk.pause("sums", order).state == State.PAUSED)
      val before = sums("one")
      add("one", 2, 3)
      eventually(assert(desk.one("kept").lagTurns == 0))
      assert(sums("one") == before && standing.lagTurns == 2 && standing.lagSeconds > 0)
      assert(desk.resume("sums", order).state != State.PAUSED)
      eventually(assert(sums("one").contains("1 2 3") && isCaughtUp))
      assert(standing.actions.asScala.take(2).map(_.action) == Seq("resume", "pause"))
    }

    "be so after a restart, too" in {
      desk.pause("sums", order)
      stopEngine(engine)
      engine = startEngine()
      engine.projections.start(view, kept)
      tallies = engine.mailboxes(Tally.Rules)
      eventually(add("one", 4))
      eventually(assert(desk.one("kept").lagTurns == 0))
      assert(standing.state == State.PAUSED && standing.lagTurns == 1 && sums("one").contains("1 2 3"))
      desk.resume("sums", order)
      eventually(assert(sums("one").contains("1 2 3 4")))
    }

    "pass over the next row of a worker, and no other, when it is told to" in {
      val id = idIn("0-511", "one")
      assert(refused(desk.skip("sums", "0-511", order)) == ProjectionRejection.NOT_PAUSED)
      desk.pause("sums", order)
      eventually(assert(refused(desk.skip("sums", "0-511", order)) == ProjectionRejection.NOTHING_TO_SKIP))
      add(id, 50, 51)
      assert(refused(desk.skip("sums", "1-2", order)) == ProjectionRejection.UNKNOWN_SLICES)
      eventually(assert(desk.skip("sums", "0-511", order).lagTurns == 1))
      assert(standing.actions.get(0).detail.startsWith(s"tally|default:$id row "))
      desk.resume("sums", order)
      eventually(assert(sums(id).exists(_.endsWith(" 51"))))
      assert(!sums(id).exists(_.contains("50")))
    }
  }

  "A projection that is reset" should {
    "be filled anew from the start, though it was idle, and lose its dead letters" in {
      eventually(assert(isCaughtUp))
      withHandle(_.execute("UPDATE sums SET amounts = 'wrong'"))
      desk.reset("sums", order)
      eventually(assert(sums("one").contains("1 2 3 4") && isCaughtUp))
      assert(
        withHandle(
          _.createQuery("SELECT count(*) FROM sums WHERE amounts LIKE '%wrong%'")
            .mapTo(classOf[Integer])
            .one()
        ) == 0
      )
      desk.reset("kept", order)
      eventually(assert(kept.rows.asScala.count(_ == "one" -> 1L) >= 2))
    }

    "be one that can be" in {
      val past = new View.InPostgres {
        override def name = "past"
        override def wants(row: JournalRow) = false
        override def apply(handle: Handle, rows: java.util.List[JournalRow]): Unit = ()
      }
      engine.projections.start(past)
      assert(refused(desk.reset("past", order)) == ProjectionRejection.CANNOT_EMPTY)
      assert(refused(desk.one("nobody")) == ProjectionRejection.UNKNOWN)
    }
  }

  "Of two owners of one worker" should {
    "the older one not write, whatever it still has" in {
      val older = new Lease(engine.jdbi, "fenced", new Slices.Range(0, 511), "older")
      val newer = new Lease(engine.jdbi, "fenced", new Slices.Range(0, 511), "newer")
      def enters(lease: Lease, epoch: Long): Boolean =
        try {
          engine.jdbi.useTransaction[RuntimeException](
            (handle => lease.enter(handle, epoch)): HandleConsumer[RuntimeException]
          )
          true
        } catch { case _: OutOfTurn => false }
      assert(!enters(older, 0), "none is entered that was not claimed")
      val first = older.claim().getAsLong
      assert(enters(older, first))
      val second = newer.claim().getAsLong
      assert(enters(newer, second))
      assert(!enters(older, first) && !older.holds(first) && newer.holds(second))
      val third = older.claim().getAsLong
      assert(!enters(older, first), "what it read before it lost its place is not stored under a later claim")
      assert(enters(older, third))
    }

    "the newer one wait for what the older one is just storing" in {
      val older = new Lease(engine.jdbi, "waiting", new Slices.Range(0, 511), "older")
      val newer = new Lease(engine.jdbi, "waiting", new Slices.Range(0, 511), "newer")
      val epoch = older.claim().getAsLong
      val handle = engine.jdbi.open()
      try {
        handle.begin()
        older.enter(handle, epoch)
        val claiming = CompletableFuture.supplyAsync[Boolean](() => newer.claim().isPresent)
        eventually(
          assert(
            withHandle(
              _.createQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
              ).mapTo(classOf[Integer]).one()
            ) >= 1
          )
        )
        assert(!claiming.isDone)
        handle.commit()
        assert(claiming.get(10, TimeUnit.SECONDS))
      } finally handle.close()
    }
  }

  "A projection that does not get on" should {
    "show why, when its batches fail as a whole" in {
      @volatile var isBroken = true
      val broken = new Kept("broken") {
        override def wants(row: JournalRow): Boolean =
          if (isBroken) throw new IllegalStateException("no wish") else super.wants(row)
      }
      engine.projections.start(broken)
      eventually(assert(desk.one("broken").state == State.FAILED))
      val failed = desk.one("broken").workers.asScala.find(_.state == State.FAILED).get
      assert(failed.error.endsWith("IllegalStateException: no wish") && failed.failedAt != null)
      assert(desk.one("broken").lagTurns > 0)
      isBroken = false
      eventually(assert(desk.one("broken").state == State.RUNNING && desk.one("broken").lagTurns == 0))
    }

    "be found stuck when nothing moves, whatever the reason" in {
      Seq("0-511", "512-1023").foreach { slices =>
        val worker = ProjectionId.of("kept", slices)
        ProjectionManagement.get(engine.system).pause(worker).toCompletableFuture.get(10, TimeUnit.SECONDS)
      }
      add("one", 60)
      eventually(assert(desk.one("kept").state == State.STUCK))
      assert(desk.one("kept").lagTurns == 1 && desk.one("kept").lagSeconds >= 1)
    }
  }
}
