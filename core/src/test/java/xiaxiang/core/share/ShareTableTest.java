package xiaxiang.core.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.core.rollout.Rollout;
import xiaxiang.core.rollout.RolloutOutcome;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Progress;

/// The share table against the public table and the certified number.
class ShareTableTest {
    private static RolloutPlan plan(long seed) {
        SmallCounty county = SmallCounty.of(seed);
        Scenario scenario = new Scenario("10", "县", "County", "CNY", SmallCounty.SETTINGS, 7_000_000, 7_000_000, List.of(new Scenario.Wave("w", 7_000_000)), null, 0, List.of(), List.of(), Map.of());
        return switch (Rollout.plan(county.atlas(), county.demand(), scenario, Limits.standard(), Progress.silent())) {
            case RolloutOutcome.Planned(RolloutPlan plan) -> plan;
            case RolloutOutcome.Infeasible(String why, var _) -> throw new AssertionError("seed " + seed + ": " + why);
        };
    }

    private static double sum(ShareTable t, int brand, ToDoubleFunction<ShareTable.Cell> what) {
        return t.cells().stream().filter(c -> brand < 0 || c.brand() == brand).mapToDouble(what).sum();
    }

    @Test
    void beforeThePlanTheTableIsThePublicOne() {
        double[] publicShares = {.10, .40, .50};
        for (long seed = 0; seed < 60; seed++) {
            ShareTable t = ShareTable.of(plan(seed));
            double all = sum(t, -1, ShareTable.Cell::before);
            for (int b = 0; b < 3; b++) assertThat(sum(t, b, ShareTable.Cell::before) / all).as("brand %d seed %d", b, seed).isCloseTo(publicShares[b], within(1e-6));
            assertThat(t.shareBefore()).as("seed %d", seed).isCloseTo(.10, within(1e-6));
        }
    }

    @Test
    void ourGainIsTheCertifiedNumberAndOthersLoseNoMoreThanThat() {
        for (long seed = 0; seed < 60; seed++) {
            RolloutPlan plan = plan(seed);
            ShareTable t = ShareTable.of(plan);
            int ours = plan.demand().ours();
            double gain = sum(t, ours, c -> c.after() - c.before());
            assertThat(gain).as("seed %d", seed).isCloseTo(plan.lower(), within(1e-5 * (1 + sum(t, ours, ShareTable.Cell::after))));
            double others = sum(t, -1, c -> c.before() - c.after()) + gain;
            // The rest of the gain comes from people who bought nothing.
            if (gain > 0) assertThat(others).as("seed %d", seed).isBetween(0.0, gain + 1e-6);
            assertThat(t.shareAfter()).as("seed %d", seed).isCloseTo(sum(t, ours, ShareTable.Cell::after) / sum(t, -1, ShareTable.Cell::after), within(1e-12));
        }
    }

    @Test
    void theCeilingIsOursAndEverybodyElsesOnline() {
        for (long seed = 0; seed < 60; seed++) {
            RolloutPlan plan = plan(seed);
            ShareTable t = ShareTable.of(plan);
            // By hand: 10% ours, and online 10% of Big's 40% and 20% of Others' 50%.
            assertThat(t.onlineCeiling()).as("seed %d", seed).isCloseTo(.10 + .04 + .10, within(1e-6)).isGreaterThanOrEqualTo(t.shareBefore());
        }
    }

    @Test
    void onlinePartsAreEachBrands() {
        for (long seed = 0; seed < 60; seed++) {
            RolloutPlan plan = plan(seed);
            Demand demand = plan.demand();
            ShareTable t = ShareTable.of(plan);
            for (int b = 0; b < 3; b++) {
                int brand = b;
                double online = t.cells().stream().filter(c -> c.brand() == brand && c.channel() == 0).mapToDouble(ShareTable.Cell::before).sum();
                assertThat(online / sum(t, b, ShareTable.Cell::before)).as("brand %d seed %d", b, seed).isCloseTo(demand.brands().get(b).onlineShare(), within(1e-6));
            }
        }
    }
}
