package xiaxiang.core.share;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// outcomes.csv: units by division, period and measure, complete: every division in every period from the first to the last, in every measure.
///
/// Measures part our units and add up to them, such as `sell_out` (new points of sale), `own_shop` (shops of ours there before) and `online`. `synthetic` is true
/// where any row is. Immutable.
public final class Outcomes {
    /// The measure that is the sum of all measures.
    public static final String NET = "net";
    private static final Columns COLUMNS = Columns.of("division", "period", "measure", "units", "source", "kind");
    private static final double MOST_UNITS = 1e12;

    private final List<String> divisions;
    private final Period first;
    private final int periods;
    private final Map<String, double[]> units;
    private final Map<String, Integer> place = new HashMap<>();
    private final boolean synthetic;

    private Outcomes(List<String> divisions, Period first, int periods, Map<String, double[]> units, boolean synthetic) {
        for (String code : divisions) place.put(code, place.size());
        this.divisions = divisions;
        this.first = first;
        this.periods = periods;
        this.units = units;
        this.synthetic = synthetic;
    }

    private record Key(String division, int period, String measure) {}

    /// Reads outcomes.csv of a folder; null if there is none or anything is wrong, and then `problems` says all of it (nothing where there is no file).
    public static @Nullable Outcomes read(Path folder, Problems problems) {
        Reading reading = new Reading();
        long before = problems.count();
        if (!CsvFile.read(folder, "outcomes", COLUMNS, problems, reading::row)) return null;
        if (problems.count() == before && reading.cells.isEmpty()) problems.add("outcomes.csv", Rule.NO_ROWS, "");
        if (problems.count() > before) return null;
        return reading.table(problems);
    }

    private static final class Reading {
        final Map<Key, Double> cells = new HashMap<>();
        final Map<Key, Long> lines = new HashMap<>();
        final TreeSet<String> divisions = new TreeSet<>();
        final TreeSet<String> measures = new TreeSet<>();
        @Nullable Period some;
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        boolean synthetic;

        void row(Row row) {
            String division = row.required("division");
            String measure = row.required("measure");
            String text = row.required("period");
            Period period = Period.parse(text);
            if (period == null && !text.isEmpty()) row.problem("period", Rule.NOT_A_CHOICE, "2017-03 2017Q1");
            if (period != null && some != null && period.perYear() != some.perYear()) row.problem("period", Rule.CONTRADICTION, some.toString());
            if (measure.equals(NET)) row.problem("measure", Rule.CONTRADICTION, "net = the sum of all measures");
            double units = row.number("units", -MOST_UNITS, MOST_UNITS);
            boolean invented = FactRow.provenance(row).kind() == Kind.SYNTHETIC;
            if (period == null || !row.good()) return;
            Key key = new Key(division, period.index(), measure);
            Long line = lines.putIfAbsent(key, row.line());
            if (line != null) row.problem("division", Rule.DUPLICATE_KEY, line.toString());
            cells.put(key, units);
            some = period;
            divisions.add(division);
            measures.add(measure);
            low = Math.min(low, period.index());
            high = Math.max(high, period.index());
            synthetic |= invented;
        }

        @Nullable Outcomes table(Problems problems) {
            if (some == null) return null;
            Period first = new Period(some.perYear(), low);
            int periods = high - low + 1;
            long before = problems.count();
            Map<String, double[]> units = new TreeMap<>();
            List<String> names = List.copyOf(divisions);
            for (String measure : measures) {
                double[] y = new double[names.size() * periods];
                for (int i = 0; i < names.size(); i++) {
                    for (int t = 0; t < periods; t++) {
                        Double cell = cells.get(new Key(names.get(i), low + t, measure));
                        if (cell == null) problems.add(new Problem("outcomes.csv", 0, "units", names.get(i) + "," + first.plus(t) + "," + measure, Rule.MISSING_PART, names.get(i) + "," + first.plus(t) + "," + measure + ",0"));
                        else y[i * periods + t] = cell;
                    }
                }
                units.put(measure, y);
            }
            return problems.count() > before ? null : new Outcomes(names, first, periods, units, synthetic);
        }
    }

    /// The divisions, sorted by code.
    public List<String> divisions() {
        return divisions;
    }

    /// The first period.
    public Period first() {
        return first;
    }

    /// The number of periods.
    public int periods() {
        return periods;
    }

    /// True if any row is invented from a seed.
    public boolean synthetic() {
        return synthetic;
    }

    /// What can be judged: every measure and, where there are several, [#NET] first.
    public List<String> measures() {
        List<String> all = new ArrayList<>();
        if (units.size() > 1) all.add(NET);
        all.addAll(units.keySet());
        return all;
    }

    /// Units of some divisions (by code, in that order; each must be there) x `count` periods from `from` on, row-major, in a measure or [#NET].
    public double[] units(String measure, List<String> codes, int from, int count) {
        double[] out = new double[codes.size() * count];
        for (Map.Entry<String, double[]> one : units.entrySet()) {
            if (!measure.equals(one.getKey()) && !(measure.equals(NET) && units.size() > 1)) continue;
            for (int i = 0; i < codes.size(); i++) {
                int row = place.getOrDefault(codes.get(i), -1) * periods + from;
                for (int t = 0; t < count; t++) out[i * count + t] += one.getValue()[row + t];
            }
        }
        return out;
    }

    /// The main measure: [#NET] where there are several.
    public String main() {
        return measures().getFirst();
    }
}
