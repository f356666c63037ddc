package xiaxiang.app.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// What the person sees of work whose end is not known: after two seconds the seconds taken, on standard error. Ctrl-C ends the program; nothing is half written.
final class Waiting implements AutoCloseable {
    private static final long QUIET_MILLIS = 2_000;

    private final Thread thread;
    private @Nullable ProgressBar bar;
    private boolean over;

    /// Waits for the stage of this name.
    Waiting(Locale locale, String stage) {
        thread = Thread.ofVirtual().unstarted(() -> show(Words.stage(locale, stage)));
        // The launcher knows whether a person watches standard error.
        if (Boolean.getBoolean("xiaxiang.terminal")) thread.start();
    }

    private void show(String name) {
        try {
            Thread.sleep(QUIET_MILLIS);
        } catch (InterruptedException e) {
            return;
        }
        open(name);
    }

    private synchronized void open(String name) {
        if (!over) bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(-1).setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).build();
    }

    @Override
    public synchronized void close() {
        over = true;
        thread.interrupt();
        if (bar != null) bar.close();
    }
}
