package io.turnwise.operations

import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}
import io.turnwise.journal.Json
import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class JsonPatchSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val mapper = new ObjectMapper

  private def patch(from: JsonNode, to: JsonNode): JsonNode = Json.STORED.valueToTree(JsonPatch.between(from, to))

  private def told(from: String, to: String): Seq[String] =
    patch(mapper.readTree(from), mapper.readTree(to)).asScala
      .map(step => s"${step.path("op").asText} ${step.path("path").asText} ${step.path("value")}".trim)
      .toSeq

  private def values(depth: Int): Gen[String] = {
    val leaf = Gen.oneOf("1", "2", "\"a\"", "null", "true", "{}", "[]")
    if (depth == 0) leaf
    else {
      val inner = values(depth - 1)
      val names = Gen.oneOf("a", "b", "/", "~", "")
      val lists = Gen.choose(0, 6).flatMap(Gen.listOfN(_, inner)).map(_.mkString("[", ",", "]"))
      val objects = Gen
        .choose(0, 4)
        .flatMap(Gen.listOfN(_, Gen.zip(names, inner)))
        .map(_.toMap.map { case (name, value) => s""""$name":$value""" }.mkString("{", ",", "}"))
      Gen.frequency(1 -> leaf, 3 -> lists, 3 -> objects)
    }
  }

  "A patch" should {
    "make one value of the other, whatever they are" in forAll(values(3), values(3), minSuccessful(2_000)) { (a, b) =>
      val (from, to) = (mapper.readTree(a), mapper.readTree(b))
      Patched(from, patch(from, to)) shouldBe to
    }
    "be empty between equals" in forAll(values(3))(value => told(value, value) shouldBe Nil)
    "name what changed, and nothing else" in {
      told("""{"a":1,"b":{"c":[1,2]}}""", """{"a":1,"b":{"c":[1,3],"d":null}}""") shouldBe
        Seq("replace /b/c/1 3", "add /b/d null")
    }
    "move nothing that stays in a list" in {
      told("[1,2,3,4,5]", "[1,5,2,3,4]") shouldBe Seq("add /1 5", "remove /5")
      told("""[{"n":1},{"n":2},{"n":3}]""", """[{"n":1},{"n":9},{"n":3}]""") shouldBe Seq("replace /1/n 9")
      told("[1,2,3]", "[3]") shouldBe Seq("remove /0", "remove /0")
    }
    "escape what pointers reserve" in {
      told("""{"a/b":1,"~":2}""", """{"a/b":2}""") shouldBe Seq("remove /~0", "replace /a~1b 2")
    }
    "be right for long lists, too, of which it looks at no more than is bounded" in {
      val from = mapper.readTree((1 to 3_000).mkString("[", ",", "]"))
      val to = mapper.readTree((3_000 to 1 by -1).mkString("[", ",", "]"))
      Patched(from, patch(from, to)) shouldBe to
    }
  }
}
