package io.turnwise.http.feed

import java.time.Duration
import java.{util => ju}

import scala.jdk.CollectionConverters._

import io.turnwise.http.Viewer
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class RingSpec extends AnyWordSpec with Matchers {

  private def piece(id: Long) = new Piece(id, true, _ => Array.emptyByteArray)

  private def ids(ring: Ring, after: Long, upTo: Long): Seq[Long] = {
    val found = new ju.ArrayList[Piece]
    ring.span.addTo(found, after, upTo)
    found.asScala.map(_.id).toSeq
  }

  "A ring" should {
    "give what is newer than a cursor, and say how far back it reaches" in {
      val ring = new Ring(3, 4)
      Seq(5L, 7L, 9L).foreach(id => ring.add(piece(id)))
      ids(ring, 4, 100) shouldBe Seq(5, 7, 9)
      ids(ring, 5, 8) shouldBe Seq(7)
      ring.span.floor shouldBe 4
      ring.add(piece(11))
      ring.span.floor shouldBe 5
      ids(ring, 5, 100) shouldBe Seq(7, 9, 11)
    }

    "forget the old, and reach back as far as before where there was nothing to forget" in {
      val ring = new Ring(9, 4)
      ring.trim(100)
      ring.span.floor shouldBe 4
      Seq(105L, 107L, 109L).foreach(id => ring.add(piece(id)))
      ring.trim(108)
      ring.span.floor shouldBe 107
      ids(ring, 0, 200) shouldBe Seq(109)
      ring.raise(120)
      ring.span.floor shouldBe 120
      ids(ring, 0, 200) shouldBe Nil
    }
  }

  "A piece" should {
    "be written once for each kind of viewer and form, and not before somebody wants it" in {
      var written = List.empty[Viewer]
      val shared = new Piece(3, true, viewer => { written = viewer :: written; "{}".getBytes })
      written shouldBe Nil
      (1 to 3).foreach { _ =>
        shared.as(Form.EVENT_STREAM, Viewer.MEMBER).utf8String shouldBe "id: 3\ndata: {}\n\n"
        shared.as(Form.SOCKET, Viewer.MEMBER).drop(2).utf8String shouldBe "{}"
      }
      written shouldBe List(Viewer.MEMBER, Viewer.MEMBER)
      shared.as(Form.SOCKET, Viewer.ADMIN)
      written.head shouldBe Viewer.ADMIN
    }
  }

  "The pace" should {
    "halve while readers do not keep up, down to the longest pause, and come back by itself" in {
      val pace = new Pace(Duration.ofNanos(100), Duration.ofNanos(1000), 1)
      def after(readers: Int, takenOf: Int): Long = {
        val publication = new Publication(piece(1), readers, System.nanoTime)
        (1 to takenOf).foreach(_ => publication.taken())
        pace.restNanos(publication, publication.startedNanos + 1_000_000)
        pace.restNanos(publication, publication.startedNanos)
      }
      Seq(175L, 375L, 775L, 975L, 975L).foreach(rest => after(readers = 9, takenOf = 8) shouldBe rest)
      Seq(475L, 225L, 100L).foreach(rest => after(readers = 0, takenOf = 0) shouldBe (rest +- 2))
      after(readers = 0, takenOf = 0) shouldBe 75
    }

    "give all readers together no more than is allowed in a second, yet each of them one in the longest pause" in {
      val pace = new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), 10_000)
      def rest(readers: Int): Long = {
        val publication = new Publication(piece(1), 0, System.nanoTime)
        pace.readers(readers)
        pace.restNanos(publication, publication.startedNanos) / 1_000_000
      }
      Seq(1, 1000, 2000, 10_000, 50_000).map(rest) shouldBe Seq(75L, 75L, 175L, 975L, 975L)
      rest(readers = 1) shouldBe 75
    }
  }
}
