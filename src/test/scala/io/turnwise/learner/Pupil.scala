package io.turnwise.learner

import io.turnwise.journal.Json
import io.turnwise.learner.LearnerAnswer._
import io.turnwise.learner.LearnerCommand._
import io.turnwise.learner.LearnerRead._
import io.turnwise.turn.{Caller, Command, Decision, Event, Stamp}

import scala.collection.mutable.ArrayBuffer
import scala.jdk.CollectionConverters._

/** A learner that runs as the kernel runs it, without the kernel: what is due is written before every command. */
final class Pupil(user: String = "ann", configuration: Configuration = Configuration.STANDARD) {

  private val definition = new LearnerDefinition
  private var held = definition.empty()
  private var lastMillis: Long = 0
  val journal = ArrayBuffer.empty[(Event[Learner], Stamp)]
  val origin = new Origin(user, configuration)

  def state: Learner = held
  def events: Seq[Event[Learner]] = journal.map(_._1).toSeq

  def ask[A](atMillis: Long, command: Command[Learner, A]): Either[String, A] = {
    wake(atMillis)
    command.decide(held, new Stamp(user, lastMillis, journal.size.toLong)) match {
      case yes: Decision.Accepted[Learner @unchecked, A @unchecked] =>
        yes.events.asScala.foreach(write(_, user))
        Right(yes.answer.apply(held, new Stamp(user, lastMillis, journal.size.toLong)))
      case no: Decision.Refused[Learner @unchecked, A @unchecked] => Left(no.reason.code)
    }
  }

  def wake(atMillis: Long): Unit = {
    lastMillis = math.max(lastMillis, atMillis)
    while (definition.wakeAtMillis(held) <= lastMillis) {
      val due = definition.due(held, new Stamp(Caller.SYSTEM, lastMillis, journal.size.toLong))
      assert(!due.isEmpty)
      due.forEach(write(_, Caller.SYSTEM))
    }
  }

  private def write(event: Event[Learner], by: String): Unit = {
    val stamp = new Stamp(by, lastMillis, journal.size + 1L)
    held = event.applyTo(held, stamp)
    journal += event -> stamp
  }

  /** Puts the state aside as a snapshot and goes on from what was read back. */
  def restart(): Unit = held = Pupil.copyOf(held)

  /** What the journal alone makes of it, read back from how it is stored. */
  def folded: Learner = journal.foldLeft(definition.empty()) { case (state, (event, stamp)) =>
    Pupil.copyOf(event).applyTo(state, stamp)
  }

  def process(atMillis: Long, report: Report): Either[String, Processed] =
    ask(atMillis, new TakeAnswer(origin, report))

  def answer(
      atMillis: Long,
      word: String = "pombe",
      right: Boolean = true,
      rt: Double = 1_600,
      decision: String = null
  ): Processed =
    process(atMillis, Pupil.report(word, right, rt, decision)) match {
      case Right(processed) => processed
      case Left(code)       => throw new AssertionError(s"refused: $code")
    }

  def reward(atMillis: Long, id: String, decision: String, reward: Double = .5): Either[String, Rewarded] =
    ask(atMillis, new RewardDecision(id, decision, reward))

  def view(atMillis: Long): LearnerView = ask(atMillis, new ReadLearner).toOption.get
}

object Pupil {

  val start: Long = 1_700_000_000_000L
  val Minute: Long = 60_000L
  val Day: Long = 24 * 60 * Minute

  def report(
      word: String,
      right: Boolean,
      rt: Double = 1_600,
      decision: String = null,
      at: java.lang.Long = null,
      pauses: Int = 0
  ): Report = new Report(word, decision, right, rt, rt, pauses, 0, 0, 0, 1, null, at)

  /** As it comes back from where it is stored. */
  def copyOf[A <: AnyRef](value: A): A =
    Json.STORED.readValue(Json.STORED.writeValueAsBytes(value), value.getClass).asInstanceOf[A]
}
