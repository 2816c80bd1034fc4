package io.turnwise.learner

import java.nio.file.{Files, Path}
import java.time.{Instant, InstantSource}

import scala.collection.mutable
import scala.jdk.CollectionConverters._

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.node.ObjectNode
import com.fasterxml.jackson.dataformat.yaml.{YAMLGenerator, YAMLMapper}
import io.turnwise.cluster.{ApiContract, NodeFixture}
import io.turnwise.journal.Json
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

/** The examples of the document, called one after the other by a learner whose clock stands still. */
class LearnerExamplesSpec extends AnyWordSpec with NodeFixture with Matchers {

  import LearnerExamplesSpec.Call

  private val now = Instant.parse("2025-06-01T18:00:00Z")

  override protected def clock: InstantSource = InstantSource.fixed(now)

  private val calls = Seq(
    Call("PUT", "/api/amas/profile"),
    Call("GET", "/api/amas/profile"),
    Call("PUT", "/api/amas/reward-profile"),
    Call("GET", "/api/amas/reward-profile"),
    Call("PUT", "/api/amas/learning-objectives"),
    Call("GET", "/api/amas/learning-objectives"),
    Call("POST", "/api/amas/batch-process"),
    Call("POST", "/api/amas/process"),
    Call("GET", "/api/amas/state"),
    Call("GET", "/api/amas/strategy"),
    Call("GET", "/api/amas/phase"),
    Call("GET", "/api/amas/words/due?limit=1"),
    Call("GET", "/api/amas/words/pombe"),
    Call("GET", "/api/amas/words?limit=2"),
    Call("GET", "/api/amas/words/pombe/forgetting"),
    Call("GET", "/api/amas/model"),
    Call("GET", "/api/amas/delayed-rewards?limit=1"),
    Call("POST", "/api/amas/delayed-reward"),
    Call("GET", "/api/amas/explain-decision?decision_id=1-62-c0461671"),
    Call("GET", "/api/amas/decision-timeline?limit=2"),
    Call("GET", "/api/amas/learning-curve?days=7"),
    Call("GET", "/api/amas/trend"),
    Call("GET", "/api/amas/habit-profile"),
    Call("GET", "/api/amas/growth?range=30"),
    Call("POST", "/api/amas/counterfactual"),
    Call("POST", "/api/amas/reset")
  )

  /** A stream, all that is kept, and an answer without a body. */
  private val withoutExample = Set("streamLearner", "exportLearner", "eraseLearner")

  private val user = "u-ann"
  private lazy val ann = token(user)

  /** Sixty answers of forty days before, which make the learner known. */
  private def past: String = {
    val words = Seq("pombe", "samaki", "nyumba", "maji", "kitabu", "rafiki")
    val items = (0 until 60).map { i =>
      val at = now.minusSeconds((60 - i) * 16L * 3_600)
      val right = i % 5 != 2 && i != 10
      val word = if (i == 30) "ndizi" else words(i % 6) // the one met once is due by now
      val rtMillis = 1_400 + 37 * (i % 11)
      s"""{"word_id":"$word","is_correct":$right,"response_time":$rtMillis,"timestamp":"$at"}"""
    }
    items.mkString("{\"items\":[", ",", "]}")
  }

  private def heard(): Seq[(Call, JsonNode)] = calls.map { call =>
    if (call.operation == "processAnswers") post("/api/amas/batch-process", past, ann).status shouldBe 200
    val answer = send(call.method, call.target, call.asked.map(_.toString), ann)
    withClue(s"${call.method} ${call.target}: $answer")(answer.status shouldBe 200)
    call -> Json.STORED.readTree(answer.text)
  }

  /** The document's part with the answers that came, to be compared or taken over. */
  private def written(answers: Seq[(Call, JsonNode)]): Path = {
    val examples = mutable.LinkedHashMap.empty[String, JsonNode]
    answers.foreach { case (call, answer) =>
      val name = call.operation.capitalize
      call.asked.foreach(examples(s"${name}Asked") = _)
      examples(call.answeredName) = answer
    }
    val root = Json.STORED.createObjectNode
    val all: ObjectNode = root.putObject("components").putObject("examples")
    examples.foreach { case (name, value) => all.putObject(name).set[JsonNode]("value", value) }
    val yaml = YAMLMapper
      .builder()
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
      .build()
    val heading =
      "# A call of every kind by one learner, in the order in which the specs make them, and what came of each.\n"
    Files.writeString(Path.of("target", "learner-examples.yaml"), heading + yaml.writeValueAsString(root))
  }

  "Every call of a learner" should {
    "have an example" in {
      val operations = for {
        path <- ApiContract.document.get("paths").properties.asScala.toSeq if path.getKey.startsWith("/api/amas/")
        operation <- path.getValue.properties.asScala
      } yield operation.getValue.path("operationId").asText
      calls.map(_.operation).toSet ++ withoutExample shouldBe operations.toSet
    }
    "be answered as its example says" in {
      val answers = heard()
      val file = written(answers)
      answers.foreach { case (call, answer) =>
        withClue(s"${call.operation} answers otherwise; all that came is in $file: ") {
          call.answered shouldBe Some(answer)
        }
      }
    }
  }
}

object LearnerExamplesSpec {

  private final case class Call(method: String, target: String) {
    private val path = target.takeWhile(_ != '?')
    private val place =
      s"/paths/${ApiContract.escaped(ApiContract.template(path).get)}/${method.toLowerCase}"

    def operation: String = ApiContract.document.at(s"$place/operationId").asText
    def asked: Option[JsonNode] = example(s"$place/requestBody")
    def answered: Option[JsonNode] = example(ApiContract.resolved(s"$place/responses/200"))
    def answeredName: String = nameAt(ApiContract.resolved(s"$place/responses/200"))

    private def nameAt(content: String) =
      ApiContract.document.at(s"$content/content/application~1json/examples/usual/$$ref").asText.split('/').last

    private def example(content: String) =
      Option(ApiContract.document.at(s"/components/examples/${nameAt(content)}/value")).filterNot(_.isMissingNode)
  }
}
