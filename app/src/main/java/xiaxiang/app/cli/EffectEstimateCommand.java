package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.core.door.Problems;
import xiaxiang.core.share.EffectData;
import xiaxiang.core.share.EffectRun;
import xiaxiang.core.share.EffectSpec;
import xiaxiang.core.share.EffectSpecFile;

/// Estimates what a treatment caused, from anyone's panel, by every estimator asked for.
@Command(name = "estimate", mixinStandardHelpOptions = true, description = "Estimates what a treatment caused, from a table with a row for each unit and period.",
        footer = {"", "A SPEC, with everything it may hold but data, unit, period, outcome and cohort (or treatment) left to choice:", "",
            "  data: townships.csv            # beside the SPEC; .csv, .tsv, perhaps .gz; commas, tabs or semicolons",
            "  unit: township", "  period: quarter                # numbers, 2024-01-31, or texts that sort",
            "  outcome: units_sold", "  cohort: first_quarter          # first treated period; empty, NA or 0: never",
            "  filter: county != \"Yi\"       # only rows for which it holds", "  # treatment: has_shop          # instead of cohort: a column of 0 and 1", "  covariates: [log_people]       # as they are in the period before treatment",
            "  controls: notYet               # never (default) or notYet", "  cluster: county                # if treatment was given to more than a unit at once",
            "  method: dr                     # dr (default), ipw or or", "  basePeriod: varying            # varying (default) or universal",
            "  anticipation: 0                # periods before treatment in which it may work", "  errors: {type: bootstrap, draws: 1000, seed: 1}   # or analytic (default), smallSample",
            "  smallestEffect: 2              # the smallest effect that matters, for \"no effect found\"",
            "  estimators: [attGt, imputation, twfe, bacon]      # default: these; or {name: attGt, controls: never}", "",
            "Also syntheticControl, ridgeSyntheticControl and syntheticDid, as {name: ..., placebos: 200, seed: 1, fixedEffects: true}; placebos: true is 200, false none.", "docs/effect.md says what to trust and when. Exit code 4: no estimator could answer."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class EffectEstimateCommand implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "SPEC.yaml", description = "What is asked.")
    private Path file;

    @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Write index.html (a page that opens offline and prints), effect.json and a CSV table for each estimator there; files that are there are replaced.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        Problems problems = new Problems();
        try (Screen screen = new Screen(locale)) {
            EffectSpec asked = EffectSpecFile.read(file, problems);
            if (asked == null) return bad(problems, file);
            screen.at("read", 0, 1 + asked.estimators().size(), 0, 0);
            EffectData data = EffectData.read(asked, problems);
            if (data == null) return bad(problems, asked.data());
            List<EffectRun> runs = new ArrayList<>();
            for (EffectSpec.Estimator estimator : asked.estimators()) {
                if (screen.cancelled()) break;
                screen.at(estimator.name(), 1 + runs.size(), 1 + asked.estimators().size(), 0, 0);
                runs.add(EffectRun.of(estimator, data));
            }
            screen.finish();
            return say(new EffectAnswer(asked, data, runs), began);
        }
    }

    private int bad(Problems problems, Path of) {
        PlanRun.problems(spec.commandLine().getErr(), problems, of, common.locale(), SHOWN);
        if (json) spec.commandLine().getOut().println(SolverOptions.json(Map.of("estimators", List.of(), "problems", problems.list().stream().limit(SHOWN).map(p -> p.text(Locale.ENGLISH)).toList())));
        return ExitCode.BAD_INPUT;
    }

    private int say(EffectAnswer answer, long began) throws IOException {
        Map<String, Object> machine = answer.json();
        machine.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        if (folder != null) write(answer, machine, folder);
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(SolverOptions.json(machine));
        else if (!common.quiet()) {
            new EffectText(answer, common.locale()).print(out);
            out.println(Words.of(common.locale(), "capture.seconds", machine.get("seconds")));
            if (folder != null) out.println(Words.of(common.locale(), "effect.written", folder));
        }
        return answer.isRefused() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static void write(EffectAnswer answer, Map<String, Object> machine, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("effect.json"), SolverOptions.json(machine) + "\n");
        Files.writeString(folder.resolve("index.html"), new EffectPage(answer).html());
        for (int k = 0; k < answer.runs().size(); k++) EffectTables.write(answer, k, folder);
    }
}
