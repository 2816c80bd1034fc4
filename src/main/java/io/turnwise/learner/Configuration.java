package io.turnwise.learner;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.turnwise.learner.model.Settings;

/** The constants that learners may have, by name. */
public enum Configuration {
    @JsonProperty("standard")
    STANDARD(Settings.standard()),
    /** Those of the engine that this one follows; to compare with. */
    @JsonProperty("reference")
    REFERENCE(Settings.reference());

    @SuppressWarnings("ImmutableEnumChecker") // a record of records, none of which changes
    private final Settings settings;

    Configuration(Settings settings) {
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    /** The same settings, as the one object that all learners share. */
    static Settings shared(Settings settings) {
        for (Configuration known : values()) {
            if (known.settings.equals(settings)) {
                return known.settings;
            }
        }
        return settings;
    }
}
