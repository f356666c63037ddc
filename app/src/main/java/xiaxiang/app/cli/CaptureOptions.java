package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.core.door.Problems;

/// Which problem a `capture` command is about: its format and the numbers that belong to it.
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureOptions {
    /// How the problem is written down; docs/formats.md describes each.
    enum Format { HM14, MCLP, WORKSPACE }

    private static final double MOST_COEFFICIENT = 1e6;
    private static final int SHOWN = 50;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "What FILE is: hm14 (maximum capture), mclp (maximal covering) or workspace (a folder).")
    private Format format;

    /// What counts where there are several scenarios.
    enum Aim { MEAN, WORST }

    private static final int MOST_SCENARIOS = 100;
    private static final int MOST_WAVES = 52;

    @Option(names = "--alpha", split = ",", paramLabel = "A", description = "hm14: how much the rivals' costs weigh against ours, such as .1. Several, such as .05,.1,.2, are scenarios.")
    private List<Double> alpha = new ArrayList<>();

    @Option(names = "--beta", split = ",", paramLabel = "B", description = "hm14: how much costs weigh, such as 1. Several are scenarios, each with each alpha.")
    private List<Double> beta = new ArrayList<>();

    @Option(names = "--aim", paramLabel = "mean|worst", description = "What is maximised over several scenarios: their mean (the default) or the worst of them.")
    private @Nullable Aim aim;

    @Option(names = "--radius-m", paramLabel = "M", description = "mclp: how far a site covers, in metres.")
    private @Nullable Double radiusMeters;

    @Option(names = "--open", split = ",", paramLabel = "N", description = "hm14, mclp: how many sites may be opened; for waves how many by each of them, such as 2,4,6. A workspace has its budgets instead.")
    private List<Integer> open = new ArrayList<>();

    /// Whether the worst scenario counts.
    boolean isWorst() {
        return aim == Aim.WORST;
    }

    /// Whether `--open` names several waves.
    boolean isSeveral() {
        return open.size() > 1;
    }

    boolean isWorkspace() {
        return format == Format.WORKSPACE;
    }

    String format() {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /// A line for every option that is missing, out of its range, or not of this format; a fresh list, to which the command adds its own.
    List<String> wrong(Locale locale) {
        List<String> wrong = new ArrayList<>();
        if (open.size() > 1) wrong.add(Words.of(locale, "option.single", "--open", open));
        return checked(locale, wrong);
    }

    /// The same where `--open` names a growing number of sites for each of several waves.
    List<String> wrongWaves(Locale locale) {
        List<String> wrong = new ArrayList<>();
        boolean grows = open.equals(open.stream().sorted().toList());
        if (format != Format.WORKSPACE && (open.size() < 2 || open.size() > MOST_WAVES || !grows)) wrong.add(Words.of(locale, "option.growing", "--open", open, MOST_WAVES));
        if (aim != null) wrong.add(Words.of(locale, "option.command", "--aim", "capture waves"));
        if ((long) alpha.size() * beta.size() > 1) wrong.add(Words.of(locale, "option.scenario"));
        return checked(locale, wrong);
    }

    private List<String> checked(Locale locale, List<String> wrong) {
        coefficients("--alpha", alpha, locale, wrong);
        coefficients("--beta", beta, locale, wrong);
        if (aim != null && format != Format.HM14) wrong.add(Words.of(locale, "option.other", "--aim", format()));
        if ((long) alpha.size() * beta.size() > MOST_SCENARIOS) wrong.add(Words.of(locale, "option.range", "--alpha x --beta", alpha.size() * beta.size(), "[1, " + MOST_SCENARIOS + "]"));
        number("--radius-m", radiusMeters, format == Format.MCLP, radiusMeters != null && radiusMeters > 0 && radiusMeters < Double.POSITIVE_INFINITY, "(0, ∞)", locale, wrong);
        if (open.isEmpty()) number("--open", null, format != Format.WORKSPACE, false, "", locale, wrong);
        for (Integer n : open) number("--open", n, format != Format.WORKSPACE, n >= 0, "[0, " + Words.of(locale, "option.sites") + "]", locale, wrong);
        return wrong;
    }

    private void coefficients(String name, List<Double> values, Locale locale, List<String> wrong) {
        if (values.isEmpty()) coefficient(name, null, locale, wrong);
        for (Double value : values) coefficient(name, value, locale, wrong);
    }

    private void coefficient(String name, @Nullable Double value, Locale locale, List<String> wrong) {
        number(name, value, format == Format.HM14, value != null && Math.abs(value) <= MOST_COEFFICIENT, "[-1000000, 1000000]", locale, wrong);
    }

    private void number(String name, @Nullable Number value, boolean belongs, boolean good, String range, Locale locale, List<String> wrong) {
        if (belongs && value == null) wrong.add(Words.of(locale, "option.missing", format(), name));
        else if (!belongs && value != null) wrong.add(Words.of(locale, "option.other", name, format()));
        else if (value != null && !good) wrong.add(Words.of(locale, "option.range", name, value, range));
    }

    /// Prints what [#wrong] and the command found wrong; true if there is anything.
    static boolean refuse(List<String> wrong, PrintWriter err) {
        wrong.forEach(err::println);
        return !wrong.isEmpty();
    }

    /// Reads the problem; null if anything is wrong with it, which is then printed. The options must have been checked.
    CaptureInput.@Nullable Posed read(Path file, PrintWriter err, Locale locale) {
        Problems problems = new Problems();
        CaptureInput.Posed posed = input(file).read(problems);
        if (posed == null) PlanRun.problems(err, problems, file, locale, SHOWN);
        return posed;
    }

    private CaptureInput input(Path file) {
        return switch (format) {
            case HM14 -> new CaptureInput.Hm14(file, alpha, beta, open, isWorst());
            case MCLP -> new CaptureInput.Mclp(file, given(radiusMeters), open);
            case WORKSPACE -> new CaptureInput.Workspace(file);
        };
    }

    private static double given(@Nullable Number value) {
        if (value == null) throw new IllegalStateException("An option was used before it was checked.");
        return value.doubleValue();
    }
}
