package io.turnwise.journal

import java.sql.Connection
import java.util.concurrent.{ConcurrentLinkedQueue, TimeUnit}
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.locks.LockSupport

import scala.collection.mutable
import scala.jdk.CollectionConverters._
import scala.util.Random

import io.turnwise.stores.TestStores
import io.turnwise.turn.Tally
import org.jdbi.v3.core.Jdbi
import org.scalatest.concurrent.Eventually
import org.scalatest.time.{Millis, Seconds, Span}
import org.scalatest.wordspec.AnyWordSpec

class JournalReaderSpec extends AnyWordSpec with Eventually {

  override implicit def patienceConfig: PatienceConfig = PatienceConfig(Span(10, Seconds), Span(5, Millis))

  private val all = new Slices.Range(0, Slices.COUNT - 1)

  /** A journal of its own with transactions that the spec opens and ends. */
  private final class Journal {
    val database = TestStores.freshDatabase()
    val reader = new JournalReader(Jdbi.create(database.url, database.user, database.password), JournalRows.serializer)
    private val open = mutable.Buffer.empty[Connection]

    def transaction(): Connection = synchronized {
      val connection = TestStores.connect(database)
      connection.setAutoCommit(false)
      open += connection
      connection
    }

    def committed(rows: (String, Long)*): Unit = {
      val connection = transaction()
      rows.foreach { case (id, number) => JournalRows.insert(connection, id, number) }
      connection.commit()
    }

    def read(
        after: JournalOffset = JournalOffset.START,
        slices: Slices.Range = all,
        limit: Int = 1_000
    ): Seq[JournalRow] =
      reader.page(slices, after, limit).rows.asScala.toSeq

    def close(): Unit = open.foreach(_.close())
  }

  private def withJournal[A](use: Journal => A): A = {
    val journal = new Journal
    try use(journal)
    finally journal.close()
  }

  private def names(rows: Seq[JournalRow]): Seq[String] = rows.map(row => s"${row.id}${row.sequenceNumber}")

  private def orderings(rows: Seq[JournalRow]): Seq[(Long, Long)] =
    rows.map(row => (row.offset.txId, row.offset.ordering))

  "Rows behind a transaction that still runs" should {
    "come only when it is over, and after its own" in withJournal { journal =>
      journal.committed("tally|default:z" -> 1)
      eventually(assert(names(journal.read()) == Seq("z1")))
      val older = journal.transaction()
      JournalRows.insert(older, "tally|default:a", 1)
      journal.committed("tally|default:b" -> 1)
      assert(names(journal.read()) == Seq("z1"))
      JournalRows.insert(older, "tally|default:a", 2)
      older.commit()
      val rows = eventually {
        val read = journal.read()
        assert(names(read) == Seq("z1", "a1", "a2", "b1"))
        read
      }
      assert(orderings(rows) == orderings(rows).sorted)
      // by number alone b1 would have come before a2
      assert(rows(3).offset.ordering < rows(2).offset.ordering)
      assert(names(journal.read(after = rows(1).offset)) == Seq("a2", "b1"))
    }

    "come as soon as it has failed" in withJournal { journal =>
      val failed = journal.transaction()
      JournalRows.insert(failed, "tally|default:a", 1)
      journal.committed("tally|default:b" -> 1)
      assert(journal.read().isEmpty)
      failed.rollback()
      eventually(assert(names(journal.read()) == Seq("b1")))
    }
  }

  "Many writers at once" should {
    "lose no row, repeat none, and leave one order" in withJournal { journal =>
      val writers = 8
      val finished = new AtomicBoolean
      val committed = new ConcurrentLinkedQueue[String]
      val threads = (1 to writers).map { writer =>
        new Thread(() => {
          val random = new Random(writer)
          val connection = journal.transaction()
          var next = 1L
          (1 to 100).foreach { _ =>
            val rows = next until next + 1 + random.nextInt(3)
            rows.foreach(number => JournalRows.insert(connection, s"tally|default:w$writer-", number))
            LockSupport.parkNanos(random.nextInt(2_000_000).toLong)
            if (random.nextInt(5) == 0) connection.rollback()
            else {
              connection.commit()
              rows.foreach(number => committed.add(s"w$writer-$number"))
              next = rows.end
            }
          }
        })
      }
      threads.foreach(_.start())
      val read = mutable.Buffer.empty[JournalRow]
      var reached = JournalOffset.START
      def readOn(): Int = {
        val page = journal.reader.page(all, reached, 40)
        read ++= page.rows.asScala
        reached = page.reached
        page.rows.size
      }
      val joining = new Thread(() => { threads.foreach(_.join()); finished.set(true) })
      joining.start()
      while (!finished.get) readOn()
      eventually {
        readOn()
        assert(read.size == committed.size)
      }
      assert(readOn() == 0)
      assert(names(read.toSeq).toSet == committed.asScala.toSet)
      assert(names(read.toSeq).distinct.size == read.size)
      assert(orderings(read.toSeq) == orderings(read.toSeq).sorted)
      read
        .groupBy(_.persistenceId)
        .values
        .foreach(rows => assert(rows.map(_.sequenceNumber) == (1L to rows.size.toLong)))
      joining.join(TimeUnit.SECONDS.toMillis(10))
    }
  }

  "A range of slices" should {
    "be read without the others, and together they are all" in withJournal { journal =>
      val ids = (1 to 40).map(n => s"tally|default:t$n-")
      journal.committed(ids.map(_ -> 1L): _*)
      val parts = eventually {
        val read = Slices.ranges(4).asScala.toSeq.map(range => range -> journal.read(slices = range))
        assert(read.map(_._2.size).sum == ids.size)
        read
      }
      parts.foreach { case (range, rows) => rows.foreach(row => assert(range.contains(row.persistenceId))) }
      assert(parts.flatMap(_._2).map(_.persistenceId).toSet == ids.toSet)
      assert(parts.forall(_._2.nonEmpty))
    }

    "not be looked for again among the rows of others, yet miss none that is committed later" in withJournal {
      journal =>
        val mine = "tally|default:t1-"
        val slice = Slices.of(mine)
        val range = new Slices.Range(slice, slice)
        val others = (2 to 60).map(n => s"tally|default:t$n-").filterNot(range.contains)
        journal.committed(others.map(_ -> 1L): _*)
        eventually(assert(journal.read().size == others.size))
        val older = journal.transaction()
        JournalRows.insert(older, mine, 1)
        journal.committed(others.map(_ -> 2L): _*)

        val first = journal.reader.page(range, JournalOffset.START, 10)
        assert(first.rows.isEmpty)
        assert(first.reached == journal.read().last.offset)
        older.commit()
        val second = eventually {
          val page = journal.reader.page(range, first.reached, 10)
          assert(names(page.rows.asScala.toSeq) == Seq("t1-1"))
          page
        }
        assert(second.reached.compareTo(second.rows.get(0).offset) > 0)
        val full = journal.reader.page(all, JournalOffset.START, 10)
        assert(full.reached == full.rows.get(9).offset)
    }
  }

  "A row" should {
    "know whose it is, and its turn" in withJournal { journal =>
      journal.committed("tally|acme-1:灯:x|y" -> 1)
      val row = eventually {
        val read = journal.read()
        assert(read.size == 1)
        read.head
      }
      assert((row.`type`, row.tenant, row.id, row.entityId) == (("tally", "acme-1", "灯:x|y", "acme-1:灯:x|y")))
      assert(row.turn == JournalRows.turn(1, Tally.Added(1)))
      assert(row.head == new TurnHead(1, Long.MaxValue, java.util.List.of("tally.added/1")))
      assert(row.writtenAtMillis == 1_790_000_000_000L)
    }
  }

  "The rows of one entity" should {
    "come in order and completely, many more than are fetched at once" in withJournal { journal =>
      journal.committed((1L to 450L).map("tally|default:a" -> _): _*)
      journal.committed("tally|default:ab" -> 1)
      val read = mutable.Buffer.empty[Long]
      journal.reader.rows("tally|default:a", 3, (row: JournalRow) => { read += row.sequenceNumber; true })
      assert(read == (4L to 450L))
    }
  }

  "The readable journal" should {
    "show turns as JSON" in withJournal { journal =>
      journal.committed("tally|default:a" -> 7)
      val connection = TestStores.connect(journal.database)
      try {
        val rows = connection
          .createStatement()
          .executeQuery(
            "SELECT persistence_id, turn->>'tenant', turn#>>'{entries,0,events,0,1,amount}'," +
              " written_at = timestamptz 'epoch' + interval '1790000000 s' FROM journal_readable"
          )
        assert(rows.next())
        assert((1 to 4).map(rows.getString) == Seq("tally|default:a", "default", "7", "t"))
        assert(!rows.next())
      } finally connection.close()
    }
  }

  "An offset" should {
    "be read as it was written" in {
      val offset = new JournalOffset(Long.MaxValue, 17)
      assert(offset.toString == "9223372036854775807:17")
      assert(JournalOffset.parse(offset.toString) == offset)
    }
  }

  "A version of a row that nobody knows" should {
    "stop the reader rather than be passed over" in withJournal { journal =>
      val connection = journal.transaction()
      JournalRows.insert(connection, "tally|default:a", 1, "no turn".getBytes)
      connection.commit()
      eventually(assertThrows[IllegalArgumentException](journal.read()))
      assert(intercept[IllegalArgumentException](journal.read()).getMessage.contains("head of a turn"))
    }
  }

}
