package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What `effect estimate --out` leaves in its folder, from a panel whose names attack whoever shows or opens them.
class EffectPageTest {
    private static final String OUTCOME = "</script><img src=x onerror=window.hacked=1>";
    private static final int UNITS = 40;
    private static final String[] PERIODS = {"+1", "=2+A1", "@3", "@4"};
    @TempDir
    private static Path temp;
    private static Path made = Path.of("");
    private static CommandLines.Said said = new CommandLines.Said(-1, "", "");

    @BeforeAll
    static void estimate() throws IOException {
        made = temp.resolve("made");
        said = CommandLines.run("effect", "estimate", spec().toString(), "--out", made.toString(), "--lang", "en");
    }

    /// Two cohorts and units never treated, over four periods that are texts; one outcome is missing.
    private static Path spec() throws IOException {
        StringBuilder rows = new StringBuilder("unit,period,cohort,\"" + OUTCOME + "\"\n");
        for (int i = 0; i < UNITS; i++)
            for (int t = 0; t < PERIODS.length; t++) {
                int first = i % 4 == 0 ? 1 : i % 4 == 1 ? 2 : 9;
                String outcome = i == UNITS - 1 && t == 0 ? "" : String.valueOf(i % 7 + t + (t >= first ? 5 : 0) + (i * 31 + t * 17) % 11 / 10.0);
                rows.append("\"<b onclick=alert(1)>").append(i).append("\",").append(PERIODS[t]).append(',').append(first == 9 ? "never" : PERIODS[first]).append(',').append(outcome).append('\n');
            }
        Files.writeString(temp.resolve("panel.csv"), rows);
        return Files.writeString(temp.resolve("spec.yaml"), "data: panel.csv\nunit: unit\nperiod: period\noutcome: \"" + OUTCOME + "\"\ncohort: cohort\n");
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher block = Pattern.compile("<script type=\"application/json\" id=\"report-data\">(.*?)</script>", Pattern.DOTALL).matcher(Files.readString(page));
        assertThat(block.find()).isTrue();
        return JsonMapper.shared().readTree(block.group(1));
    }

    @Test
    void thePageHoldsTheAnswerAndNoFolderOrClock() throws IOException {
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode page = data(made.resolve("index.html"));
        ObjectNode result = (ObjectNode) JsonMapper.shared().readTree(Files.readString(made.resolve("effect.json")));
        result.remove("seconds");
        ((ObjectNode) result.get("data")).put("file", "panel.csv");
        assertThat(page.get("result").toString()).isEqualTo(result.toString());
        assertThat(page.path("columns").path("outcome").asString()).isEqualTo(OUTCOME);
        assertThat(page.path("verdicts").toString()).isEqualTo("[\"EFFECT\",\"EFFECT\",\"EFFECT\",null]");
        assertThat(page.path("notes").get(0).path("zh").get(0).asString()).contains("剔除");
        assertThat(Files.readString(made.resolve("index.html"))).doesNotContain(temp.toString()).doesNotContain(OUTCOME).doesNotContain("@@REPORT_DATA@@");
    }

    @Test
    void theMeansAreTheDatas() throws IOException {
        JsonNode means = data(made.resolve("index.html")).path("means");
        assertThat(means.values().stream().map(m -> m.path("group").asString()).toList()).containsExactly(PERIODS[1], PERIODS[2], "never");
        assertThat(means.values().stream().map(m -> m.path("complete").asBoolean()).toList()).containsExactly(true, true, false);
        double sum = 0;
        for (int i = 0; i < UNITS; i += 4) sum += i % 7 + i * 31 % 11 / 10.0;
        assertThat(means.get(0).path("units").asInt()).isEqualTo(UNITS / 4);
        assertThat(means.get(0).path("rows").get(0).path("mean").asDouble()).isEqualTo(sum / (UNITS / 4.0));
    }

    @Test
    void noCellIsAFormula() throws IOException {
        for (Path file : CommandLines.files(made)) {
            if (!file.toString().endsWith(".csv")) continue;
            for (String line : Files.readAllLines(file)) for (String cell : line.split(",", -1)) assertThat(cell.matches("-?[0-9.Ee-]*|[^=+@-].*")).as(file + ": " + line).isTrue();
        }
        assertThat(Files.readString(made.resolve("attGt.csv"))).contains("'=2+A1");
    }

    @Test
    void theSameSpecMakesTheSamePage() throws IOException {
        Path again = temp.resolve("again");
        assertThat(CommandLines.run("effect", "estimate", temp.resolve("spec.yaml").toString(), "--out", again.toString()).exit()).isZero();
        assertThat(again.resolve("index.html")).hasSameBinaryContentAs(made.resolve("index.html"));
    }

    /// As its reader opens it: from a file, without a network, in both languages.
    @Test
    void thePageStandsInARealBrowser() throws IOException, InterruptedException {
        Browser.look("tests/effect.mjs", made.resolve("index.html"), temp.resolve("browser"));
    }
}
