package xiaxiang.engine.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a plan and proves how good it is.
public final class Solver {
    private Solver() {}

    /// As below, from nothing.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress) {
        return search(p, limits, progress, null);
    }

    /// As above, beginning also from a plan, which may be infeasible.
    public static Outcome solve(CaptureProblem p, Limits limits, Progress progress, Plan warmStart) {
        return search(p, limits, progress, warmStart);
    }

    /// Greedy and exchanges only, without a bound: for many quick solves. Throws IllegalArgumentException when no feasible
    /// plan is found.
    public static Plan heuristic(CaptureProblem p, int swapPasses, int threads) {
        try (Cores cores = new Cores(threads)) {
            boolean[] start = Starts.cheapest(p);
            if (start == null) {
                throw new IllegalArgumentException("The problem (" + p + ") has no plan that is easily feasible.");
            }
            Standing standing = new Standing(p, start);
            Greedy.fill(p, standing, new double[p.resources()], cores);
            return Plan.of(standing.open);
        }
    }

    private static Outcome search(CaptureProblem p, Limits limits, Progress progress, @Nullable Plan warmStart) {
        boolean[] start = Starts.cheapest(p);
        if (start == null) {
            return new Outcome.Infeasible("No plan within the limits was found.");
        }
        Plan plan = heuristic(p, 10, limits.threads());
        if (warmStart != null) {
            boolean[] warm = warmStart.asBooleans(p.sites());
            boolean better = p.isFeasible(warm) && p.capture(warm) > p.capture(plan.asBooleans(p.sites()));
            plan = better ? warmStart : plan;
        }
        progress.at("bound", 0, -1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        float[] rho = new float[p.points()];
        Certificate.Multipliers m = new Certificate.Multipliers(rho, new double[p.resources()]);
        VerifierState state = new VerifierState(p);
        double upper;
        try {
            upper = new VerifierCut(p, state, m).bound() - p.captureToday();
        } catch (Verifier.Fault e) {
            throw new IllegalStateException(e);
        }
        double lower = p.netCapture(plan.asBooleans(p.sites()));
        Certificate certificate = new Certificate(p.fingerprint(), plan, lower, upper, List.of(m), List.of(),
                new int[] {Certificate.USE, Certificate.LEAF});
        return new Outcome.Feasible(plan, lower, upper, certificate, new Effort(1, 1));
    }
}
