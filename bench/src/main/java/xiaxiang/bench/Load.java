package xiaxiang.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Requests at a fixed rate, whether or not earlier ones were answered (an open loop): a slow answer delays nobody else's clock, and waiting for a free connection
/// counts. Each request is timed from when it was due.
final class Load {
    private final double[] millis;
    private final List<String> failures;

    private Load(double[] millis, List<String> failures) {
        this.millis = millis;
        this.failures = List.copyOf(failures);
    }

    /// One request, by its number; throws if it is not answered as it should be.
    interface Request {
        void send(int number) throws Exception;
    }

    /// Sends `count` requests, `perSecond` a second, and waits for their answers, a minute longer at most.
    static Load run(int count, double perSecond, Request request) throws InterruptedException {
        double[] millis = new double[count];
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        CountDownLatch answered = new CountDownLatch(count);
        long start = System.nanoTime() + 100_000_000L;
        for (int k = 0; k < count; k++) {
            int number = k;
            long due = start + Math.round(1e9 * k / perSecond);
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            Thread.ofVirtual().start(() -> {
                try {
                    request.send(number);
                } catch (Exception e) {
                    failed.add(String.valueOf(e.getMessage()));
                } finally {
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    answered.countDown();
                }
            });
        }
        if (!answered.await(60, TimeUnit.SECONDS)) throw new IllegalStateException(answered.getCount() + " requests were not answered within a minute.");
        Arrays.sort(millis);
        return new Load(millis, List.copyOf(failed));
    }

    /// The quantile of the times, ms: the smallest that so many did not exceed.
    double quantile(double p) {
        return millis[Math.max(0, (int) Math.ceil(p * millis.length) - 1)];
    }

    int count() {
        return millis.length;
    }

    int failed() {
        return failures.size();
    }

    /// What went wrong, each once, some at most.
    List<String> reasons(int most) {
        return failures.stream().distinct().limit(most).toList();
    }

    /// How many, and p50, p95, p99 and the longest.
    String text() {
        return String.format(Locale.ROOT, "%d: p50 %.1f, p95 %.1f, p99 %.1f, longest %.0f ms", count(), quantile(.5), quantile(.95), quantile(.99), millis[millis.length - 1]);
    }
}
