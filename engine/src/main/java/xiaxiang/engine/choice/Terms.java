package xiaxiang.engine.choice;

import java.util.Arrays;

/// The derivatives of one case's utilities, and the sums a Hessian is made of, over the few coefficients the case touches. One thread only.
///
/// Row r's derivatives are the entries `start[r] .. start[r + 1] - 1` of `factor`; `slotAt` says of which moving coefficients. A Hessian is summed
/// in `square`, over the coefficients touched, below the diagonal only.
final class Terms {
    static final double[] NONE = {};

    private final ChoiceModel model;
    private final int[] slot;
    private int[] start = new int[17];
    private double[][] bend = new double[16][];
    private int[] slotAt = new int[64];
    private int[] placeAt = new int[64];
    private double[] factor = new double[64];
    private double[] scaled = new double[64];
    /// The place of a slot among those touched, -1 if it is not.
    private final int[] place;
    private final int[] touched;
    private int count;
    private double[] square = NONE;
    /// For each node the gradient of its L, and once closed of its worth.
    private double[] mean = NONE;
    private double[] child = NONE;

    Terms(ChoiceModel model, int[] slot, int moving) {
        this.model = model;
        this.slot = slot;
        place = new int[moving];
        Arrays.fill(place, -1);
        touched = new int[moving];
    }

    /// Reads the derivatives of the rows from `base` on; with `second` also what curves.
    void read(int base, int rows, double[] beta, boolean second) {
        Choices choices = model.choices();
        if (start.length <= rows) {
            start = new int[2 * rows + 1];
            bend = new double[2 * rows][];
        }
        int at = 0;
        for (int r = 0; r < rows; r++) {
            start[r] = at;
            bend[r] = NONE;
            int i = choices.index[base + r];
            at = switch (model.utility(choices.alternative[base + r])) {
                case Utility.Linear l -> linear(l, i, at);
                case Utility.Curved c -> curved(c, i, at, second ? r : -1, beta);
            };
        }
        start[rows] = at;
    }

    private int linear(Utility.Linear l, int i, int from) {
        room(from + l.parameter.length);
        int at = from;
        for (int t = 0; t < l.parameter.length; t++) {
            int s = slot[l.parameter[t]];
            if (s < 0) continue;
            slotAt[at] = s;
            factor[at++] = l.factor[t][i];
        }
        return at;
    }

    private int curved(Utility.Curved c, int i, int from, int r, double[] beta) {
        int[] uses = c.parameters();
        double[] g = new double[uses.length];
        double[] h = r < 0 ? NONE : new double[uses.length * uses.length];
        c.at(i, beta, g, h);
        room(from + uses.length);
        int at = from;
        for (int a = 0; a < uses.length; a++) {
            if (slot[uses[a]] < 0) continue;
            slotAt[at] = slot[uses[a]];
            factor[at++] = g[a];
        }
        if (r >= 0) bend[r] = moving(uses, h, at - from);
        return at;
    }

    private double[] moving(int[] uses, double[] h, int n) {
        double[] b = new double[n * n];
        int to = 0;
        for (int a = 0; a < uses.length; a++) for (int c = 0; c < uses.length; c++) if (slot[uses[a]] >= 0 && slot[uses[c]] >= 0) b[to++] = h[a * uses.length + c];
        return b;
    }

    private void room(int entries) {
        if (entries <= factor.length) return;
        slotAt = Arrays.copyOf(slotAt, 2 * entries);
        placeAt = Arrays.copyOf(placeAt, 2 * entries);
        factor = Arrays.copyOf(factor, 2 * entries);
        scaled = Arrays.copyOf(scaled, 2 * entries);
    }

    void addTo(double[] gradient, int r, double by) {
        if (by == 0) return;
        for (int a = start[r]; a < start[r + 1]; a++) gradient[slotAt[a]] += by * factor[a];
    }

    /// Row r's gradient times a direction.
    double along(double[] direction, int r) {
        double sum = 0;
        for (int a = start[r]; a < start[r + 1]; a++) sum += direction[slotAt[a]] * factor[a];
        return sum;
    }

    /// Widens `low` and `high` by the values at row r's slots, and puts those back to 0.
    void span(int r, double[] values, double[] low, double[] high) {
        for (int a = start[r]; a < start[r + 1]; a++) {
            int s = slotAt[a];
            low[s] = Math.min(low[s], values[s]);
            high[s] = Math.max(high[s], values[s]);
            values[s] = 0;
        }
    }

    /// Numbers the slots touched by the first `rows` rows and by the nests, and clears the sums.
    void begin(int rows, NestTree.Scales scales) {
        for (int i = 0; i < count; i++) place[touched[i]] = -1;
        count = 0;
        for (int a = 0; a < start[rows]; a++) placeAt[a] = touch(slotAt[a]);
        for (int[] slots : scales.slots) for (int s : slots) touch(s);
        int nodes = scales.mu.length;
        if (square.length < count * count) square = new double[count * count];
        if (mean.length < nodes * count) mean = new double[nodes * count];
        if (child.length < count) child = new double[count];
        Arrays.fill(square, 0, count * count, 0);
        Arrays.fill(mean, 0, nodes * count, 0);
    }

    private int touch(int s) {
        if (place[s] < 0) {
            place[s] = count;
            touched[count++] = s;
        }
        return place[s];
    }

    /// Adds x (i j' + j i') to the sum.
    private void cross(int i, int j, double x) {
        if (i == j) square[i * count + i] += 2 * x;
        else if (i > j) square[i * count + j] += x;
        else square[j * count + i] += x;
    }

    /// A row's own curvature, times `by`.
    void curve(int r, double by) {
        double[] b = bend[r];
        if (b.length == 0) return;
        int from = start[r];
        int n = start[r + 1] - from;
        for (int a = 0; a < n; a++) {
            square[placeAt[from + a] * count + placeAt[from + a]] += by * b[a * n + a];
            for (int c = 0; c < a; c++) cross(placeAt[from + a], placeAt[from + c], by * b[a * n + c]);
        }
    }

    /// Row r as a child of node m, w = mu v: `by` times the outer product of its gradient, its part of the node's mean, and `adjoint` times d2 w.
    void leaf(int r, int m, double v, double share, double by, double adjoint, NestTree.Scales scales) {
        int from = start[r];
        int to = start[r + 1];
        double mu = scales.mu[m];
        for (int a = from; a < to; a++) {
            scaled[a] = mu * factor[a];
            mean[m * count + placeAt[a]] += share * scaled[a];
        }
        outer(from, to, by);
        int[] slots = scales.slots[m];
        for (int b = 0; b < slots.length; b++) {
            int j = place[slots[b]];
            double d = v * scales.slopes[m][b];
            mean[m * count + j] += share * d;
            for (int a = from; a < to; a++) cross(placeAt[a], j, (by * scaled[a] * v + adjoint * factor[a]) * scales.slopes[m][b]);
            square[j * count + j] += by * d * d;
            for (int c = 0; c < b; c++) cross(j, place[slots[c]], by * d * v * scales.slopes[m][c]);
        }
    }

    private void outer(int from, int to, double by) {
        for (int a = from; a < to; a++) {
            double x = by * scaled[a];
            int i = placeAt[a];
            square[i * count + i] += x * scaled[a];
            for (int b = from; b < a; b++) cross(i, placeAt[b], x * scaled[b]);
        }
    }

    /// All children of m are in: takes `by` times the outer product of the mean from the sum.
    void close(int m, double by) {
        int from = m * count;
        for (int i = 0; i < count; i++) {
            double x = by * mean[from + i];
            if (x != 0) for (int j = 0; j <= i; j++) square[i * count + j] -= x * mean[from + j];
        }
    }

    /// The curvature of worth = L / mu, `adjoint` times, and of mu, `adjointMu` times; then the mean becomes the gradient of the worth.
    void worth(int m, double logSum, double adjoint, double adjointMu, NestTree.Scales scales) {
        double mu = scales.mu[m];
        int from = m * count;
        int[] slots = scales.slots[m];
        double[] slope = scales.slopes[m];
        for (int b = 0; b < slots.length; b++) {
            int j = place[slots[b]];
            for (int i = 0; i < count; i++) if (mean[from + i] != 0) cross(i, j, -adjoint * mean[from + i] * slope[b] / (mu * mu));
            for (int c = 0; c <= b; c++) {
                double x = 2 * adjoint * logSum * slope[b] * slope[c] / (mu * mu * mu) + adjointMu * scales.bend(m, b, c);
                cross(j, place[slots[c]], c == b ? x / 2 : x);
            }
        }
        for (int i = 0; i < count; i++) mean[from + i] /= mu;
        for (int b = 0; b < slots.length; b++) mean[from + place[slots[b]]] -= logSum * slope[b] / (mu * mu);
    }

    /// Node m as a child of `up`, w = mu worth: as a leaf is.
    void node(int m, int up, double worth, double share, double by, double adjoint, NestTree.Scales scales) {
        int from = m * count;
        int[] slots = scales.slots[up];
        for (int i = 0; i < count; i++) child[i] = scales.mu[up] * mean[from + i];
        for (int b = 0; b < slots.length; b++) {
            int j = place[slots[b]];
            child[j] += worth * scales.slopes[up][b];
            for (int i = 0; i < count; i++) if (mean[from + i] != 0) cross(i, j, adjoint * mean[from + i] * scales.slopes[up][b]);
        }
        for (int i = 0; i < count; i++) {
            mean[up * count + i] += share * child[i];
            double x = by * child[i];
            if (x != 0) for (int j = 0; j <= i; j++) square[i * count + j] += x * child[j];
        }
    }

    /// Adds `weight` times the sum to `hessian` (size x size), below the diagonal.
    void addHessianTo(double[] hessian, double weight, int size) {
        for (int i = 0; i < count; i++)
            for (int j = 0; j <= i; j++) {
                int a = Math.max(touched[i], touched[j]);
                int b = Math.min(touched[i], touched[j]);
                hessian[a * size + b] += weight * square[i * count + j];
            }
    }
}
