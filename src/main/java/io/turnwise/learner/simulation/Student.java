package io.turnwise.learner.simulation;

import io.turnwise.learner.model.Choice;
import io.turnwise.learner.model.Mind;
import io.turnwise.learner.model.Settings;
import io.turnwise.learner.model.memory.ActR;
import io.turnwise.learner.model.memory.ActrSettings;
import io.turnwise.learner.model.memory.Review;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.learner.model.perception.Observation;
import io.turnwise.learner.model.perception.Windows;
import io.turnwise.learner.model.state.UserState;
import io.turnwise.learner.model.strategy.RewardProfile;
import io.turnwise.learner.model.strategy.Strategy;
import io.turnwise.learner.simulation.StudentWorld.Look;
import java.util.SplittableRandom;

/** One student of {@link StudentWorld}. */
final class Student implements User {

    private static final double MINUTE_MILLIS = 60_000;
    private static final double WORDS_OF_A_BATCH = 8;
    private static final double SLIP_MAX = .9;

    private final StudentWorld world;
    private final StudentWorld.Traits traits;
    private final long seed;
    private final Settings settings;
    private final ActrSettings memory;
    private final Vocabulary vocabulary;
    private double weariness;

    /**
     * How a word is met.
     *
     * @param recall of whoever does not slip, 0 to 1
     * @param rtMillis as it usually is
     */
    private record Meeting(double recall, double rtMillis) {}

    Student(StudentWorld world, StudentWorld.Traits traits, long seed, Settings settings) {
        this.world = world;
        this.traits = traits;
        this.seed = seed;
        this.settings = settings;
        this.memory =
                new ActrSettings(traits.decay(), traits.tau(), world.people().s());
        this.vocabulary = new Vocabulary(world.words());
    }

    @Override
    public Answer answer(int decision, Choice choice) {
        Strategy served = choice.strategy();
        long at = world.time().atMillis(decision);
        if (world.time().before(decision) == 0) {
            weariness = 0;
        }
        SplittableRandom random = Luck.ANSWER.of(seed, decision);
        boolean isNew = random.nextDouble() < served.newRatio();
        Vocabulary.Known before = isNew ? null : vocabulary.due(served.difficulty(), served.intervalScale(), at);
        Vocabulary.Known word = before == null ? shown(decision, served, at) : before;
        Meeting meeting = meeting(word, served, at);
        boolean slips = random.nextDouble() < slip(served);
        boolean right = random.nextDouble() < meeting.recall() && !slips;
        Observation seen = seen(decision, served, meeting, right, slips, random);
        double recall = word.record().recall(at, settings.actr());
        WordRecord reviewed = word.record()
                .after(
                        new Review(at, right, (int) Math.round(seen.rtMillis())),
                        io.turnwise.learner.model.memory.Traits.UNKNOWN,
                        served.intervalScale(),
                        settings.forgetting());
        vocabulary.put(before, new Vocabulary.Known(word.number(), word.difficulty(), word.activation(), reviewed));
        weariness += world.course().weariness() * served.batchSize() / WORDS_OF_A_BATCH / traits.stamina();
        return new Answer(seen, recall);
    }

    @Override
    public double reward(int decision, Choice served, Observation seen, Mind after) {
        return after.reward(seen, RewardProfile.STANDARD, settings);
    }

    @Override
    public double expected(int decision, Choice choice, Mind before) {
        Strategy served = choice.strategy();
        long at = world.time().atMillis(decision);
        double ofNew = expected(decision, meeting(usual(decision, served, at), served, at), served, before);
        Vocabulary.Known due = vocabulary.due(served.difficulty(), served.intervalScale(), at);
        double ofKnown = due == null ? ofNew : expected(decision, meeting(due, served, at), served, before);
        return served.newRatio() * ofNew + (1 - served.newRatio()) * ofKnown;
    }

    private double expected(int decision, Meeting meeting, Strategy served, Mind before) {
        double slips = slip(served);
        double twice = world.look().retries().twice();
        double right = worth(decision, served, meeting, true, false, 0, before);
        double lapsed = (1 - twice) * worth(decision, served, meeting, false, false, 0, before)
                + twice * worth(decision, served, meeting, false, false, 2, before);
        double slipped = (1 - twice) * worth(decision, served, meeting, false, true, 0, before)
                + twice * worth(decision, served, meeting, false, true, 2, before);
        return slips * slipped + (1 - slips) * (meeting.recall() * right + (1 - meeting.recall()) * lapsed);
    }

    /** What an answer is worth that comes as such answers usually do; only what rewards depend on is looked at. */
    private double worth(
            int decision, Strategy served, Meeting meeting, boolean right, boolean slips, int retries, Mind before) {
        Look look = world.look();
        double boredom = boredom(served);
        Observation seen = new Observation(
                right,
                meeting.rtMillis() + (slips ? look.slipMillis() : 0),
                look.dwellMillis() * (1 + look.dwellPerBoredom() * boredom),
                0,
                0,
                retries,
                0,
                (look.interaction().low() + look.interaction().high())
                        / 2
                        * (1 + look.interactionPerBoredom() * boredom),
                null,
                world.time().atMillis(decision),
                world.time().hour(decision));
        UserState state = before.student().state();
        Long last = before.student().lastAtMillis();
        double restMinutes = last == null ? 0 : (seen.atMillis() - last) / MINUTE_MILLIS;
        double z = settings.perception().perceive(seen, Windows.EMPTY).zRt();
        UserState after = new UserState(
                state.attention(),
                settings.fatigue().next(state.fatigue(), right, z, retries, restMinutes),
                settings.motivation().next(state.motivation(), right, false),
                state.cognition(),
                state.trend(),
                state.confidence());
        return settings.reward().of(seen, after, settings.engagement().of(seen), RewardProfile.STANDARD);
    }

    private Observation seen(
            int decision, Strategy served, Meeting meeting, boolean right, boolean slips, SplittableRandom random) {
        Look look = world.look();
        double boredom = boredom(served);
        double rt = meeting.rtMillis() * StrictMath.exp(look.rt().draw(random)) + (slips ? look.slipMillis() : 0);
        double dwell =
                look.dwellMillis() * StrictMath.exp(look.dwell().draw(random)) * (1 + look.dwellPerBoredom() * boredom);
        double interaction = look.interaction().draw(random) * (1 + look.interactionPerBoredom() * boredom);
        int retries = look.retries().count(random.nextDouble());
        return new Observation(
                right,
                rt,
                dwell,
                slips ? 1 : 0,
                0,
                right ? 0 : retries,
                0,
                interaction,
                null,
                world.time().atMillis(decision),
                world.time().hour(decision));
    }

    private Vocabulary.Known shown(int decision, Strategy served, long at) {
        double own = world.words().activation().draw(Luck.WORD.of(seed, decision));
        return new Vocabulary.Known(decision, served.difficulty(), own, shownBefore(served, at));
    }

    private Vocabulary.Known usual(int decision, Strategy served, long at) {
        return new Vocabulary.Known(decision, served.difficulty(), 0, shownBefore(served, at));
    }

    /** A word that was shown at the beginning of a batch. */
    private WordRecord shownBefore(Strategy served, long at) {
        long shownAt = at - served.batchSize() * world.time().gapMillis();
        return WordRecord.unseen(settings.forgetting())
                .after(
                        new Review(shownAt, true, 0),
                        io.turnwise.learner.model.memory.Traits.UNKNOWN,
                        served.intervalScale(),
                        settings.forgetting());
    }

    private Meeting meeting(Vocabulary.Known word, Strategy served, long at) {
        double easier =
                world.words().activationPerDifficulty() * (word.difficulty().value() - .5);
        double activation =
                ActR.activation(word.record().agesSeconds(at), word.record().recalled(), memory)
                        + traits.ability()
                        + easier
                        + word.activation()
                        + traits.hintActivation() * served.hintLevel();
        StudentWorld.Course course = world.course();
        double rt = traits.paceMillis()
                + traits.latencyMillis() * StrictMath.exp(course.latencyExponent() * (activation - traits.tau()))
                + traits.hintMillis() * served.hintLevel()
                + course.batchMillis() / served.batchSize();
        return new Meeting(ActR.probability(activation, memory), rt * (1 + course.rtPerWeariness() * weariness));
    }

    private double slip(Strategy served) {
        StudentWorld.Course course = world.course();
        return Math.min(SLIP_MAX, course.slipPerBoredom() * boredom(served) + course.slipPerWeariness() * weariness);
    }

    private double boredom(Strategy served) {
        return Math.min(1, Math.max(0, traits.appetite() - world.course().challenge(served)));
    }
}
