package xiaxiang.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaximumTest {
    /// Minus Rosenbrock's function, its second parameter in units of 1/1000: the maximum is 0 at (1, 1000).
    private static final Objective VALLEY = new Objective() {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public double at(double[] t, double[] g, double[] h) {
            double x = t[0];
            double y = t[1] / 1000;
            double d = y - x * x;
            if (g.length > 0) {
                g[0] = 400 * d * x + 2 * (1 - x);
                g[1] = -200 * d / 1000;
            }
            if (h.length > 0) {
                h[0] = 400 * (d - 2 * x * x) - 2;
                h[1] = h[2] = 400 * x / 1000;
                h[3] = -200.0 / 1e6;
            }
            return -100 * d * d - (1 - x) * (1 - x);
        }
    };

    /// Maxima at x = -1 and 1, a stationary point between them; y is of no use.
    private static final Objective SADDLE = new Objective() {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public double at(double[] t, double[] g, double[] h) {
            double x = t[0];
            if (g.length > 0) {
                g[0] = 4 * x - 4 * x * x * x;
                g[1] = 0;
            }
            if (h.length > 0) {
                h[0] = 4 - 12 * x * x;
                h[1] = h[2] = h[3] = 0;
            }
            return 2 * x * x - x * x * x * x;
        }
    };

    /// A function of one parameter, NaN below 0: log x - x, its maximum at 1.
    private static final Objective EDGE = new Objective() {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public double at(double[] t, double[] g, double[] h) {
            if (g.length > 0) g[0] = 1 / t[0] - 1;
            if (h.length > 0) h[0] = -1 / (t[0] * t[0]);
            return Math.log(t[0]) - t[0];
        }
    };

    @Test
    void aCurvedValleyOfUnequalUnitsIsFollowedToItsEnd() {
        Maximum found = TrustRegion.maximize(VALLEY, new double[] {-1.2, 1000}, Bounds.none(2), 200);
        assertThat(found.theta()).containsExactly(new double[] {1, 1000}, within(1e-9));
        assertThat(found.reason()).isEqualTo(Maximum.Reason.GRADIENT);
        assertThat(found.iterations()).isLessThan(60);
    }

    @Test
    void gradientsAloneFindIt() {
        Maximum found = Lbfgs.maximize(VALLEY, new double[] {-1.2, 1000}, Bounds.none(2), 2000);
        assertThat(found.converged()).isTrue();
        assertThat(found.theta()[0]).isCloseTo(1, within(1e-4));
    }

    @Test
    void aStationaryPointThatIsNoMaximumIsLeftAndAFlatParameterStays() {
        Maximum found = TrustRegion.maximize(SADDLE, new double[] {0, 7}, Bounds.none(2), 100);
        assertThat(Math.abs(found.theta()[0])).isCloseTo(1, within(1e-12));
        assertThat(found.theta()[1]).isEqualTo(7);
        assertThat(found.value()).isCloseTo(1, within(1e-15));
    }

    @Test
    void aBoundHoldsAParameterAndTheRestIsSolved() {
        Bounds bounds = new Bounds(new double[] {-5, -1e9}, new double[] {.5, 1e9});
        for (Maximum found : new Maximum[] {TrustRegion.maximize(VALLEY, new double[] {-1.2, 1000}, bounds, 200), Lbfgs.maximize(VALLEY, new double[] {-1.2, 1000}, bounds, 2000)}) {
            assertThat(found.theta()).containsExactly(new double[] {.5, 250}, within(.1));
            assertThat(found.value()).isCloseTo(-.25, within(1e-5));
            assertThat(found.converged()).isTrue();
        }
    }

    @Test
    void bothBoundsEqualIsAFixedParameter() {
        Bounds bounds = new Bounds(new double[] {2, -1e9}, new double[] {2, 1e9});
        assertThat(TrustRegion.maximize(VALLEY, new double[] {0, 0}, bounds, 100).theta()).containsExactly(new double[] {2, 4000}, within(1e-8));
    }

    @Test
    void whereTheFunctionIsNotDefinedAShorterStepIsTaken() {
        assertThat(TrustRegion.maximize(EDGE, new double[] {30}, Bounds.none(1), 100).theta()[0]).isCloseTo(1, within(1e-12));
        assertThat(Lbfgs.maximize(EDGE, new double[] {30}, Bounds.none(1), 100).theta()[0]).isCloseTo(1, within(1e-4));
        assertThat(TrustRegion.maximize(EDGE, new double[] {-1}, Bounds.none(1), 100).reason()).isEqualTo(Maximum.Reason.UNDEFINED);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatThrownBy(() -> TrustRegion.maximize(EDGE, new double[2], Bounds.none(1), 9)).hasMessageContaining("Expected 1 parameters");
        assertThatThrownBy(() -> new Bounds(new double[] {2}, new double[] {1})).hasMessageContaining("lower bound");
    }
}
