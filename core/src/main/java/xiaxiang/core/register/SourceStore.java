package xiaxiang.core.register;

import java.util.List;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.db.Territory;

/// Where the rows of a territory come from.
public final class SourceStore {
    private SourceStore() {}

    /// A source of a table's rows, what they are worth, and how many there are.
    public record Source(String table, String source, String kind, long rows) {}

    /// All sources of the tables a person may see, by table and number of rows. Cost: reads all rows of the territory; keep the answer.
    public static List<Source> list(Handle handle, Territory territory) {
        return handle.createQuery("""
                SELECT * FROM (
                  SELECT 'divisions' AS name, t.source, t.kind, count(*) AS n FROM place t WHERE %1$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'people', t.source, t.kind, count(*) FROM people t WHERE %1$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'boundaries', t.source, t.kind, count(*) FROM boundary t WHERE %1$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'shops', t.source, t.kind, count(*) FROM shop t WHERE t.closed_at IS NULL AND %2$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'sites', t.source, t.kind, count(*) FROM site t WHERE t.deleted_at IS NULL AND %3$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'visits', t.source, t.kind, count(*) FROM visit t WHERE %3$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'answers', t.source, t.kind, count(*) FROM answer t WHERE %3$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'sellout', t.source, t.kind, count(*) FROM sell_out t WHERE %3$s GROUP BY t.source, t.kind
                 UNION ALL SELECT 'brands', source, kind, count(*) FROM brand GROUP BY source, kind
                 UNION ALL SELECT 'models', source, kind, count(*) FROM model GROUP BY source, kind
                 UNION ALL SELECT 'market', source, kind, count(*) FROM market_fact GROUP BY source, kind
                 UNION ALL SELECT 'channels', source, kind, count(*) FROM channel_fact GROUP BY source, kind) every
                ORDER BY name, n DESC, source, kind LIMIT 2000"""
                .formatted(Territory.placesSql("t"), Territory.shopsSql("t"), Territory.insideSql("t"))).bindMap(territory.binds())
                .map((r, _) -> new Source(r.getString(1), r.getString(2), r.getString(3), r.getLong(4))).list();
    }
}
