package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import io.turnwise.learner.model.perception.Observation;
import java.util.SplittableRandom;

/** Answers that do not depend on what is served, so that every policy sees the same. */
record FreeAnswers(
        Timetable time,
        Law recall,
        Law rtMillis,
        Law sessionRecall,
        Law sessionRt,
        Law wordRecall,
        Law rt,
        Law dwellMillis,
        Law interaction,
        double paused,
        double left,
        Law leftMillis,
        Retries retries) {

    static FreeAnswers of(Config answers, Timetable time) {
        return new FreeAnswers(
                time,
                Law.of(answers, "recall"),
                Law.of(answers, "rt-millis"),
                Law.of(answers, "session-recall"),
                Law.of(answers, "session-rt"),
                Law.of(answers, "word-recall"),
                Law.of(answers, "rt"),
                Law.of(answers, "dwell-millis"),
                Law.of(answers, "interaction"),
                answers.getDouble("paused"),
                answers.getDouble("left"),
                Law.of(answers, "left-millis"),
                Retries.of(answers));
    }

    /** What the user of a seed answers, and the recall of the word at hand. */
    User.Answer answer(long seed, int decision) {
        SplittableRandom user = Luck.USER.of(~seed, 0);
        double ownRecall = recall.draw(user);
        double ownRtMillis = rtMillis.draw(user);
        SplittableRandom session = Luck.SESSION.of(seed, time.session(decision));
        double atTheTime = ownRecall + sessionRecall.draw(session);
        double slow = sessionRt.draw(session);
        SplittableRandom random = Luck.ANSWER.of(seed, decision);
        double ofTheWord = Math.min(1, Math.max(0, atTheTime + wordRecall.draw(random)));
        boolean right = random.nextDouble() < ofTheWord;
        double millis = ownRtMillis * StrictMath.exp(slow + rt.draw(random));
        double dwell = dwellMillis.draw(random);
        double activity = interaction.draw(random);
        int pauses = random.nextDouble() < paused ? 1 : 0;
        int switches = random.nextDouble() < left ? 1 : 0;
        double away = switches * leftMillis.draw(random);
        int again = right ? 0 : retries.count(random.nextDouble());
        Observation seen = new Observation(
                right,
                millis,
                dwell,
                pauses,
                switches,
                again,
                away,
                activity,
                null,
                time.atMillis(decision),
                time.hour(decision));
        return new User.Answer(seen, ofTheWord);
    }
}
