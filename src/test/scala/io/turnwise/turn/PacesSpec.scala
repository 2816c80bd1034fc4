package io.turnwise.turn

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class PacesSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private val now = 1_790_000_000_000L
  private val pace = new Pace(10, 20)

  private def admitted(paces: Paces, atMillis: Long, times: Int, caller: String = "ann"): Int =
    (1 to times).count(_ => paces.admits(caller, pace, atMillis))

  "A caller" should {
    "have his burst at once, and then his pace" in {
      val paces = new Paces
      admitted(paces, now, 50) shouldBe 20
      admitted(paces, now + 99, 5) shouldBe 0
      admitted(paces, now + 100, 5) shouldBe 1
      admitted(paces, now + 1_100, 50) shouldBe 10
    }

    "have his whole burst again after a while, and no more than that" in {
      val paces = new Paces
      admitted(paces, now, 50)
      admitted(paces, now + 3_600_000, 50) shouldBe 20
    }

    "not be held up by others" in {
      val paces = new Paces
      admitted(paces, now, 50)
      (1 to 5_000).foreach(i => admitted(paces, now, 1, s"bidder-$i") shouldBe 1)
      admitted(paces, now, 50, "ben") shouldBe 20
      admitted(paces, now, 1) shouldBe 0
    }

    "not be locked out when the clock is set back" in {
      val paces = new Paces
      admitted(paces, now, 50)
      admitted(paces, now - 60_000, 50) should be >= 19
    }
  }

  "Any stretch of time" should {
    "see at most the burst and what came back in it" in {
      forAll(Gen.listOf(Gen.choose(0L, 400L)), Gen.choose(1, 50), Gen.choose(1, 30), minSuccessful(300)) {
        (waits, perSecond, burst) =>
          val paces = new Paces
          val of = new Pace(perSecond, burst)
          val times = waits.scanLeft(now)(_ + _).filter(at => paces.admits("ann", of, at))
          for { (from, i) <- times.zipWithIndex; (to, j) <- times.zipWithIndex if j >= i } {
            val back = (to - from) * perSecond / 1_000.0
            (j - i + 1).toDouble should be <= burst + back + 1e-6
          }
      }
    }
  }
}
