package xiaxiang.engine.capture;

import java.util.List;

/// Finds a plan and proves how good it is; see the package's comment for the problem and the bound.
///
/// How: lazy greedy and exchanges; the concave relaxation by an accelerated projected gradient, or a proximal bundle for large problems; plans rounded from it; sites
/// fixed by their reduced gains; best-first branch and bound. An iteration costs one pass over the ratios.
public final class Solver {
    private Solver() {}

    /// Solves from nothing but today's open sites. The caller's thread works too; all others end with the call.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress) {
        try (Cores cores = new Cores(limits.threads())) {
            return new Search(p, limits, progress, cores, Search.ROUND_NON_ZEROS).run(null);
        }
    }

    /// Solves beginning also from a plan, which may break rules: for a re-plan after a site was locked, a rival came, a limit changed.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress, Plan warmStart) {
        try (Cores cores = new Cores(limits.threads())) {
            return new Search(p, limits, progress, cores, Search.ROUND_NON_ZEROS).run(warmStart);
        }
    }

    /// The best plans there are. `outcome` is of the best one; `plans`, the best first, all capture at least `1 - within` of it. `complete`: none is missing
    /// (up to a ten billionth part of what is captured), but for those below the last when `plans` is as long as was asked.
    public record Pool(Outcome outcome, List<Plan> plans, boolean complete) {}

    /// At most `count` best plans that capture net at least `1 - within` of the best, by a tree that is pruned below them instead of below the best.
    /// `limits.gap()` plays no part. Takes far longer than the best plan where many are near it. Throws IllegalArgumentException unless `2 <= count <= 10,000` and
    /// `0 <= within < 1`.
    public static Pool pool(CaptureProblem p, Limits limits, Progress progress, int count, double within) {
        if (count < 2 || count > 10_000) {
            throw new IllegalArgumentException("The number of plans (" + count + ") must be in 2..10,000.");
        }
        if (!(within >= 0 && within < 1)) {
            throw new IllegalArgumentException("The part within (" + within + ") must be in [0, 1).");
        }
        try (Cores cores = new Cores(limits.threads())) {
            Search search = new Search(p, limits, progress, cores, Search.ROUND_NON_ZEROS, new Aim(Double.POSITIVE_INFINITY, count, within));
            Outcome outcome = search.run(null);
            return new Pool(outcome, search.pool(), outcome instanceof Outcome.Infeasible || search.isComplete());
        }
    }

    /// Greedy and at most `swapPasses` rounds of exchanges, without a bound: for many quick solves. Throws
    /// IllegalArgumentException when no feasible plan is easily found; [#solve] then tells why.
    public static Plan heuristic(CaptureProblem p, int swapPasses, int threads) {
        boolean[] start = Starts.cheapest(p);
        if (start == null) {
            throw new IllegalArgumentException("The problem (" + p + ") has no plan that is easily found feasible.");
        }
        try (Cores cores = new Cores(threads)) {
            double[] prices = new double[p.resources()];
            for (int k = 0; k < prices.length; k++) {
                prices[k] = p.limit(k) > 0 ? 1 / p.limit(k) : 0;
            }
            Standing standing = new Standing(p, start);
            Greedy.fill(p, standing, prices, cores);
            Swap.improve(p, standing, swapPasses, cores, new Watch(Progress.silent(), Long.MAX_VALUE));
            return Plan.of(standing.open);
        }
    }
}
