package io.turnwise.journal

import scala.jdk.CollectionConverters._
import scala.util.Random

import io.turnwise.stores.TestStores
import org.scalatest.wordspec.AnyWordSpec

class SlicesSpec extends AnyWordSpec {

  private lazy val database = TestStores.freshDatabase()

  private val scripts = Seq("az", "09", "ßä", "一龥", "את", "🌀🗿").map(_.codePoints.toArray)

  private def id(random: Random): String = {
    val text = new java.lang.StringBuilder("session|default:")
    (0 to random.nextInt(40)).foreach { _ =>
      val script = scripts(random.nextInt(scripts.size))
      text.appendCodePoint(script.head + random.nextInt(script.last - script.head + 1))
    }
    text.toString
  }

  "The slice of a persistence id" should {
    "be the same for ever" in {
      val golden = Map(
        "" -> 217,
        "session|default:1" -> 675,
        "member|default:ann" -> 472,
        "tally|default:t1" -> 343,
        "session|default:sommer-äuße" -> 314,
        "session|default:灯" -> 801,
        "session|default:🪔" -> 197,
        "x" * 255 -> 319
      )
      golden.foreach { case (id, slice) => assert(Slices.of(id) == slice, id) }
    }

    "be the same in Java and in SQL" in {
      val random = new Random(7310)
      val ids = Seq.fill(5_000)(id(random)) :+ ""
      val connection = TestStores.connect(database)
      try {
        val query = connection.prepareStatement("SELECT id, slice_of(id) FROM unnest(?) AS id")
        query.setArray(1, connection.createArrayOf("text", ids.toArray[AnyRef]))
        val rows = query.executeQuery()
        var compared = 0
        while (rows.next()) {
          assert(rows.getInt(2) == Slices.of(rows.getString(1)), rows.getString(1))
          compared += 1
        }
        assert(compared == ids.size)
      } finally connection.close()
    }
  }

  "Ranges of slices" should {
    "hold every slice once" in {
      Seq(1, 2, 8, 1024).foreach { count =>
        val ranges = Slices.ranges(count).asScala.toSeq
        assert(ranges.size == count)
        assert(ranges.flatMap(range => range.first to range.last) == (0 until Slices.COUNT))
      }
    }

    "be refused where slices do not fall into equal ones" in
      Seq(0, -1, 3, 2048).foreach(count => assertThrows[IllegalArgumentException](Slices.ranges(count)))

    "know what falls into them, and be named for their bounds" in {
      val ranges = Slices.ranges(4).asScala.toSeq
      assert(ranges.map(_.contains("session|default:灯")) == Seq(false, false, false, true))
      assert(ranges.map(_.toString) == Seq("0-255", "256-511", "512-767", "768-1023"))
    }
  }
}
