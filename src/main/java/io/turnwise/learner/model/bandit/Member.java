package io.turnwise.learner.model.bandit;

/** Who votes. */
public enum Member {
    LINUCB(0),
    THOMPSON(1),
    ACTR(2),
    HEURISTIC(3);

    private final int place;

    Member(int place) {
        this.place = place;
    }

    /** Where in a row of one number per member its own is. */
    public int place() {
        return place;
    }
}
