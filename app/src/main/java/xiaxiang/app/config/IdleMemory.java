package xiaxiang.app.config;

import java.time.Duration;

/// Gives memory back while nobody asks for anything: the collector of a small server does not work when nothing is allocated, and would keep what the last rush took for good.
///
/// Looks four times a minute; where less than a twentieth of a core was used since, but seconds of processor time since the last time it did so, it has all the heap collected, which the collector then returns.
final class IdleMemory implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final double IDLE = .05;
    private static final Duration WORKED = Duration.ofSeconds(5);

    private final Thread thread = Thread.ofVirtual().name("idle memory").unstarted(this::watch);

    void start() {
        thread.start();
    }

    private void watch() {
        long before = 0;
        long rested = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
            long now = processorNanos();
            if (now - before < IDLE * LOOK.toNanos() && now - rested > WORKED.toNanos()) {
                System.gc();
                rested = processorNanos();
            }
            before = processorNanos();
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
