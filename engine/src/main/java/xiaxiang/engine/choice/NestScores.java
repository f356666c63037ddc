package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Score (Lagrange multiplier) tests of a multinomial logit against nests, without fitting any: of each pair of alternatives, and of each set where there are at most 5.
///
/// With P the probability of a nest, q_j that of j within it and E the sum of q_j ln q_j, the score of the nest's scale at 1 is `ln q_chosen - P E` in a case that chose
/// within it and `-P E` in another. What it shares with the coefficients' scores is taken out, so that their being estimated does not matter. Its variance is that over
/// individuals, so that weights and several cases of one are right, or that of the model where it is larger. Of more than 20,000 individuals every so many are asked.
/// Cost a case of J alternatives: J exp and, for each nest, as many terms as its alternatives have. Source: Rao (1948); the score follows McFadden (1978).
final class NestScores {
    private static final int FEWEST_ALTERNATIVES = 3;
    private static final int MOST_ALTERNATIVES = 12;
    private static final int MOST_SPLIT = 5;
    private static final int FEWEST_UNITS = 100;
    private static final int MOST_UNITS = 20_000;
    private static final int BLOCK = 500;

    private final ChoiceModel model;
    private final LogLikelihood f;
    private final double[] theta;
    private final int k;
    private final List<int[]> nests;
    private final int step;

    NestScores(ChoiceModel model, LogLikelihood f, double[] theta) {
        this.model = model;
        this.f = f;
        this.theta = theta;
        k = theta.length;
        nests = nests(model.choices().alternatives);
        step = (f.units() + MOST_UNITS - 1) / MOST_UNITS;
    }

    /// Whether a fit can be tested: no nests and no random coefficients yet, 3 to 12 alternatives, 100 individuals.
    static boolean fits(ChoiceModel model, int units) {
        int alternatives = model.choices().alternatives;
        return model.nests().nests().isEmpty() && model.mixture().coefficients().isEmpty() && alternatives >= FEWEST_ALTERNATIVES && alternatives <= MOST_ALTERNATIVES && units >= FEWEST_UNITS;
    }

    private static List<int[]> nests(int alternatives) {
        List<int[]> found = new ArrayList<>();
        for (int set = 1; set < (1 << alternatives) - 1; set++) {
            int size = Integer.bitCount(set);
            int members = set;
            if (size == 2 || (size > 2 && alternatives <= MOST_SPLIT)) found.add(IntStream.range(0, alternatives).filter(j -> (members >> j & 1) == 1).toArray());
        }
        return found;
    }

    /// Sums over some units: of the nests' scores, of the coefficients', and of their products.
    private final class Sums {
        final double[] nest = new double[nests.size()];
        final double[] square = new double[nests.size()];
        /// The model's own variance of a nest's score, and its covariance with the coefficients' scores.
        final double[] expected = new double[nests.size()];
        final double[] shared = new double[nests.size() * k];
        final double[] gradient = new double[k];
        final double[] product = new double[nests.size() * k];
        final double[] outer = new double[k * k];
        /// How many units, each with weight.
        final double[] weight = new double[1];

        private List<double[]> all() {
            return List.of(nest, square, expected, shared, gradient, product, outer, weight);
        }

        void add(Sums other) {
            for (int a = 0; a < all().size(); a++) for (int i = 0; i < all().get(a).length; i++) all().get(a)[i] += other.all().get(a)[i];
        }

        /// Adds the scores of one unit.
        void add(double[] ofNests, double[] own) {
            for (int i = 0; i < k; i++) {
                gradient[i] += own[i];
                for (int j = 0; j < k; j++) outer[i * k + j] += own[i] * own[j];
            }
            for (int b = 0; b < ofNests.length; b++) {
                nest[b] += ofNests[b];
                square[b] += ofNests[b] * ofNests[b];
                for (int i = 0; i < k; i++) product[b * k + i] += ofNests[b] * own[i];
            }
        }
    }

    /// The tests, the most suspected nest first; `open` are the free places no bound holds, `inverse` that of minus the Hessian over them.
    List<NestScore> of(int[] open, double[] inverse) {
        int asked = (f.units() + step - 1) / step;
        Sums[] parts = new Sums[(asked + BLOCK - 1) / BLOCK];
        IntStream.range(0, parts.length).parallel().forEach(b -> parts[b] = sums(b * BLOCK, Math.min(asked, (b + 1) * BLOCK)));
        Sums sums = new Sums();
        for (Sums part : parts) sums.add(part);
        double[] z = IntStream.range(0, nests.size()).mapToDouble(b -> z(b, sums, open, inverse)).toArray();
        long tested = Arrays.stream(z).filter(Double::isFinite).count();
        return IntStream.range(0, z.length).filter(b -> Double.isFinite(z[b])).boxed().sorted(Comparator.comparingDouble(b -> -z[b]))
                .map(b -> new NestScore(Arrays.stream(nests.get(b)).boxed().toList(), z[b], Math.min(1, tested * NormalDistribution.of(0, 1).survivalProbability(z[b])))).toList();
    }

    private double z(int b, Sums sums, int[] open, double[] inverse) {
        double share = model.choices().totalWeight() / sums.weight[0];
        double[] by = new double[k];
        for (int i = 0; i < open.length; i++) for (int j = 0; j < open.length; j++) by[open[i]] += share * inverse[i * open.length + j] * sums.shared[b * k + open[j]];
        double score = sums.nest[b];
        double variance = sums.square[b];
        double expected = sums.expected[b];
        for (int i : open) {
            score -= by[i] * sums.gradient[i];
            variance -= 2 * by[i] * sums.product[b * k + i];
            expected -= by[i] * sums.shared[b * k + i];
            for (int j : open) variance += by[i] * sums.outer[i * k + j] * by[j];
        }
        // A nest never available together, or one whose score the coefficients take up, has nothing of its own to test.
        return expected > 1e-6 * sums.expected[b] ? score / Math.sqrt(Math.max(variance, expected)) : Double.NaN;
    }

    private Sums sums(int from, int to) {
        Sums sums = new Sums();
        double[] beta = f.slots().coefficients(theta);
        Case one = new Case(beta);
        for (int s = from; s < to; s++) {
            double[] ofNests = new double[nests.size()];
            double[] own = new double[k];
            for (int n : f.casesOf(s * step)) {
                double weight = model.choices().weight[n];
                if (weight == 0) continue;
                one.add(n, weight, ofNests, own, sums);
                sums.weight[0] += weight;
            }
            sums.add(ofNests, own);
        }
        return sums;
    }

    /// The scores of one case after another. One thread only.
    private final class Case {
        private final double[] beta;
        private final CaseKernel kernel;
        private final Terms terms = new Terms(model, f.slots().slot, f.slots().moving);
        private final int[] rowOf = new int[model.choices().alternatives];
        private final double[] mean = new double[k];

        Case(double[] beta) {
            this.beta = beta;
            kernel = new CaseKernel(model, f.tree(), f.slots(), beta);
        }

        void add(int n, double weight, double[] ofNests, double[] own, Sums sums) {
            Choices choices = model.choices();
            int base = choices.first[n];
            double[] log = new double[choices.first[n + 1] - base];
            kernel.logProbabilities(n, log);
            terms.read(base, log.length, beta, false);
            Arrays.fill(rowOf, -1);
            Arrays.fill(mean, 0);
            for (int r = 0; r < log.length; r++) {
                rowOf[choices.alternative[base + r]] = r;
                terms.addTo(mean, r, Math.exp(log[r]));
            }
            terms.addTo(own, choices.chosen[n] - base, weight);
            for (int i = 0; i < k; i++) own[i] -= weight * mean[i];
            for (int b = 0; b < ofNests.length; b++) ofNests[b] += weight * nest(b, log, choices.chosen[n] - base, weight, sums);
        }

        /// The score of one nest in the case; adds the model's variance of it.
        private double nest(int b, double[] log, int chosen, double weight, Sums sums) {
            double all = 0;
            for (int j : nests.get(b)) if (rowOf[j] >= 0) all += Math.exp(log[rowOf[j]]);
            if (all == 0) return 0;
            double logAll = Math.log(all);
            double[] shared = new double[k];
            double entropy = 0;
            double squares = 0;
            double score = 0;
            for (int j : nests.get(b)) {
                int r = rowOf[j];
                if (r < 0) continue;
                double within = log[r] - logAll;
                double part = Math.exp(log[r]) * within;
                entropy += part;
                squares += part * within;
                terms.addTo(shared, r, part);
                if (r == chosen) score = within;
            }
            sums.expected[b] += weight * (squares - entropy * entropy);
            for (int i = 0; i < k; i++) sums.shared[b * k + i] += weight * (shared[i] - entropy * mean[i]);
            return score - entropy;
        }
    }
}
