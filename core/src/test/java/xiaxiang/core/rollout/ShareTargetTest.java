package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.engine.capture.WaveProblem;

/// A share as a net capture, and a scenario's waves as limits.
class ShareTargetTest {
    @Test
    void aPlanHasTheShareWhenItCapturesTheTarget() {
        int above = 0;
        int below = 0;
        for (long seed = 0; seed < 30; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            RolloutProblem asked = RolloutProblem.of(county.atlas(), county.demand(), Cases.scenario(100_000_000, 100_000_000));
            int sites = asked.problem().sites();
            SplittableRandom random = new SplittableRandom(seed);
            for (int trial = 0; trial < 40; trial++) {
                boolean[] open = Cases.subset(sites, random.nextInt(1 << Math.min(sites, 20)));
                double share = asked.share(county.demand(), open);
                double target = share * (.8 + .4 * random.nextDouble());
                RolloutProblem.Target asks = asked.target(county.demand(), Math.min(1, target));
                double room = asks.problem().netCapture(open) - asks.net();
                if (Math.abs(share - target) > 1e-9) assertThat(room >= 0).as("seed %d trial %d: %s of %s", seed, trial, share, target).isEqualTo(share >= target);
                above += room >= 0 ? 1 : 0;
                below += room < 0 ? 1 : 0;
                RolloutProblem.Target exact = asked.target(county.demand(), share);
                assertThat(exact.problem().netCapture(open)).as("seed %d", seed).isCloseTo(exact.net(), within(1e-7 * (1 + Math.abs(exact.net()))));
            }
        }
        assertThat(above).isGreaterThan(100);
        assertThat(below).isGreaterThan(100);
    }

    @Test
    void wavesMaySpendWhatIsLeftAndTheLastTheRest() {
        SmallCounty county = SmallCounty.of(3);
        Scenario scenario = Cases.scenario(1_000_003, 500_000);
        WaveProblem waves = RolloutProblem.of(county.atlas(), county.demand(), scenario).waves(scenario);
        assertThat(waves).isNotNull();
        if (waves != null) {
            assertThat(waves.waves()).isEqualTo(4);
            assertThat(new double[] {waves.limit(0, 0), waves.limit(0, 1), waves.limit(0, 2), waves.limit(0, 3)}).containsExactly(250_000, 500_000, 750_000, 1_000_003);
            assertThat(waves.limit(1, 2)).isEqualTo(500_000);
            assertThat(waves.weight(0) + waves.weight(1) + waves.weight(2) + waves.weight(3)).isEqualTo(3);
        }
    }
}
