package xiaxiang.core.share;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Table;
import xiaxiang.engine.effect.Panel;

/// A panel as a table holds it, with the names of its units and periods. `rows` are those that passed the filter, `leftOut` those that did not, `unjudged` among them
/// for want of a value; `missing` counts rows without an outcome or covariate, which no estimator uses.
///
/// Limit: 50 million units times periods. Cost: rows.
public record EffectData(Panel panel, Timeline timeline, List<String> units, int rows, int leftOut, int unjudged, int missing, int clusters) {
    private static final int MOST_CELLS = 50_000_000;

    public EffectData {
        units = List.copyOf(units);
    }

    /// Reads the data of a SPEC; null if anything is wrong with it, each problem added.
    public static @Nullable EffectData read(EffectSpec spec, Problems problems) {
        EffectSpec.Columns c = spec.columns();
        Set<String> wanted = new LinkedHashSet<>(List.of(c.unit(), c.period(), c.outcome()));
        wanted.add(c.treatment().isEmpty() ? c.cohort() : c.treatment());
        wanted.addAll(c.covariates());
        if (!c.cluster().isEmpty()) wanted.add(c.cluster());
        Set<String> read = new LinkedHashSet<>(wanted);
        if (spec.filter() != null) read.addAll(spec.filter().names());
        Table table = Table.read(spec.data(), read::contains, problems);
        if (table == null) return null;
        for (String column : wanted) if (!table.has(column)) problems.add(new Problem(table.file(), 1, column, "", Rule.UNKNOWN_COLUMN, table.nearest(column)));
        int[] unjudged = {0};
        int[] kept = spec.filter() == null ? IntStream.range(0, table.rows()).toArray() : spec.filter().rows(table, problems, unjudged);
        if (kept == null || !problems.isEmpty()) return null;
        EffectData data = new Reading(kept.length == table.rows() ? table : table.at(kept), c, problems).data();
        return data == null ? null : new EffectData(data.panel, data.timeline, data.units, data.rows, table.rows() - data.rows, unjudged[0], data.missing, data.clusters);
    }

    /// The panel without the periods that no row has, and without covariates.
    Panel withoutHoles() {
        int[] times = timeline.observed();
        double[] outcome = new double[panel.units() * times.length];
        int[] cohort = new int[panel.units()];
        int[] cluster = new int[panel.units()];
        for (int i = 0; i < panel.units(); i++) {
            for (int s = 0; s < times.length; s++) outcome[i * times.length + s] = panel.outcome(i, times[s]);
            int first = panel.cohort(i);
            int before = (int) IntStream.of(times).filter(t -> t < first).count();
            cohort[i] = before == times.length ? Panel.NEVER : before;
            cluster[i] = panel.cluster(i);
        }
        return new Panel(panel.units(), times.length, outcome, cohort, new double[0][], cluster);
    }

    /// One reading of a table.
    private static final class Reading {
        private final Table table;
        private final EffectSpec.Columns columns;
        private final Problems problems;
        private final int[] unit;
        private final List<String> units;
        private int[] period = {};

        Reading(Table table, EffectSpec.Columns columns, Problems problems) {
            this.table = table;
            this.columns = columns;
            this.problems = problems;
            int[] codes = table.codes(columns.unit());
            List<String> labels = table.labels(columns.unit());
            // A filter may leave a unit without rows.
            boolean[] there = there(codes, labels.size());
            int[] place = new int[labels.size()];
            int count = 0;
            for (int k = 0; k < place.length; k++) place[k] = there[k] ? count++ : -1;
            unit = IntStream.of(codes).map(code -> code < 0 ? -1 : place[code]).toArray();
            units = IntStream.range(0, place.length).filter(k -> there[k]).mapToObj(labels::get).toList();
        }

        private static boolean[] there(int[] codes, int labels) {
            boolean[] there = new boolean[labels];
            for (int code : codes) if (code >= 0) there[code] = true;
            return there;
        }

        private void problem(int row, String column, String value, Rule rule, String detail) {
            problems.add(new Problem(table.file(), table.line(row), column, value, rule, detail));
        }

        @Nullable EffectData data() {
            for (int r = 0; r < unit.length; r++) if (unit[r] < 0) problem(r, columns.unit(), "", Rule.REQUIRED, "");
            Timeline timeline = timeline();
            if (timeline == null || !problems.isEmpty()) return null;
            long cells = (long) units.size() * timeline.size();
            if (cells > MOST_CELLS) {
                problems.add(table.file(), Rule.PANEL_TOO_BIG, String.format(Locale.ROOT, "%,d", MOST_CELLS));
                return null;
            }
            int[] rowOf = rows(timeline.size());
            double[] outcome = grid(table.numbers(columns.outcome(), problems), rowOf);
            double[][] covariates = columns.covariates().stream().map(x -> grid(table.numbers(x, problems), rowOf)).toArray(double[][]::new);
            int[] cohort = columns.treatment().isEmpty() ? cohorts(timeline) : begun(rowOf, timeline.size());
            int[] cluster = columns.cluster().isEmpty() ? IntStream.range(0, units.size()).toArray() : constant(columns.cluster(), table.codes(columns.cluster()), true);
            if (!problems.isEmpty()) return null;
            Panel panel = new Panel(units.size(), timeline.size(), outcome, cohort, covariates, cluster);
            int missing = (int) IntStream.range(0, rowOf.length).filter(at -> rowOf[at] >= 0 && (Double.isNaN(outcome[at]) || Arrays.stream(covariates).anyMatch(x -> Double.isNaN(x[at])))).count();
            return new EffectData(panel, timeline, units, table.rows(), 0, 0, missing, (int) IntStream.of(cluster).distinct().count());
        }

        private @Nullable Timeline timeline() {
            String column = columns.period();
            if (!table.isText(column)) {
                double[] values = table.numbers(column, problems);
                for (int r = 0; r < values.length; r++) if (Double.isNaN(values[r])) problem(r, column, "", Rule.REQUIRED, "");
                if (!problems.isEmpty()) return null;
                Timeline timeline = Timeline.ofNumbers(values);
                period = Arrays.stream(values).mapToInt(timeline::index).toArray();
                return timeline;
            }
            int[] codes = table.codes(column);
            List<String> labels = table.labels(column);
            boolean[] told = new boolean[labels.size()];
            for (int r = 0; r < codes.length; r++) {
                if (codes[r] < 0) problem(r, column, "", Rule.REQUIRED, "");
                else if (!told[codes[r]] && !Timeline.sorts(labels.get(codes[r]))) problem(r, column, labels.get(codes[r]), Rule.NOT_SORTABLE, "");
                if (codes[r] >= 0) told[codes[r]] = true;
            }
            if (!problems.isEmpty()) return null;
            Timeline timeline = Timeline.ofTexts(IntStream.range(0, told.length).filter(k -> told[k]).mapToObj(labels::get).toList());
            int[] index = labels.stream().mapToInt(timeline::index).toArray();
            period = IntStream.of(codes).map(code -> index[code]).toArray();
            return timeline;
        }

        /// Units x periods: the row of each, -1 if there is none.
        private int[] rows(int periods) {
            int[] rowOf = new int[units.size() * periods];
            Arrays.fill(rowOf, -1);
            for (int r = 0; r < unit.length; r++) {
                int at = unit[r] * periods + period[r];
                if (rowOf[at] >= 0) problem(r, columns.unit(), units.get(unit[r]), Rule.DUPLICATE_KEY, Long.toString(table.line(rowOf[at])));
                else rowOf[at] = r;
            }
            return rowOf;
        }

        private static double[] grid(double[] column, int[] rowOf) {
            double[] out = new double[rowOf.length];
            for (int at = 0; at < out.length; at++) out[at] = rowOf[at] < 0 ? Double.NaN : column[rowOf[at]];
            return out;
        }

        /// A column that is the same throughout a unit, by unit.
        private int[] constant(String column, int[] codes, boolean required) {
            int[] first = new int[units.size()];
            Arrays.fill(first, -1);
            for (int r = 0; r < codes.length; r++) {
                int seen = first[unit[r]];
                if (seen < 0) first[unit[r]] = r;
                else if (codes[seen] != codes[r]) problem(r, column, codes[r] < 0 ? "" : table.labels(column).get(codes[r]), Rule.NOT_CONSTANT, Long.toString(table.line(seen)));
                if (codes[r] < 0 && required) problem(r, column, "", Rule.REQUIRED, "");
            }
            return IntStream.of(first).map(r -> codes[r]).toArray();
        }

        private int[] cohorts(Timeline timeline) {
            String column = columns.cohort();
            int[] codes = table.codes(column);
            List<String> labels = table.labels(column);
            int[] first = new int[labels.size()];
            for (int k = 0; k < first.length; k++) {
                String label = labels.get(k);
                int of = k;
                if (isNever(label)) first[k] = Panel.NEVER;
                else if (!timeline.isNumbers()) first[k] = end(timeline.index(label), timeline);
                else if (isNumber(label)) first[k] = end(timeline.index(Double.parseDouble(label)), timeline);
                else IntStream.range(0, codes.length).filter(r -> codes[r] == of).findFirst().ifPresent(r -> problem(r, column, label, Rule.NOT_A_NUMBER, ""));
            }
            int[] by = constant(column, normal(codes, first), false);
            return IntStream.of(by).map(code -> code < 0 ? Panel.NEVER : first[code]).toArray();
        }

        /// Never has one code, however it is written.
        private static int[] normal(int[] codes, int[] first) {
            return IntStream.of(codes).map(code -> code >= 0 && first[code] == Panel.NEVER ? -1 : code).toArray();
        }

        /// A rank beyond the end is after all periods.
        private static int end(int index, Timeline timeline) {
            return timeline.count() == Timeline.Count.RANK && index >= timeline.size() ? Panel.NEVER : index;
        }

        private static boolean isNever(String label) {
            return label.equals("0") || label.equalsIgnoreCase("never") || label.equalsIgnoreCase("inf") || label.equalsIgnoreCase("infinity");
        }

        private static boolean isNumber(String label) {
            try {
                return Double.isFinite(Double.parseDouble(label));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        /// Cohorts from a column of 0 and 1.
        private int[] begun(int[] rowOf, int periods) {
            String column = columns.treatment();
            double[] treated = table.numbers(column, problems);
            int[] first = new int[units.size()];
            for (int i = 0; i < first.length; i++) {
                first[i] = Panel.NEVER;
                for (int t = 0; t < periods; t++) {
                    int r = rowOf[i * periods + t];
                    if (r < 0) continue;
                    if (treated[r] != 0 && treated[r] != 1) problem(r, column, Double.isNaN(treated[r]) ? "" : Table.text(treated[r]), Rule.NOT_A_CHOICE, "0, 1");
                    else if (treated[r] == 1 && first[i] == Panel.NEVER) first[i] = t;
                    else if (treated[r] == 0 && first[i] != Panel.NEVER) problem(r, column, "0", Rule.TREATMENT_ENDS, Long.toString(table.line(rowOf[i * periods + first[i]])));
                }
            }
            return first;
        }
    }
}
