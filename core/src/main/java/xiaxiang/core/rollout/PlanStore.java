package xiaxiang.core.rollout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.db.Territory;

/// Plans and their files in the database. A plan goes from planning to draft, infeasible or failed, and a draft to approved; nothing else about it ever changes, which
/// the database sees to itself.
public final class PlanStore {
    private static final String COLUMNS = """
            p.id, p.scenario, p.scenario_version, p.asked, p.place, p.path, p.state, p.job, p.summary, p.why, p.person, p.created_at, p.approved_by, p.approved_at, p.approval_note,
            NOT EXISTS (SELECT FROM scenario s WHERE s.id = p.scenario AND s.deleted_at IS NULL AND %s) AS scenario_gone,
            person_name(p.person) AS person_name, person_name(p.approved_by) AS approved_by_name, (SELECT q.name FROM place q WHERE q.code = p.place) AS place_name""".formatted(Territory.insideSql("s"));
    private static final String INSIDE = " FROM plan p WHERE " + Territory.insideSql("p");

    private PlanStore() {}

    /// What a caller may choose of the search: the relative gap that is good enough, in [0, 1), and a time limit in seconds; null for the usual.
    public record Limits(@Nullable Double gap, @Nullable Integer timeLimitSeconds) {}

    /// Begins a plan for a scenario as it stands; returns its id. The caller then puts the job that makes it into the queue, and [#doneBy] names that job.
    public static long begin(Handle handle, StoredScenario scenario, long person, Limits limits) {
        ObjectNode asked = JsonMapper.shared().createObjectNode();
        asked.put("name", scenario.name()).put("nameEn", scenario.nameEn()).put("place", scenario.place()).put("version", scenario.version()).put("gap", limits.gap())
                .put("timeLimitSeconds", limits.timeLimitSeconds()).set("body", scenario.body());
        return handle.createQuery("INSERT INTO plan (scenario, scenario_version, asked, place, path, person) VALUES (:scenario, :version, CAST(:asked AS jsonb), :place, :path, :person) RETURNING id")
                .bind("scenario", scenario.id()).bind("version", scenario.version()).bind("asked", asked.toString()).bind("place", scenario.place()).bind("path", scenario.path()).bind("person", person)
                .mapTo(long.class).one();
    }

    /// Names the job that makes a plan.
    public static void doneBy(Handle handle, long id, long job) {
        handle.createUpdate("UPDATE plan SET job = :job WHERE id = :id AND state = 'planning'").bind("job", job).bind("id", id).execute();
    }

    /// Adds a file to a plan that is being made.
    public static void addFile(Handle handle, long id, String name, byte[] content) {
        handle.createUpdate("INSERT INTO plan_file (plan, name, content, sha256) VALUES (:id, :name, :content, sha256(:content))").bind("id", id).bind("name", name).bind("content", content).execute();
    }

    /// Ends the making of a plan, once; false where it had ended.
    public static boolean finish(Handle handle, long id, StoredPlan.State state, @Nullable JsonNode summary, @Nullable String why) {
        return handle.createUpdate("UPDATE plan SET state = :state, summary = CAST(:summary AS jsonb), why = :why WHERE id = :id AND state = 'planning'").bind("state", state.text())
                .bind("summary", summary == null ? null : summary.toString()).bind("why", why).bind("id", id).execute() == 1;
    }

    /// The plans of a scenario, of a place's subtree, or all of the territory's, the newest first: at most `limit` with an id below `before`.
    public static List<StoredPlan> list(Handle handle, Territory territory, @Nullable Long scenario, @Nullable String place, long before, int limit) {
        String of = scenario == null ? "" : " AND p.scenario = :scenario";
        String below = place == null ? "" : " AND EXISTS (SELECT FROM place q WHERE q.code = :place AND p.path >= q.path AND p.path < path_end(q.path))";
        return handle.createQuery("SELECT " + COLUMNS + INSIDE + " AND p.id < :before" + of + below + " ORDER BY p.id DESC LIMIT :limit").bindMap(territory.binds()).bind("before", before)
                .bind("scenario", scenario == null ? 0 : scenario).bind("place", place == null ? "" : place).bind("limit", limit).map(PLAN).list();
    }

    /// One plan, or null where there is none here.
    public static @Nullable StoredPlan find(Handle handle, Territory territory, long id) {
        return handle.createQuery("SELECT " + COLUMNS + INSIDE + " AND p.id = :id").bindMap(territory.binds()).bind("id", id).map(PLAN).findOne().orElse(null);
    }

    /// A place's newest approved plan, else its newest draft; null where it has neither.
    public static @Nullable StoredPlan current(Handle handle, Territory territory, String place) {
        return handle.createQuery("SELECT " + COLUMNS + INSIDE + " AND p.place = :place AND p.state IN ('approved', 'draft') ORDER BY p.state = 'approved' DESC, p.approved_at DESC, p.id DESC LIMIT 1")
                .bindMap(territory.binds()).bind("place", place).map(PLAN).findOne().orElse(null);
    }

    /// The bytes of a plan's file, or null where there is none here.
    public static byte @Nullable [] file(Handle handle, Territory territory, long id, String name) {
        return handle.createQuery("SELECT f.content FROM plan_file f JOIN plan p ON p.id = f.plan WHERE p.id = :id AND f.name = :name AND " + Territory.insideSql("p")).bindMap(territory.binds())
                .bind("id", id).bind("name", name).mapTo(byte[].class).findOne().orElse(null);
    }

    /// Approves a draft, which freezes it; the plan as it then is, or null where there is no draft of that number here.
    public static @Nullable StoredPlan approve(Handle handle, Territory territory, long id, long person, String note) {
        int done = handle.createUpdate("UPDATE plan p SET state = 'approved', approved_by = :person, approved_at = now(), approval_note = :note WHERE p.id = :id AND p.state = 'draft' AND "
                + Territory.insideSql("p")).bindMap(territory.binds()).bind("person", person).bind("note", note).bind("id", id).execute();
        return done == 1 ? find(handle, territory, id) : null;
    }

    private static final RowMapper<StoredPlan> PLAN = PlanStore::plan;

    private static StoredPlan plan(ResultSet row, StatementContext context) throws SQLException {
        String summary = row.getString("summary");
        return new StoredPlan(row.getLong("id"), row.getLong("scenario"), row.getBoolean("scenario_gone"), row.getInt("scenario_version"), JsonMapper.shared().readTree(row.getString("asked")), row.getString("place"),
                row.getString("path"), StoredPlan.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getObject("job", Long.class),
                summary == null ? null : JsonMapper.shared().readTree(summary), row.getString("why"), row.getLong("person"), row.getString("person_name"), row.getString("place_name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getObject("approved_by", Long.class), row.getString("approved_by_name"), instant(row, "approved_at"),
                row.getString("approval_note"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
