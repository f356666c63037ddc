package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Maximises the sum of the best cuts over the polytope of [Units] by a proximal bundle: worth its master problem where a pass over the points is dear and
/// the sum has many kinks, as cuts around chosen sites have. Cuts of all kinds stay in one bundle, since each holds everywhere. A bound is proven by the
/// bundle's mean cut with the best prices for it; the best is kept. See [Relaxation] for the accelerated gradient that suits small problems.
final class Ascent {
    /// A cut of the best bound and its share in the mean.
    record Layer(double share, Marks marks) {}

    private static final double LONGEST = 20;
    private static final double SHORTEST = 0.02;
    /// Part of what the master promised that makes its x the new centre.
    private static final double KEPT_PROMISE = 0.1;
    /// Shares below it are left out of a proven mean, so that few cuts prove it.
    private static final double LEAST_SHARE = 0.005;
    /// A run ends when so many passes have closed less than this part of what was open.
    private static final int PATIENCE = 12;
    private static final double PROGRESS = 0.03;

    private final Slice slice;
    private final int n;
    private final Cuts cuts;
    private final Prices prices;
    private final Bundle bundle;
    private final double[] center;
    private final double[] at;
    private final double[] metric;
    private final double[] scaled;
    private double step = 1;
    private double promised;
    private Marks kind;
    private List<Layer> layers = List.of();
    /// Gains and scaled prices of the best bound.
    final double[] bestGain;
    final double[] bestTheta;
    /// Best gross bound.
    double bound = Double.POSITIVE_INFINITY;
    /// x with the best value.
    double bestValue = Double.NEGATIVE_INFINITY;
    int iterations;

    Ascent(Slice slice, Cores cores) {
        this.slice = slice;
        this.n = slice.sites();
        this.cuts = new Cuts(slice, cores);
        this.prices = new Prices(slice.units);
        this.bundle = new Bundle(slice.units);
        this.center = new double[n];
        this.at = new double[n];
        this.metric = new double[n];
        this.scaled = new double[n];
        this.kind = Marks.tangents(slice.points());
        this.bestGain = new double[n];
        this.bestTheta = new double[slice.units.resources];
    }

    /// From here on cuts are taken around the sites that are nearly open at the centre, where that is better.
    void around() {
        kind = Marks.around(slice.points(), center);
    }

    /// The x with the best value in the last run.
    double[] bestX() {
        return center.clone();
    }

    /// The cuts whose mean proves the best bound.
    List<Layer> layers() {
        return layers;
    }

    void run(double[] from, Relaxation.Goal goal, Watch watch, Relaxation.Ear ear) {
        Arrays.fill(scaled, 1);
        bundle.project(from, scaled, at);
        bestValue = Double.NEGATIVE_INFINITY;
        step = 1;
        double checked = Double.POSITIVE_INFINITY;
        int next = iterations + PATIENCE;
        while (iterations < goal.iterations()) {
            Marks marks = kind.alike();
            cuts.at(at, marks);
            iterations++;
            bundle.add(slice.base + cuts.constant, cuts.gain, marks);
            judge(slice.base + cuts.value);
            master();
            ear.hear(iterations, bound);
            if (goal.isReached(bound, bestValue, iterations) || watch.stopped()) {
                return;
            }
            if (iterations >= next) {
                if (checked - bound < PROGRESS * (checked - goal.prune())) {
                    return;
                }
                checked = bound;
                next = iterations + PATIENCE;
            }
        }
    }

    /// Moves the centre to where the cut was taken if that keeps enough of what was promised, and the step's length with it.
    private void judge(double value) {
        boolean first = bestValue == Double.NEGATIVE_INFINITY;
        boolean kept = first || value >= bestValue + KEPT_PROMISE * (promised - bestValue);
        if (!first) {
            step = kept ? Math.min(LONGEST, 1.3 * step) : Math.max(SHORTEST, 0.9 * step);
        }
        if (kept) {
            bend(first);
        }
        if (value > bestValue) {
            bestValue = value;
            System.arraycopy(at, 0, center, 0, n);
        }
    }

    private void bend(boolean anew) {
        double most = 0;
        for (double g : cuts.gain) {
            most = Math.max(most, g);
        }
        double floor = 1e-9 * most + Double.MIN_NORMAL;
        for (int j = 0; j < n; j++) {
            double now = cuts.bend[j] + 0.02 * cuts.gain[j] + floor;
            metric[j] = anew ? now : Math.max(now, 0.7 * metric[j]);
        }
    }

    /// The next x, and the bounds of the mean cut there and of the one a longer step has, which is nearer the least of all means.
    private void master() {
        solve(step);
        promised = bundle.model();
        System.arraycopy(bundle.x, 0, at, 0, n);
        double[] share = bundle.share.clone();
        measure();
        solve(Math.max(3, 10 * step));
        measure();
        System.arraycopy(share, 0, bundle.share, 0, share.length);
    }

    private void solve(double length) {
        for (int j = 0; j < n; j++) {
            scaled[j] = metric[j] / length;
        }
        bundle.solve(center, scaled, bestValue);
    }

    private void measure() {
        bundle.thin(LEAST_SHARE);
        boolean small = n * slice.units.resources < 4000 || iterations % 5 == 1 || slice.units.resources == 1;
        double[] near = slice.units.resources > 1 ? bundle.theta() : bestTheta;
        double now = bundle.meanConstant() + prices.minimise(bundle.mean, near, small ? 12 : 0);
        if (now < bound) {
            bound = now;
            System.arraycopy(bundle.mean, 0, bestGain, 0, n);
            System.arraycopy(prices.theta, 0, bestTheta, 0, bestTheta.length);
            layers = new ArrayList<>();
            for (int a = 0; a < bundle.size(); a++) {
                if (bundle.share[a] > 0) {
                    layers.add(new Layer(bundle.share[a], bundle.marks(a)));
                }
            }
        }
    }
}
