package io.turnwise.operations

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.core.JsonPointer
import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.{ArrayNode, ObjectNode}

/** Applies JSON patches as RFC 6902 has it, as far as ours go. */
object Patched {

  def apply(document: JsonNode, patch: JsonNode): JsonNode =
    patch.asScala.foldLeft(document.deepCopy[JsonNode]()) { (whole, step) =>
      val path = JsonPointer.compile(step.path("path").asText)
      val value = step.path("value").deepCopy[JsonNode]()
      if (path.matches()) value
      else {
        change(whole.at(path.head), path.last.getMatchingProperty, step.path("op").asText, value)
        whole
      }
    }

  private def change(parent: JsonNode, name: String, op: String, value: JsonNode): Unit = parent match {
    case fields: ObjectNode =>
      require((op == "add") != fields.has(name), s"$op $name")
      if (op == "remove") fields.remove(name) else fields.set[JsonNode](name, value)
      ()
    case elements: ArrayNode =>
      val at = name.toInt
      require(at < elements.size || (op == "add" && at == elements.size), s"$op $name")
      op match {
        case "add"     => elements.insert(at, value)
        case "remove"  => elements.remove(at)
        case "replace" => elements.set(at, value)
      }
      ()
    case _ => throw new IllegalArgumentException(s"$op of $name in $parent")
  }
}
