package xiaxiang.app.cli;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import xiaxiang.engine.capture.Progress;

/// What is shown while a plan is made; Ctrl-C, or TERM, stops with the best plan so far.
final class Screen implements Progress, AutoCloseable {
    private static final long WRITING_SECONDS = 60;

    private final Display display;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::interrupted);

    Screen(Locale locale) {
        this(new BarDisplay(locale));
    }

    Screen(Display display) {
        this.display = display;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Ctrl-C: ask the planner to stop, and give it time to write what it has. It cannot wait for the main thread's end, which waits for this hook.
    private void interrupted() {
        stop.set(true);
        try {
            if (!written.await(WRITING_SECONDS, TimeUnit.SECONDS)) Runtime.getRuntime().halt(ExitCode.FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void at(String stage, long done, long total, double lower, double upper) {
        display.at(stage, done, total, lower, upper);
    }

    @Override
    public boolean cancelled() {
        return stop.get();
    }

    /// Takes the bar away, so that what is printed next stands alone.
    void finish() {
        display.close();
    }

    @Override
    public void close() {
        finish();
        written.countDown();
        if (!stop.get()) Runtime.getRuntime().removeShutdownHook(hook);
    }
}
