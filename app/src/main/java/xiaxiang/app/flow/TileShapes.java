package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.operation.overlayng.RingClipper;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.register.Square;

/// Boundaries as a tile shows them: the part near the tile, simplified to what can be seen, in whole parts of the tile.
final class TileShapes {
    /// A border is drawn half outside: the part of the tile's side that is kept beyond it.
    private static final double MARGIN = 1 / 32.0;
    /// A quarter of a point where a tile is drawn with 512 (Douglas and Peucker 1973), in parts of the tile.
    private static final double TOLERANCE = 2;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Square square;
    /// Simplified beyond what is kept, so that the cut does not change how the border runs inside.
    private final RingClipper around = clipper(1);
    private final RingClipper kept = clipper(MARGIN);

    TileShapes(Square square) {
        this.square = square;
    }

    private static RingClipper clipper(double margin) {
        double out = margin * TileLayer.EXTENT;
        return new RingClipper(new Envelope(-out, TileLayer.EXTENT + out, -out, TileLayer.EXTENT + out));
    }

    /// The rings of a GeoJSON Polygon or MultiPolygon (WGS-84), each outer one before its holes; empty where nothing of it is seen. Throws IllegalArgumentException if it is neither.
    List<int[]> rings(String geojson) {
        try (JsonParser parser = JsonMapper.shared().createParser(geojson)) {
            boolean several = false;
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "MultiPolygon".equals(parser.getString())) several = true;
                if (parser.currentToken() != JsonToken.PROPERTY_NAME || !"coordinates".equals(parser.currentName())) continue;
                parser.nextToken();
                return several ? polygons(parser.readValueAs(double[][][][].class)) : polygons(parser.readValueAs(double[][][].class));
            }
        }
        throw new IllegalArgumentException("No polygon: " + geojson.substring(0, Math.min(80, geojson.length())));
    }

    private List<int[]> polygons(double[][][]... polygons) {
        var rings = new ArrayList<int[]>();
        for (double[][][] polygon : polygons) {
            for (int i = 0; i < polygon.length; i++) {
                int[] ring = ring(polygon[i], i == 0);
                if (ring.length > 0) rings.add(ring);
                else if (i == 0) break;
            }
        }
        return rings;
    }

    /// A ring as the tile shows it, blank if it is no more than a line there.
    private int[] ring(double[][] lonLat, boolean outer) {
        Coordinate[] near = around.clip(projected(lonLat));
        if (near.length < 4) return new int[0];
        LinearRing ring = FACTORY.createLinearRing(near);
        Coordinate[] simple = kept.clip(simplified(ring).getCoordinates());
        return oriented(whole(simple), outer);
    }

    private static LinearRing simplified(LinearRing ring) {
        var simplifier = new DouglasPeuckerSimplifier(ring);
        simplifier.setDistanceTolerance(TOLERANCE);
        simplifier.setEnsureValid(false);
        return simplifier.getResultGeometry() instanceof LinearRing simple && !simple.isEmpty() ? simple : ring;
    }

    private Coordinate[] projected(double[][] lonLat) {
        var points = new Coordinate[lonLat.length];
        for (int i = 0; i < points.length; i++) points[i] = new Coordinate(square.across(lonLat[i][0]) * TileLayer.EXTENT, square.down(lonLat[i][1]) * TileLayer.EXTENT);
        return points;
    }

    /// Whole numbers, no corner twice in a row, the last not the first.
    private static int[] whole(Coordinate[] ring) {
        int[] corners = new int[2 * ring.length];
        int size = 0;
        for (Coordinate one : ring) {
            int x = (int) Math.round(one.x);
            int y = (int) Math.round(one.y);
            if (size > 0 && corners[size - 2] == x && corners[size - 1] == y) continue;
            corners[size++] = x;
            corners[size++] = y;
        }
        if (size > 2 && corners[0] == corners[size - 2] && corners[1] == corners[size - 1]) size -= 2;
        return Arrays.copyOf(corners, size);
    }

    private static int[] oriented(int[] ring, boolean outer) {
        long area = area(ring);
        if (ring.length < 6 || area == 0) return new int[0];
        if (area > 0 == outer) return ring;
        int[] turned = new int[ring.length];
        for (int i = 0; i < ring.length; i += 2) {
            turned[i] = ring[ring.length - 2 - i];
            turned[i + 1] = ring[ring.length - 1 - i];
        }
        return turned;
    }

    /// Twice the area by the surveyor's formula: above 0 for a ring that runs clockwise on the screen.
    static long area(int[] ring) {
        long area = 0;
        for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) area += (long) ring[j] * ring[i + 1] - (long) ring[i] * ring[j + 1];
        return area;
    }
}
