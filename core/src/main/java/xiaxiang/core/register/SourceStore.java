package xiaxiang.core.register;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// Where the rows of a territory come from.
public final class SourceStore {
    /// The longest text and licence that can be noted, in characters.
    public static final int LONGEST_PART = 2_000;
    public static final int LONGEST_LICENCE = 500;
    private static final int MOST = 2_000;

    private SourceStore() {}

    /// A source of a table's rows, what they are worth, and how many there are.
    public record Source(String table, String source, String kind, long rows) {}

    /// What is noted of a text: every source that contains it may be used under this licence.
    public record Licence(String part, String licence) {
        public Licence {
            if (part.isBlank() || part.length() > LONGEST_PART || licence.isBlank() || licence.length() > LONGEST_LICENCE) throw new IllegalArgumentException("A licence has 1 to " + LONGEST_LICENCE + " characters, the text it holds for 1 to " + LONGEST_PART + ".");
        }
    }

    /// All that is noted, by text.
    public static List<Licence> licences(Handle handle) {
        return handle.createQuery("SELECT part, licence FROM licence ORDER BY part LIMIT :most").bind("most", MOST).map((r, _) -> new Licence(r.getString(1), r.getString(2))).list();
    }

    /// The licence of a source: what is noted of the whole of it, else of its parts, in their order; null where nothing is. A part within another that is noted too says nothing of its own.
    public static @Nullable String licence(String source, List<Licence> all) {
        List<Licence> parts = all.stream().filter(one -> source.contains(one.part())).toList();
        String joined = parts.stream().filter(one -> parts.stream().noneMatch(other -> other.part().length() > one.part().length() && other.part().contains(one.part())))
                .sorted(Comparator.comparingInt((Licence one) -> source.indexOf(one.part()))).map(Licence::licence).distinct().collect(Collectors.joining("; "));
        return joined.isEmpty() ? null : joined;
    }

    /// Notes a licence, in place of what was noted of the same text before. False where so many are noted that no more would be read.
    public static boolean note(Handle handle, Licence one) {
        return handle.createUpdate("""
                INSERT INTO licence AS l (part, licence) SELECT :part, :licence WHERE (SELECT count(*) FROM licence WHERE part <> :part) < :most
                ON CONFLICT (part) DO UPDATE SET licence = EXCLUDED.licence, updated_at = now()""").bind("part", one.part()).bind("licence", one.licence()).bind("most", MOST).execute() == 1;
    }

    /// Forgets what is noted of a text; false where nothing was.
    public static boolean forget(Handle handle, String part) {
        return handle.createUpdate("DELETE FROM licence WHERE part = :part").bind("part", part).execute() == 1;
    }

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
