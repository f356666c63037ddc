package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// The rows of a national atlas whose codes begin with `scope`, as they stand in its files.
final class NationalTables {
    /// A township as listed: `persons` null if nobody modelled it, `counts` of its villages by class, empty if not counted.
    record Township(String code, String name, String kind, List<String> above, @Nullable LonLat point, Kind pointKind, @Nullable Long persons,
            Map<UrbanClass, Long> counts) {}

    record Village(String code, String name) {}

    /// A unit of the census; shares and years are the country's mean where not given.
    record Counted(String code, String name, long persons, double urbanShare, double schoolYears, @Nullable LonLat point) {}

    final List<Township> townships = new ArrayList<>();
    final List<Village> villages = new ArrayList<>();
    final List<Counted> counted = new ArrayList<>();

    private final NationalFormat format;
    private final Problems problems;
    private final String scope;
    private final Set<String> codes = new HashSet<>();
    private final TreeSet<String> tops = new TreeSet<>();

    private NationalTables(NationalFormat format, String scope, Problems problems) {
        this.format = format;
        this.scope = scope;
        this.problems = problems;
    }

    static NationalTables read(Path folder, NationalFormat format, String scope, String region, Problems problems) {
        var tables = new NationalTables(format, scope, problems);
        NationalFormat.TownshipColumns town = format.townships();
        var columns = new ArrayList<>(List.of(town.code(), town.name(), town.kind(), town.lon(), town.lat(), town.pointKind(), town.persons()));
        columns.addAll(town.above());
        columns.addAll(town.classes().values());
        tables.table(folder, town.file(), columns, tables::township);
        NationalFormat.CensusColumns census = format.census();
        tables.table(folder, census.file(), List.of(census.code(), census.name(), census.persons(), census.urbanShare(), census.schoolYears(),
                census.lon(), census.lat()), tables::counted);
        boolean nowhere = tables.townships.stream().noneMatch(one -> one.code().startsWith(region));
        if (nowhere && !tables.tops.isEmpty()) {
            problems.add(new Problem(town.file(), 0, town.code(), region, Rule.NOT_A_CHOICE, String.join(" ", tables.tops)));
        }
        if (!nowhere) tables.table(folder, format.villages().file(), List.of(format.villages().code(), format.villages().name()), tables::village);
        return tables;
    }

    private void table(Path folder, String name, List<String> columns, Consumer<Row> each) {
        Columns wanted = Columns.of(columns.toArray(String[]::new)).ignoringOthers();
        if (!CsvFile.read(folder, name, wanted, problems, each)) problems.add(name + ".csv", Rule.MISSING_FILE, "");
    }

    private void township(Row row) {
        NationalFormat.TownshipColumns column = format.townships();
        String code = row.text(column.code());
        if (code.length() >= format.levels().getFirst().digits()) tops.add(code.substring(0, format.levels().getFirst().digits()));
        if (!code.startsWith(scope)) return;
        code(row, column.code(), format.townshipLevel());
        LonLat point = point(row, column.lon(), column.lat());
        String worth = row.text(column.pointKind()).toLowerCase(Locale.ROOT);
        var counts = new EnumMap<UrbanClass, Long>(UrbanClass.class);
        for (Map.Entry<String, String> one : column.classes().entrySet()) {
            Long count = row.wholeOrNull(one.getValue(), 0, 1_000_000);
            if (count != null && count > 0) counts.put(UrbanClass.of(one.getKey()), count);
        }
        List<String> above = column.above().stream().map(row::required).toList();
        Kind pointKind = format.pointKinds().getOrDefault(worth, Kind.MODELLED);
        var township = new Township(code, row.required(column.name()), row.text(column.kind()), above, point, pointKind,
                row.wholeOrNull(column.persons(), 0, 1L << 40), counts);
        if (row.good()) townships.add(township);
    }

    private void counted(Row row) {
        NationalFormat.CensusColumns column = format.census();
        String code = row.text(column.code());
        // A unit without persons was not counted: its county takes people by crosswalk, or none, and is reported.
        if (!code.startsWith(scope) || !row.has(column.persons())) return;
        code(row, column.code(), format.countyLevel());
        var unit = new Counted(code, row.required(column.name()), row.whole(column.persons(), 0, 1L << 40),
                row.numberOr(column.urbanShare(), 0, 1, format.meanUrbanShare()),
                row.numberOr(column.schoolYears(), 0, 30, format.meanSchoolYears()), point(row, column.lon(), column.lat()));
        if (row.good()) counted.add(unit);
    }

    private void village(Row row) {
        String code = row.text(format.villages().code());
        if (!code.startsWith(scope)) return;
        code(row, format.villages().code(), format.villageLevel());
        var village = new Village(code, row.required(format.villages().name()));
        if (!row.good()) return;
        if (codes.contains(code.substring(0, format.townshipLevel().digits()))) villages.add(village);
        else row.problem(format.villages().code(), Rule.NOT_A_CHOICE, format.townships().file());
    }

    /// A code has the digits of its level and stands once.
    private void code(Row row, String column, NationalFormat.Level level) {
        String code = row.required(column);
        if (code.length() != level.digits() || !code.chars().allMatch(one -> one >= '0' && one <= '9')) row.problem(column, Rule.NOT_A_WHOLE_NUMBER,
                level.digits() + " digits");
        else if (!codes.add(row.file().equals(format.census().file()) ? "census " + code : code)) row.problem(column, Rule.REPEATED_ITEM, code);
    }

    private static @Nullable LonLat point(Row row, String lon, String lat) {
        Double east = row.numberOrNull(lon, -180, 180);
        Double north = row.numberOrNull(lat, -90, 90);
        return east == null || north == null ? null : new LonLat(east, north);
    }
}
