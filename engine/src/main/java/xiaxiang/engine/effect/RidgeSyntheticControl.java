package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Ridge-augmented synthetic control: what imbalance the synthetic control leaves is taken out by a ridge regression on the outcomes before treatment; weights
/// may then be negative, and still sum to 1.
///
/// The penalty: 21 values from the largest squared singular value down to 1e-8 of it; each period before treatment but the last is held out in turn; the
/// largest whose mean squared error is within one standard error of the least (`oneStandardError`), or the least; `givenPenalty` instead, unless NaN.
/// Source: Ben-Michael, Feller and Rothstein (2021), equation 11 and section 5.3; conventions of R's augsynth.
public record RidgeSyntheticControl(boolean fixedEffects, boolean oneStandardError, double givenPenalty) implements SyntheticMethod {
    private static final int PENALTIES = 21;
    private static final double SMALLEST = 1e-8;

    /// As augsynth does it unless told otherwise: the largest penalty within one standard error of the least error.
    public static RidgeSyntheticControl published(boolean fixedEffects) {
        return new RidgeSyntheticControl(fixedEffects, true, Double.NaN);
    }

    /// The same with the penalty given.
    RidgeSyntheticControl with(double penalty) {
        return new RidgeSyntheticControl(fixedEffects, oneStandardError, penalty);
    }

    @Override
    public SyntheticWeights weigh(SyntheticBlock block) {
        double[] a = SyntheticControl.donors(block, fixedEffects);
        double[] b = SyntheticControl.target(block, fixedEffects);
        centre(a, b, block.donors());
        double penalty = Double.isNaN(givenPenalty) ? penalty(a, b, block.donors()) : givenPenalty;
        double[] period = fixedEffects ? UniformControl.even(block.before) : new double[block.before];
        return new SyntheticWeights(new Ridge(a, b, block.donors()).weights(penalty), period, penalty);
    }

    @Override
    public int needs() {
        return 4;
    }

    @Override
    public SyntheticMethod exact() {
        return this;
    }

    /// Takes the donors' mean from every period.
    private static void centre(double[] a, double[] b, int donors) {
        for (int t = 0; t < b.length; t++) {
            double mean = SyntheticControl.mean(a, t * donors, donors);
            for (int i = 0; i < donors; i++) a[t * donors + i] -= mean;
            b[t] -= mean;
        }
    }

    private double penalty(double[] a, double[] b, int donors) {
        double top = SingularOps_DDRM.singularValues(DMatrixRMaj.wrap(b.length, donors, a.clone()))[0];
        double[] grid = IntStream.range(0, PENALTIES).mapToDouble(k -> top * top * Math.pow(SMALLEST, k / (PENALTIES - 1.0))).toArray();
        int folds = b.length - 1;
        double[][] errors = IntStream.range(0, folds).parallel().mapToObj(t -> heldOut(a, b, donors, t, grid)).toArray(double[][]::new);
        double[] mean = new double[PENALTIES];
        for (double[] fold : errors) for (int k = 0; k < PENALTIES; k++) mean[k] += fold[k] / folds;
        int best = IntStream.range(0, PENALTIES).boxed().min((i, j) -> Double.compare(mean[i], mean[j])).orElseThrow();
        if (!oneStandardError) return grid[best];
        double squares = 0;
        for (double[] fold : errors) squares += (fold[best] - mean[best]) * (fold[best] - mean[best]);
        double reach = mean[best] + Math.sqrt(squares / (folds - 1) / folds);
        return IntStream.range(0, PENALTIES).filter(k -> mean[k] <= reach).mapToDouble(k -> grid[k]).max().orElseThrow();
    }

    /// The squared error in period `out`, fitted without it, for every penalty.
    private static double[] heldOut(double[] a, double[] b, int donors, int out, double[] grid) {
        double[] less = new double[a.length - donors];
        double[] target = new double[b.length - 1];
        for (int t = 0, s = 0; t < b.length; t++) {
            if (t == out) continue;
            System.arraycopy(a, t * donors, less, s * donors, donors);
            target[s++] = b[t];
        }
        Ridge ridge = new Ridge(less, target, donors);
        return Arrays.stream(grid).map(penalty -> {
            double[] w = ridge.weights(penalty);
            double gap = b[out];
            for (int i = 0; i < donors; i++) gap -= w[i] * a[out * donors + i];
            return gap * gap;
        }).toArray();
    }

    /// Synthetic control weights and what ridge adds to them, at any penalty. The system solved is as small as donors or periods allow.
    private static final class Ridge {
        private final DMatrixRMaj x;
        private final double[] control;
        private final DMatrixRMaj left;
        private final DMatrixRMaj gram;
        private final boolean byDonor;

        Ridge(double[] a, double[] b, int donors) {
            x = DMatrixRMaj.wrap(b.length, donors, a);
            control = SimplexSolver.EXACT.solve(a, b, donors, 0, 0);
            left = DMatrixRMaj.wrap(b.length, 1, b.clone());
            CommonOps_DDRM.multAdd(-1, x, DMatrixRMaj.wrap(donors, 1, control), left);
            byDonor = donors < b.length;
            int n = Math.min(donors, b.length);
            gram = new DMatrixRMaj(n, n);
            if (byDonor) CommonOps_DDRM.multTransA(x, x, gram);
            else CommonOps_DDRM.multTransB(x, x, gram);
        }

        double[] weights(double penalty) {
            DMatrixRMaj system = gram.copy();
            for (int i = 0; i < system.numRows; i++) system.add(i, i, penalty);
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(system.numRows);
            if (!solver.setA(system)) throw new ArithmeticException("The ridge system at penalty " + penalty + " is not positive definite.");
            DMatrixRMaj add = new DMatrixRMaj(x.numCols, 1);
            if (byDonor) {
                DMatrixRMaj right = new DMatrixRMaj(x.numCols, 1);
                CommonOps_DDRM.multTransA(x, left, right);
                solver.solve(right, add);
            } else {
                DMatrixRMaj right = new DMatrixRMaj(x.numRows, 1);
                solver.solve(left.copy(), right);
                CommonOps_DDRM.multTransA(x, right, add);
            }
            double[] w = control.clone();
            for (int i = 0; i < w.length; i++) w[i] += add.get(i, 0);
            return w;
        }
    }
}
