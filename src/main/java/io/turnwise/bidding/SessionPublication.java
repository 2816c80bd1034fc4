package io.turnwise.bidding;

import io.turnwise.projection.stream.Publication;
import io.turnwise.turn.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What others may read of sessions in a stream: when one is scheduled, and how it ended; bids are not in it. */
final class SessionPublication {

    static final Publication PUBLICATION = new Publication(
            "turnwise:stream:bidding",
            BiddingSessions.DEFINITION.type(),
            Set.of("bidding.session-scheduled/1", "bidding.session-scheduled/2", "bidding.session-settled/1"),
            (event, entry) -> body(event));

    /** {@code session.scheduled/1}. */
    record Scheduled(String title, int inventory, Instant startsAt, Instant endsAt) {}

    /** {@code session.settled/1}: who pays what, in order of rank. */
    record Settled(List<Winner> winners, int bidders, long bids) {}

    /** One of the winners; the price in units with two places. */
    record Winner(int rank, String bidder, BigDecimal price) {}

    private SessionPublication() {}

    private static Optional<Publication.Body> body(Event<?> event) {
        if (event instanceof SessionEvent.SessionScheduled scheduled) {
            return Optional.of(new Publication.Body(
                    "session.scheduled/1",
                    new Scheduled(
                            scheduled.terms().title(),
                            scheduled.terms().inventory(),
                            Instant.ofEpochMilli(scheduled.terms().startsAtMillis()),
                            Instant.ofEpochMilli(scheduled.terms().endsAtMillis()))));
        }
        if (event instanceof SessionEvent.SessionSettled settled) {
            return Optional.of(new Publication.Body(
                    "session.settled/1",
                    new Settled(
                            settled.orders().stream()
                                    .map(order -> new Winner(
                                            order.rank(), order.bidder(), BigDecimal.valueOf(order.priceCents(), 2)))
                                    .toList(),
                            settled.bidderCount(),
                            settled.bidCount())));
        }
        return Optional.empty();
    }
}
