package io.turnwise.learner

import io.turnwise.cluster.NodeFixture
import io.turnwise.journal.JournalRows
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerFaultSpec extends AnyWordSpec with NodeFixture with Matchers {

  import NodeFixture.Answer

  override protected def settings: String =
    "turnwise.learner.circuit-breaker { failures = 3, open = 1h }"

  private def process(who: String): Answer =
    post("/api/amas/process", """{"word_id":"pombe","is_correct":true,"response_time":1607}""", token(who))

  "A learner who cannot be read" should {
    "be told so, and keep no other from being taught" in {
      query(handle => JournalRows.insert(handle.getConnection, "learner|default:broken", 1, Array[Byte](1, 2, 3)))
      (1 to 5).foreach { _ =>
        val refused = process("broken")
        (refused.status, refused.code) shouldBe ((503, "stuck"))
      }
      process("ann")("recorded").asText shouldBe "yes"
    }
  }
}
