package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// The probability of each row of a model's choices, at given parameters; choices need not be known. Immutable.
///
/// With random coefficients it is the mean over the draws of the case's individual. Cost: that of a log-likelihood, one draw after another.
public final class Prediction {
    private static final int BLOCK = 128;

    private final Choices choices;
    private final double[] probability;

    private Prediction(Choices choices, double[] probability) {
        this.choices = choices;
        this.probability = probability;
    }

    /// Predicts at `parameters`, all of the model's.
    public static Prediction of(ChoiceModel model, double[] parameters) {
        Choices choices = model.choices();
        NestTree tree = new NestTree(model.nests(), choices.alternatives);
        Slots slots = new Slots(model);
        int random = model.mixture().coefficients().size();
        double[] probability = new double[choices.rows()];
        IntStream.range(0, (choices.cases() + BLOCK - 1) / BLOCK).parallel().forEach(b -> {
            double[] beta = Arrays.copyOf(parameters, parameters.length + random);
            CaseKernel kernel = new CaseKernel(model, tree, slots, beta);
            for (int n = b * BLOCK, end = Math.min(choices.cases(), n + BLOCK); n < end; n++) {
                if (random == 0) add(kernel, choices, n, 1, probability);
                else mean(model, kernel, beta, n, probability);
            }
        });
        return new Prediction(choices, probability);
    }

    private static void add(CaseKernel kernel, Choices choices, int n, double share, double[] to) {
        int base = choices.first[n];
        double[] log = new double[choices.first[n + 1] - base];
        kernel.logProbabilities(n, log);
        for (int r = 0; r < log.length; r++) to[base + r] += share * Math.exp(log[r]);
    }

    private static void mean(ChoiceModel model, CaseKernel kernel, double[] beta, int n, double[] to) {
        List<RandomCoefficient> random = model.mixture().coefficients();
        Draws draws = model.mixture().draws();
        Draws.Stream stream = draws.of(model.choices().individual[n], random);
        double[][] z = new double[random.size()][1];
        for (int r = 0; r < draws.number(); r++) {
            stream.next(z, 1);
            for (int q = 0; q < random.size(); q++) beta[beta.length - random.size() + q] = random.get(q).at(beta, z[q][0]);
            add(kernel, model.choices(), n, 1.0 / draws.number(), to);
        }
    }

    /// The probability of a row, in [0, 1]; those of a case sum to 1.
    public double probability(int row) {
        return probability[row];
    }

    /// The share of each alternative over all cases, by their weights; 0 where it is available nowhere.
    public double[] shares() {
        double[] share = new double[choices.alternatives];
        for (int n = 0; n < choices.cases(); n++) for (int r = choices.first[n]; r < choices.first[n + 1]; r++) share[choices.alternative[r]] += choices.weight[n] * probability[r];
        double total = choices.totalWeight();
        for (int j = 0; j < share.length; j++) share[j] /= total;
        return share;
    }

    /// Choices drawn from the probabilities, the row of each case, by a seed; [Choices#UNKNOWN] in a case without rows.
    public int[] simulate(long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[] chosen = new int[choices.cases()];
        for (int n = 0; n < chosen.length; n++) {
            double left = random.nextDouble();
            chosen[n] = Choices.UNKNOWN;
            for (int r = choices.first[n]; r < choices.first[n + 1]; r++) {
                if (probability[r] > 0 && left >= 0) chosen[n] = r;
                left -= probability[r];
            }
        }
        return chosen;
    }
}
