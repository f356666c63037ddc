package xiaxiang.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import xiaxiang.engine.effect.GoodmanBacon;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.GroupTimeEffects;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.SyntheticControl;
import xiaxiang.engine.effect.SyntheticDid;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;
import xiaxiang.engine.effect.SyntheticMethod;
import xiaxiang.engine.effect.TwoWayFixedEffects;
import xiaxiang.engine.effect.UniformControl;

/// Published numbers of effects, and the recorded times of simulated panels.
final class EffectRows {
    private static final List<String> MPDTA = List.of("did_mpdta.csv");
    private static final List<String> CALIFORNIA = List.of("synthdid_california_prop99.csv");
    private static final GroupTime.Options STANDARD = GroupTime.Options.standard();

    private EffectRows() {}

    static List<ScienceRow> all() {
        return List.of(ScienceRow.untimed("B1", "R did, teen employment: group-time effects, analytic errors", MPDTA, t -> averages(mpdta(t.getFirst()))),
                ScienceRow.untimed("B1 lpop", "the same, doubly robust with log population", MPDTA, t -> covariate(mpdta(t.getFirst(), "lpop"))),
                ScienceRow.untimed("B2", "R fixest and didimputation on the same", MPDTA, t -> crossChecks(mpdta(t.getFirst()))),
                new ScienceRow("B3", "R synthdid, California's proposition 99: 3 estimators, each with 38 placebos", CALIFORNIA, "synthdid (processor)", 12.7, t -> california(t.getFirst())),
                ScienceRow.untimed("B4", "GeoLift, Chicago and Portland: synthetic control of demeaned sales", List.of("GeoLift_Test.csv"), t -> geoLift(t.getFirst())),
                ScienceRow.untimed("B5", "R bacondecomp, mathematics reform", List.of("bacondecomp_math_reform.csv"),
                        t -> bacon(panel(t.getFirst(), "state", "class", "incearn_ln", t.getFirst().numbers("reformyr_math")))),
                new ScienceRow("B6", "10,000 units x 5 periods, doubly robust with a covariate, 1,000 bootstraps", List.of(), "did", .64, _ -> simulated(10_000, 5, 3)),
                ScienceRow.untimed("B7", "40,000 units x 24 periods, 10 cohorts, doubly robust with a covariate, 1,000 bootstraps; to be within 10 s", List.of(), _ -> simulated(40_000, 24, 10)));
    }

    private static Panel mpdta(ScienceTable t, String... covariates) {
        return panel(t, "countyreal", "year", "lemp", t.numbers("first.treat"), covariates);
    }

    /// A balanced panel; `first` is the first treated period of each row's unit, 0 for none.
    private static Panel panel(ScienceTable t, String unit, String period, String outcome, double[] first, String... covariates) {
        return panel(t, unit, t.numbers(period), outcome, first, covariates);
    }

    private static Panel panel(ScienceTable t, String unit, double[] at, String outcome, double[] first, String... covariates) {
        int[] units = t.codes(unit);
        List<Double> times = Arrays.stream(at).distinct().sorted().boxed().toList();
        int n = 1 + Arrays.stream(units).max().orElse(-1);
        double[] y = new double[n * times.size()];
        double[][] x = new double[covariates.length][y.length];
        int[] cohort = new int[n];
        double[] value = t.numbers(outcome);
        double[][] from = Arrays.stream(covariates).map(t::numbers).toArray(double[][]::new);
        for (int row = 0; row < t.rows(); row++) {
            int cell = units[row] * times.size() + Collections.binarySearch(times, at[row]);
            y[cell] = value[row];
            for (int k = 0; k < x.length; k++) x[k][cell] = from[k][row];
            cohort[units[row]] = first[row] > 0 ? before(times, first[row]) : Panel.NEVER;
        }
        return new Panel(n, times.size(), y, cohort, x, IntStream.range(0, n).toArray());
    }

    /// How many periods lie before a value: the index of the first that does not.
    private static int before(List<Double> times, double value) {
        return (int) times.stream().filter(p -> p < value).count();
    }

    private static GroupTimeEffects groupTime(Panel panel, GroupTime.Options options) {
        return switch (GroupTime.estimate(panel, options)) {
            case GroupTime.Outcome.Estimated(GroupTimeEffects effects) -> effects;
            case GroupTime.Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    private static Supplier<List<Figure>> averages(Panel panel) {
        return () -> {
            GroupTimeEffects e = groupTime(panel, STANDARD);
            double[][] published = {{-.0399512752, .0120340128}, {-.0310182822, .0124152736}, {-.0772398215, .0199649891}, {-.0417004321, .0159718519}};
            List<String> names = List.of("simple", "group", "dynamic", "calendar");
            var ours = List.of(e.averages().simple(), e.averages().group().overall(), e.averages().dynamic().overall(), e.averages().calendar().overall());
            List<Figure> out = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                out.add(Figure.absolute(names.get(k), ours.get(k).value(), published[k][0], 1e-8));
                out.add(Figure.absolute("its error", ours.get(k).standardError(), published[k][1], 1e-8));
            }
            out.add(Figure.absolute("p of the pre-test", e.preTrend().p(), .16812, 5e-6));
            return out;
        };
    }

    private static Supplier<List<Figure>> covariate(Panel panel) {
        return () -> {
            var simple = groupTime(panel, STANDARD).averages().simple();
            return List.of(Figure.absolute("simple", simple.value(), -.0417517721, 1e-8), Figure.absolute("its error", simple.standardError(), .0115028382, 1e-8));
        };
    }

    private static Supplier<List<Figure>> crossChecks(Panel panel) {
        return () -> {
            double twoWay = switch (TwoWayFixedEffects.estimate(panel)) {
                case TwoWayFixedEffects.Outcome.Estimated e -> e.effect().value();
                case TwoWayFixedEffects.Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
            };
            double imputed = switch (Imputation.estimate(panel)) {
                case Imputation.Outcome.Estimated(Imputation.Effects effects) -> effects.overall().value();
                case Imputation.Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
            };
            return List.of(Figure.absolute("two-way fixed effects", twoWay, -.0365489366741, 1e-9), Figure.absolute("imputation", imputed, -.0477099182784, 1e-9));
        };
    }

    private static Supplier<List<Figure>> california(ScienceTable t) {
        double[] first = Arrays.stream(t.text("State")).mapToDouble(s -> s.equals("California") ? 1989 : 0).toArray();
        Panel panel = panel(t, "State", "Year", "PacksPerCapita", first);
        return () -> {
            List<Figure> out = new ArrayList<>();
            add(out, "SDID", panel, new SyntheticDid(), -15.6038, .03, 9.369);
            add(out, "SC", panel, SyntheticControl.published(false), -19.6197, .03, 10.620);
            add(out, "DiD", panel, new UniformControl(), -27.3491110836, 1e-8, 17.287);
            return out;
        };
    }

    private static void add(List<Figure> out, String name, Panel panel, SyntheticMethod method, double published, double tolerance, double spread) {
        out.add(Figure.absolute(name, estimate(panel, method).estimate(), published, tolerance));
        SyntheticErrors.Placebos placebos = switch (SyntheticErrors.of(panel, method).inSpace(38, 1, .95)) {
            case SyntheticErrors.Outcome.Known<SyntheticErrors.Placebos>(var value) -> value;
            case SyntheticErrors.Outcome.Refused<SyntheticErrors.Placebos>(var why) -> throw new IllegalStateException(why.toString());
        };
        out.add(Figure.relative("spread of its 38 placebos", placebos.interval().standardError(), spread, .01));
    }

    private static SyntheticEstimate estimate(Panel panel, SyntheticMethod method) {
        return switch (SyntheticEstimate.of(panel, method)) {
            case SyntheticEstimate.Outcome.Estimated(SyntheticEstimate estimate) -> estimate;
            case SyntheticEstimate.Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    private static Supplier<List<Figure>> geoLift(ScienceTable t) {
        Set<String> treated = Set.of("chicago", "portland");
        List<String> days = List.copyOf(new TreeSet<>(Arrays.asList(t.text("date"))));
        double[] first = Arrays.stream(t.text("location")).mapToDouble(place -> treated.contains(place) ? 91 : 0).toArray();
        double[] day = Arrays.stream(t.text("date")).mapToDouble(d -> 1 + days.indexOf(d)).toArray();
        Panel panel = panel(t, "location", day, "Y", first);
        return () -> {
            SyntheticEstimate.Cohort c = estimate(panel, SyntheticControl.published(true)).cohorts().getFirst();
            return List.of(Figure.absolute("effect a day", c.estimate(), 155.5556874, 1e-5), Figure.relative("incremental", c.incremental(), 4666.6706, 1e-7),
                    Figure.absolute("lift, %", 100 * c.lift(), 5.4231874, 1e-5), Figure.relative("imbalance", c.l2(), 909.4885, 1e-7));
        };
    }

    private static Supplier<List<Figure>> bacon(Panel panel) {
        return () -> switch (GoodmanBacon.decompose(panel)) {
            case GoodmanBacon.Outcome.Decomposed parts -> List.of(Figure.absolute("weighted sum", parts.sum(), .00245997292, 1e-9));
            case GoodmanBacon.Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    /// A staggered panel whose effect is 1 from the first treated period on; the figure says how many errors the estimate is off.
    private static Supplier<List<Figure>> simulated(int units, int periods, int cohorts) {
        SplittableRandom random = new SplittableRandom(1);
        double[] y = new double[units * periods];
        double[][] x = new double[1][y.length];
        int[] cohort = new int[units];
        for (int i = 0; i < units; i++) {
            double covariate = random.nextGaussian();
            int drawn = random.nextInt(cohorts + 1);
            cohort[i] = drawn == cohorts ? Panel.NEVER : 1 + drawn * (periods - 1) / cohorts;
            double level = random.nextGaussian();
            for (int p = 0; p < periods; p++) {
                y[i * periods + p] = level + .1 * p * (1 + covariate) + (p >= cohort[i] ? 1 : 0) + random.nextGaussian();
                x[0][i * periods + p] = covariate;
            }
        }
        Panel panel = new Panel(units, periods, y, cohort, x, IntStream.range(0, units).toArray());
        GroupTime.Options options = new GroupTime.Options(STANDARD.controls(), STANDARD.method(), STANDARD.base(), 0, new GroupTime.Errors.Bootstrap(1_000, 1));
        return () -> {
            var simple = groupTime(panel, options).averages().simple();
            return List.of(Figure.absolute("true effect 1, in its errors", (simple.value() - 1) / simple.standardError(), 0, 3));
        };
    }
}
