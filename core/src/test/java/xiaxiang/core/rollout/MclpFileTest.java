package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

class MclpFileTest {
    @TempDir
    private Path temp = Path.of("");

    private static CaptureProblem good(Path file, double radiusMeters, int open) {
        var problems = new Problems();
        CaptureProblem problem = MclpFile.read(file, radiusMeters, open, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        if (problem == null) throw new AssertionError("no problem and no problem said");
        return problem;
    }

    private Path file(double[] lat, double[] lon, double[] demand) throws IOException {
        var text = new StringBuilder("NAME : small\nTYPE : MCLP\nEDGE_WEIGHT_TYPE : COORD\nDIMENSION : " + lat.length + "\nNODE_COORD_SECTION\n");
        for (int i = 0; i < lat.length; i++) text.append(lat[i]).append(' ').append(lon[i]).append('\n');
        text.append("DEMAND_SECTION\n");
        for (double q : demand) text.append(q).append('\n');
        return Files.writeString(temp.resolve("small.txt"), text.append("EOF\n"));
    }

    /// The published formula for every pair.
    private static boolean covers(double latA, double lonA, double latB, double lonB, double radiusMeters) {
        double a = Math.toRadians(latA);
        double b = Math.toRadians(latB);
        double cosine = Math.cos(a) * Math.cos(b) * Math.cos(Math.toRadians(lonA) - Math.toRadians(lonB)) + Math.sin(a) * Math.sin(b);
        return 6_378_100 * Math.acos(Math.max(-1, Math.min(1, cosine))) <= radiusMeters;
    }

    /// Around a town, across the date line, and over the whole earth, poles and twins among the points.
    @ParameterizedTest
    @ValueSource(doubles = {1, 400, 5_000, 300_000, 9_000_000, 20_030_000, 30_000_000})
    void coveringIsThatOfAllPairs(double radiusMeters) throws IOException {
        for (long seed = 0; seed < 6; seed++) {
            var random = new SplittableRandom(seed);
            int n = 150;
            boolean town = seed < 3;
            double[] lat = random.doubles(n, -1, 1).map(x -> town ? 40 + .05 * x : 90 * x).toArray();
            double[] lon = random.doubles(n, -1, 1).map(x -> town ? .05 * x : wrapped(180 + 180 * x)).toArray();
            lat[0] = lat[1];
            lon[0] = lon[1];
            if (!town) lat[2] = 90;
            double[] demand = random.doubles(n, 0, 1_000).toArray();
            CaptureProblem p = good(file(lat, lon, demand), radiusMeters, 3);
            assertThat(p.kernel()).isEqualTo(new Kernel.Covering());
            for (int i = 0; i < n; i++) {
                var sites = new TreeSet<Integer>();
                for (int at = p.rowStart(i); at < p.rowStart(i + 1); at++) if (p.ratioAt(at) == 1) sites.add(p.siteAt(at));
                var wanted = new TreeSet<Integer>();
                for (int j = 0; j < n; j++) if (i == j || covers(lat[i], lon[i], lat[j], lon[j], radiusMeters)) wanted.add(j);
                assertThat(sites).as("seed %d, point %d", seed, i).isEqualTo(wanted);
                assertThat(p.weight(i)).isEqualTo(demand[i]);
            }
        }
    }

    private static double wrapped(double lon) {
        return lon > 180 ? lon - 360 : lon;
    }

    @Test
    void numberedNodesMayStandInAnyOrder() throws IOException {
        CaptureProblem plain = good(file(new double[] {40, 40.001, 41}, new double[] {-73, -73, -73}, new double[] {5, 6, 7}), 400, 1);
        Path numbered = Files.writeString(temp.resolve("numbered.txt"), """
                NAME: small
                COMMENT : three nodes: any words go here
                TYPE: MCLP
                DIMENSION: 3
                NODE_COORD_SECTION
                3 41 -073
                1 40 -73.0
                2 40.001 -73
                DEMAND_SECTION
                2 6
                3 7
                1 5
                EOF
                what follows the end is not read
                """);
        assertThat(good(numbered, 400, 1).fingerprint()).isEqualTo(plain.fingerprint());
    }

    @Test
    void badArgumentsAreThrown() throws IOException {
        Path file = file(new double[] {40}, new double[] {-73}, new double[] {5});
        var problems = new Problems();
        for (double radius : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
            assertThatThrownBy(() -> MclpFile.read(file, radius, 1, problems)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("radiusMeters");
        assertThatThrownBy(() -> MclpFile.read(file, 400, -1, problems)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("open");
        assertThat(MclpFile.read(file, 400, 2, problems)).isNull();
        assertThat(problems.text(Locale.ENGLISH)).contains("\"2\"").contains("[0, 1]");
    }

    @Test
    void theCensusFilesAreRead() {
        CaptureProblem bronx = good(Instances.at("mclp-census/Bronx.txt"), 400, 100);
        CaptureProblem kings = good(Instances.at("mclp-census/Kings.txt"), 400, 100);
        assertThat(bronx.points()).isEqualTo(3_839);
        assertThat(kings.points()).isEqualTo(7_730);
        assertThat(bronx.weight(0)).isEqualTo(8_634);
        assertThat(kings.weight(0)).isEqualTo(181);
        assertThat(kings.nonZeros()).isGreaterThan(7_730);
    }
}
