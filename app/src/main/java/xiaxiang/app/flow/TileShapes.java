package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.operation.overlayng.RingClipper;
import xiaxiang.core.register.Square;

/// Boundaries as a tile shows them: the part near the tile, simplified to what can be seen, in whole parts of the tile.
final class TileShapes {
    /// A border is drawn half outside: the part of the tile's side that is kept beyond it.
    private static final double MARGIN = 1 / 32.0;
    /// A quarter of a point where a tile is drawn with 512, in parts of the tile.
    static final double TOLERANCE = 2;

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

    /// The rings of an outline, each outer one before its holes; empty where nothing of it is seen.
    List<int[]> rings(Outlines.Outline outline) {
        var rings = new ArrayList<int[]>();
        for (List<Coordinate[]> polygon : outline.polygons()) {
            for (int i = 0; i < polygon.size(); i++) {
                int[] ring = ring(polygon.get(i), i == 0);
                if (ring.length > 0) rings.add(ring);
                else if (i == 0) break;
            }
        }
        return rings;
    }

    /// A ring as the tile shows it, blank if it is no more than a line there.
    private int[] ring(Coordinate[] ofWorld, boolean outer) {
        Coordinate[] near = around.clip(placed(ofWorld));
        if (near.length < 4) return new int[0];
        Coordinate[] simple = kept.clip(Outlines.simplified(near, TOLERANCE));
        return oriented(whole(simple), outer);
    }

    private Coordinate[] placed(Coordinate[] ofWorld) {
        double side = (double) TileLayer.EXTENT * (1 << square.zoom());
        double west = (double) TileLayer.EXTENT * square.column();
        double north = (double) TileLayer.EXTENT * square.row();
        var points = new Coordinate[ofWorld.length];
        for (int i = 0; i < points.length; i++) points[i] = new Coordinate(ofWorld[i].x * side - west, ofWorld[i].y * side - north);
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
