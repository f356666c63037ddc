package xiaxiang.engine.capture;

import java.util.Arrays;

/// Sorting of indices by a key without boxing; equal keys keep the order of the indices given.
final class Ascending {
    private Ascending() {}

    /// The given indices, ascending by `key[index]`.
    static int[] order(int[] indices, double[] key) {
        int[] from = indices.clone();
        int[] to = new int[from.length];
        for (int width = 1; width < from.length; width *= 2) {
            for (int low = 0; low < from.length; low += 2 * width) {
                merge(from, to, key, low, Math.min(low + width, from.length), Math.min(low + 2 * width, from.length));
            }
            int[] other = from;
            from = to;
            to = other;
        }
        return from;
    }

    /// 0 .. length - 1, descending by key.
    static int[] descending(double[] key) {
        int[] all = new int[key.length];
        double[] negative = new double[key.length];
        Arrays.setAll(all, j -> j);
        Arrays.setAll(negative, j -> -key[j]);
        return order(all, negative);
    }

    private static void merge(int[] from, int[] to, double[] key, int low, int middle, int high) {
        int a = low;
        int b = middle;
        for (int at = low; at < high; at++) {
            boolean left = b >= high || (a < middle && key[from[a]] <= key[from[b]]);
            to[at] = left ? from[a++] : from[b++];
        }
    }
}
