package io.turnwise.learner.model.memory;

/**
 * The parameters of recall after ACT-R.
 *
 * @param decay how fast a review fades: its weight is its age in seconds to the power of minus this, above 0
 * @param tau the activation at which a word is recalled every other time
 * @param s how gradually recall goes from never to always around tau, above 0
 */
public record ActrSettings(double decay, double tau, double s) {

    /** As the engine that this one follows has them; its recall is far too low on any log of reviews. */
    public static final ActrSettings REFERENCE = new ActrSettings(.5, .3, .4);

    /** As often published for seconds and words. */
    public static final ActrSettings PUBLISHED = new ActrSettings(.5, -2.5, .7);

    /**
     * Fitted to reviews of Swahili words by 39 learners (Sense et al. 2016); {@code docs/decisions/0014-actr-parameters.md}
     * has how, how good they are, and what they are untested for.
     */
    public static final ActrSettings STANDARD = new ActrSettings(.3119, -1.6038, .6676);

    public ActrSettings {
        if (!(decay > 0 && s > 0) || !Double.isFinite(decay) || !Double.isFinite(tau) || !Double.isFinite(s)) {
            throw new IllegalArgumentException(
                    "decay and s must be finite and above 0, tau finite: " + decay + ", " + tau + ", " + s);
        }
    }

    /** The same with another decay. */
    public ActrSettings withDecay(double other) {
        return new ActrSettings(other, tau, s);
    }
}
