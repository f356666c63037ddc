package xiaxiang.app.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.Square;
import xiaxiang.core.register.TileStore;

/// Boundaries as tiles need them: projected, and simplified for bands of zooms, so that a tile of the whole country reads no million corners. Thread-safe.
///
/// They are kept in memory (24 MiB, the least used go first) by place and revision of the layer. Which of them somebody may see is asked of the database each time.
final class Outlines {
    private static final long KEPT_BYTES = 24L << 20;
    private static final int CORNER_BYTES = 36;
    private static final int OVERHEAD_BYTES = 200;
    /// The deepest zoom of each band but the last, whose outlines have every corner.
    private static final int[] BANDS = {4, 6, 8};
    /// A quarter of what a tile of the band's deepest zoom leaves out itself: what the bands leave out is not seen.
    private static final double PART = .25;
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final Square WORLD = new Square(0, 0, 0);

    private final Cache<Key, Outline> kept = Caffeine.newBuilder().maximumWeight(KEPT_BYTES).weigher((Key _, Outline one) -> one.bytes()).build();

    private record Key(String code, long revision, int band) {}

    /// Polygons of rings, each outer one before its holes; corners are parts of the world's side from its north-west corner.
    record Outline(List<List<Coordinate[]>> polygons) {
        private int bytes() {
            return OVERHEAD_BYTES + polygons.stream().flatMap(List::stream).mapToInt(ring -> OVERHEAD_BYTES + CORNER_BYTES * ring.length).sum();
        }
    }

    /// The outlines of some places for tiles of a zoom, by code: what is not kept yet is read, for all bands at once.
    Map<String, Outline> of(Handle handle, Territory territory, Collection<String> codes, long revision, int zoom) {
        int band = band(zoom);
        Map<String, Outline> out = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String code : codes) {
            Outline known = kept.getIfPresent(new Key(code, revision, band));
            if (known == null) missing.add(code);
            else out.put(code, known);
        }
        if (!missing.isEmpty()) TileStore.geometries(handle, territory, missing, (code, geojson) -> out.put(code, keep(code, revision, band, read(geojson))));
        return out;
    }

    private static int band(int zoom) {
        int band = 0;
        while (band < BANDS.length && zoom > BANDS[band]) band++;
        return band;
    }

    private Outline keep(String code, long revision, int wanted, Outline whole) {
        Outline asked = whole;
        for (int band = 0; band <= BANDS.length; band++) {
            Outline one = band == BANDS.length ? whole : simplified(whole, PART * TileShapes.TOLERANCE / TileLayer.EXTENT / (1 << BANDS[band]));
            kept.put(new Key(code, revision, band), one);
            if (band == wanted) asked = one;
        }
        return asked;
    }

    private static Outline simplified(Outline whole, double tolerance) {
        return new Outline(whole.polygons().stream().map(polygon -> polygon.stream().map(ring -> simplified(ring, tolerance)).toList()).toList());
    }

    /// A ring without the corners that lie within `tolerance` of the line (Douglas and Peucker 1973); itself where nothing would be left.
    static Coordinate[] simplified(Coordinate[] corners, double tolerance) {
        LinearRing ring = FACTORY.createLinearRing(corners);
        var simplifier = new DouglasPeuckerSimplifier(ring);
        simplifier.setDistanceTolerance(tolerance);
        simplifier.setEnsureValid(false);
        return simplifier.getResultGeometry() instanceof LinearRing simple && !simple.isEmpty() ? simple.getCoordinates() : corners;
    }

    /// A GeoJSON Polygon or MultiPolygon (WGS-84). Throws IllegalArgumentException if it is neither.
    static Outline read(String geojson) {
        try (JsonParser parser = JsonMapper.shared().createParser(geojson)) {
            boolean several = false;
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && "MultiPolygon".equals(parser.getString())) several = true;
                if (parser.currentToken() != JsonToken.PROPERTY_NAME || !"coordinates".equals(parser.currentName())) continue;
                parser.nextToken();
                return several ? projected(parser.readValueAs(double[][][][].class)) : projected(parser.readValueAs(double[][][].class));
            }
        }
        throw new IllegalArgumentException("No polygon: " + geojson.substring(0, Math.min(80, geojson.length())));
    }

    private static Outline projected(double[][][]... polygons) {
        List<List<Coordinate[]>> all = new ArrayList<>();
        for (double[][][] polygon : polygons) {
            List<Coordinate[]> rings = new ArrayList<>();
            for (double[][] ring : polygon) rings.add(projected(ring));
            all.add(rings);
        }
        return new Outline(all);
    }

    private static Coordinate[] projected(double[][] lonLat) {
        var corners = new Coordinate[lonLat.length];
        for (int i = 0; i < corners.length; i++) corners[i] = new Coordinate(WORLD.across(lonLat[i][0]), WORLD.down(lonLat[i][1]));
        return corners;
    }
}
