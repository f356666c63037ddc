package xiaxiang.engine.capture;

import java.util.concurrent.TimeUnit;

/// Tells whether to stop, and reports progress at most ten times a second. Only the thread that made it asks or tells the
/// caller's [Progress]; others see what it last learned. The clock decides nothing but when to report, unless a time limit
/// is set.
final class Watch {
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Progress progress;
    private final Thread caller = Thread.currentThread();
    private final long began = System.nanoTime();
    private final long limitMillis;
    private long reported = began - REPORT_NANOS;
    private volatile boolean stopped;

    Watch(Progress progress, long limitMillis) {
        this.progress = progress;
        this.limitMillis = limitMillis;
    }

    boolean stopped() {
        if (!stopped && Thread.currentThread() == caller) {
            boolean late = limitMillis < Long.MAX_VALUE
                    && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) >= limitMillis;
            stopped = late || progress.cancelled();
        }
        return stopped;
    }

    void report(String stage, long done, long total, double lower, double upper) {
        if (Thread.currentThread() != caller || System.nanoTime() - reported < REPORT_NANOS) {
            return;
        }
        reported = System.nanoTime();
        progress.at(stage, done, total, lower, upper);
    }
}
