package xiaxiang.engine.capture;

/// By how much the bound falls a unit of x when a site is opened or closed: the mean of what branches on it have shown, or of all branches where it has
/// not been branched on (pseudo-costs). Read side by side, written between batches. Source: Benichou et al. (1971).
final class Falls {
    private static final double LEAST = 1e-6;
    /// An x so near 0 or 1 is there but for rounding.
    private static final double WHOLE = 1e-6;

    private final double[][] sum;
    private final int[][] count;
    private final double[] allSum = new double[2];
    private final int[] allCount = new int[2];

    Falls(int sites) {
        sum = new double[2][sites];
        count = new int[2][sites];
    }

    /// A branch that moved site j's x by `moved` and the bound down by `fall`.
    void add(int j, boolean open, double fall, double moved) {
        int side = open ? 1 : 0;
        double each = Math.max(0, fall) / Math.max(moved, LEAST);
        sum[side][j] += each;
        count[side][j]++;
        allSum[side] += each;
        allCount[side]++;
    }

    /// How good it is to branch on site j: the product of the falls of both sides.
    double worth(int j, double x) {
        if (x < WHOLE || x > 1 - WHOLE) {
            return 0;
        }
        double up = fall(1, j) * (1 - x);
        double down = fall(0, j) * x;
        return Math.max(up, LEAST) * Math.max(down, LEAST);
    }

    private double fall(int side, int j) {
        if (count[side][j] > 0) {
            return sum[side][j] / count[side][j];
        }
        return allCount[side] > 0 ? Math.max(allSum[side] / allCount[side], LEAST) : 1;
    }
}
