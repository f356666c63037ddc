package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/// The score tests of nests: as derivatives tell, and right as often as they say.
class NestScoresTest {
    private static final int CASES = 1000;
    private static final double[] TRUTH = {1, -.5, 0, .3, -.2, .4, 1};

    /// A world of the simulation gate: four alternatives, the first two in a nest of scale mu; the fit knows of none.
    private static ChoiceFit world(double mu, long seed) {
        UniformRandomProvider random = RandomModels.random(seed);
        boolean[][] available = new boolean[4][CASES];
        for (boolean[] a : available) Arrays.fill(a, true);
        List<Utility> utilities = IntStream.range(0, 4).<Utility>mapToObj(j -> {
            double[][] xyz = new double[3][CASES];
            for (double[] x : xyz) for (int n = 0; n < CASES; n++) x[n] = 2 * random.nextDouble() - 1;
            return j == 0 ? Models.linear(CASES, 0, xyz[0], 1, xyz[1], 2, xyz[2]) : Models.linear(CASES, 0, xyz[0], 1, xyz[1], 2, xyz[2], 2 + j, Models.ones(CASES));
        }).toList();
        Choices unknown = Choices.wide(available, new int[CASES]);
        List<Parameter> parameters = IntStream.range(0, 7).mapToObj(p -> Parameter.free("p" + p, p == 6 ? 1 : 0)).toList();
        ChoiceModel nested = new ChoiceModel(unknown, utilities, parameters, new Nests(Nests.Convention.SCALE, List.of(Nest.of("near", 6, 0, 1))), Mixture.NONE);
        double[] truth = TRUTH.clone();
        truth[6] = mu;
        Choices chosen = unknown.choosing(Prediction.of(nested, truth).simulate(random.nextLong()));
        return Models.fit(new ChoiceModel(chosen, utilities, parameters.subList(0, 6)));
    }

    private static boolean suspects(ChoiceFit fit) {
        return fit.nestScores().getFirst().p() < .01;
    }

    /// 400 worlds without a nest: at most 3% are suspected, where 1% is promised.
    @Test
    void suspectsNothingWhereThereIsNoNest() {
        assertThat(IntStream.range(0, 400).filter(s -> suspects(world(1, 1000 + s))).count()).isLessThanOrEqualTo(12);
    }

    /// 100 worlds of a nest of scale 2: nearly all are suspected, and nearly always the right nest.
    @Test
    void findsTheNest() {
        List<NestScore> first = IntStream.range(0, 100).mapToObj(s -> world(2, 5000 + s).nestScores().getFirst()).toList();
        assertThat(first.stream().filter(s -> s.p() < .01).count()).isGreaterThanOrEqualTo(95);
        assertThat(first.stream().filter(s -> s.alternatives().equals(List.of(0, 1))).count()).isGreaterThanOrEqualTo(90);
    }

    /// In large samples the square of z is twice what the nest would add to the log-likelihood, near mu = 1.
    @Test
    void agreesWithTheLikelihoodRatio() {
        ChoiceFit plain = world(1.15, 11);
        NestScore score = plain.nestScores().stream().filter(s -> s.alternatives().equals(List.of(0, 1))).findFirst().orElseThrow();
        List<Parameter> seven = IntStream.range(0, 7).mapToObj(p -> Parameter.free("p" + p, p == 6 ? 1 : 0)).toList();
        ChoiceModel model = plain.model();
        ChoiceFit nested = Models.fit(new ChoiceModel(model.choices(), model.utilities(), seven, new Nests(Nests.Convention.SCALE, List.of(Nest.of("near", 6, 0, 1))), Mixture.NONE));
        double root = Math.signum(nested.estimate(6) - 1) * Math.sqrt(2 * (nested.logLikelihood() - plain.logLikelihood()));
        assertThat(score.z()).isCloseTo(root, within(.25));
    }

    /// Swissmetro's nest of what existed before, train and car, is the one biogeme's b09 adds.
    @Test
    void swissmetrosNestIsSuspected() throws IOException {
        List<NestScore> scores = Models.fit(Models.swissmetro(1, Nests.NONE, Mixture.NONE)).nestScores();
        assertThat(scores.getFirst().alternatives()).containsExactly(0, 2);
        assertThat(scores.getFirst().p()).isLessThan(1e-6);
    }

    /// Nests, or too few alternatives, are not tested again.
    @Test
    void asksOnlyPlainLogits() throws IOException {
        Nests nests = new Nests(Nests.Convention.SCALE, List.of(Nest.of("existing", 4, 0, 2)));
        assertThat(Models.fit(Models.swissmetro(1, nests, Mixture.NONE, Parameter.free("mu", 1))).nestScores()).isEmpty();
    }
}
