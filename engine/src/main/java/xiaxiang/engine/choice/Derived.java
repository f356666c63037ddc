package xiaxiang.engine.choice;

import java.util.function.Function;

/// Numbers computed from estimates, such as shares, elasticities or a willingness to pay, with their standard errors by the delta method. Immutable.
public final class Derived {
    /// Part of a standard error that a parameter is moved by to find a slope.
    private static final double STEP = 1e-4;

    private final double[] values;
    private final double[] errors;

    private Derived(double[] values, double[] errors) {
        this.values = values;
        this.errors = errors;
    }

    /// The values of a smooth function of all parameters and their errors, its slopes by central differences. Parameters without an error of their own
    /// (fixed, at a bound, not known) count as exact. Cost: two calls of the function a parameter.
    public static Derived of(double[] parameters, Covariance covariance, Function<double[], double[]> function) {
        double[] values = function.apply(parameters.clone());
        int k = parameters.length;
        double[][] slope = new double[k][];
        for (int p = 0; p < k; p++) {
            double step = STEP * covariance.error(p);
            if (!(step > 0)) continue;
            slope[p] = function.apply(moved(parameters, p, step));
            double[] low = function.apply(moved(parameters, p, -step));
            for (int i = 0; i < values.length; i++) slope[p][i] = (slope[p][i] - low[i]) / (2 * step);
        }
        double[] errors = new double[values.length];
        for (int p = 0; p < k; p++)
            for (int q = 0; q < k; q++) if (slope[p] != null && slope[q] != null) for (int i = 0; i < errors.length; i++) errors[i] += slope[p][i] * slope[q][i] * covariance.of(p, q);
        for (int i = 0; i < errors.length; i++) errors[i] = Math.sqrt(errors[i]);
        return new Derived(values, errors);
    }

    /// The ratio of two parameters with its error: a willingness to pay for one unit of p's attribute where q is the coefficient of a price, up to its sign.
    /// NaN as error where either is not known. Source: Daly, Hess and de Jong (2012).
    public static Derived ratio(double[] parameters, Covariance covariance, int p, int q) {
        double ratio = parameters[p] / parameters[q];
        double variance = covariance.of(p, p) - 2 * ratio * covariance.of(p, q) + ratio * ratio * covariance.of(q, q);
        return new Derived(new double[] {ratio}, new double[] {Math.sqrt(variance) / Math.abs(parameters[q])});
    }

    private static double[] moved(double[] parameters, int p, double step) {
        double[] to = parameters.clone();
        to[p] += step;
        return to;
    }

    /// How many numbers.
    public int size() {
        return values.length;
    }

    /// The i-th number.
    public double value(int i) {
        return values[i];
    }

    /// Its standard error.
    public double error(int i) {
        return errors[i];
    }
}
