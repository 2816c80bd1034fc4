package io.turnwise.projection

import java.util.concurrent.{CountDownLatch, TimeUnit}

import scala.jdk.CollectionConverters._

import io.turnwise.journal.JournalRow
import io.turnwise.projection.RebuildStanding.State
import org.jdbi.v3.core.Handle
import org.scalatest.wordspec.AnyWordSpec

class RebuildSpec extends AnyWordSpec with Views {

  private val ids = (1 to 6).map(n => s"t$n")

  @volatile private var gate = new CountDownLatch(0)
  @volatile private var isFaulty = false

  /** Waits, where it fills a shadow, until it may go on; and may not be able to take anything. */
  private lazy val view = new Sums("sums") {
    override def apply(handle: Handle, rows: java.util.List[JournalRow]): Unit = {
      val path = handle.createQuery("SHOW search_path").mapTo(classOf[String]).one()
      if (path.startsWith("rebuild_")) {
        assert(gate.await(20, TimeUnit.SECONDS))
        if (isFaulty && rows.asScala.exists(_.id == "t3")) throw new IllegalStateException("not that one")
      }
      super.apply(handle, rows)
    }
  }

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine.projections.start(view)
    ids.foreach(id => add(id, (1L to 10L): _*))
    eventually(assert(ids.forall(id => sums(id).contains("1 2 3 4 5 6 7 8 9 10"))))
  }

  private def rebuild: RebuildStanding = desk.one("sums").rebuild

  private def ended(state: State): RebuildStanding = {
    eventually(assert(rebuild.state == state))
    rebuild
  }

  private def indexes: Seq[String] = withHandle(
    _.createQuery("SELECT indexname FROM pg_indexes WHERE tablename = 'sums' AND schemaname = 'public'")
      .mapTo(classOf[String])
      .list()
      .asScala
      .toSeq
  )

  private def shadows: Int = withHandle(
    _.createQuery("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rebuild%'").mapTo(classOf[Integer]).one()
  )

  "A view that is rebuilt" should {
    "serve and be carried on meanwhile, and then be what the journal says, with all that came since" in {
      withHandle(_.execute("UPDATE sums SET amounts = 'wrong' WHERE persistence_id LIKE '%t1'"))
      val before = indexes
      gate = new CountDownLatch(1)
      desk.rebuilds.start("sums", true, order)
      assert(refused(desk.rebuilds.start("sums", true, order)) != null)
      add("t1", 11)
      eventually(assert(sums("t1").contains("wrong 11")))
      eventually(assert(rebuild.turnsTotal >= 60 && rebuild.state == State.FILLING))
      gate.countDown()
      val standing = ended(State.SWAPPED)
      assert(standing.onlyBefore == 1 && standing.onlyAfter == 1 && standing.turnsDone >= 61)
      assert(sums("t1").contains("1 2 3 4 5 6 7 8 9 10 11"))
      ids.foreach(id => add(id, 12))
      eventually(assert(sums("t1").contains("1 2 3 4 5 6 7 8 9 10 11 12")))
      eventually(assert(ids.drop(1).forall(id => sums(id).contains("1 2 3 4 5 6 7 8 9 10 12"))))
      assert(indexes == before && shadows == 0)
      assert(desk.one("sums").actions.get(0).action == "rebuild")
    }

    "stay as it is when it is only compared" in {
      withHandle(_.execute("UPDATE sums SET amounts = 'wrong' WHERE persistence_id LIKE '%t2'"))
      desk.rebuilds.start("sums", false, order)
      val standing = ended(State.COMPARED)
      assert(standing.onlyBefore == 1 && standing.onlyAfter == 1)
      assert(sums("t2").contains("wrong") && shadows == 0)
      add("t2", 13)
      eventually(assert(sums("t2").contains("wrong 13")))
    }

    "stay as it is when that is cancelled" in {
      gate = new CountDownLatch(1)
      desk.rebuilds.start("sums", true, order)
      desk.rebuilds.cancel("sums", order)
      assert(rebuild.state == State.CANCELLED)
      gate.countDown()
      eventually(assert(shadows == 0))
      assert(sums("t2").contains("wrong 13"))
      assert(refused(desk.rebuilds.cancel("sums", order)) == ProjectionRejection.NOT_REBUILDING)
    }

    "park what it cannot take, and no other" in {
      isFaulty = true
      eventually(desk.rebuilds.start("sums", true, order)) // the one that was cancelled may not have ended yet
      ended(State.SWAPPED)
      assert(letters("sums").map(_.persistenceId) == Seq("tally|default:t3"))
      assert(sums("t3").isEmpty && sums("t2").contains("1 2 3 4 5 6 7 8 9 10 12 13"))
      isFaulty = false
      assert(desk.deadLetters.retry(letters("sums").head.id, false, order).isSettled)
      assert(sums("t3").contains("1 2 3 4 5 6 7 8 9 10 12"))
    }

    "be found abandoned when its node is gone, and be rebuilt again" in {
      withHandle(
        _.execute("UPDATE projection_rebuild SET state = 'filling', seen_at = now() - interval '1 hour'")
      )
      assert(rebuild.state == State.ABANDONED)
      desk.rebuilds.start("sums", true, order)
      val standing = ended(State.SWAPPED)
      assert(standing.onlyBefore == 0 && standing.onlyAfter == 0)
    }
  }
}
