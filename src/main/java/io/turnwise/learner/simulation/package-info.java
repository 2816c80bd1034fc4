/**
 * Whether the learner learns: policies serve made-up users in three worlds, with the same luck, and are compared.
 * Pure; the command line depends on it, of ours it depends on {@code learner.model}. Start with
 * {@link io.turnwise.learner.simulation.Simulation}, then read {@code worlds.conf}.
 */
@NullMarked
package io.turnwise.learner.simulation;

import org.jspecify.annotations.NullMarked;
