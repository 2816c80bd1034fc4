package io.turnwise.cli.learner;

import picocli.CommandLine.Command;

/** What is done with logs of practice. */
@Command(
        name = "learner",
        description = "Hold the model of learners to what learners did or might do, or have a node follow it.",
        subcommands = {EvaluateCommand.class, SimulateCommand.class, LearnerReplayCommand.class})
public final class LearnerCommand {}
