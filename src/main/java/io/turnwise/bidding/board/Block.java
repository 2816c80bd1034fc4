package io.turnwise.bidding.board;

import org.jspecify.annotations.Nullable;

/** A stretch of neighbours in a {@link Ranking}, in arrays, so that finding and shifting stay within the cache. */
final class Block {

    static final int CAPACITY = 128;

    private final long[] keys = new long[CAPACITY];
    private final long[] sequences = new long[CAPACITY];
    private final @Nullable Standing[] standings = new @Nullable Standing[CAPACITY];
    private int size;

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    Standing at(int index) {
        Standing standing = standings[index];
        if (standing == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return standing;
    }

    boolean holds(int index, long key, long sequence) {
        return index < size && keys[index] == key && sequences[index] == sequence;
    }

    /** Whether its first comes after the given, in the ranking's order. */
    boolean beginsAfter(long key, long sequence) {
        return keys[0] < key || (keys[0] == key && sequences[0] > sequence);
    }

    /** How many in it come before the given: where it is, or would be. */
    int find(long key, long sequence) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] > key || (keys[middle] == key && sequences[middle] < sequence)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void insert(int index, long key, Standing standing) {
        move(index, this, index + 1, size - index);
        keys[index] = key;
        sequences[index] = standing.sequence();
        standings[index] = standing;
        size++;
    }

    void remove(int index) {
        move(index + 1, this, index, size - index - 1);
        size--;
        standings[size] = null;
    }

    Block copy() {
        Block copy = new Block();
        copy.size = size;
        move(0, copy, 0, size);
        return copy;
    }

    /** Its second half, which it loses. */
    Block split() {
        Block second = new Block();
        int kept = size / 2;
        second.size = size - kept;
        move(kept, second, 0, second.size);
        for (int i = kept; i < size; i++) {
            standings[i] = null;
        }
        size = kept;
        return second;
    }

    /** Takes all of the block that follows it. */
    void append(Block next) {
        next.move(0, this, size, next.size);
        size += next.size;
    }

    private void move(int from, Block to, int at, int count) {
        System.arraycopy(keys, from, to.keys, at, count);
        System.arraycopy(sequences, from, to.sequences, at, count);
        System.arraycopy(standings, from, to.standings, at, count);
    }
}
