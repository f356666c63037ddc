package xiaxiang.core.atlas;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.Datum;
import xiaxiang.engine.geo.LonLat;

/// What rows of fact files have in common: source and kind, a point with its datum, an identity.
public final class FactRow {
    /// The largest amount of money a cell may hold, in fen: a hundred thousand million yuan.
    static final long MOST_FEN = 10_000_000_000_000L;
    private static final String DATUMS = "WGS-84 GCJ-02 BD-09";

    private FactRow() {}

    /// Where a row comes from, of its columns `source` and `kind`.
    public static Provenance provenance(Row row) {
        String source = row.required("source");
        return new Provenance(source.isEmpty() ? "-" : source, row.choice("kind", Kind.class));
    }

    /// The WGS-84 point of the columns lon, lat and datum; null if all are blank, or with a problem added.
    public static @Nullable LonLat pointOrNull(Row row) {
        if (!row.has("lon") && !row.has("lat")) return null;
        return point(row);
    }

    /// The WGS-84 point of the columns lon, lat and datum, which must be there; (0, 0) with a problem added if not.
    static LonLat point(Row row) {
        double lon = row.number("lon", -180, 180);
        double lat = row.number("lat", -90, 90);
        if (!row.has("datum")) row.problem("datum", Rule.NO_DATUM, DATUMS);
        Datum datum = row.choiceOr("datum", Datum.class, Datum.WGS84);
        return row.good() ? datum.toWgs84(lon, lat) : new LonLat(0, 0);
    }

    /// Notes a row under its key; a problem if another row has it already.
    static void key(Row row, String column, String key, Map<String, Row> seen) {
        Row first = seen.putIfAbsent(key, row);
        if (first != null && !key.isEmpty()) row.problem(column, Rule.DUPLICATE_KEY, Long.toString(first.line()));
    }
}
