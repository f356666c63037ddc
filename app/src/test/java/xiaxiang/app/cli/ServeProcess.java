package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `xiaxiang serve` in a process of its own, as people start it.
public final class ServeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("(https?://127\\.0\\.0\\.1:\\d+)/ ");
    private static final int START_MINUTES = 3;

    private final Process process;
    private final Path log;
    private final String base;

    private ServeProcess(Process process, Path log, String base) {
        this.process = process;
        this.log = log;
        this.base = base;
    }

    /// Starts it with these arguments, in English, and waits until it answers; what it says goes to `log`.
    public static ServeProcess start(Path log, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
                "-Dxiaxiang.home=" + CommandLines.projectFolder(), "-cp", System.getProperty("java.class.path"), "xiaxiang.app.Main", "serve", "--lang", "en"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new ServeProcess(process, log, await(process, log, READY));
        } catch (Throwable never) {
            process.destroyForcibly();
            throw never;
        }
    }

    private static String await(Process process, Path log, Pattern awaited) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher said = awaited.matcher(Files.exists(log) ? Files.readString(log) : "");
            if (said.find()) return said.group(1);
            Thread.sleep(50);
        }
        throw new AssertionError("The server does not say " + awaited + ": " + Files.readString(log));
    }

    /// Its address, without a slash at the end.
    public String base() {
        return base;
    }

    /// Waits until it says what matches, and returns the first group.
    public String awaitSaid(Pattern awaited) throws IOException, InterruptedException {
        return await(process, log, awaited);
    }

    /// What it has said.
    public String said() throws IOException {
        return Files.readString(log);
    }

    /// Ends it as kill -9 does.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ends it by a TERM signal, within a minute.
    @Override
    public void close() {
        process.destroy();
        try {
            boolean stopped = process.waitFor(60, TimeUnit.SECONDS);
            kill();
            if (!stopped) throw new AssertionError("A TERM signal must stop it within a minute.");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
