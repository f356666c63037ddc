package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.FDistribution;
import org.ejml.data.DMatrixRMaj;

/// Imputation of Borusyak, Jaravel and Spiess (2024), Revisiting event-study designs: unit and period constants (and covariates) fitted on untreated observations alone say what each
/// treated one would have been; effects are averages of what is left, every treated observation weighing the same.
///
/// Errors are the paper's conservative ones (theorem 3): residuals, of treated observations less the mean effect of their cohort and period, clustered. All observations that are
/// complete count: the panel may have holes. Cost: observations x (periods + effects).
public final class Imputation {
    private static final int MOST_LEADS = 5;
    private static final int BAND_DRAWS = 1_000;

    /// The average effect, by periods since treatment began, and the `leads` before it (from a regression on untreated observations, against all earlier periods).
    public record Effects(Estimate overall, List<EffectPoint> horizons, List<EffectPoint> leads, PreTrend preTrend, int observations, int treated, int clusters, List<Notice> notices) {}

    /// What came of it.
    public sealed interface Outcome {
        /// Effects, and what to know about them.
        record Estimated(Effects effects) implements Outcome {}

        /// Nothing could be estimated.
        record Refused(List<Notice> why) implements Outcome {}
    }

    private final Panel panel;
    private final int periods;
    private final boolean[] complete;
    private final double[] y;
    private final double[][] x;
    private final TwoWayRegression fit;
    /// Entries of treated observations whose untreated outcome is known.
    private final int[] treated;
    private final List<Notice> notices = new ArrayList<>();

    private Imputation(Panel panel) {
        this.panel = panel;
        periods = panel.periods();
        complete = Observations.complete(panel);
        y = new double[complete.length];
        x = new double[panel.covariates()][complete.length];
        for (int at = 0; at < complete.length; at++) {
            if (!complete[at]) continue;
            y[at] = panel.outcome(at / periods, at % periods);
            for (int k = 0; k < x.length; k++) x[k][at] = panel.covariate(k, at / periods, at % periods);
        }
        fit = new TwoWayRegression(new TwoWay(panel, at -> complete[at] && !isTreated(at)), y, x);
        int[] all = IntStream.range(0, complete.length).filter(at -> complete[at] && isTreated(at)).toArray();
        treated = IntStream.of(all).filter(at -> fit.constants.connects(at / periods, at % periods)).toArray();
        if (treated.length < all.length) notices.add(Notice.of(Notice.Kind.NOT_IMPUTABLE, all.length - treated.length));
        if (fit.kept.size() < x.length) notices.add(Notice.of(Notice.Kind.COVARIATES_LEFT_OUT, x.length - fit.kept.size()));
    }

    /// Estimates the effects on a panel.
    public static Outcome estimate(Panel panel) {
        Imputation i = new Imputation(panel);
        if (Observations.isConstant(panel, i.complete)) return new Outcome.Refused(List.of(Notice.of(Notice.Kind.CONSTANT_OUTCOME, 0)));
        if (i.treated.length == 0) {
            i.notices.add(Notice.of(Notice.Kind.NO_TREATED, 0));
            return new Outcome.Refused(i.notices);
        }
        return new Outcome.Estimated(i.judge());
    }

    private boolean isTreated(int at) {
        return panel.cohort(at / periods) <= at % periods;
    }

    private int event(int at) {
        return at % periods - panel.cohort(at / periods);
    }

    private Effects judge() {
        double[] rest = centred();
        int[] events = IntStream.of(treated).map(this::event).distinct().sorted().toArray();
        int clusters = panel.units() == 0 ? 0 : IntStream.range(0, panel.units()).map(panel::cluster).max().orElse(0) + 1;
        double[][] rows = new double[clusters][1 + events.length];
        double[] value = new double[1 + events.length];
        boolean[] told = new boolean[value.length];
        for (int j = 0; j < value.length; j++) {
            int target = j;
            int[] of = j == 0 ? treated : IntStream.of(treated).filter(at -> event(at) == events[target - 1]).toArray();
            value[j] = IntStream.of(of).mapToDouble(at -> fit.residuals[at]).sum() / of.length;
            told[j] = IntStream.of(of).map(at -> panel.cluster(at / periods)).distinct().limit(2).count() == 2;
            influence(of, rest, rows, j);
        }
        MultiplierBootstrap bootstrap = new MultiplierBootstrap(BAND_DRAWS, 1, value.length);
        bootstrap.add(rows, clusters);
        bootstrap.finish();
        double critical = Math.max(1.959963984540054, bootstrap.criticalValue(IntStream.range(1, value.length).toArray()));
        List<EffectPoint> horizons = new ArrayList<>();
        for (int j = 1; j < value.length; j++) horizons.add(EffectPoint.of(events[j - 1], estimate(value, rows, told, j), critical));
        int real = Observations.clusters(panel, i -> IntStream.range(0, periods).anyMatch(t -> complete[i * periods + t]));
        warn(real);
        Leads leads = leads(events, real);
        return new Effects(estimate(value, rows, told, 0), horizons, leads.points, leads.trend, fit.constants.observations() + treated.length, treated.length, real, List.copyOf(notices));
    }

    private static Estimate estimate(double[] value, double[][] rows, boolean[] told, int j) {
        double sum = 0;
        for (double[] row : rows) sum += row[j] * row[j];
        return Estimate.normal(value[j], told[j] ? Math.sqrt(sum) : Double.NaN);
    }

    private void warn(int clusters) {
        int[] cohorts = IntStream.of(treated).map(at -> panel.cohort(at / periods)).distinct().sorted().toArray();
        for (int g : cohorts) if (clusters(at -> panel.cohort(at / periods) == g) == 1) notices.add(new Notice(Notice.Kind.COHORT_OF_ONE, 1, g, -1));
        if (clusters < Observations.FEW_CLUSTERS) notices.add(Notice.of(Notice.Kind.FEW_CLUSTERS, clusters));
    }

    private long clusters(IntPredicate of) {
        return IntStream.of(treated).filter(of).map(at -> panel.cluster(at / periods)).distinct().count();
    }

    /// Residuals; of treated observations less the mean of their cohort and period, since no more than that is known of the effect.
    private double[] centred() {
        double[] out = fit.residuals.clone();
        double[] sum = new double[periods * periods];
        int[] count = new int[periods * periods];
        for (int at : treated) {
            int cell = Math.max(0, panel.cohort(at / periods)) * periods + at % periods;
            sum[cell] += out[at];
            count[cell]++;
        }
        for (int at : treated) {
            int cell = Math.max(0, panel.cohort(at / periods)) * periods + at % periods;
            out[at] -= sum[cell] / count[cell];
        }
        return out;
    }

    /// Adds, by cluster, each observation's weight in the mean effect over `of`, times its residual, to column `j`.
    private void influence(int[] of, double[] rest, double[][] rows, int j) {
        double each = 1.0 / of.length;
        double[] byUnit = new double[panel.units()];
        double[] byPeriod = new double[periods];
        double[] moved = new double[fit.columns.length];
        for (int at : of) {
            byUnit[at / periods] += each;
            byPeriod[at % periods] += each;
            for (int k = 0; k < moved.length; k++) moved[k] += each * fit.columns[k][at];
            rows[panel.cluster(at / periods)][j] += each * rest[at];
        }
        double[] constants = fit.constants.solve(byUnit, byPeriod);
        double[] slopes = fit.timesInverse(moved);
        for (int at = 0; at < rest.length; at++) {
            if (!fit.constants.isUsed(at)) continue;
            double v = constants[at / periods] + constants[panel.units() + at % periods];
            for (int k = 0; k < slopes.length; k++) v += slopes[k] * fit.columns[k][at];
            rows[panel.cluster(at / periods)][j] -= v * rest[at];
        }
    }

    /// Differences before treatment.
    private record Leads(List<EffectPoint> points, PreTrend trend) {}

    /// The paper's test (proposition 8): dummies of 1 to k periods before treatment, beside constants and covariates, on untreated observations only.
    private Leads leads(int[] events, int clusters) {
        int longest = IntStream.range(0, complete.length).filter(at -> complete[at] && !isTreated(at) && panel.cohort(at / periods) < periods).map(at -> -event(at)).max().orElse(0);
        int count = Math.min(MOST_LEADS, longest - 1);
        if (count < 1) return new Leads(List.of(), PreTrend.none());
        double[][] columns = Arrays.copyOf(x, x.length + count);
        for (int lead = 1; lead <= count; lead++) {
            double[] dummy = new double[complete.length];
            for (int at = 0; at < dummy.length; at++) dummy[at] = complete[at] && panel.cohort(at / periods) < periods && event(at) == -lead ? 1 : 0;
            columns[x.length + lead - 1] = dummy;
        }
        TwoWayRegression before = new TwoWayRegression(fit.constants, y, columns);
        int n = before.constants.observations();
        int observed = (int) IntStream.range(0, periods).filter(t -> IntStream.range(0, panel.units()).anyMatch(i -> before.constants.isUsed(i * periods + t))).count();
        double factor = (double) clusters / (clusters - 1) * (n - 1) / (n - before.kept.size() - observed);
        int[] kept = IntStream.range(0, before.kept.size()).filter(j -> before.kept.get(j) >= x.length).toArray();
        DMatrixRMaj all = before.covariance(panel);
        DMatrixRMaj v = new DMatrixRMaj(kept.length, kept.length);
        for (int a = 0; a < kept.length; a++) for (int b = 0; b < kept.length; b++) v.set(a, b, factor * all.get(kept[a], kept[b]));
        int[] lead = IntStream.of(kept).map(j -> before.kept.get(j) - x.length + 1).toArray();
        double[] theta = IntStream.of(kept).mapToDouble(j -> before.coefficients[before.kept.get(j)]).toArray();
        List<EffectPoint> points = new ArrayList<>();
        for (int j = kept.length - 1; j >= 0; j--) points.add(EffectPoint.of(-lead[j], Estimate.student(theta[j], Math.sqrt(v.get(j, j)), clusters - 1.0), Double.NaN));
        return new Leads(points, trend(v, theta, lead, count, events, clusters));
    }

    private static PreTrend trend(DMatrixRMaj v, double[] theta, int[] lead, int count, int[] events, int clusters) {
        if (theta.length == 0) return PreTrend.none();
        double f = PreTrend.quadratic(v, theta, theta) / theta.length;
        double p = f >= 0 && clusters > 1 ? FDistribution.of(theta.length, clusters - 1.0).survivalProbability(f) : Double.NaN;
        double[] line = IntStream.of(lead).mapToDouble(l -> count + 1.0 - l).toArray();
        return new PreTrend(f, theta.length, p, PreTrend.slope(v, theta, line), IntStream.of(events).mapToDouble(e -> e + 1.0).average().orElse(Double.NaN));
    }
}
