package xiaxiang.engine.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When a search for a covering plan goes on tour ([CoveringTour]): as often as the work spent on bounds has earned it, longer every time. Several
/// tours go side by side, hot and cool ones, among all sites and among those a linear program opens at least in part; how many does not depend on the threads.
final class Tours {
    private static final int SIDE_BY_SIDE = 4;
    private static final double[] HOT = {0.1, 0.02};
    /// From one tour's phase to the next: the root of 3, without what is whole.
    private static final double PHASE = 0.7320508075688772;
    private static final double LIKELY = 1e-4;
    private static final int FIRST_TRIALS = 2_000;
    private static final int FREE_TRIALS = 14_000;
    private static final int MOST_TRIALS = 100_000;
    private static final double LONGER = 2;
    /// Part of the work on bounds that tours may add to it.
    private static final double PART = 0.5;

    private final CaptureProblem problem;
    private final boolean fit;
    private int[] candidates;
    /// Those that are open at least in part in the linear program.
    private int[] likely;
    private double[] prices;
    private int trials = FIRST_TRIALS;
    /// The first tours are free.
    private double earned;
    private long gone;

    Tours(CaptureProblem problem) {
        this.problem = problem;
        this.fit = problem.extras().isPlain() && CoveringTour.fits(problem);
        this.candidates = new int[0];
        this.likely = candidates;
        this.earned = FREE_TRIALS * cost();
        this.prices = new double[problem.resources()];
    }

    /// From now on only sites that a search has not closed may open; `near` is the x of its linear program on the ground, or
    /// nothing known.
    void among(Bounding.Ground ground, float @Nullable [] near, double[] newPrices) {
        prices = newPrices;
        int[] siteOf = ground.slice().siteOf;
        candidates = with(siteOf, siteOf.length, ground.open());
        int[] some = new int[siteOf.length];
        int count = 0;
        for (int j = 0; j < some.length; j++) {
            if (near == null || near[j] > LIKELY) {
                some[count++] = siteOf[j];
            }
        }
        likely = with(some, count, ground.open());
    }

    /// The first `count` sites and others, ascending.
    private static int[] with(int[] some, int count, int[] others) {
        int[] all = Arrays.copyOf(some, count + others.length);
        System.arraycopy(others, 0, all, count, others.length);
        Arrays.sort(all);
        return all;
    }

    /// Counts numbers looked at for bounds.
    void earn(long work) {
        earned += PART * work;
    }

    boolean areDue() {
        return fit && earned >= trials * cost() && candidates.length > 0;
    }

    private static double phase(long tour) {
        double turns = PHASE * tour;
        return turns - Math.floor(turns);
    }

    /// Numbers looked at in a trial of all tours, roughly: two or three sites moved at each.
    private double cost() {
        double entries = problem.nonZeros();
        return SIDE_BY_SIDE * (2.0 * problem.sites() + 3 * entries / Math.max(1, problem.points()) * (entries / Math.max(1, problem.sites())));
    }

    /// The best plan of tours that begin at a feasible one.
    boolean[] best(boolean[] from, Cores cores, Watch watch) {
        boolean[][] met = new boolean[SIDE_BY_SIDE][];
        long first = gone;
        cores.run(met.length, t -> met[t] = CoveringTour.best(problem, from, t % 2 == 0 ? candidates : likely, prices, HOT[t / 2], trials, phase(first + t), watch));
        gone += met.length;
        earned -= trials * cost();
        trials = (int) Math.min(LONGER * trials, MOST_TRIALS);
        boolean[] best = from;
        double most = problem.capture(from);
        for (boolean[] plan : met) {
            double capture = problem.capture(plan);
            if (capture > most && problem.isFeasible(plan)) {
                most = capture;
                best = plan;
            }
        }
        return best;
    }
}
