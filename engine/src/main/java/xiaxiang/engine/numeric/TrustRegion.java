package xiaxiang.engine.numeric;

import java.util.Arrays;

/// Finds a maximum by Newton's method in a trust region, within bounds, from a start; indefinite and singular Hessians are fine.
///
/// The region's lengths are in units of each parameter's curvature, so that the units of the data do not matter. Parameters a bound holds stand aside;
/// a step that would leave the bounds stops at them and the rest is solved again. Ends where the relative gradient is within its tolerance, then takes
/// plain Newton steps for as long as they help, to the last digits floating point has. One evaluation of value, gradient and Hessian a step.
/// Source: Conn, Gould and Toint (2000); the subproblem: Moré and Sorensen (1983).
public final class TrustRegion {
    /// The relative gradient at which a search has converged: |g| max(|theta|, 1) / max(|value|, 1), the largest over parameters.
    public static final double TOLERANCE = 1e-7;
    private static final int POLISHING = 8;
    /// A squared Newton step, in standard errors where the function is a log-likelihood, that is not worth taking.
    private static final double POLISHED = 1e-22;
    private static final double EPSILON = Math.ulp(1.0);

    private final Objective f;
    private final Bounds bounds;
    private final double[] scale;
    private Point at;
    private double radius = 1;
    private int tried = 1;

    private TrustRegion(Objective f, double[] start, Bounds bounds) {
        this.f = f;
        this.bounds = bounds;
        double[] theta = start.clone();
        for (int i = 0; i < theta.length; i++) theta[i] = bounds.clip(i, theta[i]);
        at = Point.at(f, theta, true);
        scale = new double[theta.length];
    }

    /// Searches from `start` (moved within the bounds), trying at most `iterations` points before polishing. Throws IllegalArgumentException where sizes differ.
    public static Maximum maximize(Objective f, double[] start, Bounds bounds, int iterations) {
        if (start.length != f.size() || bounds.size() != f.size())
            throw new IllegalArgumentException("Expected " + f.size() + " parameters, got " + start.length + " at the start and " + bounds.size() + " bounds.");
        return new TrustRegion(f, start, bounds).run(iterations);
    }

    private Maximum run(int iterations) {
        if (!at.isFinite()) return at.ended(bounds, tried, Maximum.Reason.UNDEFINED);
        Maximum.Reason reason = search(iterations);
        if (reason == Maximum.Reason.ITERATIONS) return at.ended(bounds, tried, reason);
        polish();
        return at.ended(bounds, tried, at.relativeGradient(bounds) <= TOLERANCE ? Maximum.Reason.GRADIENT : reason);
    }

    private Maximum.Reason search(int iterations) {
        radius = Double.NaN;
        while (true) {
            rescale();
            if (at.relativeGradient(bounds) <= TOLERANCE && settled()) return Maximum.Reason.GRADIENT;
            if (tried >= iterations) return Maximum.Reason.ITERATIONS;
            if (!step()) return Maximum.Reason.NO_PROGRESS;
        }
    }

    /// Whether no free direction curves upwards: a flat start between two maxima, such as a deviation of 0, is not an end.
    private boolean settled() {
        int[] free = at.free(bounds);
        return free.length == 0 || !new Quadratic(part(at.gradient, free), square(free), part(scale, free)).rises();
    }

    /// Tries steps from here until one is taken; false if even the smallest is of no use.
    private boolean step() {
        while (true) {
            double[] step = within();
            double promised = model(step);
            if (!(promised > EPSILON * Math.abs(at.value) / 16)) return false;
            double[] theta = moved(step);
            if (Arrays.equals(theta, at.theta)) return false;
            Point next = Point.at(f, theta, true);
            tried++;
            double length = length(step);
            double gained = next.value - at.value;
            boolean defined = next.isFinite();
            double ratio = defined ? gained / promised : -1;
            if (ratio < .25) radius = length / 4;
            else if (ratio > .75 && length > .9 * radius) radius *= 3;
            if (defined && ratio > 1e-4) {
                at = next;
                return true;
            }
            // Below the noise of the sum the ratio means nothing: let the polishing decide.
            if (defined && promised < 64 * EPSILON * Math.abs(at.value)) return false;
        }
    }

    /// Never less than before, so that a parameter whose curvature fades is not sent far.
    private void rescale() {
        int k = scale.length;
        for (int i = 0; i < k; i++) scale[i] = Math.max(scale[i], Math.sqrt(Math.abs(at.hessian[i * k + i])));
        double most = Math.max(Arrays.stream(scale).max().orElse(1), Double.MIN_NORMAL);
        for (int i = 0; i < k; i++) scale[i] = Math.max(scale[i], 1e-10 * most);
        // At first so wide that a step may gain as much as a log-likelihood has left to gain.
        if (Double.isNaN(radius)) radius = Math.max(1, Math.sqrt(Math.abs(at.value)));
    }

    /// The best step within the region and the bounds: what a bound stops is held there and the rest solved again.
    private double[] within() {
        int k = scale.length;
        double[] step = new double[k];
        int[] free = at.free(bounds);
        while (free.length > 0) {
            double[] part = new Quadratic(slopes(step, free), square(free), part(scale, free)).within(radius);
            boolean[] stopped = new boolean[k];
            for (int a = 0; a < free.length; a++) {
                int i = free[a];
                double wanted = at.theta[i] + part[a];
                stopped[i] = bounds.clip(i, wanted) != wanted;
                step[i] = stopped[i] ? bounds.clip(i, wanted) - at.theta[i] : part[a];
            }
            int[] rest = Arrays.stream(free).filter(i -> !stopped[i]).toArray();
            if (rest.length == free.length) break;
            for (int i : rest) step[i] = 0;
            free = rest;
        }
        return model(step) > 0 ? step : uphill();
    }

    /// A step along the gradient, stopped at the bounds, short enough for the model to promise a gain: what is left where stopping spoiled the best step.
    private double[] uphill() {
        int k = scale.length;
        double[] step = new double[k];
        double norm = 0;
        for (int i : at.free(bounds)) norm += Math.pow(at.gradient[i] / scale[i], 2);
        for (double t = radius / Math.sqrt(norm); t > 0 && Double.isFinite(t); t /= 4) {
            for (int i : at.free(bounds)) step[i] = bounds.clip(i, at.theta[i] + t * at.gradient[i] / (scale[i] * scale[i])) - at.theta[i];
            if (model(step) > 0 || length(step) == 0) break;
        }
        return step;
    }

    /// The model's slopes of the free parameters after a step of the others.
    private double[] slopes(double[] step, int[] free) {
        int k = scale.length;
        double[] g = part(at.gradient, free);
        for (int a = 0; a < free.length; a++) for (int j = 0; j < k; j++) g[a] += at.hessian[free[a] * k + j] * step[j];
        return g;
    }

    private double[] square(int[] free) {
        int k = scale.length;
        double[] h = new double[free.length * free.length];
        for (int a = 0; a < free.length; a++) for (int b = 0; b < free.length; b++) h[a * free.length + b] = at.hessian[free[a] * k + free[b]];
        return h;
    }

    private static double[] part(double[] of, int[] free) {
        return Arrays.stream(free).mapToDouble(i -> of[i]).toArray();
    }

    private double model(double[] step) {
        int k = step.length;
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double bend = 0;
            for (int j = 0; j < k; j++) bend += at.hessian[i * k + j] * step[j];
            sum += step[i] * (at.gradient[i] + bend / 2);
        }
        return sum;
    }

    private double length(double[] step) {
        double s = 0;
        for (int i = 0; i < step.length; i++) s += step[i] * step[i] * scale[i] * scale[i];
        return Math.sqrt(s);
    }

    private double[] moved(double[] step) {
        double[] theta = at.theta.clone();
        for (int i = 0; i < theta.length; i++) theta[i] = bounds.clip(i, theta[i] + step[i]);
        return theta;
    }

    /// Plain Newton steps while the length of the next one falls and the value does not, beyond its rounding.
    private void polish() {
        int[] free = at.free(bounds);
        if (free.length == 0) return;
        Quadratic here = new Quadratic(part(at.gradient, free), square(free), part(scale, free));
        for (int round = 0; round < POLISHING && here.decrement() > POLISHED; round++) {
            double[] part = here.newton();
            double[] step = new double[scale.length];
            for (int a = 0; a < free.length; a++) step[free[a]] = part[a];
            double[] theta = moved(step);
            if (Arrays.equals(theta, at.theta)) return;
            Point next = Point.at(f, theta, true);
            tried++;
            if (!next.isFinite() || next.value < at.value - 64 * EPSILON * Math.abs(at.value) || !Arrays.equals(free, next.free(bounds))) return;
            Point before = at;
            at = next;
            Quadratic there = new Quadratic(part(at.gradient, free), square(free), part(scale, free));
            if (!(there.decrement() < here.decrement())) {
                at = before;
                return;
            }
            here = there;
        }
    }
}
