package xiaxiang.engine.effect;

import java.util.Arrays;
import xiaxiang.engine.numeric.SimplexQuadratic;

/// How the weights of a synthetic control are found.
public enum SimplexSolver {
    /// The optimum to rounding ([SimplexQuadratic]), as quadratic programming in augsynth approaches it.
    EXACT {
        @Override
        double[] solve(double[] a, double[] b, int columns, double zeta, double noise) {
            return SimplexQuadratic.solve(a, b, columns, b.length * zeta * zeta);
        }
    },
    /// The rounds of R's synthdid 0.0.9: 100 steps, weights up to a quarter of the largest dropped, up to 10,000 steps more; a round stops once a step brings less
    /// than (1e-5 noise)^2. It stops short of the optimum, and the published digits are of where it stops.
    FRANK_WOLFE {
        @Override
        double[] solve(double[] a, double[] b, int columns, double zeta, double noise) {
            double[] start = new double[columns];
            Arrays.fill(start, 1.0 / columns);
            double least = 1e-10 * noise * noise;
            double[] first = rounds(a, b, start, zeta, least, 100);
            return rounds(a, b, sparse(first), zeta, least, 10_000);
        }
    };

    /// Weights w that make ||a w - b||^2 / n + zeta^2 ||w||^2 small; `a` is n x columns row-major.
    abstract double[] solve(double[] a, double[] b, int columns, double zeta, double noise);

    private static double[] sparse(double[] w) {
        double floor = Arrays.stream(w).max().orElseThrow() / 4;
        double[] out = Arrays.stream(w).map(x -> x <= floor ? 0 : x).toArray();
        double sum = Arrays.stream(out).sum();
        return Arrays.stream(out).map(x -> x / sum).toArray();
    }

    /// Frank and Wolfe's steps towards one corner each, with exact line search.
    private static double[] rounds(double[] a, double[] b, double[] start, double zeta, double least, int most) {
        int n = b.length;
        int k = start.length;
        double[] columns = new double[n * k];
        for (int i = 0; i < n; i++) for (int j = 0; j < k; j++) columns[j * n + i] = a[i * k + j];
        double[] w = start.clone();
        double[] error = new double[n];
        for (int i = 0; i < n; i++) error[i] = -b[i];
        for (int j = 0; j < k; j++) if (w[j] != 0) for (int i = 0; i < n; i++) error[i] += columns[j * n + i] * w[j];
        double eta = n * zeta * zeta;
        double before = Double.NaN;
        for (int step = 0; step < most; step++) {
            double value = step(columns, b, w, error, eta) / n;
            if (step > 0 && !(before - value > least)) break;
            before = value;
        }
        return w;
    }

    /// Moves `w` and its `error` and returns the objective times n.
    private static double step(double[] columns, double[] b, double[] w, double[] error, double eta) {
        int n = b.length;
        int to = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double slope = 0;
        double squares = 0;
        for (int j = 0; j < w.length; j++) {
            double g = eta * w[j];
            for (int i = 0, c = j * n; i < n; i++, c++) g += columns[c] * error[i];
            slope -= g * w[j];
            squares += w[j] * w[j];
            if (g < lowest) {
                lowest = g;
                to = j;
            }
        }
        slope += lowest;
        double moved = squares + 1 - 2 * w[to];
        double curve = eta * moved;
        for (int i = 0; i < n; i++) {
            double d = columns[to * n + i] - error[i] - b[i];
            curve += d * d;
        }
        double size = moved <= 0 || curve <= 0 ? 0 : Math.clamp(-slope / curve, 0, 1);
        double value = 0;
        for (int i = 0; i < n; i++) {
            error[i] += size * (columns[to * n + i] - error[i] - b[i]);
            value += error[i] * error[i];
        }
        double norm = 0;
        for (int j = 0; j < w.length; j++) {
            w[j] += size * ((j == to ? 1 : 0) - w[j]);
            norm += w[j] * w[j];
        }
        return value + eta * norm;
    }
}
