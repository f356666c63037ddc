package xiaxiang.engine.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DatumTest {
    @Test
    void agreesWithPublishedValues() {
        // The example points of the open converters.
        LonLat gcj = Datum.GCJ02.fromWgs84(new LonLat(116.404, 39.915));
        assertThat(gcj.lon()).isCloseTo(116.41024449916938, within(1e-9));
        assertThat(gcj.lat()).isCloseTo(39.91640428150164, within(1e-9));
        LonLat bd = Datum.BD09.fromWgs84(Datum.GCJ02.toWgs84(116.404, 39.915));
        assertThat(bd.lon()).isCloseTo(116.41036949371029, within(1e-7));
        assertThat(bd.lat()).isCloseTo(39.92133699351021, within(1e-7));
    }

    @Test
    void comesBackFromEveryDatum() {
        long seed = 1;
        var random = new SplittableRandom(seed);
        for (Datum datum : Datum.values()) {
            for (int i = 0; i < 20_000; i++) {
                var point = new LonLat(random.nextDouble(72.1, 137.7), random.nextDouble(0.9, 55.7));
                LonLat written = datum.fromWgs84(point);
                LonLat back = datum.toWgs84(written.lon(), written.lat());
                assertThat(back.lon()).as("seed %d, %s %s", seed, datum, point).isCloseTo(point.lon(), within(1e-9));
                assertThat(back.lat()).as("seed %d, %s %s", seed, datum, point).isCloseTo(point.lat(), within(1e-9));
            }
        }
    }

    @Test
    void shiftsNothingOutsideTheBox() {
        var jakarta = new LonLat(106.8, -6.2);
        for (Datum datum : Datum.values()) {
            assertThat(datum.fromWgs84(jakarta)).isEqualTo(jakarta);
            assertThat(datum.toWgs84(106.8, -6.2)).isEqualTo(jakarta);
        }
    }

    @Test
    void shiftsYichuanByHundredsOfMeters() {
        LonLat wgs = Datum.GCJ02.toWgs84(112.4251, 34.4214);
        assertThat(Distance.meters(112.4251, 34.4214, wgs.lon(), wgs.lat())).isBetween(300.0, 800.0);
    }
}
