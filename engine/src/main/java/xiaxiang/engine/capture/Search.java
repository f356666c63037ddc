package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One solve: a first plan, the root's bound, plans rounded from it, then a best-first tree, nodes bounded in batches of a fixed
/// size side by side and taken up in order, so that the result does not depend on the threads.
final class Search {
    private static final int BATCH = 8;
    private static final int NODE_ITERATIONS = 30;
    private static final int NODE_NON_ZEROS = 50_000;
    /// What multipliers may take in the certificate; nodes beyond are proven by those of the node above.
    private static final long KEPT_BYTES = 256L << 20;
    private static final double EXACT = 1e-10;
    /// Part of the gap that ratios left out may cost at a point that sees one open site.
    private static final double NEGLIGIBLE = 2e-3;
    /// The root's bound is settled when it lies so near its value, as a part of what is open; less near where a sharper round follows.
    private static final double HOPELESS = 0.005;
    private static final double HOPELESS_LARGE = 0.03;
    private static final int COVERING = 5;
    /// Steps of a linear program for each pass over the points.
    private static final int LINEAR = 200;
    /// Up to so many ratios the linear program of a covering problem is bounded at once, without a first bound by gradients.
    private static final int LINEAR_AT_ONCE = 250_000;
    /// How often the root is bounded anew, while that closes at least this part of what is open.
    private static final int ROUNDS = 8;
    private static final double WORTH_A_ROUND = 0.1;
    /// Up to so many ratios a tree of lifted tangents is quicker than cuts around sites, which take twice the time each.
    static final int ROUND_NON_ZEROS = 100_000;

    private final CaptureProblem original;
    /// The original's points, and those the search works with.
    private final Merging merging;
    private final CaptureProblem problem;
    private final Limits limits;
    private final Watch watch;
    private final Cores cores;
    private final int roundNonZeros;
    private final Cores alone = new Cores(1);
    private final Found found;
    private double upper = Double.POSITIVE_INFINITY;
    private long nodes;
    private long charged;
    private long iterations;
    private long kept;
    /// Whether cuts around nearly open sites have paid at the root.
    private boolean around;
    private final Tours tours;
    private final Falls falls;
    private final List<Node> all = new ArrayList<>();

    Search(CaptureProblem problem, Limits limits, Progress progress, Cores cores, int roundNonZeros) {
        this(problem, limits, progress, cores, roundNonZeros, Aim.MOST);
    }

    Search(CaptureProblem problem, Limits limits, Progress progress, Cores cores, int roundNonZeros, Aim aim) {
        this.original = problem;
        this.merging = Merging.of(problem);
        this.problem = merging.problem();
        this.limits = limits;
        this.watch = new Watch(progress, limits.timeLimitMillis());
        this.cores = cores;
        this.roundNonZeros = roundNonZeros;
        this.found = new Found(this.problem, limits, aim, watch, cores);
        this.tours = new Tours(this.problem);
        this.falls = new Falls(problem.sites());
    }

    Outcome run(@Nullable Plan warmStart) {
        String contradiction = contradiction();
        if (contradiction != null) {
            return new Outcome.Infeasible(contradiction);
        }
        found.first(warmStart);
        Bounding.Ground ground = ground();
        Node root = node(new byte[ground.slice().sites()], start(ground.slice()), Double.POSITIVE_INFINITY, found.lambda);
        around = ground.program() != null;
        boolean atOnce = around && ground.slice().nonZeros() <= LINEAR_AT_ONCE;
        Stage stage = new Stage(root, bounded(root, ground, atOnce), ground);
        if (root.kind == Node.DEAD) {
            return new Outcome.Infeasible(deadResource(root));
        }
        plansOfRoot(stage);
        found.lambda = root.lambda;
        for (int round = 0; round < ROUNDS && isWorthARound(stage); round++) {
            Stage next = sharper(stage);
            boolean paid = stage.node().bound - next.node().bound > WORTH_A_ROUND * (stage.node().bound - found.prune());
            around |= paid;
            stage = next;
            if (!paid || ground.program() != null) {
                break;
            }
        }
        if (stage.node().kind == Node.BRANCHED && !found.isEnough()) {
            tree(stage);
        }
        return outcome(root);
    }

    /// Whether no plan of interest is left unseen; for after [#run].
    boolean isComplete() {
        double prune = found.prune();
        return all.stream().noneMatch(node -> node.kind == Node.PENDING && node.inherited > prune);
    }

    /// Of the best plans there are, as many as the aim asks for, the best first; for after [#run].
    List<Plan> pool() {
        return found.pool();
    }

    private boolean isWorthARound(Stage stage) {
        boolean linear = problem.kernel() instanceof Kernel.Covering;
        int enough = !linear ? roundNonZeros : around ? LINEAR_AT_ONCE : Integer.MAX_VALUE;
        return !problem.extras().hasBlocks() && stage.node().kind == Node.BRANCHED && !found.isEnough() && stage.ground().slice().nonZeros() > enough && !watch.stopped();
    }

    /// A node at the top of the tree, how it was bounded, and on what.
    private record Stage(Node node, Bounding bounding, Bounding.Ground ground) {}

    private Bounding bounded(Node node, Bounding.Ground ground, boolean aroundPlan) {
        Bounding bounding = new Bounding(problem, ground, node, found.prune(), aroundPlan, roundNonZeros);
        double hopeless = ground.slice().nonZeros() > roundNonZeros ? HOPELESS_LARGE : HOPELESS;
        // Passes over a covering problem are cheap, and its slopes settle slowly.
        boolean linear = ground.program() != null;
        int times = linear ? aroundPlan ? LINEAR : 1 : problem.kernel() instanceof Kernel.Covering ? COVERING : 1;
        int most = Math.multiplyExact(times, Math.min(limits.maxIterations(), 1_000_000));
        bounding.run(new Relaxation.Goal(most, found.prune(), 1e-8, hopeless, Double.POSITIVE_INFINITY), cores, watch,
                (at, bound) -> watch.report("bound", at, most, net(found.lower), net(Math.min(node.inherited, bound))), node.id == 0);
        nodes++;
        iterations += node.iterations;
        kept += bytes(node.multipliers);
        return bounding;
    }

    /// The same choice bounded again without what the last bound has fixed, by cuts around the sites that are nearly open.
    private Stage sharper(Stage stage) {
        Bounding.Ground ground = narrowed(stage, null);
        Node node = stage.node().closedSide;
        if (node == null) {
            throw new IllegalStateException("A bounded node has no next one.");
        }
        Bounding bounding = bounded(node, ground, true);
        Stage next = new Stage(node, bounding, ground);
        if (node.kind == Node.BRANCHED) {
            plansOfRoot(next);
        }
        return next;
    }

    // ---- plans

    /// The node's x rounded at once and by stages, what still fits added by its prices, then exchanges.
    private void plansOfRoot(Stage stage) {
        Node node = stage.node();
        Bounding bounding = stage.bounding();
        if (node.kind != Node.BRANCHED || watch.stopped()) {
            found.complete(node.plan, bounding.ownPrices());
            return;
        }
        Bounding.Ground ground = stage.ground();
        Slice slice = ground.slice();
        byte[] dived = new Dive(slice.hasScenarios() ? slice.weighted(node.lambda) : slice, bounding.stateAfter(), cores, watch).run(bounding.sharpest());
        boolean[] plan = new boolean[problem.sites()];
        for (int j : ground.open()) {
            plan[j] = true;
        }
        for (int j = 0; j < dived.length; j++) {
            plan[slice.siteOf[j]] = dived[j] == Slice.OPEN;
        }
        boolean[] staged = found.complete(plan, bounding.ownPrices());
        boolean[] atOnce = found.complete(node.plan, bounding.ownPrices());
        // The better of the two is exchanged even where a plan known is better still: it lies nearer the optimum than greedy choice does.
        found.improve(worth(staged) >= worth(atOnce) ? staged : atOnce);
        tours.among(ground, bounding.basis() == null ? null : bounding.near(), bounding.ownPrices());
        tours.earn(bounding.work());
        tour(node.bound);
    }

    private double worth(boolean @Nullable [] plan) {
        return plan == null ? Double.NEGATIVE_INFINITY : problem.capture(plan);
    }

    /// Where tours are due and a better plan is still sought.
    private void tour(double bound) {
        boolean[] from = found.best;
        while (from != null && bound > found.prune() && tours.areDue() && !watch.stopped() && !found.isEnough()) {
            found.consider(tours.best(from, cores, watch));
            from = found.best;
        }
    }

    // ---- the tree

    /// Required sites open, forbidden ones and those beside a required one closed.
    private Bounding.Ground ground() {
        Slice whole = Slice.whole(problem, found.lower > 0 ? NEGLIGIBLE * Math.max(limits.gap(), EXACT) * found.lower / Math.max(1, problem.points()) : 0);
        byte[] state = new byte[problem.sites()];
        boolean[] settled = new boolean[problem.groups()];
        int count = 0;
        int[] open = new int[state.length];
        for (int j = 0; j < state.length; j++) {
            if (problem.isRequired(j)) {
                open[count++] = j;
                if (problem.group(j) >= 0) {
                    settled[problem.group(j)] = true;
                }
            }
        }
        for (int j = 0; j < state.length; j++) {
            boolean beside = problem.group(j) >= 0 && settled[problem.group(j)];
            state[j] = problem.isRequired(j) ? Slice.OPEN : problem.isForbidden(j) || beside ? Slice.CLOSED : Slice.FREE;
        }
        return Bounding.Ground.of(whole.narrow(state), Arrays.copyOf(open, count));
    }

    private float @Nullable [] start(Slice slice) {
        boolean[] plan = found.best;
        if (plan == null) {
            return null;
        }
        int open = Plan.of(plan).size();
        float rest = (float) (0.4 * open / Math.max(1, plan.length));
        float[] near = new float[slice.sites()];
        for (int j = 0; j < near.length; j++) {
            near[j] = plan[slice.siteOf[j]] ? 0.6f : rest;
        }
        return near;
    }

    private double net(double gross) {
        return gross - problem.captureToday();
    }

    private void tree(Stage stage) {
        Comparator<Node> order = Comparator.<Node>comparingDouble(n -> -n.inherited).thenComparingLong(n -> n.id);
        PriorityQueue<Node> queue = new PriorityQueue<>(order);
        Bounding.Ground ground = narrowed(stage, queue);
        around |= ground.program() != null;
        Relaxation.Ear deaf = (_, _) -> {};
        while (!queue.isEmpty() && charged < limits.maxNodes() && !watch.stopped() && !found.isEnough()) {
            List<Node> batch = new ArrayList<>();
            while (batch.size() < BATCH && !queue.isEmpty() && queue.element().inherited > found.prune()) {
                batch.add(queue.remove());
            }
            if (batch.isEmpty()) {
                break;
            }
            upper = batch.getFirst().inherited;
            double prune = found.prune();
            int most = ground.program() == null ? NODE_ITERATIONS : LINEAR * NODE_ITERATIONS;
            Relaxation.Goal goal = new Relaxation.Goal(most, prune, 1e-7, 0.1, Double.POSITIVE_INFINITY);
            Bounding[] done = new Bounding[batch.size()];
            cores.run(done.length, b -> {
                done[b] = new Bounding(problem, ground, batch.get(b), prune, around, roundNonZeros, ground.program() == null ? null : falls);
                done[b].run(goal, alone, watch, deaf, false);
            });
            for (int b = 0; b < done.length; b++) {
                take(batch.get(b), done[b], queue);
            }
            tour(upper);
            watch.report("tree", nodes, -1, net(found.lower), net(upper));
        }
    }

    /// The node's children, on a slice without what it fixed: both sides into the queue, or, without one, a single child.
    private Bounding.Ground narrowed(Stage stage, @Nullable PriorityQueue<Node> queue) {
        Bounding bounding = stage.bounding();
        Bounding.Ground ground = stage.ground();
        Node root = stage.node();
        byte[] state = bounding.stateAfter();
        Slice slice = ground.slice().narrow(state);
        float[] near = bounding.near();
        float[] newNear = new float[slice.sites()];
        int[] open = Arrays.copyOf(ground.open(), ground.open().length + state.length);
        int opens = ground.open().length;
        int at = 0;
        int branchAt = -1;
        for (int j = 0; j < state.length; j++) {
            if (state[j] == Slice.OPEN) {
                open[opens++] = ground.slice().siteOf[j];
            } else if (state[j] == Slice.FREE) {
                branchAt = j == bounding.branchAt() ? at : branchAt;
                newNear[at++] = near[j];
            }
        }
        Bounding.Ground next = Bounding.Ground.of(slice, Arrays.copyOf(open, opens));
        DualSimplex.Basis basis = bounding.basis(next);
        if (queue != null) {
            children(root, bounding, slice, new byte[at], newNear, branchAt, queue);
        } else {
            root.closedSide = node(new byte[at], newNear, root.bound, root.lambda);
        }
        for (Node side : new Node[] {root.openSide, root.closedSide}) {
            if (side != null) {
                side.basis = basis;
            }
        }
        return next;
    }

    private void children(Node node, Bounding bounding, Slice slice, byte[] state, float[] near, int branchAt,
            PriorityQueue<Node> queue) {
        byte[] closed = state.clone();
        if (branchAt >= 0) {
            closed[branchAt] = Slice.CLOSED;
            byte[] open = state.clone();
            int u = slice.units.unitOf[branchAt];
            for (int e = slice.units.start[u]; e < slice.units.start[u + 1]; e++) {
                open[slice.units.member[e]] = Slice.CLOSED;
            }
            open[branchAt] = Slice.OPEN;
            Node openSide = node(open, near, bounding.childBound(true), node.lambda);
            openSide.basis = bounding.basis();
            openSide.branchedFrom(bounding, true);
            node.openSide = openSide;
            queue.add(openSide);
        }
        Node closedSide = node(closed, near, bounding.childBound(false), node.lambda);
        closedSide.basis = bounding.basis();
        closedSide.branchedFrom(bounding, false);
        node.closedSide = closedSide;
        queue.add(closedSide);
    }

    private Node node(byte[] state, float @Nullable [] near, double inherited, double[] lambda) {
        Node node = new Node(all.size(), state, near, inherited);
        node.lambda = lambda;
        all.add(node);
        return node;
    }

    private void take(Node node, Bounding bounding, PriorityQueue<Node> queue) {
        if (node.kind == Node.PENDING) {
            queue.add(node);
            return;
        }
        node.basis = null;
        nodes++;
        long size = bounding.nonZeros() / NODE_NON_ZEROS;
        charged += 1 + size * size;
        iterations += node.iterations;
        tours.earn(bounding.work());
        if (node.branchedAt >= 0 && node.kind != Node.DEAD && bounding.relaxed() > found.prune()) {
            falls.add(node.branchedAt, node.opened, node.parentBound - bounding.relaxed(), node.moved);
        }
        boolean[] plan = node.plan;
        node.plan = null;
        if (plan != null && node.bound > found.leastOfInterest() && found.consider(plan)) {
            found.improve();
        }
        long bytes = bytes(node.multipliers);
        if (kept + bytes > KEPT_BYTES) {
            node.multipliers = null;
        } else {
            kept += bytes;
        }
        if (node.kind == Node.BRANCHED) {
            children(node, bounding, bounding.ground(), bounding.stateAfter(), bounding.near(), bounding.branchAt(), queue);
        }
    }

    // ---- the end

    /// What multipliers take in the certificate's file, spread to the original points.
    private long bytes(@Nullable List<Certificate.Multipliers> layers) {
        return layers == null ? 0 : layers.stream().mapToLong(this::bytes).sum();
    }

    private long bytes(Certificate.Multipliers m) {
        long floats = (m.sigma().length > 0 ? 2L : 1L) * original.points() + m.chosen().length;
        long doubles = 1L + m.theta().length + m.lambda().length;
        long marks = m.pick().length > 0 ? original.points() : 0;
        return Float.BYTES * floats + Double.BYTES * doubles + marks + m.level().length;
    }

    private Outcome outcome(Node root) {
        boolean[] plan = found.best;
        double bound = bound();
        if (plan == null) {
            return new Outcome.Infeasible(bound == Double.NEGATIVE_INFINITY
                    ? "No plan is within all limits at once (searched " + nodes + " nodes)."
                    : "No plan within all limits was found in " + nodes + " nodes. Maybe raise maxNodes or a limit?");
        }
        double net = original.netCapture(plan);
        double most = Math.max(net, net(bound));
        Plan open = Plan.of(plan);
        Effort effort = new Effort(nodes, iterations);
        Certificate certificate = Walk.write(original, merging, root, open, net);
        boolean enough = most - net <= Math.max(1e-9 * (Math.abs(found.lower) + Math.abs(problem.captureToday())), limits.gap() * Math.max(0, most));
        return enough
                ? new Outcome.Optimal(open, net, most, certificate, effort)
                : new Outcome.Feasible(open, net, most, certificate, effort);
    }

    /// Gross bound of the whole tree, from the leaves up: children are made after their parents.
    private double bound() {
        for (Node node : all.reversed()) {
            double own = switch (node.kind) {
                case Node.PENDING -> node.inherited;
                case Node.LEAF -> Math.max(node.bound, node.sides);
                case Node.DEAD -> Double.NEGATIVE_INFINITY;
                default -> Math.max(node.sides, Math.max(reach(node.openSide), reach(node.closedSide)));
            };
            node.needless = node.kind != Node.DEAD && own >= node.inherited;
            node.reach = Math.min(own, node.inherited);
        }
        return all.getFirst().reach;
    }

    private static double reach(@Nullable Node node) {
        return node == null ? Double.NEGATIVE_INFINITY : node.reach;
    }

    private @Nullable String contradiction() {
        int[] required = new int[problem.groups()];
        Arrays.fill(required, -1);
        for (int j = 0; j < problem.sites(); j++) {
            if (!problem.isRequired(j)) {
                continue;
            }
            if (problem.isForbidden(j)) {
                return "Site " + j + " is both required and forbidden.";
            }
            int group = problem.group(j);
            if (group >= 0 && required[group] >= 0) {
                return "Sites " + required[group] + " and " + j + " of group " + group + " are both required.";
            }
            if (group >= 0) {
                required[group] = j;
            }
        }
        return null;
    }

    private static String deadResource(Node root) {
        double[] prices = root.deadPrices;
        int k = 0;
        while (prices != null && k + 1 < prices.length && prices[k] == 0) {
            k++;
        }
        return "Even the plan that uses least of resource " + k + " uses more than its limit.";
    }
}
