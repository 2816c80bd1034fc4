/**
 * The HTTP server: who may call what, how bodies are read, how refusals look, how streams flow. Domains hand it
 * {@link io.turnwise.http.Endpoint}s and depend on it; it knows no domain. Start with {@link io.turnwise.http.Endpoint} and
 * {@link io.turnwise.http.Exchange}.
 */
@NullMarked
package io.turnwise.http;

import org.jspecify.annotations.NullMarked;
