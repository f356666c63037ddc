package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// A fixed number of threads that share numbered tasks. Who does which task is left to chance, so a task may write only what is
/// its own; sums are then taken in the order of the numbers.
final class Cores implements AutoCloseable {
    private final int threads;
    private final ExecutorService others;

    Cores(int threads) {
        this.threads = threads;
        this.others = Executors.newFixedThreadPool(Math.max(1, threads - 1), run -> {
            Thread thread = new Thread(run, "capture");
            thread.setDaemon(true);
            return thread;
        });
    }

    /// Work on the positions `from .. to - 1`.
    interface Block {
        void run(int from, int to);
    }

    /// Runs task 0 .. count - 1; returns when all are done.
    void run(int count, IntConsumer task) {
        int extra = Math.min(threads, count) - 1;
        if (extra <= 0) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.accept(i);
            }
        };
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < extra; i++) {
            running.add(others.submit(share));
        }
        share.run();
        running.forEach(Cores::await);
    }

    /// Runs blocks of `size` positions over 0 .. length - 1.
    void blocks(int length, int size, Block block) {
        run((length + size - 1) / size, b -> block.run(b * size, Math.min(length, (b + 1) * size)));
    }

    private static void await(Future<?> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("A task of the capture engine failed.", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
