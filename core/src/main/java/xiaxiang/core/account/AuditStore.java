package xiaxiang.core.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Territory;

/// Who changed what, when, from where, field by field; the database's triggers write it, nobody changes it.
public final class AuditStore {
    /// One change of one row. `person` is null where the program itself acted; their name is told within their territory's reach only. `changes` maps each column to [old, new].
    public record Entry(long id, Instant at, @Nullable Long person, @Nullable String personName, String origin, String table, String row, String op, JsonNode changes) {}

    /// Which changes: each part that is not null narrows; `before` is the id the page starts after, going back in time.
    public record Filter(@Nullable String table, @Nullable String row, @Nullable Long person, @Nullable String place, @Nullable Instant from, @Nullable Long before) {}

    /// What everybody who sees shops or plans sees the history of.
    private static final String OPEN_TABLES = "(:shops AND a.table_name IN ('shop', 'place', 'site', 'shop_merge') OR :plans AND a.table_name IN ('scenario', 'plan'))";

    private AuditStore() {}

    /// At most `limit` changes within the territory, the latest first: of everything with the right to read the audit, else the history of what the other rights show.
    public static List<Entry> list(Handle handle, Territory territory, boolean all, boolean shops, boolean plans, Filter filter, int limit) {
        StringBuilder sql = new StringBuilder("SELECT a.id, a.at, a.person, p.name, a.origin, a.table_name, a.row_key, a.op, a.changes::text FROM audit a LEFT JOIN person p ON p.id = a.person AND ")
                .append(Territory.insideSql("p")).append(" WHERE ").append(Territory.insideSql("a")).append(" AND (:all OR ").append(OPEN_TABLES).append(')');
        if (filter.table() != null) sql.append(" AND a.table_name = :table");
        if (filter.row() != null) sql.append(" AND a.row_key = :row");
        if (filter.person() != null) sql.append(" AND a.person = :person");
        if (filter.place() != null) sql.append(" AND EXISTS (SELECT FROM place t WHERE t.code = :place AND a.path >= t.path AND a.path < path_end(t.path))");
        if (filter.from() != null) sql.append(" AND a.at >= :from");
        if (filter.before() != null) sql.append(" AND a.id < :before");
        var query = handle.createQuery(sql.append(" ORDER BY a.id DESC LIMIT :limit")).bindMap(territory.binds()).bind("all", all).bind("shops", shops).bind("plans", plans).bind("limit", limit);
        if (filter.table() != null) query.bind("table", filter.table());
        if (filter.row() != null) query.bind("row", filter.row());
        if (filter.person() != null) query.bind("person", filter.person());
        if (filter.place() != null) query.bind("place", filter.place());
        if (filter.from() != null) query.bind("from", filter.from());
        if (filter.before() != null) query.bind("before", filter.before());
        return query.map((row, _) -> new Entry(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getObject(3, Long.class), row.getString(4), row.getString(5), row.getString(6),
                row.getString(7), row.getString(8), JsonMapper.shared().readTree(row.getString(9)))).list();
    }
}
