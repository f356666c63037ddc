package xiaxiang.engine.effect;

import java.util.Arrays;

/// An average of group-time effects, with how its value moves with each of them and with each cohort's share of the units. Immutable.
///
/// The shares are estimated too: Callaway and Sant'Anna (2021), corollary 2, the second term of the influence function.
final class Form {
    final double value;
    /// The group-time effects that move it, and by how much.
    final int[] effects;
    final double[] weights;
    /// By cohort, how much its share moves it.
    final double[] shares;
    /// The mean of that over all units, which is taken off.
    final double mean;

    private Form(double value, int[] effects, double[] weights, double[] shares, double mean) {
        this.mean = mean;
        this.value = value;
        this.effects = effects;
        this.weights = weights;
        this.shares = shares;
    }

    /// The average of `effects`, each weighed by its cohort's share of the units.
    static Form byShare(int[] effects, double[] value, int[] cohort, double[] share) {
        double sum = 0;
        double mean = 0;
        for (int e : effects) {
            sum += share[cohort[e]];
            mean += share[cohort[e]] * value[e];
        }
        mean /= sum;
        double[] weights = new double[effects.length];
        double[] shares = new double[share.length];
        for (int j = 0; j < effects.length; j++) {
            int g = cohort[effects[j]];
            weights[j] = share[g] / sum;
            shares[g] += (value[effects[j]] - mean) / sum;
        }
        return new Form(mean, effects, weights, shares, dot(shares, share));
    }

    /// The plain average of `effects`.
    static Form even(int[] effects, double[] value, int cohorts) {
        double[] weights = new double[effects.length];
        Arrays.fill(weights, 1.0 / effects.length);
        return new Form(Arrays.stream(effects).mapToDouble(e -> value[e]).sum() / effects.length, effects, weights, new double[cohorts], 0);
    }

    /// The sum of `forms`, each times its `weight`; `shares`, of mean `mean`, are added to what moves it.
    static Form mix(Form[] forms, double[] weight, double[] shares, double mean) {
        double value = 0;
        double means = mean;
        int size = Arrays.stream(forms).mapToInt(f -> f.effects.length).sum();
        int[] effects = new int[size];
        double[] weights = new double[size];
        double[] moved = shares.clone();
        int at = 0;
        for (int f = 0; f < forms.length; f++) {
            value += weight[f] * forms[f].value;
            means += weight[f] * forms[f].mean;
            for (int g = 0; g < moved.length; g++) moved[g] += weight[f] * forms[f].shares[g];
            for (int j = 0; j < forms[f].effects.length; j++) {
                effects[at] = forms[f].effects[j];
                weights[at++] = weight[f] * forms[f].weights[j];
            }
        }
        return new Form(value, effects, weights, moved, means);
    }

    /// Its own sum of influences, from sums of influences on the effects, of units by cohort, and of units, in this order.
    double of(double[] sums) {
        int cohorts = sums.length - 1 - shares.length;
        double s = -mean * sums[sums.length - 1];
        for (int g = 0; g < shares.length; g++) s += shares[g] * sums[cohorts + g];
        for (int j = 0; j < effects.length; j++) s += weights[j] * sums[effects[j]];
        return s;
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int g = 0; g < a.length; g++) s += a[g] * b[g];
        return s;
    }
}
