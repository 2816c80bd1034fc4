package io.turnwise.bidding.board;

import java.util.Arrays;

/**
 * A row of counts that knows the sum of any beginning in logarithmic time: Fenwick, "A new data structure for
 * cumulative frequency tables", 1994.
 */
final class Counts {

    /** One-based: slot i holds the sum of the {@code i & -i} counts that end with count i. */
    private int[] tree = new int[1];

    private int length;

    /** Begins anew with these counts. */
    void reset(int[] counts, int count) {
        length = count;
        if (tree.length <= length) {
            tree = new int[2 * length + 1];
        }
        Arrays.fill(tree, 0, length + 1, 0);
        for (int i = 1; i <= length; i++) {
            tree[i] += counts[i - 1];
            int parent = i + (i & -i);
            if (parent <= length) {
                tree[parent] += tree[i];
            }
        }
    }

    void add(int index, int change) {
        for (int i = index + 1; i <= length; i += i & -i) {
            tree[i] += change;
        }
    }

    /** The sum of the counts before {@code index}. */
    int before(int index) {
        int sum = 0;
        for (int i = index; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }

    /** The index of the count that contains position {@code position}, which must lie below the sum of all. */
    int find(int position) {
        int found = 0;
        int left = position;
        for (int step = Integer.highestOneBit(Math.max(1, length)); step > 0; step >>= 1) {
            int next = found + step;
            if (next <= length && tree[next] <= left) {
                found = next;
                left -= tree[next];
            }
        }
        return found;
    }
}
