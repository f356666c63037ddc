package xiaxiang.engine.capture;

import java.util.Arrays;

/// Maximises the sum of the best lifted cuts over the polytope of [Units], which is concave, by an accelerated projected
/// gradient with diagonal scaling, projecting the extrapolated point too and restarting on a decrease. Every iterate's cut,
/// with the best prices for it, is a proven bound; the best is kept. Sources: Beck and Teboulle (2009); O'Donoghue and Candes (2015).
final class Relaxation {
    /// What stops it: `prune`: a bound at most this (gross) is good enough; `precision`: relative distance of bound and value;
    /// `hopeless`: stop once the bound is settled to this part of its distance from `prune` (0 never) and at most `known`.
    record Goal(int iterations, double prune, double precision, double hopeless, double known) {
        /// The same, for as many iterations again.
        Goal more() {
            return new Goal(2 * iterations, prune, precision, hopeless, known);
        }

        boolean isReached(double bound, double value, int iterations) {
            double open = bound - value;
            boolean settled = open <= precision * Math.abs(bound)
                    || (iterations > 3 && bound <= known && open < hopeless * (value - prune));
            return bound <= prune || settled;
        }

        Goal knowing(double known) {
            return new Goal(iterations, prune, precision, hopeless, known);
        }
    }

    /// Told the bound after each pass.
    interface Ear {
        void hear(int iteration, double bound);
    }

    /// In the measure of the largest gain, against uses of order one.
    private static final double MOST_PRICE = 1e4;
    private final Units units;
    private final int points;
    private final double base;
    private final Gains cuts;
    private final Prices prices;
    private final Projection projection;
    private final int n;
    private Marks marks;
    /// What names the cut of the best bound.
    Marks bestMarks;
    /// Gains of the best bound.
    final double[] bestGain;
    /// Scaled prices of the best bound.
    final double[] bestTheta;
    /// Best gross bound.
    double bound = Double.POSITIVE_INFINITY;
    /// x with the best value.
    final double[] bestX;
    double bestValue = Double.NEGATIVE_INFINITY;
    int iterations;

    Relaxation(Slice slice, Cores cores) {
        this(slice.units, slice.points(), slice.base, new Cuts(slice, cores));
    }

    /// Of the choices of `units`; `points` have a cut each, and `base` is captured whatever is chosen.
    Relaxation(Units units, int points, double base, Gains cuts) {
        this.units = units;
        this.points = points;
        this.base = base;
        this.n = units.sites;
        this.cuts = cuts;
        this.prices = new Prices(units);
        this.projection = new Projection(units);
        this.marks = Marks.tangents(points);
        this.bestMarks = Marks.tangents(points);
        this.bestGain = new double[n];
        this.bestTheta = new double[units.resources];
        this.bestX = new double[n];
    }

    /// From here on cuts are taken around the sites that are nearly open in `at`, where that is better; the best bound is kept.
    void around(double[] at) {
        marks = Marks.around(points, at);
        bestValue = Double.NEGATIVE_INFINITY;
    }

    /// Takes a covering slice's slopes and scaled prices found elsewhere, and an x beside them; `own` are the cuts this was made with.
    void take(Cuts own, float[] slopes, double[] theta, double[] x, long spent) {
        System.arraycopy(slopes, 0, marks.rho, 0, slopes.length);
        own.ofSlopes(marks);
        iterations += (int) spent;
        keep(prices.minimise(cuts.gain, theta, 12));
        copy(x, bestX);
    }

    void run(double[] from, Goal goal, Watch watch, Ear ear) {
        double[] x = new double[n];
        double[] metric = new double[n];
        Arrays.fill(metric, 1);
        projection.project(from, metric, x);
        double[] y = x.clone();
        double[] next = new double[n];
        double[] target = new double[n];
        double[] savedGain = new double[n];
        double[] savedBend = new double[n];
        double momentum = 1;
        double step = 1;
        double before = Double.NEGATIVE_INFINITY;
        while (iterations < goal.iterations()) {
            cuts.blur = Math.max(0.004, 0.5 / (1 + 0.02 * iterations));
            cuts.at(y, marks);
            double value = base + cuts.value;
            iterations++;
            boolean fell = value < before - 1e-10 * Math.abs(before);
            if (value > bestValue) {
                bestValue = value;
                copy(y, bestX);
                copy(cuts.gain, savedGain);
                copy(cuts.bend, savedBend);
            }
            measure();
            ear.hear(iterations, bound);
            if (goal.isReached(bound, bestValue, iterations) || watch.stopped()) {
                break;
            }
            if (fell) {
                momentum = 1;
                step *= 0.5;
                copy(bestX, x);
                copy(bestX, y);
                copy(savedGain, cuts.gain);
                copy(savedBend, cuts.bend);
                value = bestValue;
            } else {
                step = Math.min(4, step * 1.05);
            }
            before = value;
            double floor = 1e-9 * most(cuts.gain) + Double.MIN_NORMAL;
            for (int j = 0; j < n; j++) {
                metric[j] = (cuts.bend[j] + 0.02 * Math.abs(cuts.gain[j]) + floor) / step;
                target[j] = y[j] + cuts.gain[j] / metric[j];
            }
            projection.project(target, metric, next);
            double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double push = (momentum - 1) / grown;
            momentum = grown;
            for (int j = 0; j < n; j++) {
                target[j] = next[j] + push * (next[j] - x[j]);
                x[j] = next[j];
            }
            if (push > 0) {
                projection.project(target, metric, y);
            } else {
                copy(x, y);
            }
        }
    }

    private void measure() {
        boolean small = n * units.resources < 4000 || iterations % 5 == 1;
        double[] near = iterations > 1 && units.resources > 1 ? sane(projection.theta()) : bestTheta;
        double priced = small || units.resources == 1
                ? prices.minimise(cuts.gain, near, 12)
                : prices.minimise(cuts.gain, near, 0);
        keep(priced);
    }

    /// Keeps the cut at hand if its bound is the best.
    private void keep(double priced) {
        double now = base + cuts.constant + priced;
        if (now < bound) {
            bound = now;
            Marks other = bestMarks;
            bestMarks = marks;
            marks = other.isAlike(marks) ? other : marks.alike();
            copy(cuts.gain, bestGain);
            copy(prices.theta, bestTheta);
        }
    }

    /// Where a resource has no room at all the projection's price knows no end, and rounding would eat the proof.
    private double[] sane(double[] theta) {
        double most = MOST_PRICE * most(cuts.gain);
        double[] sane = theta.clone();
        for (int k = 0; k < sane.length; k++) {
            sane[k] = Math.min(sane[k], most);
        }
        return sane;
    }

    private static double most(double[] values) {
        double most = 0;
        for (double v : values) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }
}
