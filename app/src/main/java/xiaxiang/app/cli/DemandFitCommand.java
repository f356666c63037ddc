package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.FitDemand;
import xiaxiang.core.demand.Coefficient;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.CoefficientsFile;
import xiaxiang.core.demand.DemandFit;
import xiaxiang.core.demand.HoldOut;
import xiaxiang.core.demand.Term;
import xiaxiang.core.door.Problems;

/// Fits the coefficients of a workspace.
@Command(name = "fit", mixinStandardHelpOptions = true,
        description = "Fits the coefficients of demand to a workspace's answers.csv and sellout.csv together, with errors clustered by township, and says how well answers held out are foretold.",
        footer = {"", "Examples:", "  xiaxiang demand fit my-county --out out/fit", "  xiaxiang demand fit demo/yichuan --synthesize 11 --out out/fit     answers made up from a hidden truth",
            "  xiaxiang plan demo/yichuan --coefficients out/fit --out out/fitted    the plan with what was fitted"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DemandFitCommand implements Callable<Integer> {
    private static final int MOST_ANSWERS = 1_000_000;
    private static final int DEMO_SEED = 11;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private ProgressOption progress;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace (docs/formats.md).")
    private Path workspace;

    @Option(names = "--synthesize", paramLabel = "SEED", description = "Make the answers and sell-out up from this seed, marked synthetic, and show the hidden truth beside the fit. "
            + "Without answers.csv the seed is " + DEMO_SEED + ".")
    private @Nullable Long seed;

    @Option(names = "--answers", defaultValue = "1200", paramLabel = "N", description = "How many answers to make up. Default: ${DEFAULT-VALUE}.")
    private int answers;

    @Option(names = "--out", paramLabel = "DIR", description = "Where coefficients.csv, coefficient_covariance.csv and fit.json go.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print fit.json, and nothing else.")
    private boolean json;

    static void checkAnswers(int answers, Locale locale) {
        if (answers < DemandFit.FEWEST_ANSWERS || answers > MOST_ANSWERS)
            throw new IllegalArgumentException(Words.of(locale, "option.range", "--answers", answers, "[" + DemandFit.FEWEST_ANSWERS + ", " + MOST_ANSWERS + "]"));
    }

    @Override
    public Integer call() throws IOException {
        checkAnswers(answers, common.locale());
        try (Display display = progress.display(common.locale(), spec.commandLine().getErr())) {
            return fit(display);
        }
    }

    private int fit(Display display) throws IOException {
        display.at("facts", 0, -1, Double.NaN, Double.NaN);
        Problems problems = new Problems();
        FitDemand read = FitDemand.read(workspace, problems);
        if (read == null) {
            PlanRun.problems(spec.commandLine().getErr(), problems, workspace, common.locale());
            return ExitCode.BAD_INPUT;
        }
        Long made = seed == null && read.answers().isEmpty() ? (Long) (long) DEMO_SEED : seed;
        FitDemand demand = made == null ? read : read.synthetic(made, answers);
        Coefficients truth = made == null ? null : read.truth(made).coefficients();
        display.at("demand.fit", 0, -1, Double.NaN, Double.NaN);
        DemandFit fit = demand.fit();
        display.close();
        String machine = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(machine(fit, truth));
        if (out != null) {
            Files.createDirectories(out);
            CoefficientsFile.write(fit.coefficients(), out);
            Files.writeString(out.resolve("fit.json"), machine + "\n");
        }
        PrintWriter to = spec.commandLine().getOut();
        if (json) to.println(machine);
        else if (!common.quiet()) print(read, fit, truth, made, to);
        return fit.converged() ? ExitCode.DONE : ExitCode.FAULT;
    }

    private Map<String, Object> machine(DemandFit fit, @Nullable Coefficients truth) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("converged", fit.converged());
        all.put("gradientNorm", fit.gradientNorm());
        all.put("answers", fit.answers());
        all.put("townships", fit.clusters());
        all.put("answersBeyondReach", fit.beyondReach());
        all.put("totals", fit.totals());
        all.put("dispersion", fit.dispersion());
        all.put("logLikelihoodOfAnswers", fit.logLikelihood());
        all.put("error", "sandwich, answers clustered by township");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Coefficient c : fit.coefficients().all()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("term", c.term().name());
            row.put("fitted", fit.fitted().contains(c.term()));
            row.put("value", c.value());
            row.put("standardError", c.spread());
            if (fit.fitted().contains(c.term())) row.put("interval", List.of(c.value() - reach(fit) * c.spread(), c.value() + reach(fit) * c.spread()));
            row.put("unit", c.unit());
            row.put("kind", c.provenance().kind().name().toLowerCase(Locale.ROOT));
            row.put("source", c.provenance().source());
            if (truth != null) row.put("hiddenTruth", truth.of(c.term()));
            rows.add(row);
        }
        all.put("coefficients", rows);
        HoldOut h = fit.holdOut();
        if (h != null) all.put("holdOut", Map.of("answers", h.answers(), "fitted", score(h.fitted()), "believed", score(h.believed()), "huff", score(h.huff())));
        all.put("warnings", fit.warnings().stream().map(w -> warning(Locale.ENGLISH, w)).toList());
        all.put("warningsZh", fit.warnings().stream().map(w -> warning(Locale.SIMPLIFIED_CHINESE, w)).toList());
        return all;
    }

    private static Map<String, Object> score(HoldOut.Score s) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("logLikelihoodAnAnswer", s.logLikelihood());
        Map<String, Double> errors = new java.util.TreeMap<>();
        s.shareError().forEach((tier, e) -> errors.put(tier.name().toLowerCase(Locale.ROOT), e));
        out.put("shareErrorByTier", errors);
        return out;
    }

    private static String warning(Locale locale, DemandFit.Warning w) {
        return Words.of(locale, "demand.warning." + w.about().name().toLowerCase(Locale.ROOT), w.detail());
    }

    private void print(FitDemand read, DemandFit fit, @Nullable Coefficients truth, @Nullable Long made, PrintWriter to) {
        Locale locale = common.locale();
        boolean zh = locale.getLanguage().equals("zh");
        if (made != null) to.println(Words.of(locale, "demand.synthetic", made));
        to.println(Words.of(locale, "demand.title", fit.answers(), fit.totals(), fit.logLikelihood(), fit.dispersion()));
        to.println(Words.of(locale, truth == null ? "demand.head" : "demand.head.truth"));
        double reach = reach(fit);
        for (Term t : fit.coefficients().all().stream().map(Coefficient::term).filter(fit.fitted()::contains).toList()) {
            Coefficient c = fit.coefficients().coefficient(t);
            String before = Words.of(locale, "demand.before", read.believed().coefficients().of(t), read.believed().coefficients().coefficient(t).spread());
            to.println(Words.of(locale, "demand.row", c.value(), c.spread(), c.value() - reach * c.spread(), c.value() + reach * c.spread(), before,
                    truth == null ? "" : String.format(Locale.ROOT, "%10.4f  ", truth.of(t)), zh ? c.zh() : c.en()));
        }
        HoldOut h = fit.holdOut();
        if (h != null) {
            to.println(Words.of(locale, "demand.holdout", h.answers()));
            row(to, "demand.holdout.fitted", h.fitted());
            row(to, "demand.holdout.believed", h.believed());
            row(to, "demand.holdout.huff", h.huff());
        }
        for (DemandFit.Warning w : fit.warnings()) to.println(warning(locale, w));
        if (out != null) to.println(Words.of(locale, "demand.written", out, workspace, out));
        else to.println(Words.of(locale, "demand.unwritten"));
    }

    /// Errors in a half 95% interval: Student's t with one degree of freedom less than townships.
    private static double reach(DemandFit fit) {
        return TDistribution.of(Math.max(1, fit.clusters() - 1)).inverseSurvivalProbability(.025);
    }

    private void row(PrintWriter to, String name, HoldOut.Score s) {
        List<String> errors = s.shareError().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(e -> Words.of(common.locale(), "tier." + e.getKey().name().toLowerCase(Locale.ROOT), 100 * e.getValue())).toList();
        to.println(Words.of(common.locale(), "demand.holdout.row", Words.of(common.locale(), name), s.logLikelihood(), String.join("  ", errors)));
    }
}
