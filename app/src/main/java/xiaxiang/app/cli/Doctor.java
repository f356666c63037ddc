package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.DatabaseFacts;
import xiaxiang.core.db.DatabaseRefused;
import xiaxiang.core.db.EmbeddedPostgres;

/// Looks at everything a start needs, and says of each thing how it is. What one check finds never keeps another from being made.
final class Doctor {
    private static final long CLOCK_WARNING_MILLIS = 2_000;
    private static final long CLOCK_PROBLEM_MILLIS = 300_000;

    private final DatabaseOptions options;
    private final Common common;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(DatabaseOptions options, Common common) {
        this.options = options;
        this.common = common;
    }

    /// Checks, prints, and returns the exit code.
    int run(int port, @Nullable Path certificate, @Nullable Path key, boolean json, PrintWriter out) {
        DatabaseAddress own = options.own();
        DatabaseAddress running = own == null ? running() : null;
        MachineChecks machine = new MachineChecks(findings);
        machine.java();
        machine.memory();
        machine.folder(options.folder());
        machine.disk(options.folder());
        machine.port(port, running != null);
        machine.pages();
        if (certificate != null || key != null) machine.tls(certificate, key);
        if (own != null) database(own);
        else if (running != null) database(running);
        else embedded();
        print(json, out);
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM) ? ExitCode.BAD_INPUT : ExitCode.DONE;
    }

    private @Nullable DatabaseAddress running() {
        try {
            DatabaseAddress address = EmbeddedPostgres.running(options.folder());
            findings.add(address == null ? Finding.ok("lock", "free") : Finding.ok("lock", "running", shown(address)));
            return address;
        } catch (DatabaseRefused refused) {
            refused("lock", refused);
            return null;
        }
    }

    /// The surest check of a server is its start: on the data folder, or where there is none yet, on a folder for the trial only.
    private void embedded() {
        Path folder = options.folder();
        boolean trial = !EmbeddedPostgres.exists(folder);
        Path used = folder;
        try {
            if (trial) used = Files.createTempDirectory("xiaxiang-doctor");
            try (EmbeddedPostgres server = EmbeddedPostgres.start(used, EmbeddedPostgres.Settings.standard())) {
                findings.add(Finding.ok("server", trial ? "trial" : "starts", EmbeddedPostgres.MAJOR));
                database(server.address());
            }
        } catch (DatabaseRefused refused) {
            refused("server", refused);
        } catch (IOException e) {
            findings.add(Finding.problem("server", "refused", String.valueOf(e.getMessage())));
        } finally {
            if (trial && !used.equals(folder)) delete(used);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            // A folder for temporary files is cleared by the system.
        }
    }

    /// Without its options, which may hold the password.
    private static String shown(DatabaseAddress address) {
        return address.jdbcUrl().replaceFirst("\\?.*", "");
    }

    private void database(DatabaseAddress address) {
        DatabaseFacts facts;
        try {
            facts = DatabaseFacts.ask(address);
        } catch (DatabaseRefused refused) {
            refused("database", refused);
            return;
        }
        findings.add(Finding.ok("database", "answers", shown(address), facts.server()));
        if (facts.superuser()) findings.add(Finding.warning("login", "superuser", facts.login()));
        else login(facts);
        findings.add(facts.checksums() ? Finding.ok("checksums", "on") : Finding.warning("checksums", "off"));
        findings.add(schema(facts));
        if (facts.isCurrent()) findings.add(Finding.ofKey(options.folder(), address));
        long skew = Math.abs(facts.skewMillis());
        Object seconds = skew / 1e3;
        findings.add(skew >= CLOCK_PROBLEM_MILLIS ? Finding.problem("clock", "far", seconds) : skew >= CLOCK_WARNING_MILLIS ? Finding.warning("clock", "off", seconds) : Finding.ok("clock", "good", seconds));
    }

    private void login(DatabaseFacts facts) {
        boolean creates = facts.creates() || !facts.schema().isEmpty();
        if (!facts.roles()) findings.add(Finding.problem("login", "roles", facts.login()));
        if (!creates) findings.add(Finding.problem("login", "create", facts.login()));
        if (facts.roles() && creates) findings.add(Finding.ok("login", "good", facts.login()));
    }

    private static Finding schema(DatabaseFacts facts) {
        if (facts.isNewer()) return Finding.problem("schema", "newer", facts.schema(), facts.newest());
        if (facts.schema().isEmpty()) return Finding.ok("schema", "none", facts.newest());
        return facts.isCurrent() ? Finding.ok("schema", "good", facts.schema()) : Finding.ok("schema", "older", facts.schema(), facts.newest());
    }

    private void refused(String check, DatabaseRefused refused) {
        findings.add(Finding.problem(check, "refused", refused.text(common.locale())));
    }

    private void print(boolean json, PrintWriter out) {
        Locale locale = common.locale();
        if (json) out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(findings.stream().map(finding -> machine(finding, locale)).toList()));
        else for (Finding finding : findings) {
            if (common.quiet() && finding.level() == Finding.Level.OK) continue;
            finding.print(out, locale);
        }
    }

    private static Map<String, Object> machine(Finding finding, Locale locale) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("check", finding.check());
        all.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        all.put("text", finding.text(locale));
        all.put("nextStep", finding.nextStep(locale));
        return all;
    }
}
