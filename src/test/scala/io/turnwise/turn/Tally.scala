package io.turnwise.turn

import java.{util => ju}
import java.lang.{Long => JLong}

import scala.annotation.meta.getter
import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.annotation.{JsonCreator, JsonProperty}

/** The smallest domain that shows what a turn does: amounts are added, at a deadline the tally closes by itself. */
final class Tally @JsonCreator() (
    @(JsonProperty @getter)("total") @JsonProperty("total") val total: Long,
    @(JsonProperty @getter)("history") @JsonProperty("history") val history: ju.List[String],
    @(JsonProperty @getter)("closes_at") @JsonProperty("closes_at") val closesAt: JLong,
    @(JsonProperty @getter)("closed") @JsonProperty("closed") val closed: Boolean
) {
  override def equals(other: Any): Boolean = other match {
    case that: Tally =>
      total == that.total && history == that.history && closesAt == that.closesAt && closed == that.closed
    case _ => false
  }
  override def hashCode: Int = history.hashCode
  override def toString: String = s"Tally($total, $history, $closesAt, $closed)"
}

object Tally {
  val Empty = new Tally(0, ju.List.of(), null, false)

  object Refusal extends Rejection {
    override val words =
      new Rejection.Words(
        "tally.refused",
        Rejection.Kind.RULE,
        "Amounts are positive, and a closed tally takes none."
      )
  }

  final case class Added(@(JsonProperty @getter)("amount") @JsonProperty("amount") amount: Long) extends Event[Tally] {
    override def applyTo(before: Tally, at: Stamp): Tally = {
      val history = new ju.ArrayList(before.history)
      history.add(s"${at.by}:$amount@${at.atMillis}#${at.version}")
      new Tally(before.total + amount, history, before.closesAt, before.closed)
    }
  }
  final case class DeadlineSet(@(JsonProperty @getter)("at") @JsonProperty("at") at: Long) extends Event[Tally] {
    override def applyTo(before: Tally, stamp: Stamp): Tally =
      new Tally(before.total, before.history, at, before.closed)
  }
  final case class Closed(@(JsonProperty @getter)("at") @JsonProperty("at") at: Long) extends Event[Tally] {
    override def applyTo(before: Tally, stamp: Stamp): Tally =
      new Tally(before.total, before.history, before.closesAt, true)
  }

  final case class Total(
      @(JsonProperty @getter)("total") @JsonProperty("total") total: Long,
      @(JsonProperty @getter)("version") @JsonProperty("version") version: Long
  )

  private def answer: ju.function.BiFunction[Tally, Stamp, Total] = (tally, at) => Total(tally.total, at.version)

  final case class Add(@(JsonProperty @getter)("amount") @JsonProperty("amount") amount: Long)
      extends Command[Tally, Total] {
    override def decide(tally: Tally, at: Stamp): Decision[Tally, Total] =
      if (amount == Add.Poison) throw new IllegalStateException("a fault in a rule")
      else if (amount <= 0 || tally.closed) Decision.refuse(Refusal)
      else Decision.accept(Added(amount), answer)
  }
  object Add { val Poison = 666L }
  final case class CloseAt(@(JsonProperty @getter)("at") @JsonProperty("at") at: Long) extends Command[Tally, Total] {
    override def decide(tally: Tally, stamp: Stamp): Decision[Tally, Total] =
      Decision.accept(DeadlineSet(at), answer)
  }
  final case class Read(@(JsonProperty @getter)("all") @JsonProperty("all") all: Boolean)
      extends Command[Tally, Tally] {
    override def decide(tally: Tally, at: Stamp): Decision[Tally, Tally] = Decision.answer(tally)
  }

  object Rules extends Definition[Tally] {
    override def `type`: String = "tally"
    override def empty: Tally = Empty
    override def wakeAtMillis(tally: Tally): Long =
      if (tally.closesAt == null || tally.closed) Definition.NEVER else tally.closesAt
    override def due(tally: Tally, at: Stamp): ju.List[_ <: Event[Tally]] = ju.List.of(Closed(tally.closesAt))
    override def feed: Command[Tally, _] = Read(true)

    /** Who adds an odd amount hears of it himself, of an even one everybody does; of thirteen it cannot be told. */
    override def notices(before: Tally, event: Event[Tally], at: Stamp): ju.function.Function[Tally, ju.List[Notice]] =
      event match {
        case Added(13)     => throw new IllegalStateException("a fault in a notice")
        case Added(amount) =>
          after => {
            val audience = if (amount % 2 == 1) at.by else null
            ju.List.of(new Notice(at.version, audience, Total(after.total, at.version)))
          }
        case _ => _ => ju.List.of()
      }
  }

  val Names: ju.Map[String, Class[_]] = Map[String, Class[_]](
    "tally.added/1" -> classOf[Added],
    "tally.deadline-set/1" -> classOf[DeadlineSet],
    "tally.closed/1" -> classOf[Closed],
    "tally.total/1" -> classOf[Total],
    "tally.add/1" -> classOf[Add],
    "tally.close-at/1" -> classOf[CloseAt],
    "tally.read/1" -> classOf[Read],
    "tally.state/1" -> classOf[Tally]
  ).asJava
}
