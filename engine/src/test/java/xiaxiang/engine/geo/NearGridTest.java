package xiaxiang.engine.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearGridTest {
    private record Found(int index, double meters) {}

    private static List<Found> brute(double[] lon, double[] lat, double x, double y) {
        return IntStream.range(0, lon.length).mapToObj(i -> new Found(i, Distance.meters(x, y, lon[i], lat[i])))
                .sorted(Comparator.comparingDouble(Found::meters).thenComparingInt(Found::index)).toList();
    }

    private static void agrees(String name, double[] lon, double[] lat, double x, double y, double radiusMeters, int k) {
        NearGrid grid = NearGrid.of(lon, lat);
        List<Found> all = brute(lon, lat, x, y);
        var within = new ArrayList<Found>();
        grid.within(x, y, radiusMeters, (i, meters) -> within.add(new Found(i, meters)));
        assertThat(within).as("%s within %s of (%s, %s)", name, radiusMeters, x, y)
                .isEqualTo(all.stream().filter(one -> one.meters() <= radiusMeters).toList());
        var nearest = new ArrayList<Found>();
        grid.nearest(x, y, k, (i, meters) -> nearest.add(new Found(i, meters)));
        assertThat(nearest).as("%s %d nearest to (%s, %s)", name, k, x, y).isEqualTo(all.subList(0, Math.min(k, all.size())));
    }

    @Test
    void knowsDistances() {
        assertThat(Distance.meters(0, 0, 1, 0)).isCloseTo(Math.PI * 6_371_008.8 / 180, within(1e-6));
        assertThat(Distance.meters(0, 90, 77, -90)).isCloseTo(Math.PI * 6_371_008.8, within(1e-3));
        assertThat(Distance.meters(179.5, 0, -179.5, 0)).isCloseTo(Distance.meters(0, 0, 1, 0), within(1e-6));
        // Luoyang to Zhengzhou stations: about 112 km.
        assertThat(Distance.meters(112.427, 34.684, 113.653, 34.746)).isBetween(111_000.0, 114_000.0);
    }

    @Test
    void findsWhatBruteForceFinds() {
        for (long seed = 1; seed <= 60; seed++) {
            var random = new SplittableRandom(seed);
            boolean world = seed % 3 == 0;
            int n = random.nextInt(1, 400);
            double[] lon = new double[n];
            double[] lat = new double[n];
            for (int i = 0; i < n; i++) {
                lon[i] = world ? random.nextDouble(-180, 180) : Math.rint(random.nextDouble(112, 113) * 100) / 100;
                lat[i] = world ? random.nextDouble(-90, 90) : Math.rint(random.nextDouble(34, 35) * 100) / 100;
            }
            for (int q = 0; q < 20; q++) {
                double x = world ? random.nextDouble(-180, 180) : random.nextDouble(111, 114);
                double y = world ? random.nextDouble(-90, 90) : random.nextDouble(33, 36);
                agrees("seed " + seed, lon, lat, x, y, random.nextDouble(world ? 9e6 : 6e4), random.nextInt(0, 30));
            }
        }
    }

    @Test
    void findsAcrossTheSeamAndOverThePoles() {
        double[] lon = {179.99, -179.99, 180, -180, 0, 90, 10};
        double[] lat = {0, 0, 0, 0, 89.99, 89.99, -89.99};
        agrees("seam", lon, lat, 180, 0, 3_000, 3);
        agrees("seam", lon, lat, -179.995, 0, 3_000, 7);
        agrees("pole", lon, lat, -170, 89.99, 5_000, 2);
        agrees("pole", lon, lat, 0, -90, 5_000, 1);
    }

    @Test
    void copesWithNoPointsAndManyInOnePlace() {
        agrees("none", new double[0], new double[0], 1, 1, 1e9, 5);
        double[] same = new double[500];
        agrees("same", same, same, 0, 0, 0, 3);
        agrees("same", same, same, 170, 80, 1e9, 3);
    }

    @Test
    void refusesWhatIsNoPoint() {
        assertThatThrownBy(() -> NearGrid.of(new double[1], new double[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NearGrid.of(new double[] {Double.NaN}, new double[1])).hasMessageContaining("NaN");
    }
}
