package io.turnwise.bidding;

import io.turnwise.http.Exchange;
import io.turnwise.http.Role;

/** For whose eyes an answer is. */
enum Viewer {
    /** Sees all there is. */
    ADMIN,
    /** Neither learns how others stand in a sealed session, nor ever its reserve price. */
    MEMBER;

    static Viewer of(Exchange exchange) {
        return exchange.anyPrincipal().filter(each -> each.role() == Role.ADMIN).isPresent() ? ADMIN : MEMBER;
    }

    /** Whether what is hidden is shown. */
    boolean sees(boolean hidden) {
        return !hidden || this == ADMIN;
    }
}
