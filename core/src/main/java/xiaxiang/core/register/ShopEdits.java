package xiaxiang.core.register;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.ShopRow;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// Shops changed by hand. What is typed is judged by the rules of shops.csv ([ShopRow]), as its columns: all that is wrong, at once.
///
/// A row written by hand is `observed` (it names a source) or a `sketch`: nobody types what a seed invented or a rule computed.
public final class ShopEdits {
    private static final Set<String> BY_HAND = Set.of("observed", "sketch");
    private static final char[] LETTERS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int ID_LETTERS = 10;
    /// What a change by hand may alter and its undo gives back; where the shop lies goes with its place.
    private static final String CHANGEABLE = """
            place, name, name_en, lon, lat, owner, format, brands, units_month, dealer_margin_fen, promoters, sign, closing_fen, running_fen_year, break_even_units_year, distributor, source, kind, seed""";

    private ShopEdits() {}

    /// Adds a shop of the cells given: the columns of shops.csv but `id`, and `distributor`.
    public static Edited<StoredShop> add(Handle handle, Territory territory, Map<String, String> cells) {
        var row = new HashMap<>(cells);
        row.put("id", newId("s-", new SecureRandom()));
        row.putIfAbsent("running_fen_year", "0");
        row.putIfAbsent("kind", "sketch");
        row.putIfAbsent("datum", "WGS-84");
        return judged(handle, territory, row, null, (shop, path, distributor) -> {
            columns(handle.createUpdate("""
                    INSERT INTO shop (id, place, path, name, name_en, lon, lat, owner, format, brands, units_month, dealer_margin_fen, promoters, sign, closing_fen, running_fen_year,
                      break_even_units_year, distributor, source, kind)
                    VALUES (:id, :place, :path, :name, :name_en, :lon, :lat, :owner, :format, :brands, CAST(:units AS jsonb), CAST(:margins AS jsonb), :promoters, :sign, :closing, :running,
                      :break_even, :distributor, :source, :kind)"""), shop, path, distributor).execute();
            return new Edited.Done<>(ShopStore.shop(handle, territory, shop.id()).orElseThrow());
        });
    }

    /// An id nobody else draws: 50 random bits.
    static String newId(String prefix, RandomGenerator random) {
        var id = new StringBuilder(prefix);
        for (int i = 0; i < ID_LETTERS; i++) id.append(LETTERS[random.nextInt(LETTERS.length)]);
        return id.toString();
    }

    /// Changes the cells given of the open shop that was seen in `version`.
    public static Edited<StoredShop> change(Handle handle, Territory territory, String id, int version, Map<String, String> cells) {
        Optional<StoredShop> there = editable(handle, territory, id);
        if (there.isEmpty()) return new Edited.Missing<>();
        if (there.get().version() != version) return new Edited.Changed<>();
        if (there.get().closedAt() != null) return new Edited.Barred<>("shop-closed", List.of(id));
        return judged(handle, territory, overlaid(there.get(), cells), there.get().distributor(), (shop, path, distributor) -> {
            int done = columns(handle.createUpdate("""
                    UPDATE shop s SET place = :place, path = :path, name = :name, name_en = :name_en, lon = :lon, lat = :lat, owner = :owner, format = :format, brands = :brands,
                      units_month = CAST(:units AS jsonb), dealer_margin_fen = CAST(:margins AS jsonb), promoters = :promoters, sign = :sign, closing_fen = :closing, running_fen_year = :running,
                      break_even_units_year = :break_even, distributor = :distributor, source = :source, kind = :kind, seed = NULL, version = version + 1, updated_at = now()
                    WHERE s.id = :id AND s.version = :version AND s.closed_at IS NULL AND %s""".formatted(Territory.insideSql("s"))), shop, path, distributor)
                    .bind("version", version).bindMap(territory.binds()).execute();
            return done == 0 ? new Edited.Changed<>() : new Edited.Done<>(ShopStore.shop(handle, territory, id).orElseThrow());
        });
    }

    /// Closes the shop that was seen in `version`; it stays with its history, and can be opened again.
    public static Edited<StoredShop> close(Handle handle, Territory territory, String id, int version) {
        Optional<StoredShop> there = editable(handle, territory, id);
        if (there.isEmpty()) return new Edited.Missing<>();
        if (there.get().version() != version) return new Edited.Changed<>();
        if (there.get().closedAt() != null) return new Edited.Barred<>("shop-closed", List.of(id));
        return flip(handle, territory, there.get(), "now()");
    }

    /// Opens a closed shop again. One that was merged into another comes back by undoing the merge.
    public static Edited<StoredShop> restore(Handle handle, Territory territory, String id) {
        Optional<StoredShop> there = editable(handle, territory, id);
        if (there.isEmpty()) return new Edited.Missing<>();
        String merged = there.get().mergedInto();
        if (merged != null) return new Edited.Barred<>("shop-merged", List.of(id, merged));
        if (there.get().closedAt() == null) return new Edited.Done<>(there.get());
        return flip(handle, territory, there.get(), "NULL");
    }

    /// Takes back one's own change of an open shop, by its number in the audit. The shop is again what it was before, its kind and source with it, though nobody may type them. Refused as
    /// changed meanwhile if another change came after it.
    public static Edited<StoredShop> undo(Handle handle, Territory territory, String id, long change) {
        Optional<StoredShop> there = editable(handle, territory, id);
        Optional<String> path = there.isEmpty() ? Optional.empty() : pathBefore(handle, territory, id, change).filter(territory::holds);
        if (there.isEmpty() || path.isEmpty()) return new Edited.Missing<>();
        if (there.get().closedAt() != null) return new Edited.Barred<>("shop-closed", List.of(id));
        if (last(handle, territory, id) != change) return new Edited.Changed<>();
        int done = handle.createUpdate("""
                UPDATE shop s SET (%1$s, path) = (SELECT %1$s, :path FROM jsonb_populate_record(s, (SELECT jsonb_object_agg(c.key, c.value -> 0) FROM jsonb_each(a.changes) c))),
                  version = s.version + 1, updated_at = now()
                FROM audit a WHERE a.id = :change AND s.id = :id AND s.version = :version AND s.closed_at IS NULL AND %2$s""".formatted(CHANGEABLE, Territory.insideSql("s")))
                .bind("path", path.get()).bind("change", change).bind("id", id).bind("version", there.get().version()).bindMap(territory.binds()).execute();
        return done == 0 ? new Edited.Changed<>() : new Edited.Done<>(ShopStore.shop(handle, territory, id).orElseThrow());
    }

    /// Where a shop lay before one's own change of it. None if there is no such change, or it closed or opened the shop: that has ways of its own.
    private static Optional<String> pathBefore(Handle handle, Territory territory, String id, long change) {
        return handle.createQuery("""
                SELECT p.path FROM audit a JOIN shop s ON s.id = a.row_key JOIN place p ON p.code = coalesce(a.changes -> 'place' ->> 0, s.place)
                WHERE a.id = :change AND a.table_name = 'shop' AND a.row_key = :id AND a.op = 'update' AND a.changes -> 'closed_at' IS NULL AND a.person = CAST(noted('person') AS bigint) AND %s AND %s"""
                .formatted(Territory.insideSql("a"), Territory.placesSql("p"))).bind("change", change).bind("id", id).bindMap(territory.binds()).mapTo(String.class).findOne();
    }

    private static long last(Handle handle, Territory territory, String id) {
        return handle.createQuery("SELECT coalesce(max(a.id), 0) FROM audit a WHERE a.table_name = 'shop' AND a.row_key = :id AND %s".formatted(Territory.insideSql("a"))).bind("id", id)
                .bindMap(territory.binds()).mapTo(Long.class).one();
    }

    private static Edited<StoredShop> flip(Handle handle, Territory territory, StoredShop there, String closedAt) {
        int done = handle.createUpdate("UPDATE shop s SET closed_at = %s, version = version + 1, updated_at = now() WHERE s.id = :id AND s.version = :version AND %s"
                .formatted(closedAt, Territory.insideSql("s"))).bind("id", there.shop().id()).bind("version", there.version()).bindMap(territory.binds()).execute();
        return done == 0 ? new Edited.Changed<>() : new Edited.Done<>(ShopStore.shop(handle, territory, there.shop().id()).orElseThrow());
    }

    /// A shop whose place lies in the territory: who sees a shop as its distributor or owner does not change it.
    static Optional<StoredShop> editable(Handle handle, Territory territory, String id) {
        return ShopStore.shop(handle, territory, id).filter(one -> territory.holds(one.path()));
    }

    private interface Write {
        Edited<StoredShop> write(Shop shop, String path, @Nullable String distributor);
    }

    private static Edited<StoredShop> judged(Handle handle, Territory territory, Map<String, String> cells, @Nullable String supplied, Write write) {
        var problems = new Problems();
        var known = new StoredSurroundings(handle, territory);
        Row row = Row.typed("shops", cells, problems);
        byHand(row);
        String distributor = known.distributor(row, "distributor", supplied);
        Shop shop = ShopRow.shop(row, known);
        if (shop == null) return new Edited.Wrong<>(problems.list());
        String path = known.path(shop.division());
        return path == null ? new Edited.Missing<>() : write.write(shop, path, distributor);
    }

    static void byHand(Row row) {
        if (row.has("kind") && !BY_HAND.contains(row.text("kind"))) row.problem("kind", Rule.NOT_A_CHOICE, "observed sketch");
    }

    /// The shop as a row of shops.csv, with the cells given in place of its own.
    private static Map<String, String> overlaid(StoredShop there, Map<String, String> cells) {
        Map<String, String> row = written(there);
        row.putAll(cells);
        // A datum is that of a whole point.
        if (cells.containsKey("datum")) for (String part : List.of("lon", "lat")) if (!cells.containsKey(part)) row.put(part, "");
        Provenance before = there.shop().provenance();
        if (before.kind() == Kind.SYNTHETIC || before.kind() == Kind.MODELLED) handmade(row, before);
        return row;
    }

    /// What was invented or computed is a sketch once a hand was on it, and says what it was; only who names a source of their own may call it observed.
    private static void handmade(Map<String, String> row, Provenance before) {
        if (Rows.text(before.kind()).equals(row.get("kind"))) row.put("kind", "sketch");
        if (before.source().equals(row.get("source"))) row.put("source", "observed".equals(row.get("kind")) ? "" : "changed by hand; before: " + before.source());
    }

    private static Map<String, String> written(StoredShop there) {
        Shop shop = there.shop();
        var row = new HashMap<String, String>();
        row.put("id", shop.id());
        row.put("name", shop.name());
        row.put("name_en", shop.nameEn());
        row.put("division", shop.division());
        row.put("lon", Double.toString(shop.point().lon()));
        row.put("lat", Double.toString(shop.point().lat()));
        row.put("datum", "WGS-84");
        row.put("owner", Rows.text(shop.owner()));
        row.put("format", Rows.text(shop.format()));
        row.put("brands", String.join("|", shop.brands()));
        row.put("units_month", cell(shop.unitsMonth()));
        row.put("dealer_margin_fen", cell(shop.dealerMarginFen()));
        row.put("promoters", Integer.toString(shop.promoters()));
        row.put("sign", Boolean.toString(shop.sign()));
        row.put("closing_fen", shop.closingFen() == null ? "" : shop.closingFen().toString());
        row.put("running_fen_year", Long.toString(shop.runningFenYear()));
        row.put("break_even_units_year", Double.toString(shop.breakEvenUnitsYear()));
        row.put("distributor", there.distributor() == null ? "" : there.distributor());
        row.put("source", shop.provenance().source());
        row.put("kind", Rows.text(shop.provenance().kind()));
        return row;
    }

    private static String cell(Map<String, ? extends Number> map) {
        var cell = new StringJoiner("|");
        map.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(one -> cell.add(one.getKey() + ":" + one.getValue()));
        return cell.toString();
    }

    static Update columns(Update update, Shop shop, String path, @Nullable String distributor) {
        return update.bind("id", shop.id()).bind("place", shop.division()).bind("path", path).bind("name", shop.name()).bind("name_en", shop.nameEn()).bind("lon", shop.point().lon())
                .bind("lat", shop.point().lat()).bind("owner", Rows.text(shop.owner())).bind("format", Rows.text(shop.format())).bind("brands", shop.brands().toArray(String[]::new))
                .bind("units", Rows.json(shop.unitsMonth())).bind("margins", Rows.json(shop.dealerMarginFen())).bind("promoters", shop.promoters()).bind("sign", shop.sign())
                .bind("closing", shop.closingFen()).bind("running", shop.runningFenYear()).bind("break_even", shop.breakEvenUnitsYear()).bind("distributor", distributor)
                .bind("source", shop.provenance().source()).bind("kind", Rows.text(shop.provenance().kind()));
    }
}
