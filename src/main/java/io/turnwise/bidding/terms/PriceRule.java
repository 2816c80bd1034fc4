package io.turnwise.bidding.terms;

/** What the winners pay; nobody ever pays more than he bid. */
public enum PriceRule {
    /** All pay at most the price of the last winning bid. */
    UNIFORM_KTH,
    /** All pay at most the price of the first losing bid, or the upset price if nobody loses. */
    UNIFORM_NEXT,
    /** Everyone pays his bid; there is no one final price. */
    PAY_AS_BID
}
