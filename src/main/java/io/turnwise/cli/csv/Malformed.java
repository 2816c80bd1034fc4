package io.turnwise.cli.csv;

/** Why a line is left out. */
public final class Malformed extends Exception {

    private final String why;

    public Malformed(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
