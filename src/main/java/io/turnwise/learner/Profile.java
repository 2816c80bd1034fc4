package io.turnwise.learner;

import io.turnwise.learner.model.strategy.Objectives;
import io.turnwise.learner.model.strategy.RewardProfile;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of himself; a reset leaves it alone.
 *
 * @param timeZone by its name in the IANA database
 * @param objectives absent where he has none
 */
record Profile(
        String timeZone, RewardProfile reward, @Nullable Objectives objectives) {

    static final Profile UNKNOWN = new Profile("UTC", RewardProfile.STANDARD, null);

    /** 0 to 23 where the user is. */
    int hour(long atMillis) {
        return Instant.ofEpochMilli(atMillis).atZone(ZoneId.of(timeZone)).getHour();
    }
}
