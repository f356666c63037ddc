package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.choice.JointFit.Outcome;

/// Answers and totals from one hidden truth: distance -.6, size 1; and a constant of the outside option, buying nothing, of -1.
class JointFitTest {
    private static final int ORIGINS = 60;
    private static final int SHOPS = 12;
    private static final List<Parameter> PARAMETERS = List.of(Parameter.free("distance", 0), Parameter.free("size", 0), Parameter.free("nothing", 0));

    private static final class World {
        private final double[][] factor = new double[2][ORIGINS * SHOPS];
        private final ChoiceModel survey;
        private final Catchments market;
        private final double[] totals;

        World(long seed, int people, double unit, double toldSize) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            double[] power = new double[ORIGINS];
            double[] size = random.doubles(SHOPS, 0, 2).toArray();
            for (int p = 0; p < factor[0].length; p++) {
                factor[0][p] = 6 * random.nextDouble();
                factor[1][p] = size[p % SHOPS];
                power[p / SHOPS] = unit * (100 + p / SHOPS);
            }
            Catchments full = Catchments.full(power, SHOPS);
            market = full.withOutside(true);
            double[] expected = new ShareTotals(market, utility(), new double[SHOPS], ShareTotals.Likelihood.POISSON, 3).expected(new double[] {-.6, 1, -1});
            totals = Arrays.stream(expected).map(m -> 25 * unit * PoissonSampler.of(random, m / 25 / unit).sample()).toArray();
            survey = survey(random, people, toldSize);
        }

        /// Buying nothing has the constant in the survey; here, where it is worth 0, every shop has its negative.
        private Utility.Linear utility() {
            double[] minus = new double[factor[0].length];
            Arrays.fill(minus, -1);
            return new Utility.Linear(new double[minus.length], new int[] {0, 1, 2}, new double[][] {factor[0], factor[1], minus});
        }

        private ChoiceModel survey(UniformRandomProvider random, int people, double size) {
            int[] first = new int[people + 1];
            int rows = people * (SHOPS + 1);
            int[] alternative = new int[rows];
            int[] chosen = new int[people];
            double[][] x = new double[3][rows];
            for (int n = 0; n < people; n++) {
                first[n + 1] = first[n] + SHOPS + 1;
                double best = Double.NEGATIVE_INFINITY;
                for (int j = 0; j <= SHOPS; j++) {
                    int row = first[n] + j;
                    alternative[row] = j;
                    if (j == SHOPS) x[2][row] = 1;
                    else for (int f = 0; f < 2; f++) x[f][row] = factor[f][n % ORIGINS * SHOPS + j];
                    double utility = -.6 * x[0][row] + size * x[1][row] - x[2][row] - Math.log(-Math.log(random.nextDouble()));
                    if (utility > best) chosen[n] = row;
                    best = Math.max(best, utility);
                }
            }
            return new ChoiceModel(Choices.rows(SHOPS + 1, first, alternative, chosen), List.of(new Utility.Linear(new double[rows], new int[] {0, 1, 2}, x)), PARAMETERS);
        }

        private ShareTotals counted() {
            return new ShareTotals(market, utility(), totals, ShareTotals.Likelihood.POISSON, 3);
        }
    }

    private final World world = new World(7, 2_000, 1, 1);
    private final ChoiceModel survey = world.survey;

    private ShareTotals counted() {
        return world.counted();
    }

    private static JointFit fitted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fitted(JointFit fit) -> fit;
            case Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void findsTheTruthWithSmallerErrorsThanEitherAlone() {
        JointFit joint = fitted(JointFit.fit(survey, counted()));
        TotalsFit sold = ((ShareTotals.Outcome.Fitted) counted().fit(new double[3])).fit();
        double[] truth = {-.6, 1, -1};
        for (int p = 0; p < 3; p++) {
            assertThat(joint.parameters()[p]).isCloseTo(truth[p], within(3.5 * joint.standardErrors()[p]));
            assertThat(joint.robustErrors()[p] / joint.standardErrors()[p]).isBetween(.6, 1.6);
            assertThat(joint.standardErrors()[p]).isLessThan(sold.standardErrors(TotalsFit.Errors.DISPERSION)[p]);
        }
        assertThat(joint.dispersion()).isBetween(5.0, 80.0);
        assertThat(joint.warnings()).isEmpty();
    }

    @Test
    void theUnitOfMoneyDoesNotMatter() {
        JointFit phones = fitted(JointFit.fit(survey, counted()));
        World yuan = new World(7, 2_000, 1000, 1);
        JointFit money = fitted(JointFit.fit(yuan.survey, yuan.counted()));
        assertThat(money.parameters()).containsExactly(phones.parameters(), within(1e-6));
        assertThat(money.standardErrors()).containsExactly(phones.standardErrors(), within(1e-6));
        assertThat(money.dispersion() / phones.dispersion()).isCloseTo(1000, within(1e-2));
    }

    @Test
    void aHugeDispersionLeavesTheSurveyAndATinyOneTheTotals() {
        double[] said = fitted(JointFit.fit(survey, counted(), 1e12)).parameters();
        assertThat(said).containsExactly(((ChoiceOutcome.Fitted) ChoiceEstimator.fit(survey)).fit().parameters(), within(1e-6));
        double[] sold = fitted(JointFit.fit(survey, counted(), 1e-9)).parameters();
        assertThat(sold).containsExactly(((ShareTotals.Outcome.Fitted) counted().fit(new double[3])).fit().coefficients(), within(1e-6));
    }

    @Test
    void disagreementIsSaid() {
        World polite = new World(8, 4_000, 1, .2);
        assertThat(fitted(JointFit.fit(polite.survey, polite.counted())).warnings()).anyMatch(w -> w.contains("disagree"));
    }

    @Test
    void whatNeitherTellsIsNamed() {
        ChoiceModel more = new ChoiceModel(survey.choices(), survey.utilities(), List.of(PARAMETERS.get(0), PARAMETERS.get(1), PARAMETERS.get(2), Parameter.free("never used", 0)));
        ShareTotals four = new ShareTotals(world.market, world.utility(), world.totals, ShareTotals.Likelihood.POISSON, 4);
        assertThat(JointFit.fit(more, four)).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("never used"));
    }
}
