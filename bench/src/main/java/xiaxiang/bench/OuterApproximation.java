package xiaxiang.bench;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

/// The multicut outer approximation for logit capture: a mixed-integer master over the sites and one variable a group of points, bounded by the
/// tangents of what the group captures at each master plan. Source: Mai and Lodi (2020), A multicut outer-approximation approach for competitive
/// facility location under random utilities, section 4; groups are taken round robin, their number is the caller's. Master by SCIP.
final class OuterApproximation {
    /// Groups of points: between one cut a round (weak) and one a point (large masters). A comparison should also show one group a point: HM14_800_25
    /// with alpha .1, beta 1 and 5 open is then proven in 10 s, while 20 groups are 12% open after 20 s.
    static final int GROUPS = 20;
    /// The master stops at this part of the gap asked for.
    private static final double MASTER_PART = 0.1;

    private final CaptureProblem problem;
    private final int groups;
    private final ModelBuilderHelper model;
    private double lower;
    private double upper = Double.POSITIVE_INFINITY;
    private int rounds;
    private String note = "";

    private OuterApproximation(CaptureProblem problem, int groups) {
        this.problem = problem;
        this.groups = groups;
        model = LinearRows.sites(problem);
        for (int group = 0; group < groups; group++) {
            LinearRows.variable(model, 0, mostOf(group), 1);
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

    /// Adds the tangents at a plan: `theta_g - sum_j slope_gj x_j <= sum_i q_i [g(t + s) - g(t) - g'(t + s) s]`, s at the plan.
    private void cut(boolean[] plan) {
        Kernel kernel = problem.kernel();
        double[][] slope = new double[groups][problem.sites()];
        double[] constant = new double[groups];
        for (int i = 0; i < problem.points(); i++) {
            double sum = 0;
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                sum += plan[problem.siteAt(e)] ? problem.ratioAt(e) : 0;
            }
            double perRatio = problem.weight(i) * kernel.slope(problem.stays(i) + sum);
            constant[i % groups] += problem.weight(i) * kernel.rise(problem.stays(i), sum) - perRatio * sum;
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                slope[i % groups][problem.siteAt(e)] += perRatio * problem.ratioAt(e);
            }
        }
        for (int group = 0; group < groups; group++) {
            int row = LinearRows.row(model, constant[group]);
            model.addConstraintTerm(row, problem.sites() + group, 1);
            for (int j = 0; j < problem.sites(); j++) {
                if (slope[group][j] > 0) {
                    model.addConstraintTerm(row, j, -slope[group][j]);
                }
            }
        }
    }

    /// Units a year of all points of a group.
    private double mostOf(int group) {
        double sum = 0;
        for (int i = group; i < problem.points(); i += groups) {
            sum += problem.weight(i);
        }
        return sum;
    }
}
