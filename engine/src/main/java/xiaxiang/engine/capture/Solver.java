package xiaxiang.engine.capture;

/// Finds a plan and proves how good it is; see the package's comment for the problem and the bound.
///
/// How: lazy greedy and exchanges; the concave relaxation by an accelerated projected gradient; plans rounded from it; sites
/// fixed by their reduced gains; best-first branch and bound. An iteration costs one pass over the ratios.
public final class Solver {
    private Solver() {}

    /// Solves from nothing but today's open sites. The caller's thread works too; all others end with the call.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress) {
        try (Cores cores = new Cores(limits.threads())) {
            return new Search(p, limits, progress, cores, Search.ROUND_NON_ZEROS).run(null);
        }
    }

    /// Solves beginning also from a plan, which may be infeasible.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress, Plan warmStart) {
        try (Cores cores = new Cores(limits.threads())) {
            return new Search(p, limits, progress, cores, Search.ROUND_NON_ZEROS).run(warmStart);
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
