package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Chosen sites in the order of what they bring for their money.
class WavesTest {
    private static List<Scenario.Wave> waves(long... budgets) {
        List<Scenario.Wave> waves = new ArrayList<>();
        for (long b : budgets) waves.add(new Scenario.Wave("w", b));
        return waves;
    }

    @Test
    void theBestForItsMoneyComesFirstAndWhatIsLeftGoesOn() {
        // Units per fen: 3, 1, 2. The first wave pays the first alone; its 10 left over and the second wave's 30 pay the third, then 0 is left for the second.
        var steps = List.of(new Waves.Step(0, 30, 90), new Waves.Step(1, 50, 50), new Waves.Step(2, 40, 80));
        assertThat(Waves.assign(steps, waves(40, 30, 50), 120)).containsExactly(1, 3, 2);
    }

    @Test
    void whatCostsNothingComesAtOnce() {
        assertThat(Waves.assign(List.of(new Waves.Step(0, 0, 1), new Waves.Step(1, 0, -5)), waves(0, 0), 0)).containsExactly(1, 1);
    }

    @Test
    void theLastWaveMaySpendTheRestOfTheBudget() {
        assertThat(Waves.assign(List.of(new Waves.Step(0, 100, 1)), waves(10, 10), 100)).containsExactly(2);
    }

    @Test
    void everyChosenSiteFindsAWaveWithinTheMoneySoFar() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            List<Waves.Step> steps = new ArrayList<>();
            long cost = 0;
            for (int k = random.nextInt(20); k > 0; k--) {
                steps.add(new Waves.Step(steps.size(), random.nextInt(4) == 0 ? 0 : random.nextLong(1_000), random.nextDouble() * 100 - 5));
                cost += steps.getLast().costFen();
            }
            long budget = cost + random.nextLong(1 + cost / 4);
            long[] each = new long[1 + random.nextInt(6)];
            for (int w = 0; w < each.length; w++) each[w] = random.nextLong(1 + 2 * budget / each.length) / 2;
            int[] wave = Waves.assign(steps, waves(each), budget);
            long available = 0;
            for (int w = 1; w <= each.length; w++) {
                available = w == each.length ? budget : Math.min(budget, available + each[w - 1]);
                long spent = 0;
                for (int k = 0; k < wave.length; k++) if (wave[k] <= w) spent += steps.get(k).costFen();
                assertThat(spent).as("seed %d to wave %d", seed, w).isLessThanOrEqualTo(available);
            }
            assertThat(wave).as("seed %d", seed).hasSize(steps.size());
            for (int w : wave) assertThat(w).as("seed %d", seed).isBetween(1, each.length);
        }
    }
}
