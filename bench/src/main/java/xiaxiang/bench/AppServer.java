package xiaxiang.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./xiaxiang serve` as a user starts it, on a folder of its own, until closed.
final class AppServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("https?://[\\d.]+:\\d+/");
    private static final Pattern LINK = Pattern.compile("https?://\\S+token=\\S+");

    private static final int LINK_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final double seconds;
    private final double cpuSeconds;
    private final String base;

    private AppServer(Process process, Path log, double seconds, String base) {
        this.process = process;
        this.log = log;
        this.seconds = seconds;
        this.base = base;
        cpuSeconds = process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
    }

    /// Starts it; returns when it says that it answers.
    static AppServer start(Path home, Path data, Path log, boolean quickStart, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("xiaxiang").toString(), "serve", "--data", data.toString(), "--port", "0", "--lang", "en"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Options for the bench itself are none of the server's.
        builder.environment().remove("XIAXIANG_JAVA_OPTIONS");
        if (!quickStart) builder.environment().put("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");
        Files.deleteIfExists(log);
        long start = System.nanoTime();
        Process process = builder.start();
        while (process.isAlive() && System.nanoTime() - start < 300e9) {
            String base = find(log, READY);
            if (base != null) return new AppServer(process, log, (System.nanoTime() - start) / 1e9, base);
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server did not start: " + Files.readString(log));
    }

    private static @org.jspecify.annotations.Nullable String find(Path log, Pattern pattern) throws IOException {
        if (!Files.exists(log)) return null;
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = pattern.matcher(line);
                if (found.find()) return found.group();
            }
        }
        return null;
    }

    /// From starting the command to its first answer, seconds.
    double seconds() {
        return seconds;
    }

    /// The processor time of its own process by then, seconds; without the database's.
    double cpuSeconds() {
        return cpuSeconds;
    }

    /// Its address, with a slash at the end.
    String base() {
        return base;
    }

    /// The one-time link of the first administrator, which it prints soon after it answers.
    String link() throws IOException, InterruptedException {
        String link = find(log, LINK);
        for (int waited = 0; link == null && waited < LINK_SECONDS && process.isAlive(); waited++) {
            process.waitFor(1, TimeUnit.SECONDS);
            link = find(log, LINK);
        }
        if (link == null) throw new IllegalStateException("The server printed no link: " + Files.readString(log));
        return link;
    }

    /// Resident memory of the server process, MB; without the database's processes.
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).sum();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
