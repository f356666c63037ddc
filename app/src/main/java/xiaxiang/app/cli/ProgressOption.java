package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/// `--progress`, for programs that watch long commands.
final class ProgressOption {
    @Option(names = "--progress", description = "Say on standard error how far it is, as JSON lines {stage, done, total, lower, upper}, instead of the bar. 以 JSON 行输出进度。")
    private boolean lines;

    /// Where progress goes: lines on `err`, or a bar.
    Display display(Locale locale, PrintWriter err) {
        return lines ? new LineDisplay(err) : new BarDisplay(locale);
    }
}
