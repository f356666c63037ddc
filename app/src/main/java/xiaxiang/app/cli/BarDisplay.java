package xiaxiang.app.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Progress as a bar with the bounds, after two seconds, where a person watches standard error; so that standard output stays clean for `--json` and pipes.
final class BarDisplay implements Display {
    private static final long QUIET_NANOS = 2_000_000_000L;

    private final Locale locale;
    private final long since = System.nanoTime();
    /// The launcher knows whether a person watches standard error.
    private final boolean watched = Boolean.getBoolean("xiaxiang.terminal");
    private @Nullable ProgressBar bar;
    private String stage = "";

    BarDisplay(Locale locale) {
        this.locale = locale;
    }

    @Override
    public synchronized void at(String nextStage, long done, long total, double lower, double upper) {
        if (!watched || System.nanoTime() - since < QUIET_NANOS) return;
        if (!nextStage.equals(stage) || bar == null) {
            close();
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
    public synchronized void close() {
        if (bar != null) bar.close();
        bar = null;
    }
}
