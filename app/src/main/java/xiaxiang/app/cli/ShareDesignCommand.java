package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanFacts;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.app.flow.ShareFiles;
import xiaxiang.app.flow.ShareTownships;
import xiaxiang.core.door.Problems;
import xiaxiang.core.share.DesignPower;
import xiaxiang.core.share.DesignTerms;
import xiaxiang.core.share.Outcomes;
import xiaxiang.core.share.Period;
import xiaxiang.core.share.SealedDesign;
import xiaxiang.engine.effect.Power;
import xiaxiang.engine.effect.WaveDesign;

/// Draws the waves of a plan by lot and seals the draw. Sends nothing anywhere.
@Command(name = "design", mixinStandardHelpOptions = true,
        description = "Draws by lot, inside strata of townships that are alike, which of a plan's townships come in which wave and which are held back as controls; writes design.txt (sealed by its SHA-256), design.csv and design.json.",
        footer = {"", "Examples:", "  xiaxiang plan demo/yichuan --out out/yichuan", "  xiaxiang share synthesize demo/yichuan --seed 5 --out out/before",
            "  xiaxiang share design demo/yichuan --plan out/yichuan --outcomes out/before --seed 11 --out out/design",
            "  xiaxiang share design demo/yichuan --plan out/yichuan --outcomes none --waves 5,4 --controls 5 --launch 2017Q3 --seed 11 --out out/design", "",
            "Publish the seal, or send it to someone who keeps it: sha256sum out/design/design.txt shows it."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ShareDesignCommand implements Callable<Integer> {
    private static final double HELD_BACK = .3;
    private static final int AFTER_LAST = 4;
    private static final double FAR = .25;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace the plan was made for.")
    private Path workspace;

    @Option(names = "--plan", required = true, paramLabel = "DIR", description = "The plan's folder, as xiaxiang plan wrote it.")
    private Path plan;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the design goes; it must not hold one.")
    private Path out;

    @Option(names = "--seed", required = true, paramLabel = "N", description = "The seed of the lot.")
    private long seed;

    @Option(names = "--outcomes", paramLabel = "DIR|none", description = "The folder of outcomes.csv from before the launch. Default: the workspace.")
    private @Nullable String outcomes;

    @Option(names = "--waves", split = ",", paramLabel = "N", description = "Townships in each wave. Default: as many waves as the plan has, of equal size.")
    private @Nullable List<Integer> waves;

    @Option(names = "--controls", paramLabel = "N", description = "Townships held back until all is measured. Default: three in ten, at least 2.")
    private @Nullable Integer controls;

    @Option(names = "--stratum-size", paramLabel = "N", description = "Townships in a stratum. Default: so many that each holds a control.")
    private @Nullable Integer stratumSize;

    @Option(names = "--buffer-meters", defaultValue = "5000", paramLabel = "M", description = "A control this near a treated township counts on neither side. Default: ${DEFAULT-VALUE}.")
    private double bufferMeters;

    @Option(names = "--least-controls", paramLabel = "N", description = "Controls that must be left outside the buffer. Default: half of them, at least 2.")
    private @Nullable Integer leastControls;

    @Option(names = "--rings-meters", split = ",", defaultValue = "5000,10000", paramLabel = "M", description = "Outer edges of the rings that spillover is looked for in. Default: ${DEFAULT-VALUE}.")
    private List<Double> rings;

    @Option(names = "--launch", paramLabel = "PERIOD", description = "The first treated period, as 2017Q2 or 2017-04. Default: the one after the plan's.")
    private @Nullable String launch;

    @Option(names = "--every", defaultValue = "1", paramLabel = "N", description = "Periods between waves. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--measured", paramLabel = "N", description = "Periods measured from the launch. Default: four from the last wave's.")
    private @Nullable Integer measured;

    @Option(names = "--worth", paramLabel = "UNITS", description = "The effect worth having, in units per treated township and period. Default: what the plan promises.")
    private @Nullable Double worth;

    @Option(names = "--alpha", defaultValue = ".05", paramLabel = "P", description = "The level of the test. Default: ${DEFAULT-VALUE}.")
    private double alpha;

    @Option(names = "--json", description = "Print design.json and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(workspace), problems);
        Outcomes before = "none".equals(outcomes) ? null : Outcomes.read(outcomes == null ? workspace : Path.of(outcomes), problems);
        if (facts == null || !problems.isEmpty()) {
            PlanRun.problems(spec.commandLine().getErr(), problems, workspace, common.locale());
            return ExitCode.BAD_INPUT;
        }
        if (before == null && outcomes != null && !outcomes.equals("none")) throw new java.nio.file.NoSuchFileException(Path.of(outcomes).resolve("outcomes.csv").toString());
        JsonNode planned = PlanFiles.readSummary(plan);
        ShareTownships townships = ShareTownships.of(facts.facts(), planned);
        DesignTerms terms = terms(townships, planned);
        SealedDesign.Outcome drawn = SealedDesign.draw(terms, ShareTownships.features(before), townships.units(before, terms.launch()), townships.others());
        return switch (drawn) {
            case SealedDesign.Outcome.Refused(String why) -> refused(why);
            case SealedDesign.Outcome.Sealed(SealedDesign design) -> designed(design, before == null ? new DesignPower.Outcome.Unknown("there is no outcomes.csv from before the launch") : DesignPower.of(design, before));
        };
    }

    private DesignTerms terms(ShareTownships townships, JsonNode planned) throws IOException {
        int all = townships.planned();
        int held = controls != null ? controls : waves != null ? all - waves.stream().mapToInt(Integer::intValue).sum() : Math.max(2, (int) Math.round(HELD_BACK * all));
        List<Integer> sizes = waves == null ? even(all - held, Math.clamp(townships.waves(), 1, Math.max(1, (all - held) / 2))) : waves;
        Period from = Period.parse(launch == null ? planned.path("period").asString("") : launch);
        if (from == null) throw new ParameterException(spec.commandLine(), Words.of(common.locale(), "share.launch", launch == null ? planned.path("period").asString("") : launch));
        Period first = launch == null ? from.plus(1) : from;
        if (every < 1 || !(alpha > 0 && alpha < 1) || bufferMeters < 0 || !rising(rings)) throw new ParameterException(spec.commandLine(), Words.of(common.locale(), "share.range"));
        int last = (sizes.size() - 1) * every;
        int periods = measured == null ? last + AFTER_LAST : measured;
        if (periods <= last) throw new ParameterException(spec.commandLine(), Words.of(common.locale(), "share.measured", periods, last + 1));
        double promise = planned.path("lower").asDouble(0) / Math.max(1, all) / first.perYear();
        return new DesignTerms(seed, sizes, held, stratumSize == null ? Math.max(2, (int) Math.ceil((double) all / Math.max(1, held))) : stratumSize,
                leastControls == null ? Math.min(held, Math.max(2, held / 2)) : leastControls, bufferMeters, rings, first, every, periods, worth == null ? promise : worth, alpha,
                PlanFiles.hash(plan.resolve(PlanFiles.JSON)));
    }

    private static boolean rising(List<Double> edges) {
        return IntStream.range(0, edges.size()).allMatch(k -> edges.get(k) > (k == 0 ? 0 : edges.get(k - 1)));
    }

    private static List<Integer> even(int all, int parts) {
        return IntStream.range(0, parts).mapToObj(k -> all * (k + 1) / parts - all * k / parts).toList().reversed();
    }

    private int refused(String why) {
        if (json) spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(Map.of("status", "refused", "why", why)));
        else spec.commandLine().getErr().println(Words.of(common.locale(), "share.refused", why));
        return ExitCode.INFEASIBLE;
    }

    private int designed(SealedDesign design, DesignPower.Outcome power) throws IOException {
        Map<String, @Nullable Object> summary = ShareFiles.summary(design, power);
        ShareFiles.write(design, summary, out);
        PrintWriter to = spec.commandLine().getOut();
        if (json) to.println(JsonMapper.shared().writeValueAsString(summary));
        else if (!common.quiet()) print(design, power, to);
        return ExitCode.DONE;
    }

    private void print(SealedDesign design, DesignPower.Outcome power, PrintWriter to) {
        Locale locale = common.locale();
        DesignTerms terms = design.terms();
        to.println(Words.of(locale, "share.title", design.units().size(), terms.waves().size(), terms.controls(), terms.launch().toString()));
        for (int i = 0; i < design.units().size(); i++) to.println(Words.of(locale, "share.row", design.units().get(i).code(), design.drawn().stratumOf()[i] + 1, design.labelText(i)));
        for (WaveDesign.Balance b : design.drawn().balance())
            if (b.wave() < 0) to.println(Words.of(locale, Math.abs(b.difference()) > FAR ? "share.far" : "share.balance", design.features().get(b.feature()), b.difference()));
        power(power, terms, to, locale);
        to.println(Words.of(locale, "share.seal", design.seal(), out.resolve(ShareFiles.TEXT)));
    }

    /// What the design can see, against what is worth seeing.
    static void power(DesignPower.Outcome power, DesignTerms terms, PrintWriter to, Locale locale) {
        switch (power) {
            case DesignPower.Outcome.Unknown(String why) -> to.println(Words.of(locale, "share.power.unknown", why));
            case DesignPower.Outcome.Known(Power p, int before, int measured) -> {
                if (Double.isInfinite(p.detectable())) to.println(Words.of(locale, "share.power.none", p.least(), terms.alpha()));
                else to.println(Words.of(locale, "share.power", p.detectable(), 100 * DesignPower.POWER, terms.worth()));
                if (p.detectable() > terms.worth()) to.println(Words.of(locale, "share.weak"));
                to.println(Words.of(locale, "share.false", 100 * p.falsePositiveRate(), 100 * terms.alpha(), p.criticalValue(), before, measured));
            }
        }
    }
}
