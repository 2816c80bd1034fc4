package io.turnwise.learner.model.bandit;

import io.turnwise.learner.model.strategy.Actions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often each action succeeded, over all and in each bucket.
 *
 * @param buckets in the order of errors, then response times, then times of day
 */
public record Thompson(Betas all, List<Betas> buckets) {

    public static final Thompson FRESH = new Thompson(Betas.NONE, Collections.nCopies(Bucket.COUNT, Betas.NONE));

    public Thompson {
        buckets = List.copyOf(buckets);
        if (buckets.size() != Bucket.COUNT) {
            throw new IllegalArgumentException(buckets.size() + " buckets");
        }
    }

    /** With one more outcome; one that is no number changes nothing. */
    public Thompson counted(Bucket bucket, int action, double reward, ThompsonSettings settings) {
        if (!Double.isFinite(reward)) {
            return this;
        }
        double success = reward >= settings.successReward() ? 1 : 0;
        if (settings.soft()) {
            success = Math.min(1, Math.max(0, (reward + 1) / 2));
        }
        List<Betas> next = new ArrayList<>(buckets);
        next.set(bucket.index(), buckets.get(bucket.index()).with(action, success, 1 - success));
        return new Thompson(all.with(action, success, 1 - success), next);
    }

    /** The action with the highest draw; the confidence is how high and how sure its share of successes is. */
    public Vote vote(Bucket bucket, RandomGenerator random, ThompsonSettings settings) {
        Draws draws = new Draws(random);
        Betas here = buckets.get(bucket.index());
        int best = 1;
        double bestDraw = Double.NEGATIVE_INFINITY;
        for (int action = 1; action <= Actions.count(); action++) {
            double share = bucketShare(here, action, settings);
            double draw =
                    share * draw(here, action, draws, settings) + (1 - share) * draw(all, action, draws, settings);
            if (draw > bestDraw) {
                best = action;
                bestDraw = draw;
            }
        }
        return new Vote(Member.THOMPSON, best, bestDraw, confidence(here, best, settings));
    }

    static double bucketShare(Betas here, int action, ThompsonSettings settings) {
        double count = settings.success() + here.successes(action) + settings.failure() + here.failures(action);
        double share = count / (count + settings.bucketHalf());
        return Math.min(settings.bucketMax(), Math.max(settings.bucketMin(), share));
    }

    private static double draw(Betas betas, int action, Draws draws, ThompsonSettings settings) {
        return draws.beta(settings.success() + betas.successes(action), settings.failure() + betas.failures(action));
    }

    private double confidence(Betas here, int action, ThompsonSettings settings) {
        Posterior posterior = posterior(here, action, settings);
        return posterior.mean() * (1 - posterior.deviation());
    }

    /** What is believed of each action in a bucket, from action 1 on. */
    public List<Posterior> posteriors(Bucket bucket, ThompsonSettings settings) {
        Betas here = buckets.get(bucket.index());
        List<Posterior> posteriors = new ArrayList<>(Actions.count());
        for (int action = 1; action <= Actions.count(); action++) {
            posteriors.add(posterior(here, action, settings));
        }
        return posteriors;
    }

    private Posterior posterior(Betas here, int action, ThompsonSettings settings) {
        double share = bucketShare(here, action, settings);
        double mean = share * mean(here, action, settings) + (1 - share) * mean(all, action, settings);
        double variance = share * share * variance(here, action, settings)
                + (1 - share) * (1 - share) * variance(all, action, settings);
        return new Posterior(mean, StrictMath.sqrt(variance), all.successes(action) + all.failures(action));
    }

    private static double mean(Betas betas, int action, ThompsonSettings settings) {
        double a = settings.success() + betas.successes(action);
        return a / (a + settings.failure() + betas.failures(action));
    }

    private static double variance(Betas betas, int action, ThompsonSettings settings) {
        double a = settings.success() + betas.successes(action);
        double b = settings.failure() + betas.failures(action);
        return a * b / ((a + b) * (a + b) * (a + b + 1));
    }
}
