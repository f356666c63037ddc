package xiaxiang.core.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.Kind;

/// What is believed of each coefficient, and where it comes from.
class CoefficientsTest {
    private final Coefficients documented = Coefficients.documented();

    @Test
    void everyAssumptionHasSourceUnitAndBothNames() {
        assertThat(documented.all()).extracting(Coefficient::term).containsExactly(Term.values());
        assertThat(documented.all()).allSatisfy(c -> {
            assertThat(c.provenance().source()).as("source of %s", c.term()).isNotBlank();
            assertThat(c.provenance().kind()).as("kind of %s: none is observed before it is fitted", c.term()).isIn(Kind.SKETCH, Kind.MODELLED);
            assertThat(c.unit()).as("unit of %s", c.term()).isNotBlank();
            assertThat(c.zh()).isNotBlank();
            assertThat(c.en()).isNotBlank();
            assertThat(c.spread()).as("spread of %s", c.term()).isPositive();
        });
    }

    @Test
    void drawsStayInTheirRangesAndSpreadAroundTheValue() {
        for (long seed = 0; seed < 1_000; seed++) {
            for (Coefficient c : documented.drawn(new SplittableRandom(seed)).all())
                assertThat(c.value()).as("%s of seed %d", c.term(), seed).isBetween(c.low(), c.high());
        }
        double[] distance = new SplittableRandom(1).longs(4_000).mapToDouble(seed -> documented.drawn(new SplittableRandom(seed)).of(Term.DISTANCE)).sorted().toArray();
        Coefficient c = documented.coefficient(Term.DISTANCE);
        assertThat(distance[2_000]).isCloseTo(c.value(), org.assertj.core.data.Offset.offset(.1 * c.spread()));
        assertThat(distance[3_365] - distance[635]).as("84.13%% less 15.87%% quantile").isCloseTo(2 * c.spread(), org.assertj.core.data.Offset.offset(.2 * c.spread()));
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(documented.drawn(new SplittableRandom(5)).all()).isEqualTo(documented.drawn(new SplittableRandom(5)).all()).isNotEqualTo(documented.drawn(new SplittableRandom(6)).all());
    }

    @Test
    void aScenarioMayGiveAValueInsideTheRangeOnly() {
        Coefficients given = documented.given(Term.DISTANCE, -.3);
        assertThat(given.of(Term.DISTANCE)).isEqualTo(-.3);
        assertThat(given.coefficient(Term.DISTANCE).provenance().source()).isEqualTo("scenario.yaml");
        assertThat(given.of(Term.NEST)).isEqualTo(documented.of(Term.NEST));
        for (double wrong : new double[] {-1.1, .5, Double.NaN, Double.POSITIVE_INFINITY})
            assertThatThrownBy(() -> documented.given(Term.DISTANCE, wrong)).as("%s", wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("DISTANCE");
    }
}
