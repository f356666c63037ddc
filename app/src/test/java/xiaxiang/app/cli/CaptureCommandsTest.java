package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `capture solve` and `capture verify`: what they say, write and refuse.
class CaptureCommandsTest {
    /// Two points 111 m apart, and one far off.
    private static final String COVER = "NAME : x\nTYPE : MCLP\nDIMENSION : 3\nNODE_COORD_SECTION\n40 -73\n40.001 -73\n41 -73\nDEMAND_SECTION\n5\n6\n7\nEOF\n";
    private static final String CHOOSE = "2 3 1\n10 20\n0 0\n-1 -2\n-2 -1\n-3 -3\n";

    @TempDir
    private Path temp = Path.of("");

    private Path cover() throws IOException {
        return Files.writeString(temp.resolve("cover.txt"), COVER);
    }

    private Path choose() throws IOException {
        return Files.writeString(temp.resolve("choose.data"), CHOOSE);
    }

    /// Runs the words of a line; FILE stands for a path.
    private static CommandLines.Said run(String line, Object... files) {
        List<String> words = new ArrayList<>(Pattern.compile(" ").splitAsStream(line).toList());
        int at = 0;
        for (int k = 0; k < words.size(); k++) if (words.get(k).equals("FILE")) words.set(k, files[at++].toString());
        return CommandLines.run(words.toArray(String[]::new));
    }

    private static JsonNode json(CommandLines.Said said) {
        assertThat(said.out().strip()).as(said.err()).hasLineCount(1);
        return JsonMapper.shared().readTree(said.out());
    }

    /// The golden answer; what depends on the search left out, and which of two equal sites it found.
    @Test
    void jsonSaysEverything() throws IOException {
        CommandLines.Said said = run("capture solve FILE --format mclp --radius-m 400 --open 1 --json", cover());
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).isEmpty();
        JsonNode result = json(said);
        assertThat(said.out().strip().replaceAll("\"(upper|gap|certifiedGap|nodes|iterations|seconds)\":[0-9.E-]+", "\"$1\":0").replaceAll("\\[[01]]", "[1]"))
                .isEqualTo("{\"status\":\"optimal\",\"lower\":11.0,\"upper\":0,\"gap\":0,\"certifiedGap\":0,\"open\":[1],\"nodes\":0,\"iterations\":0,\"seconds\":0,\"format\":\"mclp\",\"file\":\""
                        + temp.resolve("cover.txt") + "\"}");
        assertThat(result.path("upper").asDouble(0)).isCloseTo(11, within(1e-5));
        assertThat(result.path("gap").asDouble(1)).isBetween(0.0, 1e-6);
        assertThat(result.path("certifiedGap").asDouble(1)).isBetween(0.0, 1e-6);
    }

    @Test
    void aPersonReadsATable() throws IOException {
        CommandLines.Said en = run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 1 --lang en", choose());
        double best = 10 * share(-2) + 20 * share(-1);
        assertThat(en.out().lines().toList()).satisfiesExactly(
                line -> assertThat(line).isEqualTo(temp.resolve("choose.data") + ": 2 points, 3 sites, 6 pairs"),
                line -> assertThat(line).isEqualTo("Status       optimal: the gap asked for is proven"),
                line -> assertThat(line).isEqualTo(String.format("Captures     %.6f", best)),
                line -> assertThat(line).startsWith("At most      6."),
                line -> assertThat(line).startsWith("Gap          0.0000"),
                line -> assertThat(line).isEqualTo("Open         1: 1"),
                line -> assertThat(line).startsWith("Effort       "),
                line -> assertThat(line).startsWith("Time         "));
        CommandLines.Said zh = run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 1 --lang zh", choose());
        assertThat(zh.out()).contains("最优").contains("捕获").contains("1 处：1").hasLineCount(8);
        assertThat(run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 1 --quiet", choose()).out()).isEmpty();
    }

    private static double share(double utility) {
        return Math.exp(utility) / (1 + Math.exp(utility));
    }

    @Test
    void aCertificateIsAcceptedForItsProblemOnly() throws IOException {
        Path out = temp.resolve("proof.gz");
        assertThat(run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 1 --certificate FILE", choose(), out).exit()).isZero();
        assertThat(temp.resolve("proof.gz.part")).doesNotExist();
        CommandLines.Said good = run("capture verify FILE FILE --format hm14 --alpha 1 --beta 1 --open 1 --json", out, choose());
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(json(good).path("status").asString()).isEqualTo("proven");
        assertThat(json(good).path("open").toString()).isEqualTo("[1]");
        assertThat(run("capture verify FILE FILE --format hm14 --alpha 1 --beta 1 --open 1 --lang zh", out, choose()).out()).contains("证明成立");
        for (String other : List.of("--format hm14 --alpha 1 --beta 1 --open 2", "--format hm14 --alpha 1 --beta 2 --open 1", "--format hm14 --alpha .5 --beta 2 --open 1")) {
            CommandLines.Said said = run("capture verify FILE FILE --json " + other, out, choose());
            assertThat(said.exit()).as(other).isEqualTo(ExitCode.REFUSED);
            assertThat(json(said).path("status").asString()).isEqualTo("refused");
            assertThat(json(said).path("why").asString()).contains("another problem");
        }
        assertThat(run("capture verify FILE FILE --format mclp --radius-m 400 --open 1", out, cover()).exit()).isEqualTo(ExitCode.REFUSED);
        Path changed = Files.writeString(temp.resolve("changed.data"), CHOOSE.replace("10 20", "10 21"));
        assertThat(run("capture verify FILE FILE --format hm14 --alpha 1 --beta 1 --open 1", out, changed).exit()).isEqualTo(ExitCode.REFUSED);
    }

    /// Flips bits of the unpacked certificate: it is refused, or what it proves is what was proven.
    @Test
    void aTamperedCertificateIsRefusedOrStillTrue() throws IOException {
        Path out = temp.resolve("proof.gz");
        String options = " --format hm14 --alpha 1 --beta 1 --open 1";
        double lower = json(run("capture solve FILE --json --certificate FILE" + options, choose(), out)).path("lower").asDouble(-1);
        byte[] bytes;
        try (var in = new GZIPInputStream(Files.newInputStream(out))) {
            bytes = in.readAllBytes();
        }
        int refused = 0;
        for (int seed = 0; seed < 60; seed++) {
            byte[] flipped = bytes.clone();
            var random = new SplittableRandom(seed);
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            CommandLines.Said said = run("capture verify FILE FILE --json" + options, packed(flipped), choose());
            assertThat(said.exit()).as("seed %d: %s %s", seed, said.out(), said.err()).isIn(ExitCode.DONE, ExitCode.REFUSED);
            if (said.exit() == ExitCode.REFUSED) refused++;
            else assertThat(json(said).path("lower").asDouble(-1)).as("seed %d", seed).isCloseTo(lower, within(1e-9));
        }
        assertThat(refused).isGreaterThan(30);
        assertThat(run("capture verify FILE FILE" + options, packed(java.util.Arrays.copyOf(bytes, bytes.length / 2)), choose()).exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run("capture verify FILE FILE" + options, Files.writeString(temp.resolve("none"), "no gzip"), choose()).exit()).isEqualTo(ExitCode.REFUSED);
        CommandLines.Said gone = run("capture verify FILE FILE" + options, temp.resolve("nowhere"), choose());
        assertThat(gone.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(gone.err()).contains("nowhere").hasLineCount(1);
    }

    private Path packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        }
        return Files.write(temp.resolve("tampered.gz"), packed.toByteArray());
    }

    /// The demo county: the plan's own certificate and the one of `capture solve` prove the same.
    @Test
    void aWorkspaceIsTheProblemThatPlanSolves() {
        Path folder = temp.resolve("plan");
        Path out = temp.resolve("proof.gz");
        JsonNode plan = json(run("demo --json --out FILE", folder));
        JsonNode solved = json(run("capture solve FILE --format workspace --certificate FILE --json", CommandLines.demo(), out));
        assertThat(solved.path("lower").asDouble(-1)).isEqualTo(plan.path("lower").asDouble(-2));
        assertThat(solved.path("ids").size()).isEqualTo(solved.path("open").size()).isGreaterThan(50);
        assertThat(solved.path("ids").path(0).asString()).startsWith("410329");
        assertThat(run("capture verify FILE FILE --format workspace", out, CommandLines.demo()).exit()).isZero();
        assertThat(run("capture verify FILE FILE --format workspace", folder.resolve("certificate.bin.gz"), CommandLines.demo()).exit()).isZero();
    }

    @Test
    void whatNoPlanCanKeepIsInfeasible() throws IOException {
        Path county = CommandLines.copy(CommandLines.demo(), temp.resolve("county"));
        Path scenario = county.resolve("scenario.yaml");
        Files.writeString(scenario, Files.readString(scenario).replaceAll("budget_fen: \\d+", "budget_fen: 0") + "\nrequire: [410329105-OPEN1]\n");
        CommandLines.Said said = run("capture solve FILE --format workspace --json", county);
        assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.INFEASIBLE);
        assertThat(json(said).path("status").asString()).isEqualTo("infeasible");
        assertThat(json(said).path("why").asString()).isNotBlank();
        assertThat(json(said).path("seconds").isNumber()).isTrue();
        assertThat(run("capture solve FILE --format workspace --lang zh", county).err()).startsWith("没有方案满足全部规则");
    }

    @Test
    void openingNothingIsAPlan() throws IOException {
        JsonNode result = json(run("capture solve FILE --format mclp --radius-m 400 --open 0 --json", cover()));
        assertThat(result.path("status").asString()).isEqualTo("optimal");
        assertThat(result.path("open").size()).isZero();
        assertThat(result.path("gap").asDouble(-1)).isZero();
    }

    @Test
    void aBadFileIsListedInBothLanguages() throws IOException {
        Path bad = Files.writeString(temp.resolve("bad.data"), CHOOSE.replace("10 20", "x -20"));
        CommandLines.Said en = run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 9 --json --lang en", bad);
        assertThat(en.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(en.out()).isEmpty();
        assertThat(en.err()).contains("bad.data row 2 column 1 \"x\": is not a number").contains("bad.data row 2 column 3 \"-20\": is out of range").contains("[0, 3]").hasLineCount(4);
        CommandLines.Said zh = run("capture verify FILE FILE --format hm14 --alpha 1 --beta 1 --open 9 --lang zh", bad, bad);
        assertThat(zh.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(zh.err()).contains("第 2 行 列 1“x”：不是数").hasLineCount(4);
        Path flood = Files.writeString(temp.resolve("flood.data"), "30 99 1 " + "x ".repeat(3_030));
        assertThat(run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 9 --lang en", flood).err()).hasLineCount(52).contains("2980 more");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --format hm14                                            | --alpha --beta --open
            --format hm14 --alpha NaN --beta 1 --open 1              | --alpha
            --format hm14 --alpha 1 --beta Infinity --open -1        | --beta --open
            --format hm14 --alpha 1 --beta 1 --open 1 --radius-m 3   | --radius-m
            --format mclp                                            | --radius-m --open
            --format mclp --radius-m 0 --open 1                      | --radius-m
            --format mclp --radius-m NaN --open 1 --alpha 1 --beta 1 | --radius-m --alpha --beta
            --format mclp --radius-m 4 --open 1 --gap 1              | --gap
            --format mclp --radius-m 4 --open 1 --gap NaN --threads 0 --time-limit-s 0 | --gap --threads --time-limit-s
            --format mclp --radius-m 4 --open 1 --threads 100000     | --threads
            --format workspace --alpha 1 --open 3 --radius-m 2       | --alpha --open --radius-m
            --format mclp --radius-m 4 --open 1 --certificate nowhere/out.gz | --certificate
            """)
    void everyWrongOptionIsSaidAtOnce(String options, String named) throws IOException {
        for (String lang : List.of("en", "zh")) {
            CommandLines.Said said = run("capture solve FILE --lang " + lang + " " + options, cover());
            assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.out()).isEmpty();
            List<String> names = Pattern.compile(" ").splitAsStream(named).toList();
            assertThat(said.err().strip()).contains(names).hasLineCount(names.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "capture solve", "capture solve FILE", "capture solve FILE --format csv", "capture solve FILE --format mclp --radius-m many --open 1", "capture verify FILE --format mclp",
        "capture verify"})
    void whatIsNoCommandLineIsSaid(String line) throws IOException {
        CommandLines.Said said = run(line, cover());
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void theProblemIsNeverOverwritten() throws IOException {
        Path file = cover();
        CommandLines.Said said = run("capture solve FILE --format mclp --radius-m 400 --open 1 --certificate FILE --lang en", file, file);
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("FILE itself");
        assertThat(Files.readString(file)).isEqualTo(COVER);
    }

    /// A published optimum, found and proven.
    @Test
    void aPublishedOptimumIsFoundAndProven() {
        Path file = null;
        for (Path at = CommandLines.projectFolder(); at != null && file == null; at = at.getParent()) {
            Path here = at.resolve("shared/data/optimizer/hm14/HM14_800_25.data");
            if (Files.exists(here)) file = here;
        }
        Assumptions.assumeTrue(file != null, "No folder shared/data/optimizer beside the project: this test needs the solver instances.");
        if (file == null) return;
        Path out = temp.resolve("proof.gz");
        JsonNode result = json(run("capture solve FILE --format hm14 --alpha .1 --beta 1 --open 5 --certificate FILE --json", file, out));
        assertThat(result.path("status").asString()).isEqualTo("optimal");
        assertThat(result.path("lower").asDouble(0)).isCloseTo(137.54140336018915, within(1e-4));
        assertThat(result.path("open").toString()).isEqualTo("[5,8,10,11,12]");
        assertThat(run("capture verify FILE FILE --format hm14 --alpha .1 --beta 1 --open 5", out, file).exit()).isZero();
    }

    @Test
    void aPoolListsPlansAndTheirChances() throws IOException {
        CommandLines.Said said = run("capture pool FILE --format hm14 --alpha 1,2 --beta 1 --open 1 --count 3 --within .9 --json", choose());
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode result = json(said);
        assertThat(result.path("status").asString()).isEqualTo("complete");
        assertThat(result.path("plans")).hasSize(3);
        assertThat(result.path("plans").path(0).path("open").toString()).isEqualTo("[1]");
        assertThat(result.path("plans").path(0).path("chanceSame").asDouble(0)).isCloseTo(1, within(1e-9));
        assertThat(result.path("plans").path(1).path("chanceBetter").asDouble(1)).isZero();
        CommandLines.Said zh = run("capture pool FILE --format hm14 --alpha 1 --beta 1 --open 1 --lang zh", choose());
        assertThat(zh.out()).contains("无遗漏");
        CommandLines.Said bad = run("capture pool FILE --format hm14 --alpha 1 --beta 1 --open 1 --count 1 --within 2 --certificate x --lang en", choose());
        assertThat(bad.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(bad.err()).contains("--count (1)").contains("--within (2.0)").contains("--certificate does not go with capture pool");
    }

    @Test
    void theCheapestPlanForAShareIsProven() throws IOException {
        Path out = temp.resolve("least.gz");
        CommandLines.Said said = run("capture cheapest FILE --format mclp --radius-m 400 --open 3 --target-share .7 --certificate FILE --json", cover(), out);
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode result = json(said);
        assertThat(result.path("status").asString()).isEqualTo("optimal");
        assertThat(result.path("cost").asDouble(0)).isEqualTo(2);
        assertThat(result.path("share").asDouble(0)).isCloseTo(1, within(1e-9));
        assertThat(result.path("refutedLimit").asDouble(0)).isEqualTo(1);
        CommandLines.Said proof = run("capture verify FILE FILE --format mclp --radius-m 400 --open 3 --limit 1 --target-share .7 --json", out, cover());
        assertThat(proof.exit()).as(proof.out()).isZero();
        assertThat(json(proof).path("unreachableShare").asDouble(0)).isEqualTo(.7);
        assertThat(run("capture verify FILE FILE --format mclp --radius-m 400 --open 3 --limit 1 --target-share .5", out, cover()).exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run("capture verify FILE FILE --format mclp --radius-m 400 --open 3 --limit 2", out, cover()).exit()).isEqualTo(ExitCode.REFUSED);
        CommandLines.Said never = run("capture cheapest FILE --format mclp --radius-m 400 --open 1 --target-share .9 --lang en", cover());
        assertThat(never.exit()).isEqualTo(ExitCode.INFEASIBLE);
        assertThat(never.err()).contains("share of 90%");
    }

    @Test
    void scenariosAndAKnownPlanToBeginAt() throws IOException {
        Path out = temp.resolve("worst.gz");
        String options = " --format hm14 --alpha 1,2 --beta 1 --open 1 --aim worst";
        CommandLines.Said said = run("capture solve FILE --json --certificate FILE" + options, choose(), out);
        assertThat(json(said).path("status").asString()).as(said.out()).isEqualTo("optimal");
        assertThat(run("capture verify FILE FILE" + options, out, choose()).exit()).isZero();
        assertThat(run("capture verify FILE FILE" + options.replace("worst", "mean"), out, choose()).exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 2 --start FILE", choose(), out).exit()).isZero();
        CommandLines.Said none = run("capture solve FILE --format hm14 --alpha 1 --beta 1 --open 2 --start FILE --lang en", choose(), choose());
        assertThat(none.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(none.err()).contains("no certificate");
        CommandLines.Said aim = run("capture solve FILE --format mclp --radius-m 400 --open 1 --aim worst --lang en", cover());
        assertThat(aim.err()).contains("--aim does not belong");
    }

    @Test
    void wavesOpenSitesOneAfterTheOther() throws IOException {
        Path out = temp.resolve("waves.gz");
        String options = " --format mclp --radius-m 400 --open 1,2";
        JsonNode result = json(run("capture waves FILE --json --certificate FILE" + options, cover(), out));
        assertThat(result.path("status").asString()).isEqualTo("optimal");
        assertThat(result.path("lower").asDouble(0)).isCloseTo(11 + 18, within(1e-9));
        assertThat(result.path("waves").path(0).toString()).isIn("[0]", "[1]");
        assertThat(result.path("waves").path(1).toString()).isEqualTo("[2]");
        assertThat(json(run("capture verify FILE FILE --json" + options, out, cover())).path("status").asString()).isEqualTo("proven");
        assertThat(run("capture verify FILE FILE --format mclp --radius-m 400 --open 1,3", out, cover()).exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run("capture waves FILE --format mclp --radius-m 400 --open 2,1 --lang en", cover()).err()).contains("never fall");
        assertThat(run("capture solve FILE --format mclp --radius-m 400 --open 1,2 --lang en", cover()).err()).contains("capture waves");
        assertThat(run("capture waves FILE" + options + " --lang zh", cover()).out()).contains("第 2 批");
    }
}
