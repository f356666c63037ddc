package xiaxiang.core.rollout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;

/// Scenarios in the database, judged by the rules of scenario.yaml before they are kept.
public final class ScenarioStore {
    private static final int LONGEST_NAME = 200;
    private static final String COLUMNS = """
            s.id, s.name, s.name_en, s.place, s.path, s.body, s.person, s.created_at, s.updated_at, s.version, (SELECT count(*) FROM plan p WHERE p.scenario = s.id) AS plans,
            (SELECT count(*) FROM plan p WHERE p.scenario = s.id AND p.state = 'approved') AS approved,
            person_name(s.person) AS person_name, (SELECT q.name FROM place q WHERE q.code = s.place) AS place_name,
            (SELECT q.name_en FROM place q WHERE q.code = s.place) AS place_name_en""";
    private static final String LIVING = " FROM scenario s WHERE s.deleted_at IS NULL AND " + Territory.insideSql("s");

    private ScenarioStore() {}

    /// What became of a wish to keep a scenario.
    public sealed interface Kept {
        /// It is kept as this.
        record Done(StoredScenario scenario) implements Kept {}
        /// Everything that is wrong with it; nothing was kept.
        record Wrong(List<Problem> problems) implements Kept {
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
        /// There is no such scenario, or not here.
        record None() implements Kept {}
        /// Somebody changed it meanwhile.
        record Changed() implements Kept {}
    }

    /// What a scenario is called and where it plans; `body` is everything else.
    public record Wish(String name, String nameEn, String place, JsonNode body) {}

    /// Keeps a new scenario.
    public static Kept add(Handle handle, Territory territory, long person, Wish wish) {
        Problems problems = new Problems();
        ScenarioFacts.Place place = judge(handle, territory, wish, problems);
        if (place == null || !problems.isEmpty()) return new Kept.Wrong(problems.list());
        long id = handle.createQuery("INSERT INTO scenario (name, name_en, place, path, body, person) VALUES (:name, :nameEn, :place, :path, CAST(:body AS jsonb), :person) RETURNING id")
                .bind("name", wish.name()).bind("nameEn", wish.nameEn()).bind("place", wish.place()).bind("path", place.path()).bind("body", wish.body().toString()).bind("person", person)
                .mapTo(long.class).one();
        return kept(handle, territory, id);
    }

    private static Kept kept(Handle handle, Territory territory, long id) {
        StoredScenario kept = find(handle, territory, id);
        if (kept == null) throw new IllegalStateException("Scenario " + id + " was kept and is not found.");
        return new Kept.Done(kept);
    }

    private static ScenarioFacts.@Nullable Place judge(Handle handle, Territory territory, Wish wish, Problems problems) {
        if (wish.name().isBlank()) problem(problems, "name", "", Rule.REQUIRED, "");
        if (wish.name().length() > LONGEST_NAME) problem(problems, "name", wish.name(), Rule.CELL_TOO_LONG, "" + LONGEST_NAME);
        if (wish.nameEn().length() > LONGEST_NAME) problem(problems, "nameEn", wish.nameEn(), Rule.CELL_TOO_LONG, "" + LONGEST_NAME);
        ScenarioFacts.Place place = ScenarioFacts.place(handle, territory, wish.place());
        String zh = place == null ? "-" : place.name();
        String yaml = ScenarioBody.yaml(wish.body(), wish.place(), zh, place == null ? zh : place.nameEn());
        ScenarioFile.of(yaml, ScenarioFacts.atlas(handle, place, wish.body()), problems);
        return place;
    }

    private static void problem(Problems problems, String field, String value, Rule rule, String detail) {
        problems.add(new Problem(ScenarioFile.NAME, 0, field, value, rule, detail));
    }

    /// The scenarios of a place's subtree (all of the territory's where `place` is null), the newest first: at most `limit` with an id below `before`.
    public static List<StoredScenario> list(Handle handle, Territory territory, @Nullable String place, long before, int limit) {
        String below = place == null ? "" : " AND EXISTS (SELECT FROM place q WHERE q.code = :place AND s.path >= q.path AND s.path < path_end(q.path))";
        return handle.createQuery("SELECT " + COLUMNS + LIVING + " AND s.id < :before" + below + " ORDER BY s.id DESC LIMIT :limit").bindMap(territory.binds()).bind("before", before)
                .bind("place", place == null ? "" : place).bind("limit", limit).map(SCENARIO).list();
    }

    /// One scenario, or null where there is none here.
    public static @Nullable StoredScenario find(Handle handle, Territory territory, long id) {
        return handle.createQuery("SELECT " + COLUMNS + LIVING + " AND s.id = :id").bindMap(territory.binds()).bind("id", id).map(SCENARIO).findOne().orElse(null);
    }

    /// Changes a scenario that still is the version the person saw: the fields of `changes` take the place of its own, one that is null is taken away.
    public static Kept change(Handle handle, Territory territory, long id, int version, JsonNode changes) {
        StoredScenario before = find(handle, territory, id);
        if (before == null) return new Kept.None();
        if (before.version() != version) return new Kept.Changed();
        Wish wish = changed(before, changes);
        Problems problems = new Problems();
        ScenarioFacts.Place place = judge(handle, territory, wish, problems);
        if (place == null || !problems.isEmpty()) return new Kept.Wrong(problems.list());
        int done = handle.createUpdate("""
                UPDATE scenario SET name = :name, name_en = :nameEn, place = :place, path = :path, body = CAST(:body AS jsonb), version = version + 1, updated_at = now()
                WHERE id = :id AND version = :version AND deleted_at IS NULL""").bind("name", wish.name()).bind("nameEn", wish.nameEn()).bind("place", wish.place()).bind("path", place.path())
                .bind("body", wish.body().toString()).bind("id", id).bind("version", version).execute();
        return done == 1 ? kept(handle, territory, id) : new Kept.Changed();
    }

    private static Wish changed(StoredScenario before, JsonNode changes) {
        ObjectNode body = ScenarioBody.with(before.body(), changes);
        return new Wish(changes.path("name").asString(before.name()), changes.path("nameEn").asString(before.nameEn()), changes.path("place").asString(before.place()), body);
    }

    /// A new scenario like another, with changes: what a lock, a ban or another budget is planned with.
    public static Kept copy(Handle handle, Territory territory, long person, long id, JsonNode changes) {
        StoredScenario before = find(handle, territory, id);
        return before == null ? new Kept.None() : add(handle, territory, person, changed(before, changes));
    }

    /// Takes a scenario out of every list; its plans stay. Done holds it as it was.
    public static Kept remove(Handle handle, Territory territory, long id, int version) {
        StoredScenario before = find(handle, territory, id);
        if (before == null) return new Kept.None();
        int done = handle.createUpdate("UPDATE scenario SET deleted_at = now(), version = version + 1 WHERE id = :id AND version = :version AND deleted_at IS NULL").bind("id", id)
                .bind("version", version).execute();
        return done == 1 ? new Kept.Done(before) : new Kept.Changed();
    }

    /// Takes a removed scenario back into the lists, the same one; one that was never removed stays as it is.
    public static Kept restore(Handle handle, Territory territory, long id) {
        handle.createUpdate("UPDATE scenario s SET deleted_at = NULL, version = version + 1 WHERE s.id = :id AND s.deleted_at IS NOT NULL AND " + Territory.insideSql("s"))
                .bindMap(territory.binds()).bind("id", id).execute();
        StoredScenario there = find(handle, territory, id);
        return there == null ? new Kept.None() : new Kept.Done(there);
    }

    private static final RowMapper<StoredScenario> SCENARIO = ScenarioStore::scenario;

    private static StoredScenario scenario(ResultSet row, StatementContext context) throws SQLException {
        return new StoredScenario(row.getLong("id"), row.getString("name"), row.getString("name_en"), row.getString("place"), row.getString("path"),
                JsonMapper.shared().readTree(row.getString("body")), row.getLong("person"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(), row.getInt("version"), row.getInt("plans"), row.getInt("approved"),
                row.getString("person_name"), row.getString("place_name"), row.getString("place_name_en"));
    }
}
