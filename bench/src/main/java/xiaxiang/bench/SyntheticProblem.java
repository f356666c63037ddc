package xiaxiang.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;
import xiaxiang.engine.geo.NearGrid;

/// Problems that need no data: six of ten points clustered in towns, the rest anywhere, on a square of one degree at the equator.
final class SyntheticProblem {
    private static final double METERS_PER_DEGREE = 111_195;
    private static final double TOWN_DEGREES = 0.015;

    private SyntheticProblem() {}

    private static double[][] places(int count, double[][] towns, SplittableRandom random) {
        double[][] at = new double[3][count];
        for (int i = 0; i < count; i++) {
            boolean anywhere = random.nextDouble() < 0.4;
            int town = random.nextInt(towns[0].length);
            for (int k = 0; k < 2; k++) {
                at[k][i] = anywhere ? random.nextDouble() : Math.clamp(towns[k][town] + TOWN_DEGREES * random.nextGaussian(), 0, 1);
            }
            at[2][i] = 700 * Math.exp(random.nextGaussian());
        }
        return at;
    }

    private static double[][] towns(int points, SplittableRandom random) {
        double[][] towns = new double[2][Math.max(20, points / 400)];
        for (double[] along : towns) {
            Arrays.setAll(along, _ -> random.nextDouble());
        }
        return towns;
    }

    /// Logit: each point sees its `near` strongest of `sites` sites, which lie at points; utility falls by `decay` for each mean distance between
    /// sites; the outside is worth exp(-1) and the four nearest of as many rivals. Costs uniform in [.5, 2], limit `budget`.
    static CaptureProblem logit(int points, int sites, int near, double decay, double budget, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] at = places(points, towns(points, random), random);
        double[][] ours = some(at, sites, random);
        double[][] theirs = some(at, sites, random);
        double[] liking = new double[sites];
        Arrays.setAll(liking, _ -> 0.3 * random.nextGaussian());
        double spacing = METERS_PER_DEGREE / Math.sqrt(sites);
        int[] site = new int[points * near];
        float[] ratio = new float[site.length];
        NearGrid grid = NearGrid.of(ours[0], ours[1]);
        NearGrid rivals = NearGrid.of(theirs[0], theirs[1]);
        IntStream.range(0, points).parallel().forEach(i -> {
            double[] worth = {Math.exp(-1)};
            rivals.nearest(at[0][i], at[1][i], 4, (_, meters) -> worth[0] += Math.exp(-decay * meters / spacing));
            int[] next = {i * near};
            grid.nearest(at[0][i], at[1][i], near, (j, meters) -> {
                site[next[0]] = j;
                ratio[next[0]++] = (float) (Math.exp(liking[j] - decay * meters / spacing) / worth[0]);
            });
        });
        int[] start = new int[points + 1];
        Arrays.setAll(start, i -> i * near);
        double[] cost = new double[sites];
        Arrays.setAll(cost, _ -> 0.5 + 1.5 * random.nextDouble());
        return CaptureProblem.of(new Kernel.Logit(), new CaptureProblem.Rows(at[2], new double[points], start, site, ratio), sites(cost, budget));
    }

    /// Covering: a site covers the points within the radius; each site costs 1, `open` may be opened.
    static CaptureProblem covering(int points, int sites, double radiusMeters, int open, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] at = places(points, towns(points, random), random);
        double[][] ours = some(at, sites, random);
        NearGrid grid = NearGrid.of(ours[0], ours[1]);
        int[][] rows = new int[points][];
        IntStream.range(0, points).parallel().forEach(i -> {
            IntStream.Builder row = IntStream.builder();
            grid.within(at[0][i], at[1][i], radiusMeters, (j, _) -> row.add(j));
            rows[i] = row.build().toArray();
        });
        int[] start = new int[points + 1];
        for (int i = 0; i < points; i++) {
            start[i + 1] = start[i] + rows[i].length;
        }
        int[] site = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        float[] ratio = new float[site.length];
        Arrays.fill(ratio, 1);
        double[] cost = new double[sites];
        Arrays.fill(cost, 1);
        return CaptureProblem.of(new Kernel.Covering(), new CaptureProblem.Rows(at[2], new double[points], start, site, ratio), sites(cost, open));
    }

    private static CaptureProblem.Sites sites(double[] cost, double limit) {
        int[] alone = new int[cost.length];
        Arrays.fill(alone, -1);
        return new CaptureProblem.Sites(cost.length, new double[][] {cost}, new double[] {limit}, alone, new double[1][0], new boolean[cost.length],
                new boolean[cost.length], new boolean[cost.length]);
    }

    private static double[][] some(double[][] at, int count, SplittableRandom random) {
        double[][] chosen = new double[2][count];
        for (int j = 0; j < count; j++) {
            int i = random.nextInt(at[0].length);
            for (int k = 0; k < 2; k++) {
                chosen[k][j] = Math.clamp(at[k][i] + 0.001 * random.nextGaussian(), 0, 1);
            }
        }
        return chosen;
    }
}
