package io.turnwise.operations;

import io.turnwise.turn.Rejection;

/** What is refused of an operator's requests. */
enum OperationsRejection implements Rejection {
    UNKNOWN_ENTITY(
            "operations.unknown-entity",
            Kind.UNKNOWN,
            "There is no such entity. An entity is named <type>|<tenant>:<id>, and the tenant must be yours."),
    UNKNOWN_EVENT("operations.unknown-event", Kind.UNKNOWN, "The entity has no event of this version."),
    NOT_YET("operations.not-yet", Kind.RULE, "The entity has not come to this version yet."),
    TOO_LARGE(
            "operations.too-large",
            Kind.RULE,
            "The state has more elements than are shown at once: turnwise.operations.elements-max.");

    private final Words words;

    OperationsRejection(String code, Kind kind, String detail) {
        this.words = new Words(code, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
