package xiaxiang.engine.effect;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// The probability of being treated given covariates, by maximum likelihood (Newton). Immutable.
///
/// Where treated and others are separated there is no maximum: the steps end after 40, with probabilities at 0 and 1. Cost: n k^2 a step, about 6 steps.
final class Logit {
    private static final int STEPS = 40;

    final double[] coefficients;
    /// The inverse of the information, k x k row-major; empty where it has none.
    final double[] inverse;

    private Logit(double[] coefficients, double[] inverse) {
        this.coefficients = coefficients;
        this.inverse = inverse;
    }

    /// Fits `treated` (n) on `x` (n x k, row-major, with its own constant).
    static Logit fit(double[] x, boolean[] treated, int k) {
        double[] b = new double[k];
        double[] score = new double[k];
        DMatrixRMaj information = new DMatrixRMaj(k, k);
        DMatrixRMaj inverse = new DMatrixRMaj(k, k);
        for (int step = 0; step < STEPS; step++) {
            gather(x, treated, b, score, information);
            if (!CommonOps_DDRM.invert(information, inverse) || CommonOps_DDRM.elementMaxAbs(inverse) > 1e300) return new Logit(b, new double[0]);
            double size = 0;
            for (int i = 0; i < k; i++) {
                double move = 0;
                for (int j = 0; j < k; j++) move += inverse.get(i, j) * score[j];
                b[i] += move;
                size += Math.abs(move * score[i]);
            }
            // The gain of a Newton step is half of it: at this size the next one would be below rounding.
            if (!(size > 1e-18 * treated.length)) break;
        }
        gather(x, treated, b, score, information);
        boolean told = CommonOps_DDRM.invert(information, inverse);
        return new Logit(b, told ? inverse.data : new double[0]);
    }

    private static void gather(double[] x, boolean[] treated, double[] b, double[] score, DMatrixRMaj information) {
        int k = b.length;
        java.util.Arrays.fill(score, 0);
        information.zero();
        for (int i = 0; i < treated.length; i++) {
            double p = probability(b, x, i * k);
            double w = p * (1 - p);
            for (int a = 0; a < k; a++) {
                score[a] += x[i * k + a] * ((treated[i] ? 1 : 0) - p);
                for (int c = 0; c <= a; c++) information.data[a * k + c] += w * x[i * k + a] * x[i * k + c];
            }
        }
        for (int a = 0; a < k; a++) for (int c = 0; c < a; c++) information.data[c * k + a] = information.data[a * k + c];
    }

    /// The probability at coefficients `b` of the covariates that start at `x[at]`.
    static double probability(double[] b, double[] x, int at) {
        double v = 0;
        for (int j = 0; j < b.length; j++) v += b[j] * x[at + j];
        return 1 / (1 + Math.exp(-v));
    }
}
