package xiaxiang.engine.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Writes a search tree down as a certificate's steps, and finds the bound they prove. A node that proves no
/// more than its parent, or whose multipliers were not kept, becomes a leaf of its parent's.
final class Walk {
    private final Merging merging;
    private final List<Certificate.Multipliers> multipliers = new ArrayList<>();
    private final List<double[]> prices = new ArrayList<>();
    private int[] steps = new int[64];
    private int size;
    private double bound = Double.NEGATIVE_INFINITY;

    private Walk(Merging merging) {
        this.merging = merging;
    }

    /// Certificate of a tree of the merged problem for the original one. `lower` is the plan's net capture.
    static Certificate write(CaptureProblem p, Merging merging, Node root, Plan plan, double lower) {
        Walk walk = new Walk(merging);
        walk.run(root);
        double upper = Math.max(lower, walk.bound - p.captureToday());
        return new Certificate(p.fingerprint(), plan, lower, upper, walk.multipliers, walk.prices,
                Arrays.copyOf(walk.steps, walk.size));
    }

    /// Either a node still to be written, or prices of a dead side.
    private sealed interface Todo {
        record Whole(Node node) implements Todo {}

        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Beyond(double[] prices) implements Todo {}
    }

    private void run(Node root) {
        Deque<Todo> todo = new ArrayDeque<>();
        todo.push(new Todo.Whole(root));
        while (!todo.isEmpty()) {
            switch (todo.pop()) {
                case Todo.Beyond(double[] beyond) -> dead(beyond);
                case Todo.Whole(Node node) -> node(node, todo);
            }
        }
    }

    private void node(Node node, Deque<Todo> todo) {
        double[] deadPrices = node.deadPrices;
        List<Certificate.Multipliers> own = node.multipliers;
        if (node.kind != Node.DEAD && (node.needless || own == null)) {
            step(Certificate.LEAF, 0);
            bound = Math.max(bound, node.inherited);
            return;
        }
        for (int i = 0; i < node.unfit.length; i++) {
            step(Certificate.BRANCH, node.unfit[i]);
            todo.push(new Todo.Beyond(node.unfitPrices[i]));
        }
        if (own == null) {
            dead(deadPrices == null ? new double[0] : deadPrices);
            return;
        }
        for (int layer = 0; layer < own.size(); layer++) {
            step(layer == 0 ? Certificate.USE : Certificate.ALSO, multipliers.size());
            multipliers.add(merging.spread(own.get(layer)));
        }
        for (int fixed : node.fixed) {
            step((fixed & 1) == 1 ? Certificate.OPENED : Certificate.CLOSED, fixed >> 1);
        }
        bound = Math.max(bound, node.sides);
        if (node.kind == Node.LEAF) {
            step(Certificate.LEAF, 0);
            bound = Math.max(bound, node.bound);
            return;
        }
        children(node, todo);
    }

    private void children(Node node, Deque<Todo> todo) {
        Node open = node.openSide;
        Node closed = node.closedSide;
        if (open != null) {
            step(Certificate.BRANCH, node.branchSite);
            todo.push(new Todo.Whole(open));
        }
        if (closed != null) {
            todo.push(new Todo.Whole(closed));
        }
    }

    private void dead(double[] beyond) {
        step(Certificate.DEAD, prices.size());
        prices.add(beyond);
    }

    private void step(int operation, int argument) {
        steps = size < steps.length ? steps : Arrays.copyOf(steps, 2 * size);
        steps[size++] = argument << 3 | operation;
    }
}
