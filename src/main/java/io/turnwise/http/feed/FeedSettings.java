package io.turnwise.http.feed;

import com.typesafe.config.Config;
import java.time.Duration;

/** The bounds of feeds, from {@code turnwise.http.feed}; what each means stands in {@code reference.conf}. */
record FeedSettings(
        Duration renewal,
        Duration intervalMin,
        Duration intervalMax,
        int statesPerSecond,
        int publicNotices,
        int privateNotices,
        int noticesPerRead,
        int readsAtOnce,
        int turnsAhead,
        int readersAtOnce,
        Duration readAgain) {

    static FeedSettings of(Config config) {
        Config feed = config.getConfig("turnwise.http.feed");
        return new FeedSettings(
                feed.getDuration("renewal"),
                feed.getDuration("interval-min"),
                feed.getDuration("interval-max"),
                feed.getInt("states-per-second"),
                feed.getInt("public-notices"),
                feed.getInt("private-notices"),
                feed.getInt("notices-per-read"),
                feed.getInt("reads-at-once"),
                feed.getInt("turns-ahead"),
                feed.getInt("readers-at-once"),
                feed.getDuration("read-again"));
    }
}
