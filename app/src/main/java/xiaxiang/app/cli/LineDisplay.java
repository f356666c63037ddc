package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Progress as JSON lines `{"stage","done","total","lower","upper"}` for a program that watches this one; what is not known is null.
///
/// At most four lines a second within a stage; the first and the last state of a stage always.
final class LineDisplay implements Display {
    private static final long APART_NANOS = 250_000_000L;

    private final PrintWriter to;
    private String stage = "";
    private @Nullable String held;
    private long shown;

    LineDisplay(PrintWriter to) {
        this.to = to;
    }

    @Override
    public synchronized void at(String nextStage, long done, long total, double lower, double upper) {
        String line = line(nextStage, done, total, lower, upper);
        boolean same = nextStage.equals(stage);
        if (same && System.nanoTime() - shown < APART_NANOS) {
            held = line;
            return;
        }
        if (!same) close();
        stage = nextStage;
        show(line);
    }

    private static String line(String stage, long done, long total, double lower, double upper) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("stage", stage);
        out.put("done", done);
        out.put("total", total);
        out.put("lower", SolverOptions.finite(lower));
        out.put("upper", SolverOptions.finite(upper));
        return JsonMapper.shared().writeValueAsString(out);
    }

    private void show(String line) {
        to.println(line);
        to.flush();
        held = null;
        shown = System.nanoTime();
    }

    @Override
    public synchronized void close() {
        if (held != null) show(held);
    }
}
