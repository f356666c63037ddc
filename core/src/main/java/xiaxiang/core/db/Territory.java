package xiaxiang.core.db;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Where somebody may look, as the application's own check states it: row-level security says the same once more, from the tables.
///
/// A subtree of places is a range of paths, never a list: `placeLow` (included) to `placeHigh` (excluded) in byte order. `shopLow` and `shopHigh` are the same range for
/// a territory of places, and null for a distributor and a shop, who see `distributor`'s shops or the one `shop` only, and nothing that is confidential to a place.
public record Territory(String placeLow, String placeHigh, @Nullable String shopLow, @Nullable String shopHigh, @Nullable String distributor, @Nullable String shop) {
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    /// Where the person looks whose scope this transaction has.
    public static Territory entered(Handle handle) {
        return handle.createQuery("""
                SELECT coalesce(noted('place_low'), '') AS low, coalesce(noted('place_high'), '') AS high, noted('distributor') AS distributor, noted('shop') AS shop""").map((row, _) -> {
            boolean places = row.getString("distributor") == null && row.getString("shop") == null;
            String low = row.getString("low");
            String high = row.getString("high");
            return new Territory(low, high, places ? low : null, places ? high : null, row.getString("distributor"), row.getString("shop"));
        }).one();
    }

    /// All there is.
    public static Territory everywhere() {
        return new Territory("", LAST, "", LAST, null, null);
    }

    /// A place's subtree, the place with it.
    public static Territory place(String path) {
        return new Territory(path, end(path), path, end(path), null, null);
    }

    /// A distributor's shops; `path` is the place it serves.
    public static Territory distributor(String id, String path) {
        return new Territory(path, end(path), null, null, id, null);
    }

    /// One shop; `path` is the place it stands in.
    public static Territory shop(String id, String path) {
        return new Territory(path, end(path), null, null, null, id);
    }

    /// The first path after a subtree: '0' follows '/'. Throws IllegalArgumentException unless the path ends with '/'.
    public static String end(String path) {
        if (!path.endsWith("/")) throw new IllegalArgumentException("A path must end with '/': " + path);
        return path.substring(0, path.length() - 1) + '0';
    }

    /// Whether the place of a path lies in it.
    public boolean holdsPlace(String path) {
        return below(placeLow, path) && path.compareTo(placeHigh) < 0;
    }

    /// Whether what is confidential to the place of a path (plans, sites, visits, people) lies in it.
    public boolean holds(String path) {
        return shopLow != null && shopHigh != null && below(shopLow, path) && path.compareTo(shopHigh) < 0;
    }

    /// Whether a shop lies in it: by its place, its distributor, or itself.
    public boolean holdsShop(String path, @Nullable String itsDistributor, String id) {
        return holds(path) || (distributor != null && distributor.equals(itsDistributor)) || id.equals(shop);
    }

    private static boolean below(String low, String path) {
        return low.compareTo(path) <= 0;
    }

    /// The SQL condition of [#holdsPlace] for the columns of table alias `t`; bind [#binds].
    public static String placesSql(String t) {
        return "(" + t + ".path >= :territory_low AND " + t + ".path < :territory_high)";
    }

    /// The SQL condition of [#holds]; bind [#binds].
    public static String insideSql(String t) {
        return "(" + t + ".path >= :territory_inside_low AND " + t + ".path < :territory_inside_high)";
    }

    /// The SQL condition of [#holdsShop] for a table with the columns path, distributor and id; bind [#binds].
    public static String shopsSql(String t) {
        return "(" + insideSql(t) + " OR " + t + ".distributor = :territory_distributor OR " + t + ".id = :territory_shop)";
    }

    /// What the conditions need, by name, for JDBI's bindMap; an empty range where there is none.
    public Map<String, String> binds() {
        return Map.of("territory_low", placeLow, "territory_high", placeHigh, "territory_inside_low", shopLow == null ? "" : shopLow, "territory_inside_high", shopHigh == null ? "" : shopHigh,
                "territory_distributor", distributor == null ? "" : distributor, "territory_shop", shop == null ? "" : shop);
    }
}
