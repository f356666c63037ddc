package xiaxiang.engine.capture;

import java.util.Arrays;

/// The last cuts of a concave function, each above it everywhere, and the master problem over them: from a centre, maximise the lowest cut less
/// `sum_j d_j (x_j - centre_j)^2 / 2` over the polytope of [Units]. Solved in its dual, the cuts' shares (>= 0, 1 in all), by Newton's method: there each
/// step is a quadratic program of as many unknowns as cuts. The cuts' mean by shares is a cut again, and lower where it matters than any one of them.
/// Cost of a step: cuts x sites, and cuts^2 x sites strictly between 0 and 1. Sources: Lemarechal (1977); Kiwiel (1990).
final class Bundle {
    static final int SIZE = 24;
    private static final int STEPS = 30;
    private static final int PAIRS = 2000;
    private static final int HALVINGS = 8;
    /// How far from its end a master, and a step of it, may stay, as a part of what it promises.
    private static final double PRECISION = 1e-3;

    private final Units units;
    private final Projection projection;
    private final int n;
    private final double[][] gain = new double[SIZE][];
    private final double[] constant = new double[SIZE];
    private final Marks[] marks = new Marks[SIZE];
    private final double[] height = new double[SIZE];
    private final double[][] curve = new double[SIZE][SIZE];
    private final double[] target;
    private int oldest;
    private int size;
    /// Shares of the last master.
    final double[] share = new double[SIZE];
    /// Gains of the mean cut by these shares.
    final double[] mean;
    /// Where the last master ended.
    final double[] x;

    Bundle(Units units) {
        this.units = units;
        this.projection = new Projection(units);
        this.n = units.sites;
        this.target = new double[n];
        this.mean = new double[n];
        this.x = new double[n];
    }

    int size() {
        return size;
    }

    Marks marks(int cut) {
        return marks[cut];
    }

    /// Prices of the last master, scaled.
    double[] theta() {
        return projection.theta();
    }

    void project(double[] z, double[] metric, double[] to) {
        projection.project(z, metric, to);
    }

    /// Takes a cut in, in the place of the one with the least share, the oldest of equals.
    void add(double cutConstant, double[] cutGain, Marks cutMarks) {
        int at = size < SIZE ? size++ : least();
        gain[at] = cutGain.clone();
        constant[at] = cutConstant;
        marks[at] = cutMarks;
        double rest = 0;
        share[at] = 0;
        for (int a = 0; a < size; a++) {
            rest += share[a];
        }
        share[at] = rest > 0 ? 0 : 1;
        for (int a = 0; a < size && rest > 0; a++) {
            share[a] /= rest;
        }
    }

    private int least() {
        int least = oldest;
        for (int k = 1; k < SIZE; k++) {
            int a = (oldest + k) % SIZE;
            least = share[a] < share[least] ? a : least;
        }
        oldest = (least + 1) % SIZE;
        return least;
    }

    /// Constant of the mean cut.
    double meanConstant() {
        double sum = 0;
        for (int a = 0; a < size; a++) {
            sum += share[a] * constant[a];
        }
        return sum;
    }

    /// The lowest cut at `x`.
    double model() {
        heights();
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < size; a++) {
            least = Math.min(least, height[a]);
        }
        return least;
    }

    /// Solves the master; `value` is what the centre is worth.
    void solve(double[] center, double[] metric, double value) {
        double dual = evaluate(share, center, metric);
        for (int step = 0; step < STEPS; step++) {
            heights();
            double open = above();
            double promised = dual - value;
            if (open <= PRECISION * Math.max(1e-9 * Math.abs(value), promised)) {
                return;
            }
            curvatures(metric);
            double[] next = quadratic(PRECISION * open);
            double slope = 0;
            for (int a = 0; a < size; a++) {
                slope += height[a] * (next[a] - share[a]);
            }
            double before = dual;
            dual = searched(next, slope, before, center, metric);
            if (!(dual < before)) {
                return;
            }
        }
    }

    /// Goes towards `next` as far as the dual falls; its value there.
    private double searched(double[] next, double slope, double before, double[] center, double[] metric) {
        double[] trial = new double[SIZE];
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            for (int a = 0; a < size; a++) {
                trial[a] = share[a] + length * (next[a] - share[a]);
            }
            double now = evaluate(trial, center, metric);
            if (now <= before + 1e-4 * length * slope) {
                System.arraycopy(trial, 0, share, 0, SIZE);
                return now;
            }
            length *= 0.4;
        }
        return evaluate(share, center, metric);
    }

    /// The dual's value; leaves the mean cut and the best x for it.
    private double evaluate(double[] shares, double[] center, double[] metric) {
        mix(shares);
        double value = 0;
        for (int a = 0; a < size; a++) {
            value += shares[a] * constant[a];
        }
        for (int j = 0; j < n; j++) {
            target[j] = center[j] + mean[j] / metric[j];
        }
        projection.project(target, metric, x);
        for (int j = 0; j < n; j++) {
            double moved = x[j] - center[j];
            value += mean[j] * x[j] - 0.5 * metric[j] * moved * moved;
        }
        return value;
    }

    /// Leaves shares below `least` out of the mean.
    void thin(double least) {
        double rest = 0;
        for (int a = 0; a < size; a++) {
            share[a] = share[a] < least ? 0 : share[a];
            rest += share[a];
        }
        for (int a = 0; a < size; a++) {
            share[a] /= rest;
        }
        mix(share);
    }

    private void mix(double[] shares) {
        Arrays.fill(mean, 0);
        for (int a = 0; a < size; a++) {
            double part = shares[a];
            double[] of = gain[a];
            for (int j = 0; j < n && part > 0; j++) {
                mean[j] += part * of[j];
            }
        }
    }

    /// The cuts at x: slopes of the dual.
    private void heights() {
        for (int a = 0; a < size; a++) {
            double sum = constant[a];
            double[] of = gain[a];
            for (int j = 0; j < n; j++) {
                sum += of[j] * x[j];
            }
            height[a] = sum;
        }
    }

    /// How far the mean of the cuts at x lies above their least.
    private double above() {
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < size; a++) {
            mean += share[a] * height[a];
            least = Math.min(least, height[a]);
        }
        return mean - least;
    }

    /// Second derivatives of the dual, taken over the sites strictly between 0 and 1; one resource is taken to stay used up, with more of them it is
    /// an upper bound.
    private void curvatures(double[] metric) {
        int[] between = between();
        double[] use = units.use[0];
        double[][] scaled = new double[size][between.length];
        double[] priced = new double[size];
        double stiff = 0;
        for (int b = 0; b < between.length; b++) {
            int j = between[b];
            double root = 1 / Math.sqrt(metric[j]);
            double cost = use[j] * root;
            stiff += cost * cost;
            for (int a = 0; a < size; a++) {
                scaled[a][b] = gain[a][j] * root;
                priced[a] += scaled[a][b] * cost;
            }
        }
        double kept = units.resources == 1 && stiff > 0 && theta()[0] > 0 ? 1 / stiff : 0;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = -kept * priced[a] * priced[b];
                for (int k = 0; k < between.length; k++) {
                    sum += scaled[a][k] * scaled[b][k];
                }
                curve[a][b] = sum;
                curve[b][a] = sum;
            }
        }
    }

    private int[] between() {
        int[] between = new int[n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            between[count] = j;
            count += x[j] > 0 && x[j] < 1 ? 1 : 0;
        }
        return Arrays.copyOf(between, count);
    }

    /// Shares that make the dual's quadratic model least: moves share from the cut with the largest slope to the one with the least, pair by pair.
    private double[] quadratic(double tolerance) {
        double[] next = share.clone();
        double[] slope = height.clone();
        for (int pair = 0; pair < PAIRS; pair++) {
            int low = 0;
            int high = -1;
            for (int a = 0; a < size; a++) {
                low = slope[a] < slope[low] ? a : low;
                high = next[a] > 0 && (high < 0 || slope[a] > slope[high]) ? a : high;
            }
            double fall = slope[high] - slope[low];
            if (fall <= tolerance) {
                break;
            }
            double bend = curve[low][low] + curve[high][high] - 2 * curve[low][high];
            double moved = bend > 0 ? Math.min(next[high], fall / bend) : next[high];
            next[low] += moved;
            next[high] -= moved;
            for (int a = 0; a < size; a++) {
                slope[a] += moved * (curve[a][low] - curve[a][high]);
            }
        }
        return next;
    }
}
