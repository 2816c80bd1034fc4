package io.turnwise.projection

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, CompletionStage, ConcurrentLinkedQueue, TimeUnit}
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._

import akka.Done
import akka.projection.ProjectionId
import akka.projection.javadsl.ProjectionManagement
import io.turnwise.cluster.{Engine, EngineFixture}
import io.turnwise.journal.JournalRow
import io.turnwise.stores.TestStores
import io.turnwise.turn.{Caller, Mailboxes, Reply, Tally}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.wordspec.AnyWordSpec

class ProjectionHostSpec extends AnyWordSpec with EngineFixture {

  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  override protected def settings: String = """
    turnwise.projection { pace-in-postgres = 5ms, pace-elsewhere = 5ms }
    akka.projection.restart-backoff { min-backoff = 50ms, max-backoff = 200ms }
    """

  private lazy val tallies: Mailboxes[Tally] = engine.mailboxes(Tally.Rules)

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    update(
      "CREATE TABLE counted (persistence_id text, sequence_number bigint," +
        " PRIMARY KEY (persistence_id, sequence_number), times int NOT NULL, amount bigint NOT NULL)"
    )
  }

  private def update(sql: String): Unit = {
    val connection = TestStores.connect(database)
    try connection.createStatement().execute(sql)
    finally connection.close()
    ()
  }

  /** Counts, and now and then fails when its changes are made but not committed; at no row more often than it is tried.
    */
  private final class Counting(failEvery: Int) extends View.InPostgres {
    val batches = new AtomicInteger
    private val failedAt = ju.concurrent.ConcurrentHashMap.newKeySet[(String, Long)]
    override def name: String = "counting"
    override def wants(row: JournalRow): Boolean = row.`type` == "tally"
    override def apply(handle: Handle, rows: ju.List[JournalRow]): Unit = {
      val batch = handle.prepareBatch(
        "INSERT INTO counted VALUES (?, ?, 1, ?) ON CONFLICT (persistence_id, sequence_number)" +
          " DO UPDATE SET times = counted.times + 1"
      )
      rows.forEach { row =>
        val amount =
          row.turn.entries.asScala.flatMap(_.events.asScala).collect { case added: Tally.Added => added.amount }
        batch.bind(0, row.persistenceId).bind(1, row.sequenceNumber).bind(2, amount.sum).add()
        ()
      }
      batch.execute()
      val last = rows.get(rows.size - 1)
      if (batches.incrementAndGet() % failEvery == 0 && failedAt.add(last.persistenceId -> last.sequenceNumber))
        throw new IllegalStateException("a view that fails")
    }
  }

  /** Keeps what it gets; now and then it takes a batch and says it has failed. */
  private final class Keeping(failEvery: Int) extends View.Elsewhere {
    val rows = new ConcurrentLinkedQueue[(String, Long)]
    private val batches = new AtomicInteger
    override def name: String = "keeping"
    override def wants(row: JournalRow): Boolean = row.`type` == "tally"
    override def isAway(failure: Throwable): Boolean = true
    override def apply(batch: ju.List[JournalRow]): CompletionStage[Done] = {
      batch.forEach(row => rows.add(row.persistenceId -> row.sequenceNumber): Unit)
      if (batches.getAndIncrement() % failEvery == 0)
        CompletableFuture.failedFuture(new IllegalStateException("a store that is away"))
      else CompletableFuture.completedFuture(Done.done())
    }
  }

  private val ids = (1 to 6).map(n => s"t$n")

  private def add(amounts: Iterable[Long]): Unit = {
    val replies = amounts.map(amount => ids.map(id => tallies.ask("default", id, Caller.of("u"), Tally.Add(amount))))
    replies.flatten.foreach(reply => assert(reply.get(10, TimeUnit.SECONDS).isInstanceOf[Reply.Accepted]))
  }

  private def query(sql: String): Long = query(engine, sql)

  private def query(engine: Engine, sql: String): Long = engine.jdbi.withHandle[java.lang.Long, RuntimeException](
    ((handle: Handle) => handle.createQuery(sql).mapTo(classOf[java.lang.Long]).one()): HandleCallback[
      java.lang.Long,
      RuntimeException
    ]
  )

  private def restartWorkers(view: String): Unit =
    Seq("0-511", "512-1023").foreach { slices =>
      val id = ProjectionId.of(view, slices)
      val management = ProjectionManagement.get(engine.system)
      management.pause(id).toCompletableFuture.get(10, TimeUnit.SECONDS)
      management.resume(id).toCompletableFuture.get(10, TimeUnit.SECONDS)
    }

  private def killConnections(): Unit = update(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()" +
      " AND pid <> pg_backend_pid()"
  )

  private val rowsOfJournal = "SELECT count(*) FROM event_journal"
  private val rowsCounted = "SELECT count(*) FROM counted"

  "A view in Postgres" should {
    "count every turn exactly once, though it fails, its workers are restarted and its connections are killed" in {
      engine.projections.start(new Counting(failEvery = 7))
      add(1L to 20L)
      eventually(assert(query(rowsCounted) > 0))
      restartWorkers("counting")
      add(21L to 40L)
      (1 to 3).foreach { _ =>
        killConnections()
        eventually(assert(query("SELECT 1") == 1)) // the pool has found out
        eventually(add(Seq(1L)))
      }
      restartWorkers("counting")
      add(41L to 60L)
      eventually(assert(query(rowsCounted) == query(rowsOfJournal)))
      assert(query("SELECT max(times) FROM counted") == 1)
      ids.foreach { id =>
        val counted = query(s"SELECT sum(amount) FROM counted WHERE persistence_id = 'tally|default:$id'")
        assert(counted == engine.replay.fold[Tally](Tally.Rules, s"default:$id", false).state.total)
      }
    }

    "go on where it was on another node" in {
      val before = query("SELECT count(*) FROM akka_projection_offset_store WHERE projection_name = 'counting'")
      assert(before == 2)
      stopEngine(engine)
      engine = startEngine()
      engine.projections.start(new Counting(failEvery = Int.MaxValue))
      val again = engine.mailboxes(Tally.Rules)
      ids.foreach { id =>
        eventually(
          assert(again.ask("default", id, Caller.of("u"), Tally.Add(1)).get.isInstanceOf[Reply.Accepted])
        )
      }
      eventually(assert(query(rowsCounted) == query(rowsOfJournal)))
      assert(query("SELECT max(times) FROM counted") == 1)
    }
  }

  "A view elsewhere" should {
    "get every row at least once, of each entity in order, though it fails" in {
      val view = new Keeping(failEvery = 3)
      engine.projections.start(view)
      eventually(assert(view.rows.asScala.toSet.size == query(rowsOfJournal)))
      eventually(
        assert(query("SELECT count(*) FROM akka_projection_offset_store WHERE projection_name = 'keeping'") == 2)
      )
      view.rows.asScala.toSeq.groupMap(_._1)(_._2).values.foreach { numbers =>
        // what comes again begins again at a row that was already there: nothing is ever passed over
        numbers.foldLeft(0L) { (furthest, number) =>
          assert(number <= furthest + 1)
          math.max(furthest, number)
        }
        assert(numbers.max == numbers.toSet.size)
      }
      assert(view.rows.size > view.rows.asScala.toSet.size, "nothing came twice, so nothing was shown")
    }
  }
}
