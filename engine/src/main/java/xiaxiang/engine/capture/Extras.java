package xiaxiang.engine.capture;

import java.util.Arrays;

/// What few problems have beside rows and sites; each part may be empty. `worth[j]`: what site j adds by being open, of any sign. `beside[i]`: sum of the ratios of what is ours at point i but does not count
/// there. Outsiders of point i, at `start[i] .. start[i + 1] - 1`: sites that, when open, stand beside in the same way. `blocks`: where each scenario's points begin, and their
/// number; the worst scenario counts.
@SuppressWarnings("ArrayRecordComponent") // shared inside the engine, never compared
record Extras(double[] worth, double[] beside, int[] start, int[] site, float[] ratio, int[] blocks) {
    static final Extras NONE = new Extras(new double[0], new double[0], new int[0], new int[0], new float[0], new int[0]);

    /// Whether every part is empty.
    boolean isPlain() {
        return worth.length == 0 && !hasOutsiders() && !hasBlocks();
    }

    boolean hasOutsiders() {
        return start.length > 0;
    }

    boolean hasBlocks() {
        return blocks.length > 0;
    }

    /// How many scenarios count apart, at least 1.
    int scenarios() {
        return Math.max(1, blocks.length - 1);
    }

    /// Scenario of point i, from 0. O(log scenarios).
    int scenario(int i) {
        if (!hasBlocks()) {
            return 0;
        }
        int at = Arrays.binarySearch(blocks, i);
        int block = at >= 0 ? at : -at - 2;
        while (blocks[block + 1] == i) {
            block++; // an empty scenario begins where the next does
        }
        return block;
    }

    double worth(int j) {
        return worth.length == 0 ? 0 : worth[j];
    }

    /// Sum of the ratios of what is ours at point i and does not count there.
    double beside(int i, boolean[] open) {
        double sum = 0;
        if (hasOutsiders()) {
            sum = beside[i];
            for (int e = start[i]; e < start[i + 1]; e++) {
                sum += open[site[e]] ? ratio[e] : 0;
            }
        }
        return sum;
    }
}
