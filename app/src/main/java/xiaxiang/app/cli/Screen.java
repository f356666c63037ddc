package xiaxiang.app.cli;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.capture.Progress;

/// What the person sees while a plan is made: after two seconds a progress bar with the bounds; Ctrl-C stops with the best plan so far.
///
/// Progress goes to standard error, so that standard output stays clean for `--json` and pipes.
final class Screen implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long WRITING_SECONDS = 60;

    private final Locale locale;
    private final long since = System.nanoTime();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::interrupted);
    private @Nullable ProgressBar bar;
    private String stage = "";
    /// The launcher knows whether a person watches standard error.
    private final boolean watched = Boolean.getBoolean("xiaxiang.terminal");

    Screen(Locale locale) {
        this.locale = locale;
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
    public synchronized void at(String nextStage, long done, long total, double lower, double upper) {
        if (!watched || System.nanoTime() - since < QUIET_NANOS) return;
        if (!nextStage.equals(stage) || bar == null) {
            if (bar != null) bar.close();
            stage = nextStage;
            bar = new ProgressBarBuilder().setTaskName(Words.stage(locale, nextStage)).setInitialMax(total).setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).build();
        }
        bar.maxHint(total);
        bar.stepTo(done);
        if (upper > 0 && Double.isFinite(upper)) bar.setExtraMessage(bounds(lower, upper));
    }

    /// Whole units, and three decimals more where there are few.
    private static String bounds(double lower, double upper) {
        String form = upper < 1_000 ? "%,.3f .. %,.3f (%.3f%%)" : "%,.0f .. %,.0f (%.3f%%)";
        return String.format(Locale.ROOT, form, lower, upper, 100 * (upper - lower) / upper);
    }

    @Override
    public boolean cancelled() {
        return stop.get();
    }

    /// Takes the bar away, so that what is printed next stands alone.
    synchronized void finish() {
        if (bar != null) bar.close();
        bar = null;
    }

    @Override
    public synchronized void close() {
        finish();
        written.countDown();
        if (!stop.get()) Runtime.getRuntime().removeShutdownHook(hook);
    }
}
