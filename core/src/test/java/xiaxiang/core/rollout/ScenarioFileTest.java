package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.core.demand.Term;
import xiaxiang.core.door.Problems;

/// Scenarios, one mistake each: the key, the line and the rule are named, and no scenario is made.
class ScenarioFileTest {
    private static final String GOOD = """
            place: "10"
            name: {zh: 县, en: County}
            brand: Ours
            currency: CNY
            public_shares: {place: CN, table: Table, period: 2017Q1}
            budget_fen: 1000
            running_cap_fen: 500
            waves:
              - {label: first, budget_fen: 400}
              - {label: second, budget_fen: 600}
            draws: 3
            require: [n0]
            forbid: [g1]
            coefficients: {DISTANCE: -0.3, nest: 0.5}
            """;
    @TempDir
    private Path folder = Path.of("");

    private Problems read(String yaml) throws IOException {
        Files.writeString(folder.resolve(ScenarioFile.NAME), yaml);
        var problems = new Problems();
        Scenario scenario = ScenarioFile.read(folder, SmallCounty.of(0).atlas(), problems);
        assertThat(scenario == null).as("no scenario exactly when there are problems: %s", problems.text(Locale.ENGLISH)).isEqualTo(!problems.isEmpty());
        return problems;
    }

    @Test
    void aGoodOneIsReadWhole() throws IOException {
        Files.writeString(folder.resolve(ScenarioFile.NAME), GOOD);
        var problems = new Problems();
        Scenario s = ScenarioFile.read(folder, SmallCounty.of(0).atlas(), problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(s).isNotNull();
        if (s == null) return;
        assertThat(s.demand().measure()).as("the only one the table holds").isEqualTo("shipment");
        assertThat(s.budgetFen()).isEqualTo(1000);
        assertThat(s.runningCapFen()).isEqualTo(500);
        assertThat(s.waves()).containsExactly(new Scenario.Wave("first", 400), new Scenario.Wave("second", 600));
        assertThat(s.coefficients()).isEqualTo(Map.of(Term.DISTANCE, -.3, Term.NEST, .5));
        assertThat(s.require()).containsExactly("n0");
        assertThat(s.forbid()).containsExactly("g1");
        assertThat(s.synthesizeSeed()).isNull();
        assertThat(s.demand().radiusMeters()).isEqualTo(15_000);
    }

    /// A piece of the good scenario, what stands there instead (`^` for a new line), the line of the problem and what its text says.
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            draws: 3              | drawz: 3                           | 11 | drawz                | is not a key of this file
            place: "10"           | # no place                         | 0  | place                | must not be empty
            place: "10"           | place: "99"                        | 1  | 99                   | is not found in divisions.csv
            place: "10"           | place: [10]                        | 1  | place                | must be one value
            zh: 县, en: County    | zh: 县                             | 2  | name.en              | must not be empty
            en: County            | en: County, fr: Comté              | 2  | name.fr              | is not a key
            name: {zh: 县, en: County} | name: County                  | 2  | name                 | must be a group of keys
            brand: Ours           | brand: Nobody                      | 3  | Nobody               | Big, Others, Ours
            brand: Ours           | brand:                             | 3  | brand                | must not be empty
            period: 2017Q1        | period: 2016Q4                     | 5  | 2016Q4               | is not found in market.csv
            table: Table          | table: IDC                         | 5  | 2017Q1               | is not found in market.csv
            place: CN             | place: {a: b}                      | 5  | public_shares.place  | must be one value
            budget_fen: 1000      | budget_fen: -1                     | 6  | -1                   | is out of range
            budget_fen: 1000      | budget_fen: 1,000                  | 6  | 1,000                | is not a whole number
            budget_fen: 1000      | budget_fen: 1e3                    | 6  | 1e3                  | is not a whole number
            budget_fen: 1000      | budget_fen: 2000000000000000       | 6  | 2000000000000000     | is out of range
            budget_fen: 1000      | budget_fen: 99999999999999999999   | 6  | 99999999999999999999 | is not a whole number
            budget_fen: 1000      | budget_fen: NaN                    | 6  | NaN                  | is not a whole number
            budget_fen: 1000      | budget_fen: 999                    | 8  | 1000                 | it must be in [0, 999]
            budget_fen: 1000      | budget_fen: 1000^budget_fen: 2000  | 7  | budget_fen           | twice
            running_cap_fen: 500  | running_cap_fen: -5                | 7  | -5                   | is out of range
            running_cap_fen: 500  | running_cap_fen: 五百              | 7  | 五百                 | is not a whole number
            label: first, budget_fen: 400 | label: first               | 9  | waves[0].budget_fen  | must not be empty
            label: first,         | label: first, sites: 3,            | 9  | waves[0].sites       | is not a key
            - {label: first, budget_fen: 400} | - first                | 9  | waves[0]             | must be a group of keys
            label: second         | label: first                       | 10 | first                | waves[0].label is the same
            budget_fen: 600       | budget_fen: 601                    | 8  | 1001                 | it must be in [0, 1000]
            draws: 3              | draws: 1001                        | 11 | 1001                 | is out of range
            draws: 3              | draws: 3.5                         | 11 | 3.5                  | is not a whole number
            draws: 3              | draws: 3^synthesize_seed: -1       | 12 | -1                   | is out of range
            draws: 3              | draws: 3^reach_meters: 99          | 12 | 99                   | is out of range
            draws: 3              | draws: 3^shops_considered: 0       | 12 | 0                    | is out of range
            require: [n0]         | require: [nowhere]                 | 12 | nowhere              | is not found in sites.csv
            require: [n0]         | require: n0                        | 12 | require              | must be a list
            require: [n0]         | require: [[n0]]                    | 12 | require              | must be one value
            require: [n0]         | require: [n0, g1]                  | 13 | g1                   | contradicts require
            DISTANCE: -0.3        | DISTANCE: 0.3                      | 14 | 0.3                  | it must be in [-1.0, -0.02]
            DISTANCE: -0.3        | DISTANCE: NaN                      | 14 | NaN                  | is out of range
            DISTANCE: -0.3        | DISTANCE: near                     | 14 | near                 | is not a number
            DISTANCE: -0.3        | DISTANZ: -0.3                      | 14 | DISTANZ              | is not a key
            nest: 0.5             | nest: 0.5, NEST: 0.6               | 14 | NEST                 | twice
            brand: Ours           | brand: Ours^  odd: [               | 0  | scenario.yaml        | is not valid YAML
            brand: Ours           | brand: "Ours                       | 0  | scenario.yaml        | is not valid YAML
            brand: Ours           | brand: &a Ours^extra: *a           | 0  | extra                | is not a key
            """)
    void aMistakeIsNamed(String good, String bad, int line, String what, String rule) throws IOException {
        assertThat(GOOD).contains(good);
        int at = GOOD.indexOf(good);
        Problems problems = read(GOOD.substring(0, at) + bad.replace("^", "\n") + GOOD.substring(at + good.length()));
        assertThat(problems.text(Locale.ENGLISH)).contains(what).contains(rule);
        assertThat(problems.text(Locale.SIMPLIFIED_CHINESE)).contains(what.equals("scenario.yaml") ? "YAML" : what).isNotEqualTo(problems.text(Locale.ENGLISH));
        if (line > 0) assertThat(problems.list()).as(problems.text(Locale.ENGLISH)).anyMatch(p -> p.row() == line);
    }

    @Test
    void allMistakesAtOnce() throws IOException {
        Problems problems = read(GOOD.replace("brand: Ours", "brand: Nobody").replace("budget_fen: 1000", "budget_fen: -3").replace("draws: 3", "draws: many").replace("[n0]", "[nowhere]")
                .replace("DISTANCE: -0.3", "DISTANCE: 5").replace("2017Q1", "1999Q1").replace("currency: CNY", "coin: CNY"));
        assertThat(problems.list()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(problems.text(Locale.ENGLISH)).contains("Nobody", "-3", "many", "nowhere", "5", "1999Q1", "coin", "currency");
    }

    @Test
    void aBrandWithoutAPublicShareIsNamed() throws IOException {
        Files.writeString(folder.resolve(ScenarioFile.NAME), GOOD);
        SmallCounty c = SmallCounty.of(0);
        var problems = new Problems();
        ScenarioFile.read(folder, new SmallCounty(c.divisions(), c.people(), c.brands(), c.shops(), c.sites(), List.of(SmallCounty.fact("Ours", 10.0))).atlas(), problems);
        assertThat(problems.text(Locale.ENGLISH)).contains("has no share of the brand Big");
    }

    private @Nullable Scenario amongTwoMeasures(String publicShares, Problems problems) throws IOException {
        Files.writeString(folder.resolve(ScenarioFile.NAME), GOOD.replace("period: 2017Q1", "period: 2017Q1" + publicShares));
        SmallCounty c = SmallCounty.of(0);
        List<MarketFact> market = new ArrayList<>();
        for (MarketFact f : c.market()) market.add(new MarketFact(f.place(), f.period(), f.table(), f.brand(), "sell-out", 5.0, null, .1, null, "", SmallCounty.SEEN));
        market.addAll(c.market());
        return ScenarioFile.read(folder, new SmallCounty(c.divisions(), c.people(), c.brands(), c.shops(), c.sites(), market).atlas(), problems);
    }

    @Test
    void whereATableHoldsTwoMeasuresOneMustBeNamed() throws IOException {
        var problems = new Problems();
        assertThat(amongTwoMeasures("", problems)).isNull();
        assertThat(problems.text(Locale.ENGLISH)).contains("holds several measures").contains("sell-out, shipment");
        assertThat(problems.list()).singleElement().satisfies(p -> assertThat(p.row()).isEqualTo(5));
        problems = new Problems();
        assertThat(amongTwoMeasures(", measure: activation", problems)).isNull();
        assertThat(problems.text(Locale.ENGLISH)).contains("activation").contains("is not found in market.csv");
        problems = new Problems();
        assertThat(amongTwoMeasures(", measure: shipment", problems)).isNotNull().satisfies(s -> assertThat(s.demand().measure()).isEqualTo("shipment"));
        assertThat(amongTwoMeasures(", measure: sell-out", problems)).isNotNull().satisfies(s -> assertThat(s.demand().measure()).isEqualTo("sell-out"));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void noFileAndNoTextAreProblems() throws IOException {
        var problems = new Problems();
        assertThat(ScenarioFile.read(folder.resolve("nowhere"), SmallCounty.of(0).atlas(), problems)).isNull();
        assertThat(problems.text(Locale.ENGLISH)).contains("scenario.yaml").contains("is missing");
        assertThat(read("").isEmpty()).isFalse();
        assertThat(read("- a\n- b\n").isEmpty()).isFalse();
        assertThat(read("42\n").isEmpty()).isFalse();
    }

    @Test
    void theTemplateIsReadBackButForItsFacts() throws IOException {
        ScenarioFile.writeTemplate(folder);
        var problems = new Problems();
        assertThat(ScenarioFile.read(folder, SmallCounty.of(0).atlas(), problems)).isNull();
        assertThat(problems.list()).as(problems.text(Locale.ENGLISH)).extracting(p -> p.column()).containsExactlyInAnyOrder("place", "brand", "public_shares.period");
    }
}
