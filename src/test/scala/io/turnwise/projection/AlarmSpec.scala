package io.turnwise.projection

import java.{util => ju}
import java.time.Duration
import java.util.concurrent.{CompletableFuture, LinkedBlockingQueue, TimeUnit}

import scala.jdk.CollectionConverters._

import akka.actor.typed.{ActorRef, Props}
import akka.actor.typed.javadsl.Behaviors
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState
import akka.cluster.sharding.typed.GetShardRegionState
import akka.cluster.sharding.typed.scaladsl.{ClusterSharding, EntityTypeKey}
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.JournalRow
import io.turnwise.turn.{Caller, Mailboxes, Message, Reply, Tally, Turn}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.wordspec.AnyWordSpec

class AlarmSpec extends AnyWordSpec with EngineFixture {

  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  override protected def settings: String = """
    turnwise.projection { pace-in-postgres = 5ms }
    turnwise.alarms { lead = 400ms, interval = 50ms }
    akka.cluster.sharding.passivation.awake.idle-entity.timeout = 600ms
    """

  private lazy val tallies: Mailboxes[Tally] = engine.mailboxes(Tally.Rules)
  private val woken = new LinkedBlockingQueue[String]

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    engine.projections.start(new AlarmView)
    AlarmClock.start(
      engine.system,
      engine.jdbi,
      engine.blocking,
      engine.outage,
      engine.clock,
      (pid: String) => { woken.add(pid); tallies.wake(pid.substring(pid.indexOf('|') + 1)) }
    )
  }

  private def closeAt(id: String, atMillis: Long): Unit = {
    val reply = tallies.ask("default", id, Caller.of("u"), Tally.CloseAt(atMillis)).get(10, TimeUnit.SECONDS)
    assert(reply.isInstanceOf[Reply.Accepted])
    ()
  }

  private def withHandle[A](use: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => use(handle)): HandleCallback[A, RuntimeException])

  private def alarms: Map[String, (Long, Long)] = withHandle {
    _.createQuery("SELECT persistence_id, version, wake_at FROM alarm")
      .map((row, _) => row.getString(1) -> (row.getLong(2) -> row.getLong(3)))
      .list()
      .asScala
      .toMap
  }

  private def turns(id: String): Seq[Turn] = rows.filter(_.id == id).map(_.turn)

  private def rows: Seq[JournalRow] = JournalRowsOf(engine, Tally.Names)

  /** Entities in memory just now. */
  private def awake: Set[String] = {
    val state = new LinkedBlockingQueue[CurrentShardRegionState]
    val asking: ActorRef[CurrentShardRegionState] = engine.system.systemActorOf(
      Behaviors.receiveMessage[CurrentShardRegionState] { found => state.add(found); Behaviors.stopped },
      s"asking-${System.nanoTime()}",
      Props.empty
    )
    val key = EntityTypeKey[Message]("tally")
    ClusterSharding(engine.system).shardState.tell(GetShardRegionState(key, asking))
    state.poll(10, TimeUnit.SECONDS).shards.flatMap(_.entityIds)
  }

  /** An entity that sleeps and when it is due; a busy machine may need more time to put it to sleep. */
  private def asleep(leadsMillis: Seq[Int]): (String, Long) = {
    val found = leadsMillis.iterator.map { millis =>
      val due = System.currentTimeMillis() + millis
      val id = s"sleeper-$millis"
      closeAt(id, due)
      eventually(assert(alarms.get(s"tally|default:$id").contains(1L -> due) || turns(id).size > 1))
      eventually(assert(!awake.contains(s"default:$id")))
      Option.when(System.currentTimeMillis() < due - 400 && !woken.contains(s"tally|default:$id"))(id -> due)
    }
    found.flatten.nextOption().getOrElse(fail("none fell asleep in time"))
  }

  /** How late this machine just now is with any timer. */
  private def lateness(dueMillis: Long): CompletableFuture[java.lang.Long] = {
    val late = new CompletableFuture[java.lang.Long]
    engine.system.scheduler.scheduleOnce(
      Duration.ofMillis(dueMillis - System.currentTimeMillis()),
      () => { late.complete(System.currentTimeMillis() - dueMillis); () },
      engine.system.executionContext
    )
    late
  }

  "An entity that sleeps" should {
    "be woken and act at its time, and its alarm be gone" in {
      val (sleeper, due) = asleep(Seq(2_500, 5_000, 10_000))
      val control = lateness(due)
      eventually(assert(turns(sleeper).size == 2))
      assert(woken.contains(s"tally|default:$sleeper"))
      val closing = turns(sleeper).last
      assert(closing.entries.get(0).events == ju.List.of(Tally.Closed(due)))
      assert(closing.atMillis >= due && closing.atMillis <= due + 100 + control.get(10, TimeUnit.SECONDS))
      eventually(assert(!alarms.contains(s"tally|default:$sleeper")))
      val calls = woken.size
      val looked = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600)
      eventually(assert(System.nanoTime() > looked))
      assert(woken.size == calls, "an alarm that is gone wakes nobody")
    }

    "be woken although its alarm was due while nobody looked" in {
      val past = System.currentTimeMillis() - 60_000
      withHandle(
        _.execute("INSERT INTO alarm (persistence_id, version, wake_at) VALUES ('tally|default:late', 1, ?)", past)
      )
      try eventually(assert(woken.contains("tally|default:late")))
      finally withHandle(_.execute("DELETE FROM alarm WHERE persistence_id = 'tally|default:late'"))
    }
  }

  "An alarm that is moved" should {
    "be as the newest turn says, also when it is moved ahead" in {
      val far = System.currentTimeMillis() + 3_600_000
      closeAt("moved", far)
      eventually(assert(alarms.get("tally|default:moved").contains(1L -> far)))
      closeAt("moved", far + 1)
      closeAt("moved", far - 1)
      eventually(assert(alarms.get("tally|default:moved").map(_._2).contains(far - 1)))
    }
  }

  "The alarms" should {
    "be the same when all turns come twice, in batches of any size" in {
      (1 to 5).foreach { n =>
        val far = System.currentTimeMillis() + 3_600_000
        closeAt(s"again-$n", far + n)
        if (n % 2 == 0) closeAt(s"again-$n", far - n)
        tallies.ask("default", s"again-$n", Caller.of("u"), Tally.Add(1)).get(10, TimeUnit.SECONDS)
        if (n == 5) closeAt(s"again-$n", System.currentTimeMillis())
      }
      eventually(assert(!alarms.contains("tally|default:again-5") && alarms.contains("tally|default:again-4")))
      eventually(assert(alarms.view.mapValues(_._2).toMap == expected(rows)))
      val all = rows
      val view = new AlarmView
      Seq(1, 3, all.size).foreach { size =>
        all.grouped(size).foreach(batch => withHandle(handle => view.apply(handle, batch.asJava)))
        assert(alarms.view.mapValues(_._2).toMap == expected(all))
      }
    }
  }

  /** The wake-up of every entity's newest turn that has one. */
  private def expected(rows: Seq[JournalRow]): Map[String, Long] =
    rows.groupMapReduce(_.persistenceId)(_.head.wakeAtMillis)((_, newer) => newer).filter(_._2 != Long.MaxValue)
}
