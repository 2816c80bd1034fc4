package io.turnwise.learner.simulation;

import java.util.SplittableRandom;

/** Where chance comes from: the same for every policy, as it depends on nothing but a seed, a purpose and a number. */
enum Luck {
    USER(0),
    SESSION(1),
    ANSWER(2),
    WORD(3),
    POLICY(4);

    private static final long PRIME = 0xD1342543DE82EF95L;

    private final int number;

    Luck(int number) {
        this.number = number;
    }

    SplittableRandom of(long seed, long turn) {
        long mixed = new SplittableRandom(seed * PRIME + number).nextLong();
        return new SplittableRandom(new SplittableRandom(mixed + turn * PRIME).nextLong());
    }
}
