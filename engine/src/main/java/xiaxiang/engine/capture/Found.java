package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plans a search has met: the best, and of others as many as its aim asks for. Also how plans are made better.
final class Found {
    private static final double EXACT = 1e-10;
    private static final int PASSES = 12;
    private static final int FIRST_PASSES = 2;
    /// Above so many sites a pass of exchanges costs more than the whole bound, and the rounded relaxation starts nearer the best than greedy choice.
    private static final int LARGE = 5_000;
    private static final int LARGE_PASSES = 1;

    private final CaptureProblem problem;
    private final Limits limits;
    private final Aim aim;
    private final Watch watch;
    private final Cores cores;
    /// Gross capture of the best plan.
    double lower = Double.NEGATIVE_INFINITY;
    boolean @Nullable [] best;
    /// Weights of the scenarios that plans are made better by, or none.
    double[] lambda;
    private final List<Kept> pool = new ArrayList<>();

    /// A plan in the pool, by falling capture.
    private record Kept(Plan plan, double capture) implements Comparable<Kept> {
        @Override
        public int compareTo(Kept other) {
            return Double.compare(other.capture, capture);
        }
    }

    Found(CaptureProblem problem, Limits limits, Aim aim, Watch watch, Cores cores) {
        this.problem = problem;
        this.limits = limits;
        this.aim = aim;
        this.watch = watch;
        this.cores = cores;
        this.lambda = problem.extras().hasBlocks() ? Scenarios.Weights.even(problem.extras().scenarios()) : new double[0];
    }

    boolean isEnough() {
        return lower >= aim.target();
    }

    /// Gross bound at which nothing below is of interest.
    double prune() {
        double capture = lower - problem.captureToday();
        double slack = EXACT * (Math.abs(lower) + Math.abs(problem.captureToday()));
        if (aim.hasTarget()) {
            return isEnough() ? lower + slack : Math.nextDown(aim.target());
        }
        if (aim.pool() > 1) {
            double least = lower - aim.within() * Math.abs(capture) - slack;
            return pool.size() < aim.pool() ? least : Math.max(least, pool.getLast().capture());
        }
        return lower + Math.max(slack, capture > 0 ? capture * limits.gap() / (1 - limits.gap()) : 0);
    }

    /// Gross bound up to which a plan is not worth a look.
    double leastOfInterest() {
        return aim.pool() > 1 ? prune() : lower;
    }

    /// Plans of the pool, the best first.
    List<Plan> pool() {
        double least = lower - aim.within() * Math.abs(lower - problem.captureToday()) - EXACT * (Math.abs(lower) + Math.abs(problem.captureToday()));
        return pool.stream().filter(kept -> kept.capture() >= least).map(Kept::plan).toList();
    }

    /// Takes note of a plan; true if it is allowed and better than the best.
    boolean consider(boolean[] plan) {
        if (!problem.isFeasible(plan)) {
            return false;
        }
        double capture = problem.capture(plan);
        if (aim.pool() > 1) {
            keep(plan, capture);
        }
        if (capture > lower) {
            lower = capture;
            best = plan.clone();
            return true;
        }
        return false;
    }

    private void keep(boolean[] open, double capture) {
        if (pool.size() == aim.pool() && capture <= pool.getLast().capture()) {
            return;
        }
        Kept kept = new Kept(Plan.of(open), capture);
        if (pool.stream().anyMatch(other -> other.plan().equals(kept.plan()))) {
            return;
        }
        int at = Collections.binarySearch(pool, kept);
        pool.add(at >= 0 ? at + 1 : -at - 1, kept);
        if (pool.size() > aim.pool()) {
            pool.removeLast();
        }
    }

    /// Plans from nothing, or from a plan known, which may break rules.
    void first(@Nullable Plan known) {
        consider(problem.openToday());
        boolean[] start = Starts.cheapest(problem);
        if (start != null) {
            consider(start);
        }
        if (known != null && start != null) {
            repair(known.asBooleans(problem.sites()), start);
        }
        if (start != null) {
            greedy(start, byLimit());
            greedy(start, new double[problem.resources()]);
        }
        improve(best, isLarge() ? 0 : FIRST_PASSES);
    }

    private double[] byLimit() {
        double[] prices = new double[problem.resources()];
        for (int k = 0; k < prices.length; k++) {
            prices[k] = problem.limit(k) > 0 ? 1 / problem.limit(k) : 0;
        }
        return prices;
    }

    private boolean isLarge() {
        return problem.sites() > LARGE;
    }

    private void greedy(boolean[] start, double[] prices) {
        if (!watch.stopped() && !isEnough()) {
            Standing standing = new Standing(problem, start, lambda);
            Greedy.fill(problem, standing, prices, cores);
            consider(standing.open);
        }
    }

    /// The known plan, brought within the rules: what is required opens, what is forbidden or a group's second closes, then what captures least for
    /// what it uses, until all fits; what is left is spent.
    private void repair(boolean[] known, boolean[] cheapest) {
        boolean[] open = known.clone();
        int[] taken = new int[problem.groups()];
        Arrays.fill(taken, -1);
        for (int j = 0; j < open.length; j++) {
            if (problem.isRequired(j) && problem.group(j) >= 0) {
                taken[problem.group(j)] = j;
            }
        }
        for (int j = 0; j < open.length; j++) {
            open[j] = problem.isRequired(j) || (open[j] && !problem.isForbidden(j));
            int group = problem.group(j);
            if (open[j] && group >= 0) {
                open[j] = taken[group] < 0 || taken[group] == j;
                taken[group] = open[j] ? j : taken[group];
            }
        }
        Standing standing = new Standing(problem, open, lambda);
        shed(standing, cheapest);
        Greedy.fill(problem, standing, byLimit(), cores);
        consider(standing.open);
    }

    private void shed(Standing standing, boolean[] cheapest) {
        double[] prices = byLimit();
        double[] worth = new double[problem.sites()];
        for (int j = 0; j < worth.length; j++) {
            double price = standing.price(j, prices);
            worth[j] = standing.open[j] ? standing.loss(j) / Math.max(price, 1e-100) : 0;
        }
        for (int j : Ascending.order(Plan.of(standing.open).open(), worth)) {
            if (standing.fits()) {
                return;
            }
            if (!problem.isRequired(j) && !cheapest[j]) {
                standing.remove(j);
            }
        }
        for (int j = 0; j < cheapest.length && !standing.fits(); j++) {
            if (cheapest[j] && !standing.open[j] && standing.openBeside(j) < 0) {
                standing.add(j);
            }
        }
    }

    /// Exchanges from the best plan.
    void improve() {
        improve(best);
    }

    /// Exchanges from an allowed plan.
    void improve(boolean @Nullable [] plan) {
        improve(plan, isLarge() ? LARGE_PASSES : PASSES);
    }

    private void improve(boolean @Nullable [] plan, int passes) {
        if (plan != null && !watch.stopped() && !isEnough()) {
            Standing standing = new Standing(problem, plan, lambda);
            Swap.improve(problem, standing, passes, cores, watch);
            consider(standing.open);
        }
    }

    /// An allowed plan, what it leaves spent at given prices; null for none, or one that is not allowed.
    boolean @Nullable [] complete(boolean @Nullable [] plan, double[] prices) {
        if (plan == null || !problem.isFeasible(plan)) {
            return null;
        }
        consider(plan);
        Standing standing = new Standing(problem, plan, lambda);
        Greedy.fill(problem, standing, prices, cores);
        consider(standing.open);
        return standing.open;
    }
}
