package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Units of a multinomial logit of few parameters whose utilities are all linear: as [FixedKernel], in plain loops over the terms.
///
/// Gradient sum (y - P) x; Hessian -(sum P x x' - m m') with m the mean of x. Cost a case of J rows with T terms: J exp, J T^2 / 2 and k^2 / 2.
final class LinearKernel implements UnitKernel {
    private static final int FEW = 40;

    private final Choices choices;
    private final ChoiceModel model;
    private final double[] beta;
    private final int k;
    /// For each utility the places of its free terms, ascending, and their factors.
    private final int[][] place;
    private final double[][][] factor;
    private final double[] mean;
    private double[] p = {};

    /// Whether a model is of this kind.
    static boolean fits(ChoiceModel model, Slots slots) {
        return slots.moving <= FEW && LinearMixedKernel.fits(model);
    }

    LinearKernel(ChoiceModel model, Slots slots, double[] beta) {
        this.model = model;
        this.choices = model.choices();
        this.beta = beta;
        k = slots.moving;
        mean = new double[k];
        int utilities = model.utilities().size();
        place = new int[utilities][];
        factor = new double[utilities][][];
        for (int u = 0; u < utilities; u++) {
            Utility.Linear l = linear(u);
            int[] free = IntStream.range(0, l.parameter.length).filter(t -> slots.slot[l.parameter[t]] >= 0).boxed().sorted(Comparator.comparingInt(t -> slots.slot[l.parameter[t]])).mapToInt(t -> t).toArray();
            place[u] = Arrays.stream(free).map(t -> slots.slot[l.parameter[t]]).toArray();
            factor[u] = Arrays.stream(free).mapToObj(t -> l.factor[t]).toArray(double[][]::new);
        }
    }

    private Utility.Linear linear(int u) {
        return (Utility.Linear) model.utilities().get(u);
    }

    @Override
    public double add(int unit, int[] cases, int from, int to, double[] score, double[] hessian) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            int n = cases[i];
            double weight = choices.weight[n];
            if (weight == 0) continue;
            sum += weight * probabilities(n);
            if (score.length > 0) derivatives(n, weight, score, hessian);
        }
        return sum;
    }

    private int utility(int row) {
        return place.length == 1 ? 0 : choices.alternative[row];
    }

    /// Fills p with the probabilities of the case's rows; gives the log of the chosen one's.
    private double probabilities(int n) {
        int base = choices.first[n];
        int rows = choices.first[n + 1] - base;
        if (p.length < rows) p = new double[2 * rows];
        double top = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < rows; r++) {
            Utility.Linear l = linear(utility(base + r));
            int i = choices.index[base + r];
            double v = choices.offset[base + r] + l.constant[i];
            for (int t = 0; t < l.parameter.length; t++) v += beta[l.parameter[t]] * l.factor[t][i];
            p[r] = v;
            top = Math.max(top, v);
        }
        double chosen = p[choices.chosen[n] - base];
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            p[r] = Math.exp(p[r] - top);
            sum += p[r];
        }
        for (int r = 0; r < rows; r++) p[r] /= sum;
        return chosen - top - Math.log(sum);
    }

    private void derivatives(int n, double weight, double[] score, double[] hessian) {
        int base = choices.first[n];
        int rows = choices.first[n + 1] - base;
        boolean second = hessian.length > 0;
        for (int r = 0; r < rows; r++) {
            int u = utility(base + r);
            int i = choices.index[base + r];
            double share = p[r];
            double miss = weight * ((base + r == choices.chosen[n] ? 1 : 0) - share);
            for (int a = 0; a < place[u].length; a++) {
                double x = factor[u][a][i];
                int s = place[u][a];
                score[s] += miss * x;
                if (!second) continue;
                double y = share * x;
                mean[s] += y;
                y *= weight;
                for (int b = 0; b <= a; b++) hessian[s * k + place[u][b]] -= y * factor[u][b][i];
            }
        }
        if (second) addMean(weight, hessian);
    }

    private void addMean(double weight, double[] hessian) {
        for (int a = 0; a < k; a++) {
            double x = weight * mean[a];
            if (x != 0) for (int b = 0; b <= a; b++) hessian[a * k + b] += x * mean[b];
        }
        Arrays.fill(mean, 0);
    }
}
