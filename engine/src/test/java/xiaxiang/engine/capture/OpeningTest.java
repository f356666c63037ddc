package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a step brings, against what the whole plan captures before and after it.
class OpeningTest {
    @Test
    void aGainIsTheDifferenceOfTwoCaptures() {
        int replaced = 0;
        for (long seed = 0; seed < 600; seed++) {
            CaptureProblem p = Problems.small(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Opening opening = Opening.of(p);
            boolean[] open = p.openToday();
            for (int k = 0; k < 12 && p.sites() > 0; k++) {
                int j = random.nextInt(p.sites());
                int out = open[j] ? j : openBeside(p, open, j);
                int in = open[j] ? Opening.NONE : j;
                double before = p.netCapture(open);
                double gain = opening.gain(out, in);
                opening.take(out, in);
                flip(open, out);
                flip(open, in);
                // Half a power of what rounding leaves of a ratio, where a nest is left nearly empty.
                double small = 1e-7 * (1 + p.capture(open) + Math.abs(before));
                assertThat(gain).as("seed %d step %d", seed, k).isCloseTo(p.netCapture(open) - before, within(small));
                replaced += out >= 0 && in >= 0 ? 1 : 0;
            }
        }
        assertThat(replaced).isGreaterThan(50);
    }

    private static int openBeside(CaptureProblem p, boolean[] open, int j) {
        for (int k = 0; k < open.length; k++) {
            if (open[k] && p.group(j) >= 0 && p.group(k) == p.group(j)) {
                return k;
            }
        }
        return Opening.NONE;
    }

    private static void flip(boolean[] open, int j) {
        if (j >= 0) {
            open[j] = !open[j];
        }
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        CaptureProblem p = Problems.nation(1, 40, 10, 5, 2, .5, 1);
        Opening opening = Opening.of(p);
        int open = firstOf(p, true);
        int closed = firstOf(p, false);
        assertThatThrownBy(() -> opening.gain(closed, Opening.NONE)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(" + closed + ") must be open");
        if (open >= 0) {
            assertThatThrownBy(() -> opening.take(Opening.NONE, open)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(" + open + ") must be closed");
        }
        assertThatThrownBy(() -> Opening.of(p.withWorth(new double[p.sites()]))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("without worth");
    }

    private static int firstOf(CaptureProblem p, boolean open) {
        for (int j = 0; j < p.sites(); j++) {
            if (p.isOpenToday(j) == open) {
                return j;
            }
        }
        return -1;
    }
}
