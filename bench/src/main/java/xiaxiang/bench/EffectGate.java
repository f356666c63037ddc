package xiaxiang.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Notice;
import xiaxiang.engine.effect.Panel;

/// Worlds of staggered roll-outs: eight periods, three cohorts with unlike effects that grow, outcomes that remember the period before (autoregression .5).
final class EffectGate {
    private static final int PERIODS = 8;
    private static final int[] STARTS = {3, 4, 6, Panel.NEVER};
    private static final double[] UP_TO = {.2, .4, .6, 1};
    private static final int WORLDS = 4_000;

    private EffectGate() {}

    /// A roll-out: `units` in `clusters` (as many clusters as units: each its own) which get treatment and shocks together.
    private record Setting(String row, String name, int units, int clusters, boolean covariate) {}

    private record Simulated(Panel panel, double bySize, double byRow) {}

    private record Judged(Estimate estimate, double truth, String warning) {}

    static List<GateRow> rows() {
        List<GateRow> rows = new ArrayList<>();
        add(rows, new Setting("staggered", "200 units", 200, 200, false), true);
        add(rows, new Setting("staggered", "500 units, a covariate drives trend and timing", 500, 500, true), true);
        add(rows, new Setting("few-clusters", "roll-out in 30 clusters of 5", 150, 30, false), false);
        add(rows, new Setting("few-clusters", "roll-out in 12 clusters of 5", 60, 12, false), false);
        return rows;
    }

    private static void add(List<GateRow> rows, Setting setting, boolean mustPass) {
        rows.add(row(setting, "attGt, never treated, analytic", mustPass, s -> groupTime(s, GroupTime.Controls.NEVER_TREATED, new GroupTime.Errors.Analytic())));
        rows.add(row(setting, "attGt, never treated, small sample", mustPass, s -> groupTime(s, GroupTime.Controls.NEVER_TREATED, new GroupTime.Errors.SmallSample())));
        rows.add(row(setting, "attGt, not yet treated, bootstrap", mustPass, s -> groupTime(s, GroupTime.Controls.NOT_YET_TREATED, new GroupTime.Errors.Bootstrap(1_000, 1))));
        if (!setting.covariate) rows.add(row(setting, "imputation", mustPass, EffectGate::imputation));
    }

    private static GateRow row(Setting setting, String method, boolean mustPass, Function<Simulated, Judged> judge) {
        return new GateRow(setting.row, setting.name, method, WORLDS, mustPass, seed -> {
            Judged with = judge.apply(simulate(setting, 1, seed));
            Judged without = judge.apply(simulate(setting, 0, seed));
            if (Double.isNaN(with.estimate.p()) || Double.isNaN(without.estimate.p())) return GateRow.Replication.refused("no standard error");
            return new GateRow.Replication(with.estimate.low() <= with.truth && with.truth <= with.estimate.high(), without.estimate.p() < .05, false, with.warning);
        });
    }

    /// What the output says of clusters, as `effect estimate` does.
    private static String warning(List<Notice> notices) {
        return notices.stream().anyMatch(n -> n.kind() == Notice.Kind.FEW_CLUSTERS) ? "few clusters: errors too small"
                : notices.stream().anyMatch(n -> n.kind() == Notice.Kind.CAREFUL_ERRORS) ? "few clusters: errors on the careful side" : "";
    }

    private static Judged groupTime(Simulated s, GroupTime.Controls controls, GroupTime.Errors errors) {
        GroupTime.Options options = new GroupTime.Options(controls, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.VARYING, 0, errors);
        return switch (GroupTime.estimate(s.panel, options)) {
            case GroupTime.Outcome.Estimated(var effects) -> new Judged(effects.averages().simple(), s.bySize, warning(effects.notices()));
            case GroupTime.Outcome.Refused _ -> new Judged(Estimate.unknown(Double.NaN), s.bySize, "");
        };
    }

    private static Judged imputation(Simulated s) {
        return switch (Imputation.estimate(s.panel)) {
            case Imputation.Outcome.Estimated(var effects) -> new Judged(effects.overall(), s.byRow, warning(effects.notices()));
            case Imputation.Outcome.Refused _ -> new Judged(Estimate.unknown(Double.NaN), s.byRow, "");
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
