package io.turnwise.projection;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables of a view once more, empty, in a schema of their own. Where that schema comes first, the view writes into them under the
 * names that it knows.
 */
final class Shadow {

    private final View.InPostgres view;
    private final String schema;

    Shadow(View.InPostgres view) {
        this.view = view;
        this.schema = "rebuild_" + view.name().replaceAll("[^a-z0-9]", "_");
    }

    View.InPostgres view() {
        return view;
    }

    void create(Handle handle) {
        drop(handle);
        handle.execute("CREATE SCHEMA " + schema);
        for (String table : view.tables()) {
            handle.execute("CREATE TABLE " + schema + "." + table + " (LIKE " + table + " INCLUDING ALL)");
        }
    }

    void drop(Handle handle) {
        handle.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    /** Until the end of the transaction the view writes here. */
    void enter(Handle handle) {
        handle.execute("SET LOCAL search_path = " + schema + ", " + current(handle));
    }

    private static String current(Handle handle) {
        return handle.createQuery("SELECT quote_ident(current_schema())")
                .mapTo(String.class)
                .one();
    }

    /** Rows that one side has and the other has not. */
    record Difference(long onlyBefore, long onlyAfter) {}

    Difference difference(Handle handle) {
        long onlyBefore = 0;
        long onlyAfter = 0;
        for (String table : view.tables()) {
            onlyBefore += excess(handle, table, schema + "." + table);
            onlyAfter += excess(handle, schema + "." + table, table);
        }
        return new Difference(onlyBefore, onlyAfter);
    }

    private static long excess(Handle handle, String of, String over) {
        return handle.createQuery("SELECT count(*) FROM (TABLE " + of + " EXCEPT ALL TABLE " + over + ") excess")
                .mapTo(Long.class)
                .one();
    }

    private record Index(String name, String what) {}

    /** Puts the shadow in the view's place, indexes under the names that they had. */
    void swap(Handle handle) {
        String serving = current(handle);
        for (String table : view.tables()) {
            List<Index> before = indexes(handle, serving, table);
            List<Index> after = new ArrayList<>(indexes(handle, schema, table));
            handle.execute("DROP TABLE " + serving + "." + table);
            handle.execute("ALTER TABLE " + schema + "." + table + " SET SCHEMA " + serving);
            for (Index old : before) {
                after.stream()
                        .filter(each -> each.what().equals(old.what()))
                        .findFirst()
                        .ifPresent(same -> {
                            after.remove(same);
                            if (!same.name().equals(old.name())) {
                                handle.execute(
                                        "ALTER INDEX " + serving + "." + same.name() + " RENAME TO " + old.name());
                            }
                        });
            }
        }
        drop(handle);
    }

    /** By what they are of, in whatever schema and under whatever name. */
    private static List<Index> indexes(Handle handle, String schema, String table) {
        return handle.createQuery("SELECT quote_ident(indexname) AS name,"
                        + " regexp_replace(indexdef, '^(CREATE.* INDEX) \\S+ ON \\S+', '\\1') AS what"
                        + " FROM pg_indexes WHERE quote_ident(schemaname) = :schema AND tablename = :table"
                        + " ORDER BY indexname")
                .bind("schema", schema)
                .bind("table", table)
                .map((row, context) -> new Index(row.getString("name"), row.getString("what")))
                .list();
    }
}
