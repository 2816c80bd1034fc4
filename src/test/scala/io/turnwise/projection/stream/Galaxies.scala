package io.turnwise.projection.stream

import java.{util => ju}

import scala.annotation.meta.getter
import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.annotation.{JsonCreator, JsonProperty}
import io.turnwise.turn.{Command, Decision, Definition, Event, Stamp, Turn}

/** The smallest domain whose events others read: astronomers discover stars, one galaxy is one entity. */
final class Galaxies @JsonCreator() (@(JsonProperty @getter)("stars") @JsonProperty("stars") val stars: Long)

object Galaxies {

  /** As the journal keeps it. */
  final case class StarFound(@(JsonProperty @getter)("name") @JsonProperty("name") name: String)
      extends Event[Galaxies] {
    override def applyTo(before: Galaxies, at: Stamp): Galaxies = new Galaxies(before.stars + 1)
  }

  private def answer: ju.function.BiFunction[Galaxies, Stamp, Galaxies] = (after, _) => after

  final case class Discover(@(JsonProperty @getter)("name") @JsonProperty("name") name: String)
      extends Command[Galaxies, Galaxies] {
    override def decide(galaxy: Galaxies, at: Stamp): Decision[Galaxies, Galaxies] =
      Decision.accept(StarFound(name), answer)
  }

  final case class Look(@(JsonProperty @getter)("far") @JsonProperty("far") far: Boolean)
      extends Command[Galaxies, Galaxies] {
    override def decide(galaxy: Galaxies, at: Stamp): Decision[Galaxies, Galaxies] = Decision.answer(galaxy)
  }

  /** As others read it: a shape of its own, with a golden file of its own. */
  final case class StarDiscovered(
      @(JsonProperty @getter)("star") @JsonProperty("star") star: String,
      @(JsonProperty @getter)("discovered_by") @JsonProperty("discovered_by") discoveredBy: String
  )

  object Rules extends Definition[Galaxies] {
    override def `type`: String = "galaxy"
    override def empty: Galaxies = new Galaxies(0)
    override def wakeAtMillis(galaxy: Galaxies): Long = Definition.NEVER
    override def due(galaxy: Galaxies, at: Stamp): ju.List[_ <: Event[Galaxies]] = ju.List.of()
    override def feed: Command[Galaxies, _] = Look(true)
  }

  val Names: ju.Map[String, Class[_]] = Map[String, Class[_]](
    "galaxy.star-found/1" -> classOf[StarFound],
    "galaxy.discover/1" -> classOf[Discover],
    "galaxy.look/1" -> classOf[Look],
    "galaxy.state/1" -> classOf[Galaxies]
  ).asJava

  private def published(event: Event[_], entry: Turn.Entry): ju.Optional[Publication.Body] = event match {
    case StarFound(name) =>
      ju.Optional.of(new Publication.Body("galaxy.star-discovered/1", StarDiscovered(name, entry.by)))
    case _ => ju.Optional.empty
  }

  val Stream = "cqrs:stream:galaxy"
  val Group = "galaxy_projection_group"

  val Published: Publication =
    new Publication(Stream, "galaxy", ju.Set.of("galaxy.star-found/1"), (event, entry) => published(event, entry))
}
