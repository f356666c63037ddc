package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xiaxiang.engine.choice.RandomCoefficient.Distribution;

/// Gradients and Hessians against finite differences, at points that are no maximum.
class DerivativesTest {
    private static final int CASES = 60;

    static Stream<Nests> trees() {
        Nest pair = Nest.of("pair", 5, 0, 2);
        return Stream.of(Nests.NONE, new Nests(Nests.Convention.SCALE, List.of(pair)), new Nests(Nests.Convention.DISSIMILARITY, List.of(pair)),
                new Nests(Nests.Convention.SCALE, List.of(pair, Nest.of("other", 5, 1, 4))),
                new Nests(Nests.Convention.SCALE, List.of(new Nest("outer", 6, List.of(1), List.of(pair)))),
                new Nests(Nests.Convention.DISSIMILARITY, List.of(new Nest("outer", 6, List.of(1), List.of(pair, Nest.of("inner", 5, 4))))),
                new Nests(Nests.Convention.SCALE, List.of(new Nest("top", 7, List.of(), List.of(new Nest("outer", 6, List.of(1), List.of(pair)), Nest.of("single", 5, 3))))),
                new Nests(Nests.Convention.DISSIMILARITY, List.of(new Nest("top", 5, List.of(4), List.of(new Nest("outer", 6, List.of(), List.of(Nest.of("pair", 5, 0, 1, 2))))))));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void ofAnyTreeWithACurvedUtility(Nests nests) {
        for (long seed = 1; seed <= 3; seed++) {
            UniformRandomProvider random = RandomModels.random(seed);
            Choices choices = RandomModels.choices(random, CASES, seed == 3);
            ChoiceModel model = new ChoiceModel(choices, RandomModels.utilities(random, choices, 1, true), RandomModels.parameters(8), nests, Mixture.NONE);
            check(model, new double[] {.5, -.7, .2, -.3, .4, 1.7, 1.3, 1.1}, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void ofMixedLogitByCaseAndByIndividual(Distribution distribution) {
        for (boolean panel : new boolean[] {false, true}) {
            ChoiceModel model = mixed(distribution, panel, false, Nests.NONE);
            check(model, THETA, "panel " + panel);
        }
    }

    private static final double[] THETA = {.5, -.7, .2, -.3, .4, .9, .6};

    /// Two random coefficients: one has slope 1 as its mean, the other, whose mean moves too, stands in alternative 2 beside it.
    private static ChoiceModel mixed(Distribution distribution, boolean panel, boolean hidden, Nests nests) {
        UniformRandomProvider random = RandomModels.random(11);
        Choices choices = RandomModels.choices(random, CASES, panel);
        int parameters = nests.nests().isEmpty() ? 7 : 8;
        List<Utility> utilities = RandomModels.utilities(random, choices, parameters, false).stream().map(u -> {
            Utility.Linear l = (Utility.Linear) u;
            int[] parameter = Arrays.copyOf(l.parameter, l.parameter.length + 1);
            double[][] factor = Arrays.copyOf(l.factor, parameter.length);
            parameter[l.parameter.length] = parameters + 1;
            factor[l.parameter.length] = Arrays.stream(l.factor[0]).map(x -> x * x).toArray();
            Utility.Linear both = new Utility.Linear(l.constant, parameter, factor);
            return hidden ? new RandomModels.Hidden(both) : both;
        }).toList();
        Mixture mixture = new Mixture(List.of(new RandomCoefficient(distribution, 1, 5), new RandomCoefficient(Distribution.NORMAL, 4, 6)), new Draws(Draws.Type.HALTON, 150, 0));
        return new ChoiceModel(choices, utilities, RandomModels.parameters(parameters), nests, mixture);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofMixedNestedLogit(boolean panel) {
        ChoiceModel model = mixed(Distribution.LOG_NORMAL, panel, false, new Nests(Nests.Convention.SCALE, List.of(Nest.of("pair", 7, 0, 2))));
        check(model, new double[] {.5, -.7, .2, -.3, .4, .9, .6, 1.6}, "panel " + panel);
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void loopsOverBlocksOfDrawsEqualOneDrawAfterAnother(Distribution distribution) {
        for (boolean panel : new boolean[] {false, true}) {
            int k = THETA.length;
            double[] g = new double[k];
            double[] h = new double[k * k];
            double[] g2 = new double[k];
            double[] h2 = new double[k * k];
            double quick = new LogLikelihood(mixed(distribution, panel, false, Nests.NONE)).at(THETA, g, h);
            double plain = new LogLikelihood(mixed(distribution, panel, true, Nests.NONE)).at(THETA, g2, h2);
            assertThat(quick).isCloseTo(plain, within(1e-11));
            assertThat(g).containsExactly(g2, within(1e-11));
            assertThat(h).containsExactly(h2, within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plainLoopsEqualTheGeneralKernel(boolean panel) {
        UniformRandomProvider random = RandomModels.random(12);
        Choices choices = RandomModels.choices(random, CASES, panel);
        List<Utility> linear = RandomModels.utilities(random, choices, 1, false);
        List<Parameter> parameters = List.of(Parameter.free("x", 0), Parameter.free("y", 0), Parameter.fixed("c0", .7), Parameter.free("c1", 0));
        double[] theta = {.5, -.7, .3};
        double[] g = new double[3];
        double[] h = new double[9];
        double[] g2 = new double[3];
        double[] h2 = new double[9];
        LogLikelihood quick = new LogLikelihood(new ChoiceModel(choices, linear, parameters));
        LogLikelihood plain = new LogLikelihood(new ChoiceModel(choices, linear.stream().map(u -> new RandomModels.Hidden((Utility.Linear) u)).toList(), parameters));
        assertThat(quick.at(theta, g, h)).isCloseTo(plain.at(theta, g2, h2), within(1e-12));
        assertThat(g).containsExactly(g2, within(1e-12));
        assertThat(h).containsExactly(h2, within(1e-12));
        assertThat(quick.scores(theta)).containsExactly(plain.scores(theta), within(1e-13));
    }

    private static void check(ChoiceModel model, double[] theta, String name) {
        LogLikelihood f = new LogLikelihood(model);
        int k = theta.length;
        double[] gradient = new double[k];
        double[] hessian = new double[k * k];
        double value = f.at(theta, gradient, hessian);
        double[] alone = new double[k];
        assertThat(f.at(theta, alone, Terms.NONE)).isEqualTo(value);
        assertThat(alone).containsExactly(gradient, within(1e-11));
        double[] scores = f.scores(theta);
        for (int i = 0; i < k; i++) {
            double sum = 0;
            for (int u = 0; u < f.units(); u++) sum += scores[u * k + i];
            assertThat(sum).isCloseTo(gradient[i], within(1e-10));
            double step = 1e-5;
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += step;
            down[i] -= step;
            double[] gUp = new double[k];
            double[] gDown = new double[k];
            double slope = (f.at(up, gUp, Terms.NONE) - f.at(down, gDown, Terms.NONE)) / (2 * step);
            assertThat(gradient[i]).as(name + " gradient " + i).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            for (int j = 0; j < k; j++) {
                double bend = (gUp[j] - gDown[j]) / (2 * step);
                assertThat(hessian[i * k + j]).as(name + " hessian " + i + " " + j).isCloseTo(bend, within(1e-6 * (1 + Math.abs(bend))));
            }
        }
    }
}
