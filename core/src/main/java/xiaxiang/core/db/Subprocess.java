package xiaxiang.core.db;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts programs with an environment of our own, so that no setting of the person's shell reaches them.
final class Subprocess {
    private Subprocess() {}

    /// Starts a program that reads nothing and adds what it says to a file, or to nothing.
    ///
    /// The signal at a parent's death follows the thread that forks: call this from a platform thread that lives as long as the server shall.
    static Process start(List<String> command, @Nullable Path log) throws IOException {
        return builder(command).redirectOutput(log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /// Runs a program to its end and returns its exit code; one that takes too long is killed, and its code is -1.
    static int run(List<String> command, @Nullable Path log, Duration most) throws IOException, InterruptedException {
        return end(start(command, log), most);
    }

    /// What a program prints in its first line, or blank if it fails.
    static String output(List<String> command, Duration most) throws IOException, InterruptedException {
        Process process = builder(command).start();
        int code = end(process, most);
        String said = new String(process.getInputStream().readNBytes(4_096), StandardCharsets.UTF_8);
        return code == 0 ? said.lines().findFirst().orElse("") : "";
    }

    /// Sends a signal, by its name without SIG.
    static void signal(String name, long pid) throws IOException, InterruptedException {
        run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid), null, Duration.ofSeconds(5));
    }

    private static int end(Process process, Duration most) throws InterruptedException {
        if (process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) return process.exitValue();
        process.destroyForcibly();
        return -1;
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }
}
