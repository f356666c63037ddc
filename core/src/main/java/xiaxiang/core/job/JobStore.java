package xiaxiang.core.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Scope;

/// The table of background work. A job belongs to who asked for it: every method takes whom it is done for, and no other person's job is found.
public final class JobStore {
    /// How many jobs of one person may wait or run, and how many of all people.
    public static final int MOST_OF_ONE = 5;
    public static final int MOST_OF_ALL = 100;
    /// The name under which the library that runs jobs knows them.
    public static final String TASK = "job";

    private static final int LONGEST_MESSAGE = 4_000;
    private static final String COLUMNS = """
            id, kind, state, person, rights, path, asked, stage, done, total, lower, upper, message, result, cancel_asked, attempts, created_at, started_at, ended_at""";

    private JobStore() {}

    /// Whether there was room for one more.
    public sealed interface Asked {
        /// It waits its turn.
        record Waiting(Job job) implements Asked {}
        /// So many wait or run already, of this person or of all.
        record Full(int most) implements Asked {}
    }

    /// Says that there is no room for one more job of a person; null where there is.
    public static Asked.@Nullable Full full(Handle handle, long person) {
        int mine = handle.createQuery("SELECT count(*) FROM job WHERE person = :person AND state IN ('waiting', 'running')").bind("person", person).mapTo(int.class).one();
        if (mine >= MOST_OF_ONE) return new Asked.Full(MOST_OF_ONE);
        int all = handle.createQuery("SELECT count(*) FROM scheduled_tasks WHERE task_name = :task").bind("task", TASK).mapTo(int.class).one();
        return all >= MOST_OF_ALL ? new Asked.Full(MOST_OF_ALL) : null;
    }

    /// Notes a wish and puts it into the queue, in the caller's transaction: both or neither.
    public static Asked ask(Handle handle, Scope scope, Job.Kind kind, String path, JsonNode asked) {
        Asked.Full full = full(handle, scope.person());
        if (full != null) return full;
        Job job = handle.createQuery("INSERT INTO job (kind, person, rights, path, asked) VALUES (:kind, :person, :rights, :path, CAST(:asked AS jsonb)) RETURNING " + COLUMNS)
                .bind("kind", kind.text()).bind("person", scope.person()).bindByType("rights", scope.rights() == null ? null : scope.rights().toArray(String[]::new), String[].class)
                .bind("path", path).bind("asked", asked.toString()).map(JOB).one();
        enqueue(handle, job.id());
        return new Asked.Waiting(job);
    }

    /// As the library's own client would, but in this transaction.
    private static void enqueue(Handle handle, long job) {
        handle.createUpdate("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority) VALUES (:task, :job, now(), false, 1, 0)")
                .bind("task", TASK).bind("job", Long.toString(job)).execute();
    }

    /// A person's jobs, the newest first: at most `limit` with an id below `before`.
    public static List<Job> list(Handle handle, long person, long before, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM job WHERE person = :person AND id < :before ORDER BY id DESC LIMIT :limit").bind("person", person)
                .bind("before", before).bind("limit", limit).map(JOB).list();
    }

    /// One job of a person, or null.
    public static @Nullable Job find(Handle handle, long person, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM job WHERE person = :person AND id = :id").bind("person", person).bind("id", id).map(JOB).findOne().orElse(null);
    }

    /// On whose behalf a job runs; null if there is no such job. Needs no scope: the runner knows only the number.
    public static @Nullable Scope scope(Handle handle, long id) {
        return handle.createQuery("SELECT person, rights FROM job_scope(:id)").bind("id", id)
                .map((row, _) -> new Scope(row.getLong("person"), "job " + id, texts(row, "rights"))).findOne().orElse(null);
    }

    /// Begins a job that waits, or one whose server died; null where it has ended.
    public static @Nullable Job start(Handle handle, long person, long id) {
        return handle.createQuery("UPDATE job SET state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now()) WHERE person = :person AND id = :id "
                + "AND state IN ('waiting', 'running') RETURNING " + COLUMNS).bind("person", person).bind("id", id).map(JOB).findOne().orElse(null);
    }

    /// Puts a job that was begun back into the queue, where the server stops in good order: the attempt does not count.
    public static void putBack(Handle handle, long person, long id) {
        handle.createUpdate("UPDATE job SET state = 'waiting', attempts = attempts - 1 WHERE person = :person AND id = :id AND state = 'running'").bind("person", person).bind("id", id).execute();
    }

    /// Notes how far a running job is; returns whether somebody asked to cancel it.
    public static boolean progress(Handle handle, long person, long id, Job.Progress at) {
        return handle.createQuery("""
                UPDATE job SET stage = :stage, done = :done, total = :total, lower = :lower, upper = :upper WHERE person = :person AND id = :id AND state = 'running' RETURNING cancel_asked""")
                .bind("person", person).bind("id", id).bind("stage", at.stage()).bind("done", at.done()).bind("total", at.total()).bind("lower", at.lower()).bind("upper", at.upper())
                .mapTo(boolean.class).findOne().orElse(true);
    }

    /// Asks to cancel; the job as it then is, or null where the person has no such job. One that has ended stays as it is.
    public static @Nullable Job cancel(Handle handle, long person, long id) {
        handle.createUpdate("UPDATE job SET cancel_asked = true WHERE person = :person AND id = :id AND state IN ('waiting', 'running')").bind("person", person).bind("id", id).execute();
        return find(handle, person, id);
    }

    /// Ends a job, once; the job as it then is, or null where it had ended.
    public static @Nullable Job end(Handle handle, long person, long id, Job.State state, String message, @Nullable JsonNode result) {
        if (!state.isEnd()) throw new IllegalArgumentException(state + " is no end.");
        return handle.createQuery("UPDATE job SET state = :state, message = :message, result = CAST(:result AS jsonb), ended_at = now() WHERE person = :person AND id = :id "
                + "AND state IN ('waiting', 'running') RETURNING " + COLUMNS).bind("person", person).bind("id", id).bind("state", state.text())
                .bind("message", message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message).bind("result", result == null ? null : result.toString())
                .map(JOB).findOne().orElse(null);
    }

    /// Ends a job whose person may no longer enter, and the plan it was to make. Needs no scope.
    public static void abandon(Handle handle, long id) {
        handle.createQuery("SELECT job_abandon(:id)").bind("id", id).mapTo(String.class).findOne();
    }

    private static final RowMapper<Job> JOB = JobStore::job;

    private static Job job(ResultSet row, StatementContext context) throws SQLException {
        String result = row.getString("result");
        Job.Progress at = new Job.Progress(row.getString("stage"), row.getLong("done"), row.getLong("total"), row.getObject("lower", Double.class), row.getObject("upper", Double.class));
        Instant created = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new Job(row.getLong("id"), Job.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), Job.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getLong("person"),
                texts(row, "rights"), row.getString("path"), JsonMapper.shared().readTree(row.getString("asked")), at, row.getString("message"),
                result == null ? null : JsonMapper.shared().readTree(result), row.getBoolean("cancel_asked"), row.getInt("attempts"), created, instant(row, "started_at"), instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable List<String> texts(ResultSet row, String column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? null : Arrays.asList((String[]) array.getArray());
    }
}
