package xiaxiang.core.atlas;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// Where points may lie: near the other points under the same top division, and inside the box of the nearest boundary given above them.
public final class Region {
    /// A point farther than this from its region is a mistake, in degrees (about 50 km).
    private static final double FAR_DEGREES = 0.5;
    /// Boundaries are drawn roughly: a point may lie this far outside, in degrees (about 5 km).
    private static final double ROUGH_DEGREES = 0.05;
    /// A box of fewer points says nothing about where another may lie.
    private static final int FEWEST = 3;

    private final DivisionsFile divisions;
    private final Map<String, Box> boundaries;
    private final Map<String, Box> tops = new HashMap<>();

    Region(DivisionsFile divisions, Map<String, Box> boundaries) {
        this.divisions = divisions;
        this.boundaries = boundaries;
    }

    /// Gathers the divisions' own points, and checks each against the others.
    void divisions(List<Division> all) {
        for (Division one : all) {
            LonLat point = one.point();
            if (point != null) tops.computeIfAbsent(divisions.top(one.code()), _ -> new Box()).add(point.lon(), point.lat());
        }
        for (Division one : all) {
            LonLat point = one.point();
            Box box = tops.get(divisions.top(one.code()));
            if (point == null || box == null) continue;
            Row row = divisions.row(one);
            if (box.count() > FEWEST && box.outsideOthers(point) > FAR_DEGREES) row.problem("lon", Rule.FAR_POINT, box.toString());
            else boundary(row, one.code(), point);
        }
    }

    /// Checks the point of a shop or site in a division.
    void check(Row row, String division, LonLat point) {
        if (near(row, point, tops.get(divisions.top(division)))) boundary(row, division, point);
    }

    /// False, with a problem added, if a point lies far from the box of the other points of its region; true where none are known.
    public static boolean near(Row row, LonLat point, @Nullable Box others) {
        if (others == null || others.outside(point) <= FAR_DEGREES) return true;
        row.problem("lon", Rule.FAR_POINT, others.toString());
        return false;
    }

    /// Adds a problem if a point lies outside the box of the nearest boundary above it, which is that of division `code`.
    public static void inside(Row row, LonLat point, String code, Box boundary) {
        if (boundary.outside(point) > ROUGH_DEGREES) row.problem("lon", Rule.OUTSIDE_BOUNDARY, code + ": " + boundary);
    }

    private void boundary(Row row, String division, LonLat point) {
        var seen = new HashSet<String>();
        for (String at = division; at != null && seen.add(at); at = divisions.parent(at)) {
            Box box = boundaries.get(at);
            if (box == null) continue;
            inside(row, point, at, box);
            return;
        }
    }
}
