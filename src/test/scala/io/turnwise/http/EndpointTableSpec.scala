package io.turnwise.http

import java.util.List

import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class EndpointTableSpec extends AnyWordSpec with Matchers {

  private val paths = Seq("/words/due", "/words/{id}", "/words/{id}/past", "/a/{x}/b/c", "/a/b/{y}/{z}", "/a/b/b/d")

  private val table =
    new EndpointTable(List.of(paths.map(Endpoint.get(_, Access.PUBLIC, _.done(Responses.noContent))): _*))

  private def find(path: String): Option[(String, Map[String, String])] =
    table.find(path).toScala.map { place =>
      (place.methods.values.asScala.head.path, place.parameters.asScala.toMap)
    }

  "A path" should {
    "lead to a literal before a parameter" in {
      find("/words/due") shouldBe Some(("/words/due", Map.empty))
      find("/words/dog") shouldBe Some(("/words/{id}", Map("id" -> "dog")))
    }
    "lead past a literal that ends, or leads elsewhere" in {
      find("/words/due/past") shouldBe Some(("/words/{id}/past", Map("id" -> "due")))
      find("/a/b/b/c") shouldBe Some(("/a/b/{y}/{z}", Map("y" -> "b", "z" -> "c")))
      find("/a/b/b/d") shouldBe Some(("/a/b/b/d", Map.empty))
      find("/a/c/b/c") shouldBe Some(("/a/{x}/b/c", Map("x" -> "c")))
    }
    "lead nowhere where something is missing, empty or too much" in {
      Seq("/", "/words", "/words/", "/words//past", "/words/due/", "/words/due/past/x", "/a/b/b").flatMap(
        find
      ) shouldBe Nil
    }
  }
}
