package io.turnwise.learner.model.state;

/**
 * What is believed of a user at one moment; the values are held to their ranges.
 *
 * @param attention 0 to 1
 * @param fatigue 0 to 1
 * @param motivation -1 to 1
 * @param confidence 0 to 1, how far this is to be trusted
 */
public record UserState(
        double attention, double fatigue, double motivation, Cognition cognition, Trend trend, double confidence) {

    public static final UserState FRESH = new UserState(.7, .1, 0, Cognition.UNKNOWN, Trend.FLAT, .5);

    public UserState {
        attention = Bounds.share(attention, .5);
        fatigue = Bounds.share(fatigue, 0);
        motivation = Bounds.within(motivation, -1, 1, 0);
        confidence = Bounds.share(confidence, .5);
    }
}
