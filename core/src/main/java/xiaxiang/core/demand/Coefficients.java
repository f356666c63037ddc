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

    private Coefficients(Map<Term, Coefficient> byTerm) {
        for (Term term : Term.values()) if (!byTerm.containsKey(term)) throw new IllegalArgumentException("The coefficient " + term + " is missing.");
        this.byTerm = Collections.unmodifiableMap(byTerm);
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
        return new Coefficients(all);
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
        return new Coefficients(all);
    }

    /// Coefficients drawn from what is believed of each: normal around the value with its spread, independent, held to its range.
    public Coefficients drawn(SplittableRandom random) {
        Map<Term, Coefficient> all = new EnumMap<>(Term.class);
        for (Coefficient c : byTerm.values()) all.put(c.term(), c.at(c.value() + c.spread() * random.nextGaussian()));
        return new Coefficients(all);
    }
}
