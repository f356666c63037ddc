package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.ShareFiles;
import xiaxiang.core.door.Problems;
import xiaxiang.core.share.Outcomes;
import xiaxiang.core.share.SealedDesign;
import xiaxiang.core.share.WaveJudge;
import xiaxiang.core.share.WaveVerdict;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.Spillover;

/// Judges a launched wave by its sealed design.
@Command(name = "judge", mixinStandardHelpOptions = true,
        description = "Checks a design's seal and draws its lot again, reads outcomes.csv (docs/formats.md), and says whether the wave works, no effect is found, or nobody can tell.",
        footer = {"", "Examples:", "  xiaxiang share judge out/after --design out/design", "  xiaxiang share judge out/after --design out/design --seal 4f0c... --out out/verdict --json", "",
            "Exit codes: 0 a verdict, 2 bad input, 3 nothing can be judged yet, 4 the seal was refused."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ShareJudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "FOLDER", description = "The folder that holds outcomes.csv: a workspace or any other.")
    private Path folder;

    @Option(names = "--design", required = true, paramLabel = "DIR", description = "The sealed design's folder.")
    private Path design;

    @Option(names = "--seal", paramLabel = "SHA256", description = "The seal as it was kept elsewhere. Default: that of design.json.")
    private @Nullable String seal;

    @Option(names = "--out", paramLabel = "DIR", description = "Where verdict.json and verdict.csv go.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the verdict as JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return switch (ShareFiles.read(design, seal)) {
            case SealedDesign.Outcome.Refused(String why) -> refused("share.seal.refused", why, ExitCode.REFUSED);
            case SealedDesign.Outcome.Sealed(SealedDesign sealed) -> judge(sealed);
        };
    }

    private int judge(SealedDesign sealed) throws IOException {
        Problems problems = new Problems();
        Outcomes outcomes = Outcomes.read(folder, problems);
        if (!problems.isEmpty()) {
            PlanRun.problems(spec.commandLine().getErr(), problems, folder, common.locale());
            return ExitCode.BAD_INPUT;
        }
        if (outcomes == null) throw new java.nio.file.NoSuchFileException(folder.resolve("outcomes.csv").toString());
        return switch (WaveJudge.judge(sealed, outcomes)) {
            case WaveJudge.Outcome.Refused(String why) -> refused("share.cannot", why, ExitCode.INFEASIBLE);
            case WaveJudge.Outcome.Judged(WaveVerdict verdict) -> judged(sealed, verdict);
        };
    }

    private int refused(String key, String why, int exit) {
        if (json) spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(Map.of("status", "refused", "why", why)));
        else spec.commandLine().getErr().println(Words.of(common.locale(), key, why));
        return exit;
    }

    private int judged(SealedDesign sealed, WaveVerdict verdict) throws IOException {
        if (out != null) ShareFiles.write(verdict, sealed.seal(), out);
        PrintWriter to = spec.commandLine().getOut();
        if (json) to.println(JsonMapper.shared().writeValueAsString(ShareFiles.verdict(verdict, sealed.seal())));
        else if (!common.quiet()) print(sealed, verdict, to);
        return ExitCode.DONE;
    }

    private void print(SealedDesign sealed, WaveVerdict verdict, PrintWriter to) {
        Locale locale = common.locale();
        if (verdict.synthetic()) to.println(Words.of(locale, "share.synthetic"));
        RandomisationInference.Result test = verdict.test();
        to.println(Words.of(locale, "share.verdict." + verdict.answer().name().toLowerCase(Locale.ROOT), verdict.worth()));
        to.println(Words.of(locale, test.exact() ? "share.lot.all" : "share.lot.drawn", test.ways()));
        for (WaveVerdict.Measured m : verdict.measures()) to.println(Words.of(locale, "share.line", m.measure(), m.test().estimate(), m.test().low(), m.test().high(), m.test().p()));
        to.println(Words.of(locale, "share.checks", verdict.main()));
        for (WaveVerdict.Check c : verdict.checks()) to.println(line(locale, c.name(), c.estimate(), c.low(), c.high(), c.p(), c.note()));
        switch (verdict.spillover()) {
            case Spillover.Outcome.Refused(String why) -> to.println(Words.of(locale, "share.spill.refused", why));
            case Spillover.Outcome.Estimated found -> {
                to.println(Words.of(locale, "share.spill", found.far()));
                to.println(ring(locale, Words.of(locale, "share.spill.own"), found.own()));
                for (Spillover.Effect r : found.rings()) to.println(ring(locale, Words.of(locale, "share.spill.ring", r.outerMeters() / 1000, r.units()), r));
                to.println(ring(locale, Words.of(locale, "share.spill.net"), found.net()));
                if (found.spills(verdict.alpha())) to.println(Words.of(locale, "share.spill.warn"));
            }
        }
        ShareDesignCommand.power(verdict.power(), sealed.terms(), to, locale);
    }

    private static String ring(Locale locale, String name, Spillover.Effect e) {
        return line(locale, name, e.estimate(), e.low(), e.high(), e.p(), Words.of(locale, "share.spill.one"));
    }

    /// A line with its interval and p; without an error, with the note that says why there is none.
    private static String line(Locale locale, String name, double estimate, double low, double high, double p, String note) {
        if (Double.isNaN(estimate)) return Words.of(locale, "share.line.none", name, note);
        return Double.isNaN(p) ? Words.of(locale, "share.line.no.error", name, estimate, note) : Words.of(locale, "share.line", name, estimate, low, high, p);
    }
}
