package io.turnwise.learner.model.perception;

/**
 * How an answer is measured: against the usual, and against the user's latest.
 *
 * @param window how many of the latest answers count for evenness
 * @param retryMax retries that count as the most
 */
public record PerceptionRule(
        Scale rtMillis,
        Scale pauses,
        Scale focusLossMillis,
        Scale switches,
        Scale dwellMillis,
        Scale interaction,
        int window,
        double retryMax) {

    public static final PerceptionRule REFERENCE = new PerceptionRule(
            new Scale(3200, 800),
            new Scale(.3, .6),
            new Scale(3000, 2500),
            new Scale(.2, .5),
            new Scale(1800, 600),
            new Scale(2, 1.2),
            10,
            3);

    /** The windows with this answer in them. */
    public Windows windows(Windows before, Observation seen) {
        return before.with(seen, window);
    }

    /** Measures an answer that is in the windows already. */
    public Percept perceive(Observation seen, Windows windows) {
        return new Percept(
                rtMillis.z(seen.rtMillis()),
                windows.rtMillis().variation(),
                windows.dwellMillis().variation(),
                pauses.z(seen.pauseCount()),
                switches.z(seen.switchCount()),
                dwellMillis.z(seen.dwellMillis()),
                interaction.z(seen.interactionDensity()),
                focusLossMillis.z(seen.focusLossMillis()),
                Math.min(1, seen.retryCount() / retryMax),
                seen.correct() ? 1 : -1);
    }
}
