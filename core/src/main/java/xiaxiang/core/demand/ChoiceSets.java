package xiaxiang.core.demand;

import java.util.List;
import java.util.stream.IntStream;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Shop;
import xiaxiang.engine.geo.NearGrid;

/// Which shops each demand point considers: the nearest so many, none beyond a radius. Rows in CSR form, nearest first.
///
/// A new site is considered by the points whose reach it lies in: the distance of their last considered shop, or the radius where shops are few.
/// So signing a shop never changes who considers it. Cost: O(points x shops considered).
final class ChoiceSets {
    private static final int BLOCK = 512;

    final int[] start;
    final int[] shop;
    final float[] km;
    final double[] reachMeters;

    private ChoiceSets(int[] start, int[] shop, float[] km, double[] reachMeters) {
        this.start = start;
        this.shop = shop;
        this.km = km;
        this.reachMeters = reachMeters;
    }

    static ChoiceSets of(List<DemandPoint> points, List<Shop> shops, DemandSettings settings) {
        NearGrid grid = NearGrid.of(shops.stream().mapToDouble(s -> s.point().lon()).toArray(), shops.stream().mapToDouble(s -> s.point().lat()).toArray());
        int n = points.size();
        Block[] blocks = new Block[(n + BLOCK - 1) / BLOCK];
        IntStream.range(0, blocks.length).parallel().forEach(k -> blocks[k] = new Block(points, k * BLOCK, Math.min(n, (k + 1) * BLOCK), grid, settings));
        int[] start = new int[n + 1];
        double[] reach = new double[n];
        int total = 0;
        for (Block b : blocks) for (int i = 0; i < b.counts.length; i++) {
            reach[b.from + i] = b.reach[i];
            total = Math.addExact(total, b.counts[i]);
            start[b.from + i + 1] = total;
        }
        int[] shop = new int[total];
        float[] km = new float[total];
        for (Block b : blocks) {
            System.arraycopy(b.shop, 0, shop, start[b.from], b.used);
            System.arraycopy(b.km, 0, km, start[b.from], b.used);
        }
        return new ChoiceSets(start, shop, km, reach);
    }

    /// The rows of some points, found by one thread.
    private static final class Block {
        final int from;
        final int[] counts;
        final double[] reach;
        final int[] shop;
        final float[] km;
        int used;
        /// To the last shop found, unrounded: rounded down it would leave that very shop out of the reach.
        private double lastMeters;

        Block(List<DemandPoint> points, int from, int to, NearGrid grid, DemandSettings settings) {
            this.from = from;
            int k = settings.shopsConsidered();
            counts = new int[to - from];
            reach = new double[to - from];
            shop = new int[(to - from) * k];
            km = new float[(to - from) * k];
            for (int i = from; i < to; i++) {
                DemandPoint p = points.get(i);
                int first = used;
                grid.nearest(p.point().lon(), p.point().lat(), k, (index, meters) -> {
                    if (meters > settings.radiusMeters()) return;
                    shop[used] = index;
                    km[used++] = (float) (meters / 1000);
                    lastMeters = meters;
                });
                counts[i - from] = used - first;
                reach[i - from] = used - first == k ? lastMeters : settings.radiusMeters();
            }
        }
    }
}
