package io.turnwise.learner;

import com.fasterxml.jackson.core.JsonGenerator;
import io.turnwise.journal.History;
import io.turnwise.journal.Json;
import io.turnwise.learner.model.memory.Review;
import io.turnwise.learner.model.memory.WordRecord;
import io.turnwise.learner.word.Words;
import io.turnwise.turn.Event;
import io.turnwise.turn.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * All that is kept of one learner, as one JSON object in pieces: his events as they are read, then what they have made of him.
 * Blocking, and for one thread at a time.
 */
final class LearnerExport {

    /** What the learner's entity said of him when he was asked for; he is exported as he was then or later. */
    record Asked(String subject, String tenant, long version, long atMillis) {}

    record EventJson(long version, Instant at, String by, String name, Object event) {}

    record ReviewJson(Instant at, boolean recalled, int responseTime) {}

    record WordJson(
            String wordId,
            int reviewCount,
            Instant firstReviewAt,
            Instant nextReviewAt,
            double stabilityDays,
            List<ReviewJson> reviews) {
        static WordJson of(Words.Named named) {
            WordRecord word = named.word();
            return new WordJson(
                    named.id(),
                    word.reviewCount(),
                    Instant.ofEpochMilli(word.firstMillis()),
                    Instant.ofEpochMilli(word.nextReviewMillis()),
                    word.stabilityDays(),
                    word.reviews().stream().map(LearnerExport::review).toList());
        }
    }

    private record Section(String name, Iterator<?> items) {}

    private static final Map<Class<?>, String> NAMES = names();

    private final Asked asked;
    private final History<Learner> history;
    private final int atOnce;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final JsonGenerator out;

    /** What comes after the events: long rows, each written in as many pieces as it needs. */
    private final Queue<Section> sections = new ArrayDeque<>();

    private boolean eventsTold;
    private long told;

    /** @param atOnce how many events or words are in one piece at most */
    LearnerExport(Asked asked, History<Learner> history, int atOnce) {
        this.asked = asked;
        this.history = history;
        this.atOnce = atOnce;
        try {
            this.out = Json.STORED.createGenerator(piece);
            out.writeStartObject();
            out.writeStringField("user_id", asked.subject());
            out.writeStringField("tenant", asked.tenant());
            out.writePOJOField("exported_at", Instant.ofEpochMilli(asked.atMillis()));
            out.writeArrayFieldStart("events");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next piece; empty after the last one.
     *
     * @throws IllegalStateException where the learner was erased meanwhile
     */
    byte[] next() {
        try {
            if (!eventsTold) {
                writeEvents();
            } else if (!out.isClosed()) {
                writeSection();
            }
            if (!out.isClosed()) {
                out.flush();
            }
            byte[] written = piece.toByteArray();
            piece.reset();
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeEvents() throws IOException {
        long end = history.version() + atOnce;
        history.tell((event, at, after) -> {
            write(event, at);
            return at.version() < end;
        });
        if (history.version() < end) {
            if (history.version() < asked.version()) {
                throw new IllegalStateException("The learner was erased while he was exported");
            }
            writeLearner(history.state());
        }
    }

    private void write(Event<Learner> event, Stamp at) {
        String name = NAMES.get(event.getClass());
        told++;
        if (name == null || at.version() != told) { // of his end, or of another life
            throw new IllegalStateException("The learner is erased while he is exported");
        }
        try {
            out.writePOJO(new EventJson(at.version(), Instant.ofEpochMilli(at.atMillis()), at.by(), name, event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeLearner(Learner learner) throws IOException {
        out.writeEndArray();
        out.writeNumberField("version", history.version());
        out.writeNumberField("epoch", learner.epoch());
        out.writePOJOField("profile", learner.profile());
        out.writePOJOField("configuration", learner.settings());
        out.writePOJOField("state", LearnerJson.StateJson.of(learner.state()));
        out.writePOJOField("model", learner.mind());
        out.writePOJOField("decision", learner.inForce());
        out.writePOJOField("reward_ids", learner.vectorRewards());
        eventsTold = true;
        sections.add(new Section("pending_decisions", learner.decisions().all().iterator()));
        sections.add(new Section(
                "words", learner.words().all().stream().map(WordJson::of).iterator()));
        begin(sections.element());
    }

    private void begin(Section section) throws IOException {
        out.writeArrayFieldStart(section.name());
    }

    private void writeSection() throws IOException {
        Section section = sections.element();
        for (int i = 0; i < atOnce && section.items().hasNext(); i++) {
            out.writePOJO(section.items().next());
        }
        if (section.items().hasNext()) {
            return;
        }
        out.writeEndArray();
        sections.remove();
        if (sections.isEmpty()) {
            out.writeEndObject();
            out.close();
        } else {
            begin(sections.element());
        }
    }

    private static ReviewJson review(Review review) {
        return new ReviewJson(Instant.ofEpochMilli(review.atMillis()), review.recalled(), review.rtMillis());
    }

    private static Map<Class<?>, String> names() {
        Map<Class<?>, String> names = new HashMap<>();
        LearnerNames.ALL.forEach((name, type) -> names.put(type, name));
        return names;
    }
}
