package xiaxiang.engine.capture;

/// Finds when to open what, over several waves at once, and proves how good that is.
///
/// A small problem is written out without waves ([WaveProblem#expanded]) and solved by [Solver], tree and all. A larger one is bounded at the root only, by
/// the same bound in one pass over the base's rows for each wave.
public final class WaveSolver {
    private WaveSolver() {}

    /// Solves; the result does not depend on the threads. The caller's thread works too; all others end with the call.
    public static WaveOutcome solve(WaveProblem p, Limits limits, Progress progress) {
        return p.isExpandable() ? expanded(p, limits, progress) : atRoot(p, limits, progress);
    }

    static WaveOutcome expanded(WaveProblem p, Limits limits, Progress progress) {
        return switch (Solver.solve(p.expanded(), limits, progress)) {
            case Outcome.Planned planned -> new WaveOutcome.Planned(WaveExpansion.plan(p.waves(), planned.plan()), planned.lower(), planned.upper(),
                    planned.certificate(), planned.effort());
            case Outcome.Infeasible(String why) -> new WaveOutcome.Infeasible(why);
        };
    }

    static WaveOutcome atRoot(WaveProblem p, Limits limits, Progress progress) {
        try (Cores cores = new Cores(limits.threads())) {
            return new WaveSearch(p, limits, progress, cores).run();
        }
    }
}
