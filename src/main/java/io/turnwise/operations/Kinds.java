package io.turnwise.operations;

import io.turnwise.http.ProblemException;
import io.turnwise.turn.Definition;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All kinds of entities of a node, by the first part of their persistence ids. */
final class Kinds {

    private static final Pattern PERSISTENCE_ID = Pattern.compile("([a-z-]{1,32})\\|(([a-z0-9-]{1,32}):[!-~]{1,200})");

    private final Map<String, Definition<?>> byType;

    Kinds(Collection<Definition<?>> definitions) {
        this.byType = definitions.stream().collect(Collectors.toMap(Definition::type, Function.identity()));
    }

    /**
     * The entity of this name; it may be one to which nothing has happened.
     *
     * @throws ProblemException when there is no such kind, or it is another tenant's
     */
    Entity<?> find(String persistenceId, String tenant) {
        Matcher parts = PERSISTENCE_ID.matcher(persistenceId);
        if (parts.matches() && parts.group(3).equals(tenant)) {
            Definition<?> definition = byType.get(parts.group(1));
            if (definition != null) {
                return new Entity<>(definition, parts.group(2));
            }
        }
        throw new ProblemException(OperationsRejection.UNKNOWN_ENTITY);
    }
}
