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

    private final long salt;

    Luck(long salt) {
        this.salt = salt;
    }

    SplittableRandom of(long seed, long number) {
        long mixed = new SplittableRandom(seed * PRIME + salt).nextLong();
        return new SplittableRandom(new SplittableRandom(mixed + number * PRIME).nextLong());
    }
}
