package xiaxiang.app.flow;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;

/// Runs background work, two jobs at a time, each on behalf of who asked for it. A job whose server was killed is taken up again within some 20 s of a restart, three times at most.
public final class JobRunner implements AutoCloseable {
    /// The message of a job that failed for no fault of the person's, of one whose server died each time, and of one cancelled before it began.
    public static final String FAULT = "job.fault";
    public static final String TOO_OFTEN = "job.too_often";
    public static final String CANCELLED = "job.cancelled";

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int AT_ONCE = 2;
    private static final int ATTEMPTS = 3;
    /// A runner that missed so many heartbeats in a row is dead; the library looks for dead ones every second heartbeat.
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MISSED = 4;
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Database database;
    private final JobFolders folders;
    private final JobEvents events;
    private final Map<Job.Kind, JobWork> works = new EnumMap<>(Job.Kind.class);
    private final Map<Long, RunningJob> running = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private volatile boolean stopping;

    /// A runner of these kinds of work, whose folders lie under `home`; it does nothing before [#start].
    public JobRunner(Database database, Path home, JobEvents events, List<JobWork> works) {
        this.database = database;
        this.events = events;
        folders = new JobFolders(home);
        for (JobWork work : works) if (this.works.put(work.kind(), work) != null) throw new IllegalArgumentException("Two works of kind " + work.kind() + ".");
        var job = Tasks.custom(JobStore.TASK, Void.class).onDeadExecutionRevive().onFailureReschedule(FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, _) -> run(Long.parseLong(instance.getId())));
        var tidy = Tasks.recurring("tidy-jobs", FixedDelay.ofHours(1)).execute((_, _) -> folders.tidy(Instant.now()));
        scheduler = Scheduler.create(database.connections(), job).startTasks(tidy).threads(AT_ONCE + 1).pollingInterval(POLL).heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(MISSED)
                .schedulerName(new SchedulerName.Fixed("xiaxiang")).shutdownMaxWait(Duration.ofSeconds(20)).failureLogging(LogLevel.WARN, true).build();
    }

    /// Begins to work: what waits, and what a dead server left.
    public void start() {
        scheduler.start();
    }

    /// Puts a wish into the queue; it begins once the transaction has ended, at once where there is room.
    public JobStore.Asked ask(Scope scope, Job.Kind kind, String path, JsonNode asked) {
        JobStore.Asked answer = database.as(scope, handle -> JobStore.ask(handle, scope, kind, path, asked));
        wake();
        return answer;
    }

    /// Looks for work now: call it after a transaction that asked for some.
    public void wake() {
        if (!stopping) scheduler.triggerCheckForDueExecutions();
    }

    /// Cancels a job of the scope's person; the job as it then is, or null where there is none. One that runs ends soon after, with what it has.
    public @Nullable Job cancel(Scope scope, long id) {
        Job asked = database.as(scope, handle -> {
            Job job = JobStore.cancel(handle, scope.person(), id);
            return job != null && job.state() == Job.State.WAITING ? giveUp(handle, job, Job.State.CANCELLED, CANCELLED) : job;
        });
        RunningJob here = running.get(id);
        if (here != null && asked != null && asked.cancelAsked()) here.cancel();
        if (asked != null && asked.state().isEnd()) events.tell(asked);
        return asked;
    }

    private Job giveUp(org.jdbi.v3.core.Handle handle, Job job, Job.State state, String why) {
        work(job).gaveUp(handle, job, state, why);
        Job ended = JobStore.end(handle, job.person(), job.id(), state, why, null);
        return ended == null ? job : ended;
    }

    private JobWork work(Job job) {
        JobWork work = works.get(job.kind());
        if (work == null) throw new IllegalStateException("Nobody does jobs of kind " + job.kind() + ".");
        return work;
    }

    /// One attempt; what is returned says whether the library forgets the job.
    private CompletionHandler<Void> run(long id) {
        if (stopping) return again();
        Scope scope = database.nobody(handle -> JobStore.scope(handle, id));
        if (scope == null) return new CompletionHandler.OnCompleteRemove<>();
        // A job this server still runs may look dead to the library after a long pause: it is left alone, and looked at again once it may have ended.
        if (running.containsKey(id)) return (complete, operations) -> operations.reschedule(complete, Instant.now().plus(HEARTBEAT.multipliedBy(MISSED)));
        try {
            Job job = database.as(scope, handle -> begin(handle, scope, id));
            if (job == null) return new CompletionHandler.OnCompleteRemove<>();
            events.tell(job);
            if (!job.state().isEnd()) return attempt(job, scope);
        } catch (JdbiException refused) {
            if (!mayNotEnter(refused)) throw refused;
            LOG.warn("job {} is abandoned: its person may not enter", id);
            database.nobody(handle -> {
                JobStore.abandon(handle, id);
                return id;
            });
        }
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private @Nullable Job begin(org.jdbi.v3.core.Handle handle, Scope scope, long id) {
        Job job = JobStore.start(handle, scope.person(), id);
        if (job == null) return null;
        if (job.attempts() > ATTEMPTS) return giveUp(handle, job, Job.State.FAILED, TOO_OFTEN);
        return job.cancelAsked() ? giveUp(handle, job, Job.State.CANCELLED, CANCELLED) : job;
    }

    private CompletionHandler<Void> attempt(Job job, Scope scope) {
        JobWork.Ended ended;
        try (RunningJob course = new RunningJob(job, scope, folders.empty(job.id()), database, events)) {
            running.put(job.id(), course);
            ended = work(job).run(job, course);
        } catch (Exception e) {
            if (stopping) return putBack(job, scope);
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            LOG.error("job {} ({}) failed", job.id(), job.kind().text(), e);
            ended = JobWork.Ended.failed(FAULT);
        } finally {
            running.remove(job.id());
        }
        end(job, scope, ended);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private void end(Job job, Scope scope, JobWork.Ended ended) {
        Job after = database.as(scope, handle -> {
            if (ended.state() == Job.State.FAILED) work(job).gaveUp(handle, job, ended.state(), ended.message());
            return JobStore.end(handle, job.person(), job.id(), ended.state(), ended.message(), ended.result());
        });
        if (after != null) events.tell(after);
        if (ended.state() == Job.State.FAILED) return;
        try {
            folders.remove(job.id());
        } catch (IOException e) {
            LOG.warn("the folder of job {} is left", job.id(), e);
        }
    }

    private CompletionHandler<Void> putBack(Job job, Scope scope) {
        // The stop interrupted this thread; the pool would not lend it a connection.
        var _ = Thread.interrupted();
        database.as(scope, handle -> {
            JobStore.putBack(handle, job.person(), job.id());
            return job;
        });
        return again();
    }

    private static CompletionHandler<Void> again() {
        return (complete, operations) -> operations.reschedule(complete, Instant.now());
    }

    private static boolean mayNotEnter(JdbiException refused) {
        return refused.getCause() instanceof java.sql.SQLException sql && "42501".equals(sql.getSQLState());
    }

    /// Stops what runs, which begins anew at the next start; returns when all is still, after 20 s at most.
    @Override
    public void close() {
        stopping = true;
        running.values().forEach(RunningJob::stop);
        events.close();
        scheduler.stop();
    }
}
