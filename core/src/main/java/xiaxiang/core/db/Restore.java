package xiaxiang.core.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/// Brings a backup back into an empty database, of any PostgreSQL from 15 on, and proves that all of it is there.
///
/// The schema is made as it was when the backup was written, the rows are loaded and read out again: counts and SHA-256 must be those of the manifest. Only then does
/// the data count, and the schema is brought up to date. Whatever fails, the database is empty again; a restore that was killed is begun anew.
public final class Restore {
    /// A schema that carries this remark holds nothing that anybody relies on.
    private static final String UNFINISHED = "restore unfinished";
    private static final String REMARK = "COMMENT ON SCHEMA " + Database.SCHEMA + " IS ";
    private static final String REMARKED = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = ?";

    private final DatabaseAddress address;
    private final BackupFile backup;
    private final CopyProgress progress;
    private long done;

    private Restore(DatabaseAddress address, BackupFile backup, CopyProgress progress) {
        this.address = address;
        this.backup = backup;
        this.progress = progress;
    }

    /// Restores a file. Throws [DatabaseRefused] where the file is not whole, is of a newer program, or does not come out of the database as it went in, and where the
    /// database is not empty.
    public static BackupSummary run(DatabaseAddress address, Path file, CopyProgress progress) {
        try (BackupFile backup = BackupFile.open(file, progress)) {
            new Restore(address, backup, progress).run();
            return backup.manifest().summary();
        } catch (IOException e) {
            throw Folders.refusal(e, file);
        } catch (SQLException | FlywayException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.COPY_FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// Reads a file as [#run] would, and changes nothing.
    public static BackupSummary check(Path file, CopyProgress progress) {
        try (BackupFile backup = BackupFile.open(file, progress)) {
            return backup.manifest().summary();
        } catch (IOException e) {
            throw Folders.refusal(e, file);
        }
    }

    private void run() throws IOException, SQLException {
        String schema = backup.manifest().schema();
        String newest = Migrations.newest(address);
        if (MigrationVersion.fromVersion(schema).compareTo(MigrationVersion.fromVersion(newest)) > 0) throw new DatabaseRefused(DatabaseRefused.Reason.NEWER_BACKUP, schema, newest);
        claim();
        try {
            Migrations.run(address, schema);
            load();
            Migrations.run(address);
        } catch (Throwable refused) {
            try {
                empty();
            } catch (SQLException | DatabaseRefused notEvenThat) {
                refused.addSuppressed(notEvenThat);
            }
            throw refused;
        }
    }

    /// Makes sure that nothing of anybody's is there, and says that what comes is not finished.
    private void claim() throws SQLException {
        try (CopySession session = CopySession.open(address)) {
            String remark = session.ask(REMARKED, Database.SCHEMA);
            String relations = session.ask("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?", Database.SCHEMA);
            if (!remark.equals(UNFINISHED) && !relations.equals("0")) throw new DatabaseRefused(DatabaseRefused.Reason.NOT_EMPTY, address);
        }
        empty();
        try (CopySession session = CopySession.open(address)) {
            session.execute("CREATE SCHEMA " + Database.SCHEMA);
            session.execute(REMARK + "'" + UNFINISHED + "'");
            session.connection.commit();
        }
    }

    private void empty() throws SQLException {
        try (CopySession session = CopySession.open(address)) {
            session.execute("DROP SCHEMA IF EXISTS " + Database.SCHEMA + " CASCADE");
            session.connection.commit();
        }
    }

    /// Whoever starts to use a database keeps it: what is in it from now on is no remains of a restore that was killed.
    static void keep(DatabaseAddress address) {
        try (CopySession session = CopySession.open(address)) {
            if (session.ask(REMARKED, Database.SCHEMA).isEmpty()) return;
            session.execute(REMARK + "NULL");
            session.connection.commit();
        } catch (SQLException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NO_CONNECTION, address, String.valueOf(e.getMessage()));
        }
    }

    /// A table of the database, with the columns in the order of its copy.
    private record Pair(StoredTable table, Manifest.Table copy) {}

    /// In one transaction: everything, and only if it comes out as it went in.
    private void load() throws IOException, SQLException {
        try (CopySession session = CopySession.open(address)) {
            List<Pair> pairs = pairs(StoredTable.loadingOrder(session.connection, StoredTable.all(session.connection)));
            // What the migrations put in is in the backup too. Triggers have done their work when the rows were first written.
            session.execute("SET CONSTRAINTS ALL DEFERRED");
            for (Pair pair : pairs) session.execute("ALTER TABLE " + pair.table().qualified() + " DISABLE TRIGGER USER");
            session.execute("TRUNCATE " + pairs.stream().map(pair -> pair.table().qualified()).collect(Collectors.joining(", ")));
            done = backup.manifest().bytes();
            for (Pair pair : pairs) load(session, pair.table(), pair.copy());
            session.execute("SET CONSTRAINTS ALL IMMEDIATE");
            for (Pair pair : pairs) session.execute("ALTER TABLE " + pair.table().qualified() + " ENABLE TRIGGER USER");
            sequences(session);
            for (Pair pair : pairs) compare(session, pair.table(), pair.copy());
            session.execute(REMARK + "NULL");
            session.connection.commit();
            session.connection.setAutoCommit(true);
            for (Pair pair : pairs) session.execute("ANALYZE " + pair.table().qualified());
        }
    }

    /// The tables and columns the schema has must be those the backup has.
    private List<Pair> pairs(List<StoredTable> tables) {
        Map<String, Manifest.Table> copies = backup.manifest().tables().stream().collect(Collectors.toMap(Manifest.Table::name, Function.identity()));
        List<Pair> pairs = new ArrayList<>();
        for (StoredTable table : tables) {
            Manifest.Table copy = copies.remove(table.name());
            if (copy == null || copy.columns().size() != table.columns().size() || !new HashSet<>(copy.columns()).equals(new HashSet<>(table.columns())))
                throw new DatabaseRefused(DatabaseRefused.Reason.DIFFERENT_SCHEMA, table.name());
            pairs.add(new Pair(table.withColumns(copy.columns()), copy));
        }
        if (!copies.isEmpty()) throw new DatabaseRefused(DatabaseRefused.Reason.DIFFERENT_SCHEMA, copies.keySet().iterator().next());
        return pairs;
    }

    private void load(CopySession session, StoredTable table, Manifest.Table copy) throws IOException, SQLException {
        tell(0);
        try (InputStream in = backup.content(copy)) {
            session.copyIn(table, in);
        }
        tell(copy.bytes());
    }

    private void compare(CopySession session, StoredTable table, Manifest.Table copy) throws IOException, SQLException {
        Manifest.Table now = session.copyOut(table, OutputStream.nullOutputStream());
        if (!now.equals(copy)) throw new DatabaseRefused(DatabaseRefused.Reason.DIFFERENT_CONTENT, table.name(), copy.rows(), now.rows());
        tell(copy.bytes());
    }

    private void sequences(CopySession session) throws SQLException {
        for (Manifest.Sequence sequence : backup.manifest().sequences())
            session.ask("SELECT setval(format('%I.%I', ?, ?)::regclass, ?, ?)", Database.SCHEMA, sequence.name(), sequence.lastValue(), sequence.isCalled());
        if (!session.sequences().equals(backup.manifest().sequences())) throw new DatabaseRefused(DatabaseRefused.Reason.DIFFERENT_SCHEMA, "SEQUENCE");
    }

    private void tell(long more) {
        done += more;
        progress.at(done, 3 * backup.manifest().bytes());
    }
}
