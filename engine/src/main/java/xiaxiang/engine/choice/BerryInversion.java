package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import xiaxiang.engine.numeric.LeastSquares;

/// Logit demand from market shares where prices answer to what we do not see: the shares are inverted to mean utilities, which are regressed on price and the
/// rest with instruments.
///
/// Logit: ln s_j - ln s_0 = x b + xi. With nests, sigma ln(s_j within its nest) stands beside the factors, and is endogenous like the price. s_0, buying
/// nothing, is one less the market's shares.
/// Two-step GMM, robust errors. Random coefficients are not fitted. Cost: n m^2 with m instruments. Source: Berry (1994); Nevo (2000) for brand effects.
public final class BerryInversion {
    private static final double WEAK = 10;

    private final TwoStepGmm gmm;
    private final double[] firstStage;
    private final boolean nested;

    private BerryInversion(TwoStepGmm gmm, double[] firstStage, boolean nested) {
        this.gmm = gmm;
        this.firstStage = firstStage;
        this.nested = nested;
    }

    /// Products in markets, one row each. Factors and instruments are `[k][row]`. Arrays are kept, not copied: do not change them.
    ///
    /// `effect`: a number from 0 for each row, such as its brand, whose constant is taken out; empty for none (then give a factor of ones if a constant is wanted).
    /// `nest`: a number from 0 for each row; empty for plain logit. `exogenous` factors are their own instruments; `endogenous` ones, such as price, need
    /// `instruments` that stand nowhere else.
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Products(int[] market, double[] share, double[][] exogenous, double[][] endogenous, double[][] instruments, int[] effect, int[] nest) {
        /// Throws IllegalArgumentException where lengths do not fit.
        public Products {
            int n = share.length;
            if (market.length != n || (effect.length != 0 && effect.length != n) || (nest.length != 0 && nest.length != n))
                throw new IllegalArgumentException("Expected markets, effects and nests of " + n + " products, got " + market.length + ", " + effect.length + " and "
                        + nest.length + ".");
            for (double[][] columns : List.of(exogenous, endogenous, instruments)) for (double[] c : columns) if (c.length != n)
                throw new IllegalArgumentException("A column has " + c.length + " rows, not " + n + ".");
        }
    }

    /// How it ended.
    public sealed interface Outcome {
        /// The coefficients: endogenous first, then sigma where there are nests, then exogenous.
        record Fitted(BerryInversion fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    /// Fits.
    public static Outcome fit(Products p) {
        int n = p.share.length;
        double[] rest = new double[1 + Arrays.stream(p.market).max().orElse(-1)];
        Arrays.fill(rest, 1);
        long zeros = Arrays.stream(p.share).filter(s -> s == 0).count();
        if (zeros > 0)
            return new Outcome.Refused(zeros + " of " + n + " shares are zero and have no logarithm; leaving them out would keep the lucky ones and "
                    + "bias the price. Fit the totals by likelihood (ShareTotals), which takes zeros, or join small products or periods.");
        for (int i = 0; i < n; i++) {
            if (!(p.share[i] > 0 && p.share[i] < 1)) return new Outcome.Refused("The share (" + p.share[i] + ") of row " + i + " must be between 0 and 1.");
            rest[p.market[i]] -= p.share[i];
        }
        for (int t = 0; t < rest.length; t++) if (!(rest[t] > 0))
            return new Outcome.Refused("The shares of market " + t + " sum to " + (1 - rest[t])
                    + ", which leaves nobody who buys nothing. Divide by all who could buy, not by buyers.");
        double[] y = new double[n];
        for (int i = 0; i < n; i++) y[i] = Math.log(p.share[i]) - Math.log(rest[p.market[i]]);
        return regress(p, y);
    }

    private static Outcome regress(Products p, double[] y) {
        List<double[]> endogenous = new ArrayList<>(List.of(p.endogenous));
        if (p.nest.length > 0) endogenous.add(within(p));
        int ends = endogenous.size();
        if (p.instruments.length < ends) return new Outcome.Refused(ends + " endogenous factors need at least as many instruments, and there are " + p.instruments.length + ".");
        double[][] x = taken(p.effect, concat(endogenous.toArray(double[][]::new), p.exogenous));
        double[][] z = taken(p.effect, concat(p.exogenous, p.instruments));
        double[] outcome = taken(p.effect, new double[][] {y})[0];
        for (double[][] columns : List.of(x, z)) for (double[] c : columns) for (double v : c) if (!Double.isFinite(v))
            return new Outcome.Refused("A factor or instrument is missing (" + v + ").");
        TwoStepGmm gmm = new TwoStepGmm(outcome, rows(x), x.length, rows(z), z.length);
        if (!gmm.identified)
            return new Outcome.Refused("The instruments do not tell the " + x.length + " coefficients apart: a factor does not vary beside the "
                    + "effects, or the instruments do not move the endogenous factors separately.");
        int effects = 1 + Arrays.stream(p.effect).max().orElse(-1);
        double[] f = new double[ends];
        for (int e = 0; e < ends; e++) f[e] = firstStage(x[e], z, p.exogenous.length, effects);
        return new Outcome.Fitted(new BerryInversion(gmm, f, p.nest.length > 0));
    }

    private static double[][] concat(double[][] a, double[][] b) {
        double[][] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /// ln of each product's share within its nest and market.
    private static double[] within(Products p) {
        int nests = 1 + Arrays.stream(p.nest).max().orElse(-1);
        double[] sum = new double[nests * (1 + Arrays.stream(p.market).max().orElse(-1))];
        for (int i = 0; i < p.share.length; i++) sum[p.market[i] * nests + p.nest[i]] += p.share[i];
        double[] out = new double[p.share.length];
        for (int i = 0; i < out.length; i++) out[i] = Math.log(p.share[i] / sum[p.market[i] * nests + p.nest[i]]);
        return out;
    }

    /// The columns less their means by effect; as they are without effects.
    private static double[][] taken(int[] effect, double[][] columns) {
        if (effect.length == 0) return columns;
        int effects = 1 + Arrays.stream(effect).max().orElse(-1);
        int[] count = new int[effects];
        for (int e : effect) count[e]++;
        double[][] out = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            double[] mean = new double[effects];
            for (int i = 0; i < effect.length; i++) mean[effect[i]] += columns[c][i] / count[effect[i]];
            out[c] = columns[c].clone();
            for (int i = 0; i < effect.length; i++) out[c][i] -= mean[effect[i]];
        }
        return out;
    }

    private static double[] rows(double[][] columns) {
        if (columns.length == 0) return new double[0];
        double[] out = new double[columns.length * columns[0].length];
        for (int i = 0; i < columns[0].length; i++) for (int c = 0; c < columns.length; c++) out[i * columns.length + c] = columns[c][i];
        return out;
    }

    /// F of the instruments in the regression of an endogenous factor on them and the exogenous ones, which stand first in `z`.
    private static double firstStage(double[] endogenous, double[][] z, int exogenous, int effects) {
        LeastSquares all = LeastSquares.fit(rows(z), endogenous, z.length);
        double full = squares(all.residuals());
        double[] own = rows(Arrays.copyOf(z, exogenous));
        int lost = exogenous == 0 ? 0 : LeastSquares.fit(own, endogenous, exogenous).rank();
        double without = exogenous == 0 ? squares(endogenous) : squares(LeastSquares.fit(own, endogenous, exogenous).residuals());
        int added = all.rank() - lost;
        return (without - full) / added / (full / (endogenous.length - all.rank() - effects));
    }

    private static double squares(double[] e) {
        double s = 0;
        for (double v : e) s += v * v;
        return s;
    }

    /// The coefficients: endogenous first, then sigma where there are nests, then exogenous.
    public double[] coefficients() {
        return gmm.coefficients.clone();
    }

    /// Their standard errors, robust to unequal variances.
    public double[] standardErrors() {
        double[] out = new double[gmm.k];
        for (int a = 0; a < gmm.k; a++) out[a] = Math.sqrt(gmm.covariance[a * gmm.k + a]);
        return out;
    }

    /// The unobserved appeal xi of each row.
    public double[] appeal() {
        return gmm.residuals.clone();
    }

    /// F of the instruments in the first stage of each endogenous factor.
    public double[] firstStage() {
        return firstStage.clone();
    }

    /// Hansen's J: chi-squared with [#overidentification] degrees of freedom where all instruments are valid.
    public double hansenJ() {
        return gmm.j;
    }

    /// Instruments more than needed.
    public int overidentification() {
        return gmm.instrumentRank - gmm.k;
    }

    /// The probability of a J this large where all instruments are valid; NaN where there are no more instruments than needed.
    public double hansenP() {
        return overidentification() == 0 ? Double.NaN : ChiSquaredDistribution.of(overidentification()).survivalProbability(gmm.j);
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        for (int e = 0; e < firstStage.length; e++) if (!(firstStage[e] >= WEAK))
            out.add("The instruments hardly move endogenous factor " + e + String.format(Locale.ROOT, " (F = %.3g, below 10)", firstStage[e])
                    + ": its coefficient leans towards least squares and its interval does not hold.");
        if (hansenP() < .05)
            out.add(String.format(Locale.ROOT, "The instruments contradict each other (J = %.4g, p = %.2g)", gmm.j, hansenP())
                    + ": some of them are not valid, or the model is too simple.");
        double sigma = nested ? gmm.coefficients[firstStage.length - 1] : 0;
        if (!(sigma >= 0 && sigma < 1))
            out.add(String.format(Locale.ROOT, "Sigma (%.4g)", sigma) + " lies outside [0, 1): no people who choose the best could make these shares. "
                    + "Try other nests.");
        return out;
    }
}
