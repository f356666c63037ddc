package xiaxiang.engine.capture;

import java.util.Arrays;

/// Local search: closes one site and opens the best one or several that then fit (another option of its group among them),
/// while that captures more. Gains of closed sites are kept up to date by what changes at the points of the site moved, so a
/// trial costs (points of the site) x (row length).
final class Swap {
    private static final double WORTH = 1e-9;

    private final CaptureProblem problem;
    private final CaptureProblem.Rows rows;
    private final Columns columns;
    private final Standing standing;
    private final Cores cores;
    private final Watch watch;
    /// Gain of every closed site.
    private final double[] gain;
    /// Gains as they would be with one site closed, less `gain`; `touched` lists where not 0.
    private final double[] change;
    private final int[] touched;
    private final boolean[] isTouched;
    private int touches;
    /// Closed sites by the gain they had when the pass began, the largest first; `moved` lists the sites whose gain has changed since.
    private int[] ranked = {};
    private final int[] moved;
    private final boolean[] isMoved;
    private int moves;

    private Swap(CaptureProblem problem, Standing standing, Cores cores, Watch watch) {
        this.problem = problem;
        this.rows = problem.rows();
        this.columns = problem.columns();
        this.standing = standing;
        this.cores = cores;
        this.watch = watch;
        this.gain = new double[problem.sites()];
        this.change = new double[problem.sites()];
        this.touched = new int[problem.sites()];
        this.isTouched = new boolean[problem.sites()];
        this.moved = new int[problem.sites()];
        this.isMoved = new boolean[problem.sites()];
    }

    /// Improves a feasible plan, at most `passes` times over all open sites.
    static void improve(CaptureProblem problem, Standing standing, int passes, Cores cores, Watch watch) {
        Swap swap = new Swap(problem, standing, cores, watch);
        for (int pass = 0; pass < passes && !watch.stopped() && swap.pass(); pass++) {
            watch.report("swap", pass + 1L, passes, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    private boolean pass() {
        double[] loss = new double[gain.length];
        int[] order = new int[gain.length];
        cores.blocks(gain.length, 256, (from, to) -> {
            for (int j = from; j < to; j++) {
                if (standing.open[j]) {
                    loss[j] = standing.loss(j);
                    gain[j] = 0; // so that an exchange never takes back at first what it closed
                } else {
                    gain[j] = standing.gain(j);
                }
            }
        });
        rank();
        boolean improved = false;
        for (int j = best(false); j >= 0; j = best(false)) {
            open(j);
            improved = true;
        }
        int size = 0;
        for (int j = 0; j < gain.length; j++) {
            if (standing.open[j] && !problem.isRequired(j)) {
                order[size++] = j;
            }
        }
        for (int j : Ascending.order(Arrays.copyOf(order, size), loss)) {
            if (watch.stopped()) {
                break;
            }
            improved |= standing.open[j] && exchange(j);
        }
        return improved;
    }

    /// Tries to do better without site `out`; leaves the plan as it was when it cannot.
    private boolean exchange(int out) {
        double loss = standing.loss(out);
        standing.remove(out);
        shiftBy(out, 0);
        int first = best(true);
        if (first < 0 || gain[first] + change[first] <= 0) {
            if (loss < 0 && standing.fits()) {
                keep();
                gain[out] = loss;
                mark(out);
                return true;
            }
            forget();
            standing.add(out);
            return false;
        }
        double enough = loss + WORTH * Math.abs(loss);
        double promised = gain[first] + change[first] + second(first);
        if (promised <= enough) {
            forget();
            standing.add(out);
            return false;
        }
        return settle(out, first, loss, enough);
    }

    /// Upper bound of what a second site adds beside `first`.
    private double second(int first) {
        standing.add(first);
        int second = best(true);
        standing.remove(first);
        return second < 0 ? 0 : Math.max(0, gain[second] + change[second]);
    }

    private boolean settle(int out, int first, double loss, double enough) {
        keep();
        gain[out] = loss;
        mark(out);
        int[] added = new int[8];
        int count = 0;
        double got = 0;
        for (int j = first; j >= 0 && count < added.length; j = best(true)) {
            double exact = standing.gain(j);
            if (exact <= 0) {
                break;
            }
            got += exact;
            open(j);
            added[count++] = j;
        }
        if (got > enough && standing.fits()) {
            return true;
        }
        while (count > 0) {
            close(added[--count]);
        }
        open(out);
        return false;
    }

    private void open(int j) {
        move(j, true);
    }

    private void close(int j) {
        move(j, false);
    }

    private void move(int j, boolean open) {
        if (open) {
            shiftBy(j, 1);
            standing.add(j);
            gain[j] = 0;
        } else {
            gain[j] = standing.loss(j);
            standing.remove(j);
            shiftBy(j, 0);
        }
        mark(j);
        keep();
    }

    /// Makes the changes of the touched sites their gains.
    private void keep() {
        for (int t = 0; t < touches; t++) {
            gain[touched[t]] += change[touched[t]];
            mark(touched[t]);
        }
        forget();
    }

    private void mark(int j) {
        if (!isMoved[j]) {
            isMoved[j] = true;
            moved[moves++] = j;
        }
    }

    /// Puts the closed sites in order of gain anew, so that [#best] need look at few of them.
    private void rank() {
        double[] negative = new double[gain.length];
        int[] closed = new int[gain.length];
        int size = 0;
        for (int j = 0; j < gain.length; j++) {
            isMoved[j] = false;
            if (!standing.open[j] && !problem.isForbidden(j)) {
                negative[j] = -gain[j];
                closed[size++] = j;
            }
        }
        moves = 0;
        ranked = Ascending.order(Arrays.copyOf(closed, size), negative);
    }

    /// Change of the closed sites' gains when site `moved`, closed now, opens (sign 1), or when, just closed, it was open (0).
    private void shiftBy(int moved, int sign) {
        Kernel kernel = problem.kernel();
        for (int c = columns.start()[moved]; c < columns.start()[moved + 1]; c++) {
            int i = columns.point()[c];
            double without = standing.total[i];
            double with = without + columns.ratio()[c];
            double now = sign == 1 ? with : without;
            double then = sign == 1 ? without : with;
            double weight = standing.weight[i];
            double step = kernel.value(then) - kernel.value(now);
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                int j = rows.site()[e];
                if (!standing.open[j] && j != moved) {
                    double r = rows.ratio()[e];
                    // Plain differences: these gains only choose what to try, and what is tried is valued exactly.
                    double d = weight * (kernel.value(now + r) - kernel.value(then + r) + step);
                    if (!isTouched[j]) {
                        isTouched[j] = true;
                        touched[touches++] = j;
                    }
                    change[j] += d;
                }
            }
        }
    }

    private void forget() {
        for (int t = 0; t < touches; t++) {
            change[touched[t]] = 0;
            isTouched[touched[t]] = false;
        }
        touches = 0;
    }

    /// The closed site with the largest gain among those that may open now, the first of equals, or -1. Looks at the sites whose gain has changed, then
    /// down the ranking until one fits: none below it is better.
    private int best(boolean changed) {
        int best = -1;
        for (int m = 0; m < moves; m++) {
            best = better(best, moved[m], changed);
        }
        for (int t = 0; t < touches; t++) {
            best = better(best, touched[t], changed);
        }
        for (int j : ranked) {
            if (isMoved[j] || isTouched[j]) {
                continue;
            }
            if (best >= 0 && gain[j] < worth(best, changed)) {
                break;
            }
            best = better(best, j, changed);
        }
        return best;
    }

    private double worth(int j, boolean changed) {
        return changed ? gain[j] + change[j] : gain[j];
    }

    private int better(int best, int j, boolean changed) {
        double worth = worth(j, changed);
        double most = best < 0 ? 0 : worth(best, changed);
        boolean more = worth > most || (worth == most && j < best);
        return more && !standing.open[j] && !problem.isForbidden(j) && standing.openBeside(j) < 0 && standing.fits(j) ? j : best;
    }
}
