package xiaxiang.core.demand;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;

/// A value for every [Term], with spread and source. Immutable.
public final class Coefficients {
    private final Map<Term, Coefficient> byTerm;
    /// The terms fitted together, and their covariance and its lower Cholesky root, row-major.
    private final List<Term> joint;
    private final double[] covariance;
    private final double[] root;

    private Coefficients(Map<Term, Coefficient> byTerm, List<Term> joint, double[] covariance) {
        for (Term term : Term.values()) if (!byTerm.containsKey(term)) throw new IllegalArgumentException("The coefficient " + term + " is missing.");
        this.byTerm = Collections.unmodifiableMap(byTerm);
        this.joint = List.copyOf(joint);
        this.covariance = covariance;
        root = root(covariance, joint.size());
    }

    /// The lower Cholesky root of a covariance; a direction without variance beside those before it stays 0. Throws IllegalArgumentException if it is no covariance.
    private static double[] root(double[] covariance, int n) {
        double[] l = new double[n * n];
        for (int a = 0; a < n; a++) for (int b = 0; b <= a; b++) {
            double s = covariance[a * n + b];
            for (int k = 0; k < b; k++) s -= l[a * n + k] * l[b * n + k];
            double scale = Math.sqrt(covariance[a * n + a] * covariance[b * n + b]);
            if (a == b && !(s >= -1e-8 * scale)) throw new IllegalArgumentException("The covariance of the coefficients is none: it is not positive semi-definite.");
            if (a == b) l[a * n + a] = s <= 1e-12 * scale ? 0 : Math.sqrt(s);
            else l[a * n + b] = l[b * n + b] == 0 ? 0 : s / l[b * n + b];
        }
        return l;
    }

    /// The documented assumptions that stand until coefficients are fitted to surveys and sell-out.
    public static Coefficients documented() {
        Map<Term, Coefficient> all = new EnumMap<>(Term.class);
        try (InputStream in = Coefficients.class.getResourceAsStream("coefficients.csv")) {
            if (in == null) throw new IllegalStateException("coefficients.csv is not on the class path.");
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (NamedCsvRecord row : rows) {
                    Coefficient c = coefficient(row);
                    all.put(c.term(), c);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Coefficients(all, List.of(), new double[0]);
    }

    private static Coefficient coefficient(NamedCsvRecord row) {
        return new Coefficient(Term.valueOf(row.getField("term")), row.getField("zh"), row.getField("en"), number(row, "value"), number(row, "spread"),
                number(row, "low"), number(row, "high"), row.getField("unit"),
                new Provenance(row.getField("source"), Kind.valueOf(row.getField("kind").toUpperCase(Locale.ROOT))));
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    /// The value of a term.
    public double of(Term term) {
        return coefficient(term).value();
    }

    /// The coefficient of a term, with its spread and source.
    public Coefficient coefficient(Term term) {
        Coefficient found = byTerm.get(term);
        if (found == null) throw new IllegalStateException("No coefficient " + term);
        return found;
    }

    /// All coefficients, in the order of [Term].
    public List<Coefficient> all() {
        return new ArrayList<>(byTerm.values());
    }

    /// These coefficients with one value taken from the scenario, its source saying so. Throws IllegalArgumentException outside the coefficient's range.
    public Coefficients given(Term term, double value) {
        Coefficient c = coefficient(term);
        Map<Term, Coefficient> all = new EnumMap<>(byTerm);
        all.put(term, new Coefficient(term, c.zh(), c.en(), value, c.spread(), c.low(), c.high(), c.unit(), new Provenance("scenario.yaml", Kind.SKETCH)));
        return new Coefficients(all, joint, covariance);
    }

    /// These coefficients with those of `terms` fitted together: their values (held to their ranges), their covariance (row-major, in the order of `terms`) and where they come
    /// from. Throws IllegalArgumentException if the covariance is none, or lengths differ.
    public Coefficients fitted(List<Term> terms, double[] values, double[] jointCovariance, Provenance provenance) {
        int n = terms.size();
        if (values.length != n || jointCovariance.length != n * n) throw new IllegalArgumentException("Expected " + n + " values and their covariance, got " + values.length + " and " + jointCovariance.length + ".");
        Map<Term, Coefficient> all = new EnumMap<>(byTerm);
        for (int k = 0; k < n; k++) {
            Coefficient c = coefficient(terms.get(k));
            all.put(c.term(), new Coefficient(c.term(), c.zh(), c.en(), Math.clamp(values[k], c.low(), c.high()), Math.sqrt(Math.max(0, jointCovariance[k * n + k])), c.low(), c.high(), c.unit(), provenance));
        }
        return new Coefficients(all, terms, jointCovariance.clone());
    }

    /// The terms fitted together; empty where all are believed one by one.
    public List<Term> joint() {
        return joint;
    }

    /// The covariance of two terms fitted together.
    public double covariance(Term a, Term b) {
        return covariance[joint.indexOf(a) * joint.size() + joint.indexOf(b)];
    }

    /// Coefficients drawn from what is believed of each: normal around the value with its spread, those fitted together with their covariance, the others independent; held to
    /// their ranges.
    public Coefficients drawn(SplittableRandom random) {
        Map<Term, Double> z = new EnumMap<>(Term.class);
        for (Coefficient c : byTerm.values()) z.put(c.term(), random.nextGaussian());
        Map<Term, Coefficient> all = new EnumMap<>(Term.class);
        for (Coefficient c : byTerm.values()) all.put(c.term(), c.at(c.value() + deviation(c, z)));
        return new Coefficients(all, joint, covariance);
    }

    private double deviation(Coefficient c, Map<Term, Double> z) {
        int row = joint.indexOf(c.term());
        if (row < 0) return c.spread() * z.getOrDefault(c.term(), 0.0);
        double sum = 0;
        for (int k = 0; k <= row; k++) sum += root[row * joint.size() + k] * z.getOrDefault(joint.get(k), 0.0);
        return sum;
    }
}
