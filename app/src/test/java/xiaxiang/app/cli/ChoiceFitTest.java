package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `choice fit` on published data and answers, and relations between ways to state one model.
class ChoiceFitTest {
    private static final String SWISSMETRO = """
            data: %s
            filter: (PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0
            choice: CHOICE
            alternatives:
              - {id: 1, name: train, available: TRAIN_AV * (SP != 0), utility: "asc_train + %2$s * TRAIN_TT / 100 + b_cost * TRAIN_CO * (GA == 0) / 100"}
              - {id: 2, name: sm, available: SM_AV, utility: "%2$s * SM_TT / 100 + b_cost * SM_CO * (GA == 0) / 100"}
              - {id: 3, name: car, available: CAR_AV * (SP != 0), utility: "asc_car + (%2$s * CAR_TT + b_cost * CAR_CO) / 100"}
            """;

    @TempDir
    private Path temp = Path.of("");

    private static Path science(String file) {
        for (Path at = CommandLines.projectFolder(); at != null; at = at.getParent()) {
            Path here = at.resolve("shared/data/science").resolve(file);
            if (Files.exists(here)) return here;
        }
        return Assumptions.abort("No folder shared/data/science beside the project: this test needs published data.");
    }

    private CommandLines.Said run(String spec, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("choice", "fit", Files.writeString(temp.resolve("spec.yaml"), spec).toString()));
        words.addAll(List.of(more));
        return CommandLines.run(words.toArray(String[]::new));
    }

    private JsonNode fit(String spec, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("--json"));
        words.addAll(List.of(more));
        CommandLines.Said said = run(spec, words.toArray(String[]::new));
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out().strip()).hasLineCount(1);
        JsonNode result = JsonMapper.shared().readTree(said.out());
        assertThat(result.path("converged").asBoolean(false)).isTrue();
        assertThat(result.path("gradientNorm").asDouble(1)).isLessThan(1e-5);
        return result;
    }

    private static double number(JsonNode result, String name, String key) {
        for (JsonNode p : result.path("parameters")) if (p.path("name").asString().equals(name)) return p.path(key).asDouble(Double.NaN);
        throw new AssertionError("No parameter " + name + " in " + result);
    }

    private static double estimate(JsonNode result, String name) {
        return number(result, name, "estimate");
    }

    private static double logLikelihood(JsonNode result) {
        return result.path("logLikelihood").asDouble(Double.NaN);
    }

    /// Biogeme's b01a; the coefficients are those of the maximum, which biogeme stops a little short of.
    @Test
    void swissmetroIsBiogemes() throws IOException {
        JsonNode result = fit(SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time") + "errors: [hessian, bhhh, sandwich, cluster: ID]\n");
        assertThat(result.path("observations").asInt(0)).isEqualTo(6768);
        assertThat(logLikelihood(result)).isCloseTo(-5331.252006916, within(1e-8));
        assertThat(result.path("nullLogLikelihood").asDouble(0)).isCloseTo(-6964.662979191, within(1e-8));
        String[] names = {"asc_train", "b_time", "b_cost", "asc_car"};
        double[] estimates = {-.70118671, -1.27786025, -1.08379065, -.15463242};
        double[] errors = {.0548739332, .0568833453, .0518301917, .0432354717};
        double[] robust = {.082562036, .104254484, .068225058, .058163428};
        for (int k = 0; k < names.length; k++) {
            assertThat(estimate(result, names[k])).isCloseTo(estimates[k], within(1e-8));
            assertThat(number(result, names[k], "standardError")).isCloseTo(errors[k], within(1e-8));
            assertThat(number(result, names[k], "robustError")).isCloseTo(robust[k], within(1e-8));
            assertThat(number(result, names[k], "clusterError")).isGreaterThan(robust[k]);
        }
        // Its nest is that of biogeme's b09, which the next test fits.
        assertThat(result.path("warnings")).singleElement().extracting(JsonNode::asString).asString().contains("a nest that this logit has not: train, car (score test, p <0.0001");
    }

    @Test
    void nestedSwissmetroIsBiogemes() throws IOException {
        String nests = "nests: [{name: existing, parameter: mu, alternatives: [train, 3]}]\n";
        Path logit = Files.writeString(temp.resolve("logit.yaml"), SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time"));
        JsonNode result = fit(SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time") + nests, "--against", logit.toString());
        assertThat(logLikelihood(result)).isGreaterThan(-5236.9000152).isCloseTo(-5236.9000136, within(1e-6));
        assertThat(estimate(result, "mu")).isCloseTo(2.0539, within(3e-4));
        assertThat(number(result, "mu", "robustError")).isCloseTo(.164, within(3e-4));
        assertThat(estimate(result, "b_time")).isCloseTo(-.8987, within(3e-4));
        assertThat(result.path("likelihoodRatio").path("degrees").asInt(0)).isEqualTo(1);
        assertThat(result.path("likelihoodRatio").path("statistic").asDouble(0)).isCloseTo(2 * (5331.252007 - 5236.900014), within(1e-4));
        // Dissimilarity is one over the scale: the same model in mlogit's terms.
        JsonNode other = fit(SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time") + nests + "nest_parameters: dissimilarity\n");
        assertThat(logLikelihood(other)).isCloseTo(logLikelihood(result), within(1e-8));
        assertThat(estimate(other, "mu")).isCloseTo(1 / estimate(result, "mu"), within(1e-7));
    }

    /// Biogeme's b05a with a tenth of its draws, which are Halton's here.
    @Test
    void mixedSwissmetroIsBiogemes() throws IOException {
        JsonNode result = fit(SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "TIME") + """
                random: {TIME: {distribution: normal, mean: b_time, deviation: b_time_s}}
                draws: {type: halton, number: 1000}
                errors: [hessian]
                """);
        assertThat(logLikelihood(result)).isCloseTo(-5215.694, within(1.0));
        assertThat(estimate(result, "b_time")).isCloseTo(-2.2568, within(.03));
        assertThat(estimate(result, "b_time_s")).isCloseTo(1.6543, within(.03));
        assertThat(estimate(result, "b_cost")).isCloseTo(-1.2846, within(.03));
    }

    @Test
    void heatingIsMlogits() throws IOException {
        String all = "data: " + science("mlogit_Heating.csv") + "\nchoice: depvar\nalternatives:\n";
        StringBuilder plain = new StringBuilder(all);
        StringBuilder constants = new StringBuilder(all);
        for (String a : List.of("gc", "gr", "ec", "er", "hp")) {
            plain.append("  - {id: ").append(a).append(", utility: ic * ic.").append(a).append(" + oc * oc.").append(a).append("}\n");
            constants.append("  - {id: ").append(a).append(", utility: \"ic * `ic.").append(a).append("` + oc * oc.").append(a).append(a.equals("hp") ? "" : " + asc[alt]").append("\"}\n");
        }
        JsonNode result = fit(plain.toString());
        assertThat(logLikelihood(result)).isCloseTo(-1095.23712533, within(1e-7));
        assertThat(estimate(result, "ic")).isCloseTo(-.006231869335, within(6e-9));
        assertThat(estimate(result, "oc")).isCloseTo(-.004580082961, within(4e-9));
        assertThat(number(result, "ic", "standardError")).isCloseTo(.00035277397, within(4e-10));
        assertThat(number(result, "oc", "standardError")).isCloseTo(.0003221638, within(3e-10));
        assertThat(logLikelihood(fit(constants.toString()))).isCloseTo(-1008.22872199, within(1e-7));
    }

    private static final String TRAIN = """
            data: %s
            choice: choice
            individual: id
            alternatives:
              - {id: A, utility: "price * price_A / 100 * 2.20371 + time * time_A / 60 + change * change_A + comfort * comfort_A"}
              - {id: B, utility: "price * price_B / 100 * 2.20371 + time * time_B / 60 + change * change_B + comfort * comfort_B"}
            """;

    private static void checkTrain(JsonNode result) {
        assertThat(logLikelihood(result)).isCloseTo(-1724.1500271594, within(1e-8));
        assertThat(estimate(result, "price")).isCloseTo(-.0673580564, within(1e-8));
        assertThat(estimate(result, "time")).isCloseTo(-1.7205517443, within(1e-8));
        assertThat(estimate(result, "change")).isCloseTo(-.3263409845, within(1e-8));
        assertThat(estimate(result, "comfort")).isCloseTo(-.9457256890, within(1e-8));
    }

    @Test
    void trainIsMlogits() throws IOException {
        JsonNode result = fit(TRAIN.formatted(science("mlogit_Train.csv")));
        checkTrain(result);
        assertThat(result.path("individuals").asInt(0)).isEqualTo(235);
    }

    /// The same choices as a shuffled long table parted by semicolons, with decimal commas; the same as a table parted by tabs.
    @Test
    void longAndWideAreOneModel() throws IOException {
        List<String> lines = Files.readAllLines(science("mlogit_Train.csv"));
        List<String> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] c = line.replace("\"", "").split(",", -1);
            for (int j = 0; j < 2; j++)
                rows.add(String.join(";", c[1] + "/" + c[0], c[1], j == 0 ? "A" : "B", c[2].equals(j == 0 ? "A" : "B") ? "TRUE" : "FALSE", Double.toString(Integer.parseInt(c[3 + j]) / 100.0).replace('.', ','),
                        c[5 + j], c[7 + j], c[9 + j]));
        }
        Collections.shuffle(rows, new Random(7));
        Files.writeString(temp.resolve("long.csv"), "case;who;the mode;chosen;p;t;ch;co\n" + String.join("\n", rows) + "\n");
        String spec = """
                data: long.csv
                format: long
                case: case
                alternative: the mode
                choice: chosen
                individual: who
                utility: price * p * 2.20371 + time * t / 60 + change * ch + comfort * co
                """.replace("the mode", "\"`the mode`\"");
        checkTrain(fit(spec));
        checkTrain(fit(spec.replace("choice: chosen", "choice: chosen == \"TRUE\"")));
        Files.writeString(temp.resolve("train.tsv"), String.join("\n", lines).replace(",", "\t"));
        checkTrain(fit(TRAIN.formatted("train.tsv")));
        // One time coefficient for each alternative, stated once or twice.
        JsonNode each = fit(spec.replace("time * t", "b_time[alt] * t").replace("price * p", "asc[B] + price * p"));
        JsonNode stated = fit(TRAIN.formatted(science("mlogit_Train.csv")).replace("time * time_A", "time_a * time_A").replace("time * time_B", "asc + time_b * time_B"));
        assertThat(logLikelihood(each)).isCloseTo(logLikelihood(stated), within(1e-8));
        assertThat(estimate(each, "b_time[A]")).isCloseTo(estimate(stated, "time_a"), within(1e-7));
        assertThat(estimate(each, "b_time[B]")).isCloseTo(estimate(stated, "time_b"), within(1e-7));
        assertThat(estimate(each, "asc[B]")).isCloseTo(estimate(stated, "asc"), within(1e-7));
    }

    /// Weights of whole numbers are rows repeated; they are not normalised.
    @Test
    void weightsAreRowsRepeated() throws IOException {
        var random = new SplittableRandom(3);
        StringBuilder once = new StringBuilder("choice,x_a,x_b,w\n");
        StringBuilder repeated = new StringBuilder(once);
        for (int n = 0; n < 200; n++) {
            String line = (random.nextInt(3) == 0 ? "a," : "b,") + random.nextInt(100) / 10.0 + "," + random.nextInt(100) / 10.0 + ",";
            int weight = random.nextInt(4);
            once.append(line).append(weight).append('\n');
            for (int k = 0; k < weight; k++) repeated.append(line).append("1\n");
        }
        Files.writeString(temp.resolve("once.csv"), once);
        Files.writeString(temp.resolve("repeated.csv"), repeated);
        String spec = "data: once.csv\nchoice: choice\nweight: w\nalternatives: [{id: a, utility: asc + b * x_a}, {id: b, utility: b * x_b}]\nerrors: hessian\n";
        JsonNode weighted = fit(spec);
        JsonNode plain = fit(spec.replace("once", "repeated"));
        assertThat(logLikelihood(weighted)).isCloseTo(logLikelihood(plain), within(1e-9));
        assertThat(estimate(weighted, "b")).isCloseTo(estimate(plain, "b"), within(1e-8));
        assertThat(number(weighted, "asc", "standardError")).isCloseTo(number(plain, "asc", "standardError"), within(1e-8));
    }

    /// A utility that is not linear, and a linear one it must equal.
    @Test
    void curvedUtilitiesAreFitted() throws IOException {
        String train = TRAIN.formatted(science("mlogit_Train.csv"));
        JsonNode curved = fit(train.replaceAll("price \\* (price_.) / 100 \\* 2.20371", "-exp(log_price) * $1 / 100 * 2.20371"));
        assertThat(logLikelihood(curved)).isCloseTo(-1724.1500271594, within(1e-8));
        assertThat(-Math.exp(estimate(curved, "log_price"))).isCloseTo(-.0673580564, within(1e-8));
        // Willingness to pay as the coefficient: money metric, a product of coefficients.
        JsonNode money = fit(train.replaceAll("time \\* (time_.)", "price * hour * $1").replace("individual", "parameters: {price: -0.1, hour: 20, change: , comfort: }\nindividual"));
        assertThat(logLikelihood(money)).isCloseTo(-1724.1500271594, within(1e-8));
        assertThat(estimate(money, "hour")).isCloseTo(1.7205517443 / .0673580564, within(1e-5));
    }

    /// Biogeme's b08: nothing guides the exponent from where the time's coefficient is 0. The start near the answer gives no more.
    @Test
    void boxCoxSwissmetroIsBiogemes() throws IOException {
        String spec = SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time").replaceAll("b_time \\* (\\w+) / 100", "b_time * (($1 / 100) ^ lambda - 1) / lambda")
                .replace("(b_time * CAR_TT + b_cost * CAR_CO) / 100", "b_time * ((CAR_TT / 100) ^ lambda - 1) / lambda + b_cost * CAR_CO / 100");
        JsonNode result = fit(spec + "parameters: {asc_train: 0, asc_car: 0, b_time: 0, b_cost: 0, lambda: {start: 1, lower: -5, upper: 5}}\n");
        assertThat(logLikelihood(result)).isCloseTo(-5292.095410778, within(1e-7));
        JsonNode near = fit(spec + "parameters: {asc_train: 0, asc_car: 0, b_time: -1.5, b_cost: -1, lambda: {start: 0.5}}\n");
        assertThat(logLikelihood(near)).isCloseTo(logLikelihood(result), within(1e-7));
        assertThat(estimate(near, "lambda")).isCloseTo(estimate(result, "lambda"), within(1e-5));
    }

    /// Where nothing is said of an exponent it starts at 1 if there is no utility at 0.
    @Test
    void anExponentNeedsNoStart() throws IOException {
        String spec = SWISSMETRO.formatted(science("biogeme_swissmetro.tsv"), "b_time").replaceAll("b_time \\* (\\w+) / 100", "b_time * (($1 / 100) ^ lambda - 1) / lambda")
                .replace("(b_time * CAR_TT + b_cost * CAR_CO) / 100", "b_time * ((CAR_TT / 100) ^ lambda - 1) / lambda + b_cost * CAR_CO / 100");
        assertThat(logLikelihood(fit(spec))).isCloseTo(-5292.095410778, within(1e-7));
    }

    /// What is fixed stays, bounded or not; what is not told is refused with its reason, and its errors are null.
    @Test
    void saysWhatCannotBeKnown() throws IOException {
        String train = TRAIN.formatted(science("mlogit_Train.csv")).replace("{id: A, utility: \"", "{id: A, utility: \"asc_a + ").replace("{id: B, utility: \"", "{id: B, utility: \"asc_b + ");
        CommandLines.Said said = run(train, "--json", "--out", temp.resolve("out").toString());
        assertThat(said.exit()).isEqualTo(ExitCode.REFUSED);
        JsonNode result = JsonMapper.shared().readTree(said.out());
        assertThat(result.path("warnings").toString()).contains("asc_a, asc_b");
        for (JsonNode p : result.path("parameters")) assertThat(p.path("standardError").isNull()).as(p.toString()).isEqualTo(p.path("name").asString().startsWith("asc"));
        assertThat(temp.resolve("out/parameters.csv")).content().startsWith("name,estimate,").contains("comfort,-0.9");
        assertThat(temp.resolve("out/covariance.csv")).content().startsWith("name,asc_a,price");
        assertThat(temp.resolve("out/choice.json")).content().isEqualToIgnoringWhitespace(said.out());
        JsonNode fixed = fit(train + "parameters: {asc_a: {fixed: 0}, asc_b: {start: 0, lower: -1, upper: 1}, price: , time: {start: -1}, change: 0, comfort: {fixed: true, start: -1}}\n");
        assertThat(estimate(fixed, "comfort")).isEqualTo(-1);
        assertThat(number(fixed, "comfort", "standardError")).isNaN();
        assertThat(number(fixed, "asc_b", "standardError")).isPositive();
        CommandLines.Said person = run(train + "parameters: {asc_a: {fixed: 0}, asc_b: , price: , time: , change: , comfort: }\n", "--lang", "en");
        assertThat(person.out()).contains("2,929 observations of 235 individuals").contains("asc_a            0.000000  fixed").contains("Errors       sandwich").contains("<0.0001").contains("-1723.837");
        assertThat(run(train, "--lang", "zh").out()).contains("警告");
    }
}
