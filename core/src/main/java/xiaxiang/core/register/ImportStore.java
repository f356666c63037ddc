package xiaxiang.core.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table of imports: what was uploaded, what was wrong with it, what it changes. Whose imports somebody finds is their own, and everybody's where `all` says so.
public final class ImportStore {
    private static final String COLUMNS = "id, person, format, state, files::text, counts::text, problems::text, problem_count, changes::text, created_at, applied_at, person_name(person)";

    private ImportStore() {}

    /// How an import stands.
    public enum State {
        JUDGING, REFUSED, READY, APPLYING, APPLIED, FAILED;

        /// The name in the database and on the wire.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An import as it stands: `by` the name of who brought it, `files` [{name, bytes, sha256}], `counts` {table: {new, changed, same}}, `problems` in both languages, `changes` the first of the cells that change.
    public record Import(long id, String by, String format, State state, JsonNode files, JsonNode counts, JsonNode problems, long problemCount, JsonNode changes, Instant at, @Nullable Instant appliedAt) {}

    /// Notes that files have come; returns the import's number.
    public static long begin(Handle handle, long person, String format, JsonNode files) {
        return handle.createQuery("INSERT INTO import (person, format, state, files) VALUES (:person, :format, 'judging', CAST(:files AS jsonb)) RETURNING id").bind("person", person).bind("format", format)
                .bind("files", files.toString()).mapTo(long.class).one();
    }

    /// An import of a person, or (with `all`) anybody's that the database shows; null if there is none.
    public static @Nullable Import find(Handle handle, long person, boolean all, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM import WHERE id = :id AND (person = :person OR :all)").bind("id", id).bind("person", person).bind("all", all).map(ImportStore::read).findOne().orElse(null);
    }

    /// Imports, the newest first: at most `limit` with a number below `before`.
    public static List<Import> list(Handle handle, long person, boolean all, long before, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM import WHERE id < :before AND (person = :person OR :all) ORDER BY id DESC LIMIT :limit").bind("person", person).bind("all", all)
                .bind("before", before).bind("limit", limit).map(ImportStore::read).list();
    }

    /// Moves a person's import on; false where it does not stand at `from`.
    public static boolean move(Handle handle, long person, long id, State from, State to) {
        return handle.createUpdate("UPDATE import SET state = :to, applied_at = CASE WHEN :to = 'applied' THEN now() END WHERE id = :id AND person = :person AND state = :from").bind("id", id)
                .bind("person", person).bind("from", from.text()).bind("to", to.text()).execute() == 1;
    }

    /// Notes what an import would change, or what is wrong with it.
    public static void judged(Handle handle, long person, long id, JsonNode problems, long count, FactImport.@Nullable Difference difference) {
        var counts = JsonMapper.shared().createObjectNode();
        if (difference != null) difference.counts().forEach((table, one) -> counts.putObject(table).put("new", one.fresh()).put("changed", one.changed()).put("same", one.same()));
        String changes = difference == null ? "[]" : JsonMapper.shared().writeValueAsString(difference.changes().stream().map(ImportStore::change).toList());
        handle.createUpdate("UPDATE import SET problems = CAST(:problems AS jsonb), problem_count = :count, counts = CAST(:counts AS jsonb), changes = CAST(:changes AS jsonb), state = :state "
                + "WHERE id = :id AND person = :person AND state IN ('judging', 'applying')").bind("problems", problems.toString()).bind("count", count).bind("counts", counts.toString())
                .bind("changes", changes).bind("state", (count > 0 ? State.REFUSED : State.READY).text()).bind("id", id).bind("person", person).execute();
    }

    private static Map<String, @Nullable Object> change(FactImport.Change one) {
        var out = new java.util.LinkedHashMap<String, @Nullable Object>();
        out.put("table", one.table());
        out.put("key", one.key());
        out.put("column", one.column());
        out.put("old", one.old());
        out.put("new", one.now());
        return out;
    }

    private static Import read(ResultSet row, StatementContext context) throws SQLException {
        OffsetDateTime applied = row.getObject(11, OffsetDateTime.class);
        return new Import(row.getLong(1), row.getString(12) == null ? "" : row.getString(12), row.getString(3), State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)), json(row, 5), json(row, 6), json(row, 7), row.getLong(8), json(row, 9),
                row.getObject(10, OffsetDateTime.class).toInstant(), applied == null ? null : applied.toInstant());
    }

    private static JsonNode json(ResultSet row, int column) throws SQLException {
        return JsonMapper.shared().readTree(row.getString(column));
    }
}
