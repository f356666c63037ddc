package xiaxiang.core.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of our own over the database of a data folder: started, watched and stopped with this program.
///
/// It listens on 127.0.0.1 only, asks everybody for a password, and syncs what it acknowledges. If it dies it is started again on the same port; if this program is
/// killed, the system stops it (Linux) or the next start does. First start: 1 s, and 2 s more where the binaries are unpacked; later ones 0.1 s.
public final class EmbeddedPostgres implements AutoCloseable {
    /// The major version of PostgreSQL this program brings.
    public static final int MAJOR = 18;
    private static final int PORT_ATTEMPTS = 5;
    /// SQLSTATE of a write that found no space.
    private static final String DISK_FULL = "53100";
    /// A server that died again is given more and more time, at most this: a full disk may be freed, and a log must not flood.
    private static final int SLOWEST_RESTART_SECONDS = 60;
    private static final Duration STEADY = Duration.ofMinutes(10);

    /// Where the binaries are unpacked, the port (0: any that is free), and the free disk space needed to start, MiB.
    public record Settings(Path cache, int port, long neededMib) {
        public Settings {
            if (port < 0 || port > 65_535) throw new IllegalArgumentException("The database's port (" + port + ") must be in [0, 65535].");
        }

        /// The cache of this user (or the folder the property xiaxiang.cache names), a free port, and room enough for recovery.
        public static Settings standard() {
            return new Settings(cacheFolder(), 0, ClusterFolder.NEEDED_MIB);
        }

        private static Path cacheFolder() {
            String property = System.getProperty("xiaxiang.cache");
            if (property != null) return Path.of(property);
            String named = System.getenv("XDG_CACHE_HOME");
            if (named != null && !named.isBlank()) return Path.of(named, "xiaxiang");
            // Root's home is closed to the user the server runs as.
            return PostgresUser.isRoot() ? Path.of("/var/cache/xiaxiang") : Path.of(System.getProperty("user.home"), ".cache", "xiaxiang");
        }
    }

    private final ClusterFolder folder;
    private final Settings settings;
    private final Secret secret;
    private final ServerLog log;
    private final Path binaries;
    private final PostgresUser user;
    /// Forks the server, and lives as long: see [Subprocess#start].
    private final ScheduledExecutorService keeper;
    private volatile @Nullable ServerProcess server;
    private volatile boolean closing;
    private int restarts;
    private long launchedAt;

    private EmbeddedPostgres(ClusterFolder folder, Settings settings, ScheduledExecutorService keeper) throws IOException, InterruptedException {
        this.folder = folder;
        this.settings = settings;
        this.keeper = keeper;
        folder.check(settings.neededMib());
        binaries = binaries(settings.cache(), folder);
        user = PostgresUser.choose(folder, binaries);
        secret = Cluster.prepare(folder, user, binaries);
        log = new ServerLog(folder.home());
    }

    /// A user of a service may have no home to keep a cache in; then each data folder has its own.
    private static Path binaries(Path cache, ClusterFolder folder) throws IOException, InterruptedException {
        try {
            return PostgresBinaries.folder(cache);
        } catch (FileSystemException notWritable) {
            return PostgresBinaries.folder(folder.home().resolve("binaries"));
        }
    }

    /// Starts the server of a data folder, which is made if it is not there, with a database and its owner, both named `xiaxiang`.
    ///
    /// Throws [DatabaseRefused] where that cannot be; then nothing runs and nobody owns the folder.
    public static EmbeddedPostgres start(Path dataDir, Settings settings) {
        ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("postgres-keeper").factory());
        try {
            return onKeeper(keeper, dataDir, () -> start(dataDir, settings, keeper));
        } catch (Throwable refused) {
            keeper.shutdownNow();
            throw refused;
        }
    }

    private static EmbeddedPostgres start(Path dataDir, Settings settings, ScheduledExecutorService keeper) throws IOException, InterruptedException, SQLException {
        ClusterFolder folder = ClusterFolder.open(dataDir);
        EmbeddedPostgres started = null;
        try {
            started = new EmbeddedPostgres(folder, settings, keeper);
            started.firstStart();
            return started;
        } catch (Throwable refused) {
            if (started != null) started.stop();
            folder.close();
            throw refused;
        }
    }

    private void firstStart() throws IOException, InterruptedException, SQLException {
        Orphans.clear(folder.cluster());
        launchOnSomePort();
        Cluster.login(address("postgres", secret.superuser(), "postgres"), address());
        folder.announce(address());
        var _ = keeper.scheduleWithFixedDelay(this::boundLog, 1, 1, TimeUnit.MINUTES);
    }

    private void launchOnSomePort() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                launch(settings.port() == 0 ? freePort() : settings.port());
                return;
            } catch (DatabaseRefused refused) {
                // A free port can be taken by another program before the server has it.
                if (refused.reason() != DatabaseRefused.Reason.PORT_TAKEN || settings.port() != 0 || attempt == PORT_ATTEMPTS) throw refused;
            }
        }
    }

    private void launch(int port) throws IOException, InterruptedException {
        launchedAt = System.nanoTime();
        ServerProcess process = ServerProcess.start(user, binaries, folder.cluster(), log, port);
        server = process;
        process.awaitReady(() -> closing);
        var _ = process.onExit().thenRunAsync(this::died, keeper);
    }

    /// The server died though nobody asked it to.
    private void died() {
        if (closing) return;
        if (System.nanoTime() - launchedAt > STEADY.toNanos()) restarts = 0;
        var _ = keeper.schedule(this::revive, restarts == 0 ? 0 : Math.min(SLOWEST_RESTART_SECONDS, 1L << Math.min(restarts, 6)), TimeUnit.SECONDS);
        restarts++;
    }

    /// Starts the server again on its port, so that whoever is connected finds it again.
    private void revive() {
        if (closing) return;
        try {
            log.note("The server ended unasked; starting it again.");
            Orphans.clear(folder.cluster());
            launch(port());
        } catch (IOException | DatabaseRefused again) {
            died();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void boundLog() {
        try {
            log.bound();
        } catch (IOException fullDisk) {
            // The next minute tries again; the server itself says what it lacks.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The address of the server that another process runs over this data folder, or null: read from the folder, which only its owner can.
    public static @Nullable DatabaseAddress running(Path dataDir) {
        try {
            return ClusterFolder.isOwned(dataDir) ? ClusterFolder.announced(dataDir) : null;
        } catch (IOException e) {
            throw Folders.refusal(e, dataDir);
        }
    }

    /// True if the folder holds a database of this program.
    public static boolean exists(Path dataDir) {
        return java.nio.file.Files.exists(ClusterFolder.home(dataDir).resolve(String.valueOf(MAJOR)));
    }

    /// Where the database is, with the login that owns it.
    public DatabaseAddress address() {
        return address(Cluster.OWNER, secret.owner(), Cluster.DATABASE);
    }

    private DatabaseAddress address(String login, String password, String database) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?sslmode=disable&gssEncMode=disable&tcpKeepAlive=true&connectTimeout=5", login, password);
    }

    /// The database's JDBC URL, without credentials.
    public String jdbcUrl() {
        return address().jdbcUrl();
    }

    /// The login that owns the database; no superuser.
    public String user() {
        return Cluster.OWNER;
    }

    /// Its password.
    public String password() {
        return secret.owner();
    }

    /// The port on 127.0.0.1.
    public int port() {
        return process().port();
    }

    /// The server's process id; another one after it was started again.
    public long pid() {
        return process().pid();
    }

    /// False once the server died, until it is there again.
    public boolean isAlive() {
        return process().isAlive();
    }

    private ServerProcess process() {
        ServerProcess now = server;
        if (now == null) throw new IllegalStateException("The server was not started.");
        return now;
    }

    /// Stops the server gracefully, by force after 40 s, and gives the folder up. A second call does nothing.
    @Override
    public void close() {
        if (closing) return;
        closing = true;
        onKeeper(keeper, folder.home(), () -> {
            stop();
            return true;
        });
        keeper.shutdownNow();
        folder.close();
    }

    private void stop() throws IOException, InterruptedException {
        closing = true;
        ServerProcess now = server;
        if (now != null) now.stop();
    }

    /// Works on the keeper's thread, and says in the caller's what went wrong there.
    private static <T> T onKeeper(ScheduledExecutorService keeper, Path dataDir, Callable<T> work) {
        try {
            return keeper.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseRefused(e, DatabaseRefused.Reason.INTERRUPTED);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case DatabaseRefused refused -> refused;
                case IOException unusable -> Folders.refusal(unusable, dataDir);
                case SQLException full when DISK_FULL.equals(full.getSQLState()) -> new DatabaseRefused(full, DatabaseRefused.Reason.DISK_FULL, dataDir, 0, ClusterFolder.NEEDED_MIB);
                case SQLException unreachable -> new DatabaseRefused(unreachable, DatabaseRefused.Reason.NO_CONNECTION, dataDir, String.valueOf(unreachable.getMessage()));
                case InterruptedException stopped -> new DatabaseRefused(stopped, DatabaseRefused.Reason.INTERRUPTED);
                case RuntimeException fault -> fault;
                case null, default -> new IllegalStateException(e);
            };
        }
    }
}
