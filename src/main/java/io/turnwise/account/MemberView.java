package io.turnwise.account;

import io.turnwise.account.MemberEvent.MemberAdministered;
import io.turnwise.account.MemberEvent.MemberRegistered;
import io.turnwise.account.MemberEvent.PasswordChanged;
import io.turnwise.http.Role;
import io.turnwise.journal.JournalRow;
import io.turnwise.projection.View;
import io.turnwise.turn.Event;
import io.turnwise.turn.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The list of members, in table {@code member_view}. */
public final class MemberView implements View.InPostgres {

    /**
     * One member as the list has him.
     *
     * @param id of his entity; pages are in its order
     * @param version of his entity when the list learnt of it
     */
    record Listed(
            String id,
            String userId,
            String username,
            @Nullable String email,
            Role role,
            int weightHundredths,
            boolean disabled,
            Instant registeredAt,
            long version) {}

    @Override
    public String name() {
        return "members";
    }

    @Override
    public List<String> tables() {
        return List.of("member_view");
    }

    @Override
    public boolean wants(JournalRow row) {
        return row.type().equals(MemberDefinition.TYPE);
    }

    @Override
    public void apply(Handle handle, List<JournalRow> rows) {
        for (JournalRow row : rows) {
            Turn turn = row.happened();
            long version = turn.version();
            for (Turn.Entry entry : turn.entries()) {
                for (Event<?> event : entry.events()) {
                    update(handle, (MemberEvent) event, entry)
                            .bind("tenant", row.tenant())
                            .bind("id", row.id())
                            .bind("version", version++)
                            .execute();
                }
            }
        }
    }

    private static Update update(Handle handle, MemberEvent event, Turn.Entry entry) {
        if (event instanceof MemberRegistered registered) {
            return insert(handle, registered, entry.atMillis());
        }
        if (event instanceof MemberAdministered change) {
            return handle.createUpdate("UPDATE member_view SET version = :version, role = coalesce(:role, role),"
                            + " weight_hundredths = coalesce(:weight, weight_hundredths),"
                            + " disabled = coalesce(:disabled, disabled)"
                            + " WHERE tenant = :tenant AND username_id = :id AND version < :version")
                    .bind("role", change.role() == null ? null : change.role().wireName())
                    .bind("weight", change.weightHundredths())
                    .bind("disabled", change.disabled());
        }
        if (event instanceof PasswordChanged) {
            return handle.createUpdate("UPDATE member_view SET version = :version"
                    + " WHERE tenant = :tenant AND username_id = :id AND version < :version");
        }
        throw new IllegalArgumentException("The list of members does not know " + event.getClass());
    }

    private static Update insert(Handle handle, MemberRegistered registered, long atMillis) {
        return handle.createUpdate("INSERT INTO member_view (tenant, username_id, user_id, username, email, role,"
                        + " weight_hundredths, disabled, registered_at, version)"
                        + " VALUES (:tenant, :id, :userId, :username, :email, :role, :weight, false, :at, :version)"
                        + " ON CONFLICT (tenant, username_id) DO NOTHING")
                .bind("userId", registered.userId())
                .bind("username", registered.username())
                .bind("email", registered.email())
                .bind("role", registered.role().wireName())
                .bind("weight", registered.weightHundredths())
                .bind("at", Instant.ofEpochMilli(atMillis).atOffset(ZoneOffset.UTC));
    }

    /**
     * A page of members, by id.
     *
     * @param query a part of the name or e-mail address, or the whole name however it is written; empty for all
     * @param after the id before the page; empty for the first
     */
    static List<Listed> page(Handle handle, String tenant, String query, String after, int limit) {
        String part = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return handle.createQuery("SELECT * FROM member_view WHERE tenant = :tenant AND username_id > :after"
                        + " AND (username ILIKE :part OR email ILIKE :part OR username_id = :id)"
                        + " ORDER BY username_id LIMIT :limit")
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("part", "%" + part + "%")
                .bind("id", Username.of(query).map(Username::entityId).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> listed(row))
                .list();
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getString("username_id"),
                row.getString("user_id"),
                row.getString("username"),
                row.getString("email"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getInt("weight_hundredths"),
                row.getBoolean("disabled"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
