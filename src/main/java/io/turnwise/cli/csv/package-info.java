/**
 * How commands read CSV files that others made: line by line, and what is wrong with a line is said and left out. Only
 * the command line depends on it. Start with {@link io.turnwise.cli.csv.CsvFile}.
 */
@NullMarked
package io.turnwise.cli.csv;

import org.jspecify.annotations.NullMarked;
