package io.turnwise.http.feed;

import io.turnwise.http.Principal;
import io.turnwise.http.Role;
import java.util.Optional;

/** For whose eyes a message is written. */
public enum Viewer {
    ADMIN,
    /** Everybody else, with or without a token. */
    MEMBER;

    static Viewer of(Optional<Principal> principal) {
        return principal.filter(known -> known.role() == Role.ADMIN).isPresent() ? ADMIN : MEMBER;
    }
}
