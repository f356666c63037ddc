package xiaxiang.engine.capture;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Solves a wave problem that is too large to be written out: plans wave by wave, one bound of all waves together, a plan rounded from it, exchanges.
final class WaveSearch {
    /// As in [Search].
    private static final double NEGLIGIBLE = 2e-3;
    private static final double EXACT = 1e-10;
    private static final double HOPELESS = 0.03;
    private static final int PASSES = 12;
    private static final double NOUGHT = 0.01;

    private final WaveProblem problem;
    private final CaptureProblem base;
    private final int waves;
    private final Limits limits;
    private final Watch watch;
    private final Cores cores;
    private @Nullable WavePlan best;
    private double lower = Double.NEGATIVE_INFINITY;

    WaveSearch(WaveProblem problem, Limits limits, Progress progress, Cores cores) {
        this.problem = problem;
        this.base = problem.base();
        this.waves = problem.waves();
        this.limits = limits;
        this.watch = new Watch(progress, limits.timeLimitMillis());
        this.cores = cores;
    }

    WaveOutcome run() {
        boolean[] start = Starts.cheapest(problem.at(0));
        if (start == null) {
            switch (Solver.solve(problem.at(0), limits, Progress.silent())) {
                case Outcome.Infeasible(String why) -> {
                    return new WaveOutcome.Infeasible(why);
                }
                case Outcome.Planned planned -> start = planned.plan().asBooleans(base.sites());
            }
        }
        WavePlan plain = byWave(start, null, null);
        consider(plain);
        Slice slice = slice();
        double[] left = left(slice);
        int[] earliest = earliest(slice, left);
        WaveCuts cuts = new WaveCuts(problem, slice, earliest, cores);
        Units units = slice.units.waves(waves, left, earliest);
        Relaxation relaxation = new Relaxation(units, slice.points() * waves, Arrays.stream(weights()).sum() * slice.base, cuts);
        relax(relaxation, slice);
        WavePlan rounded = rounded(relaxation, slice, start);
        consider(rounded);
        improve(rounded, relaxation.bound);
        improve(plain, relaxation.bound);
        return outcome(relaxation, units, cuts);
    }

    // ---- plans

    private void consider(WavePlan plan) {
        if (problem.isFeasible(plan)) {
            double capture = problem.capture(plan);
            if (capture > lower) {
                lower = capture;
                best = plan;
            }
        }
    }

    /// Opens, wave after wave and beside what is open, the sites of the slice by falling y while they fit, then what adds most for its use.
    private WavePlan byWave(boolean[] start, @Nullable Slice slice, double @Nullable [] x) {
        int[] wave = new int[base.sites()];
        double[] y = new double[slice == null ? 0 : slice.sites()];
        boolean[] open = start;
        for (int t = 0; t < waves; t++) {
            CaptureProblem now = problem.at(t);
            Standing standing = new Standing(now, open);
            if (slice != null && x != null) {
                for (int j = 0; j < y.length; j++) {
                    y[j] += x[j * waves + t];
                }
                openByFalling(y, slice, standing);
            }
            Greedy.fill(now, standing, byLimit(now), cores);
            open = standing.open;
            for (int j = 0; j < wave.length; j++) {
                wave[j] = wave[j] == 0 && open[j] ? t + 1 : wave[j];
            }
        }
        return WavePlan.of(waves, wave);
    }

    private static void openByFalling(double[] y, Slice slice, Standing standing) {
        for (int j : Ascending.descending(y)) {
            int site = slice.siteOf[j];
            if (y[j] >= NOUGHT && !standing.open[site] && standing.openBeside(site) < 0 && standing.fits(site)) {
                standing.add(site);
            }
        }
    }

    private static double[] byLimit(CaptureProblem p) {
        double[] prices = new double[p.resources()];
        for (int k = 0; k < prices.length; k++) {
            prices[k] = p.limit(k) > 0 ? 1 / p.limit(k) : 0;
        }
        return prices;
    }

    /// From nothing but the required sites or, where groups must open something to fit, from a plan that fits.
    private WavePlan rounded(Relaxation relaxation, Slice slice, boolean[] start) {
        boolean[] required = new boolean[base.sites()];
        for (int j = 0; j < required.length; j++) {
            required[j] = base.isRequired(j);
        }
        WavePlan plan = byWave(required, slice, relaxation.bestX);
        return problem.isFeasible(plan) ? plan : byWave(start, slice, relaxation.bestX);
    }

    /// Exchanges from a plan, as long as they pay and more is asked for.
    private void improve(WavePlan plan, double bound) {
        WavePlan now = plan;
        double capture = problem.isFeasible(plan) ? problem.capture(plan) : Double.POSITIVE_INFINITY;
        for (int pass = 0; pass < PASSES && bound > prune() && !watch.stopped(); pass++) {
            now = WaveSwap.improve(problem, now, 1, cores, watch);
            double then = problem.capture(now);
            if (then <= capture) {
                break;
            }
            capture = then;
            consider(now);
        }
    }

    // ---- the bound

    /// Without what must be open or closed.
    private Slice slice() {
        double time = Arrays.stream(weights()).sum();
        double yearly = time > 0 && lower > 0 ? lower / time : 0;
        Slice whole = Slice.whole(base, NEGLIGIBLE * Math.max(limits.gap(), EXACT) * yearly / Math.max(1, base.points()));
        boolean[] settled = new boolean[base.groups()];
        byte[] state = new byte[base.sites()];
        for (int j = 0; j < state.length; j++) {
            if (base.isRequired(j) && base.group(j) >= 0) {
                settled[base.group(j)] = true;
            }
        }
        for (int j = 0; j < state.length; j++) {
            boolean beside = base.group(j) >= 0 && settled[base.group(j)];
            state[j] = base.isRequired(j) ? Slice.OPEN : base.isForbidden(j) || beside ? Slice.CLOSED : Slice.FREE;
        }
        return whole.narrow(state);
    }

    private double[] weights() {
        double[] weights = new double[waves];
        Arrays.setAll(weights, problem::weight);
        return weights;
    }

    /// What each wave leaves of each resource beside the required sites.
    private double[] left(Slice slice) {
        double[] left = new double[base.resources() * waves];
        for (int k = 0; k < base.resources(); k++) {
            double taken = base.allowed(k) - slice.units.allowed[k] * slice.units.scale[k];
            for (int t = 0; t < waves; t++) {
                left[k * waves + t] = problem.limit(k, t) + CaptureProblem.ALLOWANCE * problem.limit(k, t) - taken;
            }
        }
        return left;
    }

    /// The first wave in which each site of the slice fits beside the cheapest of everything else; `waves` for none.
    private int[] earliest(Slice slice, double[] left) {
        Units units = slice.units;
        int[] earliest = new int[slice.sites()];
        for (int k = 0; k < base.resources(); k++) {
            double least = units.least(k);
            for (int j = 0; j < earliest.length; j++) {
                double most = (least + units.use[k][j] - units.leastOf(k, units.unitOf[j])) * units.scale[k];
                while (earliest[j] < waves && most > left[k * waves + earliest[j]] + 2e-9 * problem.limit(k, earliest[j])) {
                    earliest[j]++;
                }
            }
        }
        return earliest;
    }

    private void relax(Relaxation relaxation, Slice slice) {
        double[] from = new double[slice.sites() * waves];
        WavePlan plan = best;
        for (int c = 0; c < from.length && plan != null; c++) {
            from[c] = plan.wave(slice.siteOf[c / waves]) == c % waves + 1 ? 0.6 : 0;
        }
        Relaxation.Goal goal = new Relaxation.Goal(limits.maxIterations(), prune(), 1e-8, HOPELESS, Double.POSITIVE_INFINITY);
        double today = problem.captureToday();
        relaxation.run(from, goal, watch, (at, bound) -> watch.report("bound", at, limits.maxIterations(), lower - today, bound - today));
    }

    /// Gross bound that is good enough for the plan known.
    private double prune() {
        double capture = lower - problem.captureToday();
        double slack = EXACT * (lower + problem.captureToday());
        return lower + Math.max(slack, capture > 0 ? capture * limits.gap() / (1 - limits.gap()) : 0);
    }

    private WaveOutcome outcome(Relaxation relaxation, Units units, WaveCuts cuts) {
        WavePlan plan = best;
        if (plan == null) {
            return new WaveOutcome.Infeasible("No plan within all limits was found. Maybe raise a limit of the first wave?");
        }
        double today = problem.captureToday();
        double upper = Math.max(lower, relaxation.bound) - today;
        Certificate.Multipliers multipliers = Certificate.Multipliers.tangents(1, cuts.spread(relaxation.bestMarks.rho), units.unscaled(relaxation.bestTheta), new double[0]);
        Certificate certificate = new Certificate(problem.fingerprint(), WaveExpansion.plan(plan), lower - today, upper, List.of(multipliers), List.of(),
                new int[] {Certificate.USE, Certificate.LEAF});
        return new WaveOutcome.Planned(plan, lower - today, upper, certificate, new Effort(1, relaxation.iterations));
    }
}
