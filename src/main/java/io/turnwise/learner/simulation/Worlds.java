package io.turnwise.learner.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/**
 * The three worlds, as {@code worlds.conf} has them.
 *
 * @param fixedFirstSeed and so many seeds and decisions: what the best fixed action is chosen on
 */
record Worlds(List<World> all, long fixedFirstSeed, int fixedSeeds, int fixedDecisions) {

    Worlds {
        all = List.copyOf(all);
    }

    static Worlds read() {
        Config file = ConfigFactory.parseResources(Worlds.class, "worlds.conf");
        Timetable time = Timetable.of(file.getConfig("time"));
        FreeAnswers answers = FreeAnswers.of(file.getConfig("answers"), time);
        Config linear = file.getConfig("linear");
        Config fixed = file.getConfig("fixed-action");
        return new Worlds(
                List.of(
                        LinearWorld.of("linear", linear, Integer.MAX_VALUE, answers),
                        StudentWorld.of("student", file.getConfig("student"), time),
                        LinearWorld.of("shifting", linear, file.getInt("shifting.at-decision"), answers)),
                fixed.getLong("first-seed"),
                fixed.getInt("seeds"),
                fixed.getInt("decisions"));
    }
}
