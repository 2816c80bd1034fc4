package io.turnwise.learner.decision;

import org.jspecify.annotations.Nullable;

/**
 * A later outcome that is waited for.
 *
 * @param word whose next answer is the outcome; absent if a newer decision waits for that
 * @param answeredMillis epoch, when the word was answered before
 * @param dueMillis epoch, when the word is due
 * @param expiresMillis epoch, from when on it is waited for no longer
 */
public record Awaited(@Nullable String word, long answeredMillis, long dueMillis, long expiresMillis) {

    Awaited superseded() {
        return new Awaited(null, answeredMillis, dueMillis, expiresMillis);
    }
}
