package io.turnwise.learner.model

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import scala.jdk.CollectionConverters._

class SettingsSpec extends AnyWordSpec with Matchers {

  private val json = new ObjectMapper

  private def leaves(node: JsonNode, path: String): Map[String, String] =
    if (node.isContainerNode) {
      val named = node.properties.asScala.toSeq.map(field => field.getKey -> field.getValue) ++
        node.elements.asScala.toSeq.zipWithIndex.filter(_ => node.isArray).map(each => s"${each._2}" -> each._1)
      named.flatMap { case (name, inner) => leaves(inner, s"$path.$name".stripPrefix(".")) }.toMap
    } else Map(path -> node.toString)

  private def leaves(settings: Settings): Map[String, String] = leaves(json.valueToTree[JsonNode](settings), "")

  "The standard settings" should {
    "differ from the reference in what is named, and in nothing else" in {
      val (reference, standard) = (leaves(Settings.reference()), leaves(Settings.standard()))
      reference.keySet shouldBe standard.keySet
      reference.keySet.filter(name => reference(name) != standard(name)) shouldBe Set(
        "fatigue.zRtClamp",
        "fatigue.sessionRecovery",
        "returning.applies",
        "engagement.normalise",
        "trend.minSpanDays",
        "actr.decay",
        "actr.tau",
        "actr.s",
        "ensemble.trials.applies",
        "coldStart.logStd"
      )
    }
  }

  "Settings, a mind and a choice" should {
    "be the same after a way through JSON" in {
      val lesson = Lesson.after(Settings.standard(), Lesson.answers(60, .8, 5))
      Seq[Object](Settings.standard(), Settings.reference(), lesson.mind, lesson.choice, Mind.fresh(lesson.settings))
        .foreach(value => json.readValue(json.writeValueAsBytes(value), value.getClass) shouldBe value)
    }
  }
}
