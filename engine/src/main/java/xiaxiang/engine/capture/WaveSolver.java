package xiaxiang.engine.capture;

/// Finds when to open what, over several waves at once, and proves how good that is.
///
/// A small problem is written out without waves ([WaveProblem#expanded]) and solved by [Solver], tree and all. A larger one is bounded at the root only, by
/// the same bound in one pass over the base's rows for each wave.
public final class WaveSolver {
    private static final int QUICK_ITERATIONS = 10;

    private WaveSolver() {}

    /// Solves; the result does not depend on the threads. The caller's thread works too; all others end with the call.
    public static WaveOutcome solve(WaveProblem p, Limits limits, Progress progress) {
        return p.isExpandable() ? expanded(p, limits, progress) : atRoot(p, limits, progress);
    }

    static WaveOutcome expanded(WaveProblem p, Limits limits, Progress progress) {
        CaptureProblem written = p.expanded();
        Outcome outcome = switch (atRoot(p, quick(limits), progress)) {
            case WaveOutcome.Planned known -> Solver.solve(written, limits, progress, WaveExpansion.plan(known.plan()));
            case WaveOutcome.Infeasible _ -> Solver.solve(written, limits, progress);
        };
        return switch (outcome) {
            case Outcome.Planned planned -> new WaveOutcome.Planned(WaveExpansion.plan(p.waves(), planned.plan()), planned.lower(), planned.upper(),
                    planned.certificate(), planned.effort());
            case Outcome.Infeasible(String why) -> new WaveOutcome.Infeasible(why);
        };
    }

    /// Enough for a plan that is exchanged across waves, which the problem written out does not know to do.
    private static Limits quick(Limits limits) {
        long millis = limits.timeLimitMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : limits.timeLimitMillis() / 4;
        return new Limits(limits.gap(), QUICK_ITERATIONS, 0, millis, limits.threads());
    }

    static WaveOutcome atRoot(WaveProblem p, Limits limits, Progress progress) {
        try (Cores cores = new Cores(limits.threads())) {
            return new WaveSearch(p, limits, progress, cores).run();
        }
    }
}
