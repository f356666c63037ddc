package xiaxiang.engine.numeric;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// Weighted least squares by Householder QR: min over b of the sum of w (y - x b)^2. Immutable.
///
/// Columns that are linear combinations of columns to their left (relative tolerance 1e-9) are left out, their coefficient NaN, as regression software does.
/// Cost: 2 n k^2. Source: Golub and Van Loan (2013), 5.3.
public final class LeastSquares {
    private static final double DEPENDENT = 1e-9;

    private final int columns;
    private final double[] coefficients;
    private final double[] residuals;
    private final double[] inverse;
    private final List<Integer> left;

    private LeastSquares(int columns, double[] coefficients, double[] residuals, double[] inverse, List<Integer> left) {
        this.columns = columns;
        this.coefficients = coefficients;
        this.residuals = residuals;
        this.inverse = inverse;
        this.left = left;
    }

    /// Fits `y` (n) on `x` (n x k, row-major) with weights 1.
    public static LeastSquares fit(double[] x, double[] y, int columns) {
        double[] ones = new double[y.length];
        java.util.Arrays.fill(ones, 1);
        return fit(x, y, ones, columns);
    }

    /// Fits `y` (n) on `x` (n x k, row-major) with `weight` (n, each >= 0). Throws IllegalArgumentException where the lengths do not fit.
    public static LeastSquares fit(double[] x, double[] y, double[] weight, int columns) {
        int n = y.length;
        if (x.length != n * columns || weight.length != n) throw new IllegalArgumentException("Expected " + n + " x " + columns + " and " + n + " weights, got " + x.length + " and " + weight.length + ".");
        // A column a row: the reflections then run along contiguous memory.
        double[][] q = new double[columns][n];
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            double root = Math.sqrt(weight[i]);
            z[i] = root * y[i];
            for (int j = 0; j < columns; j++) q[j][i] = root * x[i * columns + j];
        }
        return new Factors(q, z).solve(x, y);
    }

    /// The coefficients, k long; NaN for columns left out.
    public double[] coefficients() {
        return coefficients.clone();
    }

    /// The residuals y - x b, n long.
    public double[] residuals() {
        return residuals.clone();
    }

    /// The inverse of x' w x, k x k row-major; rows and columns of what was left out are 0.
    public double[] inverse() {
        return inverse.clone();
    }

    /// The columns left out because they depend on those to their left.
    public List<Integer> leftOut() {
        return left;
    }

    /// The number of columns kept.
    public int rank() {
        return columns - left.size();
    }

    /// Householder's reflections, applied to the columns and the outcome one by one.
    private static final class Factors {
        final double[][] q;
        final double[] z;
        final List<Integer> kept = new ArrayList<>();
        final List<Integer> left = new ArrayList<>();

        Factors(double[][] q, double[] z) {
            this.q = q;
            this.z = z;
            for (int j = 0; j < q.length; j++) take(j);
        }

        private void take(int j) {
            int from = kept.size();
            double whole = norm(q[j], 0);
            double rest = norm(q[j], from);
            if (!(rest > DEPENDENT * whole)) {
                left.add(j);
                return;
            }
            double[] v = q[j].clone();
            double head = v[from] > 0 ? -rest : rest;
            v[from] -= head;
            double beta = 2 / dot(v, v, from);
            for (int k = j; k < q.length; k++) reflect(v, beta, q[k], from);
            reflect(v, beta, z, from);
            kept.add(j);
        }

        private static void reflect(double[] v, double beta, double[] to, int from) {
            double s = beta * dot(v, to, from);
            for (int i = from; i < v.length; i++) to[i] -= s * v[i];
        }

        private static double dot(double[] a, double[] b, int from) {
            double s = 0;
            for (int i = from; i < a.length; i++) s += a[i] * b[i];
            return s;
        }

        private static double norm(double[] a, int from) {
            return Math.sqrt(dot(a, a, from));
        }

        LeastSquares solve(double[] x, double[] y) {
            int k = kept.size();
            int all = q.length;
            DMatrixRMaj r = new DMatrixRMaj(k, k);
            for (int a = 0; a < k; a++) for (int b = a; b < k; b++) r.set(a, b, q[kept.get(b)][a]);
            DMatrixRMaj back = new DMatrixRMaj(k, k);
            if (k > 0 && !CommonOps_DDRM.invert(r, back)) throw new ArithmeticException("The columns cannot be told apart.");
            double[] b = new double[all];
            java.util.Arrays.fill(b, Double.NaN);
            double[] inverse = new double[all * all];
            for (int a = 0; a < k; a++) {
                double s = 0;
                for (int c = a; c < k; c++) s += back.get(a, c) * z[c];
                b[kept.get(a)] = s;
                for (int c = 0; c < k; c++) for (int e = Math.max(a, c); e < k; e++) inverse[kept.get(a) * all + kept.get(c)] += back.get(a, e) * back.get(c, e);
            }
            double[] residuals = y.clone();
            for (int i = 0; i < y.length; i++) for (int j : kept) residuals[i] -= x[i * all + j] * b[j];
            return new LeastSquares(all, b, residuals, inverse, List.copyOf(left));
        }
    }
}
