package io.turnwise.projection.stream

import java.{util => ju}
import java.util.concurrent.CompletionStage

import scala.annotation.meta.getter
import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.annotation.{JsonCreator, JsonProperty}
import io.turnwise.journal.Json
import io.turnwise.projection.{LuaScript, Redis}
import io.turnwise.turn.{Command, Decision, Definition, Event, Stamp, Turn}

/** A task somebody has to do: the entity, its stream, and a read model of it in Redis. */
final class Tasks @JsonCreator() (
    @(JsonProperty @getter)("title") @JsonProperty("title") val title: String,
    @(JsonProperty @getter)("done") @JsonProperty("done") val done: Boolean
)

object Tasks {

  final case class TaskCreated(@(JsonProperty @getter)("title") @JsonProperty("title") title: String)
      extends Event[Tasks] {
    override def applyTo(before: Tasks, at: Stamp): Tasks = new Tasks(title, false)
  }

  final case class TaskDone(@(JsonProperty @getter)("well") @JsonProperty("well") well: Boolean) extends Event[Tasks] {
    override def applyTo(before: Tasks, at: Stamp): Tasks = new Tasks(before.title, true)
  }

  private def answer: ju.function.BiFunction[Tasks, Stamp, Tasks] = (after, _) => after

  final case class Create(@(JsonProperty @getter)("title") @JsonProperty("title") title: String)
      extends Command[Tasks, Tasks] {
    override def decide(task: Tasks, at: Stamp): Decision[Tasks, Tasks] = Decision.accept(TaskCreated(title), answer)
  }

  final case class Finish(@(JsonProperty @getter)("well") @JsonProperty("well") well: Boolean)
      extends Command[Tasks, Tasks] {
    override def decide(task: Tasks, at: Stamp): Decision[Tasks, Tasks] = Decision.accept(TaskDone(well), answer)
  }

  object Rules extends Definition[Tasks] {
    override def `type`: String = "task"
    override def empty: Tasks = new Tasks("", false)
  }

  val Names: ju.Map[String, Class[_]] = Map[String, Class[_]](
    "task.task-created/1" -> classOf[TaskCreated],
    "task.task-done/1" -> classOf[TaskDone],
    "task.create/1" -> classOf[Create],
    "task.finish/1" -> classOf[Finish],
    "task.state/1" -> classOf[Tasks]
  ).asJava

  // ---- the stream

  val Stream = "cqrs:stream:task"
  val Group = "task_projection_group"

  /** `task.created/1` */
  final case class Created(
      @(JsonProperty @getter)("title") @JsonProperty("title") title: String,
      @(JsonProperty @getter)("user") @JsonProperty("user") user: String
  )

  /** `task.completed/1` */
  final case class Completed(@(JsonProperty @getter)("user") @JsonProperty("user") user: String)

  private def published(event: Event[_], entry: Turn.Entry): ju.Optional[Publication.Body] = event match {
    case TaskCreated(title) => ju.Optional.of(new Publication.Body("task.created/1", Created(title, entry.by)))
    case TaskDone(_)        => ju.Optional.of(new Publication.Body("task.completed/1", Completed(entry.by)))
    case _                  => ju.Optional.empty
  }

  val Published: Publication = new Publication(
    Stream,
    "task",
    ju.Set.of("task.task-created/1", "task.task-done/1"),
    (event, entry) => published(event, entry)
  )

  // ---- the read model

  /** A task as a whole, the tasks of a user by time, and how many he has had: changed together, and once by every
    * message.
    */
  final class InRedis(redis: Redis) extends ReadModel.InRedis {
    private val script = LuaScript.resource(classOf[InRedis], "task.lua")

    override def apply(message: Published): CompletionStage[java.lang.Boolean] = {
      val body = Json.STORED.readTree(message.body)
      val task = message.entity.drop(message.entity.indexOf(':') + 1)
      val user = body.path("user").asText
      val keys = Seq(s"task:view:$task", s"task:version:$task", s"user:tasks:$user", s"user:task:stats:$user")
      val arguments = Seq(message.name, s"${message.version}", s"${message.atMillis}", task, body.path("title").asText)
      redis
        .run(script, keys.asJava, arguments.asJava)
        .thenApply(answer => java.lang.Boolean.valueOf(answer.get(0) == java.lang.Long.valueOf(1)))
    }
  }
}
