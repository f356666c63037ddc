package xiaxiang.engine.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// A symmetric matrix that should be positive definite, such as minus the Hessian of a log-likelihood: its inverse, and where it is flat. Immutable.
///
/// It is scaled to a diagonal of 1, so that units do not matter; directions whose eigenvalue is then at most 1e-10 of the largest are flat, and the inverse is
/// that over the rest. Cost: one symmetric eigen-decomposition, about 9 k^3.
public final class Definite {
    private static final double FLAT = 1e-10;
    /// A part of a flat direction smaller than this is rounding.
    private static final double PART = 1e-4;

    private final int size;
    private final double[] eigenvalues;
    private final double[] inverse;
    private final List<double[]> flat;

    private Definite(int size, double[] eigenvalues, double[] inverse, List<double[]> flat) {
        this.size = size;
        this.eigenvalues = eigenvalues;
        this.inverse = inverse;
        this.flat = flat;
    }

    /// Takes `matrix` (k x k row-major) apart. Throws ArithmeticException where an entry is not finite.
    public static Definite of(double[] matrix, int k) {
        for (double x : matrix) if (!Double.isFinite(x)) throw new ArithmeticException("A matrix to invert holds " + x + ".");
        double[] scale = new double[k];
        for (int i = 0; i < k; i++) scale[i] = matrix[i * k + i] == 0 ? 1 : Math.sqrt(Math.abs(matrix[i * k + i]));
        DMatrixRMaj scaled = new DMatrixRMaj(k, k);
        for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) scaled.set(i, j, (matrix[i * k + j] + matrix[j * k + i]) / (2 * scale[i] * scale[j]));
        var eigen = DecompositionFactory_DDRM.eig(k, true, true);
        if (k > 0 && !eigen.decompose(scaled)) throw new ArithmeticException("The eigenvalues were not found.");
        double[] values = new double[k];
        for (int a = 0; a < k; a++) values[a] = eigen.getEigenvalue(a).getReal();
        double largest = Arrays.stream(values).max().orElse(0);
        double[] inverse = new double[k * k];
        List<double[]> flat = new ArrayList<>();
        for (int a = 0; a < k; a++) {
            DMatrixRMaj vector = eigen.getEigenVector(a);
            double[] v = vector.getData().clone();
            if (!(values[a] > FLAT * largest)) flat.add(v);
            else for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) inverse[i * k + j] += v[i] * v[j] / (values[a] * scale[i] * scale[j]);
        }
        Arrays.sort(values);
        return new Definite(k, values, inverse, sparse(flat, scale, k));
    }

    /// The flat space by directions of few parameters each: Gauss and Jordan's elimination, the largest entry the pivot.
    private static List<double[]> sparse(List<double[]> flat, double[] scale, int k) {
        boolean[] done = new boolean[k];
        for (int row = 0; row < flat.size(); row++) {
            double[] v = flat.get(row);
            int pivot = -1;
            for (int i = 0; i < k; i++) if (!done[i] && (pivot < 0 || Math.abs(v[i]) > Math.abs(v[pivot]))) pivot = i;
            done[pivot] = true;
            double by = v[pivot];
            for (int i = 0; i < k; i++) v[i] /= by;
            for (int o = 0; o < flat.size(); o++) {
                double factor = flat.get(o)[pivot];
                if (o != row) for (int i = 0; i < k; i++) flat.get(o)[i] -= factor * v[i];
            }
        }
        for (double[] v : flat) for (int i = 0; i < k; i++) v[i] = Math.abs(v[i]) < PART ? 0 : v[i] / scale[i];
        return List.copyOf(flat);
    }

    /// The eigenvalues after scaling, ascending.
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /// The inverse, k x k row-major; rows and columns of parameters that are part of a flat direction mean nothing.
    public double[] inverse() {
        return inverse.clone();
    }

    /// Directions along which nothing changes, k long each, 0 where a parameter has no part in it.
    public List<double[]> flat() {
        return flat.stream().map(double[]::clone).toList();
    }

    /// Whether parameter i has no part in a flat direction.
    public boolean isKnown(int i) {
        return flat.stream().allMatch(v -> v[i] == 0);
    }

    /// The number of parameters.
    public int size() {
        return size;
    }
}
