package xiaxiang.engine.capture;

/// The nearest point of the polytope of [Units] (0 <= x, at most one of a unit in all, resources) in a diagonal metric: minimise
/// `sum_j d_j (x_j - z_j)^2 / 2`. Its dual in the resources' prices is solved by a guarded semismooth Newton method, warm
/// from the last call; a unit's own limit by Newton steps, which end after few.
final class Projection {
    private static final int STEPS = 30;
    private static final double TOLERANCE = 1e-9;
    /// Up to so many resources one after the other is a way out where joint steps fail; more overlap too much for that.
    private static final int FEW = 3;
    private static final int TRIALS = 100;

    private final Units units;
    private final int resources;
    private final double[] over;
    private final double[][] bend;
    private final double[] trial;
    private final double[] theta;

    Projection(Units units) {
        this.units = units;
        this.resources = units.resources;
        this.over = new double[resources];
        this.bend = new double[resources][resources];
        this.trial = new double[resources];
        this.theta = new double[resources];
    }

    /// Prices of the last projection, scaled.
    double[] theta() {
        return theta;
    }

    void project(double[] z, double[] d, double[] x) {
        if (resources == 1) {
            one(0, z, d, x);
        } else if (resources > FEW || several(z, d, x) > TOLERANCE) {
            many(z, d, x);
        }
    }

    /// Sets the price of resource k so that it is used up, or 0, all else equal: Newton's method inside a bracket.
    private void one(int k, double[] z, double[] d, double[] x) {
        double tolerance = TOLERANCE * Math.max(1e-3, Math.abs(units.allowed[k]));
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int step = 0; step < 2 * STEPS; step++) {
            double at = theta[k];
            evaluate(theta, z, d, x);
            if (Math.abs(over[k]) <= tolerance || (at == 0 && over[k] <= 0)) {
                return;
            }
            if (over[k] > 0) {
                low = at;
            } else {
                high = at;
            }
            double next = at + over[k] / bend[k][k];
            if (!(next < high && next >= low) || bend[k][k] == 0) {
                double middle = high < Double.POSITIVE_INFINITY ? 0.5 * (low + high) : 4 * at + pull(z, d);
                next = next <= 0 && low == 0 ? 0 : middle;
            }
            if (next == at) {
                return;
            }
            theta[k] = next;
        }
    }

    /// A price of the order that moves an average site.
    private static double pull(double[] z, double[] d) {
        double sum = Double.MIN_NORMAL;
        for (int j = 0; j < z.length; j++) {
            sum += d[j] * Math.max(0, z[j]);
        }
        return sum / Math.max(1, z.length);
    }

    /// Joint Newton steps while they halve the error, otherwise one resource after the other; gives the error left.
    private double several(double[] z, double[] d, double[] x) {
        double[] step = new double[resources];
        evaluate(theta, z, d, x);
        double error = error(theta);
        for (int round = 0; round < STEPS && error > TOLERANCE; round++) {
            newton(step, 1e-30);
            for (int k = 0; k < resources; k++) {
                trial[k] = Math.max(0, theta[k] + step[k]);
            }
            evaluate(trial, z, d, x);
            double now = error(trial);
            if (now < 0.5 * error) {
                System.arraycopy(trial, 0, theta, 0, resources);
            } else {
                for (int k = 0; k < resources; k++) {
                    one(k, z, d, x);
                }
                evaluate(theta, z, d, x);
                now = error(theta);
            }
            error = now;
        }
        return error;
    }

    /// Damped Newton steps, each taken only if it raises the dual: less damped after one that does, more after one that does not. Source: Levenberg (1944).
    private void many(double[] z, double[] d, double[] x) {
        double[] step = new double[resources];
        double value = valued(theta, z, d, x);
        double error = error(theta);
        double damping = 1e-3 * error / pull(z, d);
        for (int round = 0; round < TRIALS && error > TOLERANCE; round++) {
            newton(step, damping);
            for (int k = 0; k < resources; k++) {
                trial[k] = Math.max(0, theta[k] + step[k]);
            }
            double now = valued(trial, z, d, x);
            double then = error(trial);
            if (now > value || (now >= value - 1e-12 * Math.abs(value) && then < error)) {
                System.arraycopy(trial, 0, theta, 0, resources);
                value = now;
                error = then;
                damping *= 0.1;
            } else {
                damping = 10 * Math.max(damping, 1e-12 * bend());
                evaluate(theta, z, d, x);
            }
        }
    }

    private double bend() {
        double most = 0;
        for (int k = 0; k < resources; k++) {
            most = Math.max(most, bend[k][k]);
        }
        return most;
    }

    private double error(double[] at) {
        double error = 0;
        for (int k = 0; k < resources; k++) {
            error = Math.max(error, at[k] > 0 ? Math.abs(over[k]) : over[k]);
        }
        return error;
    }

    /// Solves `(bend + damping) step = over` on the resources that are priced or overused, by elimination.
    private void newton(double[] step, double damping) {
        double[][] a = new double[resources][resources + 1];
        for (int k = 0; k < resources; k++) {
            boolean live = theta[k] > 0 || over[k] > 0;
            for (int l = 0; l < resources; l++) {
                a[k][l] = live && (theta[l] > 0 || over[l] > 0) ? bend[k][l] : 0;
            }
            a[k][k] = live ? a[k][k] * (1 + 1e-9) + damping : 1;
            a[k][resources] = live ? over[k] : 0;
        }
        for (int k = 0; k < resources; k++) {
            for (int below = k + 1; below < resources; below++) {
                double f = a[below][k] / a[k][k];
                for (int l = k; l <= resources; l++) {
                    a[below][l] -= f * a[k][l];
                }
            }
        }
        for (int k = resources - 1; k >= 0; k--) {
            double rest = a[k][resources];
            for (int l = k + 1; l < resources; l++) {
                rest -= a[k][l] * step[l];
            }
            double pivot = a[k][k];
            double length = rest / pivot;
            step[k] = Math.abs(length) < Double.POSITIVE_INFINITY ? length : 0;
        }
    }

    /// x at given prices, how far each resource is overused, and how fast that falls with the prices.
    private void evaluate(double[] at, double[] z, double[] d, double[] x) {
        for (int k = 0; k < resources; k++) {
            over[k] = -units.allowed[k];
            for (int l = 0; l < resources; l++) {
                bend[k][l] = 0;
            }
        }
        for (int u = 0; u < units.start.length - 1; u++) {
            int from = units.start[u];
            int to = units.start[u + 1];
            if (to == from + 1) {
                lone(units.member[from], at, z, d, x);
            } else if (to > from) {
                group(from, to, at, z, d, x);
            }
        }
    }

    /// The dual's value at given prices, but for a constant.
    private double valued(double[] at, double[] z, double[] d, double[] x) {
        evaluate(at, z, d, x);
        double value = 0;
        for (int j = 0; j < x.length; j++) {
            value += d[j] * x[j] * (0.5 * x[j] - z[j]);
        }
        for (int k = 0; k < resources; k++) {
            value += at[k] * over[k];
        }
        return value;
    }

    private void lone(int j, double[] at, double[] z, double[] d, double[] x) {
        double price = 0;
        for (int k = 0; k < resources; k++) {
            price += at[k] * units.use[k][j];
        }
        double v = z[j] - price / d[j];
        if (!(v > 0)) {
            x[j] = 0;
            return;
        }
        x[j] = Math.min(1, v);
        for (int k = 0; k < resources; k++) {
            over[k] += units.use[k][j] * x[j];
            if (v < 1) {
                for (int l = 0; l < resources; l++) {
                    bend[k][l] += units.use[k][j] / d[j] * units.use[l][j];
                }
            }
        }
    }

    private void group(int from, int to, double[] at, double[] z, double[] d, double[] x) {
        double sum = 0;
        for (int e = from; e < to; e++) {
            int j = units.member[e];
            double price = 0;
            for (int k = 0; k < resources; k++) {
                price += at[k] * units.use[k][j];
            }
            x[j] = z[j] - price / d[j];
            sum += Math.max(0, x[j]);
        }
        if (sum == 0) {
            for (int e = from; e < to; e++) {
                x[units.member[e]] = 0;
            }
            return;
        }
        double lambda = 0;
        double loose = 0;
        for (int step = 0; step < 100 && sum > 1 + 1e-12; step++) {
            loose = 0;
            for (int e = from; e < to; e++) {
                int j = units.member[e];
                loose += x[j] - lambda / d[j] > 0 ? 1 / d[j] : 0;
            }
            lambda += (sum - 1) / loose;
            sum = 0;
            for (int e = from; e < to; e++) {
                int j = units.member[e];
                sum += Math.max(0, x[j] - lambda / d[j]);
            }
        }
        count(from, to, lambda, d, x);
    }

    private void count(int from, int to, double lambda, double[] d, double[] x) {
        double loose = 0;
        for (int e = from; e < to; e++) {
            int j = units.member[e];
            x[j] = Math.max(0, x[j] - lambda / d[j]);
            loose += x[j] > 0 ? 1 / d[j] : 0;
        }
        for (int k = 0; k < resources; k++) {
            for (int l = 0; l < resources; l++) {
                double kl = 0;
                double mk = 0;
                double ml = 0;
                for (int e = from; e < to; e++) {
                    int j = units.member[e];
                    if (x[j] > 0) {
                        kl += units.use[k][j] / d[j] * units.use[l][j];
                        mk += units.use[k][j] / d[j];
                        ml += units.use[l][j] / d[j];
                    }
                }
                bend[k][l] += lambda > 0 && loose > 0 ? kl - mk / loose * ml : kl;
            }
            for (int e = from; e < to; e++) {
                int j = units.member[e];
                over[k] += units.use[k][j] * x[j];
            }
        }
    }
}
