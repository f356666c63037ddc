package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImputationTest {
    static Imputation.Effects estimate(Panel panel) {
        return switch (Imputation.estimate(panel)) {
            case Imputation.Outcome.Estimated(var effects) -> effects;
            case Imputation.Outcome.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    @Test
    void theAverageIsThePublishedOne() {
        Imputation.Effects found = estimate(GroupTimeTest.mpdta());
        assertThat(found.overall().value()).isCloseTo(-.0477099182784, within(1e-12));
    }

    /// Errors worked out with dense matrices and a pseudo-inverse, by the paper's formula.
    @Test
    void errorsAreThoseOfDenseMatrices() {
        Imputation.Effects found = estimate(GroupTimeTest.mpdta());
        assertThat(found.overall().standardError()).isCloseTo(.013222488650016741, within(1e-12));
        double[][] horizons = {{-.0310669271926, .013577249746180213}, {-.0522348567485, .018812426822763007}, {-.1360781144404, .03534197213337402}, {-.1047074715766, .03376585335779211}};
        for (int e = 0; e < 4; e++) {
            Estimate at = found.horizons().get(e).estimate();
            assertThat(at.value()).isCloseTo(horizons[e][0], within(1e-12));
            assertThat(at.standardError()).isCloseTo(horizons[e][1], within(1e-12));
        }
    }

    @Test
    void aCovariateThatNeverChangesIsLeftOutAndSaidSo() {
        Imputation.Effects found = estimate(GroupTimeTest.mpdta("lpop"));
        assertThat(found.notices()).extracting(Notice::kind).contains(Notice.Kind.COVARIATES_LEFT_OUT);
        assertThat(found.overall().value()).isCloseTo(-.0477099182784, within(1e-12));
    }
}
