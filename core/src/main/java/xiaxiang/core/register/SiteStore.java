package xiaxiang.core.register;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.ShopRow;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.engine.geo.LonLat;

/// Candidate sites: browsed, added by hand, taken away.
public final class SiteStore {
    private static final String SELECT = """
            SELECT s.*, coalesce(p.name, '') AS place_name, coalesce(p.name_en, '') AS place_name_en FROM site s LEFT JOIN place p ON p.code = s.place AND %s
            WHERE s.deleted_at IS NULL AND %s AND\s""".formatted(Territory.placesSql("p"), Territory.insideSql("s"));

    private SiteStore() {}

    /// The sites of a place's subtree (null: of the territory), by path and id, after a key.
    public static List<StoredSite> list(Handle handle, Territory territory, @Nullable String placePath, ShopStore.Key after, int most) {
        Between in = Between.of(placePath, territory);
        ShopStore.Key start = in.after(after);
        return handle.createQuery(SELECT + "s.path < :high AND (s.path, s.id) > (:after_path, :after_id) ORDER BY s.path, s.id LIMIT :most")
                .bind("high", in.high()).bind("after_path", start.path()).bind("after_id", start.id()).bind("most", most).bindMap(territory.binds()).map((r, _) -> read(r)).list();
    }

    /// The site of an id.
    public static Optional<StoredSite> site(Handle handle, Territory territory, String id) {
        return handle.createQuery(SELECT + "s.id = :id").bind("id", id).bindMap(territory.binds()).map((r, _) -> read(r)).findOne();
    }

    /// Adds a site of the cells given: the columns of sites.csv but `id`. It is a sketch: nobody has seen what does not stand yet.
    public static Edited<StoredSite> add(Handle handle, Territory territory, Map<String, String> cells) {
        var row = new HashMap<>(cells);
        row.put("id", ShopEdits.newId("c-", new SecureRandom()));
        row.put("kind", "sketch");
        row.putIfAbsent("datum", "WGS-84");
        var problems = new Problems();
        var known = new StoredSurroundings(handle, territory);
        CandidateSite site = ShopRow.site(Row.typed("sites", row, problems), known);
        if (site == null) return new Edited.Wrong<>(problems.list());
        String path = known.path(site.division());
        if (path == null) return new Edited.Missing<>();
        handle.createUpdate("""
                INSERT INTO site (id, place, path, name, name_en, lon, lat, action, shop, format, promoters, sign, models_carried, fit_out_fen, running_fen_year, dealer_margin_fen, break_even_units_year,
                  source, kind)
                VALUES (:id, :place, :path, :name, :name_en, :lon, :lat, :action, :shop, :format, :promoters, :sign, :models, :fit_out, :running, :margin, :break_even, :source, :kind)""")
                .bind("id", site.id()).bind("place", site.division()).bind("path", path).bind("name", site.name()).bind("name_en", site.nameEn()).bind("lon", site.point().lon())
                .bind("lat", site.point().lat()).bind("action", Rows.text(site.action())).bind("shop", site.shop()).bind("format", Rows.text(site.format())).bind("promoters", site.promoters())
                .bind("sign", site.sign()).bind("models", site.modelsCarried()).bind("fit_out", site.fitOutFen()).bind("running", site.runningFenYear()).bind("margin", site.dealerMarginFen())
                .bind("break_even", site.breakEvenUnitsYear()).bind("source", site.provenance().source()).bind("kind", Rows.text(site.provenance().kind())).execute();
        return new Edited.Done<>(site(handle, territory, site.id()).orElseThrow());
    }

    /// Takes away the site that was seen in `version`; its row stays, with its history.
    public static Edited<StoredSite> remove(Handle handle, Territory territory, String id, int version) {
        Optional<StoredSite> there = site(handle, territory, id);
        if (there.isEmpty()) return new Edited.Missing<>();
        int done = handle.createUpdate("UPDATE site s SET deleted_at = now(), version = version + 1, updated_at = now() WHERE s.id = :id AND s.version = :version AND s.deleted_at IS NULL AND %s"
                .formatted(Territory.insideSql("s"))).bind("id", id).bind("version", version).bindMap(territory.binds()).execute();
        return done == 0 ? new Edited.Changed<>() : new Edited.Done<>(there.get());
    }

    private static StoredSite read(ResultSet r) throws SQLException {
        var site = new CandidateSite(r.getString("id"), r.getString("name"), r.getString("name_en"), r.getString("place"), new LonLat(r.getDouble("lon"), r.getDouble("lat")),
                Rows.choice(r, "action", CandidateSite.Action.class), r.getString("shop"), Rows.choice(r, "format", Shop.Format.class), r.getInt("promoters"), r.getBoolean("sign"),
                r.getInt("models_carried"), r.getLong("fit_out_fen"), r.getLong("running_fen_year"), r.getLong("dealer_margin_fen"), r.getDouble("break_even_units_year"),
                new Provenance(r.getString("source"), Rows.choice(r, "kind", Kind.class)));
        return new StoredSite(site, r.getString("place_name"), r.getString("place_name_en"), r.getString("path"), r.getObject("seed", Long.class), r.getInt("version"));
    }
}
