package io.turnwise.bidding.board;

import java.util.ArrayList;
import java.util.List;

/**
 * Standings in order, the higher key first and of equal keys the lower sequence, each findable by position.
 *
 * <p>It is a row of {@link Block}s and the {@link Counts} of what they hold. Finding is logarithmic; a change shifts
 * within one block. Only when a block splits or two merge is the row itself renewed, and as a block of 128 splits into
 * two of 64 and neighbours merge when together they hold no more than 32, that is once in dozens of changes at most.
 */
final class Ranking {

    private static final int MERGED_MAX = Block.CAPACITY / 4;

    private final List<Block> blocks = new ArrayList<>();
    private final Counts counts = new Counts();
    private int size;

    Ranking copy() {
        Ranking copy = new Ranking();
        blocks.forEach(block -> copy.blocks.add(block.copy()));
        copy.renewCounts();
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    void add(long key, Standing standing) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
            renewCounts();
        }
        int at = blockFor(key, standing.sequence());
        if (blocks.get(at).isFull()) {
            blocks.add(at + 1, blocks.get(at).split());
            renewCounts();
            at = blockFor(key, standing.sequence());
        }
        Block block = blocks.get(at);
        block.insert(block.find(key, standing.sequence()), key, standing);
        counts.add(at, 1);
        size++;
    }

    void remove(long key, long sequence) {
        int at = blockFor(key, sequence);
        Block block = blocks.get(at);
        int index = block.find(key, sequence);
        if (!block.holds(index, key, sequence)) {
            throw new IllegalStateException("Nothing stands at " + key + ", " + sequence);
        }
        block.remove(index);
        counts.add(at, -1);
        size--;
        if (block.size() < MERGED_MAX) {
            mergeAround(at);
        }
    }

    /** How many stand before the given one. */
    int indexOf(long key, long sequence) {
        int at = blockFor(key, sequence);
        return counts.before(at) + blocks.get(at).find(key, sequence);
    }

    Standing at(int index) {
        int block = counts.find(index);
        return blocks.get(block).at(index - counts.before(block));
    }

    /** Those from {@code offset}, at most {@code limit}. */
    List<Standing> slice(int offset, int limit) {
        int count = Math.max(0, Math.min(limit, size - offset));
        List<Standing> found = new ArrayList<>(count);
        if (count == 0) {
            return found;
        }
        int block = counts.find(offset);
        int index = offset - counts.before(block);
        while (found.size() < count) {
            if (index == blocks.get(block).size()) {
                block++;
                index = 0;
            }
            found.add(blocks.get(block).at(index));
            index++;
        }
        return found;
    }

    /** The last block that does not begin after the given; no block but a sole one is ever empty. */
    private int blockFor(long key, long sequence) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).beginsAfter(key, sequence)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private void mergeAround(int at) {
        int first = at + 1 < blocks.size() && mergedSize(at) <= MERGED_MAX ? at : at - 1;
        if (first >= 0 && first + 1 < blocks.size() && mergedSize(first) <= MERGED_MAX) {
            blocks.get(first).append(blocks.remove(first + 1));
            renewCounts();
        } else if (blocks.get(at).size() == 0 && blocks.size() > 1) {
            blocks.remove(at);
            renewCounts();
        }
    }

    private int mergedSize(int first) {
        return blocks.get(first).size() + blocks.get(first + 1).size();
    }

    private void renewCounts() {
        int[] sizes = new int[blocks.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = blocks.get(i).size();
        }
        counts.reset(sizes, sizes.length);
    }
}
