package io.turnwise.learner.model.state;

/**
 * What being away does to what is believed of a user; nothing below {@code awayDays}.
 *
 * @param applies whether it does anything at all
 * @param attentionHalfDays until attention is half way to .5, {@code motivationHalfDays} motivation to 0
 * @param fatigueDays until an e-th of fatigue is left
 * @param cognitionHalfDays until cognition is half way to .5, of which at least {@code cognitionKeptMin} stays
 * @param confidenceHalfDays of the confidence, of which at least {@code confidenceKeptMin} stays
 * @param coldStartDays beyond which the user is met anew
 * @param goneDays beyond which only cognition stays, of it at least {@code goneCognitionKeptMin}
 */
public record ReturnRule(
        boolean applies,
        double awayDays,
        double attentionHalfDays,
        double motivationHalfDays,
        double fatigueDays,
        double cognitionHalfDays,
        double cognitionKeptMin,
        double confidenceHalfDays,
        double confidenceKeptMin,
        double confidenceMin,
        double coldStartDays,
        double goneDays,
        double goneCognitionKeptMin) {

    public static final ReturnRule REFERENCE = new ReturnRule(false, 1, 7, 14, 2, 30, .3, 14, .3, .3, 30, 90, .5);
    public static final ReturnRule STANDARD = new ReturnRule(true, 1, 7, 14, 2, 30, .3, 14, .3, .3, 30, 90, .5);

    public boolean counts(double days) {
        return applies && days >= awayDays;
    }

    private boolean gone(double days) {
        return applies && days > goneDays;
    }

    /** Whether a user who returns is to be met anew; {@code known} if cold start was over. */
    public boolean needsColdStart(double days, boolean known) {
        return counts(days) && (days > coldStartDays || !known);
    }

    /** What is believed of the user who returns. */
    public UserState returned(UserState before, double days) {
        Cognition cognition = faded(before.cognition(), days);
        if (gone(days)) {
            UserState fresh = UserState.FRESH;
            return new UserState(
                    fresh.attention(), fresh.fatigue(), fresh.motivation(), cognition, fresh.trend(), confidenceMin);
        }
        double kept = Math.max(confidenceKeptMin, halved(days, confidenceHalfDays));
        return new UserState(
                .5 + (before.attention() - .5) * halved(days, attentionHalfDays),
                before.fatigue() * StrictMath.exp(-days / fatigueDays),
                before.motivation() * halved(days, motivationHalfDays),
                cognition,
                before.trend(),
                Math.max(confidenceMin, before.confidence() * kept));
    }

    public Cognition faded(Cognition before, double days) {
        double keptMin = gone(days) ? goneCognitionKeptMin : cognitionKeptMin;
        return before.mixed(Math.max(keptMin, halved(days, cognitionHalfDays)), Cognition.UNKNOWN);
    }

    private static double halved(double days, double halfDays) {
        return StrictMath.pow(2, -days / halfDays);
    }
}
