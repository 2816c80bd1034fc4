package io.turnwise.learner.model.memory

import scala.jdk.CollectionConverters._

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ForgettingCurveSpec extends AnyWordSpec with Matchers {

  private val start = 1_700_000_000_000L
  private val day = 86_400_000L
  private val actr = ActrSettings.STANDARD

  private def word(times: Long*): WordRecord = times.foldLeft(WordRecord.unseen(StabilitySettings.REFERENCE)) {
    (word, at) => word.after(new Review(at, true, 1_600), Traits.UNKNOWN, 1, StabilitySettings.REFERENCE)
  }

  private def curve(word: WordRecord, nowMillis: Long): Seq[ForgettingCurve.Point] =
    ForgettingCurve.of(word, nowMillis, actr).asScala.toSeq

  "The curve of a word" should {
    "be empty before it is met" in {
      curve(word(), start) shouldBe Nil
    }
    "begin with its first review and go beyond now and the next one" in {
      val reviewed = word(start, start + day)
      Seq(start + day, start + 60 * day).foreach { now =>
        val points = curve(reviewed, now)
        points.head.atMillis shouldBe start
        points.last.atMillis should be > math.max(now, reviewed.nextReviewMillis)
        points.map(_.atMillis) should (be(sorted) and contain(now))
      }
    }
    "fall between reviews and rise with each" in {
      val points = curve(word(start, start + day, start + 3 * day), start + 4 * day)
      val byReview = Seq(start until start + day, start + day until start + 3 * day)
      byReview.foreach { between =>
        val recalls = points.filter(point => between.contains(point.atMillis)).map(_.actr)
        recalls.tail.reverse shouldBe sorted
      }
      val atSecond = points.filter(_.atMillis == start + day).map(_.actr)
      atSecond should have size 2
      atSecond(1) should be > atSecond.head
    }
    "be what the word's own record predicts, of both models" in {
      val reviewed = word(start, start + day)
      val last = curve(reviewed, start + 2 * day).last
      last.actr shouldBe reviewed.recall(last.atMillis, actr) +- 1e-12
      val days = (last.atMillis - reviewed.lastMillis) / day.toDouble
      last.exponential.doubleValue shouldBe Stability.recall(reviewed.stabilityDays, days) +- 1e-12
    }
    "know the exponential model since the last review only" in {
      val points = curve(word(start, start + day), start + day)
      points.filter(_.atMillis < start + day).forall(_.exponential == null) shouldBe true
      points.filter(_.atMillis > start + day).forall(_.exponential != null) shouldBe true
    }
    "stay within a message, however many reviews are kept" in {
      val many = word((0 until 40).map(start + _ * day): _*)
      curve(many, start + 40 * day).size should be <= 200
    }
  }
}
