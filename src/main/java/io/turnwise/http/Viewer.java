package io.turnwise.http;

import java.util.Optional;

/** For whose eyes something is written. */
public enum Viewer {
    /** Sees all there is. */
    ADMIN,
    /** Everybody else, with or without a token: what is hidden from members is hidden. */
    MEMBER;

    public static Viewer of(Exchange exchange) {
        return of(exchange.anyPrincipal());
    }

    public static Viewer of(Optional<Principal> principal) {
        return principal.filter(known -> known.role() == Role.ADMIN).isPresent() ? ADMIN : MEMBER;
    }

    /** Whether what is hidden is shown. */
    public boolean sees(boolean hidden) {
        return !hidden || this == ADMIN;
    }
}
