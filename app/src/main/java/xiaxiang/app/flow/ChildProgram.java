package xiaxiang.app.flow;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.job.Job;

/// This same program once more, in a process with a heap of its own: so that the server stays small and outlives what it started.
///
/// The child has this JVM, class path and home; it yields to the server (nice), ends when the server ends, however that ends, and is heard on standard error only,
/// of which the last 8,000 characters are kept.
public final class ChildProgram {
    private static final int KEPT = 8_000;
    private static final int LONGEST_LINE = 20_000;
    private static final long LOOK_MILLIS = 200;
    private static final Path NICE = Path.of("/usr/bin/nice");

    private final int heapMib;
    private final Duration grace;

    /// A child with at most so much heap, MiB, which gets `grace` to write what it has once it is asked to end.
    public ChildProgram(int heapMib, Duration grace) {
        if (heapMib < 64) throw new IllegalArgumentException("The heap of a child (" + heapMib + " MiB) must be at least 64 MiB.");
        this.heapMib = heapMib;
        this.grace = grace;
    }

    /// How a child ended: its exit code and the last it said. `stopped`: it was asked to end, `killed`: and did not in time.
    public record Ended(int code, String said, boolean stopped, boolean killed) {}

    /// Runs one command to its end. `heard` gets the progress it reports, from another thread; `stop` is asked five times a second whether it should end; it is asked to end
    /// after `atMost` too. The child is gone when this returns or throws.
    public Ended run(List<String> arguments, Consumer<Job.Progress> heard, BooleanSupplier stop, Duration atMost) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(arguments)).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Ears ears = new Ears(process.getErrorStream(), heard);
        Thread listener = Thread.ofVirtual().name("child " + process.pid()).start(ears::listen);
        try {
            Ended ended = await(process, stop, System.nanoTime() + atMost.toNanos());
            listener.join(Duration.ofSeconds(5));
            return new Ended(ended.code(), ears.said(), ended.stopped(), ended.killed());
        } finally {
            process.destroyForcibly();
            process.getOutputStream().close();
        }
    }

    private Ended await(Process process, BooleanSupplier stop, long deadline) throws InterruptedException {
        long killAt = Long.MAX_VALUE;
        boolean stopped = false;
        boolean killed = false;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            if (!stopped && (stop.getAsBoolean() || now - deadline > 0)) {
                // Not process.destroy(), which closes the pipes too: the child would take its server for dead.
                process.toHandle().destroy();
                stopped = true;
                killAt = now + grace.toNanos();
            } else if (stopped && now - killAt > 0) {
                process.destroyForcibly();
                killed = true;
            }
        }
        return new Ended(process.exitValue(), "", stopped, killed);
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) command.addAll(List.of(NICE.toString(), "-n", "10"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heapMib + "m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-Dxiaxiang.child=true"));
        String home = System.getProperty("xiaxiang.home");
        if (home != null) command.add("-Dxiaxiang.home=" + home);
        String cache = quickStart();
        if (cache != null) command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "xiaxiang.app.Main"));
        command.addAll(arguments);
        return command;
    }

    /// The launcher's cache of loaded classes beside the jar, which the JVM takes no notice of where it does not fit.
    private static @Nullable String quickStart() {
        String first = System.getProperty("java.class.path").split(File.pathSeparator, 2)[0];
        boolean cached = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(a -> a.startsWith("-XX:AOTCache="));
        Path cache = Path.of(first).resolveSibling("xiaxiang.aot");
        return cached && Files.isRegularFile(cache) ? cache.toString() : null;
    }

    /// Reads what the child says: progress, a JSON line each, and the rest, of which the end is kept.
    private static final class Ears {
        private final InputStream in;
        private final Consumer<Job.Progress> heard;
        private final StringBuilder said = new StringBuilder();
        private final byte[] line = new byte[LONGEST_LINE];
        private int length;

        Ears(InputStream in, Consumer<Job.Progress> heard) {
            this.in = in;
            this.heard = heard;
        }

        void listen() {
            byte[] buffer = new byte[8_192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) for (int k = 0; k < n; k++) take(buffer[k]);
            } catch (IOException e) {
                // The child is gone: what was heard is all there is.
            }
            endOfLine();
        }

        private void take(byte b) {
            if (b == '\n') endOfLine();
            else if (length < LONGEST_LINE) line[length++] = b;
        }

        private void endOfLine() {
            String text = new String(line, 0, length, StandardCharsets.UTF_8);
            length = 0;
            Job.Progress at = text.startsWith("{") ? progress(text) : null;
            if (at != null) heard.accept(at);
            else keep(text);
        }

        private synchronized void keep(String text) {
            if (text.isBlank()) return;
            said.append(text).append('\n');
            if (said.length() > KEPT) said.delete(0, said.length() - KEPT);
        }

        private static Job.@Nullable Progress progress(String text) {
            try {
                JsonNode json = JsonMapper.shared().readTree(text);
                return json.path("stage").isString() ? new Job.Progress(json.path("stage").asString(), json.path("done").asLong(0), json.path("total").asLong(-1), number(json, "lower"), number(json, "upper")) : null;
            } catch (JacksonException notJson) {
                return null;
            }
        }

        private static @Nullable Double number(JsonNode json, String key) {
            return json.path(key).isNumber() ? (Double) json.path(key).asDouble() : null;
        }

        synchronized String said() {
            return said.toString().strip();
        }
    }
}
