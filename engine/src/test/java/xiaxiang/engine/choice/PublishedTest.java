package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;

/// What biogeme and mlogit publish, from their own data.
class PublishedTest {
    @Test
    void swissmetroLogit() {
        ChoiceFit fit = Models.fit(Models.swissmetro(1, Nests.NONE, Mixture.NONE));
        assertThat(fit.model().choices().cases()).isEqualTo(6768);
        assertThat(fit.logLikelihood()).isCloseTo(-5331.252006916, within(1e-6));
        assertThat(fit.nullLogLikelihood()).isCloseTo(-6964.662979192191, within(1e-9));
        assertThat(fit.parameters()).containsExactly(new double[] {-.70118671, -1.27786025, -1.08379065, -.15463242}, within(1e-8));
        assertThat(errors(fit, Covariance.Kind.HESSIAN)).containsExactly(new double[] {.0548739332, .0568833453, .0518301917, .0432354717}, within(1e-8));
        assertThat(errors(fit, Covariance.Kind.SANDWICH)).containsExactly(new double[] {.082562036, .104254484, .068225058, .058163428}, within(1e-8));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.gradientNorm()).isLessThan(1e-9);
        assertThat(fit.warnings()).isEmpty();
    }

    static double[] errors(ChoiceFit fit, Covariance.Kind kind) {
        Covariance c = fit.covariance(kind);
        return IntStream.range(0, c.size()).mapToDouble(c::error).toArray();
    }

    @Test
    void swissmetroNested() {
        Parameter mu = new Parameter("mu", 1, false, 1, 10);
        ChoiceFit fit = Models.fit(Models.swissmetro(1, new Nests(Nests.Convention.SCALE, List.of(Nest.of("existing", 4, 0, 2))), Mixture.NONE, mu));
        assertThat(fit.logLikelihood()).isBetween(-5236.9000152, -5236.900013);
        assertThat(fit.parameters()).containsExactly(new double[] {-.5119528, -.8987156, -.8567014, -.1671413, 2.0538620}, within(3e-4));
        assertThat(errors(fit, Covariance.Kind.SANDWICH)[4]).isCloseTo(.164, within(5e-4));
        assertThat(fit.gradientNorm()).isLessThan(1e-8);
        ChoiceFit other = Models.fit(Models.swissmetro(1, new Nests(Nests.Convention.DISSIMILARITY, List.of(Nest.of("existing", 4, 0, 2))), Mixture.NONE, Parameter.free("lambda", 1)));
        assertThat(other.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-9));
        assertThat(1 / other.estimate(4)).isCloseTo(fit.estimate(4), within(1e-9));
        // The delta method: the error of 1/lambda is that of lambda over its square.
        assertThat(errors(other, Covariance.Kind.HESSIAN)[4] / Math.pow(other.estimate(4), 2)).isCloseTo(errors(fit, Covariance.Kind.HESSIAN)[4], within(1e-9));
    }

    @Test
    void swissmetroMixed() {
        Mixture mixture = new Mixture(List.of(new RandomCoefficient(RandomCoefficient.Distribution.NORMAL, 1, 4)), new Draws(Draws.Type.HALTON, 300, 0));
        ChoiceFit fit = Models.fit(Models.swissmetro(5, Nests.NONE, mixture, Parameter.free("b_time_s", 1)));
        assertThat(fit.logLikelihood()).isCloseTo(-5215.694, within(1.0));
        assertThat(fit.parameters()).containsExactly(new double[] {-.4026, -2.2568, -1.2846, .1363, 1.6543}, within(.03));
        assertThat(fit.converged()).isTrue();
    }

    @Test
    void heating() {
        SharedTable t = SharedTable.read("mlogit_Heating.csv");
        List<String> systems = List.of("gc", "gr", "ec", "er", "hp");
        int n = t.rows();
        boolean[][] available = new boolean[5][n];
        int[] chosen = new int[n];
        for (int i = 0; i < n; i++) chosen[i] = systems.indexOf(t.text(i, "depvar"));
        for (boolean[] a : available) java.util.Arrays.fill(a, true);
        Choices choices = Choices.wide(available, chosen);
        List<Parameter> costs = List.of(Parameter.free("ic", 0), Parameter.free("oc", 0));
        ChoiceFit fit = Models.fit(new ChoiceModel(choices, systems.stream().map(s -> Models.linear(n, 0, t.map(i -> t.number(i, "ic." + s)), 1, t.map(i -> t.number(i, "oc." + s)))).toList(), costs));
        assertThat(fit.estimate(0)).isCloseTo(-.006231869335, within(1e-11));
        assertThat(fit.estimate(1)).isCloseTo(-.004580082961, within(1e-11));
        assertThat(errors(fit, Covariance.Kind.HESSIAN)).containsExactly(new double[] {.00035277397, .0003221638}, within(1e-9));
        assertThat(fit.logLikelihood()).isCloseTo(-1095.23712533, within(1e-7));
        List<Parameter> all = List.of(costs.get(0), costs.get(1), Parameter.free("gr", 0), Parameter.free("ec", 0), Parameter.free("er", 0), Parameter.free("hp", 0));
        List<Utility.Linear> withConstants = IntStream.range(0, 5).mapToObj(j -> {
            double[] ic = t.map(i -> t.number(i, "ic." + systems.get(j)));
            double[] oc = t.map(i -> t.number(i, "oc." + systems.get(j)));
            return j == 0 ? Models.linear(n, 0, ic, 1, oc) : Models.linear(n, 0, ic, 1, oc, j + 1, Models.ones(n));
        }).toList();
        ChoiceFit second = Models.fit(new ChoiceModel(choices, withConstants, all));
        assertThat(second.logLikelihood()).isCloseTo(-1008.22872199, within(1e-6));
    }

    @Test
    void train() {
        SharedTable t = SharedTable.read("mlogit_Train.csv");
        int n = t.rows();
        boolean[][] available = new boolean[2][n];
        int[] chosen = new int[n];
        for (boolean[] a : available) java.util.Arrays.fill(a, true);
        for (int i = 0; i < n; i++) chosen[i] = t.text(i, "choice").equals("A") ? 0 : 1;
        List<Utility.Linear> utilities = java.util.stream.Stream.of("A", "B").map(a -> Models.linear(n, 0, t.map(i -> t.number(i, "price_" + a) / 100 * 2.20371),
                1, t.map(i -> t.number(i, "time_" + a) / 60), 2, t.map(i -> t.number(i, "change_" + a)), 3, t.map(i -> t.number(i, "comfort_" + a)))).toList();
        List<Parameter> parameters = java.util.stream.Stream.of("price", "time", "change", "comfort").map(p -> Parameter.free(p, 0)).toList();
        ChoiceFit fit = Models.fit(new ChoiceModel(Choices.wide(available, chosen), utilities, parameters));
        assertThat(fit.parameters()).containsExactly(new double[] {-.0673580564, -1.7205517443, -.3263409845, -.9457256890}, within(1e-9));
        assertThat(fit.logLikelihood()).isCloseTo(-1724.1500271594, within(1e-8));
    }
}
