package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/// How waves were drawn, so that the draw can be repeated: labels permuted within strata, controls near a treated unit set aside as buffer, and a draw accepted
/// only with enough controls left. Immutable.
///
/// `label[unit]` is a wave or [WaveContrast#CONTROL]; the multiset within each stratum is what is permuted. `near[unit]` names the units within the buffer
/// distance. The test of an effect repeats exactly this, rejections included; that is what makes it exact.
public final class WaveMechanism {
    /// How often a draw is repeated before the buffer is said to be too wide.
    public static final int TRIES = 10_000;

    private final int[][] strata;
    private final int[] label;
    private final int[][] near;
    private final int leastControls;

    /// `strata` partition the units; `leastControls` is how many controls must stay outside the buffer. Throws IllegalArgumentException where the lengths do not fit.
    public WaveMechanism(int[][] strata, int[] label, int[][] near, int leastControls) {
        int units = Arrays.stream(strata).mapToInt(s -> s.length).sum();
        if (units != label.length || near.length != label.length) throw new IllegalArgumentException("Strata hold " + units + " units, labels " + label.length + ", neighbours " + near.length + ".");
        this.strata = strata;
        this.label = label;
        this.near = near;
        this.leastControls = leastControls;
    }

    /// The number of units.
    public int units() {
        return label.length;
    }

    /// A draw: labels with the buffer set aside; empty if none of [#TRIES] leaves enough controls.
    public int[] draw(UniformRandomProvider random) {
        for (int k = 0; k < TRIES; k++) {
            int[] drawn = label.clone();
            for (int[] stratum : strata) shuffle(drawn, stratum, random);
            if (buffered(drawn)) return drawn;
        }
        return new int[0];
    }

    private static void shuffle(int[] labels, int[] stratum, UniformRandomProvider random) {
        for (int i = stratum.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = labels[stratum[i]];
            labels[stratum[i]] = labels[stratum[j]];
            labels[stratum[j]] = swap;
        }
    }

    /// Sets controls near a treated unit aside, in place; says whether enough are left.
    private boolean buffered(int[] drawn) {
        int controls = 0;
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[i] != WaveContrast.CONTROL) continue;
            for (int other : near[i]) if (drawn[other] >= 0) drawn[i] = WaveContrast.BUFFER;
            if (drawn[i] == WaveContrast.CONTROL) controls++;
        }
        return controls >= leastControls;
    }

    /// The number of ways to permute, accepted or not; infinite where it is beyond a double.
    public double ways() {
        double ways = 1;
        for (int[] stratum : strata) {
            List<Integer> seen = new ArrayList<>();
            for (int k = 0; k < stratum.length; k++) {
                int of = label[stratum[k]];
                seen.add(of);
                ways *= (k + 1.0) / seen.stream().filter(x -> x == of).count();
            }
        }
        return Math.rint(ways);
    }

    /// Every accepted way, each once, in a fixed order. Cost: [#ways].
    List<int[]> all() {
        List<int[]> out = new ArrayList<>();
        int[] drawn = label.clone();
        for (int[] stratum : strata) sort(drawn, stratum);
        do {
            int[] copy = drawn.clone();
            if (buffered(copy)) out.add(copy);
        } while (next(drawn));
        return out;
    }

    /// The next way: strata count like the wheels of a meter, each through its distinct permutations in order.
    private boolean next(int[] drawn) {
        for (int[] stratum : strata) {
            if (nextPermutation(drawn, stratum)) return true;
            sort(drawn, stratum);
        }
        return false;
    }

    private static void sort(int[] drawn, int[] stratum) {
        int[] sorted = Arrays.stream(stratum).map(i -> drawn[i]).sorted().toArray();
        for (int k = 0; k < sorted.length; k++) drawn[stratum[k]] = sorted[k];
    }

    private static boolean nextPermutation(int[] drawn, int[] at) {
        int i = at.length - 2;
        while (i >= 0 && drawn[at[i]] >= drawn[at[i + 1]]) i--;
        if (i < 0) return false;
        int j = at.length - 1;
        while (drawn[at[j]] <= drawn[at[i]]) j--;
        swap(drawn, at[i], at[j]);
        for (int a = i + 1, b = at.length - 1; a < b; a++, b--) swap(drawn, at[a], at[b]);
        return true;
    }

    private static void swap(int[] x, int a, int b) {
        int keep = x[a];
        x[a] = x[b];
        x[b] = keep;
    }
}
