package io.turnwise.journal

import java.sql.Connection
import java.time.Duration
import java.util.concurrent.{ConcurrentLinkedQueue, Executors}

import scala.jdk.CollectionConverters._

import akka.actor.ActorSystem
import akka.stream.{KillSwitches, Materializer}
import akka.stream.scaladsl.Keep
import com.typesafe.config.ConfigFactory
import io.turnwise.stores.TestStores
import org.jdbi.v3.core.Jdbi
import org.scalatest.BeforeAndAfterAll
import org.scalatest.concurrent.Eventually
import org.scalatest.time.{Millis, Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

class SliceSourceSpec extends AnyWordSpec with BeforeAndAfterAll with Eventually {

  override implicit def patienceConfig: PatienceConfig = PatienceConfig(Span(10, Seconds), Span(2, Millis))

  private lazy val system =
    ActorSystem("slices", ConfigFactory.parseString("akka.actor.provider = local").withFallback(ConfigFactory.load()))
  private lazy val blocking = Executors.newFixedThreadPool(4)
  private implicit def materializer: Materializer = Materializer.matFromSystem(system)

  override protected def afterAll(): Unit = {
    system.terminate()
    blocking.shutdown()
    super.afterAll()
  }

  private val all = new Slices.Range(0, Slices.COUNT - 1)
  private val refresh = Duration.ofMillis(500)

  private final class Journal(refresh: Duration = refresh, pageRows: Int = 500) {
    private val database = TestStores.freshDatabase()
    val connection: Connection = connect()
    val signal = new JournalSignal
    private val reader =
      new JournalReader(Jdbi.create(database.url, database.user, database.password), JournalRows.serializer)
    private val settings = new SliceSource.Settings(pageRows, Duration.ofMillis(5), refresh)
    private val source = new SliceSource(reader, signal, settings, blocking)

    def connect(): Connection = TestStores.connect(database)

    def write(numbers: Iterable[Long], id: String = "tally|default:a"): Unit =
      numbers.foreach(JournalRows.insert(connection, id, _))

    /** A stream that runs until it is stopped. */
    final class Running(from: JournalOffset, slices: Slices.Range, pace: Duration) {
      val rows = new ConcurrentLinkedQueue[JournalRow]
      val (switch, done) = source
        .rows(slices, from, pace)
        .asScala
        .viaMat(KillSwitches.single)(Keep.right)
        .toMat(akka.stream.scaladsl.Sink.foreach[JournalRow](row => rows.add(row): Unit))(Keep.both)
        .run()

      def numbers: Seq[Long] = rows.asScala.toSeq.map(_.sequenceNumber)

      def stop(): Unit = {
        switch.shutdown()
        eventually(assert(done.isCompleted))
      }
    }

    def run(from: JournalOffset = JournalOffset.START, slices: Slices.Range = all, pace: Duration = Duration.ZERO) =
      new Running(from, slices, pace)
  }

  private def withJournal[A](journal: Journal)(use: Journal => A): A =
    try use(journal)
    finally journal.connection.close()

  "A reader of the journal" should {
    "give what is there and what comes, each row once and in order" in withJournal(new Journal(pageRows = 7)) {
      journal =>
        journal.write(1L to 50L)
        val running = journal.run()
        eventually(assert(running.numbers == (1L to 50L)))
        journal.write(51L to 100L)
        eventually(assert(running.numbers == (1L to 100L)))
        running.stop()
    }

    "go on after the offset it is given, wherever it was stopped" in withJournal(new Journal(pageRows = 7)) { journal =>
      journal.write(1L to 30L)
      var read = Seq.empty[JournalRow]
      Seq(31L to 60L, 61L to 90L, 91L to 120L).foreach { more =>
        val running = journal.run(from =
          read.lastOption.fold(JournalOffset.START)(last => JournalOffset.parse(last.offset.toString))
        )
        journal.write(more)
        eventually(assert(running.numbers.nonEmpty))
        running.stop()
        read ++= running.rows.asScala
      }
      val last = journal.run(from = read.last.offset)
      eventually(assert(read.map(_.sequenceNumber) ++ last.numbers == (1L to 120L)))
      last.stop()
    }

    "give only its own slices" in withJournal(new Journal) { journal =>
      val (low, high) = (Slices.ranges(2).get(0), Slices.ranges(2).get(1))
      val ids = (1 to 20).map(n => s"tally|default:$n")
      ids.foreach(journal.write(Seq(1L), _))
      val readers = Seq(low, high).map(slices => slices -> journal.run(slices = slices))
      eventually(assert(readers.map(_._2.rows.size).sum == ids.size))
      readers.foreach { case (slices, running) =>
        running.rows.asScala.foreach(row => assert(slices.contains(row.persistenceId)))
        running.stop()
      }
    }
  }

  "A row nobody announced" should {
    "be seen after the refresh" in withJournal(new Journal(refresh = Duration.ofMillis(100))) { journal =>
      val running = journal.run()
      journal.write(Seq(1L))
      within(Duration.ofSeconds(1))(eventually(assert(running.numbers == Seq(1L))))
      running.stop()
    }
  }

  "An announced row" should {
    "be seen at once, however long the refresh" in withJournal(new Journal(refresh = Duration.ofMinutes(1))) {
      journal =>
        val running = journal.run()
        (1L to 20L).foreach { number =>
          journal.write(Seq(number))
          journal.signal.rowWritten("tally|default:a")
          within(Duration.ofSeconds(1))(eventually(assert(running.numbers.lastOption.contains(number))))
        }
        assert(running.numbers == (1L to 20L))
        running.stop()
    }

    "come as soon as an older transaction is over, after its rows" in withJournal(new Journal) { journal =>
      val running = journal.run()
      val older = journal.connect()
      older.setAutoCommit(false)
      try {
        JournalRows.insert(older, "tally|default:a", 1)
        journal.write(Seq(2L))
        journal.signal.rowWritten("tally|default:a")
        always(Span(100, Millis))(assert(running.numbers.isEmpty): Unit)
        older.commit()
        within(Duration.ofSeconds(1))(eventually(assert(running.numbers == Seq(1L, 2L))))
      } finally older.close()
      running.stop()
    }
  }

  "An insert that was rolled back" should {
    "hold nothing up" in withJournal(new Journal) { journal =>
      val running = journal.run()
      val failing = journal.connect()
      failing.setAutoCommit(false)
      try {
        JournalRows.insert(failing, "tally|default:a", 1)
        failing.rollback()
      } finally failing.close()
      journal.write(Seq(1L))
      within(Duration.ofSeconds(1))(eventually(assert(running.numbers == Seq(1L))))
      running.stop()
    }
  }

  "A pace" should {
    "bring what is written meanwhile together" in withJournal(new Journal) { journal =>
      val pace = Duration.ofMillis(200)
      val running = journal.run(pace = pace)
      journal.write(Seq(1L))
      journal.signal.rowWritten("tally|default:a")
      eventually(assert(running.numbers == Seq(1L)))
      val started = System.nanoTime()
      journal.write(Seq(2L))
      journal.signal.rowWritten("tally|default:a")
      eventually(assert(running.numbers == Seq(1L, 2L)))
      assert(System.nanoTime() - started > pace.toNanos / 2)
      running.stop()
    }
  }

  /** What must not happen can only be looked for during a while. */
  private def always(during: Span)(check: => Unit): Unit = {
    val until = System.nanoTime() + during.totalNanos
    while (System.nanoTime() < until) check
  }

  private def within[A](atMost: Duration)(work: => A): A = {
    val started = System.nanoTime()
    val result = work
    assert(System.nanoTime() - started <= atMost.toNanos)
    result
  }
}
