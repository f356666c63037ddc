package xiaxiang.core.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.db.Territory;
import xiaxiang.engine.geo.Distance;

/// Pairs of open shops that may be one shop noted twice.
///
/// Names alike (.75 and more, see [NameSimilarity]) within 200 m; or within 30 m the same owner, format and brands, and names not altogether different (.3). Two shops invented from
/// seeds are never a pair: they are two because they were drawn so; of an invented one and another, the other comes first. Distances are great-circle metres. Across the antimeridian nobody is a neighbour.
public final class ShopDuplicates {
    /// How far apart two records of one shop may lie, in metres.
    static final double FAR_METERS = 200;
    private static final double CLOSE_METERS = 30;
    private static final double ALIKE = .75;
    private static final double HARDLY_ALIKE = .3;
    /// A shop is compared with its 20 nearest: where a thousand were all put on one point, a list of half a million pairs helps nobody.
    private static final int NEAREST = 20;
    /// The most shops looked at in a square; its order also tells the planner that the index is the way.
    private static final int CROWD = 1_000;
    private static final int READ = 1_000;
    private static final int MOST_READ = 5_000;

    private ShopDuplicates() {}

    /// Why two may be one.
    public enum Reason { SIMILAR_NAME, SAME_SPOT }

    /// Two shops, `meters` apart.
    public record Pair(StoredShop a, StoredShop b, double meters, double nameSimilarity, Reason reason) {}

    /// Pairs, and the key of the last shop that was compared with all after it; null when none is left.
    public record Part(List<Pair> pairs, ShopStore.@Nullable Key next) {
        public Part {
            pairs = List.copyOf(pairs);
        }
    }

    private record Near(String a, String b) {}

    /// The pairs in a place's subtree (null: in the territory), by path and id of the first, after a key: about `most`, fewer when 5,000 shops that were not invented were read and there may be more.
    /// Cost: a few look-ups in the index of squares for each shop read.
    public static Part list(Handle handle, Territory territory, @Nullable String placePath, ShopStore.Key after, int most) {
        var pairs = new ArrayList<Pair>();
        ShopStore.Key at = after;
        for (int read = 0; read < MOST_READ && pairs.size() < most; read += READ) {
            List<ShopStore.Key> part = part(handle, territory, placePath, at);
            if (part.isEmpty()) return new Part(pairs, null);
            List<Pair> found = pairs(handle, territory, placePath, at, part.getLast());
            int whole = wholeGroups(found, most - pairs.size());
            pairs.addAll(found.subList(0, whole));
            at = whole < found.size() ? key(found.get(whole - 1).a()) : part.getLast();
            if (whole == found.size() && part.size() < READ) return new Part(pairs, null);
        }
        return new Part(pairs, at);
    }

    /// How many of the pairs to take so that a shop's pairs stay together and `most` is reached.
    private static int wholeGroups(List<Pair> found, int most) {
        int end = Math.min(most, found.size());
        while (end > 0 && end < found.size() && found.get(end).a().shop().id().equals(found.get(end - 1).a().shop().id())) end++;
        return end;
    }

    private static ShopStore.Key key(StoredShop shop) {
        return new ShopStore.Key(shop.path(), shop.shop().id());
    }

    private static List<ShopStore.Key> part(Handle handle, Territory territory, @Nullable String placePath, ShopStore.Key after) {
        Between in = Between.of(placePath, territory);
        ShopStore.Key start = in.after(after);
        return handle.createQuery("""
                SELECT s.path, s.id FROM shop s WHERE s.closed_at IS NULL AND s.kind <> 'synthetic' AND s.path < :high AND (s.path, s.id) > (:after_path, :after_id) AND %s ORDER BY s.path, s.id LIMIT :most"""
                .formatted(Territory.shopsSql("s"))).bind("high", in.high()).bind("after_path", start.path()).bind("after_id", start.id()).bind("most", READ)
                .bindMap(territory.binds()).map((r, _) -> new ShopStore.Key(r.getString(1), r.getString(2))).list();
    }

    private static List<Pair> pairs(Handle handle, Territory territory, @Nullable String placePath, ShopStore.Key after, ShopStore.Key last) {
        List<Near> near = near(handle, territory, placePath, after, last);
        String[] ids = near.stream().flatMap(one -> Stream.of(one.a(), one.b())).distinct().toArray(String[]::new);
        Map<String, StoredShop> shops = ShopStore.shops(handle, territory, ids).stream().collect(Collectors.toMap(one -> one.shop().id(), Function.identity()));
        var pairs = new ArrayList<Pair>();
        for (Near one : near) {
            Pair pair = pair(shops.get(one.a()), shops.get(one.b()));
            if (pair != null) pairs.add(pair);
        }
        return pairs;
    }

    private static @Nullable Pair pair(@Nullable StoredShop a, @Nullable StoredShop b) {
        if (a == null || b == null) return null;
        Shop one = a.shop();
        Shop other = b.shop();
        double meters = Distance.meters(one.point().lon(), one.point().lat(), other.point().lon(), other.point().lat());
        double alike = Math.max(NameSimilarity.of(one.name(), other.name()), one.nameEn().isEmpty() || other.nameEn().isEmpty() ? 0 : NameSimilarity.of(one.nameEn(), other.nameEn()));
        if (meters <= FAR_METERS && alike >= ALIKE) return new Pair(a, b, meters, alike, Reason.SIMILAR_NAME);
        boolean same = one.owner() == other.owner() && one.format() == other.format() && Set.copyOf(one.brands()).equals(Set.copyOf(other.brands()));
        return meters <= CLOSE_METERS && alike >= HARDLY_ALIKE && same ? new Pair(a, b, meters, alike, Reason.SAME_SPOT) : null;
    }

    /// Who lies in the box around whom: the squares at the box's four corners hold it, being at least as wide. Their bounds are worked out first: a shift is not leakproof, and a comparison
    /// with one could not use the index under row-level security.
    private static List<Near> near(Handle handle, Territory territory, @Nullable String placePath, ShopStore.Key after, ShopStore.Key last) {
        Between in = Between.of(placePath, territory);
        ShopStore.Key start = in.after(after);
        return handle.createQuery("""
                WITH part AS MATERIALIZED (
                  SELECT s.id, s.path, s.lon, s.lat, CAST(:degrees AS float8) / greatest(cosd(s.lat), 1e-3) AS wide,
                    2 * (24 - greatest(0, least(24, floor(log(2, CAST(180 * greatest(cosd(s.lat), 1e-3) / :degrees AS numeric)))))::int) AS bits
                  FROM shop s WHERE s.closed_at IS NULL AND s.kind <> 'synthetic' AND s.path < :high AND (s.path, s.id) > (:after_path, :after_id)
                    AND (s.path, s.id) <= (:last_path, :last_id) AND %s)
                SELECT a.id, b.id FROM part a CROSS JOIN LATERAL (
                  SELECT s.id, s.path FROM (SELECT DISTINCT (cell(x, y) >> a.bits) << a.bits AS first, ((cell(x, y) >> a.bits) + 1) << a.bits AS after
                      FROM unnest(ARRAY[greatest(-180, a.lon - a.wide), least(180, a.lon + a.wide)]) x, unnest(ARRAY[greatest(-90, a.lat - :degrees), least(90, a.lat + :degrees)]) y) corner
                    CROSS JOIN LATERAL (SELECT s.id, s.path, s.lon, s.lat, s.kind FROM shop s WHERE s.closed_at IS NULL AND s.cell >= corner.first AND s.cell < corner.after AND %s
                      ORDER BY s.cell LIMIT :crowd) s
                  WHERE s.path >= :low AND s.path < :high AND (s.kind = 'synthetic' OR (s.path, s.id) > (a.path, a.id)) AND abs(s.lon - a.lon) <= a.wide AND abs(s.lat - a.lat) <= :degrees
                  ORDER BY (s.lon - a.lon) ^ 2 + (s.lat - a.lat) ^ 2, s.id LIMIT :nearest) b
                ORDER BY a.path, a.id, b.path, b.id""".formatted(Territory.shopsSql("s"), Territory.shopsSql("s"))).bind("degrees", Math.toDegrees(FAR_METERS / Distance.RADIUS_METERS))
                .bind("low", in.low()).bind("high", in.high()).bind("after_path", start.path()).bind("after_id", start.id()).bind("last_path", last.path()).bind("last_id", last.id())
                .bind("nearest", NEAREST).bind("crowd", CROWD).bindMap(territory.binds()).map((r, _) -> new Near(r.getString(1), r.getString(2))).list();
    }
}
