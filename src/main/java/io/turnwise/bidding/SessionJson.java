package io.turnwise.bidding;

import static io.turnwise.bidding.terms.Decimals.CENTS_PLACES;
import static io.turnwise.bidding.terms.Decimals.MICROS_PLACES;
import static io.turnwise.bidding.terms.Decimals.decimal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.turnwise.bidding.redis.BoardRow;
import io.turnwise.bidding.terms.AntiSnipe;
import io.turnwise.bidding.terms.HouseRules;
import io.turnwise.bidding.terms.PriceRule;
import io.turnwise.bidding.terms.RebidRule;
import io.turnwise.bidding.terms.SessionTerms;
import io.turnwise.bidding.terms.TimeUnit;
import io.turnwise.http.Viewer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions, boards and orders as clients see them: decimals, times, names. */
final class SessionJson {

    private SessionJson() {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Session(
            String sessionId,
            String title,
            @Nullable String description,
            Phase state,
            BigDecimal upsetPrice,
            int inventory,
            BigDecimal alpha,
            BigDecimal beta,
            BigDecimal gamma,
            Instant startsAt,
            Instant endsAt,
            TimeUnit timeUnit,
            RebidRule rebidRule,
            PriceRule priceRule,
            @Nullable AntiSnipe antiSnipe,
            int extensions,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal reservePrice,

            boolean sealed,
            BigDecimal minIncrement,
            int bidsPerSecond,
            @Nullable Integer totalCount,
            @Nullable Long bidCount,
            @Nullable BigDecimal highestBid,
            @Nullable BigDecimal thresholdScore,
            @Nullable BigDecimal finalPrice,
            @Nullable String cancelReason,
            @Nullable Long version) {

        static Session of(String id, SessionAnswer.SessionView view, Viewer viewer) {
            SessionTerms terms = view.terms();
            HouseRules house = terms.house();
            boolean sees = viewer.sees(view.sealedStill());
            return new Session(
                    id,
                    terms.title(),
                    terms.description(),
                    view.phase(),
                    price(terms.upsetPriceCents()),
                    terms.inventory(),
                    micros(terms.scoring().alphaMicros()),
                    micros(terms.scoring().betaMicros()),
                    micros(terms.scoring().gammaMicros()),
                    Instant.ofEpochMilli(terms.startsAtMillis()),
                    Instant.ofEpochMilli(terms.endsAtMillis()),
                    terms.scoring().timeUnit(),
                    terms.rebidRule(),
                    terms.priceRule(),
                    house.antiSnipe(),
                    view.extensions(),
                    viewer == Viewer.ADMIN ? priceOrNull(house.reservePriceCents()) : null,
                    house.sealed(),
                    SessionJson.price(house.minIncrementCents()),
                    house.bidsPerSecond(),
                    sees ? (Integer) view.bidderCount() : null,
                    sees ? (Long) view.bidCount() : null,
                    sees ? priceOrNull(view.highestPriceCents()) : null,
                    sees ? microsOrNull(view.thresholdScoreMicros()) : null,
                    priceOrNull(view.finalPriceCents()),
                    view.cancelReason(),
                    sees ? (Long) view.version() : null);
        }
    }

    /** An accepted bid; a sealed session tells neither rank nor sequence, which would tell how many there are. */
    record Accepted(
            String status,
            String sessionId,
            BigDecimal price,
            BigDecimal score,
            @Nullable Integer rank,
            @Nullable Boolean isWinning,
            @Nullable Long sequence,
            Instant acceptedAt) {

        static Accepted of(String sessionId, SessionAnswer.BidAccepted bid) {
            boolean tells = bid.rank() > 0;
            return new Accepted(
                    "accepted",
                    sessionId,
                    SessionJson.price(bid.priceCents()),
                    micros(bid.scoreMicros()),
                    tells ? (Integer) bid.rank() : null,
                    tells ? (Boolean) bid.isWinning() : null,
                    tells ? (Long) bid.sequence() : null,
                    Instant.ofEpochMilli(bid.acceptedAtMillis()));
        }
    }

    record Row(int rank, String userId, String username, BigDecimal price, BigDecimal score, boolean isWinner) {

        static Row of(Ranked ranked) {
            return of(ranked.rank(), ranked.isWinning(), BoardRow.of(ranked.standing()));
        }

        static Row of(int rank, boolean isWinner, BoardRow row) {
            return new Row(
                    rank,
                    row.bidder(),
                    row.name() == null ? "" : row.name(),
                    SessionJson.price(row.priceCents()),
                    micros(row.scoreMicros()),
                    isWinner);
        }

        static List<Row> all(List<Ranked> rows) {
            return rows.stream().map(Row::of).toList();
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Leaderboard(
            String sessionId,
            List<Row> leaderboard,
            @Nullable BigDecimal highestBid,
            @Nullable BigDecimal thresholdScore,
            int page,
            int pageSize,
            int totalCount,
            int totalPages,
            long version) {}

    /** The board of a sealed session, as long as it is. */
    record SealedLeaderboard(String sessionId, boolean sealed, List<Row> leaderboard) {}

    /** What a sealed session tells a member of himself. */
    record SealedStanding(String sessionId, String userId, boolean sealed, BigDecimal price, BigDecimal score) {

        static SealedStanding of(String sessionId, SessionAnswer.StandingView view) {
            Row own = Row.of(view.own());
            return new SealedStanding(sessionId, own.userId(), true, own.price(), own.score());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OwnStanding(
            String sessionId,
            String userId,
            int rank,
            BigDecimal price,
            BigDecimal score,
            boolean isWinner,
            int totalCount,
            @Nullable BigDecimal thresholdScore,
            List<Row> neighbours,
            long version) {

        static OwnStanding of(String sessionId, SessionAnswer.StandingView view) {
            Row own = Row.of(view.own());
            return new OwnStanding(
                    sessionId,
                    own.userId(),
                    own.rank(),
                    own.price(),
                    own.score(),
                    own.isWinner(),
                    view.totalCount(),
                    microsOrNull(view.thresholdScoreMicros()),
                    Row.all(view.neighbours()),
                    view.version());
        }
    }

    record OrderRow(int rank, String userId, String username, BigDecimal bidPrice, BigDecimal price) {

        static OrderRow of(Order order) {
            return new OrderRow(
                    order.rank(),
                    order.bidder(),
                    order.name(),
                    SessionJson.price(order.bidPriceCents()),
                    SessionJson.price(order.priceCents()));
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Result(Session session, @Nullable BigDecimal finalPrice, List<OrderRow> winners, int totalCount) {}

    record Orders(List<OrderRow> orders, int total, int stock, boolean isConsistent) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FeedBoard(
            String sessionId,
            Phase state,
            List<Row> leaderboard,
            @Nullable BigDecimal highestBid,
            @Nullable BigDecimal thresholdScore,
            int totalCount,
            Instant endsAt,
            Instant at) {

        static FeedBoard of(String sessionId, SessionAnswer.SessionFeed feed, Instant now) {
            return new FeedBoard(
                    sessionId,
                    feed.phase(),
                    Row.all(feed.leaders()),
                    priceOrNull(feed.highestPriceCents()),
                    microsOrNull(feed.thresholdScoreMicros()),
                    feed.totalCount(),
                    Instant.ofEpochMilli(feed.endsAtMillis()),
                    now);
        }
    }

    static BigDecimal price(long cents) {
        return decimal(cents, CENTS_PLACES);
    }

    static BigDecimal micros(long micros) {
        BigDecimal shortest = decimal(micros, MICROS_PLACES).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    static @Nullable BigDecimal priceOrNull(@Nullable Long cents) {
        return cents == null ? null : price(cents);
    }

    static @Nullable BigDecimal microsOrNull(@Nullable Long micros) {
        return micros == null ? null : micros(micros);
    }
}
