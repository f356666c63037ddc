package xiaxiang.engine.effect;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/// What the periods before treatment say: a joint test that nothing differs there, and the straight line that fits them best. NaN where it cannot be told.
///
/// `statistic` has `degrees` of freedom and `p`. `slope` is the growth per period of the difference between treated and controls; `reach` the mean number of periods from the last one
/// before treatment to those after, so that slope x reach is what such a trend adds to the effect. After Roth (2022), Pretest with caution, kept to straight lines.
public record PreTrend(double statistic, int degrees, double p, Estimate slope, double reach) {
    /// Nothing is known.
    static PreTrend none() {
        return new PreTrend(Double.NaN, 0, Double.NaN, Estimate.unknown(Double.NaN), Double.NaN);
    }

    /// The smallest slope that its 5% test would have found four times in five, in outcome per period.
    public double detectableSlope() {
        return slope.detectable();
    }

    /// What a trend of that slope would add to the effect unseen.
    public double hiddenBias() {
        return slope.detectable() * reach;
    }

    /// The slope of the best line through `theta` (covariance `v`), by generalised least squares; `line` is what slope 1 looks like.
    static Estimate slope(DMatrixRMaj v, double[] theta, double[] line) {
        double information = line.length == 0 ? Double.NaN : quadratic(v, line, line);
        if (!(information > 0)) return Estimate.unknown(Double.NaN);
        return Estimate.normal(quadratic(v, line, theta) / information, 1 / Math.sqrt(information));
    }

    /// a' V^-1 b; NaN where V cannot be inverted.
    static double quadratic(DMatrixRMaj v, double[] a, double[] b) {
        DMatrixRMaj inverse = new DMatrixRMaj(a.length, a.length);
        if (!CommonOps_DDRM.invert(v.copy(), inverse)) return Double.NaN;
        double condition = NormOps_DDRM.normP1(v) * NormOps_DDRM.normP1(inverse);
        if (!(condition < 1 / Math.ulp(1.0))) return Double.NaN;
        double s = 0;
        for (int i = 0; i < a.length; i++) for (int j = 0; j < a.length; j++) s += a[i] * inverse.get(i, j) * b[j];
        return s;
    }
}
