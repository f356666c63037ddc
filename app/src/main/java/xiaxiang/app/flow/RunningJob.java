package xiaxiang.app.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.jdbi.v3.core.JdbiException;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;

/// One job while it runs: tells watchers of every step, and the database of one a second. The database is told by a thread of its own: the work may be within a
/// transaction, whose progress nobody would see before its end.
final class RunningJob implements JobWork.Course, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final long APART_MILLIS = 1_000;
    private static final Duration LAST_NOTE = Duration.ofSeconds(30);

    private final Job job;
    private final Scope scope;
    private final Path folder;
    private final Database database;
    private final JobEvents events;
    private final Thread thread = Thread.currentThread();
    private volatile Job.Progress at = Job.Progress.of("");
    private volatile boolean cancelled;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread noter;

    RunningJob(Job job, Scope scope, Path folder, Database database, JobEvents events) {
        this.job = job;
        this.scope = scope;
        this.folder = folder;
        this.database = database;
        this.events = events;
        noter = Thread.ofVirtual().name("progress of job " + job.id()).start(this::keepNoting);
    }

    void cancel() {
        cancelled = true;
    }

    /// The server stops: what waits in the job's thread ends at once, and its children with it.
    void stop() {
        thread.interrupt();
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Path folder() {
        return folder;
    }

    /// Bounds once known stand until others take their place: a stage that has none does not take them away.
    @Override
    public synchronized void at(Job.Progress said) {
        Job.Progress progress = said.lower() == null && said.upper() == null ? new Job.Progress(said.stage(), said.done(), said.total(), at.lower(), at.upper()) : said;
        at = progress;
        events.tell(new Job(job.id(), job.kind(), Job.State.RUNNING, job.person(), job.rights(), job.path(), job.asked(), progress, "", null, cancelled, job.attempts(), job.createdAt(), job.startedAt(), null));
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    private void keepNoting() {
        try {
            do note(); while (!closed.await(APART_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        note();
    }

    /// Notes the state in the database, where somebody may have asked another server to cancel the job. A database that is away for a moment stops no job.
    private void note() {
        Job.Progress state = at;
        try {
            if (database.as(scope, handle -> JobStore.progress(handle, job.person(), job.id(), state))) cancelled = true;
        } catch (JdbiException e) {
            LOG.warn("the progress of job {} was not noted: {}", job.id(), e.getMessage());
        }
    }

    /// Returns when the last state is noted: a later note could be of a job that has ended. The thread may be interrupted, where the server stops.
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            noter.join(LAST_NOTE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
