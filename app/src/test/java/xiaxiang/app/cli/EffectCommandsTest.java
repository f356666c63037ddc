package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `effect estimate`: published answers from a SPEC, and what it refuses.
class EffectCommandsTest {
    private static final String SPEC = "data: d.csv\nunit: u\nperiod: t\noutcome: y\ncohort: g\n";
    private static final String DATA = """
            u,t,y,g,x,d
            a,2001,1,2002,1,0
            a,2002,6,2002,1,1
            b,2001,2,2002,3,0
            b,2002,9,2002,3,1
            c,2001,0,0,2,0
            c,2002,1,0,2,0
            e,2001,4,,5,0
            e,2002,6,,5,0
            """;

    @TempDir
    private Path temp = Path.of("");

    private CommandLines.Said run(String spec, String data, String... options) throws IOException {
        Files.writeString(temp.resolve("d.csv"), data);
        Path file = Files.writeString(temp.resolve("s.yaml"), spec);
        String[] words = new String[3 + options.length];
        words[0] = "effect";
        words[1] = "estimate";
        words[2] = file.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return CommandLines.run(words);
    }

    private static JsonNode json(CommandLines.Said said) {
        assertThat(said.exit()).as(said.err()).isZero();
        return JsonMapper.shared().readTree(said.out()).path("estimators");
    }

    private static Path science(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.isRegularFile(at.resolve("shared/data/science").resolve(name))) return at.resolve("shared/data/science").resolve(name);
        Assumptions.abort("No " + name + " in a folder shared/data/science beside the project: this test needs the published data.");
        return Path.of("");
    }

    private static double number(JsonNode node) {
        return node.asDouble(Double.NaN);
    }

    @Test
    void publishedCountiesComeOutOfASpec() throws IOException {
        String spec = "data: " + science("did_mpdta.csv") + "\nunit: countyreal\nperiod: year\noutcome: lemp\ncohort: first.treat\n";
        JsonNode all = json(run(spec, DATA, "--json"));
        JsonNode attGt = all.get(0);
        assertThat(attGt.path("name").asString()).isEqualTo("attGt");
        assertThat(number(attGt.path("estimate"))).isCloseTo(-.0399512752, within(1e-10));
        assertThat(number(attGt.path("standardError"))).isCloseTo(.0120340128, within(1e-10));
        assertThat(attGt.path("verdict").asString()).isEqualTo("effect found");
        assertThat(number(attGt.path("preTestP"))).isCloseTo(.16812, within(5e-6));
        assertThat(attGt.path("table").size()).isEqualTo(12);
        assertThat(attGt.path("table").get(0).path("group").asInt()).isEqualTo(2004);
        assertThat(number(attGt.path("aggregations").path("group").path("standardError"))).isCloseTo(.0124152736, within(1e-10));
        assertThat(number(attGt.path("aggregations").path("dynamic").path("estimate"))).isCloseTo(-.0772398215, within(1e-10));
        assertThat(number(attGt.path("aggregations").path("calendar").path("standardError"))).isCloseTo(.0159718519, within(1e-10));
        assertThat(number(all.get(1).path("estimate"))).isCloseTo(-.0477099182784, within(1e-12));
        assertThat(number(all.get(2).path("estimate"))).isCloseTo(-.0365489366741, within(1e-12));
        assertThat(number(all.get(3).path("diagnostics").path("weightedSum"))).isCloseTo(-.0365489366741, within(1e-12));
        JsonNode dr = json(run(spec + "covariates: lpop\nmethod: dr\nestimators: attGt\n", DATA, "--json")).get(0);
        assertThat(number(dr.path("estimate"))).isCloseTo(-.0417517721, within(1e-10));
        assertThat(number(dr.path("standardError"))).isCloseTo(.0115028382, within(1e-10));
    }

    @Test
    void publishedStatesComeOutOfATreatmentColumn() throws IOException {
        String spec = "data: " + science("synthdid_california_prop99.csv") + "\nunit: State\nperiod: Year\noutcome: PacksPerCapita\ntreatment: treated\nestimators: [syntheticDid, syntheticControl, twfe]\n";
        JsonNode all = json(run(spec, DATA, "--json"));
        assertThat(number(all.get(0).path("estimate"))).isCloseTo(-15.6038, within(.03));
        assertThat(number(all.get(0).path("standardError"))).isCloseTo(9.369, within(.09));
        assertThat(number(all.get(1).path("estimate"))).isCloseTo(-19.6197, within(.03));
        assertThat(number(all.get(2).path("estimate"))).isCloseTo(-27.3491110836, within(1e-8));
        assertThat(all.get(2).path("standardError").isNull()).isTrue();
    }

    @Test
    void aPersonReadsAVerdictInBothLanguages() throws IOException {
        CommandLines.Said en = run(SPEC + "smallestEffect: 100\n", DATA, "--lang", "en");
        assertThat(en.exit()).as(en.err()).isZero();
        assertThat(en.out()).contains("4 units, 2 periods from 2001 to 2002", "Average effect", "4.5000", "Verdict: effect found.", "Only 4 clusters");
        assertThat(run(SPEC, DATA, "--lang", "zh").out()).contains("结论：有效应。", "只有 4 个聚类");
        assertThat(CommandLines.run("effect", "estimate", "--help").out()).contains("smallestEffect", "estimators: [attGt");
    }

    @Test
    void noEffectIsSaidOnlyWhereASizeWasStatedAndIsRuledOut() throws IOException {
        StringBuilder data = new StringBuilder("u,t,y,g\n");
        for (int i = 0; i < 40; i++) for (int t = 0; t < 2; t++) data.append(i).append(',').append(t).append(',').append((i * 7 + t * (i / 2 % 5)) % 11).append(',').append(i % 2 == 0 ? 1 : "never").append('\n');
        assertThat(json(run(SPEC + "estimators: attGt\n", data.toString(), "--json")).get(0).path("verdict").asString()).isEqualTo("cannot tell");
        assertThat(json(run(SPEC + "estimators: attGt\nsmallestEffect: 50\n", data.toString(), "--json")).get(0).path("verdict").asString()).isEqualTo("no effect found");
    }

    @Test
    void tablesAreWritten() throws IOException {
        Path out = temp.resolve("out");
        assertThat(run(SPEC, DATA, "--out", out.toString(), "--quiet").out()).isEmpty();
        assertThat(Files.readAllLines(out.resolve("attGt.csv"))).hasSize(2).first().isEqualTo("group,time,estimate,standardError,low,high,p,bandLow,bandHigh,treated");
        assertThat(out.resolve("effect.json")).exists();
        assertThat(out.resolve("attGt-averages.csv")).exists();
        assertThat(out.resolve("bacon.csv")).exists();
    }

    @Test
    void aTreatmentColumnAndOtherSeparatorsSayTheSame() throws IOException {
        JsonNode one = json(run(SPEC + "estimators: attGt\n", DATA, "--json")).get(0);
        JsonNode other = json(run(SPEC.replace("cohort: g", "treatment: d") + "estimators: attGt\n", DATA.replace(',', ';'), "--json")).get(0);
        assertThat(other).isEqualTo(one);
    }

    /// Each line: what is replaced in SPEC or data, by what, and what is said.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome: y       | outcome: z            | d.csv row 1 column z
            cohort: g        | cohorts: g            | cohort: must not be empty
            cohort: g        | covariates: [x, nope]\\ncohort: g | column nope
            cohort: g        | cohort: g\\ncontrols: sometimes | notyet
            cohort: g        | cohort: g\\nestimators: [attgt] | one of: attGt
            cohort: g        | cohort: g\\nanticipation: -1 | [0, 1000]
            cohort: g        | cohort: g\\nwhatever: 1 | whatever
            cohort: g        | treatment: x          | row 4 column x
            a,2002,6         | a,2001,6              | row 3 column u "a": stands there twice. row 2
            a,2002,6,2002    | a,2002,6,2001         | row 3 column g "2001": differs
            a,2001,1,2002    | a,2001,oops,2002      | row 2 column y "oops": is not a number
            b,2001,2         | ,2001,2               | row 4 column u: must not be empty
            b,2001,2         | b,,2                  | row 4 column t: must not be empty
            """)
    void hostileSpecsAndDataAreProblemsWithTheirPlace(String what, String by, String says) throws IOException {
        String with = by.replace("\\n", "\n");
        CommandLines.Said said = run(SPEC.replace(what, with), DATA.replace(what, with), "--lang", "en");
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(says);
    }

    @Test
    void aTreatmentThatEndsIsAProblem() throws IOException {
        CommandLines.Said said = run(SPEC.replace("cohort: g", "treatment: d"), DATA.replace("a,2001,1,2002,1,0", "a,2001,1,2002,1,1").replace("a,2002,6,2002,1,1", "a,2002,6,2002,1,0"), "--lang", "en");
        assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("row 3 column d", "ends a treatment that had begun", "row 2");
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithAReason() throws IOException {
        CommandLines.Said said = run(SPEC + "estimators: [attGt, imputation, twfe, bacon, syntheticDid]\n", DATA.replace("2002,1,1", "2002,1,1").replace(",2002,1,", ",0,1,").replace(",2002,3,", ",0,3,"), "--json");
        assertThat(said.exit()).isEqualTo(ExitCode.REFUSED);
        for (JsonNode one : JsonMapper.shared().readTree(said.out()).path("estimators")) assertThat(one.path("refusal").size()).isPositive();
    }

    @Test
    void aFilterIsTheSameAsAFileWithoutTheRows() throws IOException {
        String more = DATA + "f,2003,1,2001,9,1\nf,2004,1,2001,9,1\n";
        JsonNode kept = json(run(SPEC + "filter: x < 9\nestimators: [attGt, imputation, twfe]\n", more, "--json"));
        assertThat(kept).isEqualTo(json(run(SPEC + "estimators: [attGt, imputation, twfe]\n", DATA, "--json")));
        CommandLines.Said none = run(SPEC + "filter: nosuch > 1\n", DATA, "--json");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("nosuch");
        assertThat(JsonMapper.shared().readTree(none.out()).path("problems").size()).isEqualTo(1);
    }

    @Test
    void placebosAreANumberAllOrNone() throws IOException {
        StringBuilder data = new StringBuilder("u,t,y,g\n");
        for (int i = 0; i < 8; i++) for (int t = 0; t < 6; t++) data.append(i).append(',').append(t).append(',').append((i * 7 + t * (i + 2) % 5) % 11).append(',').append(i == 0 ? 4 : i == 1 ? 1 : 0).append('\n');
        JsonNode all = json(run(SPEC + "placebos: true\nestimators: [{name: syntheticControl, placebos: false}, syntheticControl, {name: syntheticDid, placebos: 3, seed: 5}]\n", data.toString(), "--json"));
        assertThat(all.get(0).path("standardError").isNull()).isTrue();
        assertThat(all.get(0).path("diagnostics").path("placeboEstimates").isMissingNode()).isTrue();
        assertThat(all.get(1).path("diagnostics").path("placeboEstimates").size()).isEqualTo(6);
        assertThat(all.get(2).path("diagnostics").path("placeboEstimates").size()).isEqualTo(3);
        assertThat(all.get(1).path("warnings").get(0).asString()).startsWith("The cohort 1 has fewer periods before treatment than the 2");
        assertThat(run(SPEC + "estimators: syntheticControl\n", data.toString(), "--lang", "zh").out()).contains("批次组 1 处理前的期数少于该方法所需的 2 期");
    }
}
