package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.GroupTimeEffects;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.Spillover;
import xiaxiang.engine.effect.SyntheticDid;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;
import xiaxiang.engine.effect.WaveContrast;
import xiaxiang.engine.geo.NearGrid;

/// Judges a wave by its sealed design: the lot's own test first, then other estimators, rings of distance, and every measure by itself.
public final class WaveJudge {
    private static final int DRAWS = 9_999;
    private static final int PLACEBOS = 200;
    private static final double LEVEL = .95;

    private final SealedDesign design;
    private final Outcomes outcomes;
    private final DesignTerms terms;
    private final List<String> codes;
    private final int periods;
    private final int[] start;

    private WaveJudge(SealedDesign design, Outcomes outcomes) {
        this.design = design;
        this.outcomes = outcomes;
        terms = design.terms();
        codes = design.units().stream().map(SealedDesign.Unit::code).toList();
        periods = Math.min(outcomes.periods(), terms.launch().index() + terms.measured() - outcomes.first().index());
        start = terms.starts(outcomes.first());
    }

    /// How it ended.
    public sealed interface Outcome {
        /// A verdict.
        record Judged(WaveVerdict verdict) implements Outcome {}

        /// There is none, and why.
        record Refused(String why) implements Outcome {}
    }

    /// Judges. Periods after those the design measures are not looked at. Cost: 10,000 draws x townships x periods, and the other estimators.
    public static Outcome judge(SealedDesign design, Outcomes outcomes) {
        WaveJudge judge = new WaveJudge(design, outcomes);
        String why = judge.unfit();
        return why.isEmpty() ? new Outcome.Judged(judge.verdict()) : new Outcome.Refused(why);
    }

    private String unfit() {
        List<String> missing = codes.stream().filter(c -> !outcomes.divisions().contains(c)).toList();
        if (!missing.isEmpty()) return "outcomes.csv lacks " + missing.size() + " townships of the design: " + String.join(" ", missing.subList(0, Math.min(10, missing.size()))) + ".";
        if (outcomes.first().perYear() != terms.launch().perYear()) return "outcomes.csv counts time in other periods than the design's launch (" + terms.launch() + ").";
        if (start[0] < 1) return "outcomes.csv begins in " + outcomes.first() + "; a period before the launch (" + terms.launch() + ") is needed.";
        int last = start[start.length - 1];
        if (last >= periods) return "outcomes.csv ends in " + outcomes.first().plus(outcomes.periods() - 1) + ", before the last wave starts (" + outcomes.first().plus(last) + "). Judge again later.";
        return "";
    }

    private WaveVerdict verdict() {
        RandomisationInference test = RandomisationInference.of(design.drawn().mechanism(), new WaveContrast(periods, start), DRAWS, terms.seed());
        int[] label = design.drawn().labels();
        List<WaveVerdict.Measured> measures = outcomes.measures().stream().map(m -> new WaveVerdict.Measured(m, test.test(units(m, codes), label, terms.alpha()))).toList();
        return new WaveVerdict(WaveVerdict.answer(measures.getFirst().test(), terms.alpha(), terms.worth()), outcomes.main(), measures, checks(), spillover(),
                DesignPower.of(design, outcomes), terms.worth(), terms.alpha(), periods, outcomes.synthetic());
    }

    private double[] units(String measure, List<String> of) {
        return outcomes.units(measure, of, 0, periods);
    }

    /// Treated townships and the controls outside the buffer.
    private Panel panel() {
        int[] label = design.drawn().labels();
        int[] in = IntStream.range(0, label.length).filter(i -> label[i] != WaveContrast.BUFFER).toArray();
        double[] y = units(outcomes.main(), IntStream.of(in).mapToObj(codes::get).toList());
        int[] cohort = IntStream.of(in).map(i -> label[i] >= 0 ? start[label[i]] : Panel.NEVER).toArray();
        return new Panel(in.length, periods, y, cohort, new double[0][], IntStream.range(0, in.length).toArray());
    }

    private List<WaveVerdict.Check> checks() {
        Panel panel = panel();
        List<WaveVerdict.Check> checks = new ArrayList<>();
        checks.add(switch (GroupTime.estimate(panel, GroupTime.Options.standard())) {
            case GroupTime.Outcome.Estimated(GroupTimeEffects e) -> check("attGt", e.averages().simple());
            case GroupTime.Outcome.Refused(var why) -> none("attGt", why.toString());
        });
        checks.add(switch (Imputation.estimate(panel)) {
            case Imputation.Outcome.Estimated(Imputation.Effects e) -> check("imputation", e.overall());
            case Imputation.Outcome.Refused(var why) -> none("imputation", why.toString());
        });
        checks.add(synthetic(panel));
        return checks;
    }

    private static WaveVerdict.Check check(String name, Estimate e) {
        return new WaveVerdict.Check(name, e.value(), e.standardError(), e.low(), e.high(), e.p(), "");
    }

    private static WaveVerdict.Check none(String name, String why) {
        return new WaveVerdict.Check(name, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, why);
    }

    private WaveVerdict.Check synthetic(Panel panel) {
        return switch (SyntheticEstimate.of(panel, new SyntheticDid())) {
            case SyntheticEstimate.Outcome.Refused(var why) -> none("syntheticDid", why.toString());
            case SyntheticEstimate.Outcome.Estimated(SyntheticEstimate e) -> switch (SyntheticErrors.of(panel, new SyntheticDid()).inSpace(PLACEBOS, terms.seed(), LEVEL)) {
                case SyntheticErrors.Outcome.Known<SyntheticErrors.Placebos>(SyntheticErrors.Placebos p) ->
                        new WaveVerdict.Check("syntheticDid", e.estimate(), p.interval().standardError(), p.interval().low(), p.interval().high(), p.interval().p(), "");
                case SyntheticErrors.Outcome.Refused<SyntheticErrors.Placebos>(var why) ->
                        new WaveVerdict.Check("syntheticDid", e.estimate(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, why.toString());
            };
        };
    }

    /// All townships with outcomes, in the lot or not.
    private Spillover.Outcome spillover() {
        List<SealedDesign.Place> places = new ArrayList<>();
        for (SealedDesign.Unit u : design.units()) places.add(new SealedDesign.Place(u.code(), u.lon(), u.lat()));
        for (SealedDesign.Place p : design.others()) if (outcomes.divisions().contains(p.code())) places.add(p);
        int[] label = design.drawn().labels();
        int[] from = IntStream.range(0, places.size()).map(i -> i < label.length && label[i] >= 0 ? start[label[i]] : Panel.NEVER).toArray();
        double[] edges = terms.rings().stream().mapToDouble(Double::doubleValue).toArray();
        double[] y = units(outcomes.main(), places.stream().map(SealedDesign.Place::code).toList());
        return Spillover.estimate(y, periods, from, neighbours(places, edges[edges.length - 1]), edges, LEVEL);
    }

    private static Spillover.Neighbours neighbours(List<SealedDesign.Place> places, double meters) {
        NearGrid grid = NearGrid.of(places.stream().mapToDouble(SealedDesign.Place::lon).toArray(), places.stream().mapToDouble(SealedDesign.Place::lat).toArray());
        int[][] unit = new int[places.size()][];
        double[][] far = new double[places.size()][];
        for (int i = 0; i < unit.length; i++) {
            int at = i;
            List<Integer> who = new ArrayList<>();
            List<Double> how = new ArrayList<>();
            grid.within(places.get(i).lon(), places.get(i).lat(), meters, (j, m) -> {
                if (j == at) return;
                who.add(j);
                how.add(m);
            });
            unit[i] = who.stream().mapToInt(Integer::intValue).toArray();
            far[i] = how.stream().mapToDouble(Double::doubleValue).toArray();
        }
        return new Spillover.Neighbours(unit, far);
    }
}
