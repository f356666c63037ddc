package xiaxiang.engine.choice;

import java.util.Arrays;
import xiaxiang.engine.numeric.Semidefinite;

/// Linear regression with instruments by two-step generalised method of moments: first two-stage least squares, then the moments weighed by the inverse of
/// their own spread, mean of z e^2 z', not centred.
///
/// Cost: n m^2 with m instruments. Source: Hansen (1982).
final class TwoStepGmm {
    final int n;
    final int k;
    final int m;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    /// Means of z'x and z'y.
    private final double[] zx;
    private final double[] zy;
    final double[] coefficients;
    final double[] residuals;
    /// Robust covariance of the coefficients.
    final double[] covariance;
    final int instrumentRank;
    final boolean identified;
    /// Hansen's J, chi-squared with instrumentRank - k degrees of freedom.
    final double j;

    /// `x` is n x k, `z` n x m, both row-major; what is exogenous in x stands in z too.
    TwoStepGmm(double[] y, double[] x, int k, double[] z, int m) {
        n = y.length;
        this.k = k;
        this.m = m;
        this.x = x;
        this.y = y;
        this.z = z;
        zx = moments(x, k);
        zy = moments(y, 1);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        Semidefinite plain = new Semidefinite(spread(ones), m);
        instrumentRank = plain.rank();
        Semidefinite first = bread(plain.inverse());
        identified = first.rank() == k && instrumentRank >= k;
        double[] weight = new Semidefinite(spread(squared(residuals(solve(first, plain.inverse())))), m).inverse();
        Semidefinite second = bread(weight);
        coefficients = solve(second, weight);
        residuals = residuals(coefficients);
        double[] half = Semidefinite.product(Semidefinite.product(second.inverse(), transposed(zx, m, k), k), weight, m);
        double[] meat = Semidefinite.product(Semidefinite.product(half, spread(squared(residuals)), m), transposed(half, k, m), m);
        covariance = Arrays.stream(meat).map(v -> v / n).toArray();
        double[] g = moments(residuals, 1);
        j = n * Semidefinite.product(Semidefinite.product(g, weight, m), g, m)[0];
    }

    /// m x columns: the mean over rows of z times each column of `a`.
    private double[] moments(double[] a, int columns) {
        double[] out = new double[m * columns];
        for (int i = 0; i < n; i++) for (int p = 0; p < m; p++) for (int c = 0; c < columns; c++) out[p * columns + c] += z[i * m + p] * a[i * columns + c] / n;
        return out;
    }

    private double[] spread(double[] weight) {
        double[] out = new double[m * m];
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < m; p++) {
                double left = weight[i] * z[i * m + p] / n;
                for (int q = 0; q <= p; q++) out[p * m + q] += left * z[i * m + q];
            }
        }
        for (int p = 0; p < m; p++) for (int q = p + 1; q < m; q++) out[p * m + q] = out[q * m + p];
        return out;
    }

    private Semidefinite bread(double[] weight) {
        return new Semidefinite(Semidefinite.product(Semidefinite.product(transposed(zx, m, k), weight, m), zx, m), k);
    }

    private double[] solve(Semidefinite bread, double[] weight) {
        return Semidefinite.product(bread.inverse(), Semidefinite.product(Semidefinite.product(transposed(zx, m, k), weight, m), zy, m), k);
    }

    private double[] residuals(double[] b) {
        double[] out = y.clone();
        for (int i = 0; i < n; i++) for (int c = 0; c < k; c++) out[i] -= x[i * k + c] * b[c];
        return out;
    }

    private static double[] squared(double[] e) {
        return Arrays.stream(e).map(v -> v * v).toArray();
    }

    private static double[] transposed(double[] a, int rows, int columns) {
        double[] out = new double[a.length];
        for (int i = 0; i < rows; i++) for (int c = 0; c < columns; c++) out[c * rows + i] = a[i * columns + c];
        return out;
    }
}
