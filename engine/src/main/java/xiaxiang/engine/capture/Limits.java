package xiaxiang.engine.capture;

/// When a search may stop. `gap`: relative gap that is good enough, in [0, 1). `maxIterations`: passes over the points at
/// the root of the tree. `maxNodes`: nodes of the tree, each counted `1 + (non-zeros / 50,000)^2` times, so that one limit
/// suits small problems and stops early where they are too large for a tree to help; 0: the root only. `timeLimitMillis`: a safety only; where it strikes the result depends on the
/// clock. `threads`: how many cores to use; the result does not depend on it.
public record Limits(double gap, int maxIterations, int maxNodes, long timeLimitMillis, int threads) {
    public Limits {
        if (!(gap >= 0 && gap < 1)) {
            throw new IllegalArgumentException("The gap (" + gap + ") must be in [0, 1).");
        }
        atLeast("maxIterations", maxIterations, 1);
        atLeast("maxNodes", maxNodes, 0);
        atLeast("timeLimitMillis", timeLimitMillis, 0);
        atLeast("threads", threads, 1);
    }

    /// A gap of one millionth, 300 iterations, 20,000 nodes, no time limit, two threads.
    public static Limits standard() {
        return new Limits(1e-6, 300, 20_000, Long.MAX_VALUE, 2);
    }

    /// These limits with another gap.
    public Limits withGap(double gap) {
        return new Limits(gap, maxIterations, maxNodes, timeLimitMillis, threads);
    }

    /// These limits with another number of threads.
    public Limits withThreads(int threads) {
        return new Limits(gap, maxIterations, maxNodes, timeLimitMillis, threads);
    }

    /// These limits with another number of nodes.
    public Limits withMaxNodes(int maxNodes) {
        return new Limits(gap, maxIterations, maxNodes, timeLimitMillis, threads);
    }

    private static void atLeast(String name, long value, long bound) {
        if (value < bound) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") must be at least " + bound + ".");
        }
    }
}
