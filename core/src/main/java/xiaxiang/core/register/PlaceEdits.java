package xiaxiang.core.register;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// Corrections of a place by hand: its names and its point. Codes, levels and people come by import.
public final class PlaceEdits {
    private PlaceEdits() {}

    /// Changes the cells given (name, name_en, lon, lat, datum, source) of the place that was seen in `version`. A point that is moved becomes a sketch, unless the change names a source of its own.
    public static Edited<StoredPlace> change(Handle handle, Territory territory, String code, int version, Map<String, String> cells) {
        Optional<StoredPlace> there = PlaceStore.place(handle, territory, code);
        if (there.isEmpty() || !territory.holds(there.get().path())) return new Edited.Missing<>();
        var problems = new Problems();
        Row row = Row.typed("places", written(there.get(), cells), problems);
        String name = row.required("name");
        LonLat before = there.get().lon() == null || there.get().lat() == null ? null : new LonLat(there.get().lon(), there.get().lat());
        LonLat point = FactRow.pointOrNull(row);
        String source = row.required("source");
        boolean moved = !Objects.equals(point, before);
        if (moved && point == null && problems.isEmpty()) row.problem("lon", Rule.REQUIRED, "");
        if (moved && point != null && row.good()) new StoredSurroundings(handle, territory).point(row, code, point);
        if (!problems.isEmpty()) return new Edited.Wrong<>(problems.list());
        int done = handle.createUpdate("""
                UPDATE place p SET name = :name, name_en = :name_en, lon = :lon, lat = :lat, point_kind = :point_kind, source = :source, version = version + 1, updated_at = now()
                WHERE p.code = :code AND p.version = :version AND %s""".formatted(Territory.insideSql("p"))).bind("name", name).bind("name_en", row.text("name_en"))
                .bind("lon", point == null ? null : point.lon()).bind("lat", point == null ? null : point.lat()).bind("point_kind", moved ? (source.equals(there.get().source()) ? "sketch" : "observed") : there.get().pointKind()).bind("source", source)
                .bind("code", code).bind("version", version).bindMap(territory.binds()).execute();
        if (done == 0) return new Edited.Changed<>();
        return new Edited.Done<>(PlaceStore.place(handle, territory, code).orElseThrow());
    }

    /// The place as a row of divisions.csv, with the cells given in place of its own.
    private static Map<String, String> written(StoredPlace place, Map<String, String> cells) {
        var row = new HashMap<String, String>();
        row.put("name", place.name());
        row.put("name_en", place.nameEn());
        row.put("lon", place.lon() == null ? "" : Double.toString(place.lon()));
        row.put("lat", place.lat() == null ? "" : Double.toString(place.lat()));
        row.put("datum", "WGS-84");
        row.put("source", place.source());
        row.putAll(cells);
        // A datum is that of a whole point.
        if (cells.containsKey("datum")) for (String part : List.of("lon", "lat")) if (!cells.containsKey(part)) row.put(part, "");
        return row;
    }
}
