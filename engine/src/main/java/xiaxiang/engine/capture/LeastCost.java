package xiaxiang.engine.capture;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The other end of the plan: of the plans that capture at least a target, the one that uses least of a resource.
///
/// How: halving. The most that a limit lets capture never falls as the limit grows, so each limit between is either reached, by a plan that may then use
/// less than the limit, or refuted, by a bound below the target; the search for each stops as soon as it knows. Where every use is a multiple of one unit
/// (whole shops, whole yuan) the least cost is found exactly. Cost: about log2(1 / gap) searches, most of which end early.
public final class LeastCost {
    private static final int UNDECIDED = 4;
    /// A limit allows a billionth part more than itself, so that no limit nearer to the cost than that could be refuted.
    private static final double NEAREST = 3e-9;
    private static final double WHOLE = 1L << 53;

    private final CaptureProblem problem;
    private final int resource;
    private final double target;
    private final Limits limits;
    private final Progress progress;
    private final Cores cores;
    private final long began = System.nanoTime();
    private final double unit;
    private double least;
    private @Nullable Certificate refutation;
    private double refutedLimit = Double.NaN;
    private @Nullable Plan plan;
    private double cost;
    private long nodes;
    private long iterations;

    private LeastCost(CaptureProblem problem, int resource, double target, Limits limits, Progress progress, Cores cores) {
        this.problem = problem;
        this.resource = resource;
        this.target = target;
        this.limits = limits;
        this.progress = progress;
        this.cores = cores;
        this.unit = unit(problem, resource);
        this.least = problem.leastUse(resource);
        this.cost = Double.POSITIVE_INFINITY;
    }

    /// How it ended.
    public sealed interface Result {
        /// A plan that captures `capture` net, at least the target, for `cost`; none that does costs less than `least`. `refutation` proves that no plan
        /// within `refutedLimit` reaches the target (for the problem with that limit); none where `least` is simply what must be used.
        record Reached(Plan plan, double capture, double cost, double least, double refutedLimit, @Nullable Certificate refutation, Effort effort) implements Result {
            /// (cost - least) / cost, 0 where both are equal.
            public double gap() {
                return cost <= least ? 0 : (cost - least) / cost;
            }
        }

        /// No plan within the problem's own limits reaches the target: the most that could be is `upper`, if any plan is allowed at all.
        record Unreachable(double upper, @Nullable Certificate refutation, Effort effort) implements Result {}

        /// The limits of the search ended it before it knew: the best plan found captures `lower`, no plan more than `upper`.
        record Unknown(double lower, double upper, Effort effort) implements Result {}
    }

    /// Least use of resource `resource` for a net capture of at least `target`, within the problem's limits. `limits.gap()` is the relative gap of the cost.
    /// `limits.maxNodes()` holds for each of the searches, the time limit for all together.
    public static Result solve(CaptureProblem problem, int resource, double target, Limits limits, Progress progress) {
        if (!(Math.abs(target) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The target (" + target + ") must be finite.");
        }
        try (Cores cores = new Cores(limits.threads())) {
            return new LeastCost(problem, resource, target, limits, progress, cores).run();
        }
    }

    private Result run() {
        Search first = search(problem.limit(resource));
        Outcome outcome = first.run(null);
        count(outcome);
        if (!reached(outcome)) {
            Effort effort = new Effort(nodes, iterations);
            return switch (outcome) {
                case Outcome.Infeasible _ -> first.isComplete()
                        ? new Result.Unreachable(Double.NEGATIVE_INFINITY, null, effort)
                        : new Result.Unknown(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, effort);
                case Outcome.Planned p -> p.upper() < target
                        ? new Result.Unreachable(p.upper(), p.certificate().upper() < target ? p.certificate() : null, effort)
                        : new Result.Unknown(p.lower(), p.upper(), effort);
            };
        }
        halve();
        Plan found = plan;
        if (found == null) {
            throw new IllegalStateException("A reached target has a plan.");
        }
        double capture = problem.netCapture(found.asBooleans(problem.sites()));
        return new Result.Reached(found, capture, cost, Math.min(least, cost), refutedLimit, refutation, new Effort(nodes, iterations));
    }

    /// Between `least` and `cost` lies a band that could not be decided, empty at first; halves the wider side of it.
    private void halve() {
        double bandLow = Double.NaN;
        double bandHigh = Double.NaN;
        for (int undecided = 0; undecided < UNDECIDED && !isClose() && !isOver();) {
            boolean band = bandLow > least && bandHigh < cost;
            boolean below = band && bandLow - least > cost - bandHigh;
            double low = band && !below ? bandHigh : least;
            double high = below ? bandLow : cost;
            double limit = between(low, high);
            Search search = search(limit);
            Outcome outcome = search.run(plan);
            count(outcome);
            if (reached(outcome)) {
                continue;
            }
            if (isRefuted(search, outcome)) {
                refuted(limit, outcome);
                continue;
            }
            undecided++;
            bandLow = band ? Math.min(bandLow, limit) : limit;
            bandHigh = band ? Math.max(bandHigh, limit) : limit;
        }
    }

    private double between(double low, double high) {
        double middle = 0.5 * (low + high);
        return unit > 0 ? Math.min(Math.floor(middle / unit) * unit, high - unit) : middle;
    }

    private boolean isClose() {
        return cost - least <= Math.max(limits.gap(), NEAREST) * cost;
    }

    private boolean isOver() {
        return progress.cancelled() || millisLeft() <= 0;
    }

    private long millisLeft() {
        return limits.timeLimitMillis() == Long.MAX_VALUE ? Long.MAX_VALUE
                : Math.max(0, limits.timeLimitMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private Search search(double limit) {
        Limits own = new Limits(limits.gap(), limits.maxIterations(), limits.maxNodes(), millisLeft(), limits.threads());
        return new Search(problem.withLimit(resource, limit), own, progress, cores, Search.ROUND_NON_ZEROS, Aim.reach(target + problem.captureToday()));
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Planned p) {
            nodes += p.effort().nodes();
            iterations += p.effort().iterations();
        }
    }

    /// Takes a plan that reaches the target; it may cost less than was allowed.
    private boolean reached(Outcome outcome) {
        if (!(outcome instanceof Outcome.Planned p) || p.lower() < target) {
            return false;
        }
        Plan lean = withoutNeedless(p.plan());
        double used = problem.used(resource, lean.asBooleans(problem.sites()));
        if (used < cost) {
            cost = used;
            plan = lean;
        }
        return true;
    }

    /// The plan less the sites the target can do without, those first that capture least for what they use. O(non-zeros).
    private Plan withoutNeedless(Plan found) {
        Standing standing = new Standing(problem, found.asBooleans(problem.sites()));
        double[] price = new double[problem.resources()];
        price[resource] = 1;
        double[] worth = new double[problem.sites()];
        for (int j : found.open()) {
            worth[j] = standing.loss(j) / Math.max(standing.price(j, price), 1e-100);
        }
        for (int j : Ascending.order(found.open(), worth)) {
            if (problem.isRequired(j) || standing.price(j, price) <= 0) {
                continue;
            }
            standing.remove(j);
            if (!problem.isFeasible(standing.open) || problem.netCapture(standing.open) < target) {
                standing.add(j);
            }
        }
        return Plan.of(standing.open);
    }

    private boolean isRefuted(Search search, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Planned p -> p.upper() < target;
            case Outcome.Infeasible _ -> search.isComplete();
        };
    }

    private void refuted(double limit, Outcome outcome) {
        least = unit > 0 ? (Math.floor(limit / unit) + 1) * unit : limit;
        if (outcome instanceof Outcome.Planned p && p.certificate().upper() < target) {
            refutation = p.certificate();
            refutedLimit = limit;
        }
    }

    /// The greatest number of which every use is a whole multiple, or 0 where uses are not whole.
    private static double unit(CaptureProblem p, int k) {
        long unit = 0;
        for (int j = 0; j < p.sites(); j++) {
            unit = shared(unit, p.use(k, j));
        }
        for (int g = 0; g < p.groups(); g++) {
            unit = shared(unit, p.noneUse(k, g));
        }
        return Math.max(0, unit);
    }

    private static long shared(long unit, double use) {
        if (unit < 0 || use != Math.rint(use) || use >= WHOLE) {
            return -1;
        }
        long a = unit;
        long b = (long) use;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
