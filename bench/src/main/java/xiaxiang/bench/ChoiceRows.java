package xiaxiang.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;
import xiaxiang.engine.geo.NearGrid;

/// Rows of a synthetic logit problem on the sphere: see [NationProblem] for the model.
final class ChoiceRows {
    private static final double OUTSIDE = Math.exp(0.3);
    private static final double PULL = 1;
    private static final int BLOCK = 256;

    private ChoiceRows() {}

    /// `points`: longitude, latitude, weight; `sites`: longitude, latitude.
    static CaptureProblem problem(double[][] points, double[][] sites, int near, double decay, double budgetShare, SplittableRandom random) {
        int n = points[0].length;
        int m = sites[0].length;
        double[] liking = new double[m];
        double[] rivals = new double[m];
        for (int j = 0; j < m; j++) {
            liking[j] = 0.8 * (random.nextDouble() - 0.5);
            rivals[j] = 4 + random.nextInt(6);
        }
        int width = Math.min(near, m);
        int[] site = new int[Math.multiplyExact(n, width)];
        float[] ratio = new float[site.length];
        NearGrid grid = NearGrid.of(sites[0], sites[1]);
        IntStream.range(0, (n + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            Row row = new Row(Math.min(2 * near, m), liking, rivals, decay);
            for (int i = block * BLOCK, end = Math.min(n, i + BLOCK); i < end; i++) {
                row.size = 0;
                grid.nearest(points[0][i], points[1][i], row.index.length, row);
                row.write(site, ratio, i * width, width);
            }
        });
        int[] start = new int[n + 1];
        Arrays.setAll(start, i -> i * width);
        double[][] cost = new double[1][m];
        double total = 0;
        for (int j = 0; j < m; j++) {
            cost[0][j] = 0.6 + 0.8 * random.nextDouble();
            total += cost[0][j];
        }
        int[] alone = new int[m];
        Arrays.fill(alone, -1);
        return CaptureProblem.of(new Kernel.Logit(), new CaptureProblem.Rows(points[2], new double[n], start, site, ratio),
                new CaptureProblem.Sites(m, cost, new double[] {budgetShare * total}, alone, new double[1][0], new boolean[m], new boolean[m], new boolean[m]));
    }

    /// The nearest sites of one point.
    private static final class Row implements NearGrid.Visitor {
        final int[] index;
        private final double[] pull;
        private final double[] liking;
        private final double[] rivals;
        private final double decay;
        private double worth;
        int size;

        Row(int most, double[] liking, double[] rivals, double decay) {
            index = new int[most];
            pull = new double[most];
            this.liking = liking;
            this.rivals = rivals;
            this.decay = decay;
        }

        @Override
        public void near(int j, double meters) {
            worth = size == 0 ? OUTSIDE : worth;
            double fall = Math.exp(-decay * meters / 5_000);
            worth += rivals[j] * fall;
            index[size] = j;
            pull[size++] = Math.exp(PULL + liking[j]) * fall;
        }

        /// The strongest `width` of them; equally strong ones by distance.
        void write(int[] site, float[] ratio, int at, int width) {
            sort();
            for (int k = 0; k < width; k++) {
                site[at + k] = index[k];
                ratio[at + k] = (float) Math.max(Float.MIN_NORMAL, pull[k] / worth);
            }
        }

        /// By insertion: they come nearly in order, and boxes would cost more than all else.
        private void sort() {
            for (int k = 1; k < size; k++) {
                double strength = pull[k];
                int j = index[k];
                int to = k;
                for (; to > 0 && pull[to - 1] < strength; to--) {
                    pull[to] = pull[to - 1];
                    index[to] = index[to - 1];
                }
                pull[to] = strength;
                index[to] = j;
            }
        }
    }
}
