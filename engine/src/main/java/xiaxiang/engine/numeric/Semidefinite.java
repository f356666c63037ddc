package xiaxiang.engine.numeric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// A symmetric matrix without negative eigenvalues, such as a covariance, which may be singular. Immutable.
///
/// It is scaled to a unit diagonal and taken apart by eigenvalues; those below 1e-11 of the largest count as 0, so that units do not matter.
/// Cost: about 10 n^3, once.
public final class Semidefinite {
    private static final double NOTHING = 1e-11;

    private final int n;
    private final double[] scale;
    /// Eigenvalues of the scaled matrix, and its eigenvectors, one a row.
    private final double[] value;
    private final double[][] vector;
    private final double top;

    /// Takes apart `a`, n x n row-major. Throws IllegalArgumentException where an entry is not finite.
    public Semidefinite(double[] a, int n) {
        if (a.length != n * n) throw new IllegalArgumentException("Expected " + n + " x " + n + " entries, got " + a.length + ".");
        this.n = n;
        scale = new double[n];
        for (int i = 0; i < n; i++) scale[i] = a[i * n + i] > 0 ? Math.sqrt(a[i * n + i]) : 1;
        var scaled = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) scaled.set(i, j, (a[i * n + j] + a[j * n + i]) / 2 / (scale[i] * scale[j]));
        for (double x : scaled.data) if (!Double.isFinite(x)) throw new IllegalArgumentException("A matrix has an entry that is not finite (" + x + ").");
        var eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (n > 0 && !eigen.decompose(scaled)) throw new ArithmeticException("The eigenvalues of a matrix were not found.");
        value = new double[n];
        vector = new double[n][];
        double most = 0;
        for (int i = 0; i < n; i++) {
            value[i] = eigen.getEigenvalue(i).getReal();
            vector[i] = eigen.getEigenVector(i).data.clone();
            most = Math.max(most, value[i]);
        }
        top = most;
    }

    /// The number of eigenvalues above 0.
    public int rank() {
        int r = 0;
        for (double v : value) if (counts(v)) r++;
        return r;
    }

    /// Whether the matrix has a clearly negative eigenvalue, and so is no covariance.
    public boolean isIndefinite() {
        for (double v : value) if (v < -1e-8 * top) return true;
        return false;
    }

    /// The inverse on the range of the matrix, 0 elsewhere after scaling; the inverse itself at full rank.
    public double[] inverse() {
        double[] out = new double[n * n];
        for (int e = 0; e < n; e++) {
            if (!counts(value[e])) continue;
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) out[i * n + j] += vector[e][i] * vector[e][j] / (value[e] * scale[i] * scale[j]);
        }
        return out;
    }

    /// A root r, n x n row-major: r r' is the matrix.
    public double[] root() {
        double[] out = new double[n * n];
        for (int e = 0; e < n; e++) if (counts(value[e])) for (int i = 0; i < n; i++) out[i * n + e] = scale[i] * vector[e][i] * Math.sqrt(value[e]);
        return out;
    }

    /// The row that a singular matrix's weakest direction rests on most: the coefficient to name when an inverse does not exist. -1 at full rank.
    public int weakest() {
        int least = -1;
        for (int e = 0; e < n; e++) if (!counts(value[e]) && (least < 0 || value[e] < value[least])) least = e;
        if (least < 0) return -1;
        int at = 0;
        for (int i = 1; i < n; i++) if (Math.abs(vector[least][i]) > Math.abs(vector[least][at])) at = i;
        return at;
    }

    private boolean counts(double v) {
        return v > NOTHING * top;
    }

    /// The product of `a` (rows x inner) and `b` (inner x columns), row-major.
    public static double[] product(double[] a, double[] b, int inner) {
        int rows = inner == 0 ? 0 : a.length / inner;
        int columns = inner == 0 ? 0 : b.length / inner;
        double[] out = new double[rows * columns];
        for (int i = 0; i < rows; i++) for (int k = 0; k < inner; k++) for (int j = 0; j < columns; j++) out[i * columns + j] += a[i * inner + k] * b[k * columns + j];
        return out;
    }
}
