package xiaxiang.engine.capture;

import java.util.Arrays;

/// Local search over waves: takes one site out of the plan, then opens a closed site or brings a later one forward, and fills what is left (the site taken
/// out may come back, in a later wave), while all waves together capture more. The gains choose what to try; what is tried is valued exactly.
final class WaveSwap {
    private static final double WORTH = 1e-9;
    private static final int LONGEST = 8;

    private final CaptureProblem base;
    private final WaveStanding standing;
    private final Cores cores;
    private final Watch watch;

    /// Which sites may open next.
    private enum Next { CLOSED, LATER, ANY }

    private WaveSwap(WaveProblem problem, WaveStanding standing, Cores cores, Watch watch) {
        this.base = problem.base();
        this.standing = standing;
        this.cores = cores;
        this.watch = watch;
    }

    /// A plan at least as good, after at most `passes` over all open sites.
    static WavePlan improve(WaveProblem problem, WavePlan plan, int passes, Cores cores, Watch watch) {
        WaveStanding standing = new WaveStanding(problem, plan);
        WaveSwap swap = new WaveSwap(problem, standing, cores, watch);
        for (int pass = 0; pass < passes && !watch.stopped() && swap.pass(); pass++) {
            watch.report("swap", pass + 1L, passes, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        return standing.plan();
    }

    private boolean pass() {
        standing.refresh(cores);
        boolean improved = fill(-1, Next.ANY) > 0;
        standing.keep();
        double[] loss = new double[base.sites()];
        cores.blocks(loss.length, 256, (from, to) -> {
            for (int j = from; j < to; j++) {
                loss[j] = standing.loss(j);
            }
        });
        int[] open = new int[loss.length];
        int size = 0;
        for (int j = 0; j < loss.length; j++) {
            if (standing.since[j] < standing.waves && !base.isRequired(j)) {
                open[size++] = j;
            }
        }
        for (int j : Ascending.order(Arrays.copyOf(open, size), loss)) {
            if (watch.stopped()) {
                break;
            }
            if (standing.since[j] < standing.waves) {
                improved |= exchange(j, Next.CLOSED) || exchange(j, Next.LATER);
            }
        }
        return improved;
    }

    private boolean exchange(int out, Next first) {
        double loss = -standing.move(out, standing.waves);
        double got = fill(out, first);
        boolean better = got > loss + WORTH * Math.abs(loss) && standing.fits();
        if (better) {
            standing.keep();
        } else {
            standing.undo();
        }
        return better;
    }

    /// Opens what adds most while anything fits, at first not `out`; gives what that adds.
    private double fill(int out, Next first) {
        double got = 0;
        int j = best(out, first);
        for (int count = 0; j >= 0 && (count < LONGEST || out < 0); count++) {
            got += standing.move(j, standing.earliest(j));
            j = best(-1, Next.ANY);
        }
        return got;
    }

    /// The site that adds most when brought forward as far as it fits, the first of equals, or -1.
    private int best(int not, Next next) {
        int best = -1;
        double most = 0;
        for (int j = 0; j < base.sites(); j++) {
            int since = standing.since[j];
            boolean asked = next == Next.ANY || (since == standing.waves) == (next == Next.CLOSED);
            if (since == 0 || !asked || j == not || base.isForbidden(j) || standing.isBeside(j)) {
                continue;
            }
            double adds = 0;
            for (int t = standing.earliest(j); t < since; t++) {
                adds += standing.gain[j * standing.waves + t];
            }
            if (adds > most) {
                most = adds;
                best = j;
            }
        }
        return best;
    }
}
