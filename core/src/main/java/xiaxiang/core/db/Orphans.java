package xiaxiang.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What an earlier life left in a cluster: a server whose program was killed, backends whose server was killed, an initdb half-way, and a pid file that is stale or names a stranger.
///
/// Only for the owner of the [ClusterFolder]: then whatever still works in the cluster is an orphan. It is stopped, never adopted: nobody knows its settings.
final class Orphans {
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Path cluster;

    private Orphans(Path cluster) {
        this.cluster = cluster;
    }

    /// Stops them all; nothing remains that could write to the cluster. Cost: one look at every process of the machine.
    static void clear(Path cluster) throws IOException, InterruptedException {
        if (Files.exists(cluster)) new Orphans(cluster.toRealPath()).clear();
    }

    private void clear() throws IOException, InterruptedException {
        if (!living().isEmpty()) stop();
        // A pid that is dead, or that another program now has: PostgreSQL would wait for a stranger, and we know that nobody works here.
        Files.deleteIfExists(pidFile());
    }

    private void stop() throws IOException, InterruptedException {
        long server = serverPid();
        if (living().contains(server)) Subprocess.signal("INT", server);
        if (gone(living().contains(server) ? FAST : AT_ONCE)) return;
        for (long pid : living()) Subprocess.signal("QUIT", pid);
        if (gone(AT_ONCE)) return;
        for (long pid : living()) Subprocess.signal("KILL", pid);
        if (!gone(AT_ONCE)) throw new DatabaseRefused(DatabaseRefused.Reason.ORPHAN_STUCK, living());
    }

    private boolean gone(Duration most) throws InterruptedException {
        for (long end = System.nanoTime() + most.toNanos(); System.nanoTime() < end; Thread.sleep(50)) if (living().isEmpty()) return true;
        return living().isEmpty();
    }

    private List<Long> living() {
        return ProcessHandle.allProcesses().filter(this::worksHere).map(ProcessHandle::pid).sorted().toList();
    }

    /// A process of PostgreSQL works in its cluster's folder, and initdb names the one it makes. Without /proc only the server itself can be found, by its pid file.
    private boolean worksHere(ProcessHandle process) {
        if (!Files.isDirectory(Path.of("/proc/self")))
            return process.pid() == serverPid() && process.isAlive() && process.info().command().orElse("").endsWith("/postgres");
        Path about = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return switch (Files.readString(about.resolve("comm")).strip()) {
                case "postgres" -> Files.readSymbolicLink(about.resolve("cwd")).equals(cluster);
                case "initdb" -> List.of(Files.readString(about.resolve("cmdline")).split("\0")).contains(cluster.toString());
                default -> false;
            };
        } catch (IOException endedOrOfAnotherUser) {
            return false;
        }
    }

    private Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }

    private long serverPid() {
        return pid(pidFile());
    }

    /// The process a pid file names, or -1.
    static long pid(Path pidFile) {
        try {
            return Long.parseLong(Files.readString(pidFile).lines().findFirst().orElse("").strip());
        } catch (IOException | NumberFormatException none) {
            return -1;
        }
    }
}
