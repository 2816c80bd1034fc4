package io.turnwise.bidding

import io.turnwise.bidding.terms.{PriceRule, RebidRule, SessionTerms, TimeUnit}

import java.math.{BigDecimal => Decimal, RoundingMode}

/** An auction as one would write it on a page: no events, no ranks kept, everything from the list of bids. */
final class ReferenceAuction(terms: SessionTerms) {

  case class Bid(by: String, cents: Long, score: Decimal, order: Int)

  private var accepted = Vector.empty[Bid]

  def bid(by: String, cents: Long, weight: Int, atMillis: Long): Option[String] = {
    val own = standing.find(_.by == by)
    val highest = standing.map(_.cents).maxOption
    val refusal =
      if (atMillis < terms.startsAtMillis) Some("bidding.not-started")
      else if (atMillis >= terms.endsAtMillis) Some("bidding.session-ended")
      else if (cents < terms.upsetPriceCents) Some("bidding.below-upset-price")
      else if (terms.rebidRule == RebidRule.RAISE_ONLY && own.exists(_.cents >= cents)) Some("bidding.must-raise")
      else if (terms.rebidRule == RebidRule.BEAT_TOP && highest.exists(_ >= cents)) Some("bidding.must-beat-top")
      else None
    if (refusal.isEmpty) accepted :+= Bid(by, cents, score(cents, weight, atMillis), accepted.size)
    refusal
  }

  private def standing: Seq[Bid] = accepted.groupBy(_.by).values.map(_.last).toSeq

  def ranking: Seq[Bid] = standing.sortBy(_.order).sortWith((a, b) => a.score.compareTo(b.score) > 0)

  def bidCount: Int = accepted.size

  /** Who pays how much, and the final price. */
  def settlement: (Seq[(String, Long)], Option[Long]) = {
    val winners = ranking.take(terms.inventory)
    val price =
      if (winners.isEmpty) None
      else
        terms.priceRule match {
          case PriceRule.UNIFORM_KTH  => Some(winners.last.cents)
          case PriceRule.UNIFORM_NEXT => Some(ranking.lift(terms.inventory).fold(terms.upsetPriceCents)(_.cents))
          case PriceRule.PAY_AS_BID   => None
        }
    (winners.map(bid => bid.by -> math.min(bid.cents, price.getOrElse(bid.cents))), price)
  }

  private def score(cents: Long, weight: Int, atMillis: Long): Decimal = {
    val elapsed = atMillis - terms.startsAtMillis
    val ticks = Decimal.valueOf((if (terms.scoring.timeUnit == TimeUnit.SECONDS) elapsed / 1000 else elapsed) + 1)
    def term(micros: Long, hundredths: Long) = Decimal.valueOf(micros, 6).multiply(Decimal.valueOf(hundredths, 2))
    val linear = term(terms.scoring.alphaMicros, cents).add(term(terms.scoring.gammaMicros, weight.toLong))
    linear.multiply(ticks).add(Decimal.valueOf(terms.scoring.betaMicros, 6)).divide(ticks, 6, RoundingMode.HALF_EVEN)
  }
}
