package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.engine.capture.Limits;

/// When the solver stops, and where its answer goes: options of every `capture` command that solves.
final class SolverOptions {
    private static final int NODES = 1_000_000;
    private static final int MOST_THREADS = 256;
    private static final double MOST_SECONDS = 1e9;

    @Option(names = "--gap", defaultValue = "1e-6", paramLabel = "GAP", description = "Stop when the relative gap is proven to be this small. Default: ${DEFAULT-VALUE}.")
    private double gap;

    @Option(names = "--time-limit-s", paramLabel = "S", description = "Stop the solver after so many seconds; the result then depends on the machine.")
    private @Nullable Double seconds;

    @Option(names = "--threads", defaultValue = "2", paramLabel = "N", description = "Threads of the solver; the result does not depend on them. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--certificate", paramLabel = "OUT", description = "Where the certificate goes; a file that is there is replaced.")
    private @Nullable Path certificate;

    @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
    private boolean json;

    /// A line for every option out of its range; a fresh list.
    List<String> wrong(Path file, Locale locale) throws IOException {
        List<String> wrong = new ArrayList<>();
        if (!(gap >= 0 && gap < 1)) wrong.add(Words.of(locale, "option.range", "--gap", gap, "[0, 1)"));
        if (threads < 1 || threads > MOST_THREADS) wrong.add(Words.of(locale, "option.range", "--threads", threads, "[1, " + MOST_THREADS + "]"));
        if (seconds != null && !(seconds > 0 && seconds <= MOST_SECONDS)) wrong.add(Words.of(locale, "option.range", "--time-limit-s", seconds, "(0, 1000000000]"));
        if (certificate == null) return wrong;
        Path folder = certificate.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(certificate)) wrong.add(Words.of(locale, "option.place", "--certificate", certificate));
        else if (Files.exists(certificate) && Files.exists(file) && Files.isSameFile(certificate, file)) wrong.add(Words.of(locale, "option.same", "--certificate", certificate));
        return wrong;
    }

    Limits limits() {
        long millis = seconds == null ? Long.MAX_VALUE : Math.max(1, Math.round(1000 * seconds));
        return new Limits(gap, Limits.standard().maxIterations(), NODES, millis, threads);
    }

    @Nullable Path certificate() {
        return certificate;
    }

    boolean json() {
        return json;
    }

    /// JSON has no infinity: a number that cannot be told is null.
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static String json(Map<String, Object> result) {
        return JsonMapper.shared().writeValueAsString(result);
    }
}
