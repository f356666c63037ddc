package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;

/// Units of a mixed logit without nests whose utilities are all linear: as [MixedKernel], a block of draws at a time in loops over contiguous numbers.
///
/// All is taken relative to the chosen row: with d_j = V_j - V_chosen and z_j its gradient, g_t = -sum P z and the Hessian of a case is
/// g_t g_t' - sum P z z' - sum P d2 d. Cost a draw and case of J rows: J exp, and J times its terms plus the square of the unit's coefficients.
final class LinearMixedKernel implements UnitKernel {
    private static final int BLOCK = 128;
    /// Below it a mean of probabilities may have lost what underflowed.
    private static final double FADED = 1e-250;
    /// Above it an exponential may overflow a sum.
    private static final double STEEP = 600;

    private final Choices choices;
    private final Draws draws;
    private final List<RandomCoefficient> random;
    private final int number;
    private final double[] beta;
    private final double[][] z;
    private final double[][] coefficient;
    private final Multipliers multipliers;
    private final UnitTerms terms;

    private double[][] p = {};
    private double[][] g = {};
    private double[][] total = {};
    private double[][] heavy = {};
    private final double[] log = new double[BLOCK];
    private final double[] w = new double[BLOCK];
    private final double[] s = new double[BLOCK];
    private final double[] product = new double[BLOCK];
    private double[] gradient = {};
    private double[] hessian = {};
    private double top;
    private double sum;

    /// Whether a model is of this kind.
    static boolean fits(ChoiceModel model) {
        return model.nests().nests().isEmpty() && model.utilities().stream().allMatch(u -> u instanceof Utility.Linear);
    }

    LinearMixedKernel(ChoiceModel model, Slots slots, double[] beta, int number) {
        choices = model.choices();
        draws = model.mixture().draws();
        random = model.mixture().coefficients();
        this.number = number;
        this.beta = beta;
        z = new double[random.size()][BLOCK];
        coefficient = new double[random.size()][BLOCK];
        multipliers = new Multipliers(random, z, coefficient, BLOCK);
        terms = new UnitTerms(model, slots, beta, multipliers);
    }

    @Override
    public double add(int unit, int[] cases, int from, int to, double[] score, double[] hessianSum) {
        double weight = choices.weight[cases[from]];
        if (weight == 0) return 0;
        terms.read(cases, from, to, score.length > 0);
        room(to - from);
        boolean single = to - from == 1;
        pass(unit, single, score.length > 0, hessianSum.length > 0);
        if (single && !(sum > FADED * number)) pass(unit, false, score.length > 0, hessianSum.length > 0);
        if (score.length > 0) spread(weight, score, hessianSum);
        return weight * (top + Math.log(sum / number));
    }

    private void room(int cases) {
        if (p.length < terms.rows) p = new double[2 * terms.rows][BLOCK];
        int need = terms.count * cases;
        if (g.length < need) g = new double[2 * need][BLOCK];
        if (total.length < terms.count) {
            total = new double[2 * terms.count][BLOCK];
            heavy = new double[2 * terms.count][BLOCK];
            gradient = new double[2 * terms.count];
            hessian = new double[4 * terms.count * terms.count];
        }
    }

    /// All draws of the unit: with `direct` its one probability is summed as it is, otherwise logs are, relative to the largest.
    private void pass(int unit, boolean direct, boolean first, boolean second) {
        top = direct ? 0 : Double.NEGATIVE_INFINITY;
        sum = 0;
        Arrays.fill(gradient, 0);
        Arrays.fill(hessian, 0);
        Draws.Stream stream = draws.of(unit, random);
        for (int r = 0; r < number; r += BLOCK) {
            int count = Math.min(BLOCK, number - r);
            stream.next(z, count);
            coefficients(count);
            if (first) multipliers.fill(count);
            Arrays.fill(log, 0);
            for (int t = 0; t < terms.cases; t++) probabilities(t, count, direct);
            weigh(count, direct);
            if (first) derivatives(count, second);
        }
    }

    private void coefficients(int count) {
        for (int q = 0; q < random.size(); q++) {
            RandomCoefficient c = random.get(q);
            double mean = beta[c.mean()];
            double deviation = beta[c.deviation()];
            double[] to = coefficient[q];
            for (int r = 0; r < count; r++) to[r] = mean + deviation * z[q][r];
            if (c.distribution() == RandomCoefficient.Distribution.LOG_NORMAL) for (int r = 0; r < count; r++) to[r] = Math.exp(to[r]);
        }
    }

    /// The probabilities of case t's other rows, into p, and that of its chosen row: as it is into w, or its log added to `log`.
    private void probabilities(int t, int count, boolean direct) {
        double most = 0;
        for (int j = terms.first[t]; j < terms.first[t + 1]; j++) {
            double[] d = p[j];
            Arrays.fill(d, 0, count, terms.constant[j]);
            for (int a = terms.randomStart[j]; a < terms.randomStart[j + 1]; a++) addScaled(d, terms.randomFactor[a], coefficient[terms.randomAt[a]], count);
            for (int r = 0; r < count; r++) most = Math.max(most, d[r]);
        }
        if (most < STEEP) plain(t, count);
        else steep(t, count);
        if (direct) for (int r = 0; r < count; r++) w[r] = s[r];
        else if (most < STEEP) for (int r = 0; r < count; r++) log[r] += Math.log(s[r]);
        else for (int r = 0; r < count; r++) log[r] += product[r];
    }

    /// Leaves the probability of the chosen row in s.
    private void plain(int t, int count) {
        Arrays.fill(s, 0, count, 1);
        for (int j = terms.first[t]; j < terms.first[t + 1]; j++) {
            double[] d = p[j];
            for (int r = 0; r < count; r++) {
                double e = Math.exp(d[r]);
                d[r] = e;
                s[r] += e;
            }
        }
        for (int r = 0; r < count; r++) s[r] = 1 / s[r];
        for (int j = terms.first[t]; j < terms.first[t + 1]; j++) multiply(p[j], s, p[j], count);
    }

    /// As [#plain] where an exponential would overflow; leaves the log of the probability of the chosen row in `product`.
    private void steep(int t, int count) {
        for (int r = 0; r < count; r++) {
            double most = 0;
            for (int j = terms.first[t]; j < terms.first[t + 1]; j++) most = Math.max(most, p[j][r]);
            double all = Math.exp(-most);
            for (int j = terms.first[t]; j < terms.first[t + 1]; j++) all += Math.exp(p[j][r] - most);
            for (int j = terms.first[t]; j < terms.first[t + 1]; j++) p[j][r] = Math.exp(p[j][r] - most) / all;
            s[r] = Math.exp(-most) / all;
            product[r] = -most - Math.log(all);
        }
    }

    private void weigh(int count, boolean direct) {
        if (!direct) {
            double most = top;
            for (int r = 0; r < count; r++) most = Math.max(most, log[r]);
            if (most > top) fall(Math.exp(top - most));
            top = most;
            for (int r = 0; r < count; r++) w[r] = Math.exp(log[r] - top);
        }
        double part = 0;
        for (int r = 0; r < count; r++) part += w[r];
        sum += part;
    }

    private void fall(double by) {
        sum *= by;
        for (int a = 0; a < terms.count; a++) gradient[a] *= by;
        for (int a = 0; a < terms.count * terms.count; a++) hessian[a] *= by;
    }

    private void derivatives(int count, boolean second) {
        int k = terms.count;
        for (int a = 0; a < k; a++) Arrays.fill(total[a], 0, count, 0);
        for (int t = 0; t < terms.cases; t++) {
            for (int a = 0; a < k; a++) Arrays.fill(g[t * k + a], 0, count, 0);
            for (int j = terms.first[t]; j < terms.first[t + 1]; j++) slopes(t, j, count);
            if (terms.cases > 1) for (int a = 0; a < k; a++) addScaled(total[a], 1, g[t * k + a], count);
        }
        double[][] all = terms.cases > 1 ? total : g;
        for (int a = 0; a < k; a++) {
            multiply(w, all[a], heavy[a], count);
            gradient[a] += total(heavy[a], count);
        }
        if (!second) return;
        // One case: g g' stands once for the product of scores and once for the case's own covariance.
        double times = terms.cases > 1 ? 1 : 2;
        for (int a = 0; a < k; a++) for (int b = 0; b <= a; b++) hessian[a * k + b] += times * dot(heavy[a], all[b], count);
        for (int t = 0; t < terms.cases; t++) curvature(t, count);
    }

    /// Takes P z of row j from the gradient of case t.
    private void slopes(int t, int j, int count) {
        int k = terms.count;
        for (int a = terms.start[j]; a < terms.start[j + 1]; a++) {
            double[] to = g[t * k + terms.at[a]];
            if (terms.multiplier[a] == 0) addScaled(to, -terms.factor[a], p[j], count);
            else addProduct(to, -terms.factor[a], p[j], multipliers.value(terms.multiplier[a]), count);
        }
    }

    private void curvature(int t, int count) {
        int k = terms.count;
        if (terms.cases > 1)
            for (int a = 0; a < k; a++) {
                multiply(w, g[t * k + a], heavy[a], count);
                for (int b = 0; b <= a; b++) hessian[a * k + b] += dot(heavy[a], g[t * k + b], count);
            }
        for (int j = terms.first[t]; j < terms.first[t + 1]; j++) {
            multiply(w, p[j], product, count);
            rows(j, count);
        }
    }

    /// Takes the weighted mean of P z z' of row j, and of P times its own curvature, from the Hessian.
    private void rows(int j, int count) {
        int k = terms.count;
        multipliers.moments(product, s, count);
        for (int a = terms.start[j]; a < terms.start[j + 1]; a++)
            for (int b = terms.start[j]; b <= a; b++) {
                double x = terms.factor[a] * terms.factor[b] * multipliers.moment(terms.multiplier[a], terms.multiplier[b]);
                int i = Math.max(terms.at[a], terms.at[b]);
                int l = Math.min(terms.at[a], terms.at[b]);
                hessian[i * k + l] -= i == l && a != b ? 2 * x : x;
            }
        for (int a = terms.randomStart[j]; a < terms.randomStart[j + 1]; a++) bend(terms.randomAt[a], terms.randomFactor[a]);
    }

    /// A log-normal coefficient b = exp(m + s z) curves: its second derivatives are b, b z and b z z.
    private void bend(int q, double factor) {
        if (random.get(q).distribution() != RandomCoefficient.Distribution.LOG_NORMAL) return;
        int k = terms.count;
        int mean = terms.place(random.get(q).mean());
        int deviation = terms.place(random.get(q).deviation());
        if (mean >= 0) hessian[mean * k + mean] -= factor * multipliers.moment(0, multipliers.ofMean(q));
        if (deviation >= 0) hessian[deviation * k + deviation] -= factor * multipliers.bentMoment(q);
        if (mean >= 0 && deviation >= 0) {
            double x = factor * multipliers.moment(0, multipliers.ofDeviation(q));
            hessian[Math.max(mean, deviation) * k + Math.min(mean, deviation)] -= mean == deviation ? 2 * x : x;
        }
    }

    private void spread(double weight, double[] score, double[] hessianSum) {
        int k = terms.count;
        for (int a = 0; a < k; a++) score[terms.touched[a]] += weight * gradient[a] / sum;
        if (hessianSum.length == 0) return;
        for (int a = 0; a < k; a++)
            for (int b = 0; b <= a; b++) {
                int i = Math.max(terms.touched[a], terms.touched[b]);
                int j = Math.min(terms.touched[a], terms.touched[b]);
                hessianSum[i * score.length + j] += weight * (hessian[a * k + b] - gradient[a] * gradient[b] / sum) / sum;
            }
    }

    private static void addScaled(double[] to, double by, double[] what, int count) {
        for (int r = 0; r < count; r++) to[r] += by * what[r];
    }

    private static void addProduct(double[] to, double by, double[] a, double[] b, int count) {
        for (int r = 0; r < count; r++) to[r] += by * a[r] * b[r];
    }

    static void multiply(double[] a, double[] b, double[] to, int count) {
        for (int r = 0; r < count; r++) to[r] = a[r] * b[r];
    }

    /// Four sums side by side: a processor adds them at the same time.
    static double total(double[] a, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int r = 0;
        for (; r + 3 < count; r += 4) {
            s0 += a[r];
            s1 += a[r + 1];
            s2 += a[r + 2];
            s3 += a[r + 3];
        }
        for (; r < count; r++) s0 += a[r];
        return (s0 + s1) + (s2 + s3);
    }

    static double dot(double[] a, double[] b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int r = 0;
        for (; r + 3 < count; r += 4) {
            s0 += a[r] * b[r];
            s1 += a[r + 1] * b[r + 1];
            s2 += a[r + 2] * b[r + 2];
            s3 += a[r + 3] * b[r + 3];
        }
        for (; r < count; r++) s0 += a[r] * b[r];
        return (s0 + s1) + (s2 + s3);
    }
}
