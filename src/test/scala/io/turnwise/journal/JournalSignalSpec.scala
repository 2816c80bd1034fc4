package io.turnwise.journal

import java.time.Duration

import org.scalatest.wordspec.AnyWordSpec

class JournalSignalSpec extends AnyWordSpec {

  private val id = "session|default:1" // of slice 675
  private val ranges = Slices.ranges(2)
  private val none = Duration.ZERO
  private val long = Duration.ofMinutes(1)

  "A reader that waits" should {
    "hear of a row of its slices, and of no other" in {
      val signal = new JournalSignal
      val others = signal.listen(ranges.get(0)).next(long)
      val own = signal.listen(ranges.get(1)).next(long)
      signal.rowWritten(id)
      assert(own.get())
      assert(!others.isDone)
    }

    "hear of none that nobody announced" in {
      assert(!new JournalSignal().listen(ranges.get(1)).next(none).get())
    }
  }

  "A row between two waits" should {
    "be heard by the next of them, once" in {
      val signal = new JournalSignal
      val reader = signal.listen(ranges.get(1))
      signal.rowWritten(id)
      signal.rowWritten(id)
      assert(reader.next(long).get())
      assert(!reader.next(none).get())
    }
  }

  "A row that ended a wait" should {
    "not end the next one too" in {
      val signal = new JournalSignal
      val reader = signal.listen(ranges.get(1))
      val wait = reader.next(long)
      signal.rowWritten(id)
      assert(wait.get())
      assert(!reader.next(none).get())
    }
  }

  "A row after a wait was over" should {
    "be heard by the next" in {
      val signal = new JournalSignal
      val reader = signal.listen(ranges.get(1))
      assert(!reader.next(none).get())
      signal.rowWritten(id)
      assert(reader.next(long).get())
    }
  }

  "A reader that is forgotten" should {
    "hear nothing any more" in {
      val signal = new JournalSignal
      val reader = signal.listen(ranges.get(1))
      signal.forget(reader)
      signal.rowWritten(id)
      assert(!reader.next(none).get())
    }
  }
}
