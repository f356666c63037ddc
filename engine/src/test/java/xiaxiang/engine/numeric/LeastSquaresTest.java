package xiaxiang.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] X = {1, 1, 2, 1, 2, 4, 1, 3, 6, 1, 5, 10};
    private static final double[] Y = {1, 3, 2, 6};

    @Test
    void aColumnThatIsTwiceAnotherIsLeftOut() {
        LeastSquares fit = LeastSquares.fit(X, Y, 3);
        assertThat(fit.leftOut()).containsExactly(2);
        assertThat(fit.rank()).isEqualTo(2);
        assertThat(fit.coefficients()[2]).isNaN();
        // By hand: means 2.75 and 3, Sxx 8.75, Sxy 10.
        assertThat(fit.coefficients()[1]).isCloseTo(10 / 8.75, within(1e-12));
        assertThat(fit.inverse()[4]).isCloseTo(1 / 8.75, within(1e-12));
        assertThat(fit.inverse()[8]).isZero();
    }

    @Test
    void residualsAreOrthogonalToTheColumnsUnderTheWeights() {
        double[] w = {1, .5, 2, 3};
        LeastSquares fit = LeastSquares.fit(X, Y, w, 3);
        double[] r = fit.residuals();
        for (int j = 0; j < 2; j++) {
            double s = 0;
            for (int i = 0; i < 4; i++) s += w[i] * r[i] * X[3 * i + j];
            assertThat(s).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void aWeightOfTwoIsARowTwice() {
        double[] twice = LeastSquares.fit(new double[] {1, 1, 1, 2, 1, 2, 1, 3}, new double[] {1, 3, 3, 2}, 2).coefficients();
        assertThat(LeastSquares.fit(new double[] {1, 1, 1, 2, 1, 3}, new double[] {1, 3, 2}, new double[] {1, 2, 1}, 2).coefficients()).containsExactly(twice, within(1e-13));
    }
}
