package io.turnwise.account

import java.util.Random

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

class DrawsSpec extends AnyWordSpec with Matchers {

  private val draws = new Draws(new Random(1), "a secret of at least 32 bytes......")

  "A draw" should {
    "give an id of 128 bits and a weight from 1.00 to 1.99" in {
      val drawn = (1 to 5000).map(_ => draws.anew()) ++
        (1 to 5000).map(n => draws.repeatably("register", "default", "ann", s"key-$n"))
      drawn.map(_.userId).distinct should have size 10000
      drawn.map(_.salt).distinct should have size 10000
      drawn.foreach(_.userId should fullyMatch regex "[A-Za-z0-9_-]{22}")
      drawn.map(_.weightHundredths).toSet shouldBe (100 to 199).toSet
    }
  }

  "A draw for a key" should {
    "be the same again, also after a restart" in {
      val again = new Draws(new Random(2), "a secret of at least 32 bytes......")
      again.repeatably("register", "default", "ann", "k") shouldBe draws.repeatably("register", "default", "ann", "k")
    }
    "differ by purpose, tenant, caller, key and secret" in {
      val other = new Draws(new Random(1), "another secret of at least 32 bytes")
      Seq(
        draws.repeatably("register", "default", "ann", "k"),
        draws.repeatably("password", "default", "ann", "k"),
        draws.repeatably("register", "other", "ann", "k"),
        draws.repeatably("register", "default", "ben", "k"),
        draws.repeatably("register", "default", "ann", "l"),
        other.repeatably("register", "default", "ann", "k")
      ).flatMap(draw => Seq(draw.userId, draw.salt)).distinct should have size 12
    }
  }
}
