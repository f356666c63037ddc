package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The outcome on a dummy of being treated, with a constant for each unit and each period: for comparison only. Where effects differ between cohorts or grow with time it is
/// biased, even in sign, because units treated before stand in as controls; [GoodmanBacon] shows how much of it rests on them.
///
/// Errors are clustered, with fixest's small-sample factor: G / (G - 1) x (n - 1) / (n - K), K the columns and the periods (units lie within clusters); Student's t with G - 1.
/// Source: Goodman-Bacon (2021), Difference-in-differences with variation in treatment timing. Cost: observations x periods.
public final class TwoWayFixedEffects {
    private TwoWayFixedEffects() {}

    /// What came of it.
    public sealed interface Outcome {
        /// The coefficient; `observations` and `clusters` behind it.
        record Estimated(Estimate effect, int observations, int clusters, List<Notice> notices) implements Outcome {}

        /// Nothing could be estimated.
        record Refused(List<Notice> why) implements Outcome {}
    }

    /// Fits every observation that has an outcome and all covariates.
    public static Outcome estimate(Panel panel) {
        int periods = panel.periods();
        boolean[] used = Observations.complete(panel);
        TwoWay constants = new TwoWay(panel, at -> used[at]);
        double[][] x = new double[1 + panel.covariates()][used.length];
        double[] y = new double[used.length];
        for (int at = 0; at < used.length; at++) {
            if (!used[at]) continue;
            int i = at / periods;
            int t = at % periods;
            y[at] = panel.outcome(i, t);
            x[0][at] = panel.cohort(i) <= t ? 1 : 0;
            for (int k = 0; k < panel.covariates(); k++) x[1 + k][at] = panel.covariate(k, i, t);
        }
        if (Observations.isConstant(panel, used)) return new Outcome.Refused(List.of(Notice.of(Notice.Kind.CONSTANT_OUTCOME, 0)));
        TwoWayRegression fit = new TwoWayRegression(constants, y, x);
        if (!fit.kept.contains(0)) return new Outcome.Refused(List.of(Notice.of(Notice.Kind.NO_TREATED, 0)));
        List<Notice> notices = new ArrayList<>();
        int out = x.length - fit.kept.size();
        if (out > 0) notices.add(Notice.of(Notice.Kind.COVARIATES_LEFT_OUT, out));
        int n = constants.observations();
        boolean[] there = new boolean[panel.units()];
        for (int at = 0; at < used.length; at++) there[at / periods] |= used[at];
        int clusters = Observations.clusters(panel, i -> there[i]);
        int columns = fit.kept.size() + (int) IntStream.range(0, periods).filter(t -> IntStream.range(0, panel.units()).anyMatch(i -> used[i * periods + t])).count();
        double factor = (double) clusters / (clusters - 1) * (n - 1) / (n - columns);
        int treated = Observations.clusters(panel, i -> there[i] && Arrays.stream(x[0], i * periods, (i + 1) * periods).anyMatch(d -> d > 0));
        if (treated < 2) notices.add(Notice.of(Notice.Kind.ONE_TREATED, 1));
        if (clusters < Observations.FEW_CLUSTERS) notices.add(Notice.of(Notice.Kind.FEW_CLUSTERS, clusters));
        double error = treated < 2 ? Double.NaN : Math.sqrt(factor * fit.covariance(panel).get(0, 0));
        return new Outcome.Estimated(Estimate.student(fit.coefficients[0], error, clusters - 1.0), n, clusters, List.copyOf(notices));
    }
}
