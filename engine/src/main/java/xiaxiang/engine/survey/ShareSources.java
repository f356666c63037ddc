package xiaxiang.engine.survey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import xiaxiang.engine.numeric.Semidefinite;

/// Several sources' estimates of the same shares made one, where they overlap and disagree. Immutable.
///
/// A source errs by its sampling, whose covariance it states, and by what is its own (whom it asks, what it counts), of covariance tau^2 (diag(p) - p p'):
/// large brands are disputed by more.
/// tau^2 comes from how much the sources differ beyond sampling, by moments; the combined shares are the generalised least squares, and their covariance holds
/// tau^2, so that many sources that disagree do not look sure.
/// Sources that share a sample have covariances between them; give those. Cost: (sources x brands)^3. Source: DerSimonian and Laird (1986), for vectors
/// Jackson, White and Thompson (2010).
public final class ShareSources {
    private final ShareEstimate combined;
    private final double betweenVariance;
    private final double q;
    private final int freedom;
    private final int sources;

    private ShareSources(ShareEstimate combined, double betweenVariance, double q, int freedom, int sources) {
        this.combined = combined;
        this.betweenVariance = betweenVariance;
        this.q = q;
        this.freedom = freedom;
        this.sources = sources;
    }

    /// Combines sources with independent samples.
    public static ShareSources combine(List<ShareEstimate> sources) {
        int n = brands(sources);
        double[] joint = new double[sources.size() * n * sources.size() * n];
        for (int s = 0; s < sources.size(); s++) for (int a = 0; a < n; a++) for (int b = 0; b < n; b++)
            joint[(s * n + a) * sources.size() * n + s * n + b] = sources.get(s).covariance(a, b);
        return combine(sources, joint);
    }

    /// Combines sources whose errors have the covariance `joint`, (sources x brands) squared, source by source. Throws IllegalArgumentException where brands
    /// differ in number or it is no covariance.
    public static ShareSources combine(List<ShareEstimate> sources, double[] joint) {
        int n = brands(sources);
        int all = sources.size() * n;
        if (new Semidefinite(joint, all).isIndefinite())
            throw new IllegalArgumentException("The joint covariance of the sources has a negative eigenvalue. Maybe an overlap is larger than the smaller sample?");
        // Shares that fill the market sum to 1 without error: the last brand is what the others leave, and would only make the covariance singular.
        boolean filled = sources.stream().allMatch(ShareSources::fills);
        int m = filled ? n - 1 : n;
        double[] y = new double[sources.size() * m];
        double[] mean = new double[m];
        for (int i = 0; i < y.length; i++) {
            y[i] = sources.get(i / m).share(i % m);
            mean[i % m] += y[i] / sources.size();
        }
        double[] own = new double[y.length * y.length];
        for (int i = 0; i < y.length; i++) for (int j = 0; j < y.length; j++) own[i * y.length + j] = joint[(i / m * n + i % m) * all + j / m * n + j % m];
        double[] shape = shape(mean, sources.size());
        Weighed plain = new Weighed(y, mean, own);
        int freedom = plain.rank - plain.ownRank;
        double tau = freedom == 0 ? 0 : Math.max(0, (plain.q - freedom) / trace(plain.projection(), shape, y.length));
        for (int i = 0; i < own.length; i++) own[i] += tau * shape[i];
        Weighed random = new Weighed(y, mean, own);
        return new ShareSources(filled ? withLast(random.estimate, random.inverse) : estimate(random.estimate, random.inverse), tau, plain.q, freedom, sources.size());
    }

    private static boolean fills(ShareEstimate s) {
        double sum = 0;
        boolean without = true;
        for (int a = 0; a < s.brands(); a++) {
            double row = 0;
            for (int b = 0; b < s.brands(); b++) row += s.covariance(a, b);
            without &= Math.abs(row) <= 1e-9 * s.covariance(a, a);
            sum += s.share(a);
        }
        return s.brands() > 1 && without && Math.abs(sum - 1) < 1e-9;
    }

    private static ShareEstimate estimate(double[] share, double[] covariance) {
        return new ShareEstimate(Arrays.stream(share).map(p -> Math.clamp(p, 0, 1)).toArray(), covariance);
    }

    private static ShareEstimate withLast(double[] share, double[] covariance) {
        int m = share.length;
        int n = m + 1;
        double[] all = Arrays.copyOf(share, n);
        all[m] = 1 - Arrays.stream(share).sum();
        double[] out = new double[n * n];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                double v = covariance[a * m + b];
                out[a * n + b] += v;
                out[a * n + m] -= v;
                out[m * n + b] -= v;
                out[m * n + m] += v;
            }
        }
        return estimate(all, out);
    }

    private static int brands(List<ShareEstimate> sources) {
        if (sources.isEmpty()) throw new IllegalArgumentException("Expected at least one source.");
        int n = sources.getFirst().brands();
        for (ShareEstimate s : sources) if (s.brands() != n)
            throw new IllegalArgumentException("Sources have " + n + " and " + s.brands() + " brands. Give every source the same brands in the same order.");
        return n;
    }

    /// diag(p) - p p' for each source by itself.
    private static double[] shape(double[] p, int sources) {
        int n = p.length;
        int all = sources * n;
        double[] out = new double[all * all];
        for (int s = 0; s < sources; s++) for (int a = 0; a < n; a++) for (int b = 0; b < n; b++) out[(s * n + a) * all + s * n + b] = (a == b ? p[a] : 0) - p[a] * p[b];
        return out;
    }

    private static double trace(double[] a, double[] b, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) sum += a[i * n + j] * b[j * n + i];
        return sum;
    }

    /// Generalised least squares of the sources' deviations from their mean on one vector of shares, under one covariance.
    private static final class Weighed {
        private final int n;
        private final int all;
        private final double[] weight;
        private final double[] design;
        final double[] inverse;
        final double[] estimate;
        final int rank;
        final int ownRank;
        final double q;

        Weighed(double[] y, double[] mean, double[] covariance) {
            n = mean.length;
            all = y.length;
            Semidefinite v = new Semidefinite(covariance, all);
            weight = v.inverse();
            rank = v.rank();
            design = new double[all * n];
            for (int i = 0; i < all; i++) design[i * n + i % n] = 1;
            double[] transposed = new double[all * n];
            for (int i = 0; i < all; i++) transposed[i % n * all + i] = 1;
            double[] half = Semidefinite.product(transposed, weight, all);
            Semidefinite own = new Semidefinite(Semidefinite.product(half, design, all), n);
            inverse = own.inverse();
            ownRank = own.rank();
            double[] off = new double[all];
            for (int i = 0; i < all; i++) off[i] = y[i] - mean[i % n];
            double[] move = Semidefinite.product(inverse, Semidefinite.product(half, off, all), n);
            estimate = mean.clone();
            for (int b = 0; b < n; b++) estimate[b] += move[b];
            for (int i = 0; i < all; i++) off[i] -= move[i % n];
            q = Semidefinite.product(Semidefinite.product(off, weight, all), off, all)[0];
        }

        /// W - W X (X'W X)^-1 X'W.
        double[] projection() {
            double[] wx = Semidefinite.product(weight, design, all);
            double[] left = Semidefinite.product(wx, inverse, n);
            double[] out = weight.clone();
            for (int i = 0; i < all; i++) for (int j = 0; j < all; j++) for (int b = 0; b < n; b++) out[i * all + j] -= left[i * n + b] * wx[j * n + b];
            return out;
        }
    }

    /// The shares of all sources together.
    public ShareEstimate combined() {
        return combined;
    }

    /// tau^2: 1 / tau^2 is how many independent answers a source is worth at most, however many it asked.
    public double betweenVariance() {
        return betweenVariance;
    }

    /// The probability of so much disagreement by sampling alone; NaN for one source.
    public double agreementP() {
        return freedom > 0 ? ChiSquaredDistribution.of(freedom).survivalProbability(q) : Double.NaN;
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        if (agreementP() < .05)
            out.add(String.format(Locale.ROOT, "The sources disagree by more than sampling explains (p = %.2g): each is taken to be worth no more than %d answers.",
                    agreementP(), Math.round(1 / betweenVariance)));
        if (sources < 5) out.add(sources + " sources tell little of how far sources differ: a bias they have in common shows nowhere.");
        return out;
    }
}
