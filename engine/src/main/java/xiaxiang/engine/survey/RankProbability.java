package xiaxiang.engine.survey;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;
import xiaxiang.engine.numeric.Semidefinite;

/// How probable each rank of each brand is, from estimated shares and the covariance of their errors, taken as jointly normal. Immutable.
///
/// Two brands are exact; more are counted in 2^18 seeded draws, in blocks with a generator each, so that threads do not matter; the error of the count is [#error].
/// Brands that are certain to be equal share their ranks evenly. Cost: draws x brands^2.
public final class RankProbability {
    /// The number of draws.
    public static final int DRAWS = 1 << 18;
    private static final int BLOCKS = 64;

    private final int brands;
    /// Brands x ranks: the probability of each rank, from 0 for the largest.
    private final double[] rank;

    private RankProbability(int brands, double[] rank) {
        this.brands = brands;
        this.rank = rank;
    }

    /// From shares and their covariance.
    public static RankProbability of(ShareEstimate shares, long seed) {
        Semidefinite covariance = new Semidefinite(shares.covariances(), shares.brands());
        if (covariance.isIndefinite()) throw new IllegalArgumentException("The covariance of the shares has a negative eigenvalue, which no covariance has. Maybe rows were mixed up?");
        if (shares.brands() == 2) return exact(shares);
        return drawn(shares, covariance.root(), seed);
    }

    private static RankProbability exact(ShareEstimate shares) {
        double difference = shares.share(0) - shares.share(1);
        double variance = shares.covariance(0, 0) + shares.covariance(1, 1) - 2 * shares.covariance(0, 1);
        double first = variance > 0 ? NormalDistribution.of(0, 1).cumulativeProbability(difference / Math.sqrt(variance)) : difference > 0 ? 1 : difference < 0 ? 0 : .5;
        return new RankProbability(2, new double[] {first, 1 - first, 1 - first, first});
    }

    private static RankProbability drawn(ShareEstimate shares, double[] root, long seed) {
        int n = shares.brands();
        long[][] counts = new long[BLOCKS][];
        IntStream.range(0, BLOCKS).parallel().forEach(b -> counts[b] = block(shares.shares(), root, seed + 0x9E3779B97F4A7C15L * (b + 1)));
        double[] rank = new double[n * n];
        for (long[] block : counts) for (int i = 0; i < rank.length; i++) rank[i] += block[i];
        for (int i = 0; i < rank.length; i++) rank[i] /= DRAWS;
        return new RankProbability(n, rank);
    }

    private static long[] block(double[] mean, double[] root, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int n = mean.length;
        long[] count = new long[n * n];
        double[] z = new double[n];
        double[] share = new double[n];
        double[] lot = new double[n];
        for (int d = 0; d < DRAWS / BLOCKS; d++) {
            for (int i = 0; i < n; i++) z[i] = normal.sample();
            for (int i = 0; i < n; i++) {
                share[i] = mean[i];
                for (int k = 0; k < n; k++) share[i] += root[i * n + k] * z[k];
                lot[i] = random.nextDouble();
            }
            for (int i = 0; i < n; i++) count[i * n + above(share, lot, i)]++;
        }
        return count;
    }

    /// Brands above brand i; equal shares are put in order by lot.
    private static int above(double[] share, double[] lot, int i) {
        int above = 0;
        for (int k = 0; k < share.length; k++) if (share[k] > share[i] || (share[k] == share[i] && k != i && lot[k] > lot[i])) above++;
        return above;
    }

    /// The probability that a brand has rank `r`, from 1 for the largest.
    public double at(int brand, int r) {
        return rank[brand * brands + r - 1];
    }

    /// The probability that a brand is among the `k` largest.
    public double within(int brand, int k) {
        double sum = 0;
        for (int r = 1; r <= Math.min(k, brands); r++) sum += at(brand, r);
        return Math.min(1, sum);
    }

    /// The standard error of a probability from the number of draws; 0 for two brands.
    public double error(double probability) {
        return brands == 2 ? 0 : Math.sqrt(probability * (1 - probability) / DRAWS);
    }
}
