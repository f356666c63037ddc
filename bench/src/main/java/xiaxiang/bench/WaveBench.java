package xiaxiang.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Progress;
import xiaxiang.engine.capture.Solver;
import xiaxiang.engine.capture.WaveOutcome;
import xiaxiang.engine.capture.WavePlan;
import xiaxiang.engine.capture.WaveProblem;
import xiaxiang.engine.capture.WaveSolver;
import xiaxiang.engine.capture.WaveVerifier;

/// Waves solved together, against what a planner does without: all sites at once for the whole budget, then the best per yuan first.
final class WaveBench {
    private static final double QUARTER = 0.25;
    private static final int ITERATIONS = 300;

    private final CaptureProblem base;
    private final WaveProblem problem;

    /// `waves` quarters; the budget grows in equal steps to that of `base`, which has no other resource and no groups.
    WaveBench(CaptureProblem base, int waves) {
        this.base = base;
        double[] weight = new double[waves];
        Arrays.fill(weight, QUARTER);
        double[][] limit = new double[1][waves];
        Arrays.setAll(limit[0], t -> base.limit(0) * (t + 1) / waves);
        problem = WaveProblem.of(base, weight, limit);
    }

    String run(double gap, double seconds) {
        long start = System.nanoTime();
        WaveOutcome.Planned planned = switch (WaveSolver.solve(problem, limits(gap, seconds), Progress.silent())) {
            case WaveOutcome.Planned p -> p;
            case WaveOutcome.Infeasible(String why) -> throw new IllegalStateException(why);
        };
        double took = (System.nanoTime() - start) / 1e9;
        double proven = WaveVerifier.verify(problem, planned.certificate()).provenGap();
        WavePlan planner = atOnce(limits(gap, seconds));
        return String.format(Locale.ROOT, "%s%% asked: %.4f%% certified in %.1f s, %d passes; %.2f%% more than all at once, then by units per yuan; in the first wave %.2f%% more", 100 * gap,
                100 * proven, took, planned.effort().iterations(), more(planned.lower(), problem.netCapture(planner)), more(first(planned.plan()), first(planner)));
    }

    private static Limits limits(double gap, double seconds) {
        return new Limits(gap, ITERATIONS, 0, (long) (1000 * seconds), 2);
    }

    private static double more(double one, double other) {
        return 100 * (one / other - 1);
    }

    private double first(WavePlan plan) {
        return base.netCapture(plan.openBy(1).asBooleans(base.sites()));
    }

    /// The sites of a plan for the whole budget, each in the first wave that has the money, those first that would be missed most for their cost.
    private WavePlan atOnce(Limits limits) {
        Plan plan = switch (Solver.solve(base, limits, Progress.silent())) {
            case Outcome.Planned p -> p.plan();
            case Outcome.Infeasible(String why) -> throw new IllegalStateException(why);
        };
        double[] missed = missed(plan.asBooleans(base.sites()));
        int[] order = IntStream.of(plan.open()).boxed().sorted(Comparator.comparingDouble((Integer j) -> -missed[j] / base.use(0, j))).mapToInt(j -> j).toArray();
        int[] wave = new int[base.sites()];
        double spent = 0;
        for (int t = 0; t < problem.waves(); t++) {
            double allowed = t == problem.waves() - 1 ? Double.POSITIVE_INFINITY : problem.limit(0, t);
            for (int j : order) {
                if (wave[j] == 0 && spent + base.use(0, j) <= allowed) {
                    wave[j] = t + 1;
                    spent += base.use(0, j);
                }
            }
        }
        return WavePlan.of(problem.waves(), wave);
    }

    /// What each open site alone adds to the others.
    private double[] missed(boolean[] open) {
        double[] missed = new double[open.length];
        for (int i = 0; i < base.points(); i++) {
            double all = base.stays(i);
            for (int e = base.rowStart(i); e < base.rowStart(i + 1); e++) {
                all += open[base.siteAt(e)] ? base.ratioAt(e) : 0;
            }
            for (int e = base.rowStart(i); e < base.rowStart(i + 1); e++) {
                if (open[base.siteAt(e)]) {
                    double r = base.ratioAt(e);
                    missed[base.siteAt(e)] += base.weight(i) * base.kernel().rise(Math.max(base.stays(i), all - r), r);
                }
            }
        }
        return missed;
    }
}
