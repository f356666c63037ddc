package xiaxiang.engine.choice;

import java.util.Arrays;
import xiaxiang.engine.numeric.Bounds;
import xiaxiang.engine.numeric.Maximum;
import xiaxiang.engine.numeric.Objective;
import xiaxiang.engine.numeric.Semidefinite;
import xiaxiang.engine.numeric.TrustRegion;

/// The likelihood of shop totals under a spatial choice model: who lives where and spends how much, which shops there are, and what the tills say. Zeros are as
/// good as any other total.
///
/// Origin i spends its power in shop j with probability P = exp(u_ij) / (1 if buying nothing is a choice + the sum of exp(u)); the expected total of shop j
/// from a group of origins is the sum of power x P.
/// The value is the logarithm of the likelihood less that of a model that meets every total: at most 0. Totals of money or of phones in batches vary much more
/// than counts:
/// then it is a quasi-likelihood, right for the coefficients, and [TotalsFit] scales the errors. Totals not known are NaN and left out.
/// Cost: pairs x factors^2 a step, about ten steps. Source: McCullagh and Nelder (1989), 9; Huff (1964) for the totals.
public final class ShareTotals implements Objective {
    private static final int ITERATIONS = 200;
    /// Information on a coefficient falls like exp(-|coefficient|) as it runs to infinity; no real one loses this much on the way from the start.
    private static final double GONE = 1e-5;

    /// What of the totals is explained.
    public enum Likelihood {
        /// How each group's known total splits among the shops; its level is taken as it is. Needs no knowledge of the unit of the purchasing power.
        MULTINOMIAL,
        /// The totals themselves, level included: with buying nothing as a choice, how much is bought at all.
        POISSON
    }

    /// How a fit ended.
    public sealed interface Outcome {
        /// The coefficients with their errors.
        record Fitted(TotalsFit fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    final Catchments market;
    final Utility.Linear utility;
    final double[] totals;
    final Likelihood likelihood;
    private final int size;

    /// `utility` has one case a pair of the market; `totals` is groups x shops, row-major, each >= 0 or NaN; `size` is the number of coefficients, of which the
    /// utility may use some.
    /// Throws IllegalArgumentException where lengths do not fit or a total is below 0.
    public ShareTotals(Catchments market, Utility.Linear utility, double[] totals, Likelihood likelihood, int size) {
        if (utility.constant.length != market.shop.length || totals.length != market.cells())
            throw new IllegalArgumentException("Expected a utility of " + market.shop.length + " pairs and " + market.cells() + " totals, got "
                    + utility.constant.length + " and " + totals.length + ".");
        for (double y : totals) if (y < 0 || y == Double.POSITIVE_INFINITY) throw new IllegalArgumentException("A total (" + y + ") must be at least 0. Maybe returns exceed sales?");
        for (int p : utility.parameter) if (p < 0 || p >= size) throw new IllegalArgumentException("The utility uses coefficient " + p + " of " + size + ".");
        this.market = market;
        this.utility = utility;
        this.totals = totals.clone();
        this.likelihood = likelihood;
        this.size = size;
    }

    /// Fits all coefficients from `start`.
    public Outcome fit(double[] start) {
        if (Arrays.stream(totals).filter(y -> y > 0).count() < 2) return new Outcome.Refused("Fewer than two totals are above 0: there is nothing to compare.");
        Maximum end = TrustRegion.maximize(this, start, Bounds.none(size), ITERATIONS);
        if (end.reason() == Maximum.Reason.UNDEFINED)
            return new Outcome.Refused("The likelihood is not finite at the start: a shop that sold is in nobody's catchment, or a utility overflows. "
                    + "Check the pairs, and scale the factors.");
        double[] curvature = Arrays.stream(end.hessian()).map(h -> -h).toArray();
        Semidefinite information = new Semidefinite(curvature, size);
        if (information.rank() < size)
            return new Outcome.Refused("Coefficient " + information.weakest() + " cannot be told from the others by these totals: it does not vary "
                    + "within a catchment, or one of its values has no sales at all. Leave it out or fix it.");
        int runaway = runaway(start, end.theta());
        if (runaway >= 0)
            return new Outcome.Refused("Coefficient " + runaway + " runs to infinity (" + end.theta()[runaway]
                    + " so far): all shops with one of its values sold nothing, or everything. Leave it out, or join it with another.");
        if (end.reason() == Maximum.Reason.ITERATIONS)
            return new Outcome.Refused("No maximum within " + ITERATIONS + " steps; the slope is still " + end.gradientNorm()
                    + ". Perhaps a coefficient runs to infinity; leave factors out.");
        return new Outcome.Fitted(new TotalsFit(this, end, information));
    }

    /// The coefficient that has lost its information, or -1.
    private int runaway(double[] from, double[] to) {
        double[] before = information(from);
        double[] after = information(to);
        for (int a = 0; a < size; a++) if (after[a] < GONE * before[a]) return a;
        return -1;
    }

    /// Expected information on each coefficient, per unit of what is expected to be sold.
    private double[] information(double[] theta) {
        Expected e = new Expected(theta);
        double[] out = new double[size];
        int t = utility.parameter.length;
        for (int c = 0; c < totals.length; c++) if (e.total[c] > 0) for (int a = 0; a < t; a++) out[utility.parameter[a]] += e.slope[c * t + a] * e.slope[c * t + a] / e.total[c];
        return out;
    }

    @Override
    public int size() {
        return size;
    }

    /// The expected totals at the coefficients, groups x shops: of shops with and without a known total.
    public double[] expected(double[] theta) {
        return new Expected(theta).total;
    }

    @Override
    public double at(double[] theta, double[] gradient, double[] hessian) {
        Expected e = new Expected(theta);
        double value = value(e);
        if (gradient.length == 0 && hessian.length == 0) return value;
        double[] residual = residuals(e);
        int t = utility.parameter.length;
        if (gradient.length > 0) {
            Arrays.fill(gradient, 0);
            for (int c = 0; c < residual.length; c++) if (residual[c] != 0) for (int a = 0; a < t; a++) gradient[utility.parameter[a]] += residual[c] * e.slope[c * t + a];
        }
        if (hessian.length > 0) {
            double[] inner = e.curvature(residual);
            outer(e, inner);
            Arrays.fill(hessian, 0);
            for (int a = 0; a < t; a++) for (int b = 0; b < t; b++) hessian[utility.parameter[a] * size + utility.parameter[b]] = inner[a * t + b];
        }
        return value;
    }

    private double value(Expected e) {
        double value = 0;
        double[] known = new double[market.groups];
        double[] guess = new double[market.groups];
        for (int c = 0; c < totals.length; c++) {
            double y = totals[c];
            if (Double.isNaN(y)) continue;
            known[c / market.shops] += y;
            guess[c / market.shops] += e.total[c];
            if (y > 0) value += y * Math.log(e.total[c] / y);
            if (likelihood == Likelihood.POISSON) value -= e.total[c] - y;
        }
        if (likelihood == Likelihood.MULTINOMIAL) for (int g = 0; g < known.length; g++) if (known[g] > 0) value -= known[g] * Math.log(guess[g] / known[g]);
        return value;
    }

    /// Of each total, the derivative of the value in its expectation.
    double[] residuals(Expected e) {
        double[] level = levels(e);
        double[] out = new double[totals.length];
        for (int c = 0; c < out.length; c++) if (!Double.isNaN(totals[c])) out[c] = (totals[c] == 0 ? 0 : totals[c] / e.total[c]) - level[c / market.shops];
        return out;
    }

    /// By group, what an expected total is multiplied by to meet the known level: 1 where the level itself is explained.
    double[] levels(Expected e) {
        double[] level = new double[market.groups];
        if (likelihood == Likelihood.POISSON) {
            Arrays.fill(level, 1);
            return level;
        }
        double[] guess = new double[market.groups];
        for (int c = 0; c < totals.length; c++) {
            if (Double.isNaN(totals[c])) continue;
            level[c / market.shops] += totals[c];
            guess[c / market.shops] += e.total[c];
        }
        for (int g = 0; g < level.length; g++) level[g] = guess[g] > 0 ? level[g] / guess[g] : 0;
        return level;
    }

    /// Known totals that can vary: less one for each group of which only the split counts.
    int known(Expected e) {
        int count = 0;
        for (int c = 0; c < totals.length; c++) if (!Double.isNaN(totals[c]) && e.total[c] > 0) count++;
        return likelihood == Likelihood.MULTINOMIAL ? count - market.groups : count;
    }

    /// What the totals' variance is of their expectation, where `coefficients` were fitted to them; NaN where nothing is left to tell it.
    /// Fletcher (2012): Pearson's, but one sale where next to none was expected does not decide alone.
    double dispersion(Expected e, int coefficients) {
        double[] level = levels(e);
        double pearson = 0;
        double skew = 0;
        int count = 0;
        for (int c = 0; c < totals.length; c++) {
            double mu = level[c / market.shops] * e.total[c];
            if (Double.isNaN(totals[c]) || !(mu > 0)) continue;
            pearson += (totals[c] - mu) * (totals[c] - mu) / mu;
            skew += (totals[c] - mu) / mu;
            count++;
        }
        int freedom = known(e) - coefficients;
        return freedom > 0 ? pearson / freedom / (1 + skew / count) : Double.NaN;
    }

    /// Takes y / mu^2 times the slopes' square from `inner`, and for a split adds the group's own.
    private void outer(Expected e, double[] inner) {
        int t = utility.parameter.length;
        for (int c = 0; c < totals.length; c++) if (totals[c] > 0) add(inner, -totals[c] / (e.total[c] * e.total[c]), e.slope, c * t);
        if (likelihood == Likelihood.POISSON) return;
        double[] level = levels(e);
        double[] slope = new double[market.groups * t];
        double[] guess = new double[market.groups];
        sumByGroup(e, slope, guess);
        for (int g = 0; g < market.groups; g++) if (guess[g] > 0) add(inner, level[g] / guess[g], slope, g * t);
    }

    /// Sums slopes and expectations of the known totals by group.
    void sumByGroup(Expected e, double[] slope, double[] guess) {
        int t = utility.parameter.length;
        for (int c = 0; c < totals.length; c++) {
            if (Double.isNaN(totals[c])) continue;
            guess[c / market.shops] += e.total[c];
            for (int a = 0; a < t; a++) slope[c / market.shops * t + a] += e.slope[c * t + a];
        }
    }

    private static void add(double[] square, double factor, double[] v, int from) {
        int t = (int) Math.round(Math.sqrt(square.length));
        for (int a = 0; a < t; a++) for (int b = 0; b < t; b++) square[a * t + b] += factor * v[from + a] * v[from + b];
    }

    /// Expected totals, and their slopes in the utility's own coefficients, at one value of all coefficients.
    final class Expected {
        final double[] total = new double[totals.length];
        /// Cells x factors.
        final double[] slope;
        private final double[] probability = new double[market.shop.length];
        /// Origins x factors: the mean of each factor under the probabilities, 0 for buying nothing.
        private final double[] mean;
        private final int factors = utility.parameter.length;

        Expected(double[] theta) {
            slope = new double[totals.length * factors];
            mean = new double[market.origins() * factors];
            for (int i = 0; i < market.origins(); i++) {
                choose(i, theta);
                spend(i);
            }
        }

        private void choose(int i, double[] theta) {
            int end = market.start[i + 1];
            double top = market.outside ? 0 : Double.NEGATIVE_INFINITY;
            for (int p = market.start[i]; p < end; p++) {
                double u = utility.constant[p];
                for (int a = 0; a < factors; a++) u += theta[utility.parameter[a]] * utility.factor[a][p];
                probability[p] = u;
                top = Math.max(top, u);
            }
            double sum = market.outside ? Math.exp(-top) : 0;
            for (int p = market.start[i]; p < end; p++) {
                probability[p] = Math.exp(probability[p] - top);
                sum += probability[p];
            }
            for (int p = market.start[i]; p < end; p++) {
                probability[p] /= sum;
                for (int a = 0; a < factors; a++) mean[i * factors + a] += probability[p] * utility.factor[a][p];
            }
        }

        private void spend(int i) {
            for (int p = market.start[i]; p < market.start[i + 1]; p++) {
                int c = market.group[i] * market.shops + market.shop[p];
                double spent = market.power[i] * probability[p];
                total[c] += spent;
                for (int a = 0; a < factors; a++) slope[c * factors + a] += spent * (utility.factor[a][p] - mean[i * factors + a]);
            }
        }

        /// The sum over totals of residual times the second derivatives of the expectation, factors x factors.
        double[] curvature(double[] residual) {
            double[] out = new double[factors * factors];
            double[] own = new double[factors * factors];
            double[] z = new double[factors];
            for (int i = 0; i < market.origins(); i++) {
                Arrays.fill(own, 0);
                double pulled = 0;
                double bought = 0;
                for (int p = market.start[i]; p < market.start[i + 1]; p++) {
                    double r = residual[market.group[i] * market.shops + market.shop[p]];
                    for (int a = 0; a < factors; a++) z[a] = utility.factor[a][p] - mean[i * factors + a];
                    add(out, market.power[i] * r * probability[p], z, 0);
                    add(own, probability[p], z, 0);
                    pulled += r * probability[p];
                    bought += probability[p];
                }
                if (market.outside) add(own, 1 - bought, mean, i * factors);
                for (int ab = 0; ab < out.length; ab++) out[ab] -= market.power[i] * pulled * own[ab];
            }
            return out;
        }
    }
}
