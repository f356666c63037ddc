package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// divisions.csv: the administrative tree. A row with a bad cell still names its code, so that one mistake is one problem.
final class DivisionsFile {
    static final Columns COLUMNS = Columns.of("code", "name", "level", "parent", "tier", "source", "kind")
            .with("name_en", "urban_rural", "lon", "lat", "datum", "point_kind", "valid_from", "valid_to", "successors");

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, Division> divisions = new LinkedHashMap<>();
    private DatedCodes dated = DatedCodes.of(List.of());
    private List<String> levels = List.of();

    boolean read(Path folder, Problems problems) {
        boolean there = CsvFile.read(folder, "divisions", COLUMNS, problems, this::row);
        dated = DatedCodes.of(List.copyOf(divisions.values()));
        rows.forEach(this::checkLinks);
        levels = checkLevels();
        return there;
    }

    private void row(Row row) {
        String code = row.required("code");
        FactRow.key(row, "code", code, rows);
        String parent = row.text("parent");
        LonLat point = FactRow.pointOrNull(row);
        LocalDate from = row.dateOrNull("valid_from");
        LocalDate to = row.dateOrNull("valid_to");
        if (from != null && to != null && from.isAfter(to)) row.problem("valid_from", Rule.DATES_REVERSED, from + " > " + to);
        Long urbanRural = row.wholeOrNull("urban_rural", 111, 220);
        Kind pointKind = point == null ? row.choiceOr("point_kind", Kind.class, Kind.SKETCH) : row.choice("point_kind", Kind.class);
        String name = row.required("name");
        String level = row.required("level");
        Tier tier = row.choice("tier", Tier.class);
        List<String> successors = row.list("successors");
        Provenance provenance = FactRow.provenance(row);
        parents.putIfAbsent(code, parent);
        if (!row.good()) return;
        divisions.put(code, new Division(code, name, row.text("name_en"), level, parent.isEmpty() ? null : parent, tier,
                urbanRural == null ? "" : urbanRural.toString(), point, pointKind, from, to, successors, provenance));
    }

    private void checkLinks(String code, Row row) {
        String parent = parents.getOrDefault(code, "");
        if (!parent.isEmpty() && !rows.containsKey(parent)) row.unknown("parent", parent, Rule.UNKNOWN_DIVISION, rows.keySet());
        else if (depth(code) < 0) row.problem("parent", Rule.CYCLE, parent);
        Division division = divisions.get(code);
        if (division == null) return;
        for (String successor : division.successors()) {
            if (!rows.containsKey(successor)) row.unknown("successors", successor, Rule.UNKNOWN_DIVISION, rows.keySet());
        }
        if (dated.leadsBack(code)) row.problem("successors", Rule.CYCLE, code);
        if (!parent.isEmpty() && division.successors().isEmpty()) current(row, "parent");
    }

    /// How many divisions stand above; -1 if the way up never ends.
    private int depth(String code) {
        var seen = new HashSet<String>();
        int depth = 0;
        for (String at = parent(code); at != null; at = parent(at)) {
            if (!seen.add(at) || at.equals(code)) return -1;
            depth++;
        }
        return depth;
    }

    private List<String> checkLevels() {
        var names = new TreeMap<Integer, String>();
        var depths = new HashMap<String, Integer>();
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            int depth = depth(entry.getKey());
            String level = entry.getValue().text("level");
            if (depth < 0 || level.isEmpty() || unknownAbove(entry.getKey())) continue;
            int usual = depths.computeIfAbsent(level, _ -> depth);
            String other = names.computeIfAbsent(depth, _ -> level);
            if (usual != depth) entry.getValue().problem("level", Rule.LEVEL_DEPTH, depth + " / " + usual);
            else if (!other.equals(level)) entry.getValue().problem("level", Rule.LEVEL_DEPTH, level + " / " + other);
        }
        return List.copyOf(names.values());
    }

    private boolean unknownAbove(String code) {
        String last = code;
        for (String at = code; at != null; at = parent(at)) last = at;
        return !parents.getOrDefault(last, "").isEmpty();
    }

    /// The division in force that a column names, whatever the date of its code; the cell itself with a problem added if there is none.
    String current(Row row, String column) {
        String code = row.required(column);
        if (code.isEmpty()) return code;
        if (unknown(row, column, code)) return code;
        List<String> all = dated.currentAll(code);
        if (all.size() > 1) row.problem(column, Rule.SPLIT_CODE, String.join(" ", all));
        return dated.current(code);
    }

    /// Adds a problem and says true if a row names a code that no division has; never if no division could be read at all,
    /// since then the mistake is elsewhere.
    boolean unknown(Row row, String column, String code) {
        if (rows.isEmpty() || code.isEmpty() || rows.containsKey(code)) return false;
        row.unknown(column, code, Rule.UNKNOWN_DIVISION, rows.keySet());
        return true;
    }

    /// True if a code is a division's, of any date, or if no division could be read at all.
    boolean known(String code) {
        return rows.isEmpty() || rows.containsKey(code);
    }

    DatedCodes dated() {
        return dated;
    }

    Row row(Division division) {
        Row row = rows.get(division.code());
        if (row == null) throw new IllegalStateException("The division " + division.code() + " was never read.");
        return row;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The code above, as it is today; null at the top or if unknown.
    @Nullable String parent(String code) {
        String parent = parents.getOrDefault(code, "");
        if (parent.isEmpty() || !rows.containsKey(parent)) return null;
        return dated.current(parent);
    }

    /// The code at the top of the tree above a code.
    String top(String code) {
        var seen = new HashSet<String>();
        String top = code;
        for (String at = code; at != null && seen.add(at); at = parent(at)) top = at;
        return top;
    }

    List<String> levels() {
        return levels;
    }

    /// The divisions of good rows; those in force hang under the division in force above.
    List<Division> list() {
        var list = new ArrayList<Division>();
        for (Division one : divisions.values()) {
            String parent = one.successors().isEmpty() ? parent(one.code()) : one.parent();
            list.add(new Division(one.code(), one.name(), one.nameEn(), one.level(), parent, one.tier(), one.urbanRural(), one.point(),
                    one.pointKind(), one.validFrom(), one.validTo(), one.successors(), one.provenance()));
        }
        return list;
    }
}
