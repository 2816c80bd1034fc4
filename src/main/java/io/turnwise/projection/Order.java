package io.turnwise.projection;

/**
 * Who wants something done to a projection.
 *
 * @param by the operator's subject
 * @param reason for the log, 1 to 200 characters
 */
public record Order(String by, String reason) {}
