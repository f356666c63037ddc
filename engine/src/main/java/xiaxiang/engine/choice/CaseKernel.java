package xiaxiang.engine.choice;

import java.util.Arrays;

/// The log of the probability of a choice in one case, with its derivatives in the coefficients that move: any tree of nests, any utilities.
///
/// With L_m = ln(sum over children c of exp(mu_m I_c)), I_m = L_m / mu_m and I = V at a leaf, ln P(chosen) is the sum over its path of mu_m I_c - L_m.
/// Derivatives go backwards through this: the adjoints of V and mu are the gradient, and each L_m adds its adjoint times a covariance to the Hessian.
/// Cost a case of J rows with T coefficients each: J exp, and J T^2 plus nodes times the square of the coefficients touched. One thread only.
final class CaseKernel {
    private final ChoiceModel model;
    private final Choices choices;
    private final NestTree tree;
    private final double[] beta;
    private final NestTree.Scales scales;

    private int base;
    private int rows;
    private int pick;
    private double[] v = {};
    private double[] share = {};
    private double[] adjoint = {};
    private int[] node = {};
    private final double[] leafTop;
    private final double[] top;
    private final double[] sum;
    private final double[] logSum;
    private final double[] worth;
    private final double[] nodeShare;
    private final boolean[] onPath;
    private final double[] edge;
    private final double[] adjointWorth;
    private final double[] adjointLog;
    private final double[] adjointMu;

    private final Terms terms;

    /// At the coefficients `beta`, all of them; kept, not copied, so that random ones may change between calls.
    CaseKernel(ChoiceModel model, NestTree tree, Slots slots, double[] beta) {
        this.model = model;
        this.choices = model.choices();
        this.tree = tree;
        this.beta = beta;
        this.terms = new Terms(model, slots.slot, slots.moving);
        this.scales = tree.at(beta, slots.slot);
        int n = tree.nodes;
        leafTop = new double[n];
        top = new double[n];
        sum = new double[n];
        logSum = new double[n];
        worth = new double[n];
        nodeShare = new double[n];
        onPath = new boolean[n];
        edge = new double[n];
        adjointWorth = new double[n];
        adjointLog = new double[n];
        adjointMu = new double[n];
    }

    /// The logs of the probabilities of all rows of case n, into `out`.
    void logProbabilities(int n, double[] out) {
        worths(n);
        for (int r = 0; r < rows; r++) out[r] = logProbability(r);
    }

    /// The log of the probability of row `row` (one of case n's).
    double at(int n, int row) {
        worths(n);
        pick = row - base;
        return logProbability(pick);
    }

    private double logProbability(int r) {
        int m = node[r];
        double log = scales.mu[m] * v[r] - logSum[m];
        for (; m != tree.root; m = tree.above[m]) log += scales.mu[tree.above[m]] * worth[m] - logSum[tree.above[m]];
        return log;
    }

    private void worths(int n) {
        base = choices.first[n];
        rows = choices.first[n + 1] - base;
        if (v.length < rows) grow();
        Arrays.fill(leafTop, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0);
        for (int r = 0; r < rows; r++) {
            int j = choices.alternative[base + r];
            v[r] = choices.offset[base + r] + value(model.utility(j), choices.index[base + r]);
            int m = tree.nodeOf[j];
            node[r] = m;
            leafTop[m] = Math.max(leafTop[m], scales.mu[m] * v[r]);
        }
        for (int r = 0; r < rows; r++) {
            int m = node[r];
            share[r] = leafTop[m] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(scales.mu[m] * v[r] - leafTop[m]);
            sum[m] += share[r];
        }
        System.arraycopy(leafTop, 0, top, 0, tree.nodes);
        for (int m = 0; m < tree.nodes; m++) close(m);
    }

    /// All children of m are known: its sum, and what it adds to the node above.
    private void close(int m) {
        logSum[m] = sum[m] > 0 ? top[m] + Math.log(sum[m]) : Double.isNaN(sum[m]) ? Double.NaN : Double.NEGATIVE_INFINITY;
        if (m == tree.root) return;
        worth[m] = logSum[m] / scales.mu[m];
        int up = tree.above[m];
        double w = scales.mu[up] * worth[m];
        if (w == Double.NEGATIVE_INFINITY) return;
        if (w > top[up]) {
            sum[up] = (sum[up] == 0 ? 0 : sum[up] * Math.exp(top[up] - w)) + 1;
            top[up] = w;
        } else sum[up] += Math.exp(w - top[up]);
    }

    private void grow() {
        v = new double[2 * rows];
        share = new double[2 * rows];
        adjoint = new double[2 * rows];
        node = new int[2 * rows];
    }

    private double value(Utility u, int i) {
        return switch (u) {
            case Utility.Linear l -> {
                double s = l.constant[i];
                for (int t = 0; t < l.parameter.length; t++) s += beta[l.parameter[t]] * l.factor[t][i];
                yield s;
            }
            case Utility.Curved c -> c.at(i, beta, Terms.NONE, Terms.NONE);
        };
    }

    /// Adds `weight` times the gradient of what [#at] returned and, unless `hessian` is empty, times its Hessian (as large as the gradient, squared),
    /// of which only the half below the diagonal.
    void addDerivatives(double weight, double[] gradient, double[] hessian) {
        adjoints();
        terms.read(base, rows, beta, hessian.length > 0);
        for (int r = 0; r < rows; r++) terms.addTo(gradient, r, weight * adjoint[r]);
        for (int m = 0; m < tree.root; m++) for (int a = 0; a < scales.slots[m].length; a++) gradient[scales.slots[m][a]] += weight * adjointMu[m] * scales.slopes[m][a];
        if (hessian.length == 0) return;
        terms.begin(rows, scales);
        for (int r = 0; r < rows; r++) leaf(r);
        for (int m = 0; m < tree.nodes; m++) if (logSum[m] != Double.NEGATIVE_INFINITY) node(m);
        terms.addHessianTo(hessian, weight, gradient.length);
    }

    private void adjoints() {
        Arrays.fill(onPath, false);
        Arrays.fill(adjointMu, 0);
        for (int m = node[pick]; m >= 0; m = tree.above[m]) onPath[m] = true;
        for (int m = tree.root; m >= 0; m--) {
            double direct = onPath[m] ? -1 : 0;
            adjointLog[m] = direct;
            adjointWorth[m] = 0;
            edge[m] = 0;
            if (m == tree.root || logSum[m] == Double.NEGATIVE_INFINITY) continue;
            int up = tree.above[m];
            nodeShare[m] = Math.exp(scales.mu[up] * worth[m] - logSum[up]);
            edge[m] = -direct + adjointLog[up] * nodeShare[m];
            adjointWorth[m] = scales.mu[up] * edge[m];
            adjointMu[up] += edge[m] * worth[m];
            adjointLog[m] += adjointWorth[m] / scales.mu[m];
            adjointMu[m] -= adjointWorth[m] * worth[m] / scales.mu[m];
        }
        for (int m = 0; m < tree.nodes; m++) top[m] = leafTop[m] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(leafTop[m] - logSum[m]);
        for (int r = 0; r < rows; r++) {
            int m = node[r];
            share[r] *= top[m];
            double e = (r == pick ? 1 : 0) + adjointLog[m] * share[r];
            adjoint[r] = scales.mu[m] * e;
            if (e != 0) adjointMu[m] += e * v[r];
        }
    }

    /// A leaf's own curvature, its part of the covariance below its node, and of the mean there.
    private void leaf(int r) {
        int m = node[r];
        if (adjoint[r] != 0) terms.curve(r, adjoint[r]);
        if (share[r] != 0 || r == pick) terms.leaf(r, m, v[r], share[r], adjointLog[m] * share[r], adjoint[r] / scales.mu[m], scales);
    }

    private void node(int m) {
        terms.close(m, adjointLog[m]);
        if (m == tree.root) return;
        int up = tree.above[m];
        terms.worth(m, logSum[m], adjointWorth[m], adjointMu[m], scales);
        terms.node(m, up, worth[m], nodeShare[m], adjointLog[up] * nodeShare[m], edge[m], scales);
    }
}
