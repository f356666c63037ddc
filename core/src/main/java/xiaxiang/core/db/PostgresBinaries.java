package xiaxiang.core.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// The programs of PostgreSQL, unpacked once from the archive this program carries into a folder that all data folders share.
///
/// Takes 2 s once, then nothing. Two that unpack at once wait for each other; one killed half-way leaves nothing that is ever used.
final class PostgresBinaries {
    private static final Duration UNPACKING = Duration.ofMinutes(5);
    /// Headers and static libraries are for those who compile.
    private static final String NOT_NEEDED = "include/";

    private PostgresBinaries() {}

    /// The folder that holds bin, lib and share.
    static synchronized Path folder(Path cache) throws IOException, InterruptedException {
        URL archive = archive();
        if (archive == null) throw new DatabaseRefused(DatabaseRefused.Reason.BINARIES_MISSING, System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = cache.toAbsolutePath().normalize().resolve("postgres-" + fingerprint(archive));
        if (Files.exists(folder)) return folder;
        Files.createDirectories(cache);
        try (FileChannel channel = FileChannel.open(cache.resolve("unpacking.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock _ = lock(channel, cache)) {
            if (!Files.exists(folder)) unpack(archive, folder);
        }
        return folder;
    }

    private static FileLock lock(FileChannel channel, Path cache) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + UNPACKING.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            FileLock lock = channel.tryLock();
            if (lock != null) return lock;
        }
        throw new DatabaseRefused(DatabaseRefused.Reason.IN_USE, cache);
    }

    private static @Nullable URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return PostgresBinaries.class.getResource("/postgres-" + system + "-" + machine + ".txz");
    }

    /// Tells one archive from another without reading it: its checksum as the jar's directory has it, or its size where it lies in a plain folder.
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) return Long.toHexString(jar.getJarEntry().getCrc());
        return "size-" + connection.getContentLengthLong();
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Path half = folder.resolveSibling(folder.getFileName() + ".half");
        Folders.delete(half);
        try (InputStream in = archive.openStream()) {
            untar(in, half);
        }
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Unpacks a tar in xz. A name or a link that leaves the folder is refused, and so is anything that is neither file, folder nor link.
    static void untar(InputStream in, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().startsWith(NOT_NEEDED) || entry.getName().endsWith(".a")) continue;
                write(tar, entry, inside(folder, folder.resolve(entry.getName())), folder);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path to, Path folder) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        if (entry.isSymbolicLink()) {
            inside(folder, to.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
        } else if (isPlain(entry)) {
            Files.copy(tar, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        } else {
            throw new IOException("The archive's entry (" + entry.getName() + ") must be a file, a folder or a link.");
        }
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private static Path inside(Path folder, Path path) throws IOException {
        Path to = path.normalize();
        if (!to.startsWith(folder)) throw new IOException("The archive's entry (" + path + ") must stay in its folder.");
        return to;
    }
}
