package xiaxiang.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One run of the server on a cluster, from its start to its end.
final class ServerProcess {
    /// Recovery after a crash may take long, but not forever.
    private static final Duration READY = Duration.ofMinutes(30);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    /// For a small machine; nothing is lost that was acknowledged, and nobody listens but this machine.
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("fsync", "on"), Map.entry("synchronous_commit", "on"), Map.entry("full_page_writes", "on"), Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""), Map.entry("password_encryption", "scram-sha-256"), Map.entry("max_connections", "40"), Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "512MB"), Map.entry("wal_level", "minimal"), Map.entry("max_wal_senders", "0"), Map.entry("random_page_cost", "1.1"),
            Map.entry("restart_after_crash", "on"), Map.entry("timezone", "UTC"), Map.entry("log_timezone", "UTC"), Map.entry("log_line_prefix", "%m [%p] ")));

    /// What ended it, and its details where there are any; without the time and the process before it.
    private static final Pattern FATAL = Pattern.compile("(FATAL|PANIC):.*(\\R.*DETAIL:.*)?");

    private final Process process;
    private final Path pidFile;
    private final ServerLog log;
    private final long logged;
    private final int port;

    private ServerProcess(Process process, Path pidFile, ServerLog log, long logged, int port) {
        this.process = process;
        this.pidFile = pidFile;
        this.log = log;
        this.logged = logged;
        this.port = port;
    }

    /// Starts the server; it is ready after [#awaitReady]. The server ends with the calling thread, see [Subprocess#start].
    static ServerProcess start(PostgresUser user, Path binaries, Path cluster, ServerLog log, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.resolve("bin/postgres").toString(), "-D", cluster.toString(), "-c", "port=" + port));
        SETTINGS.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        long logged = log.size();
        return new ServerProcess(Subprocess.start(user.command(command), log.file()), cluster.resolve("postmaster.pid"), log, logged, port);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /// Waits until the server takes connections. Throws what it said where it ends instead.
    void awaitReady(BooleanSupplier givenUp) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + READY.toNanos(); System.nanoTime() < end && !givenUp.getAsBoolean();) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) throw died();
            if (isReady()) return;
        }
        stop();
        throw new DatabaseRefused(DatabaseRefused.Reason.SLOW, READY.toMinutes(), log.file());
    }

    /// The server writes its state in line 8 of its pid file; the first is its pid, and another's file says nothing.
    private boolean isReady() throws IOException {
        if (!Files.exists(pidFile)) return false;
        List<String> lines = Files.readAllLines(pidFile);
        return lines.size() >= 8 && lines.getFirst().strip().equals(String.valueOf(pid())) && lines.get(7).strip().equals("ready");
    }

    private DatabaseRefused died() throws IOException {
        List<String> said = log.since(logged);
        String all = String.join("\n", said);
        if (all.contains("No space left on device")) return new DatabaseRefused(DatabaseRefused.Reason.DISK_FULL, log.file(), 0, ClusterFolder.NEEDED_MIB);
        if (all.contains("could not bind IPv4") || all.contains("could not create any TCP/IP sockets")) return new DatabaseRefused(DatabaseRefused.Reason.PORT_TAKEN, port);
        String last = said.isEmpty() ? "exit code " + process.exitValue() : said.getLast();
        return new DatabaseRefused(DatabaseRefused.Reason.CRASHED, FATAL.matcher(all).results().map(MatchResult::group).findFirst().orElse(last).replace("\n", ". "), log.file());
    }

    /// Ends it gracefully; where that takes too long, at once (recovery follows at the next start); where even that fails, by force.
    void stop() throws IOException, InterruptedException {
        if (ends("INT", FAST) || ends("QUIT", AT_ONCE)) return;
        process.destroyForcibly();
        process.waitFor(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean ends(String signal, Duration most) throws IOException, InterruptedException {
        if (process.isAlive()) Subprocess.signal(signal, pid());
        return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    }
}
