package io.turnwise.bidding.terms

import org.scalatest.matchers.should.Matchers
import org.scalatest.wordspec.AnyWordSpec

import java.math.{BigDecimal => Decimal}
import java.time.Instant
import java.util.OptionalLong
import scala.jdk.CollectionConverters._

class ProposalSpec extends AnyWordSpec with Matchers {

  private val now = 1_700_000_000_000L

  private def proposal(
      title: String = "A lamp",
      description: String = null,
      upset: String = "10.00",
      inventory: java.lang.Long = 5L,
      alpha: String = "1",
      beta: String = "0",
      gamma: String = "0",
      startsAt: Instant = null,
      endsAt: Instant = null,
      seconds: java.lang.Long = 60L,
      rebid: RebidRule = null,
      snipe: Proposal.SnipeGuard = null,
      reserve: String = null,
      isSealed: java.lang.Boolean = null,
      increment: String = null,
      perSecond: java.lang.Long = null
  ): Proposal = {
    def decimal(text: String): Decimal = Option(text).map(new Decimal(_)).orNull
    new Proposal(
      title,
      description,
      decimal(upset),
      inventory,
      decimal(alpha),
      decimal(beta),
      decimal(gamma),
      startsAt,
      endsAt,
      seconds,
      null,
      rebid,
      null,
      snipe,
      decimal(reserve),
      isSealed,
      decimal(increment),
      perSecond
    )
  }

  private def terms(proposal: Proposal): SessionTerms = proposal.terms(now) match {
    case fit: Proposal.Fit => fit.terms
    case other             => fail(other.toString)
  }

  private def fields(proposal: Proposal): Seq[String] = proposal.terms(now) match {
    case unfit: Proposal.Unfit => unfit.problems.asScala.map(_.field).toSeq
    case _                     => Nil
  }

  private def at(offsetMillis: Long): Instant = Instant.ofEpochMilli(now + offsetMillis)

  "A proposal with gaps" should {
    "start now, count milliseconds, let bids be replaced and charge the last winning price" in {
      val fit = terms(proposal())
      fit.startsAtMillis shouldBe now
      fit.endsAtMillis shouldBe now + 60_000
      fit.scoring shouldBe new Scoring(1_000_000, 0, 0, TimeUnit.MILLISECONDS)
      fit.rebidRule shouldBe RebidRule.REPLACE
      fit.priceRule shouldBe PriceRule.UNIFORM_KTH
      fit.house shouldBe new HouseRules(null, null, false, 1, 10)
    }

    "name every field that is missing" in {
      fields(proposal(null, null, null, null, null, null, null, null, null, null)) shouldBe
        Seq("title", "upset_price", "inventory", "alpha", "beta", "gamma", "ends_at")
    }
  }

  "House rules" should {
    def guard(window: Long, extend: Long, max: Long) = new Proposal.SnipeGuard(window, extend, max)

    "have an anti-snipe guard within its bounds" in {
      val faults = Seq(
        guard(1, 1, 1) -> Nil,
        guard(3_600, 3_600, 1_000) -> Nil,
        guard(0, 1, 1) -> Seq("anti_snipe.window_seconds"),
        guard(3_601, 1, 1) -> Seq("anti_snipe.window_seconds"),
        guard(1, 0, 1) -> Seq("anti_snipe.extend_seconds"),
        guard(1, Long.MaxValue, 1) -> Seq("anti_snipe.extend_seconds"),
        guard(1, 1, 1_001) -> Seq("anti_snipe.max_extensions"),
        new Proposal.SnipeGuard(1L, null, 1L) -> Seq("anti_snipe")
      )
      faults.foreach { case (snipe, expected) => fields(proposal(snipe = snipe)) shouldBe expected }
    }

    "have a reserve of at least the upset price" in {
      Seq("10.00" -> Nil, "9.99" -> Seq("reserve_price"), "10.001" -> Seq("reserve_price")).foreach {
        case (reserve, expected) => fields(proposal(reserve = reserve)) shouldBe expected
      }
    }

    "have an increment only where the top must be beaten" in {
      fields(proposal(increment = "0.01")) shouldBe Nil
      fields(proposal(increment = "0.02")) shouldBe Seq("min_increment")
      fields(proposal(increment = "0.02", rebid = RebidRule.BEAT_TOP)) shouldBe Nil
      fields(proposal(increment = "0", rebid = RebidRule.BEAT_TOP)) shouldBe Seq("min_increment")
    }

    "not seal a session whose rules tell how others stand" in {
      fields(proposal(isSealed = true)) shouldBe Nil
      fields(proposal(isSealed = true, rebid = RebidRule.BEAT_TOP)) shouldBe Seq("sealed")
      fields(proposal(isSealed = true, snipe = guard(1, 1, 1))) shouldBe Seq("sealed")
    }

    "have a pace from none to a million bids a second" in {
      Seq(0L -> Nil, 1_000_000L -> Nil, -1L -> Seq("bids_per_second"), 1_000_001L -> Seq("bids_per_second")).foreach {
        case (perSecond, expected) => fields(proposal(perSecond = perSecond)) shouldBe expected
      }
    }

    "not move an end past the year 9999" in {
      val last = Instant.parse("9999-12-31T23:59:00Z")
      def late(snipe: Proposal.SnipeGuard) =
        proposal(startsAt = last.minusSeconds(60), endsAt = last, seconds = null, snipe = snipe)
      fields(late(guard(1, 59, 1))) shouldBe Nil
      fields(late(guard(1, 60, 1))) shouldBe Seq("ends_at")
    }
  }

  "A proposal" should {
    "have a title of 1 to 200 characters" in {
      fields(proposal(title = " ")) shouldBe Seq("title")
      fields(proposal(title = "x" * 200)) shouldBe Nil
      fields(proposal(title = "x" * 201)) shouldBe Seq("title")
    }

    "have a description of at most 5,000 characters" in {
      fields(proposal(description = "x" * 5_000)) shouldBe Nil
      fields(proposal(description = "x" * 5_001)) shouldBe Seq("description")
    }

    "hold no text that a store cannot keep" in {
      Seq("a\u0000b", "a\ud800b", "\udc00").foreach { text =>
        fields(proposal(title = text)) shouldBe Seq("title")
        fields(proposal(description = text)) shouldBe Seq("description")
      }
      fields(proposal(title = "灯\n🪔", description = "\u0001\uFFFF")) shouldBe Nil
    }

    "have an upset price of 0.01 to 9,999,999,999.99, in cents" in {
      Seq("0.00", "-1", "1.005", "10000000000.00", "1e400", "1e2000000000", "1e-2000000000")
        .foreach(price => fields(proposal(upset = price)) shouldBe Seq("upset_price"))
      Seq("0.01", "1.500", "9999999999.99", "1e3").foreach(price => fields(proposal(upset = price)) shouldBe Nil)
      terms(proposal(upset = "1.500")).upsetPriceCents shouldBe 150
    }

    "have an inventory of 1 to 100,000" in {
      Seq[Long](0, 100_001, Long.MaxValue, Long.MinValue, 4_294_967_297L)
        .foreach(count => fields(proposal(inventory = count)) shouldBe Seq("inventory"))
      Seq[Long](1, 100_000).foreach(count => fields(proposal(inventory = count)) shouldBe Nil)
    }

    "have alpha, beta and gamma of at most six places, not negative" in {
      fields(proposal(alpha = "0.000001", beta = "0.1234560", gamma = "0")) shouldBe Nil
      fields(proposal(alpha = "0.0000001", beta = "1e-7", gamma = "-0.000001")) shouldBe Seq("alpha", "beta")
      fields(proposal(gamma = "-0.000001")) shouldBe Seq("gamma")
    }

    "not reach a score above 9 * 10^12 points" in {
      fields(proposal(alpha = "0", beta = "9000000000000")) shouldBe Nil
      fields(proposal(alpha = "0", beta = "9000000000000.000001")) shouldBe Seq("alpha")
      fields(proposal(alpha = "9223372036854.775807")) shouldBe Seq("alpha")
    }

    "end after it starts, in the future, and last at most 366 days" in {
      val year = 366L * 86_400_000
      def from(startsAt: Long, endsAt: Long) =
        fields(proposal(startsAt = at(startsAt), endsAt = at(endsAt), seconds = null))
      from(10, 9) shouldBe Seq("ends_at")
      from(10, 10) shouldBe Seq("ends_at")
      from(10, 11) shouldBe Nil
      from(-20, -1) shouldBe Seq("ends_at")
      from(-20, 0) shouldBe Seq("ends_at")
      from(-20, 1) shouldBe Nil
      from(0, year) shouldBe Nil
      from(0, year + 1) shouldBe Seq("ends_at")
    }

    "say when it ends in one way only" in {
      fields(proposal(endsAt = at(1))) shouldBe Seq("ends_at")
      fields(proposal(seconds = null)) shouldBe Seq("ends_at")
      Seq[Long](0, -1, 366L * 86_400 + 1, Long.MaxValue)
        .foreach(seconds => fields(proposal(seconds = seconds)) shouldBe Seq("duration_seconds"))
    }

    "stay between the years 1970 and 9999" in {
      fields(proposal(startsAt = Instant.MAX)) shouldBe Seq("starts_at")
      fields(proposal(startsAt = Instant.MIN)) shouldBe Seq("starts_at")
      fields(proposal(endsAt = Instant.MAX, seconds = null)) shouldBe Seq("ends_at")
    }
  }

  "A decimal" should {
    "be scaled exactly or not at all" in {
      Decimals.scaled(new Decimal("19.99"), 2) shouldBe OptionalLong.of(1999)
      Decimals.scaled(new Decimal("0e-2000000000"), 2) shouldBe OptionalLong.of(0)
      Decimals.scaled(new Decimal("92233720368547758.07"), 2) shouldBe OptionalLong.of(Long.MaxValue)
      Decimals.scaled(new Decimal("92233720368547758.08"), 2) shouldBe OptionalLong.empty
      Decimals.price(1_005) shouldBe "10.05"
    }
  }
}
