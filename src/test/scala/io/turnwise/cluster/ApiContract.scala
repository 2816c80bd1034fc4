package io.turnwise.cluster

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue

import scala.jdk.CollectionConverters._
import scala.util.Try
import scala.util.matching.Regex

import com.fasterxml.jackson.databind.JsonNode
import com.networknt.schema.{Schema, SchemaLocation, SchemaRegistry, SchemaRegistryConfig}
import com.networknt.schema.dialect.Dialects
import io.turnwise.http.ApiDocument
import org.scalatest.Assertions.fail

/** Whether the node answers as `/openapi.json` says that it does; an answer that differs fails its spec. */
object ApiContract {

  /** An answer as it came, to what was asked. */
  final case class Exchanged(
      method: String,
      path: String,
      status: Int,
      header: String => Option[String],
      body: String
  )

  private final case class Template(path: String, pattern: Regex, parameters: Int)

  lazy val document: JsonNode = ApiDocument.of(Domains.API_PARTS)

  private val Iri = "https://turnwise.example/openapi.json"

  private lazy val registry = SchemaRegistry.withDialect(
    Dialects.getOpenApi31,
    builder =>
      builder
        .schemas(java.util.Map.of(Iri, document.toString))
        .schemaRegistryConfig(SchemaRegistryConfig.builder.formatAssertionsEnabled(true).build): Unit
  )

  private val schemas = new ConcurrentHashMap[String, Schema]

  private lazy val templates: Seq[Template] = document
    .get("paths")
    .properties
    .asScala
    .map(_.getKey)
    .toSeq
    .map { path =>
      val pattern = path.split("((?<=})|(?=\\{))").map(part => if (part.startsWith("{")) "[^/]+" else Regex.quote(part))
      Template(path, pattern.mkString.r, path.count(_ == '{'))
    }
    .sortBy(_.parameters) // a literal before a parameter, as the node looks

  private val found = new ConcurrentLinkedQueue[String]

  /** What has differed since this was asked last, in case that whoever asked has looked away. */
  def differences(): Seq[String] = Iterator.continually(found.poll()).takeWhile(_ != null).toSeq

  /** The template of a path; none where it leads nowhere. */
  def template(path: String): Option[String] = templates.find(_.pattern.matches(path)).map(_.path)

  /** Fails where an answer differs; says nothing of paths that are not ours. */
  def check(answer: Exchanged): Unit =
    note(s"${answer.method} ${answer.path} answered ${answer.status}", differs(answer), answer.body).foreach(fail(_))

  /** In what it differs. */
  def differs(answer: Exchanged): Seq[String] =
    template(answer.path.takeWhile(_ != '?')).toSeq.flatMap { known =>
      val method = answer.method.toLowerCase
      val operation = s"/paths/${escaped(known)}/$method"
      if (exists(operation)) declared(answer, s"$operation/responses")
      else if (answer.status >= 400 && method != "head") content(answer, "/components/responses/Problem")
      else if (Set("head", "options").contains(method)) Nil
      else Seq("stands nowhere")
    }

  /** A message of a stream; only noted where it differs, because who reads a stream is no spec. */
  def noteMessage(schema: String, text: String): Unit =
    note(s"A message was no $schema", invalid(s"/components/schemas/$schema", text), text)

  private def note(what: String, errors: Seq[String], body: String): Option[String] =
    Option.when(errors.nonEmpty) {
      val difference = s"$what, which ${errors.mkString("; ")}: ${body.take(2_000)}"
      found.add(difference)
      difference
    }

  private def declared(answer: Exchanged, responses: String): Seq[String] =
    Seq(answer.status.toString, "default").map(name => s"$responses/$name").find(exists) match {
      case Some(place) if place.endsWith("/default") && answer.status < 400 => Seq("is not among the answers")
      case Some(place)                                                      => content(answer, resolved(place))
      case None                                                             => Seq("is not among the answers")
    }

  private def content(answer: Exchanged, response: String): Seq[String] = {
    val kind = answer.header("Content-Type").map(_.takeWhile(_ != ';').trim.toLowerCase)
    val kinds = document.at(s"$response/content")
    val wrong =
      if (kinds.isMissingNode) Option.when(answer.body.nonEmpty)("has a body").toSeq
      else
        kind.filter(kinds.has) match {
          case None       => Seq(s"is $kind")
          case Some(each) => body(answer, each, s"$response/content/${escaped(each)}/schema")
        }
    headers(answer, response) ++ wrong
  }

  private def body(answer: Exchanged, kind: String, schema: String): Seq[String] = kind match {
    case "application/json" | "application/problem+json" => invalid(schema, answer.body)
    case "application/x-ndjson"                          =>
      answer.body.linesIterator.flatMap(invalid("/components/schemas/BulkAnswer", _)).take(5).toSeq
    case _ => Nil
  }

  private def headers(answer: Exchanged, response: String): Seq[String] =
    document.at(s"$response/headers").properties.asScala.toSeq.flatMap { each =>
      val place = resolved(s"$response/headers/${escaped(each.getKey)}")
      answer.header(each.getKey) match {
        case Some(value) =>
          val text = com.fasterxml.jackson.databind.node.TextNode.valueOf(value)
          schema(s"$place/schema").validate(text).asScala.map(error => s"has ${each.getKey} $error")
        case None => Option.when(document.at(s"$place/required").asBoolean)(s"has no ${each.getKey}")
      }
    }

  private def invalid(place: String, text: String): Seq[String] =
    Try(NodeFixture.json(text)).fold(
      failure => Seq(s"is no JSON ($failure)"),
      json => schema(place).validate(json).asScala.map(_.toString).toSeq
    )

  /** What is wrong with a value where the schema at this place of the document stands. */
  def errors(place: String, value: JsonNode): Seq[String] = schema(place).validate(value).asScala.map(_.toString).toSeq

  private def schema(place: String): Schema =
    schemas.computeIfAbsent(place, at => registry.getSchema(SchemaLocation.of(s"$Iri#$at")))

  private def exists(place: String) = !document.at(place).isMissingNode

  /** Where a reference leads to. */
  def resolved(place: String): String = {
    val reference = document.at(place).path("$ref")
    if (reference.isTextual) resolved(reference.asText.stripPrefix("#")) else place
  }

  def escaped(name: String): String = name.replace("~", "~0").replace("/", "~1")
}
