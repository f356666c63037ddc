package xiaxiang.core.rollout;

import org.jspecify.annotations.Nullable;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Solver;

/// A plan by the heuristic alone, where there may be none: a smaller budget, or locks under other shops, can leave nothing to choose from.
///
/// Greedy choice, then exchanges where there are few enough options: the cost of exchanges grows with the square of the options.
final class QuickPlan {
    private static final int LARGE = 2_000;
    private static final int SWAP_PASSES = 3;

    private QuickPlan() {}

    /// Whether a problem has too many sites for exchanges.
    static boolean isLarge(CaptureProblem problem) {
        return problem.sites() > LARGE;
    }

    /// The open sites, or null if no plan is easily found.
    static boolean @Nullable [] open(CaptureProblem problem, int threads) {
        try {
            return Solver.heuristic(problem, isLarge(problem) ? 0 : SWAP_PASSES, threads).asBooleans(problem.sites());
        } catch (IllegalArgumentException e) {
            // The heuristic's only such complaint; who needs the reason asks the solver.
            return null;
        }
    }
}
