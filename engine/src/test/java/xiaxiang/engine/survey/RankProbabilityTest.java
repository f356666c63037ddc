package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class RankProbabilityTest {
    @Test
    void twoBrandsAreExact() {
        RankProbability p = RankProbability.of(new ShareEstimate(new double[] {.3, .25}, new double[] {.0009, .0001, .0001, .0004}), 1);
        assertThat(p.at(0, 1)).isCloseTo(NormalDistribution.of(0, 1).cumulativeProbability(.05 / Math.sqrt(.0011)), within(1e-12));
        assertThat(p.at(0, 1) + p.at(1, 1)).isEqualTo(1);
        assertThat(p.error(.5)).isZero();
    }

    /// A third brand far below leaves the two as they were.
    @Test
    void drawsAgreeWithTheExactAnswer() {
        RankProbability p = RankProbability.of(new ShareEstimate(new double[] {.3, .25, .01}, new double[] {.0009, .0001, 0, .0001, .0004, 0, 0, 0, 1e-8}), 1);
        double exact = NormalDistribution.of(0, 1).cumulativeProbability(.05 / Math.sqrt(.0011));
        assertThat(p.at(0, 1)).isCloseTo(exact, within(4 * p.error(exact)));
        assertThat(p.at(2, 3)).isEqualTo(1);
    }

    @Test
    void equalBrandsRankAlikeAndEveryRankIsTaken() {
        double[] share = {.1, .1, .1, .1, .1, .1};
        RankProbability p = RankProbability.of(ShareEstimate.multinomial(share, 400), 7);
        for (int b = 0; b < 6; b++) {
            assertThat(p.within(b, 3)).isCloseTo(.5, within(4 * p.error(.5)));
            assertThat(p.within(b, 6)).isCloseTo(1, within(1e-12));
        }
        for (int r = 1; r <= 6; r++) {
            double sum = 0;
            for (int b = 0; b < 6; b++) sum += p.at(b, r);
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        RankProbability tied = RankProbability.of(new ShareEstimate(new double[] {.2, .2, .2}, new double[9]), 7);
        assertThat(tied.at(0, 1)).as("certain ties are shared evenly").isCloseTo(1 / 3.0, within(4 * tied.error(1 / 3.0)));
    }

    @Test
    void theSeedDecidesNotTheThreads() {
        ShareEstimate shares = ShareEstimate.multinomial(new double[] {.3, .28, .2, .15}, 200);
        assertThat(RankProbability.of(shares, 3).at(0, 1)).isEqualTo(RankProbability.of(shares, 3).at(0, 1));
        assertThatThrownBy(() -> RankProbability.of(new ShareEstimate(new double[] {.1, .2, .3}, new double[] {1, 2, 0, 2, 1, 0, 0, 0, 1}), 1)).hasMessageContaining("negative eigenvalue");
    }

    private static final double[] TRUE_SHARES = {.4, .35, .25};

    @Test
    void twoEqualSourcesHalveTheVariance() {
        ShareEstimate one = ShareEstimate.multinomial(TRUE_SHARES, 500);
        ShareSources two = ShareSources.combine(List.of(one, one));
        assertThat(two.betweenVariance()).isZero();
        for (int b = 0; b < 3; b++) {
            assertThat(two.combined().share(b)).isCloseTo(TRUE_SHARES[b], within(1e-12));
            assertThat(two.combined().covariance(b, b)).isCloseTo(one.covariance(b, b) / 2, within(1e-12));
        }
    }

    /// Shares that fill the market: the pooled answer is the sum of both samples' answers.
    @Test
    void agreeingSourcesPoolLikeOneSample() {
        ShareSources both = ShareSources.combine(List.of(ShareEstimate.multinomial(new double[] {.42, .33, .25}, 300), ShareEstimate.multinomial(new double[] {.40, .36, .24}, 600)));
        assertThat(both.betweenVariance()).isZero();
        assertThat(both.combined().share(0)).isCloseTo((.42 * 300 + .40 * 600) / 900, within(1e-3));
        double sum = both.combined().share(0) + both.combined().share(1) + both.combined().share(2);
        assertThat(sum).isCloseTo(1, within(1e-10));
    }

    @Test
    void aSampleCountedTwiceIsWorthNoMoreThanOnce() {
        ShareEstimate one = ShareEstimate.multinomial(TRUE_SHARES, 500);
        double[] joint = new double[36];
        for (int s = 0; s < 2; s++) for (int t = 0; t < 2; t++) for (int a = 0; a < 3; a++) for (int b = 0; b < 3; b++) joint[(s * 3 + a) * 6 + t * 3 + b] = one.covariance(a, b);
        ShareSources twice = ShareSources.combine(List.of(one, one), joint);
        for (int b = 0; b < 3; b++) assertThat(twice.combined().covariance(b, b)).isCloseTo(one.covariance(b, b), within(1e-12));
    }

    @Test
    void disagreementWidensTheAnswerHoweverLargeTheSamples() {
        ShareSources split = ShareSources.combine(List.of(ShareEstimate.multinomial(new double[] {.5, .3, .2}, 1e6), ShareEstimate.multinomial(new double[] {.4, .35, .25}, 1e6), ShareEstimate.multinomial(new double[] {.45, .35, .2}, 1e6)));
        assertThat(split.combined().standardError(0)).isBetween(.01, .06);
        assertThat(split.warnings()).anyMatch(w -> w.contains("disagree by more than sampling"));
        assertThat(RankProbability.of(split.combined(), 1).at(0, 1)).isBetween(.8, .9999);
        // The classical answer for one brand against the rest: DerSimonian and Laird by hand.
        ShareSources pair = ShareSources.combine(List.of(new ShareEstimate(new double[] {.3}, new double[] {.0001}), new ShareEstimate(new double[] {.4}, new double[] {.0004})));
        double q = (.3 - .32) * (.3 - .32) / .0001 + (.4 - .32) * (.4 - .32) / .0004;
        double tau = (q - 1) / (12500 - (1e8 + 6.25e6) / 12500);
        double w = 1 / (.0001 + tau);
        double v = 1 / (.0004 + tau);
        assertThat(pair.betweenVariance() * .35 * .65).isCloseTo(tau, within(1e-12));
        assertThat(pair.combined().share(0)).isCloseTo((w * .3 + v * .4) / (w + v), within(1e-12));
        assertThat(pair.combined().covariance(0, 0)).isCloseTo(1 / (w + v), within(1e-12));
    }
}
