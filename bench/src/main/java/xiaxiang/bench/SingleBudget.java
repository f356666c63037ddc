package xiaxiang.bench;

import java.util.function.IntToDoubleFunction;
import xiaxiang.engine.capture.CaptureProblem;

/// What the peers can do: one resource and no groups.
final class SingleBudget {
    private SingleBudget() {}

    /// Throws IllegalArgumentException if a problem is more than the peers are written for.
    static void check(CaptureProblem problem) {
        if (problem.resources() != 1 || problem.groups() != 0) {
            throw new IllegalArgumentException("The peers need one resource and no groups; " + problem + " has " + problem.resources() + " and " + problem.groups() + ".");
        }
    }

    /// The plan of a solver's values, one a site, near 0 or 1. What breaks the limit by a solver's tolerance is mended: the site that takes the least
    /// capture with it is closed, until the plan is feasible.
    static boolean[] plan(CaptureProblem problem, IntToDoubleFunction value) {
        boolean[] open = new boolean[problem.sites()];
        for (int j = 0; j < open.length; j++) {
            open[j] = problem.isRequired(j) || (value.applyAsDouble(j) > 0.5 && !problem.isForbidden(j));
        }
        while (problem.used(0, open) > problem.allowed(0)) {
            int least = leastMissed(problem, open);
            if (least < 0) {
                throw new IllegalArgumentException("The required sites of " + problem + " use more than its limit.");
            }
            open[least] = false;
        }
        return open;
    }

    /// The open site, not required and of some use, whose closing costs the least; -1 if there is none.
    private static int leastMissed(CaptureProblem problem, boolean[] open) {
        int least = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < open.length; j++) {
            if (open[j] && !problem.isRequired(j) && problem.use(0, j) > 0) {
                open[j] = false;
                double left = problem.capture(open);
                open[j] = true;
                if (left > most) {
                    most = left;
                    least = j;
                }
            }
        }
        return least;
    }
}
