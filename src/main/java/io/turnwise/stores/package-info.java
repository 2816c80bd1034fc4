/**
 * The servers Turnwise keeps its data in: a Postgres and a Redis of its own in one data folder, or those it is told to
 * use, and the schema in them. Everybody may depend on it; it depends on nothing of ours and knows no Akka. Start with
 * {@link io.turnwise.stores.Stores}, then read {@link io.turnwise.stores.DataFolder} (who may use a folder) and
 * {@link io.turnwise.stores.ServerProcess} (which processes belong to it).
 */
@NullMarked
package io.turnwise.stores;

import org.jspecify.annotations.NullMarked;
