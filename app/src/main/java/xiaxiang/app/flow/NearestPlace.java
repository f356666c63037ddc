package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Division;
import xiaxiang.engine.geo.LonLat;
import xiaxiang.engine.geo.NearGrid;

/// Which place a point lies in: the nearest one with a point of its own that has none with a point below it, inside the innermost boundary around the point where there is one.
final class NearestPlace {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /// A boundary and its place.
    private record Bounded(String code, PreparedGeometry shape, double area) {}

    private final Map<String, String> parents = new HashMap<>();
    private final List<Division> places;
    private final NearGrid grid;
    private final STRtree boundaries = new STRtree();

    NearestPlace(Atlas atlas) {
        List<Division> pointed = atlas.divisions().stream().filter(one -> one.point() != null && one.validTo() == null && one.successors().isEmpty()).toList();
        Set<String> above = new HashSet<>();
        for (Division one : atlas.divisions()) if (one.parent() != null) parents.put(one.code(), one.parent());
        for (Division one : pointed) for (String at = parents.get(one.code()); at != null && above.add(at);) at = parents.get(at);
        places = pointed.stream().filter(one -> !above.contains(one.code())).toList();
        grid = NearGrid.of(places.stream().mapToDouble(one -> point(one).lon()).toArray(), places.stream().mapToDouble(one -> point(one).lat()).toArray());
        if (atlas.boundaries() != null) for (JsonNode feature : JsonMapper.shared().readTree(atlas.boundaries()).path("features")) boundary(feature);
        boundaries.build();
    }

    private static LonLat point(Division division) {
        LonLat point = division.point();
        if (point == null) throw new IllegalStateException(division.code() + " has no point.");
        return point;
    }

    private void boundary(JsonNode feature) {
        JsonNode shape = feature.path("geometry");
        List<Polygon> parts = new ArrayList<>();
        if (shape.path("type").asString("").equals("Polygon")) parts.add(polygon(shape.path("coordinates")));
        else for (JsonNode one : shape.path("coordinates")) parts.add(polygon(one));
        Geometry all = FACTORY.createMultiPolygon(parts.toArray(Polygon[]::new));
        boundaries.insert(all.getEnvelopeInternal(), new Bounded(feature.path("properties").path("code").asString(""), PreparedGeometryFactory.prepare(all), all.getArea()));
    }

    private static Polygon polygon(JsonNode rings) {
        List<LinearRing> all = new ArrayList<>();
        for (JsonNode ring : rings) all.add(FACTORY.createLinearRing(ring.valueStream().map(p -> new Coordinate(p.path(0).doubleValue(), p.path(1).doubleValue())).toArray(Coordinate[]::new)));
        return FACTORY.createPolygon(all.getFirst(), all.subList(1, all.size()).toArray(LinearRing[]::new));
    }

    /// The code of the place, null if none is within [UploadLimits#NEAR_METERS].
    @Nullable String at(LonLat point) {
        String inside = around(point);
        List<String> near = new ArrayList<>();
        if (!places.isEmpty()) grid.within(point.lon(), point.lat(), UploadLimits.NEAR_METERS, (index, _) -> near.add(places.get(index).code()));
        if (inside != null) for (String code : near) if (lies(code, inside)) return code;
        return inside != null ? inside : near.isEmpty() ? null : near.getFirst();
    }

    private @Nullable String around(LonLat point) {
        var at = FACTORY.createPoint(new Coordinate(point.lon(), point.lat()));
        Bounded best = null;
        for (Object found : boundaries.query(at.getEnvelopeInternal())) {
            Bounded one = (Bounded) found;
            if ((best == null || one.area() < best.area()) && one.shape().contains(at)) best = one;
        }
        return best == null ? null : best.code();
    }

    private boolean lies(String code, String inside) {
        var seen = new HashSet<String>();
        for (String at = code; at != null && seen.add(at); at = parents.get(at)) if (at.equals(inside)) return true;
        return false;
    }
}
