package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/// What must not change an estimate, and what must change it in a known way.
class RelationsTest {
    private static final Nests PAIR = new Nests(Nests.Convention.SCALE, List.of(Nest.of("pair", 4, 0, 2)));

    private static ChoiceModel nested(int cases) {
        UniformRandomProvider random = RandomModels.random(5);
        Choices choices = RandomModels.choices(random, cases, false);
        return new ChoiceModel(choices, RandomModels.utilities(random, choices, 1, false), parameters(), PAIR, Mixture.NONE);
    }

    private static List<Parameter> parameters() {
        return List.of(Parameter.free("x", 0), Parameter.free("y", 0), Parameter.free("c0", 0), Parameter.free("c1", 0), new Parameter("mu", 1, false, .2, 20));
    }

    /// The same data in rows, taken in another order of cases and of alternatives within each.
    private static ChoiceModel shuffled(ChoiceModel model, int[] cases) {
        Choices from = model.choices();
        int[] first = new int[cases.length + 1];
        List<Integer> rows = new ArrayList<>();
        int[] chosen = new int[cases.length];
        double[] weight = new double[cases.length];
        for (int n = 0; n < cases.length; n++) {
            List<Integer> own = new ArrayList<>(IntStream.range(from.firstRow(cases[n]), from.firstRow(cases[n] + 1)).boxed().toList());
            Collections.reverse(own);
            chosen[n] = rows.size() + own.indexOf(from.chosenRow(cases[n]));
            weight[n] = from.weight(cases[n]);
            rows.addAll(own);
            first[n + 1] = rows.size();
        }
        List<Utility.Linear> utilities = model.utilities().stream().map(u -> (Utility.Linear) u).map(l -> new Utility.Linear(new double[rows.size()], l.parameter,
                Arrays.stream(l.factor).map(f -> rows.stream().mapToDouble(r -> f[from.index[r]]).toArray()).toArray(double[][]::new))).toList();
        Choices to = Choices.rows(from.alternatives(), first, rows.stream().mapToInt(from::alternativeOf).toArray(), chosen).weighted(weight);
        return model.on(to, utilities);
    }

    @Test
    void orderAndShapeOfTheDataDoNotMatter() {
        ChoiceModel model = nested(300);
        ChoiceFit fit = Models.fit(model);
        ChoiceFit other = Models.fit(shuffled(model, IntStream.range(0, 300).map(n -> n * 7 % 300).toArray()));
        assertThat(other.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-10));
        assertThat(other.parameters()).containsExactly(fit.parameters(), within(1e-9));
        for (Covariance.Kind kind : List.of(Covariance.Kind.HESSIAN, Covariance.Kind.BHHH, Covariance.Kind.SANDWICH))
            assertThat(PublishedTest.errors(other, kind)).containsExactly(PublishedTest.errors(fit, kind), within(1e-8));
        assertThat(other.constantsLogLikelihood()).isCloseTo(fit.constantsLogLikelihood(), within(1e-9)).isLessThan(fit.logLikelihood()).isGreaterThan(fit.nullLogLikelihood());
    }

    @Test
    void aWeightOfTwoIsACaseTwice() {
        ChoiceModel model = nested(200);
        double[] weight = IntStream.range(0, 200).mapToDouble(n -> 1 + n % 2).toArray();
        ChoiceModel weighted = model.on(model.choices().weighted(weight), model.utilities());
        ChoiceModel plain = model.on(model.choices().weighted(Models.ones(200)), model.utilities());
        int[] twice = IntStream.range(0, 200).flatMap(n -> IntStream.range(0, 1 + n % 2).map(_ -> n)).toArray();
        ChoiceFit fit = Models.fit(weighted);
        ChoiceFit doubled = Models.fit(shuffled(plain, twice));
        assertThat(doubled.parameters()).containsExactly(fit.parameters(), within(1e-9));
        assertThat(PublishedTest.errors(doubled, Covariance.Kind.HESSIAN)).containsExactly(PublishedTest.errors(fit, Covariance.Kind.HESSIAN), within(1e-9));
        // The two copies of a case are one cluster: then the weight squares in the sandwich too.
        assertThat(IntStream.range(0, 5).mapToDouble(doubled.clustered(twice)::error).toArray()).containsExactly(PublishedTest.errors(fit, Covariance.Kind.SANDWICH), within(1e-9));
    }

    @Test
    void threadsDoNotMatter() throws InterruptedException, ExecutionException {
        UniformRandomProvider random = RandomModels.random(9);
        Choices choices = RandomModels.choices(random, 150, true);
        Mixture mixture = new Mixture(List.of(new RandomCoefficient(RandomCoefficient.Distribution.NORMAL, 1, 4)), new Draws(Draws.Type.PSEUDO_RANDOM, 300, 7));
        ChoiceModel model = new ChoiceModel(choices, RandomModels.utilities(random, choices, 5, false), RandomModels.parameters(5), Nests.NONE, mixture);
        List<String> seen = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                seen.add(pool.submit(() -> {
                    ChoiceFit fit = Models.fit(model);
                    return fit.logLikelihood() + Arrays.toString(fit.parameters()) + Arrays.toString(PublishedTest.errors(fit, Covariance.Kind.SANDWICH));
                }).get());
            }
        }
        assertThat(seen.stream().distinct()).hasSize(1);
    }

    @Test
    void unitsOfTheDataDoNotMatter() {
        ChoiceModel model = nested(300);
        ChoiceFit fit = Models.fit(model);
        List<Utility.Linear> scaled = model.utilities().stream().map(u -> (Utility.Linear) u).map(l -> new Utility.Linear(l.constant, l.parameter,
                IntStream.range(0, l.factor.length).mapToObj(t -> Arrays.stream(l.factor[t]).map(x -> l.parameter[t] == 0 ? 1e6 * x : l.parameter[t] == 1 ? 1e-5 * x : x).toArray()).toArray(double[][]::new))).toList();
        ChoiceFit other = Models.fit(model.on(model.choices(), scaled));
        assertThat(other.estimate(0) * 1e6).isCloseTo(fit.estimate(0), within(1e-9));
        assertThat(other.estimate(1) * 1e-5).isCloseTo(fit.estimate(1), within(1e-9));
        assertThat(other.warnings()).isEqualTo(fit.warnings());
    }

    @Test
    void aNestAsLooseAsItsParentIsNoNest() {
        ChoiceModel plain = nested(250);
        List<Parameter> two = List.of(Parameter.free("x", 0), Parameter.free("y", 0), Parameter.free("c0", 0), Parameter.free("c1", 0), new Parameter("mu", 1, false, .2, 20), Parameter.fixed("one", 1));
        Nests deep = new Nests(Nests.Convention.DISSIMILARITY, List.of(new Nest("outer", 5, List.of(), List.of(Nest.of("pair", 4, 0, 2), Nest.of("rest", 5, 3)))));
        ChoiceFit flat = Models.fit(plain);
        ChoiceFit tree = Models.fit(new ChoiceModel(plain.choices(), plain.utilities(), two, deep, Mixture.NONE));
        assertThat(tree.logLikelihood()).isCloseTo(flat.logLikelihood(), within(1e-9));
        assertThat(1 / tree.estimate(4)).isCloseTo(flat.estimate(4), within(1e-8));
        assertThat(tree.covariance(Covariance.Kind.HESSIAN).error(5)).isNaN();
    }

    @Test
    void aTestOfMultinomialWithinNested() {
        ChoiceModel model = nested(300);
        List<Parameter> fixed = new ArrayList<>(parameters());
        fixed.set(4, Parameter.fixed("mu", 1));
        LikelihoodRatio test = LikelihoodRatio.of(Models.fit(model.with(fixed)), Models.fit(model));
        assertThat(test.degrees()).isEqualTo(1);
        assertThat(test.p()).isBetween(0.0, 1.0);
        ChoiceFit restricted = Models.fit(new ChoiceModel(model.choices(), model.utilities(), parameters().subList(0, 4)));
        assertThat(test.statistic()).isCloseTo(2 * (Models.fit(model).logLikelihood() - restricted.logLikelihood()), within(1e-8));
        assertThatThrownBy(() -> LikelihoodRatio.of(restricted, restricted)).hasMessageContaining("estimates 4 parameters");
    }

    @Test
    void aFitKnowsItsOwnLikelihoodOnOtherData() {
        ChoiceModel model = nested(100);
        ChoiceFit fit = Models.fit(model);
        assertThat(ChoiceEstimator.logLikelihood(model, fit.parameters())).isCloseTo(fit.logLikelihood(), within(1e-10));
        ChoiceModel half = shuffled(model, IntStream.range(0, 50).toArray());
        ChoiceModel rest = shuffled(model, IntStream.range(50, 100).toArray());
        assertThat(ChoiceEstimator.logLikelihood(half, fit.parameters()) + ChoiceEstimator.logLikelihood(rest, fit.parameters())).isCloseTo(fit.logLikelihood(), within(1e-10));
    }
}
