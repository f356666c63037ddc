package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.numeric.Objective;

/// The log-likelihood of answers and shop totals together: weighted choice probabilities, and Poisson totals divided by their dispersion.
///
/// A total's mean is years x the sum over points of people x exp(level + elasticity x ln income) x P(offer). The Hessian is minus the expected information, which is
/// never indefinite. Cost of a value with derivatives: O(entries x features + answers' points x entries x parameters^2 + totals x parameters^2).
final class BrandChoiceLikelihood implements Objective {
    private static final int BLOCK = 64;

    private final BrandChoiceData data;
    private final BrandChoiceParameters at;
    private final double dispersion;
    /// By offer: its total, or -1.
    private final int[] totalOf;
    /// The answers in the order of points, and where each point's begin.
    private final int[] byPoint;
    private final int[] firstAnswer;

    /// Totals count 1 / `dispersion` (>= 1) of what Poisson counts would.
    BrandChoiceLikelihood(BrandChoiceData data, double dispersion) {
        this.data = data;
        this.dispersion = dispersion;
        at = new BrandChoiceParameters(data.features, data.brands);
        int offers = Arrays.stream(data.offer).max().orElse(-1) + 1;
        totalOf = new int[Math.max(offers, Arrays.stream(data.totals.offer).max().orElse(-1) + 1)];
        Arrays.fill(totalOf, -1);
        for (int c = 0; c < data.totals.count(); c++) totalOf[data.totals.offer[c]] = c;
        byPoint = IntStream.range(0, data.answers.count()).boxed().sorted((a, b) -> Integer.compare(data.answers.point[a], data.answers.point[b])).mapToInt(a -> a).toArray();
        firstAnswer = new int[data.points + 1];
        for (int p : data.answers.point) firstAnswer[p + 1]++;
        for (int i = 0; i < data.points; i++) firstAnswer[i + 1] += firstAnswer[i];
    }

    @Override
    public int size() {
        return at.size();
    }

    @Override
    public double at(double[] theta, double[] gradient, double[] hessian) {
        if (!(theta[at.mu()] > 0)) return Double.NaN;
        boolean derivatives = gradient.length > 0 || hessian.length > 0;
        Sums sums = sums(theta, derivatives, hessian.length > 0, null);
        double value = sums.value;
        if (gradient.length > 0) System.arraycopy(sums.gradient, 0, gradient, 0, gradient.length);
        if (hessian.length > 0) for (int k = 0; k < hessian.length; k++) hessian[k] = -sums.information[k];
        for (int c = 0; c < data.totals.count(); c++) {
            double mean = data.totals.years[c] * sums.mean[c];
            double units = data.totals.units[c];
            if (!(mean > 0)) {
                // An offer no point can reach says nothing of the coefficients; the door warns of it.
                continue;
            }
            value += (units * Math.log(mean) - mean) / dispersion;
            if (derivatives) addTotal(c, units / mean - 1, mean, sums, gradient, hessian);
        }
        return value;
    }

    private void addTotal(int c, double residual, double mean, Sums sums, double[] gradient, double[] hessian) {
        int n = size();
        double years = data.totals.years[c];
        for (int a = 0; a < n; a++) {
            double da = years * sums.meanGradient[c * n + a];
            if (gradient.length > 0) gradient[a] += residual * da / dispersion;
            if (hessian.length == 0 || da == 0) continue;
            for (int b = 0; b < n; b++) hessian[a * n + b] -= da * years * sums.meanGradient[c * n + b] / mean / dispersion;
        }
    }

    /// The scores at `theta`: `double[clusters + totals][parameters]`, answers summed by cluster, then the totals one by one. Those of G clusters are raised by sqrt(G / (G - 1)),
    /// since a fit draws the clusters it saw to itself.
    double[][] scores(double[] theta) {
        int clusters = Arrays.stream(data.answers.cluster).max().orElse(-1) + 1;
        double[][] out = new double[clusters + data.totals.count()][size()];
        Sums sums = sums(theta, true, false, out);
        long seen = Arrays.stream(data.answers.cluster).distinct().count();
        if (seen > 1) for (int c = 0; c < clusters; c++) for (int k = 0; k < size(); k++) out[c][k] *= Math.sqrt(seen / (seen - 1.0));
        for (int c = 0; c < data.totals.count(); c++) {
            double mean = data.totals.years[c] * sums.mean[c];
            if (mean > 0) addTotal(c, data.totals.units[c] / mean - 1, mean, sums, out[clusters + c], new double[0]);
        }
        return out;
    }

    /// The totals expected at `theta`, over their years.
    double[] expected(double[] theta) {
        double[] mean = sums(theta, false, false, null).mean;
        for (int c = 0; c < mean.length; c++) mean[c] *= data.totals.years[c];
        return mean;
    }

    private Sums sums(double[] theta, boolean derivatives, boolean information, double @Nullable [][] byCluster) {
        double[] door = BrandChoicePoint.doors(data, theta);
        int blocks = (data.points + BLOCK - 1) / BLOCK;
        Sums[] parts = new Sums[blocks];
        IntStream range = IntStream.range(0, blocks);
        // Scores by cluster go to shared rows: one thread, in order.
        (byCluster == null ? range.parallel() : range).forEach(k -> parts[k] = block(k, theta, door, derivatives, information, byCluster));
        Sums all = new Sums(derivatives, information);
        for (Sums part : parts) all.add(part);
        return all;
    }

    private Sums block(int k, double[] theta, double[] door, boolean derivatives, boolean information, double @Nullable [][] byCluster) {
        Sums s = new Sums(derivatives, information);
        BrandChoicePoint point = new BrandChoicePoint(data, at, theta, door);
        double[] g = new double[size()];
        for (int i = k * BLOCK; i < Math.min(data.points, (k + 1) * BLOCK); i++) {
            point.visit(i, derivatives);
            answers(i, point, s, g, byCluster);
            if (data.totals.count() > 0) totals(i, theta, point, s, g);
        }
        return s;
    }

    private void answers(int i, BrandChoicePoint point, Sums s, double[] g, double @Nullable [][] byCluster) {
        double weight = 0;
        for (int k = firstAnswer[i]; k < firstAnswer[i + 1]; k++) {
            int a = byPoint[k];
            int b = brandOf(i, data.answers.entry[a]);
            weight += data.answers.weight[a];
            s.value += data.answers.weight[a] * point.log(b, data.answers.entry[a]);
            if (s.gradient.length == 0) continue;
            point.score(b, data.answers.entry[a], g);
            add(s.gradient, data.answers.weight[a], g);
            if (byCluster != null) add(byCluster[data.answers.cluster[a]], data.answers.weight[a], g);
        }
        if (s.information.length > 0 && weight > 0) expectation(i, weight, point, s, g);
    }

    private int brandOf(int i, int entry) {
        int b = 0;
        while (entry >= 0 && data.start[i * data.brands + b + 1] <= entry) b++;
        return b;
    }

    private static void add(double[] to, double weight, double[] g) {
        for (int a = 0; a < g.length; a++) to[a] += weight * g[a];
    }

    /// The expected information of one point's answers: the sum over all it may choose of P g g'.
    private void expectation(int i, double weight, BrandChoicePoint point, Sums s, double[] g) {
        point.score(0, BrandChoiceData.NOTHING, g);
        s.square(weight * point.nothing(), g);
        for (int b = 0; b < data.brands; b++)
            for (int e = data.start[i * data.brands + b]; e < data.start[i * data.brands + b + 1]; e++) {
                point.score(b, e, g);
                s.square(weight * point.of(b, e), g);
            }
    }

    private void totals(int i, double[] theta, BrandChoicePoint point, Sums s, double[] g) {
        double buyers = data.people[i] * Math.exp(theta[at.level()] + theta[at.elasticity()] * data.logIncome[i]);
        int n = size();
        for (int b = 0; b < data.brands; b++)
            for (int e = data.start[i * data.brands + b]; e < data.start[i * data.brands + b + 1]; e++) {
                int c = totalOf[data.offer[e]];
                if (c < 0) continue;
                double units = buyers * point.of(b, e);
                s.mean[c] += units;
                if (s.gradient.length == 0 || units == 0) continue;
                point.score(b, e, g);
                g[at.level()] = 1;
                g[at.elasticity()] = data.logIncome[i];
                for (int a = 0; a < n; a++) s.meanGradient[c * n + a] += units * g[a];
            }
    }

    /// What a block of points adds. Blocks are added in order, so that threads change nothing.
    private final class Sums {
        double value;
        final double[] gradient;
        final double[] information;
        final double[] mean = new double[data.totals.count()];
        final double[] meanGradient;

        Sums(boolean derivatives, boolean withInformation) {
            int n = size();
            gradient = new double[derivatives ? n : 0];
            information = new double[withInformation ? n * n : 0];
            meanGradient = new double[derivatives ? mean.length * n : 0];
        }

        void square(double weight, double[] g) {
            int n = g.length;
            for (int a = 0; a < n; a++) {
                double w = weight * g[a];
                if (w == 0) continue;
                for (int b = 0; b < n; b++) information[a * n + b] += w * g[b];
            }
        }

        void add(Sums o) {
            value += o.value;
            BrandChoiceLikelihood.add(gradient, 1, o.gradient);
            BrandChoiceLikelihood.add(information, 1, o.information);
            BrandChoiceLikelihood.add(mean, 1, o.mean);
            BrandChoiceLikelihood.add(meanGradient, 1, o.meanGradient);
        }
    }
}
