package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.Role;

/// The atlas over real HTTP: browsed and edited by people with territories.
@ExtendWith(Running.Shared.class)
class AtlasTest {
    private static final String SHOP = """
            {"name": "镇东手机店", "division": "410329101", "lon": 112.401, "lat": 34.401, "owner": "own", "format": "owner_run", "brands": ["oppo"], "unitsMonth": {"oppo": 30}, "closingFen": 500,
             "source": "seen on 3 May", "kind": "observed"}""";
    private final Running running;
    private Visitor manager;

    AtlasTest(Running running) {
        this.running = running;
        manager = running.stranger();
    }

    @BeforeEach
    void places() {
        running.places();
        running.forgetPeople();
        running.owner.useHandle(handle -> handle.execute("INSERT INTO xiaxiang.brand (id, position, name, colour, online_share, source, kind) VALUES ('oppo', 1, 'OPPO', '#1a5fb4', .2, 's', 'sketch'), ('vivo', 2, 'vivo', '#d55e00', .2, 's', 'sketch') ON CONFLICT DO NOTHING"));
        manager = running.as(running.person("chen", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410329"));
    }

    private static List<String> each(HttpResponse<byte[]> answer, String field) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return StreamSupport.stream(Visitor.json(answer).path("items").spliterator(), false).map(one -> one.path(field).asString()).toList();
    }

    private JsonNode added() {
        HttpResponse<byte[]> answer = manager.send("POST", "/api/v1/shops", SHOP);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/shops/" + Visitor.json(answer).path("id").asString());
        return Visitor.json(answer);
    }

    @Test
    void placesAreBrowsedWithinTheTerritory() {
        assertThat(each(manager.get("/api/v1/places"), "code")).containsExactly("410329");
        assertThat(each(manager.get("/api/v1/places?parent=410329"), "code")).containsExactly("410329101");
        assertThat(each(manager.get("/api/v1/places?q=%E9%B8%A3"), "code")).containsExactly("410329101");
        assertThat(Visitor.problem(manager.get("/api/v1/places?parent=410328"))).isEqualTo("404 not-found");
        assertThat(Visitor.problem(manager.get("/api/v1/places/4103"))).isEqualTo("404 not-found");
        assertThat(Visitor.problem(manager.get("/api/v1/places?limit=201"))).isEqualTo("400 limit");
        assertThat(Visitor.problem(manager.get("/api/v1/places?cursor=x!"))).isEqualTo("400 cursor");
        JsonNode card = Visitor.json(manager.get("/api/v1/places/410329101"));
        assertThat(card.path("path").toString()).contains("410329").doesNotContain("\"4103\"");
        assertThat(card.path("bounds").size()).isEqualTo(4);
        assertThat(Visitor.json(manager.get("/api/v1/places.geojson")).path("features").size()).isEqualTo(1);
    }

    @Test
    void aPlaceIsCorrectedUnderTheVersionSeen() {
        String etag = Visitor.json(manager.get("/api/v1/places/410329101")).path("etag").asString();
        String change = "{\"nameEn\": \"Minggao\", \"lon\": 112.402, \"lat\": 34.401, \"source\": \"visited\"}";
        assertThat(Visitor.problem(manager.send("PATCH", "/api/v1/places/410329101", change))).isEqualTo("428 if-match");
        HttpResponse<byte[]> done = manager.send("PATCH", "/api/v1/places/410329101", change, "If-Match", etag);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(Visitor.json(done).path("pointKind").asString()).isEqualTo("observed");
        assertThat(done.headers().firstValue("ETag")).contains(Visitor.json(done).path("etag").asString());
        assertThat(Visitor.problem(manager.send("PATCH", "/api/v1/places/410329101", change, "If-Match", etag))).isEqualTo("412 changed");
        assertThat(each(manager.get("/api/v1/places/410329101/history"), "op")).first().isEqualTo("update");
    }

    @Test
    void aShopIsAddedChangedClosedAndOpenedAgain() {
        JsonNode shop = added();
        String path = "/api/v1/shops/" + shop.path("id").asString();
        HttpResponse<byte[]> changed = manager.send("PATCH", path, "{\"promoters\": 2, \"closingFen\": null, \"unitsMonth\": {}}", "If-Match", shop.path("etag").asString());
        assertThat(Visitor.json(changed).path("promoters").asInt()).isEqualTo(2);
        assertThat(Visitor.json(changed).path("closingFen").isNull()).isTrue();
        assertThat(Visitor.json(changed).path("brands").toString()).isEqualTo("[\"oppo\"]");
        assertThat(Visitor.problem(manager.send("DELETE", path, null, "If-Match", shop.path("etag").asString()))).isEqualTo("412 changed");
        assertThat(Visitor.json(manager.send("DELETE", path, null, "If-Match", "\"2\"")).path("closed").asBoolean()).isTrue();
        assertThat(each(manager.get("/api/v1/shops?place=410329"), "id")).doesNotContain(shop.path("id").asString());
        assertThat(Visitor.json(manager.send("POST", path + "/restore", null)).path("closed").asBoolean()).isFalse();
        assertThat(each(manager.get("/api/v1/shops?place=410329&owner=own&brand=oppo&q=%E9%95%87%E4%B8%9C"), "id")).contains(shop.path("id").asString());
        assertThat(each(manager.get(path + "/history"), "op")).containsExactly("update", "update", "update", "insert");
        assertThat(Visitor.json(manager.get("/api/v1/shops.geojson?place=410329101")).path("features").toString()).contains(shop.path("id").asString());
    }

    @Test
    void aChangeIsTakenBackByItsNumberInTheHistory() {
        JsonNode shop = added();
        String path = "/api/v1/shops/" + shop.path("id").asString();
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.shop SET kind = 'synthetic', seed = 7, source = 'drawn from a seed' WHERE id = ?", shop.path("id").asString()));
        JsonNode changed = Visitor.json(manager.send("PATCH", path, "{\"promoters\": 4}", "If-Match", shop.path("etag").asString()));
        assertThat(changed.path("kind").asString()).isEqualTo("sketch");
        long change = Visitor.json(manager.get(path + "/history?limit=1")).at("/items/0/id").asLong();
        Visitor planner = running.as(running.person("lu", Role.PLANNER, Home.Kind.PLACE, "410329"));
        assertThat(Visitor.problem(planner.send("POST", path + "/restore?change=" + change, null))).as("another's").isEqualTo("404 not-found");
        Visitor neighbour = running.as(running.person("hu", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410328"));
        assertThat(Visitor.problem(neighbour.send("POST", path + "/restore?change=" + change, null))).as("of another territory").isEqualTo("404 not-found");
        JsonNode back = Visitor.json(manager.send("POST", path + "/restore?change=" + change, null));
        assertThat(back.path("kind").asString() + ", " + back.path("source").asString() + ", " + back.path("promoters").asInt()).isEqualTo("synthetic, drawn from a seed, " + shop.path("promoters").asInt());
        assertThat(Visitor.problem(manager.send("POST", path + "/restore?change=" + change, null))).as("no longer the last").isEqualTo("412 changed");
        assertThat(Visitor.json(manager.get(path + "/history?limit=1")).at("/items/0/changes/kind").toString()).isEqualTo("[\"sketch\",\"synthetic\"]");
    }

    @Test
    void everythingWrongIsSaidAtOnceInBothLanguages() {
        String wrong = "{\"name\": \"\", \"division\": \"410328101\", \"lon\": 999, \"lat\": 34.4, \"owner\": \"mine\", \"format\": \"owner_run\", \"brands\": [\"nokia\"], \"source\": \"x\", \"kind\": \"synthetic\"}";
        HttpResponse<byte[]> answer = manager.send("POST", "/api/v1/shops", wrong);
        assertThat(Visitor.problem(answer)).isEqualTo("422 invalid");
        JsonNode problems = Visitor.json(answer).path("problems");
        assertThat(StreamSupport.stream(problems.spliterator(), false).map(one -> one.path("field").asString())).containsExactlyInAnyOrder("name", "division", "lon", "owner", "brands", "kind");
        for (JsonNode one : problems) assertThat(one.path("message").asString() + one.path("nextStep").asString()).matches("\\p{ASCII}+");
        JsonNode zh = Visitor.json(manager.send("POST", "/api/v1/shops?lang=zh", wrong)).path("problems");
        for (JsonNode one : zh) assertThat(one.path("message").asString()).containsPattern("\\p{IsHan}");
        HttpResponse<byte[]> unknown = manager.send("POST", "/api/v1/shops", "{\"nmae\": \"x\", \"brands\": [[1]], \"lon\": {\"a\": [1]}}");
        assertThat(StreamSupport.stream(Visitor.json(unknown).path("problems").spliterator(), false).map(one -> one.path("rule").asString())).containsExactlyInAnyOrder("unknown", "shape", "shape");
        assertThat(Visitor.problem(manager.send("POST", "/api/v1/shops", "[]"))).isEqualTo("400 unreadable");
        String markup = SHOP.replace("镇东手机店", "<img src=x onerror=alert(1)>");
        assertThat(Visitor.json(manager.send("POST", "/api/v1/shops", markup)).path("name").asString()).startsWith("<img");
    }

    @Test
    void twoRecordsAreMergedAndMadeTwoAgain() {
        String kept = added().path("id").asString();
        HttpResponse<byte[]> other = manager.send("POST", "/api/v1/shops", SHOP.replace("\"own\"", "\"partner\"").replace("\"closingFen\": 500,", ""));
        String given = Visitor.json(other).path("id").asString();
        assertThat(new String(manager.get("/api/v1/shops/duplicates?place=410329101&limit=200").body(), StandardCharsets.UTF_8)).contains(kept).contains("similar_name");
        HttpResponse<byte[]> refused = manager.send("POST", "/api/v1/shops/" + given + "/merge", "{\"into\": \"" + kept + "\"}");
        assertThat(Visitor.problem(refused)).isEqualTo("409 merge-contradiction");
        assertThat(Visitor.json(refused).path("detail").asString()).contains("owner");
        HttpResponse<byte[]> done = manager.send("POST", "/api/v1/shops/" + given + "/merge", "{\"into\": \"" + kept + "\", \"giveUp\": [\"owner\"]}");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(Visitor.json(manager.get("/api/v1/home")).path("changed").valueStream().filter(one -> one.path("kind").asString().equals("merge")).map(one -> one.at("/args/name").asString())).contains("镇东手机店");
        assertThat(Visitor.problem(manager.send("POST", "/api/v1/shops/" + given + "/restore", null))).isEqualTo("409 shop-merged");
        String undo = "/api/v1/merges/" + Visitor.json(done).path("merge").asLong() + "/undo";
        assertThat(manager.send("POST", undo, null).statusCode()).isEqualTo(200);
        assertThat(Visitor.problem(manager.send("POST", undo, null))).isEqualTo("409 merge-undone");
        assertThat(Visitor.json(manager.get("/api/v1/shops/" + given)).path("closed").asBoolean()).isFalse();
        assertThat(Visitor.problem(manager.send("POST", "/api/v1/shops/S2/merge", "{\"into\": \"" + kept + "\"}"))).isEqualTo("404 not-found");
    }

    @Test
    void whoMayNotIsToldWhyAndWhatIsElsewhereIsNotThere() {
        assertThat(Visitor.problem(manager.get("/api/v1/shops/S2"))).isEqualTo("404 not-found");
        assertThat(Visitor.problem(manager.get("/api/v1/shops?place=410328"))).isEqualTo("404 not-found");
        assertThat(Visitor.problem(manager.send("PATCH", "/api/v1/shops/S2", "{}", "If-Match", "\"1\""))).isEqualTo("404 not-found");
        assertThat(Visitor.problem(manager.send("POST", "/api/v1/sites", "{}"))).isEqualTo("403 forbidden");
        Visitor distributor = running.as(running.person("d1", Role.DISTRIBUTOR, Home.Kind.DISTRIBUTOR, "D1"));
        assertThat(each(distributor.get("/api/v1/shops"), "id")).containsExactly("S1");
        assertThat(Visitor.problem(distributor.send("DELETE", "/api/v1/shops/S1", null, "If-Match", "\"1\""))).isEqualTo("403 forbidden");
        assertThat(Visitor.problem(running.stranger().get("/api/v1/tiles/shops/3/6/3.mvt"))).isEqualTo("401 signed-out");
    }

    @Test
    void aSiteIsAddedAndTakenAway() {
        Visitor planner = running.as(running.person("planner", Role.PLANNER, Home.Kind.PLACE, "4103"));
        HttpResponse<byte[]> site = planner.send("POST", "/api/v1/sites", "{\"name\": \"镇南新店\", \"division\": \"410329101\", \"lon\": 112.4, \"lat\": 34.4, \"action\": \"open\", \"shop\": null, \"format\": \"authorised_shop\", "
                + "\"modelsCarried\": 6, \"fitOutFen\": 1500000, \"runningFenYear\": 600000, \"dealerMarginFen\": 8000, \"source\": \"proposed\"}");
        assertThat(site.statusCode()).as(new String(site.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        assertThat(Visitor.json(site).path("kind").asString()).isEqualTo("sketch");
        String id = Visitor.json(site).path("id").asString();
        assertThat(each(planner.get("/api/v1/sites?place=410329"), "id")).contains(id);
        assertThat(planner.send("DELETE", "/api/v1/sites/" + id, null, "If-Match", Visitor.json(site).path("etag").asString()).statusCode()).isEqualTo(204);
        assertThat(each(planner.get("/api/v1/sites?place=410329"), "id")).doesNotContain(id);
    }

    @Test
    void tilesComeOnceAndAgainWhenSomethingChanged() {
        String tile = "/api/v1/tiles/shops/12/3326/1630.mvt";
        HttpResponse<byte[]> first = manager.get(tile);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/vnd.mapbox-vector-tile");
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("private").contains("no-cache");
        assertThat(new String(first.body(), StandardCharsets.UTF_8)).contains("S1").doesNotContain("S2");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(manager.send("GET", tile, null, "If-None-Match", etag).statusCode()).isEqualTo(304);
        String id = added().path("id").asString();
        HttpResponse<byte[]> again = manager.send("GET", tile, null, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(new String(again.body(), StandardCharsets.UTF_8)).contains(id);
        assertThat(manager.get("/api/v1/tiles/shops/5/25/12.mvt").statusCode()).isEqualTo(200);
        assertThat(manager.get("/api/v1/tiles/places/9/415/203.mvt").statusCode()).isEqualTo(200);
        assertThat(manager.get("/api/v1/tiles/boundaries/9/415/203.mvt").body()).isEmpty();
        for (String none : List.of("17/0/0", "3/8/0", "3/-1/0", "-1/0/0")) assertThat(manager.get("/api/v1/tiles/places/" + none + ".mvt").statusCode()).as(none).isEqualTo(404);
        assertThat(manager.get("/api/v1/tiles/people/3/1/1.mvt").statusCode()).isEqualTo(404);
    }

    @Test
    void aPlaceWithoutAFigureOfItsOwnHasThePeopleOfItsParts() {
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.place SET persons = CASE code WHEN '410329101' THEN 71348 END WHERE path LIKE '41/4103/410329/%'"));
        running.owner.useHandle(handle -> handle.execute("SELECT xiaxiang.count_places()"));
        assertThat(Visitor.json(manager.get("/api/v1/places/410329")).path("persons").asLong()).isEqualTo(71_348);
    }

    @Test
    void homeTellsWhatChangedWhatWaitsAndHowMuchThereIs() {
        added();
        added();
        // The test's places came without an import.
        running.owner.useHandle(handle -> handle.execute("SELECT xiaxiang.count_places()"));
        JsonNode home = Visitor.json(manager.get("/api/v1/home"));
        assertThat(home.path("counts").path("places").asInt()).isEqualTo(2);
        assertThat(home.path("changed").path(0).path("kind").asString()).isEqualTo("shops");
        assertThat(home.path("waiting").toString()).contains("duplicates");
        Visitor shop = running.as(running.person("s1", Role.SHOP, Home.Kind.SHOP, "S1"));
        JsonNode theirs = Visitor.json(shop.get("/api/v1/home"));
        assertThat(theirs.path("counts").path("shops").asInt()).isEqualTo(1);
        assertThat(theirs.path("changed").isEmpty()).isTrue();
    }

    @Test
    void brandsAndSourcesAreListed() {
        assertThat(each(manager.get("/api/v1/brands"), "id")).contains("oppo", "vivo");
        assertThat(each(manager.get("/api/v1/sources"), "table")).contains("divisions", "shops");
        assertThat(manager.get("/api/v1/models").statusCode()).isEqualTo(200);
    }
}
