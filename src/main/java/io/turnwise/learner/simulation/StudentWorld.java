package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.strategy.Strategy;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Students who remember after ACT-R, slip when bored or weary, and are rewarded by the learner's own rule. */
record StudentWorld(String name, Timetable time, People people, Words words, Course course, Look look)
        implements World {

    /** How students differ. */
    record People(
            Law decay,
            Law tau,
            double s,
            Law ability,
            Law appetite,
            double appetitePerAbility,
            Law stamina,
            Law hintActivation,
            Law hintMillis,
            Law paceMillis,
            Law latencyMillis) {

        private static People of(Config student) {
            return new People(
                    Law.of(student, "decay"),
                    Law.of(student, "tau"),
                    student.getDouble("s"),
                    Law.of(student, "ability"),
                    Law.of(student, "appetite"),
                    student.getDouble("appetite-per-ability"),
                    Law.of(student, "stamina"),
                    Law.of(student, "hint-activation"),
                    Law.of(student, "hint-millis"),
                    Law.of(student, "pace-millis"),
                    Law.of(student, "latency-millis"));
        }
    }

    /** How words differ, and when they come again. */
    record Words(
            double activationPerDifficulty,
            Law activation,
            double firstIntervalSeconds,
            double growth,
            int growthReviews,
            int knownMax) {

        private static Words of(Config student) {
            return new Words(
                    student.getDouble("activation-per-difficulty"),
                    Law.of(student, "word"),
                    student.getDouble("first-interval-seconds"),
                    student.getDouble("growth"),
                    student.getInt("growth-reviews"),
                    student.getInt("known-max"));
        }

        /** Seconds to the next review by the number of reviews, which beyond the last counts as that. */
        double[] intervals() {
            double[] seconds = new double[growthReviews + 1];
            Arrays.setAll(seconds, reviews -> firstIntervalSeconds * StrictMath.pow(growth, reviews));
            return seconds;
        }
    }

    /** What is served does to a student. */
    record Course(
            double challengeOfNewRatio,
            double challengeOfInterval,
            double challengeOfHint,
            double slipPerBoredom,
            double slipPerWeariness,
            double weariness,
            double latencyExponent,
            double batchMillis,
            double rtPerWeariness) {

        private static Course of(Config student) {
            return new Course(
                    student.getDouble("challenge.new-ratio"),
                    student.getDouble("challenge.interval-scale"),
                    student.getDouble("challenge.hint-level"),
                    student.getDouble("slip-per-boredom"),
                    student.getDouble("slip-per-weariness"),
                    student.getDouble("weariness"),
                    student.getDouble("latency-exponent"),
                    student.getDouble("batch-millis"),
                    student.getDouble("rt-per-weariness"));
        }

        double challenge(Strategy served) {
            return served.difficulty().value()
                    + challengeOfNewRatio * (served.newRatio() - .2)
                    + challengeOfInterval * (served.intervalScale() - 1)
                    + challengeOfHint * served.hintLevel();
        }
    }

    /** What an answer looks like. */
    record Look(
            Law rt,
            double slipMillis,
            double dwellMillis,
            Law dwell,
            double dwellPerBoredom,
            Law interaction,
            double interactionPerBoredom,
            Retries retries) {

        private static Look of(Config student) {
            return new Look(
                    Law.of(student, "rt"),
                    student.getDouble("slip-millis"),
                    student.getDouble("dwell-millis"),
                    Law.of(student, "dwell"),
                    student.getDouble("dwell-per-boredom"),
                    Law.of(student, "interaction"),
                    student.getDouble("interaction-per-boredom"),
                    Retries.of(student));
        }
    }

    static StudentWorld of(String name, Config student, Timetable time) {
        return new StudentWorld(
                name, time, People.of(student), Words.of(student), Course.of(student), Look.of(student));
    }

    @Override
    public User user(long seed, Settings settings) {
        return new Student(this, Traits.of(people, Luck.USER.of(seed, 0)), seed, settings);
    }

    /** What one student is like. */
    record Traits(
            double decay,
            double tau,
            double ability,
            double appetite,
            double stamina,
            double hintActivation,
            double hintMillis,
            double paceMillis,
            double latencyMillis) {

        private static Traits of(People people, RandomGenerator random) {
            double ability = people.ability().draw(random);
            return new Traits(
                    people.decay().draw(random),
                    people.tau().draw(random),
                    ability,
                    people.appetite().drawAround(people.appetitePerAbility() * ability, random),
                    people.stamina().draw(random),
                    people.hintActivation().draw(random),
                    people.hintMillis().draw(random),
                    people.paceMillis().draw(random),
                    people.latencyMillis().draw(random));
        }
    }
}
