/**
 * Carries every turn from the journal into read models, and wakes sleeping entities in time. Domains hand it
 * {@link io.turnwise.projection.View}s; it depends on {@code journal} and {@code turn} and knows no domain. Start with
 * {@link io.turnwise.projection.ProjectionHost}.
 */
@NullMarked
package io.turnwise.projection;

import org.jspecify.annotations.NullMarked;
