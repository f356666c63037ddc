package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoWayFixedEffectsTest {
    static TwoWayFixedEffects.Outcome.Estimated estimate(Panel panel) {
        return switch (TwoWayFixedEffects.estimate(panel)) {
            case TwoWayFixedEffects.Outcome.Estimated found -> found;
            case TwoWayFixedEffects.Outcome.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    static GoodmanBacon.Outcome.Decomposed decompose(Panel panel) {
        return switch (GoodmanBacon.decompose(panel)) {
            case GoodmanBacon.Outcome.Decomposed found -> found;
            case GoodmanBacon.Outcome.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    @Test
    void theCoefficientIsThePublishedOne() {
        var found = estimate(GroupTimeTest.mpdta());
        assertThat(found.effect().value()).isCloseTo(-.0365489366741, within(1e-12));
        // Dense least squares, with fixest's factor.
        assertThat(found.effect().standardError()).isCloseTo(.013265155429338253, within(1e-12));
    }

    @Test
    void thePartsAddUpToTheCoefficient() {
        Panel reform = Published.read("bacondecomp_math_reform.csv", "state", "class", "incearn_ln", "reformyr_math");
        var found = decompose(reform);
        assertThat(found.sum()).isCloseTo(.00245997292, within(1e-11));
        assertThat(estimate(reform).effect().value()).isCloseTo(found.sum(), within(1e-13));
        assertThat(found.pairs().stream().mapToDouble(GoodmanBacon.Pair::weight).sum()).isCloseTo(1, within(1e-14));
        assertThat(found.pairs()).hasSize(16).extracting(GoodmanBacon.Pair::type).contains(GoodmanBacon.Type.EARLIER_VS_LATER, GoodmanBacon.Type.LATER_VS_EARLIER, GoodmanBacon.Type.TREATED_VS_UNTREATED);
    }
}
