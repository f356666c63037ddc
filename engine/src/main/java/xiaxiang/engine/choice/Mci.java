package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import xiaxiang.engine.numeric.LeastSquares;

/// The multiplicative competitive interaction model by log-centred least squares: a quick look at observed shares, not the estimate to rest a plan on.
///
/// In each market, shares and factors are divided by their geometric mean and taken to logarithms; the exponents are then a regression through the origin, with
/// errors on n - k degrees of freedom
/// as software does it (a market's mean takes one more away: with few shops a market the errors are too small by the root of 1 - 1 / shops).
/// Dummies are centred by their mean, since exp(dummy) is what multiplies. A share of zero has no logarithm: it is refused, or treated as [Zeros] says, with a
/// warning, for either treatment
/// biases the exponents; [ShareTotals] takes zeros as they are. Source: Nakanishi and Cooper (1974, 1982).
public final class Mci {
    private final double[] coefficients;
    private final double[] standardErrors;
    private final int rows;
    private final double sigma;
    private final List<String> warnings;

    private Mci(double[] coefficients, double[] standardErrors, int rows, double sigma, List<String> warnings) {
        this.coefficients = coefficients;
        this.standardErrors = standardErrors;
        this.rows = rows;
        this.sigma = sigma;
        this.warnings = warnings;
    }

    /// What to do with shares of zero.
    public sealed interface Zeros {
        /// Refuse: the default.
        record Refuse() implements Zeros {}

        /// Leave those shops out of that market, which keeps only the lucky among the weak: exponents towards zero.
        record Drop() implements Zeros {}

        /// Add `share` to every share of a market that has a zero, then divide by the new sum. The exponents depend on it.
        record Add(double share) implements Zeros {
            /// `share` must be above 0.
            public Add {
                if (!(share > 0 && share < 1)) throw new IllegalArgumentException("The share to add (" + share + ") must be between 0 and 1.");
            }
        }
    }

    /// How it ended.
    public sealed interface Outcome {
        /// The exponents.
        record Fitted(Mci fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    /// Fits exponents of `factors[k][row]`. `market[row]` counts from 0; `share[row]` >= 0 in any unit, since only ratios within a market count. `dummy[k]`:
    /// the factor enters as exp(factor) and may have
    /// any value; otherwise it must be above 0. Cost: 2 n k^2. Throws IllegalArgumentException where lengths do not fit.
    public static Outcome fit(int[] market, double[] share, double[][] factors, boolean[] dummy, Zeros zeros) {
        if (market.length != share.length || dummy.length != factors.length)
            throw new IllegalArgumentException("Expected " + market.length + " shares and " + factors.length + " marks, got " + share.length + " and " + dummy.length
                    + ".");
        for (double[] f : factors) if (f.length != share.length) throw new IllegalArgumentException("A factor has " + f.length + " rows, not " + share.length + ".");
        int zero = (int) Arrays.stream(share).filter(s -> s == 0).count();
        for (double s : share) if (!(s >= 0 && s < Double.POSITIVE_INFINITY)) return new Outcome.Refused("A share (" + s + ") is below 0 or not a number.");
        for (int k = 0; k < factors.length; k++) if (!dummy[k]) for (double x : factors[k]) if (!(x > 0))
            return new Outcome.Refused("Factor " + k + " has the value " + x + ", of which there is no logarithm: make it a dummy, or shift it above 0.");
        if (zero > 0 && zeros instanceof Zeros.Refuse)
            return new Outcome.Refused(zero + " of " + share.length + " shares are zero and have no logarithm. Fit the totals by likelihood, which "
                    + "takes zeros, or name a treatment of zeros.");
        return centred(market, treated(market, share, zeros), factors, dummy, warnings(zero, share.length, zeros));
    }

    private static List<String> warnings(int zero, int rows, Zeros zeros) {
        if (zero == 0) return List.of();
        String how = switch (zeros) {
            case Zeros.Refuse _ -> "refused";
            case Zeros.Drop _ -> "left out";
            case Zeros.Add(double share) -> "raised by " + share;
        };
        return List.of(zero + " of " + rows + " shares are zero and were " + how + ": the exponents are biased and their intervals do not hold. Fit the totals by likelihood instead.");
    }

    private static double[] treated(int[] market, double[] share, Zeros zeros) {
        if (!(zeros instanceof Zeros.Add(double added))) return share;
        int markets = 1 + Arrays.stream(market).max().orElse(-1);
        boolean[] has = new boolean[markets];
        double[] sum = new double[markets];
        for (int n = 0; n < share.length; n++) {
            has[market[n]] |= share[n] == 0;
            sum[market[n]] += share[n];
        }
        // Dividing by the new sum is left out: it falls out of the centring.
        return IntStream.range(0, share.length).mapToDouble(n -> has[market[n]] ? share[n] / sum[market[n]] + added : share[n]).toArray();
    }

    private static Outcome centred(int[] market, double[] share, double[][] factors, boolean[] dummy, List<String> warnings) {
        int[] rows = IntStream.range(0, share.length).filter(n -> share[n] > 0).toArray();
        int k = factors.length;
        double[] y = Arrays.stream(rows).mapToDouble(n -> Math.log(share[n])).toArray();
        double[] x = new double[rows.length * k];
        for (int r = 0; r < rows.length; r++) for (int f = 0; f < k; f++) x[r * k + f] = dummy[f] ? factors[f][rows[r]] : Math.log(factors[f][rows[r]]);
        int[] of = Arrays.stream(rows).map(n -> market[n]).toArray();
        centre(of, y, 1);
        centre(of, x, k);
        LeastSquares fit = LeastSquares.fit(x, y, k);
        if (!fit.leftOut().isEmpty()) return new Outcome.Refused("The factors " + fit.leftOut() + " are combinations of those before them, or do not vary within a market. Leave them out.");
        if (rows.length <= k) return new Outcome.Refused(rows.length + " shares cannot tell " + k + " exponents and an error.");
        double squares = 0;
        for (double e : fit.residuals()) squares += e * e;
        double sigma = Math.sqrt(squares / (rows.length - k));
        double[] inverse = fit.inverse();
        double[] errors = IntStream.range(0, k).mapToDouble(f -> sigma * Math.sqrt(inverse[f * k + f])).toArray();
        return new Outcome.Fitted(new Mci(fit.coefficients(), errors, rows.length, sigma, warnings));
    }

    /// Takes from every entry the mean of its column over its market.
    private static void centre(int[] market, double[] x, int columns) {
        int markets = 1 + Arrays.stream(market).max().orElse(-1);
        double[] sum = new double[markets * columns];
        int[] count = new int[markets];
        for (int r = 0; r < market.length; r++) {
            count[market[r]]++;
            for (int c = 0; c < columns; c++) sum[market[r] * columns + c] += x[r * columns + c];
        }
        for (int r = 0; r < market.length; r++) for (int c = 0; c < columns; c++) x[r * columns + c] -= sum[market[r] * columns + c] / count[market[r]];
    }

    /// The exponents, one a factor.
    public double[] coefficients() {
        return coefficients.clone();
    }

    /// Their classical standard errors.
    public double[] standardErrors() {
        return standardErrors.clone();
    }

    /// The shares used.
    public int rows() {
        return rows;
    }

    /// The standard deviation of the log-centred residual.
    public double sigma() {
        return sigma;
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        return warnings;
    }
}
