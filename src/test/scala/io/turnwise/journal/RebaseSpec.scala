package io.turnwise.journal

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, TimeUnit}

import io.turnwise.cluster.EngineFixture
import io.turnwise.turn.{Caller, Mailboxes, NoEraser, Tally, TurnEntity, TurnSettings}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.wordspec.AnyWordSpec

class RebaseSpec extends AnyWordSpec with EngineFixture {
  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  private def query[A](f: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => f(handle)): HandleCallback[A, RuntimeException])

  "A journal whose rows are of transactions the server has not come to" should {
    "be seen, and be read whole and in order after it was rebased" in {
      val reader = new JournalReader(engine.jdbi, new TurnSerializer(EventCatalog.of(names)))
      val surroundings =
        new TurnEntity.Surroundings(
          TurnSettings.of(engine.config),
          engine.clock,
          _ => (),
          (_, _, _) => CompletableFuture.completedFuture(null),
          NoEraser,
          _ => false
        )
      val mailboxes =
        new Mailboxes[Tally](engine.system, Tally.Rules, surroundings, hash => hash.toString)
      (1 to 30).foreach(n =>
        mailboxes.ask("default", s"t${n % 3}", Caller.of("u"), Tally.Add(n.toLong)).get(10, TimeUnit.SECONDS)
      )
      assert(!reader.isAheadOfServer)
      val all = Slices.ranges(1).get(0)
      eventually(assert(reader.page(all, JournalOffset.START, 100).rows.size == 30))

      query(_.execute("UPDATE event_journal SET tx_id = (tx_id::text::bigint + 1000000)::text::xid8"))
      assert(reader.isAheadOfServer)
      assert(reader.page(all, JournalOffset.START, 100).rows.isEmpty)

      assert(new Rebase(engine.jdbi).run(_ => ()) == 30)
      assert(!reader.isAheadOfServer)
      val rows = reader.page(all, JournalOffset.START, 100).rows
      assert(rows.size == 30)
      (0 to 2).foreach { n =>
        val own = new ju.ArrayList[java.lang.Long]
        rows.forEach(row => if (row.id == s"t$n") { own.add(row.sequenceNumber); () })
        assert(own == ju.List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L))
      }
      assert(new Rebase(engine.jdbi).run(_ => ()) == 0)
    }
  }
}
