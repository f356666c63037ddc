package xiaxiang.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As whom PostgreSQL runs, which refuses to run as root: `prefix` comes before each of its commands, `owner` must own its files (null: this process's own user).
///
/// A normal user runs it as itself. Root takes the owner of the data there is, else the user postgres, else nobody, without any privilege; where such a user cannot
/// reach the folder, a user namespace of root's own. On Linux the server is told to stop (SIGINT) when its parent dies, and has a session of its own, so that Ctrl-C in a
/// terminal does not reach it before this program has closed. Elsewhere it runs plainly, and the next start deals with what is left.
record PostgresUser(List<String> prefix, @Nullable String owner) {
    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final List<String> PATHS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    PostgresUser {
        prefix = List.copyOf(prefix);
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// Chooses for a folder, the cluster in it, if any, and the binaries.
    static PostgresUser choose(ClusterFolder folder, Path binaries) throws IOException, InterruptedException {
        if (!isRoot()) return new PostgresUser(join(ownSession(), dyingWithParent(List.of())), null);
        for (String name : candidates(folder.cluster())) {
            PostgresUser user = named(name);
            if (user.reaches(folder.home(), binaries)) return user;
        }
        PostgresUser namespace = new PostgresUser(join(ownSession(), join(List.of("unshare", "-U"), dyingWithParent(List.of()))), null);
        if (has("unshare") && namespace.reaches(folder.home(), binaries)) return namespace;
        throw new DatabaseRefused(DatabaseRefused.Reason.NO_WAY_AS_ROOT, folder.home());
    }

    /// The owner of a cluster runs it, and root's own is run in a namespace.
    private static List<String> candidates(Path cluster) throws IOException {
        if (!has("setpriv")) return List.of();
        if (!Files.exists(cluster)) return Stream.of("postgres", "nobody").filter(PostgresUser::isUser).toList();
        String owner = Files.getOwner(cluster).getName();
        return owner.equals("root") ? List.of() : List.of(owner);
    }

    private static boolean isUser(String name) {
        try {
            return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static PostgresUser named(String name) throws IOException, InterruptedException {
        String group = Subprocess.output(List.of("id", "-g", name), PROBE);
        List<String> options = List.of("--reuid=" + name, "--regid=" + group, "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all");
        return new PostgresUser(join(ownSession(), dyingWithParent(options)), name);
    }

    /// True if this user can work in the folder and run the binaries.
    private boolean reaches(Path home, Path binaries) throws IOException, InterruptedException {
        List<String> probe = List.of("/bin/sh", "-c", "cd -- \"$1\" && \"$2\" --version", "sh", home.toString(), binaries.resolve("bin/postgres").toString());
        return Subprocess.run(join(prefix, probe), null, PROBE) == 0;
    }

    /// Gives a file or an empty folder to this user.
    void own(Path path) throws IOException {
        if (owner != null) Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
    }

    List<String> command(List<String> command) {
        return join(prefix, command);
    }

    private static List<String> ownSession() {
        return has("setsid") ? List.of("setsid") : List.of();
    }

    private static List<String> dyingWithParent(List<String> options) {
        return has("setpriv") ? join(List.of("setpriv"), join(options, List.of("--pdeathsig=INT"))) : List.of();
    }

    private static boolean has(String program) {
        return PATHS.stream().anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static List<String> join(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }
}
