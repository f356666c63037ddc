package xiaxiang.app.flow;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.job.Job;

/// Tells whoever watches a job how far it is. A watcher who is slow misses states in between, never the last one: only the newest is kept for each. Thread-safe.
public final class JobEvents implements AutoCloseable {
    /// How many watchers there may be at once.
    public static final int MOST = 500;

    private final Map<Long, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /// Watches a job; null where there are [#MOST] watchers already, or the server stops.
    public @Nullable Watch watch(long job) {
        if (closed || count.incrementAndGet() > MOST) {
            if (!closed) count.decrementAndGet();
            return null;
        }
        Watch watch = new Watch(job);
        watches.compute(job, (_, set) -> {
            Set<Watch> all = set == null ? new HashSet<>() : set;
            all.add(watch);
            return all;
        });
        return watch;
    }

    /// A job has moved.
    void tell(Job job) {
        watches.computeIfPresent(job.id(), (_, set) -> {
            set.forEach(watch -> watch.offer(job));
            return set;
        });
    }

    @Override
    public void close() {
        closed = true;
        watches.keySet().forEach(id -> watches.computeIfPresent(id, (_, set) -> {
            set.forEach(Watch::end);
            return set;
        }));
    }

    /// One watcher of one job.
    public final class Watch implements AutoCloseable {
        private final long job;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();
        private @Nullable Job newest;
        private boolean over;

        private Watch(long job) {
            this.job = job;
        }

        private void offer(Job state) {
            lock.lock();
            try {
                newest = state;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                over = true;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// The newest state not seen yet, waiting for one so long at most; null if there is none by then.
        public @Nullable Job next(Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long left = atMost.toNanos();
                while (newest == null && !over && left > 0) left = moved.awaitNanos(left);
                Job state = newest;
                newest = null;
                return state;
            } finally {
                lock.unlock();
            }
        }

        /// Whether the server stops: nothing more will come.
        public boolean isOver() {
            return closed;
        }

        @Override
        public void close() {
            watches.computeIfPresent(job, (_, set) -> {
                if (set.remove(this)) count.decrementAndGet();
                return set.isEmpty() ? null : set;
            });
        }
    }
}
