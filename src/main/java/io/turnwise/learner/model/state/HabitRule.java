package io.turnwise.learner.model.state;

/**
 * How habits are kept and told.
 *
 * @param kept share of the hours' shares that an answer leaves
 * @param preferredHours how many are told, up to 24, from {@code preferredAnswers} on
 * @param sessions whose length is kept
 * @param sessionGapMinutes without an answer that end a session
 * @param minutesAtFirst and {@code answersAtFirst}: what is told of a user without a session behind him
 */
public record HabitRule(
        double kept,
        int preferredHours,
        int preferredAnswers,
        int sessions,
        double sessionGapMinutes,
        double minutesAtFirst,
        double answersAtFirst) {

    public static final HabitRule REFERENCE = new HabitRule(.9, 3, 10, 50, 30, 15, 8);
}
