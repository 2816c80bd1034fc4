package io.turnwise.learner;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.turnwise.http.Exchange;
import io.turnwise.http.StrictJson;
import io.turnwise.learner.LearnerCommand.ChangeProfile;
import io.turnwise.learner.LearnerCommand.Origin;
import io.turnwise.learner.model.strategy.Objectives;
import io.turnwise.learner.model.strategy.RewardProfile;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What learners say of themselves, as it looks over HTTP. */
final class ProfileJson {

    private static final double SUM_TOLERANCE = 1e-9;
    private static final double MINUTES_MAX = 1440;

    private ProfileJson() {}

    /** Where a learner is; by the names of the IANA database. */
    record Zone(@JsonAlias("timeZone") @Nullable String timeZone) {

        static Zone of(Profile profile) {
            return new Zone(profile.timeZone());
        }

        ChangeProfile command(Origin origin) {
            String zone = Exchange.required("time_zone", timeZone);
            if (!ZoneId.getAvailableZoneIds().contains(zone)) {
                throw StrictJson.invalid("time_zone", "must be a name like Europe/Berlin");
            }
            return new ChangeProfile(origin, zone, null, null, false);
        }
    }

    /** What a learner wants to be rewarded. */
    enum Wish {
        @JsonProperty("standard")
        STANDARD,
        @JsonProperty("cram")
        CRAM,
        @JsonProperty("relaxed")
        RELAXED
    }

    record Wanted(@Nullable Wish profile) {

        static Wanted of(Profile profile) {
            return new Wanted(Wish.valueOf(profile.reward().name()));
        }

        ChangeProfile command(Origin origin) {
            Wish wish = Exchange.required("profile", profile);
            return new ChangeProfile(origin, null, RewardProfile.valueOf(wish.name()), null, false);
        }
    }

    /** What a learner learns for. */
    enum Mode {
        @JsonProperty("none")
        NONE,
        @JsonProperty("exam")
        EXAM,
        @JsonProperty("daily")
        DAILY,
        @JsonProperty("travel")
        TRAVEL,
        @JsonProperty("custom")
        CUSTOM
    }

    private static final Map<Mode, Objectives> PRESETS =
            Map.of(Mode.EXAM, Objectives.EXAM, Mode.DAILY, Objectives.DAILY, Mode.TRAVEL, Objectives.TRAVEL);

    /** With weights and what must be reached; to be given for {@code custom} only. */
    record Aimed(
            @Nullable Mode mode,
            @JsonAlias("shortTerm") @Nullable Double shortTerm,
            @JsonAlias("longTerm") @Nullable Double longTerm,
            @Nullable Double efficiency,
            @JsonAlias("accuracyMin") @Nullable Double accuracyMin,
            @JsonAlias("retentionMin") @Nullable Double retentionMin,
            @JsonAlias("minutesMax") @Nullable Double minutesMax) {

        static Aimed of(Profile profile) {
            Objectives aims = profile.objectives();
            if (aims == null) {
                return new Aimed(Mode.NONE, null, null, null, null, null, null);
            }
            Mode mode = PRESETS.entrySet().stream()
                    .filter(preset -> preset.getValue().equals(aims))
                    .map(Map.Entry::getKey)
                    .findAny()
                    .orElse(Mode.CUSTOM);
            return new Aimed(
                    mode,
                    aims.shortTerm(),
                    aims.longTerm(),
                    aims.efficiency(),
                    aims.accuracyMin(),
                    aims.retentionMin(),
                    aims.minutesMax());
        }

        ChangeProfile command(Origin origin) {
            Mode wanted = Exchange.required("mode", mode);
            Objectives preset = PRESETS.get(wanted);
            Objectives aims = wanted == Mode.CUSTOM ? custom() : preset;
            return new ChangeProfile(origin, null, null, aims, aims == null);
        }

        private Objectives custom() {
            Objectives balanced = Objectives.BALANCED;
            Objectives custom = new Objectives(
                    share("short_term", shortTerm, balanced.shortTerm()),
                    share("long_term", longTerm, balanced.longTerm()),
                    share("efficiency", efficiency, balanced.efficiency()),
                    accuracyMin == null ? null : LearnerRequests.within("accuracy_min", accuracyMin, 0, 1),
                    retentionMin == null ? null : LearnerRequests.within("retention_min", retentionMin, 0, 1),
                    minutesMax == null ? null : LearnerRequests.within("minutes_max", minutesMax, 1, MINUTES_MAX));
            double sum = custom.shortTerm() + custom.longTerm() + custom.efficiency();
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw StrictJson.invalid("short_term", "must sum to 1 with long_term and efficiency");
            }
            return custom;
        }

        private static double share(String field, @Nullable Double value, double otherwise) {
            return value == null ? otherwise : LearnerRequests.within(field, value, 0, 1);
        }
    }
}
