package xiaxiang.engine.capture;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Copies rows so that each descends by ratio, equal ratios ascending by site: one canonical form whatever the input's order.
final class SortedRows {
    private static final int BLOCK = 4096;

    private SortedRows() {}

    static CaptureProblem.Rows of(CaptureProblem.Rows rows) {
        int[] start = rows.start().clone();
        int[] site = new int[rows.site().length];
        float[] ratio = new float[site.length];
        IntStream.range(0, (rows.weight().length + BLOCK - 1) / BLOCK).parallel().forEach(block ->
                sort(rows, site, ratio, block * BLOCK, Math.min(rows.weight().length, (block + 1) * BLOCK)));
        return new CaptureProblem.Rows(rows.weight().clone(), rows.stays().clone(), start, site, ratio);
    }

    private static void sort(CaptureProblem.Rows rows, int[] site, float[] ratio, int from, int to) {
        int[] start = rows.start();
        long[] keys = new long[0];
        for (int i = from; i < to; i++) {
            int size = start[i + 1] - start[i];
            keys = keys.length < size ? new long[2 * size] : keys;
            for (int e = 0; e < size; e++) {
                // Bits of positive floats ascend as the floats do; their complement descends.
                long descending = ~Float.floatToRawIntBits(rows.ratio()[start[i] + e]) & 0x7fffffffL;
                keys[e] = descending << 32 | rows.site()[start[i] + e];
            }
            Arrays.sort(keys, 0, size);
            for (int e = 0; e < size; e++) {
                site[start[i] + e] = (int) keys[e];
                ratio[start[i] + e] = Float.intBitsToFloat((int) (~keys[e] >>> 32) & 0x7fffffff);
            }
        }
    }
}
