package io.turnwise.learner.model;

import io.turnwise.learner.model.strategy.Objectives;
import io.turnwise.learner.model.strategy.Outcomes;

/** What a user learns for, and how it goes. */
public record Aims(Objectives objectives, Outcomes seen) {}
