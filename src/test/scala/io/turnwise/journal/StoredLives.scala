package io.turnwise.journal

import java.{util => ju}
import java.nio.charset.StandardCharsets.UTF_8
import java.time.InstantSource
import java.util.concurrent.atomic.AtomicInteger

import scala.jdk.CollectionConverters._
import scala.util.Try

import com.fasterxml.jackson.databind.JsonNode
import com.typesafe.config.ConfigFactory
import io.turnwise.stores.TestStores
import io.turnwise.turn.{Definition, Event, Held, Stamp, Turn, TurnSettings}
import org.jdbi.v3.core.Jdbi
import org.scalatest.Assertions._

/** Lives of entities as they would have been written, told again in every way there is. */
final class StoredLives[S <: AnyRef](definition: Definition[S], names: ju.Map[String, Class[_]], answer: AnyRef) {

  type Happened = (Event[S], Stamp)

  private val catalog = EventCatalog.of(names)
  private val serializer = new TurnSerializer(catalog)
  private val database = TestStores.freshDatabase()
  private val jdbi = Jdbi.create(database.url, database.user, database.password)
  private val reader = new JournalReader(jdbi, serializer)
  private val replay = new Replay(reader, TurnSettings.of(ConfigFactory.load()))
  private val readable = new ReadableJournal(reader, catalog)
  private val snapshots =
    new Snapshots(jdbi, (task: Runnable) => task.run(), serializer, InstantSource.system, 5, Outage.ofPostgres)
  private val numbers = new AtomicInteger

  /** Writes it in rows of these many events, again and again, with a snapshot after every third row. */
  def write(life: Seq[Happened], rowSizes: Seq[Int]): String = {
    val id = s"default:e${numbers.incrementAndGet()}"
    val connection = TestStores.connect(database)
    try {
      connection.setAutoCommit(false)
      rows(life, rowSizes).zipWithIndex.foreach { case (row, i) =>
        JournalRows.insert(connection, definition.persistenceId(id), i + 1L, serializer.toBinary(turn(row)))
        connection.commit()
        if (i % 3 == 2) {
          val folded = replay.fold(definition, id, false, Until.NEWEST)
          snapshots.take(definition.persistenceId(id), i + 1L, folded.held.snapshot(definition), "spec", "spec")
        }
      }
    } finally connection.close()
    id
  }

  private def rows(life: Seq[Happened], sizes: Seq[Int]): Seq[Seq[Happened]] =
    if (life.isEmpty) Nil
    else life.take(sizes.head) +: rows(life.drop(sizes.head), sizes.tail :+ sizes.head)

  /** One entry for what one command brought about, every other with a key. */
  private def turn(row: Seq[Happened]): Turn = {
    val entries = row
      .foldLeft(Vector.empty[Vector[Happened]]) { (entries, next) =>
        entries.lastOption match {
          case Some(entry) if entry.last._2.by == next._2.by && entry.last._2.atMillis == next._2.atMillis =>
            entries.init :+ (entry :+ next)
          case _ => entries :+ Vector(next)
        }
      }
      .map { entry =>
        val at = entry.last._2
        val remembered = if (at.version % 2 == 0) new Turn.Remembered(s"k${at.version}", "hash", answer) else null
        new Turn.Entry(at.by, at.atMillis, entry.map(_._1).asJava, remembered, s"r${at.version}", null)
      }
    val first = row.head._2
    new Turn(first.version, first.atMillis, Definition.NEVER, "default", entries.asJava)
  }

  private def json(state: S): JsonNode = readable.state(state)

  private def inMemory(life: Seq[Happened]): S =
    life.foldLeft(definition.empty) { case (state, (event, at)) => copyOf(event).applyTo(state, at) }

  private def copyOf(event: Event[S]): Event[S] = {
    val name = catalog.named(event: Object).name
    catalog.named(name).reader.readValue[Event[S]](readable.state(event))
  }

  /** The state at every version and at every time is that of the events so far, with and without a snapshot. */
  def checkFolds(id: String, life: Seq[Happened]): Unit = {
    val times = life.map(_._2.atMillis).distinct.flatMap(at => Seq(at - 1, at)) :+ Long.MaxValue
    val versions = (0 to life.size).map(version => Until.version(version.toLong) -> version)
    val moments = times.map(at => Until.time(at) -> life.count(_._2.atMillis <= at))
    (versions ++ moments).foreach { case (until, count) =>
      val expected = json(inMemory(life.take(count)))
      for (useSnapshot <- Seq(true, false)) withClue(s"$until, snapshot $useSnapshot: ") {
        val folded = replay.fold(definition, id, useSnapshot, until)
        assert(folded.held.version == count)
        assert(json(folded.held.state) == expected)
        assert(useSnapshot || folded.snapshotVersion == 0)
      }
    }
  }

  /** All that is held, remembered answers too, is the same with and without a snapshot. */
  def checkHeld(id: String): Unit = {
    def stored(held: Held[S]) = new String(serializer.toBinary(held.snapshot(definition)), UTF_8)
    assert(stored(replay.fold(definition, id, true)) == stored(replay.fold(definition, id, false)))
    ()
  }

  /** Without one event: what all others make, or a misfit where they make nothing. */
  def checkWithout(id: String, life: Seq[Happened]): Unit =
    life.indices.foreach { i =>
      val whatIf = replay.without(definition, id, i + 1L, Until.NEWEST)
      val others = life.patch(i, Nil, 1)
      withClue(s"without ${life(i)}: ") {
        Try(inMemory(others)).fold(
          _ => {
            val misfit = whatIf.misfitVersion.getAsLong
            assert(misfit > i + 1)
            assert(Try(inMemory(others.filter(_._2.version < misfit))).isSuccess)
            assert(Try(inMemory(others.filter(_._2.version <= misfit))).isFailure)
          },
          expected => {
            assert(whatIf.misfitVersion.isEmpty)
            assert(json(whatIf.state) == json(expected))
            assert(whatIf.version == life.size)
          }
        )
      }
    }

  /** Events come page by page, each once, and only those that are wanted. */
  def checkEvents(id: String, life: Seq[Happened]): Unit = {
    val pid = definition.persistenceId(id)
    def all(after: Long, until: Until, since: Long, name: String, rowsMax: Int): Seq[StoredEvent] = {
      val page = readable.events(pid, new ReadableJournal.Selection(after, until, since, name), 3, rowsMax)
      assert(page.events.size <= 3)
      page.events.asScala.toSeq ++
        Option(page.nextAfter).fold(Seq.empty[StoredEvent])(next => all(next, until, since, name, rowsMax))
    }
    val stamps = life.map(_._2)
    val everything = all(0, Until.NEWEST, Long.MinValue, null, 1_000)
    assert(
      everything.map(event => (event.version, event.by, event.atMillis)) == stamps.map(at =>
        (at.version, at.by, at.atMillis)
      )
    )
    assert(everything.map(_.event.toString) == life.map(happened => readable.state(happened._1).toString))
    assert(all(0, Until.NEWEST, Long.MinValue, null, 1).map(_.version) == everything.map(_.version))
    life.indices.by(5).foreach { i =>
      val at = stamps(i)
      assert(all(i.toLong, Until.NEWEST, Long.MinValue, null, 2).map(_.version) == everything.map(_.version).drop(i))
      assert(
        all(0, Until.version(i.toLong), Long.MinValue, null, 2).map(_.version) == everything.map(_.version).take(i)
      )
      val later = stamps.filter(_.atMillis >= at.atMillis).map(_.version)
      assert(all(0, Until.NEWEST, at.atMillis, null, 1_000).map(_.version) == later)
      val name = everything(i).`type`
      val named = everything.filter(_.`type` == name).map(_.version)
      assert(all(0, Until.NEWEST, Long.MinValue, name, 2).map(_.version) == named)
      assert(all(0, Until.NEWEST, Long.MinValue, name.takeWhile(_ != '/'), 2).map(_.version) == named)
    }
  }

  def check(life: Seq[Happened], rowSizes: Seq[Int]): Unit = {
    val id = write(life, rowSizes)
    checkFolds(id, life)
    checkHeld(id)
    checkWithout(id, life)
    checkEvents(id, life)
  }
}
