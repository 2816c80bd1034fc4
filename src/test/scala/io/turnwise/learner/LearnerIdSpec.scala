package io.turnwise.learner

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class LearnerIdSpec extends AnyWordSpec with Matchers {

  "The id of a learner" should {
    "be the subject where that has its form" in { LearnerId.of("u-5Jk2_x") shouldBe "u-5Jk2_x" }
    "be another for every other subject, and nobody's own" in {
      val subjects = Seq("a@b", "YUBi", "x" * 65, "x" * 128, "競" * 43, "競" * 44, "", ".YUBi", "a|b", "a:b")
      val ids = subjects.map(LearnerId.of)
      ids.distinct should have size subjects.size.toLong
      ids.foreach(_ should fullyMatch regex "(\\.{1,2}[A-Za-z0-9_-]{0,171})|[A-Za-z0-9_-]{1,64}")
    }
  }
}
