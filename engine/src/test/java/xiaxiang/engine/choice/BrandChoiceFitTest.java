package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrandChoiceFitTest {
    private static final int BRANDS = 3;
    private static final int FEATURES = 2;
    private static final BrandChoiceParameters AT = new BrandChoiceParameters(FEATURES, BRANDS);

    /// A market of points on a line with shops of one to three brands, an online offer a brand, and what was observed of it under `theta`.
    private static BrandChoiceData market(long seed, int points, int shops, int answers, double[] theta) {
        Random random = new Random(seed);
        double[] feature = new double[(shops + 1) * BRANDS * FEATURES];
        for (int o = 0; o < shops * BRANDS; o++) {
            feature[o * FEATURES] = random.nextGaussian();
            feature[o * FEATURES + 1] = random.nextInt(2);
        }
        for (int o = shops * BRANDS; o < (shops + 1) * BRANDS; o++) feature[o * FEATURES] = -1;
        double[] place = random.doubles(shops, 0, 20).toArray();
        int[] start = new int[points * BRANDS + 1];
        int[] offer = new int[points * BRANDS * (shops + 1)];
        float[] km = new float[offer.length];
        double[] factor = random.doubles((long) points * BRANDS, -1, 0).toArray();
        double[] people = random.doubles(points, 500, 3000).toArray();
        double[] income = random.doubles(points, -.5, .5).toArray();
        int e = 0;
        for (int i = 0; i < points; i++) for (int b = 0; b < BRANDS; b++) {
            for (int s = 0; s < shops; s++) {
                if ((s + b) % 3 == 0) continue;
                offer[e] = s * BRANDS + b;
                km[e++] = (float) Math.abs(place[s] - 20.0 * i / points);
            }
            offer[e++] = shops * BRANDS + b;
            start[i * BRANDS + b + 1] = e;
        }
        BrandChoiceData.Answers none = new BrandChoiceData.Answers(new int[0], new int[0], new double[0], new int[0]);
        BrandChoiceData bare = new BrandChoiceData(BRANDS, FEATURES, feature, start, Arrays.copyOf(offer, e), Arrays.copyOf(km, e), factor, people, income, none,
                new BrandChoiceData.Totals(new int[0], new double[0], new double[0]));
        return observed(bare, random, answers, shops, theta);
    }

    private static BrandChoiceData observed(BrandChoiceData d, Random random, int answers, int shops, double[] theta) {
        BrandChoiceFit.Probabilities p = BrandChoiceFit.probabilities(d, theta);
        int[] point = new int[answers];
        int[] entry = new int[answers];
        double[] weight = new double[answers];
        for (int a = 0; a < answers; a++) {
            point[a] = random.nextInt(d.points);
            double[] at = p.at(point[a]);
            double u = random.nextDouble();
            int k = 0;
            while (k < at.length - 1 && u >= at[k]) u -= at[k++];
            entry[a] = k == 0 ? BrandChoiceData.NOTHING : d.start[point[a] * BRANDS] + k - 1;
            weight[a] = 1;
        }
        double[] mean = new double[shops * BRANDS];
        for (int i = 0; i < d.points; i++) {
            double[] at = p.at(i);
            for (int e = d.start[i * BRANDS]; e < d.start[(i + 1) * BRANDS]; e++)
                if (d.offer[e] < mean.length) mean[d.offer[e]] += d.people[i] * Math.exp(theta[AT.level()] + theta[AT.elasticity()] * d.logIncome[i]) * at[1 + e - d.start[i * BRANDS]];
        }
        int[] sold = java.util.stream.IntStream.range(0, mean.length).filter(o -> mean[o] > 0).toArray();
        // A normal in place of a Poisson count: the likelihood only asks for mean and variance.
        double[] units = Arrays.stream(sold).mapToDouble(o -> Math.max(0, Math.rint(mean[o] + Math.sqrt(mean[o]) * random.nextGaussian()))).toArray();
        double[] years = new double[sold.length];
        Arrays.fill(years, 1);
        return new BrandChoiceData(BRANDS, FEATURES, d.feature, d.start, d.offer, d.km, d.nestFactor, d.people, d.logIncome, new BrandChoiceData.Answers(point, entry, weight, point.clone()),
                new BrandChoiceData.Totals(sold, units, years));
    }

    private static double[] truth() {
        double[] theta = new double[AT.size()];
        theta[0] = .4;
        theta[1] = .5;
        theta[AT.distance()] = -.2;
        theta[AT.nestFactor()] = .8;
        for (int b = 0; b < BRANDS; b++) theta[AT.constant(b)] = .3 * b;
        theta[AT.mu()] = .6;
        theta[AT.level()] = -1;
        theta[AT.elasticity()] = .5;
        return theta;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theGradientIsTheSlopeOfTheValue(long seed) {
        BrandChoiceData data = market(seed, 12, 5, 200, truth());
        BrandChoiceLikelihood f = new BrandChoiceLikelihood(data, 1.7);
        double[] theta = truth();
        theta[0] = .1;
        theta[AT.mu()] = .8;
        double[] g = new double[f.size()];
        f.at(theta, g, new double[0]);
        for (int k = 0; k < g.length; k++) {
            double h = 1e-5;
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[k] += h;
            down[k] -= h;
            double slope = (f.at(up, new double[0], new double[0]) - f.at(down, new double[0], new double[0])) / (2 * h);
            assertThat(g[k]).as("parameter %d", k).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope)) + 1e-4));
        }
    }

    @Test
    void probabilitiesSumToOneAndFollowTheNestedLogit() {
        BrandChoiceData data = market(5, 4, 3, 0, truth());
        double[] theta = truth();
        double[] at = BrandChoiceFit.probabilities(data, theta).at(2);
        assertThat(Arrays.stream(at).sum()).isCloseTo(1, within(1e-13));
        double[] worth = new double[BRANDS];
        double[] inside = new double[BRANDS];
        int first = data.start[2 * BRANDS];
        for (int b = 0; b < BRANDS; b++) {
            for (int e = data.start[2 * BRANDS + b]; e < data.start[2 * BRANDS + b + 1]; e++) inside[b] += Math.exp(utility(data, theta, e) / .6);
            worth[b] = Math.exp(theta[AT.constant(b)] + .8 * data.nestFactor[2 * BRANDS + b]) * Math.pow(inside[b], .6);
        }
        double all = 1 + Arrays.stream(worth).sum();
        assertThat(at[0]).isCloseTo(1 / all, within(1e-13));
        int e = data.start[2 * BRANDS + 1];
        assertThat(at[1 + e - first]).isCloseTo(worth[1] / all * Math.exp(utility(data, theta, e) / .6) / inside[1], within(1e-13));
    }

    private static double utility(BrandChoiceData d, double[] theta, int e) {
        return theta[0] * d.feature[d.offer[e] * FEATURES] + theta[1] * d.feature[d.offer[e] * FEATURES + 1] + theta[AT.distance()] * d.km[e];
    }

    /// The squared distance from the truth in the metric of the covariance is chi-squared with 10 degrees of freedom: its mean over seeds is near 10.
    @Test
    void theTruthIsRecoveredWithinItsErrors() {
        double sum = 0;
        int inside = 0;
        int counted = 0;
        int seeds = 12;
        for (long seed = 10; seed < 10 + seeds; seed++) {
            BrandChoiceData data = market(seed, 40, 8, 1500, truth());
            boolean[] free = new boolean[AT.size()];
            Arrays.fill(free, true);
            double[] start = new double[AT.size()];
            start[AT.mu()] = .9;
            start[AT.distance()] = -.1;
            double[] lower = new double[AT.size()];
            double[] upper = new double[AT.size()];
            Arrays.fill(lower, -20);
            Arrays.fill(upper, 20);
            lower[AT.mu()] = .05;
            upper[AT.mu()] = 1;
            BrandChoiceFit fit = BrandChoiceFit.of(data, start, lower, upper, free);
            assertThat(fit.converged()).as("seed %d", seed).isTrue();
            for (int k = 0; k < AT.size(); k++) {
                double z = (fit.theta()[k] - truth()[k]) / Math.sqrt(fit.covariance()[k * AT.size() + k]);
                sum += z * z;
                if (Math.abs(z) < 1.96) inside++;
                counted++;
            }
        }
        assertThat(sum / counted).isBetween(.6, 1.5);
        assertThat(inside / (double) counted).isBetween(.88, .99);
    }

    @Test
    void aFeatureThatNeverVariesIsNotKnown() {
        BrandChoiceData data = market(3, 12, 5, 200, truth());
        for (int o = 0; o < data.feature.length / FEATURES; o++) data.feature[o * FEATURES + 1] = 2 * data.feature[o * FEATURES];
        int[] order = {AT.distance(), AT.mu(), 0, 1};
        boolean[] known = BrandChoiceFit.known(data, truth(), order);
        assertThat(known[0]).isTrue();
        assertThat(known[1]).isFalse();
        assertThat(known[AT.level()]).isFalse();
    }

    @Test
    void doubleWeightsChangeNothingButPlainScale() {
        BrandChoiceData data = market(4, 12, 5, 300, truth());
        boolean[] free = new boolean[AT.size()];
        free[0] = true;
        free[AT.distance()] = true;
        double[] lower = new double[AT.size()];
        double[] upper = new double[AT.size()];
        Arrays.fill(lower, -20);
        Arrays.fill(upper, 20);
        BrandChoiceFit once = BrandChoiceFit.of(data, truth(), lower, upper, free);
        double[] twice = Arrays.stream(data.answers.weight).map(w -> 2 * w).toArray();
        BrandChoiceFit doubled = BrandChoiceFit.of(data.with(new BrandChoiceData.Answers(data.answers.point, data.answers.entry, twice, data.answers.cluster)), truth(), lower, upper, free);
        assertThat(doubled.theta()).containsExactly(once.theta(), within(1e-10));
        assertThat(doubled.covariance()).containsExactly(once.covariance(), within(1e-12));
    }

    @Test
    void theShareOfNothingAndItsSlopeAgree() {
        BrandChoiceData data = market(6, 12, 5, 100, truth());
        boolean[] free = new boolean[AT.size()];
        double[] n = BrandChoiceFit.of(data, truth(), truth(), truth(), free).nothing();
        for (int k = 0; k < AT.size(); k++) {
            double[] up = truth();
            double[] down = truth();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            double slope = (BrandChoiceFit.of(data, up, up, up, free).nothing()[0] - BrandChoiceFit.of(data, down, down, down, free).nothing()[0]) / 2e-5;
            assertThat(n[1 + k]).as("parameter %d", k).isCloseTo(slope, within(1e-8));
        }
    }
}
