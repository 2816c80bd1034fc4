package io.turnwise.learner.model.memory

import scala.jdk.CollectionConverters._

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class WordRecordSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val settings = StabilitySettings.REFERENCE
  private val start = 1_700_000_000_000L
  private val day = 86_400_000L

  private def word(reviews: Review*): WordRecord =
    reviews.foldLeft(WordRecord.unseen(settings))(_.after(_, Traits.UNKNOWN, 1, settings))

  private val reviews: Gen[Seq[Review]] = Gen
    .choose(0, 70)
    .flatMap(
      Gen.listOfN(
        _,
        for {
          at <- Gen.choose(start, start + 90 * day)
          recalled <- Gen.oneOf(true, false)
          rtMillis <- Gen.choose(0, 60000)
        } yield new Review(at, recalled, rtMillis)
      )
    )

  "A word" should {
    "know nothing before it is met" in {
      val unseen = WordRecord.unseen(settings)
      unseen.reviews.asScala shouldBe empty
      (unseen.reviewCount, unseen.firstMillis, unseen.lastMillis, unseen.nextReviewMillis) shouldBe ((0, 0L, 0L, 0L))
      unseen.stabilityDays shouldBe 1.0
      unseen.recall(start, ActrSettings.STANDARD) shouldBe 0.0
    }

    "keep when it was met, how that went and when it is due" in {
      val first = new Review(start, true, 1400)
      val second = new Review(start + day, false, 1800)
      val met = word(first, second)
      met.reviews.asScala shouldBe Seq(first, second)
      (met.reviewCount, met.firstMillis, met.lastMillis) shouldBe ((2, start, start + day))
      met.recalled.toSeq shouldBe Seq(true, false)
      met.agesSeconds(start + day + 1500).toSeq shouldBe Seq(86401.5, 1.5)
      met.nextReviewMillis shouldBe start + 2 * day
      met.stabilityDays shouldBe Stability.after(
        Stability.after(1, true, 1400, Traits.UNKNOWN, settings),
        false,
        1800,
        Traits.UNKNOWN,
        settings
      )
      met.recall(start + 2 * day, ActrSettings.STANDARD) shouldBe
        ActR.recall(Array(2 * 86400.0, 86400.0), Array(true, false), ActrSettings.STANDARD)
    }

    "be due later where the strategy in force stretches intervals" in {
      val known = WordRecord.of(java.util.List.of(), 0, 0, 20, 0)
      val review = new Review(start, true, 3000)
      known.after(review, Traits.UNKNOWN, 1, settings).nextReviewMillis shouldBe start + 6 * day
      known.after(review, Traits.UNKNOWN, 1.5, settings).nextReviewMillis shouldBe start + 9 * day
    }

    "keep its last 32 reviews and count all" in {
      val all = (0 until 40).map(i => new Review(start + i * 1000L, i % 3 == 0, i))
      val met = word(all: _*)
      met.reviews.asScala shouldBe all.takeRight(32)
      (met.reviewCount, met.firstMillis) shouldBe ((40, start))
    }

    "never go back in time" in {
      val met = word(new Review(start, true, 100), new Review(start - 5000, true, 100))
      met.reviews.asScala.map(_.atMillis) shouldBe Seq(start, start)
      met.agesSeconds(start - 1).toSeq shouldBe Seq(0.0, 0.0)
    }

    "be the same after it was stored" in {
      forAll(reviews) { reviews =>
        val met = word(reviews: _*)
        val stored =
          WordRecord.of(met.reviews, met.reviewCount, met.firstMillis, met.stabilityDays, met.nextReviewMillis)
        stored shouldBe met
        stored.hashCode shouldBe met.hashCode
      }
    }

    "not be changed by its next review, nor through what it hands out" in {
      val met = word(new Review(start, true, 100))
      val before = met.toString
      met.after(new Review(start + 1, false, 1), Traits.UNKNOWN, 1, settings) should not be met
      met.agesSeconds(start)(0) = 7
      met.recalled()(0) = false
      met.toString shouldBe before
    }

    "be refused as it cannot have become" in {
      val late = new Review(start, true, 1)
      val early = new Review(start - 1, true, 1)
      an[IllegalArgumentException] should be thrownBy
        WordRecord.of(Seq(late, early).asJava, 2, start, 1, start)
      an[IllegalArgumentException] should be thrownBy WordRecord.of(Seq(late).asJava, 2, start, 1, start)
      an[IllegalArgumentException] should be thrownBy WordRecord.of(Seq(late).asJava, 1, start, 0, start)
      an[IllegalArgumentException] should be thrownBy new Review(start, true, -1)
    }
  }

  "Mastery" should {
    def mastery(word: WordRecord, nowMillis: Long, fatigue: Double = 0): Mastery =
      Mastery.of(word, nowMillis, fatigue, ActrSettings.STANDARD, settings)

    def daily(recalled: Boolean*): WordRecord =
      word(recalled.zipWithIndex.map { case (right, i) => new Review(start + i * day, right, 900) }: _*)

    "be none of a word not met" in {
      val unseen = mastery(WordRecord.unseen(settings), start)
      (unseen.status, unseen.level, unseen.points, unseen.score, unseen.isLearned) shouldBe
        ((WordStatus.NEW, 0, 0.0, 0.0, false))
    }

    "grow with right answers of the word itself until it is mastered" in {
      val right = (1 to 8).map(n => mastery(daily(Seq.fill(n)(true): _*), start + n * day))
      right.map(_.level) shouldBe right.map(_.level).sorted
      right.head.status shouldBe WordStatus.LEARNING
      right(1).status shouldBe WordStatus.REVIEWING
      right.last.status shouldBe WordStatus.MASTERED
      right.map(_.status) shouldBe right.map(_.status).sorted
      right.map(_.points) shouldBe right.map(_.points).sorted
    }

    "be new while the only answer was wrong, and lost by answers that were wrong" in {
      mastery(daily(false), start).status shouldBe WordStatus.NEW
      val known = mastery(daily(Seq.fill(8)(true): _*), start + 8 * day)
      val lost = mastery(daily(Seq.fill(8)(true) ++ Seq.fill(8)(false): _*), start + 16 * day)
      lost.level should be < known.level
      lost.score should be < known.score
      lost.ease should be < known.ease
    }

    "fade with time, and be less certain of the tired" in {
      val known = daily(Seq.fill(6)(true): _*)
      mastery(known, start + 6 * day).score should be > mastery(known, start + 60 * day).score
      mastery(known, start).confidence shouldBe 1.0
      mastery(known, start, fatigue = .5).confidence shouldBe .85
    }

    "be reached at a score of .7" in {
      forAll(reviews, Gen.choose(0.0, 1.0)) { (reviews, fatigue) =>
        val judged = mastery(word(reviews: _*), start + 91 * day, fatigue)
        judged.isLearned shouldBe judged.score >= .7
        judged.score should (be >= 0.0 and be <= 1.0)
        judged.points should (be >= 0.0 and be <= 100.0)
        judged.ease should (be >= 2.25 and be <= 2.75)
        judged.level should (be >= 0 and be <= 5)
      }
    }

    "have its levels and statuses from the lower bound on" in {
      Seq(.1999, .2, .3999, .4, .5999, .6, .7499, .75, .8999, .9, 1.0).map(x => Mastery.level(x, x, x)) shouldBe
        Seq(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)
      WordStatus.of(1, 1, 1) shouldBe WordStatus.NEW
      WordStatus.of(2, 1, 1) shouldBe WordStatus.LEARNING
      WordStatus.of(1, 1, 2) shouldBe WordStatus.LEARNING
      WordStatus.of(3, 0, 2) shouldBe WordStatus.REVIEWING
      WordStatus.of(5, .7499, 5) shouldBe WordStatus.REVIEWING
      WordStatus.of(5, .75, 4) shouldBe WordStatus.REVIEWING
      WordStatus.of(5, .75, 5) shouldBe WordStatus.MASTERED
    }
  }
}
