package xiaxiang.core.db;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a data folder that holds its database, owned by one process at a time:
///
///     DATA/postgres/18               the cluster of that major version
///     DATA/postgres/binaries         PostgreSQL itself, where this user has no other place for it
///     DATA/postgres/init             a cluster half made; never used
///     DATA/postgres/secret           the passwords, readable by the owner only
///     DATA/postgres/running          the address while a server runs, readable by the owner only
///     DATA/postgres/postgres.log(.1) what the server says, bounded
///     DATA/postgres/launcher.lock    held by the process that runs the server
final class ClusterFolder implements AutoCloseable {
    /// Disk space without which no server is started, MiB: recovery must be able to write.
    static final long NEEDED_MIB = 64;

    /// The folders this process owns. Its own locks must not be tried again: to close any channel of a locked file gives up a process's every lock on it (fcntl).
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel channel;

    private ClusterFolder(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    static Path home(Path dataDir) {
        return dataDir.toAbsolutePath().normalize().resolve("postgres");
    }

    /// Makes the folder if need be, and becomes its owner. Throws [DatabaseRefused] where another process is.
    static ClusterFolder open(Path dataDir) throws IOException {
        // As root the server runs as another user, who must be able to pass, not to look around.
        var rights = Folders.rights(PostgresUser.isRoot() ? "rwx--x--x" : "rwx------");
        Files.createDirectories(home(dataDir), rights);
        Path home = home(dataDir).toRealPath();
        if (!OURS.add(home)) throw new DatabaseRefused(DatabaseRefused.Reason.IN_USE, dataDir);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(home.resolve("launcher.lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Folders.rights("rw-------"));
            if (channel.tryLock() == null) throw new DatabaseRefused(DatabaseRefused.Reason.IN_USE, dataDir);
            return new ClusterFolder(home, channel);
        } catch (Throwable refused) {
            if (channel != null) channel.close();
            OURS.remove(home);
            throw refused;
        }
    }

    /// True if a process owns the folder now.
    static boolean isOwned(Path dataDir) throws IOException {
        Path lock = home(dataDir).resolve("launcher.lock");
        if (!Files.exists(lock)) return false;
        if (OURS.contains(home(dataDir).toRealPath())) return true;
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE); FileLock held = channel.tryLock()) {
            return held == null;
        }
    }

    Path home() {
        return home;
    }

    Path cluster() {
        return home.resolve(String.valueOf(EmbeddedPostgres.MAJOR));
    }

    Path init() {
        return home.resolve("init");
    }

    Path secret() {
        return home.resolve("secret");
    }

    /// Refuses what cannot be run: data of another major version alone, or a full disk.
    void check(long neededMib) throws IOException {
        Path own = cluster();
        if (Files.exists(own)) refuseOther(own);
        else for (Path other : versions()) refuseOther(other);
        long free = Files.getFileStore(home).getUsableSpace() >> 20;
        if (free < neededMib) throw new DatabaseRefused(DatabaseRefused.Reason.DISK_FULL, home, free, neededMib);
    }

    private List<Path> versions() throws IOException {
        try (Stream<Path> list = Files.list(home)) {
            return list.filter(path -> path.getFileName().toString().matches("\\d{1,4}")).sorted().toList();
        }
    }

    private static void refuseOther(Path cluster) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        String version;
        try {
            version = Files.exists(file) ? Files.readString(file).strip() : "?";
        } catch (AccessDeniedException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.OTHER_OWNER, cluster, Files.getOwner(cluster).getName());
        }
        if (!version.equals(String.valueOf(EmbeddedPostgres.MAJOR))) throw new DatabaseRefused(DatabaseRefused.Reason.OTHER_MAJOR, cluster, version, EmbeddedPostgres.MAJOR);
    }

    /// Says to others of this user where the server is.
    void announce(DatabaseAddress address) throws IOException {
        Folders.writePrivately(home.resolve("running"), "url=" + address.jdbcUrl() + "\nuser=" + address.user() + "\npassword=" + address.password() + "\n");
    }

    /// Where the server of the process that owns the folder is; null if nobody says so.
    static @Nullable DatabaseAddress announced(Path dataDir) throws IOException {
        Path file = home(dataDir).resolve("running");
        if (!Files.exists(file)) return null;
        Properties facts = new Properties();
        facts.load(new StringReader(Files.readString(file)));
        String url = facts.getProperty("url");
        return url == null ? null : new DatabaseAddress(url, facts.getProperty("user"), facts.getProperty("password"));
    }

    /// Gives the folder up.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.resolve("running"));
            channel.close();
        } catch (IOException e) {
            throw Folders.refusal(e, home);
        } finally {
            OURS.remove(home);
        }
    }
}
