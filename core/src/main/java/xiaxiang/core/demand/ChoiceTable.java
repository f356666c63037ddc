package xiaxiang.core.demand;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Table;
import xiaxiang.engine.choice.Expression;
import xiaxiang.engine.choice.Formula;
import xiaxiang.engine.choice.Formulas;
import xiaxiang.engine.choice.Meaning;

/// A table whose columns expressions can be asked of; what cannot be computed is a problem with its row.
final class ChoiceTable {
    private final Table table;
    private final Problems problems;
    private final Formulas formulas;
    private final Map<String, Meaning> columns = new HashMap<>();
    /// Expressions whose missing values have been told: none is told twice.
    private final Set<String> told;

    ChoiceTable(Table table, Problems problems) {
        this(table, problems, new HashSet<>());
    }

    private ChoiceTable(Table table, Problems problems, Set<String> told) {
        this.table = table;
        this.problems = problems;
        this.told = told;
        formulas = new Formulas(table.rows());
    }

    /// A label a row: `codes` point into `names`; -1 where missing.
    static final class Labels {
        final int[] codes;
        final List<String> names;

        Labels(int[] codes, List<String> names) {
            this.codes = codes;
            this.names = names;
        }
    }

    /// These rows, in this order.
    ChoiceTable at(int[] rows) {
        return new ChoiceTable(table.at(rows), problems, told);
    }

    int rows() {
        return table.rows();
    }

    boolean has(String column) {
        return table.has(column);
    }

    String nearest(String name) {
        return table.nearest(name);
    }

    void problem(int row, String column, String value, Rule rule, String detail) {
        problems.add(new Problem(table.file(), table.line(row), column, value, rule, detail));
    }

    /// What a column holds: numbers, or labels, which may be numbers too.
    Meaning column(String name) {
        return columns.computeIfAbsent(name, n -> !table.isText(n) ? new Meaning.Column(table.numbers(n, problems))
                : table.isNumeric(n) ? new Meaning.Labels(table.codes(n), table.labels(n), table.numbers(n, problems)) : new Meaning.Labels(table.codes(n), table.labels(n)));
    }

    /// The formula of an expression of columns and whatever else `meaning` knows; null, with the problem reported, if it has none.
    @Nullable Formula formula(Written written, Function<Expression.Name, Meaning> meaning) {
        return switch (formulas.compile(written.expression(), meaning)) {
            case Expression.Outcome.Good<Formula>(Formula formula) -> formula;
            case Expression.Outcome.Bad<Formula> bad -> {
                written.report(written.expression().text(), Rule.BAD_EXPRESSION, bad.message());
                // A column may be text for one wrong cell only: say where.
                if (has(bad.found()) && table.isText(bad.found())) table.numbers(bad.found(), problems);
                yield null;
            }
        };
    }

    /// The values of an expression of columns only, one a row; null with problems reported if it is none.
    double @Nullable [] values(Written written) {
        if (!isOfColumns(written)) return null;
        Formula formula = formula(written, name -> column(name.name()));
        return formula == null ? null : formula.values();
    }

    /// Whether all names of an expression are columns; each that is none is reported.
    boolean isOfColumns(Written written) {
        boolean all = true;
        for (Expression.Name name : written.expression().names()) {
            if (has(name.name()) && name.alternative().isEmpty()) continue;
            written.report(name.name(), Rule.NOT_IN_DATA, nearest(name.name()));
            all = false;
        }
        return all;
    }

    /// As [#values], where each missing value is a problem too; it stays NaN, so that other rows can be judged.
    double @Nullable [] known(Written written) {
        double[] values = values(written);
        if (values != null && told.add(written.expression().text())) for (int i = 0; i < values.length; i++) if (!Double.isFinite(values[i])) missing(i, written);
        return values;
    }

    /// Reports that an expression has no value in a row.
    private void missing(int row, Written written) {
        Expression.Name bare = written.expression().bareName();
        String what = bare == null ? written.expression().text() : bare.name();
        problem(row, what, "", Rule.MISSING_VALUE, bare == null ? "not missing(" + what + ")" : "not missing(" + quoted(what) + ")");
    }

    private static String quoted(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{N}_.]*") ? name : "`" + name + "`";
    }

    /// Labels of an expression of columns: a column's own, or those of numbers. Each missing one is a problem; null if it is no expression of columns.
    @Nullable Labels labels(Written written) {
        if (!isOfColumns(written)) return null;
        Labels labels = unchecked(written);
        if (labels != null && told.add(written.expression().text())) for (int i = 0; i < table.rows(); i++) if (labels.codes[i] < 0) missing(i, written);
        return labels;
    }

    private @Nullable Labels unchecked(Written written) {
        Expression.Name bare = written.expression().bareName();
        if (bare != null) return new Labels(table.codes(bare.name()), table.labels(bare.name()));
        double[] values = values(written);
        return values == null ? null : labels(values);
    }

    private static Labels labels(double[] values) {
        double[] different = Arrays.stream(values).filter(v -> !Double.isNaN(v)).map(v -> v + 0.0).sorted().distinct().toArray();
        int[] codes = Arrays.stream(values).mapToInt(v -> Double.isNaN(v) ? -1 : Arrays.binarySearch(different, v + 0.0)).toArray();
        return new Labels(codes, Arrays.stream(different).mapToObj(Table::text).toList());
    }

    /// The rows for which a condition holds; where it is missing it does not. `missing[0]` counts those. Null if it cannot be asked.
    int @Nullable [] where(Written condition, int[] missing) {
        double[] values = values(condition);
        if (values == null) return null;
        for (double v : values) if (Double.isNaN(v)) missing[0]++;
        return IntStream.range(0, values.length).filter(i -> values[i] != 0 && !Double.isNaN(values[i])).toArray();
    }

    /// Reports, for an available alternative of a row, that a utility has no finite value there, naming the columns that miss.
    void undefined(int row, Written utility, String alternative) {
        var blamed = new TreeSet<String>();
        for (Expression.Name name : utility.expression().names())
            if (has(name.name()) && table.isNumeric(name.name()) && Double.isNaN(table.numbers(name.name(), problems)[row])) blamed.add(name.name());
        if (blamed.isEmpty()) blamed.add("");
        for (String column : blamed) problem(row, column, alternative, Rule.NO_UTILITY, utility.expression().text());
    }
}
