package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.stream.IntStream;
import xiaxiang.engine.numeric.LeastSquares;

/// How answers were drawn: strata, clusters, weights; and from it the estimates with their errors. Immutable.
///
/// Errors come from the spread of the clusters' totals within each stratum (ultimate cluster), whatever was drawn within clusters, by Taylor linearisation:
/// with `population` known, times one less the part drawn
/// (finite population correction); otherwise as if drawn with replacement. Degrees of freedom are clusters less strata.
/// Each estimate costs one pass over the answers and one over the clusters. Source: Särndal, Swensson and Wretman (1992), 4.3, 5.5; Binder (1983).
public final class SurveyDesign {
    private final double[] weight;
    private final int[] cluster;
    private final int[] stratumOf;
    private final double[] population;
    private final LonelyCluster lonely;
    /// What calibration made the weights meet, n x auxiliaries; empty if none, and the weights before.
    private final double[] auxiliaries;
    private final double[] before;

    private SurveyDesign(double[] weight, int[] cluster, int[] stratumOf, double[] population, LonelyCluster lonely, double[] auxiliaries, double[] before) {
        this.weight = weight;
        this.cluster = cluster;
        this.stratumOf = stratumOf;
        this.population = population;
        this.lonely = lonely;
        this.auxiliaries = auxiliaries;
        this.before = before;
    }

    /// `weight[n]` > 0 is how many an answer stands for; `stratum[n]` and `cluster[n]` count from 0, a cluster lying in one stratum; `population[stratum]` is
    /// the number of clusters there are (infinite: drawn with replacement).
    /// Throws IllegalArgumentException with the answer at fault.
    public static SurveyDesign of(double[] weight, int[] stratum, int[] cluster, double[] population, LonelyCluster lonely) {
        int n = weight.length;
        if (n == 0 || stratum.length != n || cluster.length != n)
            throw new IllegalArgumentException("Expected strata and clusters of " + n + " answers (at least 1), got " + stratum.length + " and " + cluster.length
                    + ".");
        int[] of = new int[1 + Arrays.stream(cluster).max().orElse(0)];
        Arrays.fill(of, -1);
        for (int i = 0; i < n; i++) {
            if (!(weight[i] > 0 && weight[i] < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("The weight (" + weight[i] + ") of answer " + i + " must be above 0.");
            if (stratum[i] < 0 || stratum[i] >= population.length)
                throw new IllegalArgumentException("Answer " + i + " lies in stratum " + stratum[i] + ", of which no population is given.");
            if (of[cluster[i]] >= 0 && of[cluster[i]] != stratum[i])
                throw new IllegalArgumentException("Cluster " + cluster[i] + " lies in strata " + of[cluster[i]] + " and " + stratum[i]
                        + ". Number clusters anew in each stratum.");
            of[cluster[i]] = stratum[i];
        }
        int[] drawn = counts(of, population.length);
        for (int h = 0; h < drawn.length; h++) if (!(population[h] >= drawn[h]))
            throw new IllegalArgumentException("Stratum " + h + " has " + drawn[h] + " clusters in the sample but " + population[h] + " in the population.");
        return new SurveyDesign(weight.clone(), cluster.clone(), of, population.clone(), lonely, new double[0], weight.clone());
    }

    /// One stratum, each answer its own cluster, drawn with replacement: the plainest design.
    public static SurveyDesign simple(double[] weight) {
        return of(weight, new int[weight.length], IntStream.range(0, weight.length).toArray(), new double[] {Double.POSITIVE_INFINITY}, LonelyCluster.REFUSE);
    }

    /// The design after calibration: new weights, and errors of what the auxiliaries do not explain. `auxiliaries` is n x k row-major.
    public SurveyDesign calibrated(double[] newWeight, double[] auxiliaries) {
        if (newWeight.length != weight.length || auxiliaries.length % weight.length != 0)
            throw new IllegalArgumentException("Expected " + weight.length + " weights and rows, got " + newWeight.length + " and " + auxiliaries.length + ".");
        return new SurveyDesign(newWeight.clone(), cluster, stratumOf, population, lonely, auxiliaries.clone(), weight);
    }

    /// The number of answers.
    public int answers() {
        return weight.length;
    }

    /// The weights.
    public double[] weights() {
        return weight.clone();
    }

    /// Clusters in the sample less strata in the sample.
    public int degreesOfFreedom() {
        int[] drawn = counts(stratumOf, population.length);
        return Arrays.stream(drawn).sum() - (int) Arrays.stream(drawn).filter(c -> c > 0).count();
    }

    private static int[] counts(int[] of, int strata) {
        int[] out = new int[strata];
        for (int h : of) if (h >= 0) out[h]++;
        return out;
    }

    /// The total of `y` over the population. For a domain, `y` is 0 outside it.
    public SurveyEstimate total(double[] y) {
        return estimate(weighted(y), y);
    }

    /// The mean of `y`; a proportion where y is 0 or 1.
    public SurveyEstimate mean(double[] y) {
        return ratio(y, ones());
    }

    /// The mean of `y` over those for whom `in` is true; its error takes their number as an estimate too. NaN where nobody is.
    public SurveyEstimate mean(double[] y, boolean[] in) {
        double[] one = IntStream.range(0, in.length).mapToDouble(i -> in[i] ? 1 : 0).toArray();
        return ratio(IntStream.range(0, y.length).mapToDouble(i -> in[i] ? y[i] : 0).toArray(), one);
    }

    /// The ratio of the totals of `y` and `x`.
    public SurveyEstimate ratio(double[] y, double[] x) {
        double below = weighted(x);
        double r = weighted(y) / below;
        return estimate(r, IntStream.range(0, weight.length).mapToDouble(i -> (y[i] - r * x[i]) / below).toArray());
    }

    /// The shares of `amount[brand][n]` in the total of all of them, with their covariance.
    public ShareEstimate shares(double[][] amount) {
        int brands = amount.length;
        double[] totals = Arrays.stream(amount).mapToDouble(this::weighted).toArray();
        double all = Arrays.stream(totals).sum();
        if (!(all > 0)) throw new IllegalArgumentException("The brands' total (" + all + ") must be above 0. Maybe the survey counted nothing?");
        double[] share = Arrays.stream(totals).map(t -> t / all).toArray();
        double[][] u = new double[brands][weight.length];
        for (int i = 0; i < weight.length; i++) {
            double sum = 0;
            for (double[] a : amount) sum += a[i];
            for (int b = 0; b < brands; b++) u[b][i] = (amount[b][i] - share[b] * sum) / all;
        }
        return new ShareEstimate(share, covariance(u));
    }

    private double[] ones() {
        double[] one = new double[weight.length];
        Arrays.fill(one, 1);
        return one;
    }

    private double weighted(double[] y) {
        if (y.length != weight.length) throw new IllegalArgumentException("Expected " + weight.length + " answers, got " + y.length + ".");
        double s = 0;
        for (int i = 0; i < y.length; i++) s += weight[i] * y[i];
        return s;
    }

    private SurveyEstimate estimate(double value, double[] u) {
        return new SurveyEstimate(value, Math.sqrt(covariance(new double[][] {u})[0]), degreesOfFreedom());
    }

    /// The covariance of the weighted totals of `u[q][n]`, q x q row-major; NaN where a lonely cluster is refused.
    double[] covariance(double[][] u) {
        int q = u.length;
        double[][] total = new double[q][stratumOf.length];
        for (int a = 0; a < q; a++) {
            double[] e = residuals(u[a]);
            for (int i = 0; i < e.length; i++) total[a][cluster[i]] += weight[i] * e[i];
        }
        int[] drawn = counts(stratumOf, population.length);
        double[] out = new double[q * q];
        for (int h = 0; h < drawn.length; h++) add(out, total, h, drawn[h]);
        return out;
    }

    private void add(double[] out, double[][] total, int h, int drawn) {
        if (drawn == 0 || drawn == population[h]) return;
        if (drawn == 1 && lonely == LonelyCluster.CERTAINTY) return;
        int q = total.length;
        double[] mean = new double[q];
        for (int c = 0; c < stratumOf.length; c++) if (stratumOf[c] >= 0 && (stratumOf[c] == h || drawn == 1)) for (int a = 0; a < q; a++) mean[a] += total[a][c];
        long all = Arrays.stream(stratumOf).filter(s -> s >= 0).count();
        for (int a = 0; a < q; a++) mean[a] /= drawn == 1 ? all : drawn;
        double factor = 1 - drawn / population[h];
        if (drawn > 1) factor *= drawn / (drawn - 1.0);
        else if (lonely == LonelyCluster.REFUSE) factor = Double.NaN;
        for (int c = 0; c < stratumOf.length; c++) {
            if (stratumOf[c] != h) continue;
            for (int a = 0; a < q; a++) for (int b = 0; b < q; b++) out[a * q + b] += factor * (total[a][c] - mean[a]) * (total[b][c] - mean[b]);
        }
    }

    /// What the auxiliaries leave of `u`, under the weights before calibration: a calibrated total errs by no more.
    private double[] residuals(double[] u) {
        int k = auxiliaries.length / weight.length;
        return k == 0 ? u : LeastSquares.fit(auxiliaries, u, before, k).residuals();
    }
}
