package io.turnwise.projection;

/** What an operator wanted was not done, and why. */
public final class ProjectionRefusal extends RuntimeException {

    private final ProjectionRejection rejection;

    ProjectionRefusal(ProjectionRejection rejection) {
        super(rejection.detail(), null, false, false);
        this.rejection = rejection;
    }

    public ProjectionRejection rejection() {
        return rejection;
    }
}
