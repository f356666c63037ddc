package xiaxiang.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Panel;

/// Whether intervals hold what they promise: simulated roll-outs with a known truth, and how often a 95% interval covers it and a 5% test rejects no effect.
///
/// Units have levels of their own, outcomes that remember the period before (autoregression .5), cohorts effects of different size that grow. The gate: 93 to 97%, 4 to 6%.
@Command(name = "effect-gate", mixinStandardHelpOptions = true, description = "Coverage and rejection of the effect estimators over simulated roll-outs; prints a Markdown table.")
final class EffectGate implements Callable<Integer> {
    private static final int PERIODS = 8;
    private static final int[] STARTS = {3, 4, 6, Panel.NEVER};
    private static final double[] UP_TO = {.2, .4, .6, 1};
    private static final long SEED = 20_260_101;

    @Option(names = "--replications", defaultValue = "1000", paramLabel = "N", description = "Roll-outs simulated for each row. Default: ${DEFAULT-VALUE}.")
    private int replications = 1_000;

    /// A roll-out: `units` in `clusters` (as many clusters as units: each its own) which get treatment and shocks together.
    private record Setting(String name, int units, int clusters, boolean covariate) {}

    private record Simulated(Panel panel, double bySize, double byRow) {}

    private record Judged(Estimate estimate, double truth) {}

    @Override
    public Integer call() {
        System.out.println("| roll-out | estimator | 95% interval covers | 5% test rejects | gate |\n|---|---|---|---|---|");
        Setting[] settings = {new Setting("staggered, 200 units", 200, 200, false), new Setting("staggered, 500 units, a covariate drives trend and timing", 500, 500, true),
            new Setting("60 clusters of 5", 300, 60, false), new Setting("30 clusters of 5", 150, 30, false), new Setting("12 clusters of 5", 60, 12, false)};
        for (Setting setting : settings) {
            row(setting, "attGt, never treated, analytic", s -> groupTime(s, GroupTime.Controls.NEVER_TREATED, new GroupTime.Errors.Analytic()));
            row(setting, "attGt, never treated, small sample", s -> groupTime(s, GroupTime.Controls.NEVER_TREATED, new GroupTime.Errors.SmallSample()));
            row(setting, "attGt, not yet treated, bootstrap", s -> groupTime(s, GroupTime.Controls.NOT_YET_TREATED, new GroupTime.Errors.Bootstrap(1_000, 1)));
            if (!setting.covariate) row(setting, "imputation", EffectGate::imputation);
        }
        return 0;
    }

    private void row(Setting setting, String estimator, Function<Simulated, Judged> judge) {
        double covers = share(setting, judge, 1);
        double rejects = 1 - share(setting, judge, 0);
        boolean passes = covers >= .93 && covers <= .97 && rejects >= .04 && rejects <= .06;
        System.out.printf(Locale.ROOT, "| %s | %s | %.1f%% | %.1f%% | %s |%n", setting.name, estimator, 100 * covers, 100 * rejects, passes ? "passes" : "fails");
    }

    /// How often the interval covers the truth, of the roll-outs that have an answer.
    private double share(Setting setting, Function<Simulated, Judged> judge, double effect) {
        int[] covered = IntStream.range(0, replications).parallel().map(r -> {
            Judged j = judge.apply(simulate(setting, effect, SEED + r));
            if (Double.isNaN(j.estimate.p())) return -1;
            return j.estimate.low() <= j.truth && j.truth <= j.estimate.high() ? 1 : 0;
        }).toArray();
        long answered = IntStream.of(covered).filter(c -> c >= 0).count();
        return (double) IntStream.of(covered).filter(c -> c == 1).count() / answered;
    }

    private static Judged groupTime(Simulated s, GroupTime.Controls controls, GroupTime.Errors errors) {
        GroupTime.Options options = new GroupTime.Options(controls, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.VARYING, 0, errors);
        return switch (GroupTime.estimate(s.panel, options)) {
            case GroupTime.Outcome.Estimated(var effects) -> new Judged(effects.averages().simple(), s.bySize);
            case GroupTime.Outcome.Refused _ -> new Judged(Estimate.unknown(Double.NaN), s.bySize);
        };
    }

    private static Judged imputation(Simulated s) {
        return switch (Imputation.estimate(s.panel)) {
            case Imputation.Outcome.Estimated(var effects) -> new Judged(effects.overall(), s.byRow);
            case Imputation.Outcome.Refused _ -> new Judged(Estimate.unknown(Double.NaN), s.byRow);
        };
    }

    private static Simulated simulate(Setting setting, double effect, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int n = setting.units;
        double[] y = new double[n * PERIODS];
        double[] x = new double[y.length];
        int[] cohort = new int[n];
        int[] cluster = new int[n];
        int per = n / setting.clusters;
        double sum = 0;
        int rows = 0;
        double[] shock = new double[PERIODS];
        for (int i = 0; i < n; i++) {
            cluster[i] = i / per;
            double z = setting.covariate ? normal.sample() : 0;
            boolean isFirst = i % per == 0;
            if (isFirst) cohort[i] = start(Math.clamp(random.nextDouble() + .1 * z, 0, .999999));
            else cohort[i] = cohort[i - 1];
            if (isFirst) series(shock, per > 1 ? .5 : 0, normal);
            double[] own = new double[PERIODS];
            series(own, 1, normal);
            double level = normal.sample();
            for (int t = 0; t < PERIODS; t++) {
                double gain = t < cohort[i] ? 0 : effect(effect, cohort[i], t);
                x[i * PERIODS + t] = z;
                y[i * PERIODS + t] = level + .2 * t + .2 * z * t + own[t] + shock[t] + gain;
                if (t >= cohort[i]) rows++;
                sum += gain;
            }
        }
        Panel panel = new Panel(n, PERIODS, y, cohort, setting.covariate ? new double[][] {x} : new double[0][], cluster);
        return new Simulated(panel, effect == 0 ? 0 : bySize(effect, setting.covariate, cohort), rows == 0 ? 0 : sum / rows);
    }

    private static int start(double draw) {
        int k = 0;
        while (draw >= UP_TO[k]) k++;
        return STARTS[k];
    }

    private static double effect(double size, int cohort, int t) {
        return size * (1 + .2 * (t - cohort) + (cohort == 4 ? .5 : 0));
    }

    /// The simple average with the cohorts' true shares; where the covariate moves them, with those drawn, which differ little.
    private static double bySize(double size, boolean drawn, int[] cohort) {
        double sum = 0;
        double weights = 0;
        for (int g = 0; g + 1 < STARTS.length; g++) {
            int at = STARTS[g];
            double share = drawn ? IntStream.of(cohort).filter(c -> c == at).count() : .2;
            for (int t = at; t < PERIODS; t++) {
                sum += share * effect(size, at, t);
                weights += share;
            }
        }
        return sum / weights;
    }

    private static void series(double[] to, double deviation, ZigguratSampler.NormalizedGaussian normal) {
        double last = deviation * normal.sample() / Math.sqrt(1 - .25);
        for (int t = 0; t < to.length; t++) {
            to[t] = last;
            last = .5 * last + deviation * normal.sample();
        }
    }
}
