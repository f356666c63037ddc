package xiaxiang.engine.capture;

/// The verifier's own view of a plan and of the resources.
final class VerifierPlan {
    private VerifierPlan() {}

    /// Refuses a plan that breaks a rule of the problem.
    static void check(CaptureProblem p, boolean[] open) throws Verifier.Fault {
        boolean[] taken = new boolean[p.groups()];
        for (int j = 0; j < open.length; j++) {
            Verifier.Fault.unless(!open[j] || !p.isForbidden(j), "Its plan opens the forbidden site " + j + ".");
            Verifier.Fault.unless(open[j] || !p.isRequired(j), "Its plan closes the required site " + j + ".");
            if (open[j] && p.group(j) >= 0) {
                Verifier.Fault.unless(!taken[p.group(j)], "Its plan opens two sites of group " + p.group(j) + ".");
                taken[p.group(j)] = true;
            }
        }
        for (int k = 0; k < p.resources(); k++) {
            double used = 0;
            for (int j = 0; j < open.length; j++) {
                used += open[j] ? p.use(k, j) : 0;
            }
            for (int g = 0; g < taken.length; g++) {
                used += taken[g] ? 0 : p.noneUse(k, g);
            }
            Verifier.Fault.unless(used <= p.limit(k) + 1e-9 * p.limit(k),
                    "Its plan uses " + used + " of resource " + k + "; the limit is " + p.limit(k) + ".");
        }
    }

    /// Whether at these prices the cheapest plan of a branch costs more than all that is allowed. O(sites x resources).
    static boolean isDead(CaptureProblem p, VerifierState state, double[] theta) {
        Neumaier least = new Neumaier();
        for (int unit = 0; unit < state.units(); unit++) {
            if (state.isUnit(unit)) {
                least.add(cheapest(p, state, theta, unit));
            }
        }
        double allowed = 0;
        for (int k = 0; k < theta.length; k++) {
            allowed += theta[k] * (p.limit(k) + 1e-9 * p.limit(k));
        }
        return least.value() * (1 - Verifier.SLACK) > allowed * (1 + Verifier.SLACK);
    }

    private static double cheapest(CaptureProblem p, VerifierState state, double[] theta, int unit) {
        double none = 0;
        for (int k = 0; k < theta.length; k++) {
            none += theta[k] * state.noneUse(k, unit);
        }
        double least = none;
        for (int index = 0; index < state.size(unit); index++) {
            int j = state.member(unit, index);
            if (state.of(j) == VerifierState.CLOSED) {
                continue;
            }
            double cost = 0;
            for (int k = 0; k < theta.length; k++) {
                cost += theta[k] * p.use(k, j);
            }
            if (state.of(j) == VerifierState.OPEN) {
                return cost;
            }
            least = Math.min(least, cost);
        }
        return least;
    }
}
