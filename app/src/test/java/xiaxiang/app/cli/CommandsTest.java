package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each command says and how it ends.
class CommandsTest {
    @TempDir
    private Path temp = Path.of("");

    private Path demo() {
        return CommandLines.copy(CommandLines.demo(), temp.resolve("county"));
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aBadWorkspaceIsListedWholeAndNothingIsWritten() throws IOException {
        Path county = demo();
        change(county.resolve("scenario.yaml"), "draws: 50", "draws: many");
        change(county.resolve("scenario.yaml"), "brand: Xiaomi", "brand: Nobody");
        change(county.resolve("brands.csv"), "#5b9a86", "green");
        Files.delete(county.resolve("models.csv"));
        Path out = temp.resolve("out");
        for (String lang : List.of("en", "zh")) {
            CommandLines.Said said = CommandLines.run("plan", county.toString(), "--out", out.toString(), "--lang", lang);
            assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.err()).contains("many").contains("Nobody").contains("green").contains("models.csv").doesNotContain("Exception");
            assertThat(said.out()).isEmpty();
        }
        assertThat(out).doesNotExist();
        CommandLines.Said checked = CommandLines.run("check", county.toString(), "--json");
        assertThat(checked.exit()).isEqualTo(ExitCode.BAD_INPUT);
        JsonNode list = JsonMapper.shared().readTree(checked.out());
        assertThat(list.size()).isGreaterThanOrEqualTo(4);
        for (JsonNode problem : list) assertThat(problem.path("file").asString()).isNotBlank();
    }

    @Test
    void aLanguageThatIsNotSpokenIsSaid() {
        CommandLines.Said said = CommandLines.run("check", "nowhere", "--lang", "fr");
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("--lang must be zh or en, not fr").contains("须为 zh 或 en");
        assertThat(CommandLines.run("check", CommandLines.demo().toString(), "--lang", "zh-CN").err()).doesNotContain("--lang");
    }

    @Test
    void aWorkspaceThatIsNotThereIsSaid() {
        CommandLines.Said said = CommandLines.run("check", temp.resolve("nowhere").toString(), "--lang", "en");
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("scenario.yaml").doesNotContain("Exception");
    }

    @Test
    void theDemoChecksOut() {
        CommandLines.Said said = CommandLines.run("check", CommandLines.demo().toString(), "--lang", "en");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("367");
        assertThat(CommandLines.run("check", CommandLines.demo().toString(), "--json").out().strip()).isEqualTo("[]");
    }

    @Test
    void initWritesATemplateThatCheckOnlyFindsEmpty() {
        Path fresh = temp.resolve("fresh");
        assertThat(CommandLines.run("init", fresh.toString()).exit()).isZero();
        assertThat(CommandLines.files(fresh)).extracting(f -> f.getFileName().toString()).contains("scenario.yaml", "divisions.csv", "shops.csv");
        CommandLines.Said checked = CommandLines.run("check", fresh.toString(), "--lang", "en");
        assertThat(checked.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(checked.err()).contains("divisions.csv").contains("has no rows").doesNotContain("is not a column");
        CommandLines.Said again = CommandLines.run("init", fresh.toString());
        assertThat(again.exit()).as("a folder that is not empty is left alone").isEqualTo(ExitCode.BAD_INPUT);
        assertThat(again.err()).doesNotContain("\tat ");
    }

    @Test
    void synthesizedShopsAreReadBack() throws IOException {
        Path county = demo();
        Path shops = temp.resolve("shops");
        assertThat(CommandLines.run("atlas", "synthesize", county.toString(), "--seed", "7", "--out", shops.toString()).exit()).isZero();
        Path same = temp.resolve("same");
        assertThat(CommandLines.run("atlas", "synthesize", county.toString(), "--seed", "7", "--out", same.toString()).exit()).isZero();
        for (String name : List.of("shops.csv", "sites.csv")) {
            assertThat(same.resolve(name)).hasSameBinaryContentAs(shops.resolve(name));
            assertThat(Files.readAllLines(shops.resolve(name))).as(name).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("id,") || line.endsWith(",synthetic") || line.endsWith(",modelled"));
            Files.copy(shops.resolve(name), county.resolve(name));
        }
        CommandLines.Said checked = CommandLines.run("check", county.toString(), "--lang", "en");
        assertThat(checked.exit()).as(checked.err()).isZero();
        CommandLines.Said again = CommandLines.run("atlas", "synthesize", county.toString(), "--seed", "7", "--out", shops.toString());
        assertThat(again.exit()).as("files are never overwritten").isEqualTo(ExitCode.BAD_INPUT);
        assertThat(again.err()).contains("shops.csv").hasLineCount(1);
    }

    @Test
    void whatNoPlanCanKeepIsInfeasible() throws IOException {
        Path county = demo();
        Files.writeString(county.resolve("scenario.yaml"), "\nrequire: [410329105-OPEN1]\n", java.nio.file.StandardOpenOption.APPEND);
        String text = Files.readString(county.resolve("scenario.yaml")).replaceAll("budget_fen: \\d+", "budget_fen: 0");
        Files.writeString(county.resolve("scenario.yaml"), text);
        Path out = temp.resolve("out");
        CommandLines.Said said = CommandLines.run("plan", county.toString(), "--out", out.toString(), "--lang", "en");
        assertThat(said.exit()).as(said.err() + said.out()).isEqualTo(ExitCode.INFEASIBLE);
        assertThat(said.err()).contains("the budget is 0.").contains("lift a lock").doesNotContain("resource");
        assertThat(CommandLines.run("plan", county.toString(), "--out", out.toString(), "--lang", "zh").err()).contains("预算为 0 元").doesNotContain("plan");
        CommandLines.Said json = CommandLines.run("plan", county.toString(), "--out", out.toString(), "--json");
        assertThat(json.exit()).isEqualTo(ExitCode.INFEASIBLE);
        assertThat(JsonMapper.shared().readTree(json.out()).path("status").asString()).isEqualTo("infeasible");
        assertThat(JsonMapper.shared().readTree(json.out()).path("excesses").path(0).path("limit").asString()).isEqualTo("budget");
        assertThat(out).doesNotExist();
    }

    @Test
    void aShopThatWasSeenIsNotCalledSynthetic() throws IOException {
        Path county = demo();
        Files.writeString(county.resolve("shops.csv"), "id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind\nt1,试验一店,410329101,112.289,34.316,WGS-84,rival,owner_run,OPPO,0,test,observed\n");
        change(county.resolve("scenario.yaml"), "draws: 50", "draws: 0");
        Path out = temp.resolve("out");
        CommandLines.Said said = CommandLines.run("plan", county.toString(), "--out", out.toString());
        assertThat(said.exit()).as(said.err()).isZero();
        String page = Files.readString(out.resolve("index.html"));
        String mark = "id=\"report-data\">";
        int from = page.indexOf(mark) + mark.length();
        List<Integer> kinds = new java.util.ArrayList<>();
        for (JsonNode kind : JsonMapper.shared().readTree(page.substring(from, page.indexOf("</script>", from))).path("shops").path("kind")) kinds.add(kind.asInt());
        assertThat(kinds.stream().filter(kind -> kind == 0).count()).isEqualTo(1);
        assertThat(kinds.stream().filter(kind -> kind == 2).count()).isGreaterThan(150).isEqualTo(kinds.size() - 1L);
    }

    /// The own shop must close, so the best plan loses; and with no draws there is no range to print.
    @Test
    void aPlanThatCanOnlyLoseIsProvenToo() throws IOException {
        Path county = demo();
        String text = Files.readString(county.resolve("scenario.yaml")).replaceAll("running_cap_fen: \\d+", "running_cap_fen: 0").replaceAll("draws: \\d+", "draws: 0");
        Files.writeString(county.resolve("scenario.yaml"), text);
        String out = temp.resolve("out").toString();
        CommandLines.Said said = CommandLines.run("plan", county.toString(), "--out", out, "--lang", "en");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("Net units a year      -").contains("no range").doesNotContain("NaN").doesNotContain("Infinity");
        CommandLines.Said proof = CommandLines.run("plan", "verify", out, "--lang", "en");
        assertThat(proof.exit()).as(proof.err() + proof.out()).isZero();
        assertThat(proof.out()).contains("Proven").doesNotContain("Infinity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "plan", "plan verify", "check", "init", "atlas synthesize", "capture solve", "capture verify"})
    void helpShowsAnExample(String command) {
        List<String> words = new java.util.ArrayList<>(java.util.regex.Pattern.compile(" ").splitAsStream(command).filter(w -> !w.isEmpty()).toList());
        words.add("--help");
        CommandLines.Said said = CommandLines.run(words.toArray(String[]::new));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("Example").contains("xiaxiang " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plan", "plan x", "plan x --atlas y --region 41 --out z", "plan --atlas y --out z", "atlas", "nonsense", "demo --nonsense", "plan x --out z --threads 0",
        "plan x --out z --gap 2", "plan x --out z --threads many"})
    void wrongOptionsAreSaid(String line) {
        CommandLines.Said said = CommandLines.run(java.util.regex.Pattern.compile(" ").splitAsStream(line).filter(w -> !w.isEmpty()).toArray(String[]::new));
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidInALine() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        CommandLines.Said said = CommandLines.run("demo", "--out", file.resolve("out").toString());
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err().strip()).contains("file").doesNotContain("\tat ");
    }

    /// A prefecture of the national atlas.
    @Test
    void aPrefectureOfTheNationalAtlasIsPlanned() {
        Path atlas = atlas();
        Path out = temp.resolve("luoyang");
        String[] command = {"plan", "--atlas", atlas.toString(), "--region", "4103", "--synthesize", "7", "--out", out.toString(), "--json"};
        CommandLines.Said said = CommandLines.run(command);
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode plan = JsonMapper.shared().readTree(said.out());
        assertThat(plan.path("gap").asDouble()).isBetween(0.0, .005);
        assertThat(plan.path("shareBefore").asDouble()).isCloseTo(.08, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(plan.path("sites").size()).isGreaterThan(50);
        assertThat(plan.path("place").path("code").asString()).isEqualTo("4103");
        assertThat(CommandLines.run("plan", "verify", out.toString()).exit()).isZero();
    }

    private static Path atlas() {
        for (Path at = CommandLines.projectFolder(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/data/atlas");
            if (Files.isDirectory(folder)) return folder;
        }
        Assumptions.abort("No folder shared/data/atlas beside the project: this test needs the national atlas.");
        throw new AssertionError("not reached");
    }
}
