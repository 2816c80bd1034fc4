package io.turnwise.http.feed;

import java.util.ArrayList;
import java.util.List;

/** The newest notices for one audience: changed by the hub alone, read by everybody at any time. */
final class Ring {

    /**
     * What it holds at one moment.
     *
     * @param floor all above this version are there
     * @param pieces in order
     */
    record Span(long floor, List<Piece> pieces) {

        /** Adds those above {@code after} and not above {@code upTo} to {@code found}. */
        void addTo(List<Piece> found, long after, long upTo) {
            int first = pieces.size();
            while (first > 0 && pieces.get(first - 1).id() > after) {
                first--;
            }
            for (int i = first; i < pieces.size() && pieces.get(i).id() <= upTo; i++) {
                found.add(pieces.get(i));
            }
        }
    }

    private final int kept;
    private volatile Span span;

    Ring(int kept, long floor) {
        this.kept = kept;
        this.span = new Span(floor, List.of());
    }

    Span span() {
        return span;
    }

    void add(Piece piece) {
        Span before = span;
        int dropped = before.pieces.size() < kept ? 0 : 1;
        List<Piece> pieces = new ArrayList<>(before.pieces.size() + 1);
        pieces.addAll(before.pieces.subList(dropped, before.pieces.size()));
        pieces.add(piece);
        span = new Span(dropped == 0 ? before.floor : before.pieces.get(0).id(), pieces);
    }

    /** Nothing below {@code floor} can be had here. */
    void raise(long floor) {
        if (floor > span.floor) {
            span = new Span(
                    floor,
                    span.pieces.stream().filter(piece -> piece.id() > floor).toList());
        }
    }

    /** Drops what is not above {@code version}; where nothing is dropped the floor stays. */
    void trim(long version) {
        List<Piece> pieces = span.pieces;
        int old = 0;
        while (old < pieces.size() && pieces.get(old).id() <= version) {
            old++;
        }
        if (old > 0) {
            span = new Span(pieces.get(old - 1).id(), List.copyOf(pieces.subList(old, pieces.size())));
        }
    }
}
