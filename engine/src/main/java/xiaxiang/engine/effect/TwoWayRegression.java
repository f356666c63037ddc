package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import xiaxiang.engine.numeric.LeastSquares;

/// An outcome on columns beside a constant for each unit and period (Frisch, Waugh and Lovell), with clustered errors. Immutable.
///
/// Columns that depend on the constants or on columns before them are left out: their coefficient is 0 and [#kept] lacks them. Cost: observations x (periods + columns^2).
final class TwoWayRegression {
    private static final double DEPENDENT = 1e-9;

    final TwoWay constants;
    /// Columns that count.
    final List<Integer> kept = new ArrayList<>();
    /// One for each column given.
    final double[] coefficients;
    /// What the constants leave of each kept column, at every entry of the panel, used or not.
    final double[][] columns;
    /// What constants and columns leave of the outcome, at every entry.
    final double[] residuals;
    /// The inverse of the kept columns' cross-product.
    private final double[] inverse;

    /// `y` and each column are units x periods.
    TwoWayRegression(TwoWay constants, double[] y, double[][] x) {
        this.constants = constants;
        double[][] rest = new double[x.length][];
        for (int k = 0; k < x.length; k++) {
            rest[k] = constants.rest(x[k]);
            if (size(rest[k]) > DEPENDENT * size(x[k])) kept.add(k);
        }
        double[] z = constants.rest(y);
        LeastSquares fit = fit(rest, z);
        for (int j = kept.size() - 1; j >= 0; j--) if (fit.leftOut().contains(j)) kept.remove(/* index */ j);
        if (!fit.leftOut().isEmpty()) fit = fit(rest, z);
        coefficients = new double[x.length];
        columns = new double[kept.size()][];
        residuals = z;
        double[] b = fit.coefficients();
        for (int j = 0; j < b.length; j++) {
            coefficients[kept.get(j)] = b[j];
            columns[j] = rest[kept.get(j)];
            for (int i = 0; i < z.length; i++) z[i] -= b[j] * columns[j][i];
        }
        inverse = fit.inverse();
    }

    private double size(double[] v) {
        double s = 0;
        for (int i = 0; i < v.length; i++) if (constants.isUsed(i)) s += v[i] * v[i];
        return Math.sqrt(s);
    }

    private LeastSquares fit(double[][] rest, double[] z) {
        int k = kept.size();
        int n = constants.observations();
        double[] rows = new double[n * k];
        double[] target = new double[n];
        int at = 0;
        for (int i = 0; i < z.length; i++) {
            if (!constants.isUsed(i)) continue;
            for (int j = 0; j < k; j++) rows[at * k + j] = rest[kept.get(j)][i];
            target[at++] = z[i];
        }
        return LeastSquares.fit(rows, target, k);
    }

    /// (X'X)^-1 v over the kept columns.
    double[] timesInverse(double[] v) {
        int k = v.length;
        double[] out = new double[k];
        for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) out[i] += inverse[i * k + j] * v[j];
        return out;
    }

    /// The covariance of the kept coefficients, clustered: (X'X)^-1 (sum over clusters of X'e e'X) (X'X)^-1, without a small-sample factor.
    DMatrixRMaj covariance(Panel panel) {
        int k = kept.size();
        int clusters = 0;
        for (int i = 0; i < panel.units(); i++) clusters = Math.max(clusters, panel.cluster(i) + 1);
        double[] score = new double[clusters * k];
        for (int i = 0; i < residuals.length; i++) {
            if (!constants.isUsed(i)) continue;
            int c = panel.cluster(i / panel.periods());
            for (int j = 0; j < k; j++) score[c * k + j] += columns[j][i] * residuals[i];
        }
        DMatrixRMaj s = DMatrixRMaj.wrap(clusters, k, score);
        DMatrixRMaj meat = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransA(s, s, meat);
        DMatrixRMaj bread = DMatrixRMaj.wrap(k, k, inverse);
        DMatrixRMaj half = new DMatrixRMaj(k, k);
        DMatrixRMaj out = new DMatrixRMaj(k, k);
        CommonOps_DDRM.mult(bread, meat, half);
        CommonOps_DDRM.mult(half, bread, out);
        return out;
    }
}
