package xiaxiang.bench;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import com.google.ortools.modelbuilder.SolveStatus;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import xiaxiang.engine.capture.CaptureProblem;

/// General solvers on the maximal covering model `max sum q_i y_i, y_i <= sum of x_j over the sites that cover i, sum use_j x_j <= limit`, y in [0, 1],
/// x binary. Source: Church and ReVelle (1974). Two threads where a solver can; seconds count from the points on, as they are or merged.
final class CoveringPeers {
    private static final int THREADS = 2;
    /// CP-SAT sees whole weights whose sum is about so much: what rounding up adds to its bound is at most a point each of this.
    private static final double WHOLE_SUM = 0x1p44;

    private final CaptureProblem problem;
    private final CoverSets covers;
    private final String suffix;
    private final double limitSeconds;
    private final double gap;

    /// `gap` relative, in (0, 1); `merged`: points covered by the same sites are one. Throws IllegalArgumentException if the problem is no covering one, or has groups or several resources.
    CoveringPeers(CaptureProblem problem, double limitSeconds, double gap, boolean merged) {
        this.problem = problem;
        this.covers = CoverSets.of(problem, merged);
        this.suffix = merged ? ", points merged" : "";
        this.limitSeconds = limitSeconds;
        this.gap = gap;
        Loader.loadNativeLibraries();
    }

    /// SCIP, which has one thread.
    PeerResult scip() {
        long begin = System.nanoTime();
        ModelBuilderHelper model = model();
        ModelSolverHelper solver = new ModelSolverHelper("scip");
        try {
            solver.setTimeLimitInSeconds(limitSeconds);
            solver.setSolverSpecificParameters("limits/gap = " + gap);
            solver.solve(model);
            if (!solver.hasSolution()) {
                return nothing("SCIP", begin, solver.getStatus().toString());
            }
            return result("SCIP", secondsSince(begin), solver::getVariableValue, solver.getBestObjectiveBound(), solver.getStatus() == SolveStatus.OPTIMAL, "");
        } finally {
            solver.delete();
            model.delete();
        }
    }

    /// HiGHS in a process of its own, see [HighsRun].
    PeerResult highs() {
        ModelBuilderHelper model = model();
        try {
            return result("HiGHS", HighsRun.solve(model, limitSeconds, gap, THREADS));
        } finally {
            model.delete();
        }
    }

    /// CBC in a process of its own, see [CbcRun]; the library's build of it has one thread.
    PeerResult cbc() {
        ModelBuilderHelper model = model();
        try {
            return result("CBC", CbcRun.solve(model, limitSeconds, gap));
        } finally {
            model.delete();
        }
    }

    /// CP-SAT on whole numbers: weights rounded up and uses rounded down, so that its bound holds for the problem itself.
    /// `workers` are strategies side by side, at least 1. On two cores eight prove 20,000 points and 1,000 sites in 6 s; two do not in 10 s.
    PeerResult cpSat(int workers) {
        long begin = System.nanoTime();
        CpModel model = new CpModel();
        Literal[] site = new Literal[problem.sites()];
        Arrays.setAll(site, j -> model.newBoolVar("x" + j));
        double scale = Math.scalb(1.0, Math.getExponent(WHOLE_SUM / Math.max(Double.MIN_NORMAL, covers.total())));
        LinearExprBuilder objective = LinearExpr.newBuilder();
        for (int i = 0; i < covers.weight().length; i++) {
            Literal covered = model.newBoolVar("y" + i);
            model.addBoolOr(Arrays.stream(covers.sites()[i]).mapToObj(j -> site[j]).toArray(Literal[]::new)).onlyEnforceIf(covered);
            objective.addTerm(covered, (long) Math.ceil(covers.weight()[i] * scale));
        }
        wholeLimit(model, site);
        model.maximize(objective);
        CpSolver solver = new CpSolver();
        solver.getParameters().setMaxTimeInSeconds(limitSeconds).setNumWorkers(workers).setRelativeGapLimit(gap).setLinearizationLevel(2);
        CpSolverStatus status = solver.solve(model);
        double upper = solver.bestObjectiveBound() / scale;
        if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
            return nothing("CP-SAT, " + workers + " workers", begin, status.toString());
        }
        return result("CP-SAT, " + workers + " workers", secondsSince(begin), j -> solver.booleanValue(site[j]) ? 1 : 0, upper, status == CpSolverStatus.OPTIMAL, "");
    }

    private void wholeLimit(CpModel model, Literal[] site) {
        boolean whole = true;
        double sum = 0;
        for (int j = 0; j < site.length; j++) {
            sum += problem.use(0, j);
            whole &= problem.use(0, j) == Math.rint(problem.use(0, j));
        }
        double scale = whole && sum < WHOLE_SUM ? 1 : Math.scalb(1.0, Math.getExponent(WHOLE_SUM / Math.max(Double.MIN_NORMAL, sum)));
        LinearExprBuilder used = LinearExpr.newBuilder();
        for (int j = 0; j < site.length; j++) {
            used.addTerm(site[j], (long) Math.floor(problem.use(0, j) * scale));
            if (problem.isRequired(j)) {
                model.addBoolOr(new Literal[] {site[j]});
            } else if (problem.isForbidden(j)) {
                model.addBoolOr(new Literal[] {site[j].not()});
            }
        }
        model.addLessOrEqual(used, (long) Math.floor(Math.min(problem.allowed(0), sum) * scale));
    }

    private ModelBuilderHelper model() {
        ModelBuilderHelper model = LinearRows.sites(problem);
        for (int i = 0; i < covers.weight().length; i++) {
            int covered = LinearRows.variable(model, 0, 1, covers.weight()[i]);
            int row = LinearRows.row(model, 0);
            model.addConstraintTerm(row, covered, 1);
            for (int j : covers.sites()[i]) {
                model.addConstraintTerm(row, j, -1);
            }
        }
        return model;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /// No plan: what is required alone, and no bound.
    private PeerResult nothing(String peer, long begin, String status) {
        return result(peer, secondsSince(begin), _ -> 0, Double.POSITIVE_INFINITY, false, "no plan: " + status);
    }

    private PeerResult result(String peer, Answer answer) {
        double[] values = answer.values();
        return result(peer, answer.seconds(), j -> j < values.length ? values[j] : 0, answer.bound(), answer.optimal(), answer.note());
    }

    private PeerResult result(String peer, double seconds, IntToDoubleFunction value, double upper, boolean proven, String note) {
        return new PeerResult(peer + suffix, seconds, problem.capture(SingleBudget.plan(problem, value)), upper, proven, note);
    }
}
