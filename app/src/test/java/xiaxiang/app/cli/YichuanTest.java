package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The demo county end to end, from facts to a certified plan and its report; compared with a text that holds the essentials.
///
/// After a wanted change write the text anew: `mvn -pl app -am test -Dtest=YichuanTest -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false`.
class YichuanTest {
    private static final String GOLDEN = "golden/yichuan.json";
    @TempDir
    private static Path temp;
    private static Path made = Path.of("");
    private static CommandLines.Said said = new CommandLines.Said(-1, "", "");

    @BeforeAll
    static void plan() {
        made = temp.resolve("made");
        said = CommandLines.run("demo", "--out", made.toString(), "--lang", "en");
    }

    @Test
    void thePlanIsTheGoldenOne() throws IOException {
        assertThat(said.exit()).as(said.err()).isZero();
        String essentials = essentials(JsonMapper.shared().readTree(Files.readString(made.resolve("plan.json"))));
        if (Boolean.getBoolean("golden.write")) Files.writeString(CommandLines.projectFolder().resolve("app/src/test/resources").resolve(GOLDEN), essentials);
        try (InputStream in = YichuanTest.class.getResourceAsStream("/" + GOLDEN)) {
            String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!Boolean.getBoolean("golden.write")) assertThat(essentials).isEqualTo(golden);
        }
    }

    /// A line for each figure and site: what must not change unawares.
    private static String essentials(JsonNode plan) {
        var lines = new ArrayList<String>();
        for (String figure : List.of("lower", "upper")) lines.add(quoted(figure) + round(plan, figure, 3));
        for (String figure : List.of("shareBefore", "onlineCeiling")) lines.add(quoted(figure) + round(plan, figure, 6));
        lines.add(quoted("shareAfter") + String.format(Locale.ROOT, "%.6f", plan.path("shareAfter").path("value").asDouble()));
        for (String figure : List.of("costFen", "runningFenYear")) lines.add(quoted(figure) + plan.path(figure).asLong());
        var sites = new ArrayList<String>();
        for (JsonNode s : plan.path("sites")) sites.add("\"" + s.path("wave").asInt() + " " + s.path("action").asString() + " " + s.path("id").asString() + "\"");
        lines.add("\"sites\": [\n    " + String.join(",\n    ", sites) + "\n  ]");
        return "{\n  " + String.join(",\n  ", lines) + "\n}\n";
    }

    private static String quoted(String name) {
        return "\"" + name + "\": ";
    }

    private static String round(JsonNode plan, String figure, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", plan.path(figure).asDouble(Double.NaN));
    }

    @Test
    void thePersonSeesTheAnswer() {
        assertThat(said.out()).contains("Yichuan").contains("Xiaomi").contains("2017Q1").contains("index.html");
        assertThat(said.out()).doesNotContain("NaN").doesNotContain("null").doesNotContain("%n");
        assertThat(CommandLines.files(made)).extracting(file -> file.getFileName().toString())
                .containsExactly("certificate.bin.gz", "index.html", "plan.csv", "plan.json", "problem.bin.gz");
    }

    @Test
    void thePlanKeepsItsPromises() throws IOException {
        JsonNode plan = JsonMapper.shared().readTree(Files.readString(made.resolve("plan.json")));
        assertThat(plan.path("gap").asDouble()).isBetween(0.0, .001);
        assertThat(plan.path("certifiedGap").asDouble()).isBetween(0.0, .001);
        assertThat(plan.path("viabilityLoss").asDouble()).isBetween(0.0, 1.0);
        assertThat(plan.path("costFen").asLong()).isBetween(1L, plan.path("budgetFen").asLong());
        assertThat(plan.path("runningFenYear").asLong()).isBetween(0L, plan.path("runningCapFen").asLong());
        assertThat(plan.path("shareBefore").asDouble()).isCloseTo(.08, org.assertj.core.api.Assertions.within(1e-7));
        assertThat(plan.path("shareAfter").path("value").asDouble()).isGreaterThan(.08);
        assertThat(Files.size(made.resolve("index.html"))).as("bytes of the report").isLessThan(3_000_000);
        // Shops come from a seed, so whatever is done to one of them is marked.
        for (JsonNode s : plan.path("sites")) assertThat(s.path("kind").asString()).as(s.path("id").asString()).isIn("synthetic", "modelled");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyRunWritesTheSameBytes(int threads) throws IOException {
        Path again = temp.resolve("threads" + threads);
        // `plan` names its own command in the report; the rest is the demo's to the byte.
        assertThat(CommandLines.run("plan", CommandLines.demo().toString(), "--out", again.toString(), "--threads", "" + threads).exit()).isZero();
        for (String name : List.of("certificate.bin.gz", "problem.bin.gz", "plan.csv")) assertThat(again.resolve(name)).hasSameBinaryContentAs(made.resolve(name));
        for (String name : List.of("plan.json", "index.html"))
            assertThat(Files.readString(again.resolve(name)).replace("xiaxiang plan yichuan", "xiaxiang demo")).as(name).isEqualTo(Files.readString(made.resolve(name)));
    }

    @Test
    void jsonIsPlanJsonAlone() throws IOException {
        CommandLines.Said json = CommandLines.run("demo", "--out", temp.resolve("json").toString(), "--json");
        JsonNode printed = JsonMapper.shared().readTree(json.out());
        assertThat(printed.path("seconds").asDouble(-1)).isNotNegative();
        assertThat(((ObjectNode) printed).without("seconds").toString()).isEqualTo(JsonMapper.shared().readTree(Files.readString(made.resolve("plan.json"))).toString());
    }

    @Test
    void theCertificateIsAcceptedWithoutThePlanner() {
        CommandLines.Said verdict = CommandLines.run("plan", "verify", made.toString(), "--json");
        assertThat(verdict.exit()).as(verdict.out()).isZero();
        assertThat(JsonMapper.shared().readTree(verdict.out()).path("status").asString()).isEqualTo("proven");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower", "certifiedGap", "open", "made", "upper", "gap", "costFen", "runningFenYear"})
    void planJsonThatSaysMoreIsRefused(String figure) throws IOException {
        Path copy = CommandLines.copy(made, temp.resolve("json-" + figure));
        ObjectNode plan = (ObjectNode) JsonMapper.shared().readTree(Files.readString(copy.resolve("plan.json")));
        switch (figure) {
            case "lower" -> plan.put(figure, plan.path(figure).asDouble() * 1.01);
            case "upper" -> plan.put(figure, plan.path("lower").asDouble() * .99);
            case "gap", "certifiedGap" -> plan.put(figure, -.01);
            case "costFen", "runningFenYear" -> plan.put(figure, plan.path(figure).asLong() - 100);
            case "open" -> plan.putArray(figure).add(1);
            default -> plan.putObject(figure).put("problem", "0".repeat(64));
        }
        Files.writeString(copy.resolve("plan.json"), plan.toString());
        assertThat(CommandLines.run("plan", "verify", copy.toString()).exit()).isEqualTo(ExitCode.REFUSED);
    }

    /// Flips bits of the unpacked files: the verdict is a refusal, or what is proven is true of the plan that was made.
    @Test
    void aTamperedProofIsRefusedOrStillTrue() throws IOException {
        double lower = JsonMapper.shared().readTree(CommandLines.run("plan", "verify", made.toString(), "--json").out()).path("lower").asDouble();
        int refused = 0;
        for (int seed = 0; seed < 40; seed++) {
            String name = seed % 2 == 0 ? "certificate.bin.gz" : "problem.bin.gz";
            Path copy = CommandLines.copy(made, temp.resolve("flip" + seed));
            byte[] bytes = unpacked(copy.resolve(name));
            var random = new SplittableRandom(seed);
            bytes[random.nextInt(seed < 10 ? 100 : bytes.length)] ^= (byte) (1 << random.nextInt(8));
            pack(copy.resolve(name), bytes);
            CommandLines.Said verdict = CommandLines.run("plan", "verify", copy.toString(), "--json");
            assertThat(verdict.exit()).as("seed %d: %s %s", seed, verdict.out(), verdict.err()).isIn(ExitCode.DONE, ExitCode.REFUSED);
            if (verdict.exit() == ExitCode.REFUSED) refused++;
            else assertThat(JsonMapper.shared().readTree(verdict.out()).path("lower").asDouble()).as("seed %d", seed).isEqualTo(lower);
            // A changed problem is another problem.
            if (seed % 2 == 1) assertThat(verdict.exit()).as("seed %d", seed).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void brokenOrMissingProofsAreSaidInALine() throws IOException {
        Path cut = CommandLines.copy(made, temp.resolve("cut"));
        byte[] bytes = unpacked(cut.resolve("certificate.bin.gz"));
        pack(cut.resolve("certificate.bin.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(CommandLines.run("plan", "verify", cut.toString()).exit()).isEqualTo(ExitCode.REFUSED);
        Files.write(cut.resolve("certificate.bin.gz"), new byte[] {1, 2, 3});
        assertThat(CommandLines.run("plan", "verify", cut.toString()).exit()).isEqualTo(ExitCode.REFUSED);
        Files.delete(cut.resolve("certificate.bin.gz"));
        CommandLines.Said gone = CommandLines.run("plan", "verify", cut.toString());
        assertThat(gone.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(gone.err()).contains("certificate.bin.gz").hasLineCount(1);
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static void pack(Path file, byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        }
        Files.write(file, packed.toByteArray());
    }

    /// As its reader opens it: from a file, without a network, in both languages.
    @Test
    void theReportStandsInARealBrowser() throws IOException, InterruptedException {
        Browser.look("tests/report.mjs", made.resolve("index.html"), temp.resolve("browser"));
    }
}
