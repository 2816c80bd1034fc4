package io.turnwise.learner

import io.turnwise.learner.LearnerAnswer._
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerEvent._
import io.turnwise.learner.LearnerRead._
import io.turnwise.learner.model.bandit.FeatureVector
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.strategy.{Objectives, RewardProfile}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.{util => ju}
import java.util.SplittableRandom
import scala.jdk.CollectionConverters._

class LearnerSpec extends AnyWordSpec with Matchers {

  import Pupil._

  private def mixed(pupil: Pupil, count: Int, restarts: Boolean): Unit = {
    val random = new SplittableRandom(7)
    var at = start
    (1 to count).foreach { i =>
      at += random.nextInt(90_000).toLong
      val served = pupil.answer(at, s"w${random.nextInt(12)}", random.nextInt(5) > 0, 500.0 + random.nextInt(4_000))
      if (i % 7 == 0) pupil.reward(at, s"r$i", served.decisionId, random.nextDouble() - .5)
      if (i % 50 == 0) pupil.ask(at, new ChangeProfile(pupil.origin, "Asia/Tokyo", RewardProfile.CRAM, null, false))
      if (i % 90 == 0) pupil.ask(at, new Reset)
      if (restarts && i % 31 == 0) pupil.restart()
    }
  }

  "A learner" should {
    "begin with decision 0, which the first answer is credited to" in {
      val pupil = new Pupil
      val first = pupil.answer(start)
      pupil.events.map(_.getClass.getSimpleName) shouldBe Seq("Configured", "Answered")
      val begun = pupil.events.head.asInstanceOf[Configured]
      (begun.first.sequence, begun.first.choice.action) shouldBe ((0, 7))
      first.worth.decisionId shouldBe begun.first.id
      first.updateCount shouldBe 1
      first.decisionId should startWith("1-1-")
    }
    "be credited once for each answer, and choose anew" in {
      val pupil = new Pupil
      val ids = (0 until 30).map(i => pupil.answer(start + i * 20_000L, s"w$i").decisionId)
      ids.distinct should have size 30
      pupil.state.updateCount shouldBe 30
      pupil.view(start).answers shouldBe 30
    }
    "be the same by its journal as it is, bit for bit, with and without snapshots" in {
      val (plain, restarted) = (new Pupil, new Pupil)
      mixed(plain, 300, restarts = false)
      mixed(restarted, 300, restarts = true)
      plain.events shouldBe restarted.events
      plain.folded shouldBe plain.state
      restarted.state shouldBe plain.state
      copyOf(plain.state) shouldBe plain.state
    }
    "take few bytes of the journal for an answer" in {
      val pupil = new Pupil
      (0 until 60).foreach(i => pupil.answer(start + i * 20_000L, s"a-rather-long-word-$i"))
      val bytes = pupil.events.tail.map(io.turnwise.journal.Json.STORED.writeValueAsBytes(_).length)
      bytes.max should be < 1_500
    }
    "decide the same for the same answers, and something else for somebody else" in {
      def played(user: String) = {
        val pupil = new Pupil(user)
        (0 until 60).foreach(i => pupil.answer(start + i * 20_000L, s"w${i % 9}", i % 4 > 0))
        pupil.events.collect { case answered: Answered => answered.next.choice.members }
      }
      played("ann") shouldBe played("ann")
      played("ann") should not be played("ben")
    }
    "go by other constants from when on they apply" in {
      val pupil = new Pupil
      pupil.answer(start)
      pupil.ask(start + 1, new TakeAnswer(new Origin("ann", Configuration.REFERENCE), report("pombe", right = true)))
      pupil.events.map(_.getClass.getSimpleName) shouldBe Seq("Configured", "Answered", "Configured", "Answered")
      pupil.state.settings shouldBe Configuration.REFERENCE.settings
      pupil.folded shouldBe pupil.state
    }
  }

  "An answer" should {
    "change the state and teach nothing where its decision cannot be credited" in {
      val pupil = new Pupil
      val one = pupil.answer(start)
      val two = pupil.answer(start + 1, decision = one.decisionId)
      two.worth.decisionId shouldBe one.decisionId
      val again = pupil.answer(start + 2, decision = one.decisionId)
      (again.worth.reason, again.updateCount) shouldBe ((Uncredited.ALREADY_REWARDED, 2))
      val foreign = new Pupil("ben").answer(start).decisionId
      Seq("nonsense", "1-99-00000000", foreign, one.decisionId.replaceFirst("1-1", "1-1000")).foreach { id =>
        pupil.answer(start + 3, decision = id).worth.reason shouldBe Uncredited.UNKNOWN_DECISION
      }
      pupil.ask(start + 4, new Reset)
      pupil.answer(start + 5, decision = two.decisionId).worth.reason shouldBe Uncredited.OTHER_EPOCH
      pupil.state.updateCount shouldBe 0
      pupil.view(start).answers shouldBe 1
    }
    "write nothing where nobody gives such an answer" in {
      val pupil = new Pupil
      pupil.answer(start)
      val before = pupil.events
      val served = pupil.process(start + 1, report("pombe", right = true, rt = 120_001)).toOption.get
      (served.worth, served.decisionId) shouldBe ((null, null))
      pupil.process(start + 1, report("pombe", right = true, pauses = 21)).toOption.get.worth shouldBe null
      pupil.events shouldBe before
      new Pupil().process(start, report("pombe", right = true, rt = 200_000)).toOption.get.strategy should not be null
    }
    "be dated at most five minutes ahead, and never move the clock back" in {
      val pupil = new Pupil
      def seen(at: Long, stamp: java.lang.Long) = {
        pupil.process(at, report("pombe", right = true, at = stamp)).isRight shouldBe true
        pupil.events.last.asInstanceOf[Answered].seen.atMillis
      }
      seen(start, start + Day) shouldBe start + 5 * Minute
      seen(start + 1, start - Day) shouldBe start - Day
      pupil.state.mind.student.lastAtMillis shouldBe start + 5 * Minute
      seen(start + 2, null) shouldBe start + 2
    }
    "be found anomalous before it arrives just where it is when it has" in {
      Seq[java.lang.Long](null, 1L, start + Day, 8_640_000_000_000_001L, Long.MaxValue).foreach { stamp =>
        val reported = report("pombe", right = true, at = stamp)
        val pupil = new Pupil
        withClue(s"$stamp: ")(
          pupil.process(start, reported).map(_.decisionId == null) shouldBe Right(reported.isAnomalous)
        )
      }
    }
    "be refused for one word more than 20,000" in {
      val pupil = new Pupil
      pupil.answer(start)
      val words = pupil.state.words
      (1 until 20_000).foreach(i => words.put(s"w$i", words.find("pombe")))
      pupil.process(start + 1, report("one more", right = true)) shouldBe Left("learner.too-many-words")
      pupil.process(start + 1, report("w5", right = true)).isRight shouldBe true
    }
    "come in batches that are taken in order, or not at all" in {
      val (batched, single) = (new Pupil, new Pupil)
      val reports = (0 until 20).map(i => report(s"w${i % 6}", i % 3 > 0, at = start + i * 10_000L))
      val odd = report("x", right = true, rt = 130_000)
      val done = batched.ask(start, new TakeAnswers(batched.origin, (reports :+ odd).asJava)).toOption.get
      reports.foreach(single.process(start, _))
      (done.decisionIds.size, done.skipped) shouldBe ((20, 1))
      batched.state shouldBe single.state
      batched.folded shouldBe batched.state
    }
  }

  "A later outcome" should {
    "be that of the word's next answer, a minute later at least" in {
      val pupil = new Pupil
      pupil.answer(start)
      pupil.answer(start + Minute - 1).updateCount shouldBe 2
      val later = pupil.answer(start + 3 * Minute, right = false)
      val answered = pupil.events.last.asInstanceOf[Answered]
      (answered.settled.sequence, answered.settled.reward) shouldBe ((1, -1.0))
      later.updateCount shouldBe 4
      pupil.state.decisions.find(1) shouldBe null
    }
    "be measured from the word's answer before, whoever that was credited to and however it was dated" in {
      def told(first: Long, decision: String) = {
        val pupil = new Pupil
        pupil.answer(start)
        pupil.process(start + 1, report("pombe", right = true, at = first, decision = decision)).isRight shouldBe true
        val since = Option(pupil.state.decisions.find(1).awaited).map(_.answeredMillis)
        pupil.answer(start + Minute - 1)
        (pupil.events.collect { case answered: Answered => answered }.last.settled == null, since)
      }
      told(start - Day, null) shouldBe ((true, Some(start)))
      told(start + 1, "nobody's") shouldBe ((true, None))
      val uncredited = new Pupil
      Seq(0L, 50_000L, 70_000L).zip(Seq(null, "nobody's", null)).foreach { case (after, decision) =>
        uncredited.answer(start + after, decision = decision)
      }
      uncredited.events.last.asInstanceOf[Answered].settled shouldBe null
      uncredited.answer(start + 70_000 + Minute)
      uncredited.events.last.asInstanceOf[Answered].settled.sequence shouldBe 2
    }
    "be waited for 30 days past due, and no longer" in {
      val pupil = new Pupil
      pupil.answer(start)
      val expires = pupil.state.decisions.find(0).awaited.expiresMillis
      expires shouldBe pupil.state.words.find("pombe").nextReviewMillis + 30 * Day
      val id = pupil.state.decisions.find(0).served.id
      pupil.wake(expires - 1)
      pupil.reward(expires - 1, "r", id).isRight shouldBe true
      pupil.wake(expires)
      pupil.events.last shouldBe new OutcomeExpired(1, 0)
      pupil.reward(expires, "r", id) shouldBe Left("learner.reward-expired")
    }
    "be waited for as long of what is told of years ago" in {
      val pupil = new Pupil
      (0 until 20).foreach { i =>
        val reported = report("pombe", right = i % 4 > 0, at = start - (500 - 25 * i) * Day)
        pupil.process(start + i * 20_000L, reported).isRight shouldBe true
      }
      pupil.events.count(_.isInstanceOf[OutcomeExpired]) shouldBe 0
      pupil.events.count { case answered: Answered => answered.settled != null; case _ => false } shouldBe 19
      val (word, waited) = (pupil.state.words.find("pombe"), pupil.state.decisions.find(19).awaited)
      waited.answeredMillis shouldBe start - 25 * Day
      waited.dueMillis shouldBe word.nextReviewMillis
      waited.expiresMillis - (start + 19 * 20_000L) shouldBe word.nextReviewMillis - word.lastMillis + 30 * Day
      pupil.folded shouldBe pupil.state
    }
    "be of at most 5,000 decisions" in {
      val pupil = new Pupil
      (0 until 5_010).foreach(i => pupil.answer(start + i, s"w$i"))
      pupil.state.decisions.size shouldBe 5_000
      pupil.state.decisions.all.get(0).served.sequence shouldBe 11
    }
  }

  "A reward from outside" should {
    "count once under its id, and move nothing but the model" in {
      val pupil = new Pupil
      val served = pupil.answer(start)
      val before = pupil.state
      pupil.reward(start + 1, "r1", served.decisionId) shouldBe Right(new Rewarded(true, 1, 2))
      pupil.reward(start + 2, "r1", served.decisionId) shouldBe Right(new Rewarded(false, 1, 2))
      pupil.reward(start + 3, "r2", served.decisionId) shouldBe Right(new Rewarded(true, 1, 3))
      pupil.state.mind.student shouldBe before.mind.student
      pupil.state.mind.coldStart shouldBe before.mind.coldStart
      pupil.state.mind.models.ensemble shouldBe before.mind.models.ensemble
      pupil.answer(start + 4).worth.decisionId shouldBe served.decisionId
    }
    "be refused where it belongs to nothing" in {
      val pupil = new Pupil
      pupil.reward(start, "r", "1-0-00000000") shouldBe Left("learner.unknown-learner")
      val served = pupil.answer(start)
      pupil.reward(start, "r", "nonsense") shouldBe Left("learner.unknown-decision")
      pupil.reward(start, "r", new Pupil("ben").answer(start).decisionId) shouldBe Left("learner.unknown-decision")
      pupil.ask(start, new Reset)
      pupil.reward(start, "r", served.decisionId) shouldBe Left("learner.other-epoch")
      pupil.ask(start, new RewardVector("v", 1, vector, 1)) shouldBe Left("learner.other-epoch")
    }
    "name a vector instead, under an id that counts once" in {
      val pupil = new Pupil
      pupil.answer(start)
      pupil.ask(start, new RewardVector("v", 1, vector, 1)) shouldBe Right(new Rewarded(true, 1, 2))
      pupil.ask(start, new RewardVector("v", 1, vector, 1)) shouldBe Right(new Rewarded(false, 1, 2))
    }
  }

  private def vector = new FeatureVector(FeatureVector.VERSION, Doubles.filled(FeatureVector.SIZE, .5))

  "A reset" should {
    "leave nothing behind but the profile, and begin an epoch" in {
      val pupil = new Pupil
      pupil.ask(start, new ChangeProfile(pupil.origin, "Asia/Tokyo", null, Objectives.EXAM, false))
      (0 until 40).foreach(i => pupil.answer(start + i * Minute, s"w${i % 5}"))
      val view = pupil.ask(start + Day, new Reset).toOption.get
      val fresh = new Pupil
      fresh.ask(start, new ChangeProfile(fresh.origin, "Asia/Tokyo", null, Objectives.EXAM, false))
      view.epoch shouldBe 2
      pupil.state.mind shouldBe fresh.state.mind
      (pupil.state.words.size, pupil.state.decisions.size) shouldBe ((0, 1))
      pupil.state.profile shouldBe fresh.state.profile
      new Pupil().ask(start, new Reset) shouldBe Left("learner.unknown-learner")
    }
  }

  "A profile" should {
    "say what hour it is" in {
      val pupil = new Pupil
      pupil.answer(start)
      pupil.ask(start, new ChangeProfile(pupil.origin, "Asia/Tokyo", null, null, false))
      pupil.answer(start + 1)
      val hours = pupil.events.collect { case answered: Answered => answered.seen.hour }
      (hours(1) - hours.head + 24) % 24 shouldBe 9
    }
    "write nothing where it stays as it is" in {
      val pupil = new Pupil
      pupil.ask(start, new ChangeProfile(pupil.origin, "UTC", RewardProfile.STANDARD, null, true)).isRight shouldBe true
      pupil.events shouldBe empty
    }
  }

  "Reads" should {
    "tell of words and of what is waited for" in {
      val pupil = new Pupil
      pupil.ask(start, new ReadWord("pombe")) shouldBe Left("learner.unknown-word")
      (0 until 5).foreach(i => pupil.answer(start + i, s"w$i"))
      pupil.ask(start + 5, new ReadWord("w3")).toOption.get.reviewCount shouldBe 1
      pupil.ask(start + 5, new ReadDueWords(3)).toOption.get.words shouldBe ju.List.of()
      pupil.ask(start + 9 * Day, new ReadDueWords(3)).toOption.get.words.asScala.map(_.word) shouldBe
        Seq("w0", "w1", "w2")
      val page = pupil.ask(start + 9 * Day, new ReadPendings(1, 2)).toOption.get
      (page.pendings.asScala.map(_.served.sequence), page.more) shouldBe ((Seq(2, 3), true))
    }
  }
}
