package xiaxiang.bench;

import java.util.Locale;
import java.util.StringJoiner;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Progress;
import xiaxiang.engine.capture.Solver;

/// Re-planning after one edit, from the plan before it: a site of the plan is locked out, one is locked in, the budget is cut, a rival opens.
final class ReplanBench {
    private static final double LESS = 0.95;

    private final CaptureProblem problem;
    private final Limits limits;

    ReplanBench(CaptureProblem problem, double gap, double seconds) {
        this.problem = problem;
        this.limits = new Limits(gap, Limits.standard().maxIterations(), Limits.standard().maxNodes(), (long) (1000 * seconds), 2);
    }

    String run() {
        StringJoiner said = new StringJoiner("; ");
        long start = System.nanoTime();
        Plan plan = planned(Solver.solve(problem, limits, Progress.silent())).plan();
        said.add(String.format(Locale.ROOT, "from nothing %.2f s", (System.nanoTime() - start) / 1e9));
        int strongest = strongest(plan);
        int closed = firstClosed(plan);
        said.add(timed("strongest site locked out", plan, () -> problem.withForbidden(only(strongest))));
        said.add(timed("a site locked in", plan, () -> problem.withRequired(only(closed))));
        said.add(timed("budget less 5%", plan, () -> problem.withLimit(0, LESS * problem.limit(0))));
        said.add(timed("a rival beside the strongest", plan, () -> withRival(strongest)));
        return said.toString();
    }

    private interface Edit {
        CaptureProblem apply();
    }

    /// Seconds of the edit and the re-plan, and its gap.
    private String timed(String name, Plan before, Edit edit) {
        long start = System.nanoTime();
        Outcome.Planned planned = planned(Solver.solve(edit.apply(), limits, Progress.silent(), before));
        return String.format(Locale.ROOT, "%s %.2f s (%.4f%%)", name, (System.nanoTime() - start) / 1e9, 100 * planned.gap());
    }

    private static Outcome.Planned planned(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Planned planned -> planned;
            case Outcome.Infeasible(String why) -> throw new IllegalStateException(why);
        };
    }

    private int strongest(Plan plan) {
        double[] units = problem.units(plan.asBooleans(problem.sites()));
        int best = 0;
        for (int j = 1; j < units.length; j++) {
            best = units[j] > units[best] ? j : best;
        }
        return best;
    }

    private int firstClosed(Plan plan) {
        int j = 0;
        while (plan.isOpen(j)) {
            j++;
        }
        return j;
    }

    private boolean[] only(int j) {
        boolean[] flags = new boolean[problem.sites()];
        flags[j] = true;
        return flags;
    }

    /// A rival as strong as site j and at its place: what is not ours grows by it, so every ratio falls.
    private CaptureProblem withRival(int j) {
        int n = problem.points();
        CaptureProblem.Rows rows = new CaptureProblem.Rows(new double[n], new double[n], new int[n + 1], new int[problem.nonZeros()], new float[problem.nonZeros()]);
        for (int i = 0; i < n; i++) {
            double rival = 0;
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                rival = problem.siteAt(e) == j ? problem.ratioAt(e) : rival;
            }
            rows.weight()[i] = problem.weight(i);
            rows.stays()[i] = problem.stays(i) / (1 + rival);
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                rows.site()[e] = problem.siteAt(e);
                rows.ratio()[e] = (float) (problem.ratioAt(e) / (1 + rival));
            }
            rows.start()[i + 1] = problem.rowStart(i + 1);
        }
        return problem.withRows(rows);
    }
}
