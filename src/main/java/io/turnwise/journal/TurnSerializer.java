package io.turnwise.journal;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.turnwise.turn.Held;
import io.turnwise.turn.Message;
import io.turnwise.turn.News;
import io.turnwise.turn.Replies;
import io.turnwise.turn.ReplyTo;
import io.turnwise.turn.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Turns and snapshots for the journal, and the kernel's messages between nodes, all as UTF-8 JSON under logical names. */
public final class TurnSerializer extends SerializerWithStringManifest {

    /** Stored in every row: never to be changed. */
    public static final int IDENTIFIER = 7310;

    /** What this serializer is bound to. */
    public static final List<Class<?>> BINDINGS =
            List.of(Turn.class, Held.Snapshot.class, Message.class, News.class, Replies.Arrived.class);

    private static final String ASK_ALL = "ask-all/1";

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("arrived/1", Replies.Arrived.class),
            Map.entry("turn/1", Turn.class),
            Map.entry("snapshot/1", Held.Snapshot.class),
            Map.entry("ask/1", Message.Ask.class),
            Map.entry(ASK_ALL, Message.AskAll.class),
            Map.entry("wake/1", Message.Wake.class),
            Map.entry("watch/1", Message.Watch.class),
            Map.entry("stop/1", Message.Stop.class),
            Map.entry("missed/1", Message.Missed.class),
            Map.entry("watched/1", News.Watched.class),
            Map.entry("update/1", News.State.class),
            Map.entry("noticed/1", News.Noticed.class),
            Map.entry("found/1", News.Found.class),
            Map.entry("erased/1", News.Erased.class));

    private static final Map<Class<?>, String> MANIFESTS = new HashMap<>();

    static {
        TYPES.forEach((manifest, type) -> MANIFESTS.put(type, manifest));
    }

    private final ObjectMapper mapper;
    private final TurnCodec turns;

    /** For what is stored; messages, which hold references to actors, need a system. */
    public TurnSerializer(EventCatalog catalog) {
        turns = new TurnCodec(catalog, catalog.namingMapper());
        mapper = catalog.namingMapper();
        mapper.registerModule(new SimpleModule("turns")
                .addSerializer(new StdSerializer<>(Turn.class) {
                    @Override
                    public void serialize(Turn turn, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        turns.write(turn, out, provider);
                    }
                })
                .addDeserializer(Turn.class, new StdDeserializer<>(Turn.class) {
                    @Override
                    public Turn deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return turns.read(in);
                    }
                }));
    }

    public TurnSerializer(EventCatalog catalog, ExtendedActorSystem system) {
        this(catalog);
        ActorSystem<?> typed = Adapter.toTyped(system);
        ActorRefResolver resolver = ActorRefResolver.get(typed);
        mapper.registerModule(new SimpleModule("references")
                .addSerializer(new StdSerializer<ActorRef<?>>(ActorRef.class, true) {
                    @Override
                    public void serialize(ActorRef<?> ref, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        out.writeString(resolver.toSerializationFormat(ref));
                    }
                })
                .addSerializer(new StdSerializer<>(Replies.Pending.class) {
                    @Override
                    public void serialize(Replies.Pending pending, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        provider.defaultSerializeValue(Replies.get(typed).address(pending), out);
                    }
                })
                .addDeserializer(ReplyTo.class, new StdDeserializer<ReplyTo>(ReplyTo.class) {
                    @Override
                    public ReplyTo deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return context.readValue(in, Replies.Address.class);
                    }
                })
                .addDeserializer(ActorRef.class, new StdDeserializer<ActorRef<?>>(ActorRef.class) {
                    @Override
                    public ActorRef<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return resolver.resolveActorRef(in.getText());
                    }
                }));
    }

    Turn turn(byte[] stored) {
        return (Turn) fromBinary(stored, "turn/1");
    }

    /** Without what is remembered by key. */
    Turn happened(byte[] stored) {
        try (JsonParser in = mapper.createParser(stored)) {
            in.nextToken();
            return turns.read(in, false);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read a turn", e);
        }
    }

    TurnHead head(byte[] stored) {
        try (JsonParser in = mapper.createParser(stored)) {
            in.nextToken();
            return TurnCodec.readHead(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the head of a turn", e);
        }
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object value) {
        String manifest = MANIFESTS.get(value.getClass());
        if (manifest == null) {
            throw new IllegalArgumentException(value.getClass() + " is neither stored nor sent");
        }
        return manifest;
    }

    @Override
    public byte[] toBinary(Object value) {
        try {
            return value instanceof Message.AskAll ? packed(value) : mapper.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write " + value.getClass(), e);
        }
    }

    /** Hundreds of commands that are much alike, which a message between nodes has no room for as they are. */
    private byte[] packed(Object value) throws IOException {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
            mapper.writeValue(out, value);
        } finally {
            fast.end();
        }
        return packed.toByteArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        Class<?> type = TYPES.get(manifest);
        if (type == null) {
            throw new IllegalArgumentException(manifest + " was written by a newer version of Turnwise");
        }
        try {
            if (manifest.equals(ASK_ALL)) {
                return mapper.readValue(new InflaterInputStream(new ByteArrayInputStream(bytes)), type);
            }
            return mapper.readValue(bytes, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + manifest, e);
        }
    }
}
