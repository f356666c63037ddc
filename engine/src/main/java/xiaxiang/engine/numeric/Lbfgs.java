package xiaxiang.engine.numeric;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Finds a maximum from gradients alone, within bounds: for so many parameters that a Hessian is too big.
///
/// Keeps the last 12 steps and changes of gradient; a step is shortened until it gains a part of what its slope promises, and the next starts from the
/// curvature just seen. Parameters a bound holds stand aside. Cost: one or two evaluations and 50 k a step. Source: Nocedal and Wright (2006), 7.2, 16.7.
public final class Lbfgs {
    private static final int MEMORY = 12;
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 50;

    /// A step and the fall of the gradient over it.
    private static final class Pair {
        final double[] step;
        final double[] fall;
        final double product;

        Pair(double[] step, double[] fall) {
            this.step = step;
            this.fall = fall;
            product = dot(step, fall);
        }
    }

    private final Objective f;
    private final Bounds bounds;
    private final ArrayDeque<Pair> memory = new ArrayDeque<>();
    private Point at;
    private int tried = 1;

    private Lbfgs(Objective f, double[] start, Bounds bounds) {
        this.f = f;
        this.bounds = bounds;
        double[] theta = start.clone();
        for (int i = 0; i < theta.length; i++) theta[i] = bounds.clip(i, theta[i]);
        at = Point.at(f, theta, false);
    }

    /// Searches from `start` (moved within the bounds) until the relative gradient of [TrustRegion#TOLERANCE], trying at most `iterations` points.
    /// Throws IllegalArgumentException where sizes differ.
    public static Maximum maximize(Objective f, double[] start, Bounds bounds, int iterations) {
        if (start.length != f.size() || bounds.size() != f.size())
            throw new IllegalArgumentException("Expected " + f.size() + " parameters, got " + start.length + " at the start and " + bounds.size() + " bounds.");
        return new Lbfgs(f, start, bounds).run(iterations);
    }

    private Maximum run(int iterations) {
        if (!at.isFinite()) return at.ended(bounds, tried, Maximum.Reason.UNDEFINED);
        while (at.relativeGradient(bounds) > TrustRegion.TOLERANCE) {
            if (tried >= iterations) return at.ended(bounds, tried, Maximum.Reason.ITERATIONS);
            if (step(direction())) continue;
            // What is remembered may mislead: once more along the gradient.
            if (memory.isEmpty()) return at.ended(bounds, tried, Maximum.Reason.NO_PROGRESS);
            memory.clear();
        }
        return at.ended(bounds, tried, Maximum.Reason.GRADIENT);
    }

    /// The gradient turned by the curvature remembered, over the free parameters only.
    private double[] direction() {
        boolean[] free = new boolean[at.theta.length];
        for (int i : at.free(bounds)) free[i] = true;
        double[] q = at.gradient.clone();
        hold(q, free);
        double[] slope = q.clone();
        double[] alpha = new double[memory.size()];
        int m = 0;
        for (Pair p : memory) {
            alpha[m] = dot(p.step, q) / p.product;
            add(q, -alpha[m++], p.fall);
        }
        double size = memory.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(q, q))) : memory.getFirst().product / dot(memory.getFirst().fall, memory.getFirst().fall);
        for (int i = 0; i < q.length; i++) q[i] *= size;
        for (var back = memory.descendingIterator(); back.hasNext(); ) {
            Pair p = back.next();
            add(q, alpha[--m] - dot(p.fall, q) / p.product, p.step);
        }
        hold(q, free);
        if (dot(q, slope) > 0) return q;
        memory.clear();
        return slope;
    }

    private boolean step(double[] direction) {
        double size = 1;
        for (int halving = 0; halving < HALVINGS; halving++, size /= 2) {
            double[] theta = at.theta.clone();
            for (int i = 0; i < theta.length; i++) theta[i] = bounds.clip(i, theta[i] + size * direction[i]);
            if (Arrays.equals(theta, at.theta)) return false;
            Point next = Point.at(f, theta, false);
            tried++;
            double[] step = difference(theta, at.theta);
            if (!next.isFinite() || !(next.value >= at.value + SUFFICIENT * dot(step, at.gradient))) continue;
            remember(new Pair(step, difference(at.gradient, next.gradient)));
            boolean moved = next.value > at.value;
            at = next;
            return moved;
        }
        return false;
    }

    private void remember(Pair pair) {
        if (!(pair.product > 1e-12 * Math.sqrt(dot(pair.step, pair.step) * dot(pair.fall, pair.fall)))) return;
        memory.addFirst(pair);
        if (memory.size() > MEMORY) memory.removeLast();
    }

    private static void hold(double[] q, boolean[] free) {
        for (int i = 0; i < q.length; i++) if (!free[i]) q[i] = 0;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] d = new double[a.length];
        for (int i = 0; i < d.length; i++) d[i] = a[i] - b[i];
        return d;
    }

    private static void add(double[] to, double by, double[] what) {
        for (int i = 0; i < to.length; i++) to[i] += by * what[i];
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) s += a[i] * b[i];
        return s;
    }
}
