package io.turnwise.learner

import io.turnwise.journal.{EventCatalog, Json, TurnSerializer}
import io.turnwise.learner.LearnerAnswer._
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerEvent._
import io.turnwise.learner.LearnerRead._
import io.turnwise.learner.LearnerWatch._
import io.turnwise.learner.WatchAnswer._
import io.turnwise.learner.decision._
import io.turnwise.learner.model._
import io.turnwise.learner.model.bandit._
import io.turnwise.learner.model.memory.{ForgettingCurve, Mastery, Review, Traits, WordRecord, WordStatus}
import io.turnwise.learner.model.numeric.Doubles
import io.turnwise.learner.model.perception.Observation
import io.turnwise.learner.model.state.{Chronotype, Flow, Trend, TrendReading, UserState}
import io.turnwise.learner.model.strategy._
import io.turnwise.learner.word.Words
import io.turnwise.turn.{Definition, Stamp, Turn}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.nio.charset.StandardCharsets.UTF_8
import java.{util => ju}
import scala.jdk.CollectionConverters._

class LearnerJournalSpec extends AnyWordSpec with Matchers {

  private val at = 1_700_000_000_000L
  private val seen = new Observation(true, 1_607, 1_800.5, 1, 0, 2, 250, 1.5, 40.0, at, 17)
  private val strategy = new Strategy(1.1, .25, Difficulty.MID, 8, 1)
  private val x = new FeatureVector(3, Doubles.of((1 to 22).map(_ / 8.0): _*))
  private val votes = ju.List.of(new Vote(Member.LINUCB, 7, .25, .5), new Vote(Member.ACTR, 18, .75, .125))
  private val guards = ju.List.of(Guardrail.HIGH_FATIGUE)
  private val bucket = new Bucket(1, 0, 2)
  private val choice =
    new Choice(Phase.NORMAL, Source.ENSEMBLE, votes, 7, strategy, guards, bucket, x, .5, null)
  private val probe =
    new Choice(Phase.CLASSIFY, Source.PROBE, ju.List.of(), 7, strategy, ju.List.of(), bucket, x, 1, 2)
  private val served = new Served("1-18-0a1b2c3d", 18, choice)
  private val first = new Served("1-0-0a1b2c3d", 0, probe)
  private val awaited = new Awaited("pombe", at, at + 86_400_000, at + 2_678_400_000L)
  private val waiting = new Pending(first, true, awaited, ju.List.of("exam-1"))
  private val origin = new Origin("u-ann", Configuration.STANDARD)
  private val report = new Report("pombe", "1-18-0a1b2c3d", true, 1_607, 1_800.5, 1, 0, 2, 250, 1.5, 40.0, at)
  private val profile = new Profile("Asia/Tokyo", RewardProfile.CRAM, Objectives.EXAM)
  private val settings = Settings.standard
  private val processed = new Processed(
    new Worth(.5, "1-18-0a1b2c3d", null),
    "1-19-0a1b2c3d",
    Source.ENSEMBLE,
    Phase.NORMAL,
    .5,
    strategy,
    Strategy.STANDARD,
    UserState.FRESH,
    BreakAdvice.SUGGESTED,
    19
  )
  private val wordView = new WordView(
    "pombe",
    new Mastery(WordStatus.LEARNING, 2, 2.5, 61.5, .75, true, .97),
    .875,
    1,
    1.5,
    at,
    at,
    at + 86_400_000
  )

  private def words = {
    val words = new Words
    val record = WordRecord.unseen(settings.forgetting)
    val reviewed = record.after(new Review(at, true, 1_607), Traits.UNKNOWN, 1, settings.forgetting)
    words.put("pombe", reviewed.after(new Review(at + 500, false, 900), Traits.UNKNOWN, 1, settings.forgetting))
    words
  }

  private val samples: Map[String, AnyRef] = Map(
    "learner.learner/1" -> new Learner(
      "u-ann",
      1,
      profile,
      settings,
      Mind.fresh(settings),
      served,
      Decisions.of(ju.List.of(waiting, new Pending(served, false, null, ju.List.of()))),
      words,
      RewardIds.of(ju.List.of("v-1"))
    ),
    "learner.configured/1" -> new Configured("u-ann", settings, first),
    "learner.answered/1" -> new Answered(
      1,
      "pombe",
      seen,
      new Answered.Credited(18, .5),
      new Answered.Settled(3, -1),
      new Served("1-19-0a1b2c3d", 19, choice)
    ),
    "learner.reward-applied/1" -> new RewardApplied(1, "exam-1", null, x, -.5),
    "learner.outcome-expired/1" -> new OutcomeExpired(1, 3),
    "learner.reset/1" -> new LearnerReset(2, first),
    "learner.profile-changed/1" -> new ProfileChanged(profile),
    "learner.take-answer/1" -> new TakeAnswer(origin, report),
    "learner.take-answers/1" -> new TakeAnswers(origin, ju.List.of(report)),
    "learner.reward-decision/1" -> new RewardDecision("exam-1", "1-3-0a1b2c3d", .5),
    "learner.reward-vector/1" -> new RewardVector("v-1", 1, x, .5),
    "learner.forget/1" -> new Reset,
    "learner.change-profile/1" -> new ChangeProfile(origin, "Asia/Tokyo", RewardProfile.CRAM, Objectives.DAILY, false),
    "learner.read-learner/1" -> new ReadLearner,
    "learner.read-fallback/1" -> new ReadFallback,
    "learner.read-insight/1" -> new ReadInsight,
    "learner.read-word/1" -> new ReadWord("pombe"),
    "learner.read-due-words/1" -> new ReadDueWords(20),
    "learner.read-pendings/1" -> new ReadPendings(3, 50),
    "learner.processed/1" -> processed,
    "learner.batch-processed/1" -> new BatchProcessed(ju.List.of("1-19-0a1b2c3d"), 1, processed),
    "learner.rewarded/1" -> new Rewarded(true, 1, 20),
    "learner.learner-view/1" ->
      new LearnerView(true, 1, profile, UserState.FRESH, Phase.NORMAL, served, 18, 19, 4, 5, at),
    "learner.insight/1" -> new Insight(
      new TrendReading(Trend.UP, .02, .1, .5),
      Flow.NORMAL,
      new Chronotype.Finding(Chronotype.Kind.EVENING, .75),
      ju.List.of(20, 7, 8),
      12.5,
      9
    ),
    "learner.word-view/1" -> wordView,
    "learner.due-words/1" -> new DueWords(ju.List.of(wordView)),
    "learner.pendings/1" -> new Pendings(ju.List.of(waiting), true),
    "learner.read-model/1" -> new ReadModel,
    "learner.read-words/1" -> new ReadWords(50),
    "learner.read-forgetting/1" -> new ReadForgetting("pombe"),
    "learner.model-view/1" -> new ModelView(
      true,
      1,
      Phase.EXPLORE,
      UserType.STABLE,
      18,
      4,
      19,
      UserState.FRESH,
      strategy,
      bucket,
      Doubles.of(.5, -.25),
      Doubles.of(1, .125),
      ju.List.of(new Posterior(.75, .25, 3)),
      .5,
      Doubles.of(.4, .25, .25, .1),
      7
    ),
    "learner.word-list/1" -> new WordList(2, 1, ju.List.of(wordView)),
    "learner.forgetting/1" -> new Forgetting(
      wordView,
      ju.List.of(new Review(at, true, 1_607)),
      at + 500,
      ju.List.of(new ForgettingCurve.Point(at, 1, null), new ForgettingCurve.Point(at + 1_000, .75, .875))
    ),
    "learner.step/1" -> new Step(
      "1-19-0a1b2c3d",
      at,
      "pombe",
      true,
      1_607,
      .5,
      -1.0,
      Phase.NORMAL,
      Source.ENSEMBLE,
      votes,
      7,
      strategy,
      Strategy.STANDARD,
      guards,
      bucket,
      .5,
      UserState.FRESH
    ),
    "learner.restarted/1" -> new Restarted(2, at)
  )

  private def golden(name: String): String = {
    val file = name.replaceFirst("\\.", "/").replace("/1", ".1.json")
    stored(file).getOrElse(fail(s"$file is missing; it would hold ${Json.STORED.writeValueAsString(samples(name))}"))
  }

  private def stored(file: String): Option[String] = Option(getClass.getResourceAsStream(s"/golden/$file")).map {
    stream =>
      try new String(stream.readAllBytes(), UTF_8).trim
      finally stream.close()
  }

  private def leaves(sealedType: Class[_]): Set[Class[_]] =
    if (sealedType.isSealed) sealedType.getPermittedSubclasses.toSet.flatMap(leaves(_: Class[_])) else Set(sealedType)

  "Every stored or sent name" should {
    LearnerNames.ALL.asScala.foreach { case (name, named) =>
      s"be read as it always was: $name" in {
        Json.STORED.readValue(golden(name), named).asInstanceOf[AnyRef] shouldBe samples(name)
      }
      s"be written as it always was: $name" in {
        Json.STORED.writeValueAsString(samples(name)) shouldBe golden(name)
      }
    }
    "belong to one event, command or answer, and each of these have one" in {
      val known = Seq(classOf[LearnerEvent], classOf[LearnerCommand[_]], classOf[LearnerAnswer], classOf[WatchAnswer])
        .flatMap(leaves(_))
      LearnerNames.ALL.values.asScala.toSet[Class[_]] shouldBe known.toSet + classOf[Learner]
    }
    "be dotted, kebab-case and versioned" in {
      LearnerNames.ALL.keySet.asScala.foreach(_ should fullyMatch regex """learner\.[a-z]+(-[a-z]+)*/[1-9]""")
    }
  }

  "What was stored for algorithm 1" should {
    "have no member followed by trials" in {
      val configured = Json.STORED.readValue(stored("learner/algorithm-1/configured.1.json").get, classOf[Configured])
      (configured.settings.algorithm, configured.settings.ensemble) shouldBe ((1, EnsembleSettings.REFERENCE))
      val learner = Json.STORED.readValue(stored("learner/algorithm-1/learner.1.json").get, classOf[Learner])
      (learner.settings, learner.mind) shouldBe ((configured.settings, Mind.fresh(configured.settings)))
    }
    "be folded as it was: no absence ends a session, and a wait ends by when the answer was dated" in {
      val day = 86_400_000L
      val begun = Json.STORED.readValue(stored("learner/algorithm-1/configured.1.json").get, classOf[Configured])
      val fresh = begun.applyTo(new LearnerDefinition().empty, new Stamp("u-ann", at, 1))
      val one =
        new Answered(1, "pombe", seen, new Answered.Credited(0, .5), null, new Served("1-1-0a1b2c3d", 1, choice))
      val learner = one.applyTo(fresh, new Stamp("u-ann", at + 90 * day, 2))
      val waited = learner.decisions.find(0).awaited
      waited.expiresMillis shouldBe waited.dueMillis + 30 * day
      val late = new Observation(true, 1_607, 1_800.5, 1, 0, 2, 250, 1.5, 40.0, at + 3 * day, 17)
      val habit = learner.mind.after(late, begun.settings).student.habit
      (habit.answersInSession, habit.sessionStartMillis) shouldBe ((2, at))
    }
  }

  "A turn of a learner" should {
    "come back from the journal as it went in" in {
      val serializer = new TurnSerializer(EventCatalog.of(LearnerNames.ALL))
      val events = samples.values.collect { case event: LearnerEvent => event }.toList
      val entry = new Turn.Entry("u-ann", at, events.asJava, null, null, null)
      val turn = new Turn(1, at, Definition.NEVER, "default", ju.List.of(entry))
      serializer.fromBinary(serializer.toBinary(turn), serializer.manifest(turn)) shouldBe turn
    }
  }
}
