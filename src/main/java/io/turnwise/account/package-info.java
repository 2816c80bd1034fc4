/**
 * Members: who may log in, with which role and weight. Only {@code cluster} depends on it; it depends on the kernel,
 * the journal, projections and the HTTP server, and on no other domain. Start with
 * {@link io.turnwise.account.Member} and {@link io.turnwise.account.MemberCommand}, then read
 * {@link io.turnwise.account.Members}, the door.
 */
@NullMarked
package io.turnwise.account;

import org.jspecify.annotations.NullMarked;
