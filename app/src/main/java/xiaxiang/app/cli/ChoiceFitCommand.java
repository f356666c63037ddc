package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.core.demand.ChoiceSpec;
import xiaxiang.core.demand.ChoiceSummary;
import xiaxiang.core.demand.PosedChoice;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.ChoiceOutcome;

/// Fits a choice model that a file states to the data it names.
@Command(name = "fit", mixinStandardHelpOptions = true, description = "Fits a multinomial, nested or mixed logit by maximum likelihood, and says how sure each coefficient is.",
        footer = {"", "SPEC is YAML, for example:", "", "  data: swissmetro.tsv          # beside this file; comma, tab or ; and .gz are understood",
            "  filter: (PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0", "  choice: CHOICE                # in long data a column of 0 and 1, with format, case and alternative", "  alternatives:",
            "    - {id: 1, name: train, available: TRAIN_AV, utility: \"asc_train + b_time * TRAIN_TT / 100 + b_cost * TRAIN_CO * (GA == 0) / 100\"}",
            "    - {id: 2, name: swissmetro, utility: \"b_time * SM_TT / 100 + b_cost * SM_CO * (GA == 0) / 100\"}",
            "    - {id: 3, name: car, available: CAR_AV, utility: \"asc_car + b_time * CAR_TT / 100 + b_cost * CAR_CO / 100\"}", "  nests:                        # may be left out",
            "    - {name: existing, parameter: mu, alternatives: [train, car]}", "  individual: ID                # may be left out: a panel", "  errors: [hessian, sandwich, cluster: ID]", "",
            "Examples:", "  xiaxiang choice fit swissmetro.yaml", "  xiaxiang choice fit nested.yaml --against logit.yaml --out out/nested", "",
            "Exit codes: 0 fitted, 2 bad input, 4 the fit cannot be trusted: refused, not converged, or a coefficient that cannot be known.", "docs/choice.md describes every key."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ChoiceFitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "SPEC", description = "The file that states the model.")
    private Path file;

    @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Write parameters.csv, covariance.csv and choice.json there.")
    private @Nullable Path out;

    @Option(names = "--against", paramLabel = "SPEC", description = "Test against this smaller model of the same cases by the ratio of likelihoods.")
    private @Nullable Path against;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        PrintWriter err = spec.commandLine().getErr();
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            err.println(Words.of(locale, "option.folder", "--out", out));
            return ExitCode.BAD_INPUT;
        }
        Fitted fitted = fit(file, locale, err);
        if (fitted == null) return ExitCode.BAD_INPUT;
        ChoiceAnswer answer = switch (fitted.outcome()) {
            case ChoiceOutcome.Refused(var reasons) -> ChoiceAnswer.refused(fitted.posed(), reasons);
            case ChoiceOutcome.Fitted(ChoiceFit fit) -> new ChoiceAnswer(fitted.posed(), ChoiceSummary.of(fitted.spec(), fitted.posed(), fit));
        };
        ChoiceFit smaller = null;
        if (against != null) {
            Fitted other = fit(against, locale, err);
            if (other == null) return ExitCode.BAD_INPUT;
            smaller = other.outcome() instanceof ChoiceOutcome.Fitted(ChoiceFit fit) ? fit : null;
            if (!answer.test(smaller)) {
                err.println(Words.of(locale, "choice.no.test", against));
                return ExitCode.BAD_INPUT;
            }
        }
        say(answer, (System.nanoTime() - began) / 1e9);
        return answer.isTrusted() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void say(ChoiceAnswer answer, double seconds) throws IOException {
        if (out != null) answer.write(out);
        PrintWriter to = spec.commandLine().getOut();
        if (json) to.println(SolverOptions.json(answer.machine()));
        else if (!common.quiet() || !answer.isTrusted()) {
            answer.print(to, common.locale());
            to.println(Words.of(common.locale(), "capture.seconds", seconds));
            if (out != null) to.println(Words.of(common.locale(), "choice.written", out));
        }
    }

    /// A specification, its model, and how the fit ended.
    private record Fitted(ChoiceSpec spec, PosedChoice posed, ChoiceOutcome outcome) {}

    /// Null where the file or its data have problems, which are then printed.
    private static @Nullable Fitted fit(Path file, Locale locale, PrintWriter err) {
        Problems problems = new Problems();
        try (Waiting _ = new Waiting(locale, "fit")) {
            ChoiceSpec spec = ChoiceSpec.read(file, problems);
            PosedChoice posed = spec == null ? null : PosedChoice.of(spec, problems);
            if (spec != null && posed != null) return new Fitted(spec, posed, posed.fit());
        } catch (OutOfMemoryError e) {
            // What was read is let go by now; a person can only give more memory, or fewer rows.
            problems.add(String.valueOf(file.getFileName()), Rule.TABLE_TOO_BIG, "more than " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
        PlanRun.problems(err, problems, file, locale);
        return null;
    }
}
