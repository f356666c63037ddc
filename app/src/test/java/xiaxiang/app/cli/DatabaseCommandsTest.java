package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;

/// backup, restore and doctor as a person runs them, on real servers.
class DatabaseCommandsTest {
    @TempDir
    private Path temp;

    private Path folder(String name) {
        return temp.resolve(name);
    }

    private static String run(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password()); Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) return "";
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    @Test
    void aBackupIsMadeWhileAServerRunsAndWithoutOneAndComesBack() throws Exception {
        String file = folder("一.zip").toString();
        String later = folder("later.zip").toString();
        String data = folder("data").toString();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(data), EmbeddedPostgres.Settings.standard())) {
            Migrations.run(server.address());
            run(server, "INSERT INTO xiaxiang.brand (id, position, name, colour, online_share, source, kind) VALUES ('b', 1, '品牌', '', 0, '', '')");
            run(server, "INSERT INTO xiaxiang.person (id, login, name, role, territory) OVERRIDING SYSTEM VALUE VALUES (1, 'wang', 'w', 'administrator', 'place')");
            run(server, "INSERT INTO xiaxiang.credential (person, totp_secret, totp_since) VALUES (1, decode(repeat('ab', 48), 'hex'), now())");
            CommandLines.Said said = CommandLines.run("backup", file, "--data", data, "--lang", "en");
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(said.out()).contains("Wrote").contains("tables").doesNotContain(server.password());
            CommandLines.Said refused = CommandLines.run("restore", file, "--data", data, "--lang", "en");
            assertThat(refused.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(refused.err()).contains("Another process of this program uses").doesNotContain("Exception");
        }
        assertThat(CommandLines.run("backup", later, "--data", data, "--quiet").out()).isEmpty();
        assertThat(CommandLines.run("backup", later, "--data", data, "--lang", "zh").err()).contains("已存在");
        assertThat(CommandLines.run("restore", later, "--check", "--lang", "zh").out()).contains("完整");
        String fresh = folder("fresh").toString();
        CommandLines.Said restored = CommandLines.run("restore", file, "--data", fresh, "--lang", "zh");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("已恢复");
        assertThat(restored.err()).as("the key is in no backup").contains("account.key").contains("不在");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(fresh), EmbeddedPostgres.Settings.standard())) {
            assertThat(run(server, "SELECT name FROM xiaxiang.brand")).isEqualTo("品牌");
            assertThat(CommandLines.run("restore", file, "--database", server.jdbcUrl() + "&user=" + server.user() + "&password=" + server.password(), "--lang", "en").err())
                    .contains("already holds data").doesNotContain(server.password());
        }
        CommandLines.Said again = CommandLines.run("restore", file, "--data", fresh, "--lang", "zh");
        assertThat(again.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(again.err()).contains("已有本程序的数据").doesNotContain("Exception");
    }

    @Test
    void whatIsNoBackupAndWhereNoDatabaseIsAreSaidAndNothingIsMade() throws Exception {
        String nowhere = folder("nowhere").toString();
        CommandLines.Said none = CommandLines.run("backup", folder("x.zip").toString(), "--data", nowhere, "--lang", "en");
        assertThat(none.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(none.err()).contains("no database in the data folder");
        Path no = Files.writeString(folder("no.zip"), "not a zip");
        CommandLines.Said refused = CommandLines.run("restore", no.toString(), "--data", nowhere, "--lang", "en");
        assertThat(refused.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("is no backup").contains("Nothing was changed").doesNotContain("Exception");
        assertThat(CommandLines.run("restore", folder("missing.zip").toString(), "--data", nowhere, "--lang", "en").exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(CommandLines.run("backup", folder("x.zip").toString(), "--database", "jdbc:postgresql://127.0.0.1:" + freePort() + "/x?user=u&password=hidden", "--lang", "en").err())
                .contains("cannot be reached").doesNotContain("hidden");
        assertThat(temp.toFile().list()).containsExactly("no.zip");
    }

    @Test
    void theDoctorFindsAFreshMachineWellAndChangesNothing() throws Exception {
        for (String lang : List.of("en", "zh")) {
            CommandLines.Said said = CommandLines.run("doctor", "--data", folder("none").toString(), "--port", freePort(), "--lang", lang);
            assertThat(said.out()).contains(lang.equals("en") ? "tried in a temporary folder" : "已在临时目录试过").contains("PostgreSQL 18");
            assertThat(said.err()).isEmpty();
        }
        assertThat(folder("none")).doesNotExist();
    }

    @Test
    void theDoctorTellsOfARunningServerAsOfOneThatIsNot() throws Exception {
        String data = folder("data").toString();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(data), EmbeddedPostgres.Settings.standard())) {
            Migrations.run(server.address());
            JsonNode findings = JsonMapper.shared().readTree(CommandLines.run("doctor", "--data", data, "--json", "--lang", "en").out());
            assertThat(level(findings, "lock")).isEqualTo("ok");
            assertThat(text(findings, "lock")).contains("A server runs").doesNotContain(server.password());
            for (String check : List.of("java", "folder", "database", "login", "checksums", "schema", "clock")) assertThat(level(findings, check)).as(check).isEqualTo("ok");
            assertThat(text(findings, "schema")).contains("up to date");
            assertThat(text(findings, "key")).contains("Nobody has an authenticator");
            run(server, "INSERT INTO xiaxiang.person (id, login, name, role, territory) OVERRIDING SYSTEM VALUE VALUES (1, 'wang', 'w', 'administrator', 'place')");
            run(server, "INSERT INTO xiaxiang.credential (person, totp_secret, totp_since) VALUES (1, decode(repeat('ab', 48), 'hex'), now())");
            CommandLines.Said locked = CommandLines.run("doctor", "--data", data, "--json", "--lang", "en");
            assertThat(locked.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(text(JsonMapper.shared().readTree(locked.out()), "key")).contains("account.key").contains("is not there");
            run(server, "DELETE FROM xiaxiang.credential");
            run(server, "UPDATE xiaxiang.flyway_schema_history SET version = '999' WHERE installed_rank = (SELECT max(installed_rank) FROM xiaxiang.flyway_schema_history)");
        }
        CommandLines.Said said = CommandLines.run("doctor", "--data", data, "--json", "--lang", "en");
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(level(JsonMapper.shared().readTree(said.out()), "schema")).isEqualTo("problem");
        assertThat(text(JsonMapper.shared().readTree(said.out()), "server")).contains("starts on the data folder");
    }

    @Test
    void theDoctorSaysWhatStandsAgainstAStart() throws Exception {
        Path old = Files.createDirectories(folder("old").resolve("postgres/18"));
        Files.writeString(old.resolve("PG_VERSION"), "17\n");
        Path key = Files.writeString(folder("key.pem"), "nothing");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLines.Said said = CommandLines.run("doctor", "--data", folder("old").toString(), "--port", String.valueOf(taken.getLocalPort()), "--tls-cert", folder("none.pem").toString(),
                    "--tls-key", key.toString(), "--json", "--lang", "en");
            assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
            JsonNode findings = JsonMapper.shared().readTree(said.out());
            for (String check : List.of("server", "port", "tls")) assertThat(level(findings, check)).as(check).isEqualTo("problem");
            assertThat(text(findings, "server")).contains("17").contains("xiaxiang restore");
            for (JsonNode finding : findings) if (finding.path("level").asString().equals("problem") && !finding.path("check").asString().equals("server")) assertThat(finding.path("nextStep").asString()).isNotBlank();
        }
        assertThat(CommandLines.run("doctor", "--data", key.toString(), "--lang", "zh").out()).contains("不是目录");
        assertThat(CommandLines.run("doctor", "--database", "postgresql://127.0.0.1/x").err()).contains("must begin with jdbc:postgresql:").contains("须以 jdbc:postgresql: 开头");
        assertThat(CommandLines.run("doctor", "--database", "jdbc:postgresql://127.0.0.1:" + freePort() + "/x", "--lang", "en").out()).contains("PROBLEM").contains("cannot be reached");
    }

    private static String level(JsonNode findings, String check) {
        return field(findings, check, "level");
    }

    private static String text(JsonNode findings, String check) {
        return field(findings, check, "text");
    }

    private static String field(JsonNode findings, String check, String name) {
        for (JsonNode finding : findings) if (finding.path("check").asString().equals(check)) return finding.path(name).asString();
        return "none";
    }
}
