package xiaxiang.app.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.ShopDuplicates;
import xiaxiang.core.register.ShopStore;

/// What somebody finds when they come in: what changed in their territory, what waits for them, how much there is. It looks into the tables of every room.
public final class HomeView {
    private static final int LINES = 20;
    private static final int READ = 200;
    /// Changes of one person to one table within this time are one line.
    private static final Duration ONE_GO = Duration.ofHours(1);

    /// What needs a pass over many rows (half a second for a nation's) is true as of five minutes ago, for a territory and what the database lets one see.
    private static final Duration AS_OF = Duration.ofMinutes(5);

    private final Cache<Seen, Long> places = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(AS_OF).build();
    private final Cache<Seen, String> duplicates = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(AS_OF).build();

    private record Seen(Territory territory, String database) {}

    public HomeView() {}

    /// Something that changed; `kind` is a word (shop, shops, place, places, site, sites, merge, scenario, plan, approved, import), `args` what it is about: its name or number, how many, by whom.
    public record Changed(Instant at, String kind, Map<String, Object> args) {
        public Changed {
            args = Map.copyOf(args);
        }
    }

    /// Something that waits; `kind` is a word (import, approve, job, duplicates), `id` its number, `name` what it is called, (of a job) says of itself or (of duplicates) how many there
    /// are. `about` is where it is seen to, as a kind and a number: plan/12, import/5, or fit. Of a plan to approve, when it was made and what it nets in a year: its name alone is its scenario's.
    public record Waiting(String kind, String id, String name, String about, @Nullable Instant at, @Nullable Double netUnits) {
        Waiting(String kind, String id, String name, String about) {
            this(kind, id, name, about, null, null);
        }
    }

    /// How much there is.
    public record Counts(long places, long shops, long plans) {}

    /// All three.
    public record Answer(List<Changed> changed, List<Waiting> waiting, Counts counts) {
        public Answer {
            changed = List.copyOf(changed);
            waiting = List.copyOf(waiting);
        }
    }

    /// What a person of these rights finds in their territory.
    public Answer of(Handle handle, long person, Territory territory, Set<Right> rights) {
        return new Answer(changed(handle, person, territory, rights), waiting(handle, person, territory, rights), counts(handle, territory, rights));
    }

    private record Line(Instant at, String table, String op, String key, String name, @Nullable Long person, String personName, boolean approved) {}

    private static List<Changed> changed(Handle handle, long person, Territory territory, Set<Right> rights) {
        var all = new ArrayList<Changed>();
        List<Line> lines = lines(handle, territory, rights);
        for (int from = 0; from < lines.size();) {
            int to = from + 1;
            while (to < lines.size() && oneGo(lines.get(from), lines.get(to))) to++;
            all.add(line(lines.get(from), to - from));
            from = to;
        }
        all.addAll(imports(handle, person));
        all.sort((a, b) -> b.at().compareTo(a.at()));
        return all.subList(0, Math.min(LINES, all.size()));
    }

    private static boolean oneGo(Line first, Line next) {
        return first.table().equals(next.table()) && Objects.equals(first.person(), next.person()) && first.approved() == next.approved() && first.at().minus(ONE_GO).isBefore(next.at());
    }

    private static Changed line(Line first, int count) {
        String kind = first.approved() ? "approved" : first.table().equals("shop_merge") ? "merge" : first.table();
        boolean several = count > 1 && Set.of("shop", "place", "site").contains(first.table());
        Map<String, Object> args = several ? Map.of("n", (long) count, "by", first.personName()) : Map.of("name", first.name().isEmpty() ? first.key() : first.name(), "by", first.personName());
        return new Changed(first.at(), several ? kind + "s" : kind, args);
    }

    /// The latest changes by people, of what the rights show. Names of people are told to who may see people.
    private static List<Line> lines(Handle handle, Territory territory, Set<Right> rights) {
        return handle.createQuery("""
                SELECT a.at, a.table_name, a.op, a.row_key, coalesce(s.name, p.name, c.name, ''), a.person, coalesce(n.name, ''), a.table_name = 'plan' AND a.changes -> 'approved_at' IS NOT NULL
                FROM (SELECT * FROM audit a WHERE %1$s AND a.person IS NOT NULL AND (:shops AND a.table_name IN ('shop', 'place', 'site', 'shop_merge')
                    OR :plans AND (a.table_name = 'scenario' OR a.table_name = 'plan' AND (a.op = 'insert' OR a.changes -> 'approved_at' IS NOT NULL))) ORDER BY a.id DESC LIMIT :most) a
                  LEFT JOIN shop_merge m ON a.table_name = 'shop_merge' AND CAST(m.id AS text) = a.row_key AND %7$s
                  LEFT JOIN shop s ON s.id = CASE a.table_name WHEN 'shop' THEN a.row_key WHEN 'shop_merge' THEN m.into_shop END AND %2$s
                  LEFT JOIN place p ON a.table_name = 'place' AND p.code = a.row_key AND %3$s
                  LEFT JOIN plan l ON a.table_name = 'plan' AND CAST(l.id AS text) = a.row_key AND %4$s
                  LEFT JOIN scenario c ON (a.table_name = 'scenario' AND CAST(c.id AS text) = a.row_key OR c.id = l.scenario) AND %5$s
                  LEFT JOIN person n ON :named AND n.id = a.person AND %6$s
                ORDER BY a.id DESC""".formatted(Territory.insideSql("a"), Territory.shopsSql("s"), Territory.placesSql("p"), Territory.insideSql("l"), Territory.insideSql("c"), Territory.insideSql("n"), Territory.insideSql("m")))
                .bind("shops", rights.contains(Right.READ_SHOPS)).bind("plans", rights.contains(Right.READ_PLANS)).bind("named", rights.contains(Right.READ_PEOPLE)).bind("most", READ)
                .bindMap(territory.binds()).map((r, _) -> new Line(r.getObject(1, OffsetDateTime.class).toInstant(), r.getString(2), r.getString(3), r.getString(4), r.getString(5),
                        r.getObject(6, Long.class), r.getString(7), r.getBoolean(8))).list();
    }

    /// A person's own imports: others' are theirs to speak of.
    private static List<Changed> imports(Handle handle, long person) {
        return handle.createQuery("SELECT i.applied_at, i.id, i.format FROM import i WHERE i.person = :person AND i.state = 'applied' AND i.applied_at IS NOT NULL ORDER BY i.id DESC LIMIT :most")
                .bind("person", person).bind("most", LINES)
                .map((r, _) -> new Changed(r.getObject(1, OffsetDateTime.class).toInstant(), "import", Map.of("name", r.getString(2), "format", r.getString(3)))).list();
    }

    private List<Waiting> waiting(Handle handle, long person, Territory territory, Set<Right> rights) {
        var all = new ArrayList<Waiting>();
        all.addAll(handle.createQuery("SELECT i.id, coalesce(i.files -> 0 ->> 'name', '') FROM import i WHERE i.person = :person AND i.state = 'ready' ORDER BY i.id DESC LIMIT :most").bind("person", person)
                .bind("most", LINES).map((r, _) -> new Waiting("import", r.getString(1), r.getString(2), "import/" + r.getString(1))).list());
        if (rights.contains(Right.APPROVE)) all.addAll(toApprove(handle, territory));
        all.addAll(handle.createQuery("SELECT j.id, j.message, concat_ws('/', CASE j.kind WHEN 'apply' THEN 'import' ELSE j.kind END, j.asked ->> CASE j.kind WHEN 'apply' THEN 'import' ELSE j.kind END) FROM job j WHERE j.person = :person AND j.state = 'failed' AND j.ended_at > now() - interval '7 days' ORDER BY j.id DESC LIMIT :most")
                .bind("person", person).bind("most", LINES).map((r, _) -> new Waiting("job", r.getString(1), r.getString(2), r.getString(3))).list());
        String pairs = rights.contains(Right.EDIT_SHOPS) ? pairs(handle, territory) : "";
        if (!pairs.isEmpty()) all.add(new Waiting("duplicates", "duplicates", pairs, ""));
        return all;
    }

    /// The latest draft of each scenario, unless a plan of it was approved after.
    private static List<Waiting> toApprove(Handle handle, Territory territory) {
        return handle.createQuery("""
                SELECT l.id, c.name, l.created_at, CAST(l.summary -> 'netUnits' ->> 'value' AS double precision) FROM (SELECT DISTINCT ON (l.scenario) l.* FROM plan l WHERE l.state IN ('draft', 'approved') AND %s ORDER BY l.scenario, l.id DESC) l
                JOIN scenario c ON c.id = l.scenario AND c.deleted_at IS NULL AND %s WHERE l.state = 'draft' ORDER BY l.id DESC LIMIT :most""".formatted(Territory.insideSql("l"), Territory.insideSql("c")))
                .bind("most", LINES).bindMap(territory.binds()).map((r, _) -> new Waiting("approve", r.getString(1), r.getString(2), "plan/" + r.getString(1),
                        r.getObject(3, OffsetDateTime.class).toInstant(), r.getObject(4, Double.class))).list();
    }

    /// How many pairs of shops may be one, 20+ where the list goes on; empty if none.
    private String pairs(Handle handle, Territory territory) {
        return duplicates.get(new Seen(territory, Database.seen(handle)), _ -> {
            ShopDuplicates.Part part = ShopDuplicates.list(handle, territory, null, ShopStore.START, LINES);
            return part.pairs().isEmpty() ? "" : part.pairs().size() + (part.next() == null ? "" : "+");
        });
    }

    private Counts counts(Handle handle, Territory territory, Set<Right> rights) {
        long plans = rights.contains(Right.READ_PLANS) ? count(handle, territory, "plan t WHERE t.state IN ('draft', 'approved') AND " + Territory.insideSql("t")) : 0;
        // What the database keeps counted is told to who sees all shops of a place only.
        if (territory.shopLow() != null && rights.contains(Right.READ_SHOPS)) return kept(handle, territory, plans);
        long placed = places.get(new Seen(territory, Database.seen(handle)), _ -> count(handle, territory, "place t WHERE " + Territory.placesSql("t")));
        return new Counts(placed, count(handle, territory, "shop t WHERE t.closed_at IS NULL AND " + Territory.shopsSql("t")), plans);
    }

    private static Counts kept(Handle handle, Territory territory, long plans) {
        return handle.createQuery("SELECT coalesce(sum(coalesce(t.places, 1)), 0), coalesce(sum(t.shops), 0) FROM place p LEFT JOIN place_count t ON t.code = p.code AND %s WHERE p.%s AND %s".formatted(
                Territory.insideSql("t"), territory.placeLow().isEmpty() ? "parent IS NULL" : "path = :territory_low", Territory.placesSql("p"))).bindMap(territory.binds())
                .map((r, _) -> new Counts(r.getLong(1), r.getLong(2), plans)).one();
    }

    private static long count(Handle handle, Territory territory, String from) {
        return handle.createQuery("SELECT count(*) FROM " + from).bindMap(territory.binds()).mapTo(Long.class).one();
    }
}
