package xiaxiang.engine.geo;

import java.util.Arrays;

/// Indices with their distances, kept as a heap with the farthest on top; at most `limit` of the nearest stay.
/// "Nearer" means by distance, then by index, so that the order never depends on how things were found.
final class NearList {
    private final int limit;
    private int[] index = new int[16];
    private double[] meters = new double[16];
    private int size;

    NearList(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == limit;
    }

    /// How far a point may be and still be kept, in a list that is full.
    double reachMeters() {
        return size == 0 ? 0 : meters[0];
    }

    void add(int i, double distanceMeters) {
        if (size == limit) {
            if (limit == 0 || !farther(0, distanceMeters, i)) return;
            put(0, i, distanceMeters);
            sink(0, size);
            return;
        }
        if (size == index.length) {
            index = Arrays.copyOf(index, size * 2);
            meters = Arrays.copyOf(meters, size * 2);
        }
        put(size, i, distanceMeters);
        rise(size++);
    }

    /// Visits all, nearest first; the list is used up.
    void drain(NearGrid.Visitor visitor) {
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
        for (int i = 0; i < size; i++) visitor.near(index[i], meters[i]);
        size = 0;
    }

    private void rise(int from) {
        int at = from;
        while (at > 0 && farther(at, meters[(at - 1) / 2], index[(at - 1) / 2])) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void sink(int from, int end) {
        int at = from;
        for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
            if (child + 1 < end && farther(child + 1, meters[child], index[child])) child++;
            if (!farther(child, meters[at], index[at])) return;
            swap(at, child);
            at = child;
        }
    }

    private boolean farther(int at, double distanceMeters, int i) {
        return meters[at] > distanceMeters || (meters[at] == distanceMeters && index[at] > i);
    }

    private void put(int at, int i, double distanceMeters) {
        index[at] = i;
        meters[at] = distanceMeters;
    }

    private void swap(int a, int b) {
        int i = index[a];
        double distanceMeters = meters[a];
        put(a, index[b], meters[b]);
        put(b, i, distanceMeters);
    }
}
