package xiaxiang.engine.choice;

import java.util.List;
import java.util.stream.IntStream;

/// How well expected totals meet observed ones, for fits and naive baselines alike.
///
/// `logLikelihood`: of the split of the observed total among the shops, per unit of the total, so that yuan and phones compare; minus infinity if something
/// sold where nothing was expected.
/// `mape`: the mean over shops that sold anything of |expected - observed| / observed. `shareErrorByTier`: for each tier, the mean over its shops of |expected
/// share - observed share|.
public record ShareScore(double logLikelihood, double mape, List<Double> shareErrorByTier) {
    /// Copies the list.
    public ShareScore {
        shareErrorByTier = List.copyOf(shareErrorByTier);
    }

    /// Scores `expected` against `observed` totals, one a shop; `tier[shop]` in [0, tiers). Shops whose observed total is NaN are left out. NaN for a tier
    /// without shops. Cost: n.
    public static ShareScore of(double[] expected, double[] observed, int[] tier, int tiers) {
        int[] known = IntStream.range(0, observed.length).filter(j -> !Double.isNaN(observed[j])).toArray();
        double all = 0;
        double guess = 0;
        for (int j : known) {
            all += observed[j];
            guess += expected[j];
        }
        double likelihood = 0;
        double relative = 0;
        int selling = 0;
        double[] error = new double[tiers];
        int[] count = new int[tiers];
        for (int j : known) {
            if (observed[j] > 0) {
                likelihood += observed[j] / all * Math.log(expected[j] / guess);
                relative += Math.abs(expected[j] - observed[j]) / observed[j];
                selling++;
            }
            error[tier[j]] += Math.abs(expected[j] / guess - observed[j] / all);
            count[tier[j]]++;
        }
        return new ShareScore(likelihood, relative / selling, IntStream.range(0, tiers).mapToObj(t -> error[t] / count[t]).toList());
    }
}
