package io.turnwise.learner.model.strategy;

import java.util.List;

/**
 * A strategy that may be served.
 *
 * @param guardrails that changed it, in the order in which they did
 */
public record Guarded(Strategy strategy, List<Guardrail> guardrails) {

    public Guarded {
        guardrails = List.copyOf(guardrails);
    }
}
