package xiaxiang.engine.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Minimises ||A w - b||^2 + ridge ||w||^2 over the unit simplex (w >= 0, sum of w = 1), to rounding: the weights of a synthetic control.
///
/// As the weights sum to one, A w - b = (A - b 1') w: the point of a polytope nearest to the origin, found by Wolfe's active sets. Least squares on the affine hull
/// of the columns in use is by Householder QR of differences, so that the condition is never squared. Where several weights give the same fit (ridge 0 and columns
/// that depend on each other) one of them is returned, always the same. Cost: a few times the number of columns in use, each 2 n k^2 for k in use.
/// Source: Wolfe (1976), Finding the nearest point in a polytope; Lawson and Hanson (1974), chapter 23.
public final class SimplexQuadratic {
    private static final double OPTIMAL = 1e-13;

    private final int rows;
    private final int columns;
    /// Column j of A - b 1' with sqrt(ridge) in row `rows + j`; that part is not stored.
    private final double[][] column;
    private final double ridge;
    private final double largest;
    private final double[] w;
    private final List<Integer> used = new ArrayList<>();

    private SimplexQuadratic(double[] a, double[] b, int columns, double ridge) {
        rows = b.length;
        this.columns = columns;
        this.ridge = ridge;
        column = new double[columns][rows];
        double most = 0;
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) column[j][i] = a[i * columns + j] - b[i];
            most = Math.max(most, dot(column[j], column[j]) + ridge);
        }
        largest = most;
        w = new double[columns];
    }

    /// The weights, `columns` long. `a` is n x columns, row-major; `b` is n long; `ridge` >= 0 is zeta^2. Throws IllegalArgumentException where lengths do not
    /// fit, there is no column, or a number is not finite.
    public static double[] solve(double[] a, double[] b, int columns, double ridge) {
        if (columns < 1 || a.length != b.length * columns) throw new IllegalArgumentException("Expected " + b.length + " x " + columns + " numbers, got " + a.length + ".");
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("The ridge (" + ridge + ") must be at least 0.");
        for (double x : a) if (!Double.isFinite(x)) throw new IllegalArgumentException("A number of the quadratic programme is " + x + ".");
        for (double x : b) if (!Double.isFinite(x)) throw new IllegalArgumentException("A target of the quadratic programme is " + x + ".");
        return new SimplexQuadratic(a, b, columns, ridge).run();
    }

    private double[] run() {
        int first = IntStream.range(0, columns).boxed().min((i, j) -> Double.compare(dot(column[i], column[i]), dot(column[j], column[j]))).orElseThrow();
        w[first] = 1;
        used.add(first);
        boolean[] barred = new boolean[columns];
        for (int step = 0; step < 20 * columns + 100; step++) {
            double[] gradient = gradient();
            int enter = entering(gradient, barred);
            if (enter < 0) break;
            double before = dot(gradient, w);
            used.add(enter);
            descend();
            // In exact arithmetic every entry descends; where rounding says otherwise the column is out until another brings the objective down.
            if (dot(gradient(), w) < before) java.util.Arrays.fill(barred, false);
            barred[enter] |= w[enter] == 0;
        }
        return w;
    }

    /// Half the gradient; its product with the weights is the objective.
    private double[] gradient() {
        double[] point = new double[rows];
        for (int j : used) for (int i = 0; i < rows; i++) point[i] += w[j] * column[j][i];
        double[] g = new double[columns];
        for (int j = 0; j < columns; j++) g[j] = dot(column[j], point) + ridge * w[j];
        return g;
    }

    private int entering(double[] gradient, boolean[] barred) {
        double level = dot(gradient, w);
        double least = level - OPTIMAL * (Math.sqrt(largest * Math.max(level, 0)) + OPTIMAL * largest);
        int best = -1;
        for (int j = 0; j < columns; j++) {
            if (gradient[j] < least && w[j] == 0 && !barred[j] && !used.contains(j)) {
                least = gradient[j];
                best = j;
            }
        }
        return best;
    }

    /// Moves to the least point of the affine hull of the columns in use, dropping those whose weight would fall below zero on the way.
    private void descend() {
        while (used.size() > 1) {
            double[] to = hull();
            double step = 1;
            int leaves = -1;
            for (int k = 0; k < to.length; k++) {
                double from = w[used.get(k)];
                if (to[k] > 0 || Double.isNaN(to[k])) continue;
                double far = from <= 0 ? 0 : from / (from - to[k]);
                if (leaves < 0 || far < step) {
                    step = far;
                    leaves = k;
                }
            }
            for (int k = 0; k < to.length; k++) w[used.get(k)] += step * (to[k] - w[used.get(k)]);
            if (leaves < 0) break;
            w[used.get(leaves)] = 0;
            used.removeIf(j -> w[j] <= 0);
            for (int j = 0; j < columns; j++) if (w[j] < 0) w[j] = 0;
        }
        double sum = 0;
        for (int j : used) sum += w[j];
        for (int j : used) w[j] /= sum;
    }

    /// The weights, in the order of `used`, of the least point of the affine hull: the largest column in weight is the base, the others are differences from it.
    private double[] hull() {
        int k = used.size();
        int base = IntStream.range(0, k).boxed().max((p, q) -> Double.compare(w[used.get(p)], w[used.get(q)])).orElseThrow();
        int extra = ridge > 0 ? k : 0;
        double root = Math.sqrt(ridge);
        double[] x = new double[(rows + extra) * (k - 1)];
        double[] y = new double[rows + extra];
        double[] origin = column[used.get(base)];
        for (int i = 0; i < rows; i++) y[i] = -origin[i];
        if (extra > 0) y[rows + base] = -root;
        for (int p = 0, c = 0; p < k; p++) {
            if (p == base) continue;
            double[] other = column[used.get(p)];
            for (int i = 0; i < rows; i++) x[i * (k - 1) + c] = other[i] - origin[i];
            if (extra > 0) {
                x[(rows + base) * (k - 1) + c] = -root;
                x[(rows + p) * (k - 1) + c] = root;
            }
            c++;
        }
        double[] z = LeastSquares.fit(x, y, k - 1).coefficients();
        double[] to = new double[k];
        double rest = 1;
        for (int p = 0, c = 0; p < k; p++) {
            if (p == base) continue;
            // A column that depends on the others adds nothing: it leaves.
            to[p] = Double.isNaN(z[c]) ? 0 : z[c];
            rest -= to[p];
            c++;
        }
        to[base] = rest;
        return to;
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) s += a[i] * b[i];
        return s;
    }
}
