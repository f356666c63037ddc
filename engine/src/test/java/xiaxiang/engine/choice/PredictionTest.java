package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static ChoiceModel logit(long seed, int cases) {
        UniformRandomProvider random = RandomModels.random(seed);
        Choices choices = RandomModels.choices(random, cases, false);
        return new ChoiceModel(choices, RandomModels.utilities(random, choices, 1, false), RandomModels.parameters(4));
    }

    @Test
    void probabilitiesSumToOneAndAFitWithConstantsMeetsTheShares() {
        ChoiceFit fit = Models.fit(Models.swissmetro(1, Nests.NONE, Mixture.NONE));
        Choices choices = fit.model().choices();
        Prediction prediction = Prediction.of(fit.model(), fit.parameters());
        for (int n = 0; n < choices.cases(); n++) assertThat(IntStream.range(choices.firstRow(n), choices.firstRow(n + 1)).mapToDouble(prediction::probability).sum()).isCloseTo(1, within(1e-14));
        double[] seen = new double[3];
        for (int n = 0; n < choices.cases(); n++) seen[choices.alternativeOf(choices.chosenRow(n))] += 1.0 / choices.cases();
        assertThat(prediction.shares()).containsExactly(seen, within(1e-11));
        Derived shares = fit.shares(fit.model(), fit.covariance(Covariance.Kind.HESSIAN));
        // With a constant for all but one alternative the error of a share cannot be larger than that of a plain count.
        for (int j = 0; j < 3; j++) assertThat(shares.error(j)).isPositive().isLessThan(Math.sqrt(seen[j] * (1 - seen[j]) / choices.cases()));
    }

    @Test
    void elasticitiesOfALogitFollowItsFormula() {
        ChoiceModel model = logit(3, 60);
        double[] parameters = {.5, -.7, .2, -.3};
        Prediction prediction = Prediction.of(model, parameters);
        Elasticities elasticities = Elasticities.of(model, parameters, 2, 1);
        double[] attribute = ((Utility.Linear) model.utilities().get(2)).factor[1];
        Choices choices = model.choices();
        double sum = 0;
        double weight = 0;
        for (int n = 0; n < choices.cases(); n++) {
            double slope = 0;
            double share = 0;
            for (int r = choices.firstRow(n); r < choices.firstRow(n + 1); r++)
                if (choices.alternativeOf(r) == 2) {
                    slope = parameters[1] * attribute[n];
                    share = prediction.probability(r);
                }
            for (int r = choices.firstRow(n); r < choices.firstRow(n + 1); r++) {
                double expected = ((choices.alternativeOf(r) == 2 ? 1 : 0) - share) * slope;
                assertThat(elasticities.of(r)).isCloseTo(expected, within(1e-8));
                if (choices.alternativeOf(r) == 2) sum += choices.weight(n) * share * expected;
            }
            weight += choices.weight(n) * share;
        }
        assertThat(elasticities.aggregate()[2]).isCloseTo(sum / weight, within(1e-7));
        assertThatThrownBy(() -> Elasticities.of(new ChoiceModel(choices, IntStream.range(0, 5).mapToObj(_ -> new RandomModels.Power(0, 1, attribute)).toList(), RandomModels.parameters(2)), new double[2], 0, 0)).hasMessageContaining("not linear");
    }

    @Test
    void theErrorOfARatioIsThatOfTheModelWrittenInIt() {
        ChoiceModel model = Models.swissmetro(1, Nests.NONE, Mixture.NONE);
        ChoiceFit fit = Models.fit(model);
        Derived value = Derived.ratio(fit.parameters(), fit.covariance(Covariance.Kind.SANDWICH), 1, 2);
        // The same utilities with time's coefficient written as ratio times cost's: its error needs no delta method.
        List<Utility> utilities = model.utilities().stream().<Utility>map(u -> new Ratio((Utility.Linear) u)).toList();
        ChoiceFit other = Models.fit(model.on(model.choices(), utilities).with(List.of(Parameter.free("asc_train", 0), Parameter.free("ratio", 1), Parameter.free("b_cost", -1), Parameter.free("asc_car", 0))));
        assertThat(other.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-8));
        assertThat(other.estimate(1)).isCloseTo(value.value(0), within(1e-8));
        assertThat(other.covariance(Covariance.Kind.SANDWICH).error(1)).isCloseTo(value.error(0), within(1e-8));
        Derived numeric = Derived.of(fit.parameters(), fit.covariance(Covariance.Kind.SANDWICH), p -> new double[] {p[1] / p[2]});
        assertThat(numeric.error(0)).isCloseTo(value.error(0), within(1e-8));
    }

    /// A linear utility whose coefficient 1 is coefficient 1 times coefficient 2.
    private static final class Ratio implements Utility.Curved {
        private final Utility.Linear linear;

        Ratio(Utility.Linear linear) {
            this.linear = linear;
        }

        @Override
        public int[] parameters() {
            return new int[] {0, 1, 2, 3};
        }

        @Override
        public double at(int n, double[] beta, double[] gradient, double[] hessian) {
            Arrays.fill(gradient, 0);
            Arrays.fill(hessian, 0);
            double v = 0;
            for (int t = 0; t < linear.parameter.length; t++) {
                int p = linear.parameter[t];
                double x = linear.factor[t][n];
                v += x * (p == 1 ? beta[1] * beta[2] : beta[p]);
                if (gradient.length > 0 && p == 1) {
                    gradient[1] += x * beta[2];
                    gradient[2] += x * beta[1];
                } else if (gradient.length > 0) gradient[p] += x;
                if (hessian.length > 0 && p == 1) hessian[1 * 4 + 2] = hessian[2 * 4 + 1] = x;
            }
            return v;
        }
    }

    @Test
    void aNestedTruthIsRecoveredFromSimulatedChoices() {
        UniformRandomProvider random = RandomModels.random(21);
        Choices choices = RandomModels.choices(random, 12000, false).weighted(Models.ones(12000));
        List<Utility> utilities = RandomModels.utilities(random, choices, 1, true);
        Nests nests = new Nests(Nests.Convention.SCALE, List.of(new Nest("outer", 5, List.of(3), List.of(Nest.of("inner", 6, 0, 1)))));
        List<Parameter> parameters = RandomModels.parameters(7);
        double[] truth = {1.2, -.8, .4, -.5, .6, 1.5, 2.5};
        ChoiceModel model = new ChoiceModel(choices, utilities, parameters, nests, Mixture.NONE);
        int[] chosen = Prediction.of(model, truth).simulate(4);
        ChoiceFit fit = Models.fit(model.on(choices.choosing(chosen), utilities));
        near(fit, truth);
    }

    @Test
    void aMixedTruthOfIndividualsIsRecovered() {
        int people = 600;
        int cases = 8 * people;
        UniformRandomProvider random = RandomModels.random(22);
        Choices choices = RandomModels.choices(random, cases, false).weighted(Models.ones(cases));
        List<Utility> utilities = RandomModels.utilities(random, choices, 5, false);
        double[] truth = {.9, -.6, .4, -.3, .8};
        // Each person's own coefficient: the truth is not drawn by the code under test.
        int[] individual = IntStream.range(0, cases).map(n -> n % people).toArray();
        double[] own = IntStream.range(0, people).mapToDouble(_ -> truth[1] + truth[4] * org.apache.commons.rng.sampling.distribution.ZigguratSampler.NormalizedGaussian.of(random).sample()).toArray();
        int[] chosen = new int[cases];
        for (int n = 0; n < cases; n++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int r = choices.firstRow(n); r < choices.firstRow(n + 1); r++) {
                Utility.Linear l = (Utility.Linear) utilities.get(choices.alternativeOf(r));
                double v = -Math.log(-Math.log(random.nextDouble()));
                for (int t = 0; t < l.parameter.length; t++) v += l.factor[t][n] * (l.parameter[t] == 5 ? own[n % people] : truth[l.parameter[t]]);
                if (v > best) chosen[n] = r;
                best = Math.max(v, best);
            }
        }
        Mixture mixture = new Mixture(List.of(new RandomCoefficient(RandomCoefficient.Distribution.NORMAL, 1, 4)), new Draws(Draws.Type.HALTON, 200, 0));
        ChoiceModel model = new ChoiceModel(choices.choosing(chosen).ofIndividuals(individual), utilities, RandomModels.parameters(5), Nests.NONE, mixture);
        ChoiceFit fit = Models.fit(model);
        near(fit, truth);
        // From a deviation of the other sign, or of 0, the search comes to the same maximum.
        for (double start : new double[] {-1, 0}) {
            List<Parameter> turned = new java.util.ArrayList<>(model.parameters());
            turned.set(4, Parameter.free("p4", start));
            assertThat(Models.fit(model.with(turned)).parameters()).containsExactly(fit.parameters(), within(1e-8));
        }
    }

    private static void near(ChoiceFit fit, double[] truth) {
        assertThat(fit.converged()).isTrue();
        Covariance errors = fit.covariance(Covariance.Kind.SANDWICH);
        for (int p = 0; p < truth.length; p++) assertThat(Math.abs(fit.estimate(p) - truth[p])).as("parameter " + p + " " + fit.estimate(p)).isLessThan(3.5 * errors.error(p)).isLessThan(.5);
    }

    @Test
    void aFewSampledAlternativesTellTheCoefficients() {
        int cases = 3000;
        int alternatives = 60;
        UniformRandomProvider random = RandomModels.random(31);
        boolean[][] available = new boolean[alternatives][cases];
        double[][] x = new double[alternatives][cases];
        double[] importance = new double[alternatives * cases];
        for (int j = 0; j < alternatives; j++) {
            Arrays.fill(available[j], true);
            for (int n = 0; n < cases; n++) {
                x[j][n] = 2 * random.nextDouble() - 1;
                // Near shops are drawn more often, as a sample by distance would.
                importance[n * alternatives + j] = Math.exp(x[j][n]);
            }
        }
        List<Utility.Linear> utilities = Arrays.stream(x).map(f -> Models.linear(cases, 0, f)).toList();
        Choices all = Choices.wide(available, new int[cases]);
        ChoiceModel model = new ChoiceModel(all, utilities, List.of(Parameter.free("b", 0)));
        Choices chosen = all.choosing(Prediction.of(model, new double[] {1.3}).simulate(5));
        ChoiceFit full = Models.fit(model.on(chosen, utilities));
        near(full, new double[] {1.3});
        Choices even = AlternativeSampling.uniform(chosen, 10, 6);
        assertThat(even.rows()).isEqualTo(10 * cases);
        near(Models.fit(model.on(even, utilities)), new double[] {1.3});
        near(Models.fit(model.on(AlternativeSampling.importance(chosen, importance, 10, 7), utilities)), new double[] {1.3});
        assertThat(AlternativeSampling.uniform(chosen, 1000, 6).rows()).isEqualTo(alternatives * cases);
        // Without its correction the sample by importance is far off: the test above can fail.
        Choices wrong = AlternativeSampling.importance(chosen, importance, 10, 7);
        Choices plain = chosen.of(wrong.first, rowsOf(wrong, alternatives), new double[wrong.rows()]);
        assertThat(Models.fit(model.on(plain, utilities)).estimate(0)).isLessThan(1);
    }

    private static int[] rowsOf(Choices sample, int alternatives) {
        return IntStream.range(0, sample.cases()).flatMap(n -> IntStream.range(sample.firstRow(n), sample.firstRow(n + 1)).map(r -> n * alternatives + sample.alternativeOf(r))).toArray();
    }
}
