package io.turnwise.bidding

import java.{util => ju}
import java.nio.charset.StandardCharsets.UTF_8

import scala.jdk.CollectionConverters._

import io.turnwise.account.AccountNames
import io.turnwise.journal.{JournalRows, ReadableJournal, Until}
import io.turnwise.learner.LearnerNames
import io.turnwise.projection.JournalRowsOf
import io.turnwise.stores.TestStores
import io.turnwise.turn.Event
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** Events in every form in which they were ever stored, as they lie in a journal. */
class OldFormsSpec extends AnyWordSpec with LiveSessions with Matchers {

  override protected val names: ju.Map[String, Class[_]] = {
    val inOrder = new ju.LinkedHashMap[String, Class[_]]
    Seq(AccountNames.ALL, BiddingNames.ALL, LearnerNames.ALL).foreach(inOrder.putAll)
    inOrder
  }

  private val all: Map[String, Class[_]] = names.asScala.toMap

  private val events = all.filter(each => classOf[Event[_]].isAssignableFrom(each._2)).keySet.toSeq.sorted

  private def golden(name: String): String = {
    val file = "/golden/" + name.replaceFirst("\\.", "/").replaceFirst("/(\\d)$", ".$1.json")
    val stream = getClass.getResourceAsStream(file)
    try new String(stream.readAllBytes(), UTF_8).trim
    finally stream.close()
  }

  private def write(persistenceId: String, rows: Seq[Seq[String]]): Unit = {
    val connection = TestStores.connect(database)
    try
      rows.foldLeft(1L -> 1L) { case ((row, version), named) =>
        val stored = named.indices.map(i => s"[$i,${golden(named(i))}]").mkString(",")
        val payload = s"""{"version":$version,"at":1700000000500,"tenant":"default",""" +
          s""""names":${named.mkString("[\"", "\",\"", "\"]")},"entries":[{"by":"u-ann","ms":0,"events":[$stored]}]}"""
        JournalRows.insert(connection, persistenceId, row, payload.getBytes(UTF_8))
        (row + 1, version + named.size)
      }
    finally connection.close()
    ()
  }

  private def told(persistenceId: String) = engine.readable
    .events(persistenceId, new ReadableJournal.Selection(0, Until.NEWEST, Long.MinValue, null), 100, 1_000)
    .events
    .asScala
    .toSeq

  "An event in any form in which it was ever stored" should {
    "be read alike by recovery, projections and tools, and be told as it lies there" in {
      events.size should be > 20
      write("form|default:all", events.map(Seq(_)))
      val byRow = JournalRowsOf(engine, names).filter(_.persistenceId == "form|default:all")
      byRow should have size events.size.toLong
      byRow.zip(told("form|default:all")).zip(events).foreach { case ((row, event), name) =>
        val read = row.turn.entries.get(0).events.get(0)
        read.getClass shouldBe all(name)
        event.`type` shouldBe name
        event.event.toString shouldBe golden(name)
        val newest = all.filter(_._2 == all(name)).keys.maxBy(_.split('/')(1).toInt)
        if (name == newest) event.readAs shouldBe null
        else {
          event.readAs.`type` shouldBe newest
          event.readAs.event shouldBe engine.readable.state(read)
        }
      }
    }
  }

  "A session of which all is stored in the oldest forms" should {
    "be recovered by its entity as it is folded, with and without a snapshot" in {
      val pid = "session|default:old"
      write(
        pid,
        Seq(
          Seq("bidding.session-scheduled/1", "bidding.session-changed/1"),
          Seq("bidding.session-opened/1"),
          Seq("bidding.bidder-joined/1", "bidding.bid-placed/1")
        )
      )
      val before = engine.replay.fold(BiddingSessions.DEFINITION, "default:old", false, Until.NEWEST)
      before.held.version shouldBe 5
      engine.snapshots.take(
        pid,
        2,
        engine.replay
          .fold(BiddingSessions.DEFINITION, "default:old", true, Until.version(3))
          .held
          .snapshot(BiddingSessions.DEFINITION),
        "spec",
        "spec"
      )
      val after = engine.replay.fold(BiddingSessions.DEFINITION, "default:old", true, Until.NEWEST)
      after.snapshotVersion shouldBe 3
      engine.readable.state(after.held.state) shouldBe engine.readable.state(before.held.state)
      val page = accepted("old", new SessionRead.ReadBoard(0, 10))
      page.rows.asScala.map(_.standing) shouldBe before.held.state.board.standings.asScala
    }
  }
}
