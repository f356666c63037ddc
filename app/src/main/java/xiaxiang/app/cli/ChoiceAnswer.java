package xiaxiang.app.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.ErrorKind;
import xiaxiang.core.demand.ChoiceSummary;
import xiaxiang.core.demand.PosedChoice;
import xiaxiang.core.door.Problem;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.NestScore;
import xiaxiang.engine.choice.Parameter;

/// What `choice fit` answers: for a machine, for a person, and as files.
final class ChoiceAnswer {
    private final PosedChoice posed;
    private final @Nullable ChoiceSummary summary;
    private final List<String> reasons;
    private ChoiceSummary.@Nullable RatioTest test;

    ChoiceAnswer(PosedChoice posed, ChoiceSummary summary) {
        this(posed, summary, List.of());
    }

    private ChoiceAnswer(PosedChoice posed, @Nullable ChoiceSummary summary, List<String> reasons) {
        this.posed = posed;
        this.summary = summary;
        this.reasons = reasons;
    }

    /// The answer where there is no fit.
    static ChoiceAnswer refused(PosedChoice posed, List<String> reasons) {
        return new ChoiceAnswer(posed, null, reasons);
    }

    /// Tests against a smaller model; false if that cannot be done.
    boolean test(@Nullable ChoiceFit smaller) {
        if (summary != null && smaller != null) test = summary.against(smaller);
        return test != null;
    }

    /// Whether the search ended at a maximum at which every coefficient is known.
    boolean isTrusted() {
        return summary != null && summary.fit().converged() && summary.fit().identification().isComplete();
    }

    private List<String> warnings(Locale locale) {
        List<String> out = new ArrayList<>(reasons);
        if (summary != null) out.addAll(summary.fit().warnings());
        if (summary != null && summary.fit().rhoSquared() < 0) out.add(Words.of(locale, "choice.worse"));
        NestScore nest = summary == null ? null : summary.suspectedNest();
        if (nest != null) out.add(Words.of(locale, "choice.nest", nest.alternatives().stream().map(posed.alternatives()::get).collect(Collectors.joining(", ")), tiny(nest.p())));
        for (Problem warning : posed.warnings().list()) out.add(warning.text(locale));
        return out;
    }

    /// An error probability in four digits: one below them is not 0.
    private static String tiny(double p) {
        return p < 1e-4 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    /// The answer as a machine reads it; what is not known is null.
    Map<String, Object> machine() {
        Map<String, Object> out = new LinkedHashMap<>();
        ChoiceFit fit = summary == null ? null : summary.fit();
        put(out, "logLikelihood", fit == null ? Double.NaN : fit.logLikelihood());
        put(out, "nullLogLikelihood", posed.model().choices().nullLogLikelihood());
        out.put("observations", posed.model().choices().cases());
        out.put("individuals", posed.model().choices().individuals());
        put(out, "weight", posed.model().choices().totalWeight());
        out.put("converged", fit != null && fit.converged());
        put(out, "gradientNorm", fit == null ? Double.NaN : fit.gradientNorm());
        out.put("trusted", isTrusted());
        if (summary != null) putFit(out, summary);
        out.put("parameters", summary == null ? posed.model().parameters().stream().map(ChoiceAnswer::unknown).toList() : summary.rows().stream().map(ChoiceAnswer::row).toList());
        out.put("warnings", warnings(Locale.ENGLISH));
        return out;
    }

    private void putFit(Map<String, Object> out, ChoiceSummary of) {
        ChoiceFit fit = of.fit();
        out.put("estimated", fit.estimated());
        out.put("iterations", of.iterations());
        put(out, "rhoSquared", fit.rhoSquared());
        put(out, "adjustedRhoSquared", fit.adjustedRhoSquared());
        put(out, "aic", fit.aic());
        put(out, "bic", fit.bic());
        out.put("intervalError", of.usedWord());
        if (test != null) {
            Map<String, Object> ratio = new LinkedHashMap<>();
            put(ratio, "statistic", test.statistic());
            ratio.put("degrees", test.degrees());
            put(ratio, "p", test.p());
            out.put("likelihoodRatio", ratio);
        }
    }

    private static void put(Map<String, Object> out, String key, double value) {
        // A map of JSON may hold null: a number that cannot be told.
        @SuppressWarnings("NullAway")
        Object known = SolverOptions.finite(value);
        out.put(key, known);
    }

    private static Map<String, Object> unknown(Parameter p) {
        return row(new ChoiceSummary.Row(p.name(), p.fixed() ? p.start() : Double.NaN, p.fixed(), Map.of(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    private static Map<String, Object> row(ChoiceSummary.Row row) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", row.name());
        put(out, "estimate", row.estimate());
        put(out, "standardError", row.error(ErrorKind.HESSIAN));
        put(out, "robustError", row.error(ErrorKind.SANDWICH));
        put(out, "clusterError", row.error(ErrorKind.CLUSTER));
        put(out, "bhhhError", row.error(ErrorKind.BHHH));
        put(out, "z", row.z());
        put(out, "p", row.p());
        put(out, "low", row.low());
        put(out, "high", row.high());
        out.put("fixed", row.fixed());
        return out;
    }

    /// The answer as a person reads it.
    void print(PrintWriter out, Locale locale) {
        var choices = posed.model().choices();
        out.println(Words.of(locale, "choice.title", choices.cases(), choices.individuals(), posed.alternatives().size(), choices.rows()));
        if (summary == null) out.println(Words.of(locale, "choice.refused"));
        else print(out, locale, summary);
        for (String warning : warnings(locale)) out.println(Words.of(locale, "choice.warning", warning));
    }

    private void print(PrintWriter out, Locale locale, ChoiceSummary of) {
        int width = Math.clamp(of.rows().stream().mapToInt(r -> r.name().length()).max().orElse(0), 9, 40);
        String error = Words.of(locale, "choice.error." + of.usedWord());
        out.println(Words.of(locale, "choice.head", Words.of(locale, "choice.parameter") + " ".repeat(width - Words.of(locale, "choice.parameter").length()), error));
        for (ChoiceSummary.Row row : of.rows()) out.println(line(row, width, locale));
        ChoiceFit fit = of.fit();
        out.println(Words.of(locale, "choice.errors", error));
        out.println(Words.of(locale, "choice.likelihood", fit.logLikelihood(), fit.nullLogLikelihood(), fit.rhoSquared(), fit.adjustedRhoSquared()));
        out.println(Words.of(locale, "choice.criteria", fit.aic(), fit.bic(), fit.estimated()));
        out.println(Words.of(locale, fit.converged() ? "choice.converged" : "choice.stopped", of.iterations(), fit.gradientNorm()));
        if (test != null) out.println(Words.of(locale, "choice.test", test.statistic(), test.degrees(), tiny(test.p())));
        if (!isTrusted()) out.println(Words.of(locale, "choice.untrusted"));
    }

    private static String line(ChoiceSummary.Row row, int width, Locale locale) {
        String name = String.format(Locale.ROOT, "%-" + width + "s  %14s", row.name(), number(row.estimate()));
        if (row.fixed()) return name + "  " + Words.of(locale, "choice.fixed");
        if (Double.isNaN(row.error())) return name + "  " + Words.of(locale, "choice.unknown");
        return name + String.format(Locale.ROOT, "  %12s %9.2f %8s  [%s, %s]", number(row.error()), row.z(), tiny(row.p()), number(row.low()), number(row.high()));
    }

    /// Seven digits, as many as a reader may compare by eye.
    private static String number(double value) {
        return String.format(Locale.ROOT, value == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7) ? "%.6f" : "%.6e", value);
    }

    /// Writes parameters.csv, covariance.csv (of the kind that intervals come from) and choice.json, in full precision.
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("choice.json"), SolverOptions.json(machine()) + "\n");
        List<ChoiceSummary.Row> rows = summary == null ? List.of() : summary.rows();
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("parameters.csv"))) {
            csv.writeRecord("name", "estimate", "fixed", "standard_error", "robust_error", "cluster_error", "bhhh_error", "z", "p", "low", "high");
            for (ChoiceSummary.Row r : rows) csv.writeRecord(r.name(), cell(r.estimate()), Boolean.toString(r.fixed()), cell(r.error(ErrorKind.HESSIAN)), cell(r.error(ErrorKind.SANDWICH)),
                    cell(r.error(ErrorKind.CLUSTER)), cell(r.error(ErrorKind.BHHH)), cell(r.z()), cell(r.p()), cell(r.low()), cell(r.high()));
        }
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("covariance.csv"))) {
            List<String> head = new ArrayList<>(List.of("name"));
            rows.forEach(r -> head.add(r.name()));
            csv.writeRecord(head);
            for (int p = 0; p < rows.size() && summary != null; p++) {
                List<String> line = new ArrayList<>(List.of(rows.get(p).name()));
                for (int q = 0; q < rows.size(); q++) line.add(cell(summary.covariance(p, q)));
                csv.writeRecord(line);
            }
        }
    }

    private static String cell(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
