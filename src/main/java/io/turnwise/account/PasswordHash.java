package io.turnwise.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A password as it is kept; shows itself to the journal only, never to a log.
 *
 * @param encoded the hash with its salt and parameters, {@code $argon2id$v=19$...}
 */
record PasswordHash(@JsonValue String encoded) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    PasswordHash {}

    @Override
    public String toString() {
        return "PasswordHash[...]";
    }
}
