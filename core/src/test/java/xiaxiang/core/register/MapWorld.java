package xiaxiang.core.register;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.atlas.FactDatabase;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;

/// Two provinces in a database, with shops strewn at random, and people who each see a part of them.
///
///     41 - 4103 - 410329 - 410329101 - villages       D1 supplies every third shop of 4103
///        |      |        - 410329102
///        |      - 410381 - 410381100
///        - 4104 - 410411 - 410411100
///     42 - 4201 - 420115 - 420115001
final class MapWorld implements AutoCloseable {
    static final List<String> TOWNSHIPS = List.of("410329101", "410329102", "410381100", "410411100", "420115001");

    final FactDatabase facts = new FactDatabase();
    final List<Seen> people = new ArrayList<>();
    final List<Spot> shops = new ArrayList<>();

    /// Somebody, and their territory as the application knows it.
    record Seen(String name, Scope scope, Territory territory) {}

    /// A shop as it was strewn.
    record Spot(String id, String path, double lon, double lat, String owner, String distributor) {}

    MapWorld() throws SQLException {
        for (String township : TOWNSHIPS) {
            place(township.substring(0, 2), "province");
            place(township.substring(0, 4), "prefecture");
            place(township.substring(0, 6), "county");
            place(township, "township");
            for (int i = 1; i <= 3; i++) place(township + "20" + i, "village");
        }
        facts.execute("INSERT INTO brand (id, position, name, colour, online_share, source, kind) VALUES ('oppo', 1, 'OPPO', '#1a5fb4', .2, 't', 'sketch'), ('vivo', 2, 'vivo', '#d55e00', .2, 't', 'sketch')",
                "INSERT INTO distributor VALUES ('D1', '洛阳地包', '4103', '41/4103/')");
        people.add(new Seen("all", facts.person("planner", null), Territory.everywhere()));
        people.add(new Seen("province", facts.person("planner", "41"), Territory.place("41/")));
        people.add(new Seen("county", facts.person("county_manager", "410329"), Territory.place("41/4103/410329/")));
        people.add(new Seen("township", facts.person("field_worker", "410329101"), Territory.place("41/4103/410329/410329101/")));
    }

    private void place(String code, String level) throws SQLException {
        double east = 110 + Math.abs(code.hashCode() % 1000) / 200.0;
        facts.execute("INSERT INTO place (code, parent, path, depth, level, name, name_en, tier, lon, lat, point_kind, source, kind, import_id) VALUES ('" + code + "', "
                + (parent(code).isEmpty() ? "NULL" : "'" + parent(code) + "'") + ", '" + path(code) + "', " + (path(code).split("/").length - 1) + ", '" + level + "', '地" + code + "', 'Place " + code
                + "', 'township', " + east + ", " + (33 + Math.abs(code.hashCode() % 997) / 300.0) + ", 'modelled', 't', 'observed', 1) ON CONFLICT DO NOTHING");
    }

    static String parent(String code) {
        return switch (code.length()) {
            case 12 -> code.substring(0, 9);
            case 9 -> code.substring(0, 6);
            case 6 -> code.substring(0, 4);
            case 4 -> code.substring(0, 2);
            default -> "";
        };
    }

    static String path(String code) {
        return code.isEmpty() ? "" : path(parent(code)) + code + "/";
    }

    /// Strews shops over the whole earth, poles and antimeridian with them, and gives a distributor and a shop their people.
    void strew(int count, long seed) throws SQLException {
        var random = new SplittableRandom(seed);
        double[][] odd = {{180, 0}, {-180, 0}, {0, 90}, {0, -90}, {179.9999999, 85.2}, {112.5, 34.4}, {112.5, 34.4}, {0, 0}};
        for (int i = 0; i < count; i++) {
            String path = path(TOWNSHIPS.get(random.nextInt(TOWNSHIPS.size())));
            boolean near = random.nextInt(4) > 0;
            double lon = i < odd.length ? odd[i][0] : near ? 112.4 + random.nextDouble() / 5 : random.nextDouble(-180, 180);
            double lat = i < odd.length ? odd[i][1] : near ? 34.3 + random.nextDouble() / 5 : random.nextDouble(-90, 90);
            String owner = List.of("own", "partner", "rival").get(random.nextInt(3));
            shops.add(new Spot("s%04d".formatted(i), path, lon, lat, owner, path.startsWith("41/4103/") && i % 3 == 0 ? "D1" : ""));
        }
        for (Spot one : shops) insert(one);
        facts.execute("""
                INSERT INTO place_count SELECT p.code, p.path, 0, 0, 0, s.n, s.own, 0, 0, p.persons FROM place p CROSS JOIN LATERAL (
                  SELECT count(*) AS n, count(*) FILTER (WHERE owner = 'own') AS own FROM shop WHERE path >= p.path AND path < path_end(p.path)) s
                ON CONFLICT (code) DO UPDATE SET shops = EXCLUDED.shops, own_shops = EXCLUDED.own_shops""");
        Spot own = shops.getLast();
        String place = own.path().substring(0, own.path().length() - 1);
        people.add(new Seen("distributor", other("distributor", "D1"), Territory.distributor("D1", "41/4103/")));
        people.add(new Seen("shop", other("shop", own.id()), Territory.shop(own.id(), place + "/")));
    }

    private void insert(Spot one) throws SQLException {
        facts.execute("INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, distributor, source, kind, import_id) SELECT '" + one.id() + "', code, path, '店" + one.id() + "', " + one.lon()
                + ", " + one.lat() + ", '" + one.owner() + "', 'owner_run', '{oppo}', nullif('" + one.distributor() + "', ''), 't', '" + (Integer.parseInt(one.id().substring(1)) % 2 == 0 ? "synthetic" : "observed")
                + "', 1 FROM place WHERE path = '" + one.path() + "'");
    }

    private Scope other(String kind, String id) throws SQLException {
        return new Scope(Long.parseLong(facts.ask("INSERT INTO person (login, name, role, territory, " + kind + ") VALUES ('" + kind + id + "', 'x', '" + kind + "', '" + kind + "', '" + id + "') RETURNING id")), "test");
    }

    Seen who(String name) {
        return people.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /// The longitude of a place that has one.
    static double lon(StoredPlace place) {
        return Objects.requireNonNull(place.lon());
    }

    /// The latitude of a place that has one.
    static double lat(StoredPlace place) {
        return Objects.requireNonNull(place.lat());
    }

    interface Work<T> {
        T on(Handle handle);
    }

    /// Asks as somebody, both enforcements on.
    <T> T as(Seen seen, Work<T> work) {
        return facts.database.as(seen.scope(), work::on);
    }

    <T> List<T> list(Seen seen, Work<List<T>> work) {
        return as(seen, work);
    }

    <T> Optional<T> one(Seen seen, Work<Optional<T>> work) {
        return as(seen, work);
    }

    /// Turns row-level security of the tables of the map off and on again: what is seen then, the application's own conditions let through.
    void rowLevelSecurity(boolean on) throws SQLException {
        for (String table : List.of("place", "people", "boundary", "place_count", "shop", "shop_tally", "site", "shop_merge", "distributor"))
            facts.execute("ALTER TABLE " + table + (on ? " ENABLE" : " DISABLE") + " ROW LEVEL SECURITY");
    }

    @Override
    public void close() throws SQLException {
        facts.close();
    }
}
