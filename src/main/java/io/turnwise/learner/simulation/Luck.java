package io.turnwise.learner.simulation;

import java.util.SplittableRandom;

/** Where chance comes from: the same for every policy, as it depends on nothing but a seed, a purpose and a number. */
enum Luck {
    USER,
    SESSION,
    ANSWER,
    WORD,
    POLICY;

    private static final long PRIME = 0xD1342543DE82EF95L;

    SplittableRandom of(long seed, long number) {
        long mixed = new SplittableRandom(seed * PRIME + ordinal()).nextLong();
        return new SplittableRandom(new SplittableRandom(mixed + number * PRIME).nextLong());
    }
}
