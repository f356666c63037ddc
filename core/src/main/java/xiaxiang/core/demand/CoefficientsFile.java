package xiaxiang.core.demand;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// Fitted coefficients of a folder: coefficients.csv, one row a term, and coefficient_covariance.csv, one row a pair of terms. Optional, both or the first alone.
public final class CoefficientsFile {
    private static final String VALUES = "coefficients";
    private static final String COVARIANCES = "coefficient_covariance";
    private static final Columns VALUE_COLUMNS = Columns.of("term", "value", "spread", "source", "kind");
    private static final Columns COVARIANCE_COLUMNS = Columns.of("term", "other", "covariance");

    private final Coefficients believed;
    private final Map<Term, Long> lines = new EnumMap<>(Term.class);
    private final List<Term> terms = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final List<Double> spreads = new ArrayList<>();
    private final Map<String, Double> covariances = new HashMap<>();
    private Provenance provenance = new Provenance("-", Kind.SKETCH);

    private CoefficientsFile(Coefficients believed) {
        this.believed = believed;
    }

    /// The coefficients of a folder, those it does not name as believed; `believed` itself if the folder has none or anything is wrong with them.
    /// Terms whose covariance is not named are independent.
    public static Coefficients read(Path folder, Coefficients believed, Problems problems) {
        long before = problems.count();
        var file = new CoefficientsFile(believed);
        CsvFile.read(folder, VALUES, VALUE_COLUMNS, problems, file::value);
        CsvFile.read(folder, COVARIANCES, COVARIANCE_COLUMNS, problems, file::covariance);
        if (problems.count() > before || file.terms.isEmpty()) return believed;
        try {
            return believed.fitted(file.terms, file.values.stream().mapToDouble(v -> v).toArray(), file.matrix(), file.provenance);
        } catch (IllegalArgumentException notACovariance) {
            problems.add(COVARIANCES + ".csv", Rule.NOT_A_COVARIANCE, "");
            return believed;
        }
    }

    private void value(Row row) {
        Term term = row.choice("term", Term.class);
        Long first = lines.putIfAbsent(term, row.line());
        if (first != null && row.good()) row.problem("term", Rule.DUPLICATE_KEY, Long.toString(first));
        Coefficient c = believed.coefficient(term);
        double value = row.number("value", c.low(), c.high());
        double spread = row.number("spread", 0, 1e9);
        provenance = FactRow.provenance(row);
        if (!row.good()) return;
        terms.add(term);
        values.add(value);
        spreads.add(spread);
    }

    private void covariance(Row row) {
        Term a = row.choice("term", Term.class);
        Term b = row.choice("other", Term.class);
        double covariance = row.number("covariance", -1e9, 1e9);
        if (row.good() && !terms.contains(a)) row.problem("term", Rule.NOT_FOUND, VALUES + ".csv");
        if (row.good() && !terms.contains(b)) row.problem("other", Rule.NOT_FOUND, VALUES + ".csv");
        covariances.put(a + " " + b, covariance);
        covariances.put(b + " " + a, covariance);
    }

    private double[] matrix() {
        int n = terms.size();
        double[] out = new double[n * n];
        for (int a = 0; a < n; a++) for (int b = 0; b < n; b++) out[a * n + b] = a == b ? spreads.get(a) * spreads.get(a) : covariances.getOrDefault(terms.get(a) + " " + terms.get(b), 0.0);
        return out;
    }

    /// Writes the terms fitted together into a folder, over what is there. Numbers are written whole, so that they read back the same.
    public static void write(Coefficients fitted, Path folder) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve(VALUES + ".csv"))) {
            csv.writeRecord("term", "value", "spread", "source", "kind");
            for (Term t : fitted.joint()) {
                Coefficient c = fitted.coefficient(t);
                csv.writeRecord(t.name(), Double.toString(c.value()), Double.toString(c.spread()), c.provenance().source(), c.provenance().kind().name().toLowerCase(Locale.ROOT));
            }
        }
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve(COVARIANCES + ".csv"))) {
            csv.writeRecord("term", "other", "covariance");
            List<Term> joint = fitted.joint();
            for (int a = 0; a < joint.size(); a++)
                for (int b = 0; b < a; b++) csv.writeRecord(joint.get(a).name(), joint.get(b).name(), Double.toString(fitted.covariance(joint.get(a), joint.get(b))));
        }
    }
}
