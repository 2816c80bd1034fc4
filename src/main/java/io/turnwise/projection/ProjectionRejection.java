package io.turnwise.projection;

import io.turnwise.turn.Rejection;

/** Why something is not done to a projection. */
public enum ProjectionRejection implements Rejection {
    UNKNOWN("projection.unknown", Kind.UNKNOWN, "There is no projection of this name."),
    UNKNOWN_LETTER("projection.unknown-dead-letter", Kind.UNKNOWN, "There is no such dead letter, or no longer."),
    NOT_PAUSED(
            "projection.not-paused",
            Kind.WRONG_STATE,
            "Pause the projection first, so that nothing is passed over by it."),
    NOTHING_TO_SKIP("projection.nothing-to-skip", Kind.WRONG_STATE, "This worker has read all there is."),
    UNKNOWN_SLICES(
            "projection.unknown-slices",
            Kind.RULE,
            "No worker has these slices; name them as the projection lists them."),
    CANNOT_EMPTY(
            "projection.cannot-empty",
            Kind.RULE,
            "What this projection has done cannot be undone, so it cannot begin anew."),
    NO_DRY_RUN("projection.no-dry-run", Kind.RULE, "Only what is in Postgres can be tried and undone."),
    REBUILDING(
            "projection.rebuilding", Kind.WRONG_STATE, "The projection is being rebuilt; wait for that, or cancel it."),
    NOT_REBUILDING("projection.not-rebuilding", Kind.WRONG_STATE, "The projection is not being rebuilt."),
    TOO_MANY_REBUILDS("projection.too-many-rebuilds", Kind.WRONG_STATE, "This node is rebuilding as many as it may.");

    private final Words words;

    ProjectionRejection(String code, Kind kind, String detail) {
        this.words = new Words(code, kind, detail);
    }

    @Override
    public Words words() {
        return words;
    }
}
