package xiaxiang.engine.capture;

/// A tour through plans of a covering problem by threshold accepting, annealing without chance: close an open site, open what then adds most, and take
/// that back if it loses more than a threshold that falls as the tour goes on. Which site to close, and how strict to be, follow sequences that fill the
/// unit interval evenly (multiples of irrational numbers). Works where one site covers all that is open to capture at a point; gains are kept up to date
/// from the number of open sites there. A trial costs (points of the sites moved) x (row length) + candidates. Sources: Kirkpatrick, Gelatt and Vecchi
/// (1983); Dueck and Scheuer (1990).
final class CoveringTour {
    /// Heat at the end, as a part of what an open site captures.
    private static final double COLD = 0.005;
    /// The golden ratio and the root of 2, without what is whole.
    private static final double GOLDEN = 0.6180339887498949;
    private static final double ROOT = 0.41421356237309515;

    private final CaptureProblem problem;
    private final CaptureProblem.Rows rows;
    private final Columns columns;
    private final int[] candidates;
    /// What each site costs beyond none of its group, at the prices given.
    private final double[] cost;
    /// Where the two sequences stand, in [0, 1).
    private double which;
    private double strict;
    private final double[] weight;
    private final boolean[] open;
    private final Usage usage;
    /// Open sites at a point.
    private final int[] count;
    /// What each closed site would add.
    private final double[] gain;
    /// The open sites, and where each stands among them.
    private final int[] list;
    private final int[] at;
    private int opens;
    private final int[] added = new int[8];
    private double value;

    private CoveringTour(CaptureProblem problem, boolean[] start, int[] candidates, double[] prices, double phase) {
        this.problem = problem;
        this.rows = problem.rows();
        this.columns = problem.columns();
        this.candidates = candidates;
        this.which = phase;
        this.strict = phase;
        int m = problem.sites();
        cost = new double[m];
        weight = new double[problem.points()];
        open = new boolean[m];
        usage = new Usage(problem);
        count = new int[weight.length];
        gain = new double[m];
        list = new int[m];
        at = new int[m];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = rows.weight()[i] * Math.max(0, 1 - rows.stays()[i]);
            shift(i, weight[i]);
        }
        for (int j = 0; j < m; j++) {
            cost[j] = usage.price(j, prices);
            if (start[j]) {
                move(j, 1);
            }
        }
    }

    /// Whether at every point any one site covers all there is. O(points).
    static boolean fits(CaptureProblem problem) {
        boolean whole = problem.kernel() instanceof Kernel.Covering;
        for (int i = 0; whole && i < problem.points(); i++) {
            int end = problem.rowStart(i + 1);
            whole = end == problem.rowStart(i) || problem.ratioAt(end - 1) >= 1 - problem.stays(i);
        }
        return whole;
    }

    /// The best plan met in so many trials from a feasible one, that one if none is better. Opens candidates only (none forbidden); `prices` say what a
    /// unit of each resource is worth; `hot` is the heat at first, as a part of what an open site captures;
    /// tours of another `phase`, in [0, 1), go another way.
    static boolean[] best(CaptureProblem problem, boolean[] start, int[] candidates, double[] prices, double hot, int trials, double phase, Watch watch) {
        return new CoveringTour(problem, start, candidates, prices, phase).run(hot, trials, watch);
    }

    private boolean[] run(double hot, int trials, Watch watch) {
        boolean[] best = open.clone();
        double most = value;
        double heat = hot * value / Math.max(1, opens);
        double cooling = Math.pow(COLD / hot, 1.0 / trials);
        for (int trial = 1; trial <= trials && opens > 0 && (trial % 64 != 0 || !watch.stopped()); trial++) {
            heat *= cooling;
            trial(heat);
            if (value > most * (1 + 1e-12) && usage.fits()) {
                most = value;
                System.arraycopy(open, 0, best, 0, best.length);
            }
        }
        return best;
    }

    private void trial(double heat) {
        double before = value;
        which = next(which, GOLDEN);
        strict = next(strict, ROOT);
        int out = list[(int) (which * opens)];
        double allowed = heat * Math.log(1 - strict);
        if (problem.isRequired(out)) {
            return;
        }
        double priced = -cost[out];
        move(out, -1);
        int adds = 0;
        for (int j = best(out); j >= 0 && adds < added.length; j = best(out)) {
            priced += cost[j];
            move(j, 1);
            added[adds++] = j;
        }
        if (value - before - priced < allowed) {
            while (adds > 0) {
                move(added[--adds], -1);
            }
            move(out, 1);
        }
    }

    private static double next(double at, double by) {
        double next = at + by;
        return next >= 1 ? next - 1 : next;
    }

    /// The candidate that adds most for its price, of those that may open now, the first of equals; -1 if none.
    private int best(int but) {
        int best = -1;
        double most = 0;
        for (int j : candidates) {
            if (gain[j] > most && !open[j] && j != but) {
                double worth = gain[j] - cost[j];
                if ((best < 0 || worth > most) && usage.openBeside(j) < 0 && usage.fits(j)) {
                    most = Math.max(0, worth);
                    best = j;
                }
            }
        }
        return best;
    }

    /// Opens (sign 1) or closes (-1) site j.
    private void move(int j, int sign) {
        usage.count(j, sign);
        open[j] = sign > 0;
        if (sign > 0) {
            at[j] = opens;
            list[opens++] = j;
        } else {
            list[at[j]] = list[--opens];
            at[list[opens]] = at[j];
        }
        for (int c = columns.start()[j]; c < columns.start()[j + 1]; c++) {
            int i = columns.point()[c];
            count[i] += sign;
            if (count[i] == (sign > 0 ? 1 : 0)) {
                value += sign * weight[i];
                shift(i, -sign * weight[i]);
            }
        }
    }

    private void shift(int i, double by) {
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            gain[rows.site()[e]] += by;
        }
    }
}
