package xiaxiang.core.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A backup that was read to its end and found whole: every table is there, as its manifest says, and nothing else.
///
/// Nothing is ever unpacked to a name the file gives; text is read at most as far as the manifest says, and that at most 200 times the file's size and 64 MiB.
final class BackupFile implements AutoCloseable {
    private static final int MANIFEST_BYTES = 1 << 22;
    private static final int DENSEST = 200;
    private static final long SMALL = 64L << 20;
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,62}";

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /// Opens a backup and reads all of it. Throws [DatabaseRefused] where it is none, or is not what it was when it was written.
    static BackupFile open(Path file, CopyProgress progress) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NOT_A_BACKUP, file, String.valueOf(e.getMessage()));
        }
        try {
            BackupFile backup = new BackupFile(file, zip, manifest(file, zip));
            backup.check(progress);
            return backup;
        } catch (ZipException e) {
            zip.close();
            throw new DatabaseRefused(e, DatabaseRefused.Reason.ALTERED, file, String.valueOf(e.getMessage()));
        } catch (Throwable refused) {
            zip.close();
            throw refused;
        }
    }

    private static Manifest manifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Backup.MANIFEST);
        if (entry == null) throw new DatabaseRefused(DatabaseRefused.Reason.NOT_A_BACKUP, file, Backup.MANIFEST);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MANIFEST_BYTES + 1);
            if (bytes.length > MANIFEST_BYTES) throw new DatabaseRefused(DatabaseRefused.Reason.NOT_A_BACKUP, file, Backup.MANIFEST);
            Manifest manifest = JsonMapper.shared().readValue(bytes, Manifest.class);
            if (Manifest.FORMAT.equals(manifest.format())) return manifest;
            throw new DatabaseRefused(DatabaseRefused.Reason.NOT_A_BACKUP, file, manifest.format());
        } catch (JacksonException | NullPointerException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NOT_A_BACKUP, file, Backup.MANIFEST);
        }
    }

    private void check(CopyProgress progress) throws IOException {
        Set<String> named = new HashSet<>(Set.of(Backup.MANIFEST));
        long total = 0;
        for (Manifest.Table table : manifest.tables()) {
            if (!table.name().matches(NAME) || !named.add(table.entry()) || table.bytes() < 0) throw altered(table.name());
            total = Math.addExact(total, table.bytes());
        }
        if (total > SMALL + DENSEST * Files.size(file)) throw altered(total + " bytes");
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
            String name = entries.nextElement().getName();
            if (!named.remove(name)) throw altered(name);
        }
        if (!named.isEmpty()) throw altered(named.iterator().next());
        long done = 0;
        for (Manifest.Table table : manifest.tables()) {
            progress.at(done, 3 * total);
            check(table);
            done += table.bytes();
        }
    }

    private void check(Manifest.Table table) throws IOException {
        HashedOutput hashed = new HashedOutput(OutputStream.nullOutputStream());
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = content(table)) {
            for (int n = in.read(buffer); n >= 0 && hashed.bytes() <= table.bytes(); n = in.read(buffer)) hashed.write(buffer, 0, n);
        }
        if (hashed.bytes() != table.bytes() || hashed.lines() != table.rows() || !hashed.sha256().equals(table.sha256())) throw altered(table.entry());
    }

    private DatabaseRefused altered(String what) {
        return new DatabaseRefused(DatabaseRefused.Reason.ALTERED, file, what.length() > 200 ? what.substring(0, 200) : what);
    }

    Manifest manifest() {
        return manifest;
    }

    /// The text of a table's rows.
    InputStream content(Manifest.Table table) throws IOException {
        ZipEntry entry = zip.getEntry(table.entry());
        if (entry == null) throw altered(table.entry());
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
