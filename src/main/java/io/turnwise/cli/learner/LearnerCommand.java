package io.turnwise.cli.learner;

import picocli.CommandLine.Command;

/** Everything about learners that needs no node of its own. */
@Command(
        name = "learner",
        description = "Hold the model of learners to what learners did.",
        subcommands = {EvaluateCommand.class})
public final class LearnerCommand {}
