package io.turnwise.projection

import java.{util => ju}
import java.util.concurrent.{CompletableFuture, CompletionStage, ConcurrentHashMap, ConcurrentLinkedQueue, TimeUnit}

import scala.jdk.CollectionConverters._

import akka.Done
import io.turnwise.cluster.EngineFixture
import io.turnwise.journal.JournalRow
import io.turnwise.stores.TestStores
import io.turnwise.turn.{Caller, Mailboxes, Reply, Tally}
import org.jdbi.v3.core.{Handle, HandleCallback}
import org.scalatest.Suite

/** Tallies, and views of them that cannot take what a spec says they cannot. */
trait Views extends EngineFixture { this: Suite =>

  override protected def names: ju.Map[String, Class[_]] = Tally.Names

  override protected def settings: String = """
    turnwise.projection {
      pace-in-postgres = 5ms, pace-elsewhere = 5ms, look-interval = 50ms
      retry-pauses = [10ms, 20ms, 40ms], stuck-after = 1s, rebuild-rows = 7
    }
    akka.projection.restart-backoff { min-backoff = 50ms, max-backoff = 100ms }
    """

  protected var tallies: Mailboxes[Tally] = _

  protected def desk: ProjectionDesk = engine.projectionDesk

  protected val order = new Order("operator", "a spec")

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    tallies = engine.mailboxes(Tally.Rules)
    val connection = TestStores.connect(database)
    try
      connection
        .createStatement()
        .execute(
          "CREATE TABLE sums (persistence_id text PRIMARY KEY, sequence_number bigint NOT NULL, amounts text NOT NULL)"
        )
    finally connection.close()
    ()
  }

  protected def amounts(row: JournalRow): Seq[Long] =
    row.turn.entries.asScala.flatMap(_.events.asScala).collect { case added: Tally.Added => added.amount }.toSeq

  /** The amounts of each tally in the order in which they were carried; refuses rows with an amount in `bad`. */
  protected class Sums(override val name: String) extends View.InPostgres {
    val bad: ju.Set[Long] = ConcurrentHashMap.newKeySet[Long]()
    val tried = new ConcurrentLinkedQueue[(String, Long)]
    override def tables: ju.List[String] = ju.List.of("sums")
    override def wants(row: JournalRow): Boolean = row.`type` == "tally"
    override def apply(handle: Handle, rows: ju.List[JournalRow]): Unit = rows.forEach { row =>
      val added = amounts(row)
      tried.add(row.id -> added.headOption.getOrElse(0L))
      if (added.exists(bad.contains)) throw new IllegalStateException(s"cannot take '${added.head}' of ${row.id}")
      handle.execute(
        "INSERT INTO sums VALUES (?, ?, ?) ON CONFLICT (persistence_id) DO UPDATE SET" +
          " sequence_number = excluded.sequence_number, amounts = sums.amounts || ' ' || excluded.amounts",
        row.persistenceId,
        row.sequenceNumber,
        added.mkString(" ")
      )
      ()
    }
  }

  /** Keeps what it gets, but refuses rows with an amount in `bad`. */
  protected class Kept(override val name: String) extends View.Elsewhere {
    val bad: ju.Set[Long] = ConcurrentHashMap.newKeySet[Long]()
    val rows = new ConcurrentLinkedQueue[(String, Long)]
    override def wants(row: JournalRow): Boolean = row.`type` == "tally"
    override def isAway(failure: Throwable): Boolean = false
    override def apply(batch: ju.List[JournalRow]): CompletionStage[Done] = {
      batch.forEach { row =>
        val added = amounts(row)
        if (added.exists(bad.contains)) throw new IllegalStateException(s"cannot take ${added.head}")
        added.foreach(amount => rows.add(row.id -> amount))
      }
      CompletableFuture.completedFuture(Done.done())
    }
    def of(id: String): Seq[Long] = rows.asScala.collect { case (`id`, amount) => amount }.toSeq.distinct
  }

  /** One turn per amount. */
  protected def add(id: String, amounts: Long*): Unit = amounts.foreach { amount =>
    val reply = tallies.ask("default", id, Caller.of("u"), Tally.Add(amount)).get(10, TimeUnit.SECONDS)
    assert(reply.isInstanceOf[Reply.Accepted])
  }

  protected def withHandle[A](use: Handle => A): A =
    engine.jdbi.withHandle[A, RuntimeException]((handle => use(handle)): HandleCallback[A, RuntimeException])

  protected def sums(id: String): Option[String] = withHandle(
    _.createQuery("SELECT amounts FROM sums WHERE persistence_id = :pid")
      .bind("pid", s"tally|default:$id")
      .mapTo(classOf[String])
      .findFirst()
      .map(Option(_))
      .orElse(None)
  )

  protected def letters(projection: String): Seq[DeadLetter] =
    desk.deadLetters.page(new DeadLetter.Filter(projection, null, null, null, null), 0, 100).asScala.toSeq

  protected def refused(wanted: => Any): ProjectionRejection =
    try {
      wanted
      throw new AssertionError("was not refused")
    } catch { case refusal: ProjectionRefusal => refusal.rejection }
}
