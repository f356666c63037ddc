package xiaxiang.app.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Rows of three territories in every table: the caller's own, a sibling's and the parent's, each with words that are recognised wherever they turn up.
final class Sides {
    /// What no caller of the own county may ever read.
    static final List<String> FOREIGN = List.of("LEAKSIBLING", "LEAKPARENT", "98765432");
    /// Of the own county: what a distributor and a shop may not read, and what needs a right.
    static final String CONFIDENTIAL = "OWNSECRET";
    static final String PLANS = "OWNPLANS";
    static final String DEMAND = "OWNDEMAND";

    /// What requests name: by the table, the key of this side's row there.
    record Side(String name, double lon, double lat, Map<String, String> keys) {
        Side {
            keys = Map.copyOf(keys);
        }

        String key(String table) {
            return keys.getOrDefault(table, "999999999");
        }
    }

    static final Side NONE = new Side("none", 1, 1, Map.of("place", "999999", "shop", "no-such", "site", "no-such", "distributor", "no-such", "brand", "B1"));

    private Sides() {}

    /// Plants all three; the own side first.
    static List<Side> plant(Running running) {
        running.places();
        return running.owner.withHandle(handle -> {
            handle.execute("SET search_path = xiaxiang");
            handle.execute("INSERT INTO brand (id, position, name, colour, online_share, source, kind) VALUES ('B1', 1, 'B1', '#000000', 0.1, 's', 'observed')");
            handle.execute("INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, source, kind) VALUES ('S4', '410329101', '41/4103/410329/410329101/', 'OWNSECRET', 112.4, 34.4, 'rival', 'owner_run', '{B1}', 's', 'observed')");
            return List.of(side(handle, "own", "410329", "41/4103/410329/", "", "D1", "S1", "1000", PLANS, DEMAND), side(handle, "sibling", "410328", "41/4103/410328/", "LEAKSIBLING", "D2", "S2", "987654321", "LEAKSIBLING", "LEAKSIBLING"),
                    side(handle, "parent", "4103", "41/4103/", "LEAKPARENT", "D3", "S3", "987654322", "LEAKPARENT", "LEAKPARENT"));
        });
    }

    private static Side side(Handle handle, String name, String code, String path, String word, String distributor, String shop, String number, String plans, String demand) {
        String seen = word.isEmpty() ? "own" : word;
        handle.createScript(rows(code, path, seen, distributor, shop, number, plans, demand)).execute();
        handle.execute("UPDATE place SET name = name || ?, source = ? WHERE path LIKE ? AND path <> ?", seen, seen, word.equals("LEAKPARENT") ? "none" : path + "%", path);
        Map<String, String> keys = new HashMap<>(Map.of("place", code, "shop", shop, "distributor", distributor, "site", "site-" + code, "brand", "B1"));
        for (String table : List.of("scenario", "plan", "fit", "job", "shop_merge")) keys.put(table, handle.createQuery("SELECT max(id)::text FROM " + table + " WHERE path = '" + path + "'").mapTo(String.class).one());
        String person = handle.createQuery("SELECT id::text FROM person WHERE login = 'person-" + code + "'").mapTo(String.class).one();
        keys.put("person", person);
        for (String table : List.of("import", "token")) keys.put(table, handle.createQuery("SELECT max(id)::text FROM " + table + " WHERE person = " + person).mapTo(String.class).one());
        return new Side(name, name.equals("sibling") ? 111.6 : 112.4, 34.4, keys);
    }

    /// Rows of a side: %1$s the county, %2$s its path, %3$s a word, %4$s the distributor, %5$s the shop, %6$s a number, %7$s and %8$s what needs a right.
    private static String rows(String... values) {
        return """
            UPDATE place SET name = name || '%3$s', name_en = '%3$s', source = '%3$s', persons = %6$s WHERE path = '%2$s';
            UPDATE distributor SET name = '%3$s' WHERE id = '%4$s';
            UPDATE shop SET name = '%3$s', name_en = '%3$s', source = '%3$s', brands = '{B1}', units_month = '{"B1": %6$s}' WHERE id = '%5$s';
            INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, merged_into, closed_at, source, kind) VALUES ('%5$sM', '%1$s', '%2$s', '%3$s', 112, 34, 'own', 'owner_run', '{B1}', '%5$s', now(), '%3$s', 'observed');
            INSERT INTO people VALUES ('%1$s', '%2$s', 2020, %6$s, 1, '%3$s', 'observed');
            INSERT INTO boundary (code, path, geojson, west, south, east, north, source, kind) VALUES ('%1$s', '%2$s', '{"type": "Polygon", "coordinates": [[[111, 34], [113, 34], [113, 35], [111, 34]]]}', 111, 34, 113, 35, '%3$s', 'observed');
            INSERT INTO place_count VALUES ('%1$s', '%2$s', 1, 1, 1, %6$s, 1, 1, 1, %6$s) ON CONFLICT (code) DO UPDATE SET shops = %6$s, persons = %6$s;
            INSERT INTO site (id, place, path, name, name_en, lon, lat, action, format, models_carried, fit_out_fen, running_fen_year, dealer_margin_fen, source, kind)
              VALUES ('site-%1$s', '%1$s', '%2$s', '%3$s', '%3$s', 112, 34, 'open', 'owner_run', 1, %6$s, 1, 1, '%3$s', 'observed');
            INSERT INTO visit (date, place, path, who, quote, source, kind) VALUES ('2020-01-01', '%1$s', '%2$s', '%8$s', '%8$s', '%3$s', 'observed');
            INSERT INTO answer (id, date, place, path, bought, brand, weight, source, kind) VALUES ('answer-%1$s', '2020-01-01', '%1$s', '%2$s', 'shop', '%8$s', 1, '%3$s', 'observed');
            INSERT INTO sell_out VALUES ('%5$s', '%2$s', 'B1', '2020-01', %6$s, '%8$s', 'observed');
            INSERT INTO person (login, name, email, role, territory, place) VALUES ('person-%1$s', '%3$s', '%3$s@example.com', 'planner', 'place', '%1$s');
            INSERT INTO shop_merge (shop, into_shop, path, before, person) SELECT '%5$sM', '%5$s', '%2$s', '{"name": "%3$s"}', id FROM person WHERE login = 'person-%1$s';
            INSERT INTO import (person, format, state, files, problems, changes) SELECT id, 'workspace', 'ready', '[{"name": "%3$s", "bytes": 1, "sha256": "00"}]', '[]', '[]' FROM person WHERE login = 'person-%1$s';
            INSERT INTO job (kind, state, person, path, asked, message, result, ended_at) SELECT 'plan', 'done', id, '%2$s', '{"note": "%3$s"}', '%3$s', '{"note": "%3$s"}', now() FROM person WHERE login = 'person-%1$s';
            INSERT INTO scenario (name, name_en, place, path, body, person) SELECT '%7$s', '%7$s', '%1$s', '%2$s', '{"note": "%7$s"}', id FROM person WHERE login = 'person-%1$s';
            INSERT INTO plan (scenario, scenario_version, asked, place, path, summary, person, state) SELECT s.id, 1, '{"note": "%7$s"}', '%1$s', '%2$s', '{"note": "%7$s"}', s.person, 'draft' FROM scenario s WHERE path = '%2$s';
            INSERT INTO plan_file (plan, name, content, sha256) SELECT plan.id, f.name, convert_to(f.content, 'UTF8'), '\\x00' FROM plan, (VALUES
              ('plan.json', '{"place": {"zh": "%7$s"}, "sites": [{"id": "site-%1$s", "name": {"zh": "%7$s"}, "lon": 112, "lat": 34, "action": "open", "netUnits": 1}]}'),
              ('plan.csv', 'wave,action,id' || chr(10) || '1,open,%7$s'),
              ('index.html', '<script type="application/json">{"brand": "B1", "share": [{"name": "%7$s"}], "ranks": [], "sites": [{"id": "%5$s", "wave": 0, "units": 1}]}</script>'),
              ('problem.bin.gz', '%7$s'), ('certificate.bin.gz', '%7$s'), ('snapshot.zip', '%7$s'), ('scenario.yaml', '%7$s')) f (name, content) WHERE path = '%2$s';
            INSERT INTO fit (place, path, summary, person, used_since) SELECT '%1$s', '%2$s', '{"note": "%8$s"}', id, CASE WHEN '%1$s' <> '4103' THEN now() END FROM person WHERE login = 'person-%1$s';
            INSERT INTO fit_file (fit, name, content, sha256) SELECT id, 'coefficients.csv', '%8$s'::bytea, '\\x00' FROM fit WHERE path = '%2$s';
            INSERT INTO token (person, name, hash, rights, expires_at) SELECT id, '%3$s', 'hash-%1$s'::bytea, '{read_shops}', now() + interval '1 day' FROM person WHERE login = 'person-%1$s';
            INSERT INTO idempotency (person, key, request_sha256, status, answer) SELECT id, 'key', '\\x00', 200, '%3$s' FROM person WHERE login = 'person-%1$s';
            """.formatted((Object[]) values);
    }

    /// Tables with a path that a side has no row in: each must be planted.
    static List<String> unplanted(Handle handle) {
        return tables(handle).stream().filter(table -> handle.createQuery("SELECT count(*) FROM " + table + " WHERE path LIKE '41/4103/410328/%'").mapTo(Long.class).one() == 0).toList();
    }

    /// What all rows of the sibling and the parent add up to: nobody of the own county changes it.
    static String fingerprint(Handle handle) {
        return tables(handle).stream().filter(table -> !table.equals("audit")).map(table -> table + " " + handle.createQuery("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM " + table
                + " t WHERE path LIKE '41/4103/410328/%' OR path IN ('41/', '41/4103/', '')").mapTo(String.class).findOne().orElse("")).collect(Collectors.joining("\n"));
    }

    private static List<String> tables(Handle handle) {
        return handle.createQuery("SELECT table_name FROM information_schema.columns WHERE table_schema = 'xiaxiang' AND column_name = 'path' AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = 'xiaxiang' AND table_type = 'BASE TABLE') ORDER BY 1")
                .mapTo(String.class).list();
    }
}
