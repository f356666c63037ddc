package xiaxiang.core.db;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Copies a whole database into one file, while it is in use: every table of one moment, as text that another PostgreSQL version reads too.
///
/// A zip: `tables/NAME.copy` (the rows in the order of the key, as COPY writes them) and, last, `manifest.json` with the count and SHA-256 of each.
/// It holds password hashes: only its owner can read it. Memory does not grow with the data; what the server works out itself is not stored.
public final class Backup {
    static final String MANIFEST = "manifest.json";
    /// A version is a number, or several parted by dots: the newest is the last that was put in.
    private static final String SCHEMA_VERSION = "SELECT version FROM " + Database.SCHEMA + "." + StoredTable.HISTORY + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";

    private Backup() {}

    /// Writes the file, beside its place first and then into it, so that there is a whole one or none.
    ///
    /// Throws [DatabaseRefused] where the file is already there or cannot be written, or the database cannot be read or holds nothing of ours.
    public static BackupSummary write(DatabaseAddress address, Path file, String program, CopyProgress progress) {
        Path to = file.toAbsolutePath().normalize();
        if (Files.exists(to)) throw new DatabaseRefused(DatabaseRefused.Reason.FILE_EXISTS, to);
        try (CopySession session = CopySession.open(address)) {
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            if (session.ask("SELECT to_regclass(?)", Database.SCHEMA + "." + StoredTable.HISTORY).isEmpty()) throw new DatabaseRefused(DatabaseRefused.Reason.NOTHING_TO_BACK_UP, address);
            Path half = Files.createTempFile(to.getParent(), ".backup", ".half", Folders.rights("rw-------"));
            try {
                Manifest manifest = write(session, half, program, progress);
                // A link is made only where nothing is; a move would take the place of a file that came meanwhile.
                Files.createLink(to, half);
                return manifest.summary();
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.FILE_EXISTS, to);
        } catch (IOException e) {
            throw Folders.refusal(e, to);
        } catch (SQLException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.COPY_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Manifest write(CopySession session, Path file, String program, CopyProgress progress) throws IOException, SQLException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
            String schema = session.ask(SCHEMA_VERSION);
            List<Manifest.Table> tables = tables(session, zip, progress);
            String now = Instant.parse(session.ask("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")).truncatedTo(ChronoUnit.SECONDS).toString();
            Manifest manifest = new Manifest(Manifest.FORMAT, now, program, session.serverVersion(), schema, tables, session.sequences());
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
            zip.flush();
            channel.force(true);
            return manifest;
        }
    }

    private static List<Manifest.Table> tables(CopySession session, ZipOutputStream zip, CopyProgress progress) throws IOException, SQLException {
        List<StoredTable> stored = StoredTable.all(session.connection);
        long total = stored.stream().mapToLong(StoredTable::bytes).sum();
        long done = 0;
        List<Manifest.Table> tables = new ArrayList<>();
        for (StoredTable table : stored) {
            progress.at(done, total);
            zip.putNextEntry(new ZipEntry("tables/" + table.name() + ".copy"));
            tables.add(session.copyOut(table, unclosed(zip, done, total, table.bytes(), progress)));
            zip.closeEntry();
            done += table.bytes();
        }
        progress.at(total, total);
        return tables;
    }

    /// Tells the progress every few MiB, and lets go on.
    private static OutputStream unclosed(OutputStream zip, long before, long total, long most, CopyProgress progress) {
        return new OutputStream() {
            private long written;
            private long told;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                zip.write(from, offset, length);
                written += length;
                if (written - told < 4L << 20) return;
                told = written;
                progress.at(before + Math.min(written, most), total);
            }
        };
    }
}
