package io.turnwise.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.turnwise.turn.Command;
import io.turnwise.turn.Erase;
import io.turnwise.turn.Erased;
import io.turnwise.turn.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * Which logical, versioned name stands for which class: {@code bidding.bid-placed/1}. Class names are never stored or sent, so
 * code can move without orphaning a journal.
 */
public final class EventCatalog {

    static final String ERASED = "turn.erased/1";

    /** A name with its class, and how that is read. */
    record Named(String name, Class<?> type, ObjectReader reader) {}

    private final Map<String, Named> byName = new HashMap<>();
    private final Map<Class<?>, Named> byType = new HashMap<>();

    /**
     * A catalogue of all names of all domains. A class has one name in several versions at most, in ascending order: it is
     * read by all of them and written by the last.
     *
     * @throws IllegalArgumentException when a name stands in it twice, or a class by two names
     */
    @SafeVarargs
    public static EventCatalog of(Map<String, Class<?>>... domains) {
        EventCatalog catalog = new EventCatalog();
        catalog.add("turn.accepted/1", Reply.Accepted.class);
        catalog.add("turn.refused/1", Reply.Refused.class);
        catalog.add("turn.erase/1", Erase.class);
        catalog.add(ERASED, Erased.class);
        for (Map<String, Class<?>> domain : domains) {
            domain.forEach(catalog::add);
        }
        return catalog;
    }

    private void add(String name, Class<?> type) {
        Named named = new Named(name, type, Json.STORED.readerFor(type));
        Named older = byType.put(type, named);
        if (byName.put(name, named) != null
                || (older != null && !unversioned(older.name()).equals(unversioned(name)))) {
            throw new IllegalArgumentException(name + " or " + type + " stands twice in the catalogue");
        }
    }

    private static String unversioned(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /**
     * How values that are declared as {@code Object}, {@code Command} or {@code Reply} look: {@code ["its.name/1", {...}]}. What has no name
     * in this catalogue is neither written nor read.
     */
    ObjectMapper namingMapper() {
        StdTypeResolverBuilder naming =
                new ObjectMapper.DefaultTypeResolverBuilder(
                        ObjectMapper.DefaultTyping.JAVA_LANG_OBJECT, LaissezFaireSubTypeValidator.instance) {
                    @Override
                    public boolean useForType(JavaType type) {
                        Class<?> declared = type.getRawClass();
                        return declared == Object.class || declared == Command.class || declared == Reply.class;
                    }
                };
        ObjectMapper mapper = Json.STORED.copy();
        mapper.setDefaultTyping(
                naming.init(JsonTypeInfo.Id.CUSTOM, new Names()).inclusion(JsonTypeInfo.As.WRAPPER_ARRAY));
        return mapper;
    }

    private final class Names extends TypeIdResolverBase {
        @Override
        public String idFromValue(Object value) {
            return named(value).name();
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> type) {
            return idFromValue(value);
        }

        @Override
        public JavaType typeFromId(DatabindContext context, String name) {
            return context.constructType(named(name).type());
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }

    Named named(String name) {
        Named named = byName.get(name);
        if (named == null) {
            throw new IllegalArgumentException("Nothing is known by the name " + name
                    + ": it was written by a newer version of Turnwise, or a domain is missing");
        }
        return named;
    }

    Named named(Object value) {
        Named named = byType.get(value.getClass());
        if (named == null) {
            throw new IllegalArgumentException(value.getClass() + " has no name in the catalogue");
        }
        return named;
    }
}
