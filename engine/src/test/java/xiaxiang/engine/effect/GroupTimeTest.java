package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Against R's did on the county teen employment of Callaway and Sant'Anna (2021).
class GroupTimeTest {
    static GroupTimeEffects estimate(Panel panel, GroupTime.Options options) {
        return switch (GroupTime.estimate(panel, options)) {
            case GroupTime.Outcome.Estimated(var effects) -> effects;
            case GroupTime.Outcome.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    static Panel mpdta(String... covariates) {
        return Published.read("did_mpdta.csv", "countyreal", "year", "lemp", "first.treat", covariates);
    }

    private static void is(Estimate e, double value, double error) {
        assertThat(e.value()).isCloseTo(value, within(1e-10));
        assertThat(e.standardError()).isCloseTo(error, within(1e-10));
    }

    @Test
    void averagesAndErrorsAreThePublishedOnes() {
        GroupTimeEffects found = estimate(mpdta(), GroupTime.Options.standard());
        is(found.averages().simple(), -.0399512752, .0120340128);
        is(found.averages().group().overall(), -.0310182822, .0124152736);
        is(found.averages().dynamic().overall(), -.0772398215, .0199649891);
        is(found.averages().calendar().overall(), -.0417004321, .0159718519);
        assertThat(found.preTrend().p()).isCloseTo(.16812, within(5e-6));
    }

    @Test
    void doublyRobustWithACovariateIsThePublishedOne() {
        is(estimate(mpdta("lpop"), GroupTime.Options.standard()).averages().simple(), -.0417517721, .0115028382);
    }
}
