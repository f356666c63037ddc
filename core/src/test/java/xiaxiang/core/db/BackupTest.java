package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.DatabaseRefused.Reason;

/// Fill, back up, bring back, compare every table: on our own server and on Debian's, and all that must be refused.
class BackupTest {
    private static final CopyProgress UNSEEN = (_, _) -> {};
    /// Values that text formats like to lose.
    private static final String HARD = "E'tab\\t nl\\n cr\\r back\\\\slash \\\\N \\\\. quote\" 中文 \\u0001'";
    private static EmbeddedPostgres server;
    @TempDir
    private static Path folder;
    private static DatabaseAddress filled;
    private static int databases;
    @TempDir
    private Path temp;
    private Path file;

    @BeforeAll
    static void fill() throws Exception {
        server = ServerFolders.start(folder.resolve("data"));
        filled = server.address();
        Migrations.run(filled);
        ServerFolders.execute(filled, "SET search_path = xiaxiang",
                "INSERT INTO place (code, parent, path, depth, level, name, tier, lon, lat, successors, source, kind) VALUES ('41', NULL, '41/', 1, 'province', " + HARD + ", 'city', NULL, NULL, '{}', 's', 'observed'), "
                        + "('4103', '41', '41/4103/', 2, 'prefecture', '', 'city', 112.45, -0.1, ARRAY['a,\"b', NULL, '{'], 's', 'observed')",
                "INSERT INTO brand (id, position, name, colour, online_share, source, kind) VALUES ('b', 1, 'B', '#000', 0.30000000000000004, 's', 'observed')",
                "INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, units_month, source, kind) SELECT 's' || n, '4103', '41/4103/', md5(n::text), n / 1e3, n / 7e3, 'own', 'owner_run', ARRAY['b'], "
                        + "jsonb_build_object('b', n), 's', 'synthetic' FROM generate_series(1, 3000) n",
                "UPDATE shop SET merged_into = 's1' WHERE id = 's2'",
                "INSERT INTO person (login, name, role, territory) VALUES ('boss', " + HARD + ", 'founder', 'place'), ('x', 'y', 'planner', 'place')",
                "INSERT INTO session (hash, person, expires_at, origin) VALUES ('\\x00ff0a5c', 1, 'infinity', '')",
                "INSERT INTO scenario (name, place, path, body, person) VALUES ('s', '4103', '41/4103/', '{\"a\": 1e-7}', 1)",
                "INSERT INTO plan (scenario, scenario_version, asked, place, path, person) VALUES (1, 1, '{}', '4103', '41/4103/', 1)",
                "INSERT INTO plan_file VALUES (1, 'big', decode(repeat('000a0d5c09ff', 50000), 'hex'), '\\x00')");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name() {
        file = temp.resolve("备份 1.zip");
    }

    private static DatabaseAddress empty() throws Exception {
        String name = "empty" + ++databases;
        ServerFolders.execute(filled, "CREATE DATABASE " + name);
        return new DatabaseAddress(filled.jdbcUrl().replace("/xiaxiang?", "/" + name + "?"), filled.user(), filled.password());
    }

    private static Reason refusal(ThrowingCallable work) {
        DatabaseRefused refused = catchThrowableOfType(DatabaseRefused.class, work);
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    /// Every table's rows, counted and hashed by the server itself.
    private static Map<String, String> contents(DatabaseAddress address) throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        try (CopySession session = CopySession.open(address)) {
            for (StoredTable table : StoredTable.all(session.connection))
                all.put(table.name(), session.ask("SELECT concat(count(*), ' ', coalesce(sum(hashtextextended((t.*)::text COLLATE \"C\", 1)), 0)) FROM " + table.qualified() + " t"));
            for (Manifest.Sequence sequence : session.sequences()) all.put(sequence.name(), sequence.toString());
        }
        return all;
    }

    @Test
    void whatIsBroughtBackIsWhatWasThere() throws Exception {
        BackupSummary written = Backup.write(filled, file, "1.2.3", UNSEEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        DatabaseAddress fresh = empty();
        assertThat(Restore.run(fresh, file, UNSEEN)).isEqualTo(written);
        assertThat(contents(fresh)).isEqualTo(contents(filled)).hasSizeGreaterThan(30);
        assertThat(ServerFolders.ask(fresh, "SELECT obj_description('xiaxiang'::regnamespace)")).isNull();
        // Identities go on where they were, triggers and keys are in force again, and what the server works out is there.
        ServerFolders.execute(fresh, "SET search_path = xiaxiang", "INSERT INTO person (login, name, role, territory) VALUES ('new', 'new', 'planner', 'place')");
        assertThat(ServerFolders.ask(fresh, "SELECT id FROM xiaxiang.person WHERE login = 'new'")).isEqualTo("3");
        assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM xiaxiang.audit WHERE row_key = '3' AND table_name = 'person'")).isEqualTo("1");
        assertThat(ServerFolders.ask(fresh, "SELECT cell FROM xiaxiang.shop WHERE id = 's7'")).isNotNull().isEqualTo(ServerFolders.ask(filled, "SELECT cell FROM xiaxiang.shop WHERE id = 's7'"));
        assertThatThrownBy(() -> ServerFolders.execute(fresh, "INSERT INTO xiaxiang.model VALUES ('none', 'm', 1, 'b', 1, 1, 1, 's', 'observed')")).hasMessageContaining("foreign key");
        assertThat(temp.toFile().list()).containsExactly(file.getFileName().toString());
    }

    @Test
    void tablesOfEveryKindAreCopiedWithoutBeingListedAnywhere() throws Exception {
        DatabaseAddress odd = empty();
        ServerFolders.execute(odd, "CREATE SCHEMA xiaxiang", "SET search_path = xiaxiang",
                "CREATE TABLE part (n int, t text, PRIMARY KEY (n, t)) PARTITION BY RANGE (n)", "CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE part_high PARTITION OF part FOR VALUES FROM (50) TO (100)", "INSERT INTO part SELECT n, v FROM generate_series(0, 99) n, unnest(ARRAY['b', 'B', 'a', 'ä', '']) v",
                "CREATE TABLE keyless (a float8, b jsonb, c timestamptz, d interval)", "INSERT INTO keyless VALUES (1e-300, '{\"a\": [1, null]}', 'infinity', '1 mon -3 days'), ('NaN', NULL, NULL, NULL), (1e-300, '{\"a\": [1, null]}', 'infinity', '1 mon -3 days')",
                "CREATE TABLE \"Odd \"\"name\" (\"the key\" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"select\" text, gone int, made text GENERATED ALWAYS AS (upper(\"select\")) STORED)",
                "ALTER TABLE \"Odd \"\"name\" DROP COLUMN gone", "INSERT INTO \"Odd \"\"name\" (\"select\") VALUES ('x'), (NULL), (" + HARD + ")");
        try (CopySession session = CopySession.open(odd)) {
            List<StoredTable> tables = StoredTable.all(session.connection);
            assertThat(tables.stream().map(StoredTable::name)).containsExactlyInAnyOrder("Odd \"name", "keyless", "part");
            for (StoredTable table : tables) {
                var first = new ByteArrayOutputStream();
                Manifest.Table before = session.copyOut(table, first);
                assertThat(before.rows()).isPositive();
                session.execute("TRUNCATE " + table.qualified());
                session.copyIn(table, new ByteArrayInputStream(first.toByteArray()));
                assertThat(session.copyOut(table, new ByteArrayOutputStream())).isEqualTo(before);
            }
            assertThat(session.sequences()).extracting(Manifest.Sequence::lastValue).containsExactly(3L);
        }
    }

    @Test
    void itGoesToDebiansServerAndBack() throws Exception {
        Backup.write(filled, file, "1.2.3", UNSEEN);
        try (DebianServer debian = DebianServer.start()) {
            DatabaseAddress there = debian.database("there");
            Restore.run(there, file, UNSEEN);
            assertThat(contents(there)).isEqualTo(contents(filled));
            Path back = temp.resolve("back.zip");
            Backup.write(there, back, "1.2.3", UNSEEN);
            DatabaseAddress here = empty();
            Restore.run(here, back, UNSEEN);
            assertThat(contents(here)).isEqualTo(contents(filled));
        }
    }

    @Test
    void aBackupIsOfOneMomentWhileOthersWrite() throws Exception {
        DatabaseAddress busy = empty();
        ServerFolders.execute(busy, "CREATE TABLE public.unrelated (n int)");
        Migrations.run(busy);
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            try (Connection connection = Cluster.connect(busy); Statement statement = connection.createStatement()) {
                for (int i = 0; i < 100_000 && !enough.get(); i++)
                    statement.execute("BEGIN; INSERT INTO xiaxiang.brand (id, position, name, colour, online_share, source, kind) VALUES ('b" + i + "', 1, '', '', 0, '', ''); "
                            + "INSERT INTO xiaxiang.visit (date, place, path, who, quote, source, kind) VALUES ('2026-01-01', 'b" + i + "', '', '', '', '', ''); COMMIT");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        Backup.write(busy, file, "1", UNSEEN);
        enough.set(true);
        writer.join();
        DatabaseAddress fresh = empty();
        Restore.run(fresh, file, UNSEEN);
        String brands = ServerFolders.ask(fresh, "SELECT count(*) FROM xiaxiang.brand");
        assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM xiaxiang.visit")).isEqualTo(brands);
    }

    @Test
    void anOlderSchemaIsBroughtUpToDateAfterLoading() throws Exception {
        DatabaseAddress old = empty();
        Migrations.run(old, "3");
        ServerFolders.execute(old, "INSERT INTO xiaxiang.brand (id, position, name, colour, online_share, source, kind) VALUES ('old', 1, '', '', 0, '', '')");
        Backup.write(old, file, "0", UNSEEN);
        DatabaseAddress fresh = empty();
        assertThat(Restore.run(fresh, file, UNSEEN).schema()).isEqualTo("3");
        assertThat(Migrations.version(fresh)).isEqualTo(Migrations.version(filled));
        assertThat(ServerFolders.ask(fresh, "SELECT id FROM xiaxiang.brand")).isEqualTo("old");
    }

    @Test
    void whatCannotBeIsRefusedAndNothingChanges() throws Exception {
        assertThat(refusal(() -> Backup.write(empty(), file, "1", UNSEEN))).isEqualTo(Reason.NOTHING_TO_BACK_UP);
        assertThat(temp.toFile().list()).isEmpty();
        Files.writeString(file, "mine");
        assertThat(refusal(() -> Backup.write(filled, file, "1", UNSEEN))).isEqualTo(Reason.FILE_EXISTS);
        assertThat(file).hasContent("mine");
        assertThat(refusal(() -> Backup.write(filled, temp.resolve("no/such/folder.zip"), "1", UNSEEN))).isEqualTo(Reason.FILES);
        assertThat(refusal(() -> Restore.run(empty(), file, UNSEEN))).isEqualTo(Reason.NOT_A_BACKUP);
        assertThat(refusal(() -> Restore.run(empty(), temp.resolve("none.zip"), UNSEEN))).isEqualTo(Reason.FILES);
        Path good = temp.resolve("good.zip");
        Backup.write(filled, good, "1", UNSEEN);
        Map<String, String> before = contents(filled);
        assertThat(refusal(() -> Restore.run(filled, good, UNSEEN))).isEqualTo(Reason.NOT_EMPTY);
        assertThat(contents(filled)).isEqualTo(before);
        assertThat(refusal(() -> Backup.write(new DatabaseAddress(filled.jdbcUrl(), "xiaxiang", "wrong"), temp.resolve("x"), "1", UNSEEN))).isEqualTo(Reason.NO_CONNECTION);
    }

    @Test
    void aTruncatedOrAlteredFileIsRefusedBeforeAnythingIsWritten() throws Exception {
        Backup.write(filled, file, "1", UNSEEN);
        byte[] good = Files.readAllBytes(file);
        DatabaseAddress fresh = empty();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 40; i++) {
            byte[] bad = i % 2 == 0 ? java.util.Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (i % 2 == 1) bad[random.nextInt(good.length)] ^= (byte) (1 + random.nextInt(255));
            Path altered = Files.write(temp.resolve("altered.zip"), bad);
            DatabaseRefused refused = catchThrowableOfType(DatabaseRefused.class, () -> Restore.run(fresh, altered, UNSEEN));
            // A changed byte that carries no content (a date of an entry) may pass: then everything came back, proven.
            if (refused == null) ServerFolders.execute(fresh, "DROP SCHEMA xiaxiang CASCADE");
            else assertThat(refused.reason()).as("seed 7, round " + i).isIn(Reason.NOT_A_BACKUP, Reason.ALTERED, Reason.FILES);
            assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM pg_namespace WHERE nspname = 'xiaxiang'")).isEqualTo("0");
        }
    }

    /// Zips made by hand: other content than the manifest says, more entries, fewer, names that leave, a bomb, a newer schema.
    @Test
    void forgedFilesAreRefused() throws Exception {
        Backup.write(filled, file, "1", UNSEEN);
        Map<String, byte[]> good = entries(file);
        String manifest = new String(good.get("manifest.json"), StandardCharsets.UTF_8);
        DatabaseAddress fresh = empty();
        List<Map<String, byte[]>> forged = new ArrayList<>();
        forged.add(with(good, "tables/brand.copy", "b\n".getBytes(StandardCharsets.UTF_8)));
        forged.add(with(good, "tables/brand.copy", new byte[0]));
        forged.add(with(good, "tables/more.copy", new byte[0]));
        forged.add(with(good, "../../evil", new byte[10]));
        forged.add(with(good, "tables/brand.copy", null));
        forged.add(with(good, "tables/brand.copy", new byte[80 << 20]));
        forged.add(with(good, "manifest.json", manifest.replace("\"brand\"", "\"../brand\"").getBytes(StandardCharsets.UTF_8)));
        forged.add(with(good, "manifest.json", manifest.replaceFirst("\"bytes\" *: *\\d+", "\"bytes\" : 99999999999").getBytes(StandardCharsets.UTF_8)));
        forged.add(with(good, "manifest.json", manifest.replaceFirst("\"rows\" *: *\\d+", "\"rows\" : 17").getBytes(StandardCharsets.UTF_8)));
        for (Map<String, byte[]> entries : forged)
            assertThat(refusal(() -> Restore.run(fresh, zip(entries), UNSEEN))).as(String.valueOf(forged.indexOf(entries))).isEqualTo(Reason.ALTERED);
        for (String bad : List.of("", "{", "null", "[]", "{\"format\": \"other\"}", manifest.replace("\"rows\"", "\"roes\"").replace(Manifest.FORMAT, "x"), "x".repeat(5 << 20)))
            assertThat(refusal(() -> Restore.run(fresh, zip(with(good, "manifest.json", bad.getBytes(StandardCharsets.UTF_8))), UNSEEN))).isEqualTo(Reason.NOT_A_BACKUP);
        Path newer = zip(with(good, "manifest.json", manifest.replaceFirst("\"schema\" *: *\"\\d+\"", "\"schema\" : \"999\"").getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal(() -> Restore.run(fresh, newer, UNSEEN))).isEqualTo(Reason.NEWER_BACKUP);
        assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM pg_namespace WHERE nspname = 'xiaxiang'")).isEqualTo("0");
        // Whole in itself, but not of this schema, or not of what the database gives back.
        Path other = zip(with(good, "manifest.json", manifest.replaceFirst("\"schema\" *: *\"\\d+\"", "\"schema\" : \"2\"").getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal(() -> Restore.run(fresh, other, UNSEEN))).isEqualTo(Reason.DIFFERENT_SCHEMA);
        assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM pg_namespace WHERE nspname = 'xiaxiang'")).isEqualTo("0");
        Restore.run(fresh, file, UNSEEN);
    }

    @Test
    void contentThatDoesNotComeOutAsItWentInIsRefused() throws Exception {
        Backup.write(filled, file, "1", UNSEEN);
        Map<String, byte[]> entries = entries(file);
        // The same number written otherwise: whole by its own hash, but the server gives another text back.
        byte[] brand = new String(entries.get("tables/brand.copy"), StandardCharsets.UTF_8).replace("0.30000000000000004", "0.300000000000000040").getBytes(StandardCharsets.UTF_8);
        HashedOutput hash = new HashedOutput(new ByteArrayOutputStream());
        hash.write(brand, 0, brand.length);
        String sha256 = hash.sha256();
        Manifest m = JsonMapper.shared().readValue(entries.get("manifest.json"), Manifest.class);
        List<Manifest.Table> tables = m.tables().stream().map(t -> t.name().equals("brand") ? new Manifest.Table(t.name(), t.columns(), t.rows(), hash.bytes(), sha256) : t).toList();
        byte[] manifest = JsonMapper.shared().writeValueAsBytes(new Manifest(m.format(), m.at(), m.program(), m.server(), m.schema(), tables, m.sequences()));
        Path zip = zip(with(with(entries, "tables/brand.copy", brand), "manifest.json", manifest));
        DatabaseAddress fresh = empty();
        assertThat(refusal(() -> Restore.run(fresh, zip, UNSEEN))).isEqualTo(Reason.DIFFERENT_CONTENT);
        assertThat(ServerFolders.ask(fresh, "SELECT count(*) FROM pg_namespace WHERE nspname = 'xiaxiang'")).isEqualTo("0");
    }

    @Test
    void aKilledRestoreIsBegunAnewAndAUsedDatabaseIsNeverTakenForOne() throws Exception {
        Backup.write(filled, file, "1", UNSEEN);
        DatabaseAddress fresh = empty();
        for (int millis = 600; millis <= 2_400; millis += 600) {
            Process child = ServerFolders.child(RestoreMain.class, fresh.jdbcUrl(), String.valueOf(fresh.user()), String.valueOf(fresh.password()), file.toString());
            if (child.waitFor(millis, TimeUnit.MILLISECONDS)) break;
            child.destroyForcibly().waitFor();
        }
        for (int tries = 0; tries < 100 && !"0".equals(ServerFolders.ask(fresh, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")); tries++) Thread.sleep(50);
        if (ServerFolders.ask(fresh, "SELECT to_regclass('xiaxiang.brand')") == null || "0".equals(ServerFolders.ask(fresh, "SELECT count(*) FROM xiaxiang.brand"))) Restore.run(fresh, file, UNSEEN);
        assertThat(contents(fresh)).isEqualTo(contents(filled));
        DatabaseAddress used = empty();
        ServerFolders.execute(used, "CREATE SCHEMA xiaxiang", "COMMENT ON SCHEMA xiaxiang IS 'restore unfinished'");
        Migrations.run(used);
        assertThat(refusal(() -> Restore.run(used, file, UNSEEN))).isEqualTo(Reason.NOT_EMPTY);
    }

    /// Restores in a process of its own.
    static final class RestoreMain {
        private RestoreMain() {}

        public static void main(String[] arguments) {
            Restore.run(new DatabaseAddress(arguments[0], arguments[1], arguments[2]), Path.of(arguments[3]), UNSEEN);
        }
    }

    private static Map<String, byte[]> entries(Path zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(zip)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) entries.put(entry.getName(), in.readAllBytes());
        }
        return entries;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, byte @org.jspecify.annotations.Nullable [] content) {
        Map<String, byte[]> other = new LinkedHashMap<>(entries);
        if (content == null) other.remove(name);
        else other.put(name, content);
        return other;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path zip = Files.createTempFile(temp, "forged", ".zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return zip;
    }
}
