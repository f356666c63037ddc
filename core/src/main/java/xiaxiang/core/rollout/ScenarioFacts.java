package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.core.db.Territory;
import xiaxiang.engine.geo.LonLat;

/// What the rules of a scenario look at, read from the database: its place, the brands, its table of public shares, and the sites and shops its locks name.
final class ScenarioFacts {
    private static final Provenance NONE = new Provenance("-", Kind.SKETCH);
    private static final LonLat NOWHERE = new LonLat(0, 0);

    private ScenarioFacts() {}

    /// A place a scenario plans for.
    record Place(String code, String path, String name, String nameEn) {}

    /// The place of a code in the territory, or null.
    static @Nullable Place place(Handle handle, Territory territory, String code) {
        return handle.createQuery("SELECT p.code, p.path, p.name, p.name_en FROM place p WHERE p.code = :code AND " + Territory.insideSql("p")).bindMap(territory.binds()).bind("code", code)
                .map((row, _) -> new Place(row.getString("code"), row.getString("path"), row.getString("name"), row.getString("name_en"))).findOne().orElse(null);
    }

    /// As much of an atlas as the rules look at; of a lock, the id alone.
    static Atlas atlas(Handle handle, @Nullable Place place, JsonNode body) {
        List<Division> divisions = place == null ? List.of()
                : List.of(new Division(place.code(), place.name(), place.nameEn(), "-", null, Tier.TOWNSHIP, "", null, Kind.SKETCH, null, null, List.of(), NONE));
        List<String> locks = new ArrayList<>();
        for (String key : List.of("require", "forbid")) body.path(key).forEach(id -> locks.add(id.asString("")));
        List<Shop> shops = place == null || locks.isEmpty() ? List.of() : ids(handle, "shop", "closed_at", place, locks).stream().map(ScenarioFacts::shop).toList();
        List<CandidateSite> sites = place == null || locks.isEmpty() ? List.of() : ids(handle, "site", "deleted_at", place, locks).stream().map(ScenarioFacts::site).toList();
        return new Atlas(List.of(), divisions, List.of(), brands(handle), List.of(), shops, sites, List.of(), market(handle, body.path("publicShares")), null);
    }

    private static List<Brand> brands(Handle handle) {
        return handle.createQuery("SELECT id, name, name_en, colour, online_share, rest FROM brand ORDER BY position").map((row, _) -> new Brand(row.getString("id"), row.getString("name"),
                row.getString("name_en"), row.getString("colour"), row.getDouble("online_share"), row.getBoolean("rest"), NONE)).list();
    }

    private static List<MarketFact> market(Handle handle, JsonNode shares) {
        return handle.createQuery("""
                SELECT place, period, "table", brand, measure, share_pct, rounding_pct FROM market_fact WHERE place = :place AND "table" = :table AND period = :period ORDER BY position""")
                .bind("place", shares.path("place").asString("")).bind("table", shares.path("table").asString("")).bind("period", shares.path("period").asString(""))
                .map((row, _) -> new MarketFact(row.getString("place"), row.getString("period"), row.getString("table"), row.getString("brand"), row.getString("measure"),
                        row.getObject("share_pct", Double.class), null, row.getDouble("rounding_pct"), null, "", NONE)).list();
    }

    /// `table` and `gone` are names of ours, never of a caller.
    private static List<String> ids(Handle handle, String table, String gone, Place place, List<String> locks) {
        return handle.createQuery("SELECT id FROM " + table + " WHERE " + gone + " IS NULL AND path >= :low AND path < :high AND id = ANY (:ids)").bind("low", place.path())
                .bind("high", Territory.end(place.path())).bindArray("ids", String.class, locks).mapTo(String.class).list();
    }

    private static Shop shop(String id) {
        return new Shop(id, id, "", "-", NOWHERE, Shop.Owner.OWN, Shop.Format.OWNER_RUN, List.of(), Map.of(), Map.of(), 0, false, null, 0, 0, NONE);
    }

    private static CandidateSite site(String id) {
        return new CandidateSite(id, id, "", "-", NOWHERE, CandidateSite.Action.OPEN, null, Shop.Format.OWNER_RUN, 0, false, 1, 0, 0, 0, 0, NONE);
    }
}
