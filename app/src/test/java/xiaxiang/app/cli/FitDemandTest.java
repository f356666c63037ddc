package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.FitDemand;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.CoefficientsFile;
import xiaxiang.core.demand.DemandFit;
import xiaxiang.core.demand.HoldOut;
import xiaxiang.core.demand.Term;
import xiaxiang.core.door.Problems;

/// Coefficients fitted to answers and sell-out, and the plan made with them.
class FitDemandTest {
    @TempDir
    private Path temp = Path.of("");

    private static FitDemand yichuan() {
        return Objects.requireNonNull(FitDemand.read(CommandLines.demo(), new Problems()));
    }

    /// Over a few hidden truths the squared errors in units of the errors claimed are near 1 (with 15 townships somewhat above), and what is fitted foretells held-out
    /// answers better than what was believed before, which beats the naive baseline.
    @Test
    void hiddenTruthsAreRecoveredWithinTheirErrors() {
        FitDemand demand = yichuan();
        double squares = 0;
        int counted = 0;
        double fitted = 0;
        double believed = 0;
        double huff = 0;
        for (long seed = 1; seed <= 4; seed++) {
            DemandFit fit = demand.synthetic(seed, 1200).fit();
            assertThat(fit.converged()).as("seed %d", seed).isTrue();
            Coefficients truth = demand.truth(seed).coefficients();
            for (Term t : fit.fitted()) {
                double z = (fit.coefficients().of(t) - truth.of(t)) / fit.coefficients().coefficient(t).spread();
                squares += z * z;
                counted++;
            }
            HoldOut h = Objects.requireNonNull(fit.holdOut());
            fitted += h.fitted().logLikelihood();
            believed += h.believed().logLikelihood();
            huff += h.huff().logLikelihood();
        }
        assertThat(squares / counted).isBetween(.5, 2.0);
        assertThat(fitted).isGreaterThan(believed);
        assertThat(believed).isGreaterThan(huff);
    }

    @Test
    void thePlanUsesWhatWasFittedAndSaysSo() throws IOException {
        Path fit = temp.resolve("fit");
        CommandLines.Said fitted = CommandLines.run("demand", "fit", CommandLines.demo().toString(), "--synthesize", "3", "--out", fit.toString(), "--json");
        assertThat(fitted.exit()).as(fitted.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(fitted.out());
        assertThat(json.path("converged").asBoolean()).isTrue();
        JsonNode distance = json.path("coefficients").get(java.util.List.of(Term.values()).indexOf(Term.DISTANCE));
        assertThat(distance.path("fitted").asBoolean()).isTrue();
        assertThat(distance.path("kind").asString()).isEqualTo("synthetic");
        Coefficients read = CoefficientsFile.read(fit, Coefficients.documented(), new Problems());
        assertThat(read.of(Term.DISTANCE)).isEqualTo(distance.path("value").asDouble());
        assertThat(read.covariance(Term.DISTANCE, Term.NEST)).isNotZero();
        CommandLines.Said planned = CommandLines.run("plan", CommandLines.demo().toString(), "--coefficients", fit.toString(), "--out", temp.resolve("plan").toString(), "--lang", "en");
        assertThat(planned.exit()).as(planned.err()).isZero();
        assertThat(Files.readString(temp.resolve("plan/index.html"))).contains("coefficients were fitted to answers and sell-out (synthetic");
    }

    @Test
    void answersWrittenAndReadAgainGiveTheSameFit() throws IOException {
        Path county = CommandLines.copy(CommandLines.demo(), temp.resolve("county"));
        CommandLines.Said made = CommandLines.run("demand", "synthesize", CommandLines.demo().toString(), "--seed", "5", "--answers", "600", "--out", temp.resolve("made").toString());
        assertThat(made.exit()).as(made.err()).isZero();
        for (Path file : CommandLines.files(temp.resolve("made"))) Files.copy(file, county.resolve(String.valueOf(file.getFileName())));
        CommandLines.Said read = CommandLines.run("demand", "fit", county.toString(), "--json");
        DemandFit direct = yichuan().synthetic(5, 600).fit();
        JsonNode json = JsonMapper.shared().readTree(read.out());
        assertThat(json.path("logLikelihoodOfAnswers").asDouble()).isEqualTo(direct.logLikelihood());
    }

    @Test
    void badAnswersAreListedWhole() throws IOException {
        Path county = CommandLines.copy(CommandLines.demo(), temp.resolve("county"));
        Files.writeString(county.resolve("answers.csv"), """
                id,date,point,bought,brand,shop,price_fen,weight,source,kind
                a1,2017-04-02,nowhere,shop,Xiaomi,nobody,99900,1,test,observed
                a1,2017-04-02,410329001,online,Nokia,,99900,-1,test,observed
                a3,yesterday,410329001,nothing,OPPO,,,1,test,observed
                """);
        Files.writeString(county.resolve("sellout.csv"), """
                shop,brand,period,units,source,kind
                nobody,vivo,2017Q5,x,test,observed
                """);
        for (String lang : new String[] {"en", "zh"}) {
            CommandLines.Said said = CommandLines.run("demand", "fit", county.toString(), "--lang", lang);
            assertThat(said.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.err()).contains("nowhere", "Nokia", "yesterday", "2017Q5", "answers.csv", "sellout.csv").doesNotContain("Exception");
        }
    }

    @Test
    void coefficientsThatAreNoneAreRefused() throws IOException {
        Path fit = Files.createDirectories(temp.resolve("fit"));
        CommandLines.Said none = CommandLines.run("plan", CommandLines.demo().toString(), "--coefficients", fit.toString(), "--out", temp.resolve("plan").toString(), "--lang", "en");
        assertThat(none.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(none.err()).contains("demand fit");
        Files.writeString(fit.resolve("coefficients.csv"), "term,value,spread,source,kind\nNEST,.5,.1,test,modelled\nDISTANCE,-.2,.1,test,modelled\n");
        Files.writeString(fit.resolve("coefficient_covariance.csv"), "term,other,covariance\nNEST,DISTANCE,5\n");
        CommandLines.Said broken = CommandLines.run("plan", CommandLines.demo().toString(), "--coefficients", fit.toString(), "--out", temp.resolve("plan").toString(), "--lang", "en");
        assertThat(broken.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(broken.err()).contains("coefficient_covariance.csv");
    }
}
