package io.turnwise.account

import java.text.Normalizer
import java.util.Locale

import scala.jdk.OptionConverters._

import org.scalacheck.Gen
import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec
import org.scalatestplus.scalacheck.ScalaCheckPropertyChecks

class UsernameSpec extends AnyWordSpec with Matchers with ScalaCheckPropertyChecks {

  private def name(typed: String): Option[Username] = Username.of(typed).toScala

  private def id(typed: String): String = name(typed).getOrElse(fail(s"$typed is no username")).entityId

  "Two spellings of one name" should {
    "lead to the same member: capitals" in { id("Alice") shouldBe id("aLICE") }
    "lead to the same member: ligatures" in { id("ﬁona") shouldBe id("fiona") }
    "lead to the same member: full width" in { id("ＡＬＩＣＥ") shouldBe id("alice") }
    "lead to the same member: mathematical letters" in { id("𝐚𝐥𝐢𝐜𝐞") shouldBe id("alice") }
    "lead to the same member: accents composed and not" in { id("Jose\u0301") shouldBe id("josé") }
    "be shown as they were typed" in { name("ＡＬＩＣＥ").map(_.shown) shouldBe Some("ＡＬＩＣＥ") }
  }

  "Comparing" should {
    "change nothing the second time, whatever the character" in {
      val unstable = (0 to Character.MAX_CODE_POINT)
        .filterNot(c => c >= 0xd800 && c <= 0xdfff)
        .map(c => new String(Character.toChars(c)))
        .filter(c => Username.comparable(Username.comparable(c)) != Username.comparable(c))
      unstable shouldBe empty
    }
  }

  "A username" should {
    "have 3 to 32 characters when compared" in {
      name("ab") shouldBe None
      name("abc") should not be None
      name("a" * 32) should not be None
      name("a" * 33) shouldBe None
      name("\uFDFA" * 3) shouldBe None // 18 letters each
      name("漢" * 32).map(_.entityId.length) shouldBe Some(129)
      name("𐐨" * 32).map(_.entityId.length) shouldBe Some(172)
      name("a" * 100000) shouldBe None
    }
    "be of any script, with digits, dot, underscore and dash" in {
      Seq("a.b_c-d", "4ever", "мария", "अनुष्का", "สมชาย", "يوسف", "日本語").foreach(name(_) should not be None)
    }
    "begin with a letter or digit" in {
      Seq(".abc", "_abc", "-abc", "\u0301abc").foreach(name(_) shouldBe None)
    }
    "hold nothing that is invisible, breaks a line or turns its direction" in {
      val hidden =
        Seq(" ", "\t", "\u0000", "\u0085", "\u00a0", "\u00ad", "\u034f", "\u115f", "\u1160", "\u17b4", "\u180e") ++
          Seq(
            "\u200b",
            "\u200d",
            "\u200e",
            "\u200f",
            "\u202e",
            "\u2028",
            "\u2066",
            "\u3000",
            "\u3164",
            "\ufe0f",
            "\ufeff"
          ) ++
          Seq("\uffa0", "\ud800", "\udb40\udd00", "\udb40\udc41", "\u061c", "\ufff9", "\ue000")
      hidden.foreach(character =>
        withClue(character.map(_.toInt.toHexString))(name(s"ali${character}ce") shouldBe None)
      )
    }
    "not be a path, a wildcard, markup or a heap of marks" in {
      Seq("a/bc", "a%bc", "a|bc", "a:bc", "a<bc", "a'bc", "a\"bc", "a\\bc", "abc" + "\u0335" * 4)
        .foreach(name(_) shouldBe None)
    }
  }

  "An entity id" should {
    "be the name itself where it can be" in { id("Alice_B-7") shouldBe "alice_b-7" }
    "begin with a capital U where it cannot" in {
      id("a.b") shouldBe "UYS5i"
      id("josé") shouldBe "Uam9zw6k"
    }
    "differ for different names" in {
      val letters = Gen.oneOf("abUu.-_é漢й7Yi5".toSeq)
      val names = Gen.listOfN(4, letters).map(_.mkString)
      forAll(names, names) { (one, other) =>
        for (a <- name(one); b <- name(other)) (a.entityId == b.entityId) shouldBe (a.compared == b.compared)
      }
    }
    "have the form of an id" in {
      forAll(Gen.listOfN(5, Gen.oneOf("abc.é漢й7".toSeq)).map(_.mkString)) { typed =>
        name(typed).foreach(_.entityId should fullyMatch regex "[A-Za-z0-9_-]{1,200}")
      }
    }
    "not depend on the language of the machine" in {
      val before = Locale.getDefault
      try {
        Locale.setDefault(Locale.forLanguageTag("tr"))
        id("INDIGO") shouldBe "indigo"
      } finally Locale.setDefault(before)
    }
    "be compared in NFKC" in {
      Normalizer.isNormalized(name("Ǆabc").map(_.compared).getOrElse(""), Normalizer.Form.NFKC) shouldBe true
    }
  }
}
