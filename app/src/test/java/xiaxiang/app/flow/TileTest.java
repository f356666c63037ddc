package xiaxiang.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import xiaxiang.core.register.Square;

/// Vector tiles, read back as the specification says.
class TileTest {
    /// The polygons of section 4.3.5 of the specification: one ring, and two with a hole.
    @Test
    void polygonsAreWrittenAsTheSpecificationShows() {
        var one = new TileLayer("a");
        one.polygon(List.of(new int[] {3, 6, 8, 12, 20, 34}), Map.of());
        // 9 6 12 18 10 12 24 44 15
        assertThat(HexFormat.of().formatHex(one.tile())).contains("09060c120a0c182c0f");
        var two = new TileLayer("a");
        two.polygon(List.of(new int[] {0, 0, 10, 0, 10, 10, 0, 10}, new int[] {11, 11, 20, 11, 20, 20, 11, 20}, new int[] {13, 13, 13, 17, 17, 17, 17, 13}), Map.of());
        // 9 0 0 26 20 0 0 20 19 0 15 | 9 22 2 26 18 0 0 18 17 0 15 | 9 4 13 26 0 8 8 0 0 7 15
        assertThat(HexFormat.of().formatHex(two.tile())).contains("0900001a14000014" + "13000f" + "0916021a12000012" + "11000f" + "09040d1a00080800" + "00070f");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var layer = new TileLayer("门店");
        layer.point(-5, 4100, Map.of("name", "镇东 <b>", "n", 300L, "own", false, "loss", -7L));
        layer.point(0, 0, Map.of("name", "镇东 <b>"));
        layer.point(4095, 1, Map.of());
        TileReader.Layer read = TileReader.read(layer.tile()).getFirst();
        assertThat(read.name()).isEqualTo("门店");
        assertThat(read.version()).isEqualTo(2);
        assertThat(read.extent()).isEqualTo(4096);
        assertThat(read.features()).containsExactly(new TileReader.Feature(1, Map.of("name", "镇东 <b>", "n", 300L, "own", false, "loss", -7L), List.of(List.of(-5, 4100)), 0),
                new TileReader.Feature(1, Map.of("name", "镇东 <b>"), List.of(List.of(0, 0)), 0), new TileReader.Feature(1, Map.of(), List.of(List.of(4095, 1)), 0));
        assertThat(new TileLayer("x").tile()).isEmpty();
        assertThatThrownBy(() -> {
            var wrong = new TileLayer("x");
            wrong.point(1, 1, Map.of("a", 1.5));
            wrong.tile();
        }).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBoundaryIsCutTurnedAndKeepsItsHoles() {
        // Drawn the wrong way round, all over the tile 1/1/0 and its neighbours, with a hole.
        String land = "{\"type\": \"Polygon\", \"coordinates\": [[[-90, -80], [-90, 80], [270, 80], [270, -80], [-90, -80]], [[60, 20], [120, 20], [120, 60], [60, 60], [60, 20]]]}".replace("270", "180");
        List<int[]> rings = new TileShapes(new Square(1, 1, 0)).rings(Outlines.read(land));
        assertThat(rings).hasSize(2);
        assertThat(TileShapes.area(rings.getFirst())).isPositive();
        assertThat(TileShapes.area(rings.getLast())).isNegative();
        for (int corner : rings.getFirst()) assertThat(corner).isBetween(-128, 4096 + 128);
        int[] hole = rings.getLast();
        for (int i = 0; i < hole.length; i += 2) assertThat(List.of(Math.round(60 * 4096 / 180.0), Math.round(120 * 4096 / 180.0))).contains((long) hole[i]);
    }

    @Test
    void whatIsElsewhereOrTooSmallIsLeftOut() {
        String speck = "{\"type\": \"MultiPolygon\", \"coordinates\": [[[[112, 34], [112.00001, 34], [112.00001, 34.00001], [112, 34]]], [[[10, 10], [20, 10], [20, 20], [10, 10]]]]}";
        assertThat(new TileShapes(new Square(9, 415, 204)).rings(Outlines.read(speck))).isEmpty();
        assertThat(new TileShapes(new Square(3, 4, 3)).rings(Outlines.read(speck))).hasSize(1);
        assertThatThrownBy(() -> new TileShapes(new Square(0, 0, 0)).rings(Outlines.read("{\"type\": \"Point\"}"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWholeEarthWithPolesAndAntimeridianFillsEveryTile() {
        String earth = "{\"type\": \"Polygon\", \"coordinates\": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]}";
        for (Square square : List.of(new Square(0, 0, 0), new Square(5, 0, 0), new Square(5, 31, 31), new Square(10, 512, 300))) {
            List<int[]> rings = new TileShapes(square).rings(Outlines.read(earth));
            assertThat(rings).as("%s", square).hasSize(1);
            assertThat(TileShapes.area(rings.getFirst()) / 2.0).as("%s", square).isGreaterThanOrEqualTo(4096.0 * 4096);
        }
    }

    /// A coast of 200,000 corners: its area in the tile, by fine counting, is kept; its corners are not.
    @Test
    void aHugeBoundaryIsSimplifiedAndKeepsItsArea() {
        int corners = 200_000;
        var random = new SplittableRandom(1);
        var ring = new StringJoiner(", ", "[", "]");
        String first = "";
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = 3 + random.nextDouble() * .002;
            String corner = "[" + (112 + radius * Math.cos(angle)) + ", " + (34 + radius * Math.sin(angle)) + "]";
            if (i == 0) first = corner;
            ring.add(corner);
        }
        ring.add(first);
        var square = new Square(5, 25, 12);
        List<int[]> rings = new TileShapes(square).rings(Outlines.read("{\"type\": \"Polygon\", \"coordinates\": [" + ring + "]}"));
        assertThat(rings).hasSize(1);
        assertThat(rings.getFirst().length / 2).isBetween(20, 1_000);
        assertThat(TileShapes.area(rings.getFirst()) / 2.0).isCloseTo(counted(square, 112, 34, 3.001), Percentage.withPercentage(.5));
    }

    /// How many quarter parts of the tile and its margin lie in a circle of degrees.
    private static double counted(Square square, double lon, double lat, double radius) {
        double inside = 0;
        for (double x = -128 + .125; x < 4224; x += 4) {
            for (double y = -128 + .125; y < 4224; y += 4) {
                double east = (square.column() + x / 4096) / (1 << square.zoom()) * 360 - 180;
                double north = Math.toDegrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * (square.row() + y / 4096) / (1 << square.zoom())))));
                if (Math.hypot(east - lon, north - lat) <= radius) inside += 16;
            }
        }
        return inside;
    }
}
