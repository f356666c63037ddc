package xiaxiang.engine.capture;

import java.util.Arrays;

/// The wave in which each site opens, from 1, or 0 for never; immutable. A site stays open once it is.
public final class WavePlan {
    private final int waves;
    private final int[] wave;

    private WavePlan(int waves, int[] wave) {
        this.waves = waves;
        this.wave = wave;
    }

    /// Plan of `waves` waves with one entry a site, in 0..waves. Copies. Throws IllegalArgumentException naming the first entry out of range.
    public static WavePlan of(int waves, int[] wave) {
        for (int j = 0; j < wave.length; j++) {
            if (wave[j] < 0 || wave[j] > waves) {
                throw new IllegalArgumentException("The wave (" + wave[j] + ") of site " + j + " must be in 0.." + waves + ".");
            }
        }
        return new WavePlan(waves, wave.clone());
    }

    /// How many waves there are.
    public int waves() {
        return waves;
    }

    /// How many sites there are, open or not.
    public int sites() {
        return wave.length;
    }

    /// The wave of site j, or 0.
    public int wave(int j) {
        return wave[j];
    }

    /// The sites open once wave `t`, from 1, is done; wave 0 opens none.
    public Plan openBy(int t) {
        boolean[] open = new boolean[wave.length];
        for (int j = 0; j < open.length; j++) {
            open[j] = wave[j] > 0 && wave[j] <= t;
        }
        return Plan.of(open);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WavePlan that && that.waves == waves && Arrays.equals(that.wave, wave);
    }

    @Override
    public int hashCode() {
        return 31 * waves + Arrays.hashCode(wave);
    }

    @Override
    public String toString() {
        return "WavePlan" + Arrays.toString(wave) + " of " + waves;
    }
}
