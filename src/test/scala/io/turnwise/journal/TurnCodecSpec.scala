package io.turnwise.journal

import java.{util => ju}
import java.nio.charset.StandardCharsets.UTF_8

import scala.jdk.CollectionConverters._

import io.turnwise.turn.{Caller, Definition, Event, Tally, Turn}
import org.scalatest.wordspec.AnyWordSpec

class TurnCodecSpec extends AnyWordSpec {

  private lazy val serializer = new TurnSerializer(EventCatalog.of(Tally.Names))

  private val base = 1_790_000_000_000L
  private val traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  private def entry(
      events: Seq[Event[_]] = Seq(Tally.Added(7)),
      by: String = "ann",
      at: Long = base,
      remembered: Turn.Remembered = null,
      correlation: String = null,
      traceparent: String = null
  ): Turn.Entry = new Turn.Entry(by, at, events.asJava, remembered, correlation, traceparent)

  private def turn(entries: Turn.Entry*): Turn = new Turn(17, base, Definition.NEVER, "default", entries.asJava)

  private val remembered = new Turn.Remembered("k-1", "c29tZSBoYXNo", Tally.Total(7, 17))

  private val full = new Turn(
    17,
    base,
    base + 60_000,
    "default",
    ju.List.of(
      entry(Seq(Tally.DeadlineSet(base + 60_000), Tally.Added(7)), remembered = remembered),
      entry(by = "ben:ä|\"灯\"🪔\u0000", at = base + 3, correlation = "req-1", traceparent = traceparent),
      entry(Seq(Tally.Closed(base + 60_000)), by = Caller.SYSTEM, at = base + 60_000)
    )
  )

  private def text(bytes: Array[Byte]): String = new String(bytes, UTF_8)

  private def roundTrip(turn: Turn): Turn = serializer.turn(serializer.toBinary(turn))

  private def head(json: String): TurnHead = serializer.head(json.getBytes(UTF_8))

  "A turn" should {
    "be read as it was written, whatever is in it" in {
      val turns = Seq(
        turn(entry()),
        turn(entry(), entry(Seq(Tally.Closed(1))), entry(by = "ben", at = base + 999)),
        turn(entry(Seq(Tally.Added(1), Tally.Added(Long.MaxValue), Tally.Added(Long.MinValue)))),
        turn(entry(Nil, remembered = remembered)),
        turn(entry(remembered = new Turn.Remembered("k", "h", Tally.Empty))),
        turn(entry(correlation = "req-1")),
        turn(entry(traceparent = traceparent)),
        new Turn(1, 0, 0, "t-1", ju.List.of(entry(at = 0))),
        new Turn(Long.MaxValue, base, Definition.NEVER - 1, "default", ju.List.of(entry())),
        turn(Seq.fill(1_000)(entry(by = "灯", remembered = remembered)): _*),
        full
      )
      turns.foreach(written => assert(roundTrip(written) == written))
    }

    "be stored as it always was" in {
      val golden = text(getClass.getResourceAsStream("/golden/journal/turn.1.json").readAllBytes()).trim
      assert(text(serializer.toBinary(full)) == golden)
      assert(serializer.turn(golden.getBytes(UTF_8)) == full)
    }

    "name each of its events once" in {
      val written = text(serializer.toBinary(turn(Seq.fill(50)(entry()): _*)))
      assert(written.sliding("tally.added/1".length).count(_ == "tally.added/1") == 1)
    }

    "be read though a later version has added fields" in {
      val later = """{"version":1,"new":{"a":[1,{}]},"at":5,"tenant":"default","names":["tally.added/1"],""" +
        """"entries":[{"by":"ann","new":["x",[]],"ms":2,"events":[[0,{"amount":7,"new":1}]]}]}"""
      val expected = new Turn(1, 5, Definition.NEVER, "default", ju.List.of(entry(at = 7)))
      assert(serializer.turn(later.getBytes(UTF_8)) == expected)
    }
  }

  "The head of a turn" should {
    "tell version, alarm and names" in {
      val expected =
        new TurnHead(17, base + 60_000, ju.List.of("tally.deadline-set/1", "tally.added/1", "tally.closed/1"))
      assert(serializer.head(serializer.toBinary(full)) == expected)
      assert(serializer.head(serializer.toBinary(turn(entry()))).wakeAtMillis == Definition.NEVER)
    }

    "be read without the entries, and without knowing the names" in {
      val broken = """{"version":3,"at":5,"tenant":"default","names":["later.event/9"],"entries":[{"by":"""
      assert(head(broken) == new TurnHead(3, Definition.NEVER, ju.List.of("later.event/9")))
    }
  }

  "What cannot be read" should {
    def failure(json: String): String = {
      var thrown: Throwable = intercept[IllegalArgumentException](serializer.turn(json.getBytes(UTF_8)))
      val messages = Seq.newBuilder[String]
      while (thrown != null) {
        messages += thrown.getMessage
        thrown = thrown.getCause
      }
      messages.result().mkString("; ")
    }

    "be named: an event that is not known" in {
      val unknown = failure("""{"version":1,"at":5,"tenant":"default","names":["later.event/9"],"entries":[]}""")
      assert(unknown.contains("later.event/9") && unknown.contains("newer version"))
    }

    "be named: a row that is cut off" in
      assert(failure("""{"version":1,"at":5,"tenant":"default","names":[""").contains("turn/1"))

    "be named: what is no turn" in
      assert(failure("[1,2]").contains("START_ARRAY"))
  }

  "An event without a name" should {
    "not be stored" in {
      val unnamed: Event[Tally] = (before, _) => before
      assertThrows[IllegalArgumentException](serializer.toBinary(turn(entry(Seq(unnamed)))))
    }
  }
}
