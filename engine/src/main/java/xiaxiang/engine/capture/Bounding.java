package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bounds one node: closes what no longer fits, relaxes, rounds, fixes sites by their reduced gains, chooses where to branch.
/// Reads only what it is given and writes only its node, so that nodes may be bounded side by side.
final class Bounding {
    private static final double MARGIN = 1e-9;
    /// How many weights of the scenarios are tried, at the root and elsewhere.
    private static final int ROOT_WEIGHTS = 25;
    private static final int NODE_WEIGHTS = 4;

    private final CaptureProblem problem;
    private final Slice ground;
    private final @Nullable CoveringProgram program;
    /// Where the linear program stood in the end, or nothing known.
    private DualSimplex.@Nullable Basis basis;
    private long work;
    private final int[] openBefore;
    private final Node node;
    private final byte[] state;
    /// Gross bound that is good enough; -infinite while no plan is known.
    private final double prune;
    private Slice slice;
    private double[] gain = new double[0];
    private double[] theta;
    private double[] x = new double[0];
    /// x by lifted tangents alone: where children begin, and around what they take their cuts.
    private double[] reference = new double[0];
    private final boolean around;
    private final @Nullable Falls falls;
    private final boolean bundled;
    private int branchAt = -1;
    private double branchX;
    private double relaxed;
    private double closedBound;
    private double openBound;

    /// The slice the tree stands on, the sites open outside it and, of covering that is not too large, its linear program.
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Ground(Slice slice, int[] open, @Nullable CoveringProgram program) {
        static Ground of(Slice slice, int[] open) {
            boolean linear = slice.kernel instanceof Kernel.Covering && !slice.hasScenarios() && slice.nonZeros() <= CoveringProgram.MOST_NON_ZEROS;
            return new Ground(slice, open, linear ? new CoveringProgram(slice) : null);
        }
    }

    /// `around`: with cuts around the sites that are nearly open by lifted tangents; of covering, by the linear program. Above `bundleNonZeros` ratios an
    /// [Ascent] bounds, else a [Relaxation].
    Bounding(CaptureProblem problem, Ground ground, Node node, double prune, boolean around, int bundleNonZeros) {
        this(problem, ground, node, prune, around, bundleNonZeros, null);
    }

    /// `falls`: what branching on each site has been seen to do, or nothing known.
    Bounding(CaptureProblem problem, Ground ground, Node node, double prune, boolean around, int bundleNonZeros, @Nullable Falls falls) {
        this.falls = falls;
        this.problem = problem;
        this.ground = ground.slice();
        this.program = ground.program();
        this.openBefore = ground.open();
        this.node = node;
        this.state = node.state.clone();
        this.prune = prune;
        this.around = around;
        this.slice = ground.slice().narrow(state);
        this.theta = new double[problem.resources()];
        this.bundled = slice.nonZeros() > bundleNonZeros && !(problem.kernel() instanceof Kernel.Covering) && !slice.hasScenarios();
    }

    /// Leaves the node pending when stopped before a bound was settled, unless `last` resort.
    void run(Relaxation.Goal goal, Cores cores, Watch watch, Relaxation.Ear ear, boolean atLeastOnce) {
        if (isDead() || !closeUnfit()) {
            node.kind = Node.DEAD;
            return;
        }
        if (watch.stopped() && !atLeastOnce) {
            return;
        }
        Relaxation.Goal known = goal.knowing(node.inherited);
        if (slice.sites() == 0) {
            settle();
        } else {
            if (slice.hasScenarios()) {
                take(weighted(known, cores, watch, ear));
            } else if (program != null && around) {
                solve(program, new Cuts(slice, cores), goal, watch);
            } else if (bundled) {
                ascend(new Ascent(slice, cores), known, watch, ear);
            } else {
                relax(new Relaxation(slice, cores), known, watch, ear);
            }
            node.plan = rounded();
        }
        node.kind = Node.LEAF;
        relaxed = node.bound;
        if (node.bound > prune) {
            fix();
            if (node.bound > prune && slice.sites() > 0) {
                branch();
            }
        }
    }

    /// Nothing is left to choose.
    private void settle() {
        boolean[] plan = openSites();
        node.plan = plan;
        node.bound = slice.base;
        if (slice.hasScenarios()) {
            node.lambda = Scenarios.onlyWorst(problem, plan);
        }
        if (slice.hasScenarios() || problem.extras().hasOutsiders()) {
            node.bound = problem.capture(plan);
        }
        node.multipliers = List.of(spread(Marks.tangents(slice.points()), 1));
    }

    private void relax(Relaxation relaxation, Relaxation.Goal goal, Watch watch, Relaxation.Ear ear) {
        relaxation.run(start(), goal, watch, ear);
        reference = relaxation.bestX.clone();
        if (around && relaxation.bound > prune) {
            relaxation.around(reference);
            relaxation.run(reference, goal.more(), watch, ear);
        }
        take(relaxation);
    }

    private void take(Relaxation relaxation) {
        node.iterations += relaxation.iterations;
        node.bound = relaxation.bound;
        x = relaxation.bestX;
        reference = reference.length == x.length ? reference : x;
        gain = relaxation.bestGain;
        theta = relaxation.bestTheta;
        node.multipliers = List.of(spread(relaxation.bestMarks, 1));
    }

    private void ascend(Ascent ascent, Relaxation.Goal goal, Watch watch, Relaxation.Ear ear) {
        ascent.run(start(), goal, watch, ear);
        reference = ascent.bestX();
        if (around && ascent.bound > prune && !watch.stopped()) {
            ascent.around();
            ascent.run(reference, goal.more(), watch, ear);
        }
        node.iterations = ascent.iterations;
        node.bound = ascent.bound;
        x = ascent.bestX();
        gain = ascent.bestGain;
        theta = ascent.bestTheta;
        List<Certificate.Multipliers> layers = new ArrayList<>();
        for (Ascent.Layer layer : ascent.layers()) {
            layers.add(spread(layer.marks(), layer.share()));
        }
        node.multipliers = layers;
    }

    private Certificate.Multipliers spread(Marks marks, double share) {
        return marks.spread(slice, problem.points(), share, slice.units.unscaled(theta), node.lambda);
    }

    /// The lowest bound over some weights of the scenarios.
    private Relaxation weighted(Relaxation.Goal goal, Cores cores, Watch watch, Relaxation.Ear ear) {
        Scenarios.Weights weights = new Scenarios.Weights(node.lambda);
        Relaxation best = null;
        double[] from = start();
        int rounds = node.id == 0 ? ROOT_WEIGHTS : NODE_WEIGHTS;
        for (int round = 0; round < rounds; round++) {
            double[] lambda = weights.now();
            Relaxation relaxation = new Relaxation(slice.weighted(lambda), cores);
            relaxation.run(from, goal, watch, ear);
            from = relaxation.bestX;
            if (best == null || relaxation.bound < best.bound) {
                node.iterations += best == null ? 0 : best.iterations;
                best = relaxation;
                node.lambda = lambda;
            } else {
                node.iterations += relaxation.iterations;
            }
            if (best.bound <= prune || watch.stopped() || !weights.step(slice.nets(from))) {
                break;
            }
        }
        return Objects.requireNonNull(best);
    }

    /// The bound by the linear program's slopes.
    private void solve(CoveringProgram linear, Cuts cuts, Relaxation.Goal goal, Watch watch) {
        double[] from = new double[state.length];
        float[] near = node.near;
        for (int g = 0; g < from.length; g++) {
            from[g] = near == null || state[g] != Slice.FREE ? state[g] == Slice.OPEN ? 1 : 0 : near[g];
        }
        DualSimplex simplex = new DualSimplex(linear, state, from, node.basis);
        simplex.run(prune - ground.base, goal.iterations(), watch);
        basis = simplex.basis();
        work = simplex.work;
        double[] all = simplex.x();
        double[] mine = new double[slice.sites()];
        int[] groundOf = groundOf();
        for (int j = 0; j < mine.length; j++) {
            mine[j] = all[groundOf[j]];
        }
        Relaxation relaxation = new Relaxation(slice.units, slice.points(), slice.base, cuts);
        relaxation.take(cuts, linear.slopes(simplex, slice), linear.prices(simplex, slice.units), mine, simplex.iterations);
        take(relaxation);
    }

    /// Numbers the linear program has looked at.
    long work() {
        return work;
    }

    /// Where the linear program stood, or nothing known.
    DualSimplex.@Nullable Basis basis() {
        return basis;
    }

    /// The same on a ground narrowed from this one.
    DualSimplex.@Nullable Basis basis(Ground narrowed) {
        return basis == null || program == null || narrowed.program() == null ? null : program.onto(narrowed.program(), basis);
    }

    /// Prices of the bound, in the problem's own measure.
    double[] ownPrices() {
        return slice.units.unscaled(theta);
    }

    private double margin(int k) {
        return Math.max(MARGIN, 1e-11 * problem.allowed(k) / slice.units.scale[k]);
    }

    private double[] priceOf(int k) {
        double[] prices = new double[problem.resources()];
        prices[k] = 1;
        return prices;
    }

    private boolean isDead() {
        for (int k = 0; k < problem.resources(); k++) {
            if (slice.units.least(k) > slice.units.allowed[k] + margin(k)) {
                node.deadPrices = priceOf(k);
                return true;
            }
        }
        return false;
    }

    /// Closes free sites that exceed a resource even beside the cheapest of everything else; false if none is left to be.
    private boolean closeUnfit() {
        int count = 0;
        int[] unfit = new int[slice.sites()];
        double[][] prices = new double[slice.sites()][];
        int[] groundOf = groundOf();
        for (int k = 0; k < problem.resources(); k++) {
            Units units = slice.units;
            double room = units.allowed[k] + margin(k) - units.least(k);
            for (int j = 0; j < slice.sites(); j++) {
                double more = units.use[k][j] - units.leastOf(k, units.unitOf[j]);
                if (more > room && state[groundOf[j]] == Slice.FREE) {
                    state[groundOf[j]] = Slice.CLOSED;
                    prices[count] = priceOf(k);
                    unfit[count++] = slice.siteOf[j];
                }
            }
        }
        if (count > 0) {
            node.unfit = Arrays.copyOf(unfit, count);
            node.unfitPrices = Arrays.copyOf(prices, count);
            slice = ground.narrow(state);
            return !isDead();
        }
        return true;
    }

    /// Index in the ground slice of each site of the slice.
    private int[] groundOf() {
        int[] of = new int[slice.sites()];
        int at = 0;
        for (int g = 0; g < state.length; g++) {
            if (at < of.length && ground.siteOf[g] == slice.siteOf[at]) {
                of[at++] = g;
            }
        }
        return of;
    }

    private double[] start() {
        double[] from = new double[slice.sites()];
        int[] groundOf = groundOf();
        float[] near = node.near;
        for (int j = 0; j < from.length; j++) {
            from[j] = near == null ? 0.5 : near[groundOf[j]];
        }
        return from;
    }

    private boolean[] openSites() {
        boolean[] open = new boolean[problem.sites()];
        for (int g = 0; g < state.length; g++) {
            open[ground.siteOf[g]] = state[g] == Slice.OPEN;
        }
        for (int j : openBefore) {
            open[j] = true;
        }
        return open;
    }

    /// Opens sites by falling x while they fit and add.
    private boolean[] rounded() {
        boolean[] open = openSites();
        Units units = slice.units;
        double[] left = units.allowed.clone();
        boolean[] taken = new boolean[units.count()];
        for (int j : Ascending.descending(x)) {
            boolean fits = !taken[units.unitOf[j]] && gain[j] >= 0;
            for (int k = 0; k < left.length && fits; k++) {
                fits = units.use[k][j] <= 0 || units.use[k][j] <= left[k];
            }
            if (fits) {
                taken[units.unitOf[j]] = true;
                open[slice.siteOf[j]] = true;
                for (int k = 0; k < left.length; k++) {
                    left[k] -= units.use[k][j];
                }
            }
        }
        return open;
    }

    /// Fixes sites whose other side is within `prune`; the bound of what is left falls with it.
    private void fix() {
        Units units = slice.units;
        int[] fixed = new int[slice.sites()];
        int count = 0;
        int[] groundOf = groundOf();
        for (int u = 0; u < units.count(); u++) {
            double value = unitValue(u, -1);
            boolean opened = false;
            for (int e = units.start[u]; e < units.start[u + 1] && !opened; e++) {
                int j = units.member[e];
                double score = units.score(gain[j], theta, j);
                double ifOpen = node.bound - value + score;
                double ifClosed = node.bound - value + unitValue(u, j);
                if (ifClosed <= prune && score > 0) {
                    open(groundOf, units, j);
                    fixed[count++] = 2 * slice.siteOf[j] + 1;
                    node.sides = Math.max(node.sides, ifClosed);
                    opened = true;
                } else if (ifOpen <= prune) {
                    state[groundOf[j]] = Slice.CLOSED;
                    fixed[count++] = 2 * slice.siteOf[j];
                    node.sides = Math.max(node.sides, ifOpen);
                }
            }
        }
        node.fixed = Arrays.copyOf(fixed, count);
    }

    private void open(int[] groundOf, Units units, int j) {
        int u = units.unitOf[j];
        for (int e = units.start[u]; e < units.start[u + 1]; e++) {
            state[groundOf[units.member[e]]] = Slice.CLOSED;
        }
        state[groundOf[j]] = Slice.OPEN;
    }

    /// Best score of a unit, or 0, without one of its sites.
    private double unitValue(int u, int without) {
        Units units = slice.units;
        double best = 0;
        for (int e = units.start[u]; e < units.start[u + 1]; e++) {
            int j = units.member[e];
            best = j == without ? best : Math.max(best, units.score(gain[j], theta, j));
        }
        return best;
    }

    /// Branches on the site that falls most on both sides where that is known, otherwise whose gain is largest and whose fraction is nearest to .8; with
    /// none left free, on nothing: one child, exact. Against the most even fraction the latter took a fifth to a half of the nodes away where measured.
    private void branch() {
        int[] groundOf = groundOf();
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < slice.sites(); j++) {
            double worth = falls == null
                    ? (Math.min(0.25 * x[j], 1 - x[j]) + 1e-9) * gain[j] * gain[j]
                    : falls.worth(slice.siteOf[j], x[j]);
            if (state[groundOf[j]] == Slice.FREE && worth > most) {
                most = worth;
                best = j;
            }
        }
        node.kind = Node.BRANCHED;
        if (best >= 0) {
            double others = node.bound - unitValue(slice.units.unitOf[best], -1);
            branchAt = groundOf[best];
            branchX = x[best];
            node.branchSite = slice.siteOf[best];
            closedBound = others + unitValue(slice.units.unitOf[best], best);
            openBound = others + slice.units.score(gain[best], theta, best);
        }
    }

    /// The states the children begin with, on the same ground.
    byte[] stateAfter() {
        return state;
    }

    /// The slice the tree stands on.
    Slice ground() {
        return ground;
    }

    int nonZeros() {
        return slice.nonZeros();
    }

    /// Where the branch is on the ground, or -1.
    int branchAt() {
        return branchAt;
    }

    /// The branching site, or -1.
    int branchSite() {
        return node.branchSite;
    }

    double childBound(boolean open) {
        return branchAt < 0 ? node.bound : open ? openBound : closedBound;
    }

    /// By how much opening or closing moves the branching site's x.
    double moved(boolean open) {
        return open ? 1 - branchX : branchX;
    }

    /// Bound before anything was fixed by it.
    double relaxed() {
        return relaxed;
    }

    /// Where children begin, on the ground.
    float[] near() {
        return onGround(reference);
    }

    /// The best x by the sharpest cuts, on the ground.
    float[] sharpest() {
        return onGround(x);
    }

    private float[] onGround(double[] values) {
        float[] all = new float[state.length];
        int[] groundOf = groundOf();
        for (int j = 0; j < groundOf.length; j++) {
            all[groundOf[j]] = (float) values[j];
        }
        return all;
    }
}
