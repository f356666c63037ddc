package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.app.flow.PlanFacts;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.app.flow.PlanRollout;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.Option;
import xiaxiang.core.rollout.PlannedSite;
import xiaxiang.core.rollout.RolloutOutcome;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.core.rollout.Trust;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Verifier;

/// Makes a plan and shows it: what `demo` and `plan` share.
final class PlanRun {
    private static final int SHOWN = 15;
    private static final int LARGE = 5_000;
    private static final double LARGE_GAP = 1e-3;

    private final Locale locale;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean quiet;
    private final Display display;

    PlanRun(CommandSpec spec, Common common, ProgressOption progress, boolean json) {
        locale = common.locale();
        quiet = common.quiet();
        this.json = json;
        out = spec.commandLine().getOut();
        err = spec.commandLine().getErr();
        display = progress.display(locale, err);
    }

    /// Reads (with the fitted `coefficients` of a folder, if given), plans, writes and prints; returns the exit code. Without a `gap` asked for, a county is solved to the solver's own, a province to 0.1%.
    int run(PlanInput input, @Nullable Path coefficients, Limits limits, @Nullable Double gap, String command, Path folder) throws IOException {
        long start = System.nanoTime();
        try (Screen screen = new Screen(display)) {
            screen.at("facts", 0, -1, Double.NaN, Double.NaN);
            Problems problems = new Problems();
            PlanFacts read = PlanFacts.read(input, problems);
            PlanFacts facts = read == null || coefficients == null ? read : read.withCoefficients(coefficients, problems);
            if (facts == null) return bad(problems, input);
            return switch (PlanRollout.plan(facts, limits.withGap(gap == null ? usualGap(facts, limits) : gap), screen)) {
                case PlanRollout.Result.Infeasible(RolloutOutcome.Infeasible why) -> infeasible(why);
                case PlanRollout.Result.Planned(PlanRollout rollout) -> planned(rollout, command, folder, screen, start);
            };
        }
    }

    private static double usualGap(PlanFacts facts, Limits limits) {
        return facts.atlas().sites().size() > LARGE ? LARGE_GAP : limits.gap();
    }

    private int bad(Problems problems, PlanInput input) {
        Path folder = switch (input) {
            case PlanInput.Workspace(Path workspace) -> workspace;
            case PlanInput.National national -> national.atlas();
        };
        problems(err, problems, folder, locale);
        err.println(Words.of(locale, "nothing.written"));
        return ExitCode.BAD_INPUT;
    }

    /// Prints every problem kept, a line each.
    static void problems(PrintWriter to, Problems problems, Path folder, Locale locale) {
        problems(to, problems, folder, locale, Problems.KEPT);
    }

    /// Prints at most so many problems, a line each, and how many more there are.
    static void problems(PrintWriter to, Problems problems, Path folder, Locale locale, int most) {
        to.println(Words.of(locale, "check.problems", problems.count(), folder));
        to.println(problems.text(locale, most).stripTrailing());
    }

    private int infeasible(RolloutOutcome.Infeasible no) {
        if (json) out.println(JsonMapper.shared().writeValueAsString(new TreeMap<>(Map.of("status", "infeasible", "why", no.why(), "excesses", no.excesses().stream().map(PlanRun::machine).toList()))));
        else if (no.excesses().isEmpty()) err.println(Words.of(locale, "plan.infeasible"));
        else for (RolloutOutcome.Excess e : no.excesses())
            err.println(Words.of(locale, "plan.infeasible." + e.limit().name().toLowerCase(Locale.ROOT), yuan(e.leastFen()), yuan(e.limitFen()), yuan(e.leastFen() - e.limitFen())));
        return ExitCode.INFEASIBLE;
    }

    private static Map<String, Object> machine(RolloutOutcome.Excess excess) {
        return new TreeMap<>(Map.of("limit", excess.limit().name().toLowerCase(Locale.ROOT), "leastFen", excess.leastFen(), "limitFen", excess.limitFen()));
    }

    private int planned(PlanRollout rollout, String command, Path folder, Screen screen, long start) throws IOException {
        RolloutPlan plan = rollout.plan();
        screen.at("verify", 0, -1, plan.lower(), plan.upper());
        double certified = Verifier.verify(plan.problem(), plan.certificate()).provenGap();
        PlanFiles.write(rollout, certified, command, folder);
        screen.finish();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) printJson(folder, seconds);
        else if (!quiet) print(rollout, certified, folder, seconds);
        return ExitCode.DONE;
    }

    /// plan.json, with the time it took.
    private void printJson(Path folder, double seconds) throws IOException {
        JsonNode summary = PlanFiles.readSummary(folder);
        if (summary instanceof ObjectNode object) object.put("seconds", Math.round(seconds * 1000) / 1000.0);
        out.println(JsonMapper.shared().writeValueAsString(summary));
    }

    private void print(PlanRollout rollout, double certified, Path folder, double seconds) {
        RolloutPlan plan = rollout.plan();
        boolean zh = locale.getLanguage().equals("zh");
        out.println(Words.of(locale, "table.title", zh ? plan.scenario().nameZh() : plan.scenario().nameEn(), plan.scenario().demand().brand(), plan.scenario().demand().period(),
                plan.scenario().demand().table()));
        List<PlannedSite> acts = plan.sites().stream().filter(s -> s.action() != Option.Action.KEEP).toList();
        if (acts.isEmpty()) out.println(Words.of(locale, "no.sites"));
        else out.println(Words.of(locale, "table.head"));
        for (PlannedSite s : acts.subList(0, Math.min(SHOWN, acts.size())))
            out.println(Words.of(locale, "table.row", s.wave(), Words.action(locale, s.action()), s.why().net(), yuan(s.costFen()), stays(rollout, s), zh ? s.option().nameZh() : name(s)));
        if (acts.size() > SHOWN) out.println(Words.of(locale, "table.more", acts.size() - SHOWN));
        out.println();
        Trust.Interval net = rollout.trust().netInterval();
        Trust.Interval share = rollout.trust().shareInterval();
        out.println(Words.of(locale, "answer.net", plan.lower(), between(net, "answer.net.range", 1)));
        out.println(Words.of(locale, "answer.share", 100 * rollout.share().shareBefore(), 100 * rollout.share().shareAfter(), between(share, "answer.share.range", 100), 100 * rollout.share().onlineCeiling()));
        out.println(Words.of(locale, "answer.cost", yuan(plan.costFen()), yuan(plan.scenario().budgetFen()), yuan(plan.runningFenYear()), yuan(plan.scenario().runningCapFen())));
        out.println(Words.of(locale, "answer.gap", 100 * plan.gap(), 100 * certified, 100 * plan.viabilityLoss()));
        out.println(Words.of(locale, "answer.seconds", seconds));
        out.println(Words.of(locale, "answer.marked"));
        out.println(Words.of(locale, "answer.report", folder.resolve(PlanFiles.REPORT)));
    }

    /// The range of an estimate, or that none was drawn.
    private String between(Trust.Interval interval, String key, double scale) {
        return Double.isFinite(interval.low()) ? Words.of(locale, key, scale * interval.low(), scale * interval.high(), 100 * interval.level()) : Words.of(locale, "answer.range.none");
    }

    private static String name(PlannedSite s) {
        return s.option().nameEn().isBlank() ? s.option().nameZh() : s.option().nameEn();
    }

    private String yuan(long fen) {
        return String.format(locale, "%,d", Math.round(fen / 100.0));
    }

    private static String stays(PlanRollout rollout, PlannedSite s) {
        @Nullable Integer stays = rollout.trust().stays().get(s.option().id());
        return (stays == null ? 0 : stays) + "/" + rollout.trust().count();
    }
}
