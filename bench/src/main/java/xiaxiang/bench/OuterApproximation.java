package xiaxiang.bench;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

/// The multicut outer approximation for logit capture: a mixed-integer master over the sites and one variable a group of points, bounded by the
/// tangents of what the group captures at each master plan. Source: Mai and Lodi (2020), A multicut outer-approximation approach for competitive
/// facility location under random utilities, section 4; groups are taken round robin, their number is the caller's. Beside each tangent stands the submodular
/// cut at the same plan, which few groups gain most from. Source: Ljubic and Moreno (2018), Outer approximation and submodular cuts for maximum capture
/// facility location problems with random utilities. Master by SCIP.
final class OuterApproximation {
    /// Groups of points: between one cut a round (weak) and one a point (large masters). A comparison should also show one group a point, which is the
    /// stronger on most problems.
    static final int GROUPS = 20;
    /// The master stops at this part of the gap asked for.
    private static final double MASTER_PART = 0.1;
    /// A factor below this part of its group's units is left out of a cut.
    private static final double NEGLIGIBLE = 1e-10;

    private final CaptureProblem problem;
    private final int groups;
    private final ModelBuilderHelper model;
    /// Units a year of all points of each group.
    private final double[] most;
    private double lower;
    private double upper = Double.POSITIVE_INFINITY;
    private int rounds;
    private String note = "";

    private OuterApproximation(CaptureProblem problem, int groups) {
        this.problem = problem;
        this.groups = groups;
        model = LinearRows.sites(problem);
        most = new double[groups];
        for (int i = 0; i < problem.points(); i++) {
            most[i % groups] += problem.weight(i);
        }
        for (double units : most) {
            LinearRows.variable(model, 0, units, 1);
        }
    }

    /// `gap` relative, in (0, 1); `groups` at least 1. One resource, no groups of sites; throws IllegalArgumentException for other problems.
    static PeerResult solve(CaptureProblem problem, double limitSeconds, double gap, int groups) {
        SingleBudget.check(problem);
        if (!(problem.kernel() instanceof Kernel.Logit) || groups < 1) {
            throw new IllegalArgumentException("Outer approximation needs a logit kernel, not " + problem.kernel() + ", and at least one group, not " + groups + ".");
        }
        Loader.loadNativeLibraries();
        long begin = System.nanoTime();
        OuterApproximation run = new OuterApproximation(problem, groups);
        try {
            run.rounds(begin, limitSeconds, gap);
        } finally {
            run.model.delete();
        }
        return new PeerResult("outer approximation, " + groups + " groups, SCIP", (System.nanoTime() - begin) / 1e9, run.lower, run.upper, run.upper - run.lower <= gap * run.upper,
                run.rounds + " masters" + run.note);
    }

    private void rounds(long begin, double limitSeconds, double gap) {
        boolean[] plan = PlainGreedy.plan(problem);
        lower = problem.capture(plan);
        cut(plan);
        cut(new boolean[problem.sites()]);
        while (upper - lower > gap * upper || Double.isInfinite(upper)) {
            double left = limitSeconds - (System.nanoTime() - begin) / 1e9;
            if (left <= 0 || !master(left, MASTER_PART * gap)) {
                break;
            }
        }
    }

    /// Solves the master, keeps its bound and its plan, and cuts there; false when it has neither to go on with.
    private boolean master(double limitSeconds, double gap) {
        ModelSolverHelper solver = new ModelSolverHelper("scip");
        try {
            solver.setTimeLimitInSeconds(limitSeconds);
            solver.setSolverSpecificParameters("limits/gap = " + gap);
            solver.solve(model);
            rounds++;
            if (!solver.hasSolution()) {
                note = "; the last master ended " + solver.getStatus();
                return false;
            }
            upper = Math.min(upper, solver.getBestObjectiveBound());
            boolean[] plan = SingleBudget.plan(problem, solver::getVariableValue);
            lower = Math.max(lower, problem.capture(plan));
            cut(plan);
            return true;
        } finally {
            solver.delete();
        }
    }

    /// Adds two cuts a group at a plan S. The tangent: `theta <= sum_i q_i [g_t(s) + g_t'(s) (sum_j r_j x_j - s)]`. The submodular one:
    /// `theta <= sum_i q_i [g_t(s) + sum over j not in S of (g_t(s + r_j) - g_t(s)) x_j - sum over j in S of (g_t(all) - g_t(all - r_j)) (1 - x_j)]`.
    private void cut(boolean[] plan) {
        double[][] slope = new double[groups][problem.sites()];
        double[][] step = new double[groups][problem.sites()];
        double[] tangent = new double[groups];
        double[] submodular = new double[groups];
        for (int i = 0; i < problem.points(); i++) {
            int group = i % groups;
            double sum = 0;
            double all = 0;
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                sum += plan[problem.siteAt(e)] ? problem.ratioAt(e) : 0;
                all += problem.ratioAt(e);
            }
            double value = problem.weight(i) * problem.kernel().rise(problem.stays(i), sum);
            double perRatio = problem.weight(i) * problem.kernel().slope(problem.stays(i) + sum);
            tangent[group] += value - perRatio * sum;
            submodular[group] += value;
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                int j = problem.siteAt(e);
                slope[group][j] += perRatio * problem.ratioAt(e);
                double from = plan[j] ? Math.max(0, all - problem.ratioAt(e)) : sum;
                double rise = problem.weight(i) * problem.kernel().rise(problem.stays(i) + from, problem.ratioAt(e));
                step[group][j] += rise;
                submodular[group] -= plan[j] ? rise : 0;
            }
        }
        for (int group = 0; group < groups; group++) {
            row(group, slope[group], tangent[group]);
            row(group, step[group], submodular[group]);
        }
    }

    /// `theta - sum_j factor_j x_j <= constant`. What lets theta reach all of its group need let it no farther; factors too small for a solver's tolerance
    /// go into the constant, which only loosens the cut.
    private void row(int group, double[] factor, double constant) {
        double enough = Math.max(0, most[group] - constant);
        double loosened = constant;
        int row = LinearRows.row(model, constant);
        model.addConstraintTerm(row, problem.sites() + group, 1);
        for (int j = 0; j < factor.length; j++) {
            double kept = Math.min(factor[j], enough);
            if (kept > NEGLIGIBLE * most[group]) {
                model.addConstraintTerm(row, j, -kept);
            } else {
                loosened += kept;
            }
        }
        model.setConstraintUpperBound(row, loosened);
    }
}
