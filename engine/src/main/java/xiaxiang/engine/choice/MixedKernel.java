package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;

/// Units of any mixed logit: the mean over draws of the product over the unit's cases, one draw after another.
///
/// With w_r the share of draw r in the likelihood, g_r and h_r its derivatives, the gradient is sum w g and the Hessian sum w (h + g g') - (sum w g)(sum w g)'.
/// Likelihoods are kept relative to the largest seen. Cost: the case's cost times the draws. Source: Train (2009), 10.2.
final class MixedKernel implements UnitKernel {
    private static final int BLOCK = 64;

    private final ChoiceModel model;
    private final Choices choices;
    private final Slots slots;
    private final List<RandomCoefficient> random;
    private final CaseKernel kernel;
    private final double[] beta;
    private final int draws;
    private final int k;
    private final double[] slotGradient;
    private final double[] slotHessian;
    private final double[] g;
    private final double[] gradient;
    private final double[] hessian;
    private final double[][] z;
    private double top;
    private double sum;

    MixedKernel(ChoiceModel model, NestTree tree, Slots slots, double[] beta, int draws) {
        this.model = model;
        this.choices = model.choices();
        this.slots = slots;
        this.draws = draws;
        this.beta = beta.clone();
        random = model.mixture().coefficients();
        kernel = new CaseKernel(model, tree, slots, this.beta);
        k = slots.free.length;
        slotGradient = new double[slots.moving];
        slotHessian = new double[slots.moving * slots.moving];
        g = new double[k];
        gradient = new double[k];
        hessian = new double[k * k];
        z = new double[random.size()][BLOCK];
    }

    @Override
    public double add(int unit, int[] cases, int from, int to, double[] score, double[] hessianSum) {
        double weight = choices.weight[cases[from]];
        if (weight == 0) return 0;
        top = Double.NEGATIVE_INFINITY;
        sum = 0;
        Arrays.fill(gradient, 0);
        Arrays.fill(hessian, 0);
        Draws.Stream stream = model.mixture().draws().of(unit, random);
        for (int r = 0; r < draws; r += BLOCK) {
            int count = Math.min(BLOCK, draws - r);
            stream.next(z, count);
            for (int i = 0; i < count; i++) draw(i, cases, from, to, score.length > 0, hessianSum.length > 0);
        }
        for (int a = 0; a < score.length; a++) score[a] += weight * gradient[a] / sum;
        if (hessianSum.length > 0) for (int a = 0; a < k; a++) for (int b = 0; b <= a; b++) hessianSum[a * k + b] += weight * (hessian[a * k + b] - gradient[a] * gradient[b] / sum) / sum;
        return weight * (top + Math.log(sum / draws));
    }

    private void draw(int i, int[] cases, int from, int to, boolean first, boolean second) {
        for (int q = 0; q < random.size(); q++) beta[model.parameters().size() + q] = random.get(q).at(beta, z[q][i]);
        double log = 0;
        Arrays.fill(slotGradient, 0);
        if (second) Arrays.fill(slotHessian, 0);
        for (int c = from; c < to; c++) {
            log += kernel.at(cases[c], choices.chosen[cases[c]]);
            if (first) kernel.addDerivatives(1, slotGradient, second ? slotHessian : Terms.NONE);
        }
        double w = weigh(log);
        if (!first || w == 0) return;
        toParameters(i, w, second);
        for (int a = 0; a < k; a++) gradient[a] += w * g[a];
        if (second) for (int a = 0; a < k; a++) for (int b = 0; b <= a; b++) hessian[a * k + b] += w * g[a] * g[b];
    }

    /// The likelihood of this draw relative to the largest so far; what was summed is brought down where this is larger.
    private double weigh(double log) {
        if (log > top) {
            double fall = sum == 0 ? 0 : Math.exp(top - log);
            sum *= fall;
            for (int a = 0; a < k; a++) gradient[a] *= fall;
            for (int a = 0; a < k * k; a++) hessian[a] *= fall;
            top = log;
        }
        double w = Double.isNaN(log) ? Double.NaN : log == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log - top);
        sum += w;
        return w;
    }

    /// From derivatives in free parameters and random coefficients to those in free parameters alone: g, and w times h into the Hessian.
    private void toParameters(int i, double w, boolean second) {
        System.arraycopy(slotGradient, 0, g, 0, k);
        for (int q = 0; q < random.size(); q++) {
            addTo(g, q, i, slotGradient[k + q]);
        }
        if (!second) return;
        int s = slots.moving;
        for (int a = 0; a < s; a++) for (int b = 0; b <= a; b++) spread(a, b, i, w * slotHessian[a * s + b]);
        for (int q = 0; q < random.size(); q++) bend(q, i, w * slotGradient[k + q]);
    }

    /// The free place of the mean (side 0) or deviation (side 1) of coefficient q; -1 if it is fixed.
    private int side(int q, int side) {
        return slots.slot[side == 0 ? random.get(q).mean() : random.get(q).deviation()];
    }

    /// d coefficient q / d its mean or deviation, at draw i.
    private double slope(int q, int side, int i) {
        double chain = random.get(q).distribution() == RandomCoefficient.Distribution.LOG_NORMAL ? beta[model.parameters().size() + q] : 1;
        return side == 0 ? chain : chain * z[q][i];
    }

    private void addTo(double[] to, int q, int i, double by) {
        for (int side = 0; side < 2; side++) if (side(q, side) >= 0) to[side(q, side)] += by * slope(q, side, i);
    }

    /// Adds x (a b' + b a') of the moving coefficients a >= b, or x a a' where they are one, to the Hessian in the parameters.
    private void spread(int a, int b, int i, double x) {
        if (x == 0) return;
        for (int i1 = 0; i1 < (a < k ? 1 : 2); i1++)
            for (int i2 = 0; i2 < (b < k ? 1 : 2); i2++) {
                int to1 = a < k ? a : side(a - k, i1);
                int to2 = b < k ? b : side(b - k, i2);
                if (to1 < 0 || to2 < 0) continue;
                double y = x * (a < k ? 1 : slope(a - k, i1, i)) * (b < k ? 1 : slope(b - k, i2, i));
                if (a == b && i1 < i2) continue;
                add(to1, to2, a == b && i1 == i2 ? y / 2 : y);
            }
    }

    private void bend(int q, int i, double x) {
        if (random.get(q).distribution() != RandomCoefficient.Distribution.LOG_NORMAL) return;
        for (int i1 = 0; i1 < 2; i1++)
            for (int i2 = 0; i2 <= i1; i2++)
                if (side(q, i1) >= 0 && side(q, i2) >= 0) {
                    double y = x * slope(q, i1, i) * (i2 == 0 ? 1 : z[q][i]);
                    add(side(q, i1), side(q, i2), i1 == i2 ? y / 2 : y);
                }
    }

    /// Adds x (i j' + j i') to the Hessian, below the diagonal.
    private void add(int i, int j, double x) {
        if (i == j) hessian[i * k + i] += 2 * x;
        else hessian[Math.max(i, j) * k + Math.min(i, j)] += x;
    }
}
