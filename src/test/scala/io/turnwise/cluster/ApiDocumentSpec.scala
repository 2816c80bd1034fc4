package io.turnwise.cluster

import scala.io.Source
import scala.jdk.CollectionConverters._
import scala.util.Using

import com.fasterxml.jackson.databind.JsonNode
import com.networknt.schema.{InputFormat, SchemaRegistry}
import com.networknt.schema.dialect.Dialects
import io.turnwise.http.Access
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class ApiDocumentSpec extends AnyWordSpec with NodeFixture with Matchers {

  import ApiDocumentSpec.Operation
  import ApiContract.{document, escaped, resolved}

  private val methods = Set("get", "put", "post", "delete", "patch")

  private lazy val operations: Seq[Operation] = for {
    path <- document.get("paths").properties.asScala.toSeq
    method <- path.getValue.properties.asScala.toSeq if methods(method.getKey)
  } yield Operation(method.getKey.toUpperCase, path.getKey, s"/paths/${escaped(path.getKey)}/${method.getKey}")

  /** Scripts, styles and pictures belong to a page and are not called. */
  private lazy val callable =
    endpoints.filterNot(each => each.path.matches("/[^/]*\\.\\w+") && each.path != "/openapi.json")

  private def places(node: JsonNode, at: String): Seq[(String, JsonNode)] =
    (at -> node) +: (if (node.isObject)
                       node.properties.asScala.toSeq
                         .flatMap(each => places(each.getValue, s"$at/${escaped(each.getKey)}"))
                     else
                       node.elements.asScala.toSeq.zipWithIndex.flatMap { case (each, i) => places(each, s"$at/$i") })

  "The document" should {
    "be what OpenAPI 3.1 says that one is" in {
      val metaSchema =
        Using.resource(Source.fromResource("openapi/openapi-3.1.schema.json"))(_.mkString)
      val schema = SchemaRegistry.withDialect(Dialects.getDraft202012).getSchema(metaSchema, InputFormat.JSON)
      schema.validate(document).asScala shouldBe empty
      schema.validate(NodeFixture.json("""{"openapi":"3.1.0","info":{"title":"x"},"paths":{}}""")).asScala should
        not be empty
    }
    "be served as it is, and not again to who has it" in {
      val answer = get("/openapi.json")
      answer.json shouldBe NodeFixture.json(document.toString)
      get("/openapi.json", headers = Seq("If-None-Match" -> answer.etag)).status shouldBe 304
    }
    "hold references to nothing that is missing" in {
      val references = places(document, "").collect { case (at, node) if node.path("$ref").isTextual => at }
      references.size should be > 100
      references.foreach(at => withClue(at)(document.at(resolved(at)).isMissingNode shouldBe false))
    }
    "hold nothing that is used nowhere" in {
      val used = places(document, "").map(_._2.path("$ref").asText).toSet ++ // messages, whose texts name them
        Set("SocketMessage", "SocketBid", "BulkLine").map("#/components/schemas/" + _)
      val kinds = Seq("schemas", "responses", "parameters", "headers", "examples")
      for (kind <- kinds; each <- document.at(s"/components/$kind").properties.asScala.map(_.getKey))
        withClue(s"$kind $each")(used should contain(s"#/components/$kind/$each"))
    }
  }

  "An operation" should {
    "stand in it for every endpoint, and for nothing else" in {
      operations.map(_.name).sorted shouldBe callable.map(each => s"${each.method.value} ${each.path}").sorted
    }
    "be open to whom the node lets in" in {
      val accessOf = callable.map(each => s"${each.method.value} ${each.path}" -> each).toMap
      operations.foreach { operation =>
        val endpoint = accessOf(operation.name)
        val inQuery = if (endpoint.isStream) Seq("""{"query_token":[]}""") else Nil
        val expected = endpoint.access match {
          case Access.PUBLIC   => Nil
          case Access.READER   => Seq("{}", """{"bearer":[]}""") ++ inQuery
          case Access.MEMBER   => """{"bearer":[]}""" +: inQuery
          case Access.OPERATOR => Seq("""{"bearer":["service"]}""", """{"bearer":["admin"]}""")
          case Access.ADMIN    => Seq("""{"bearer":["admin"]}""")
        }
        withClue(operation.name)(operation.node.path("security").asScala.map(_.toString).toSeq shouldBe expected)
      }
    }
    "say what it does, under a name of its own, and what is refused" in {
      operations.foreach { operation =>
        withClue(operation.name) {
          operation.node.path("summary").asText should not be empty
          operation.node.path("tags").size shouldBe 1
          operation.node.path("responses").has("default") shouldBe true
          operation.node.path("responses").has("401") shouldBe
            (operation.node.path("security").size > 0 || operation.path == "/api/auth/login")
        }
      }
      operations.map(_.node.path("operationId").asText).distinct.size shouldBe operations.size
    }
    "have an example of its body" in {
      operations.filter(_.node.has("requestBody")).foreach { operation =>
        operation.node.at("/requestBody/content").properties.asScala.foreach { each =>
          val place = s"${operation.place}/requestBody/content/${escaped(each.getKey)}"
          val hasOne = Seq(s"$place/example", s"${resolved(s"$place/schema")}/examples/0")
            .exists(at => !document.at(at).isMissingNode)
          withClue(operation.name)(hasOne shouldBe true)
        }
      }
    }
  }

  "An example" should {
    "be what its schema says" in {
      val examples = places(document, "").collect {
        case (at, node) if at.matches(".*/examples/\\d+") => (at.replaceAll("/examples/\\d+$", ""), node)
        case (at, node) if at.endsWith("/example")        => (at.stripSuffix("example") + "schema", node)
        case (at, node) if at.matches(".*/content/[^/]+/examples/[a-z]+") && node.has("$ref") =>
          (at.replaceAll("/examples/[a-z]+$", "/schema"), document.at(s"${resolved(at)}/value"))
      }
      examples.size should be > 20
      examples.foreach { case (schema, example) =>
        withClue(s"$schema $example: ")(ApiContract.errors(schema, example) shouldBe Nil)
      }
    }
  }

  "An answer" should {
    "be found out when it is not as it stands there" in {
      def check(status: Int, body: String, kind: String = "application/json") = ApiContract.differs(
        ApiContract.Exchanged(
          "GET",
          "/health/live",
          status,
          Map("Content-Type" -> kind, "X-Request-ID" -> "r").get(_: String),
          body
        )
      )
      check(200, """{"status":"up"}""") shouldBe Nil
      check(200, """{"status":"up","surplus":1}""") should not be Nil
      check(200, "{}") should not be Nil
      check(200, "{") should not be Nil
      check(200, """{"status":"up"}""", "text/plain") should not be Nil
      check(201, """{"status":"up"}""") should not be Nil
      check(404, """{"status":"up"}""") should not be Nil
    }
  }

  "The page to try it" should {
    "load nothing from elsewhere and run no script that stands in it" in {
      val page = get("/docs")
      page.status shouldBe 200
      page.header("Content-Type").get should startWith("text/html")
      page.header("Content-Security-Policy").get should (include("default-src 'self'") and not include "unsafe")
      val links = "(?:src|href)=\"([^\"]+)\"".r.findAllMatchIn(page.text).map(_.group(1)).toSeq
      links should contain allOf ("docs.js", "swagger-ui.css", "swagger-ui-bundle.js")
      links.foreach(link => get(s"/$link").status shouldBe 200)
      "<script[^>]*>[^<]".r.findFirstIn(page.text) shouldBe None
      get("/").text should include("href=\"docs\"")
    }
  }
}

object ApiDocumentSpec {

  private final case class Operation(method: String, path: String, place: String) {
    def name: String = s"$method $path"
    def node: JsonNode = ApiContract.document.at(place)
  }
}
