package xiaxiang.core.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import xiaxiang.engine.effect.WaveContrast;
import xiaxiang.engine.effect.WaveDesign;
import xiaxiang.engine.geo.NearGrid;

/// A design as it is sealed before launch: terms, what the townships were matched on, and the lot's outcome. Immutable.
///
/// Its text holds all that the lot was drawn from, so that anyone can hash it (`sha256sum design.txt`) and draw it again: a text whose labels are not those that its own
/// seed draws is refused.
public final class SealedDesign {
    private static final String HEAD = "xiaxiang wave design 1";

    private final DesignTerms terms;
    private final List<String> features;
    private final List<Unit> units;
    private final List<Place> others;
    private final WaveDesign drawn;

    private SealedDesign(DesignTerms terms, List<String> features, List<Unit> units, List<Place> others, WaveDesign drawn) {
        this.terms = terms;
        this.features = features;
        this.units = units;
        this.others = others;
        this.drawn = drawn;
    }

    /// A township to be assigned, with the features it is matched by.
    public record Unit(String code, double lon, double lat, List<Double> features) {
        public Unit {
            features = List.copyOf(features);
        }
    }

    /// A township the plan does nothing in: never treated, and not part of the lot.
    public record Place(String code, double lon, double lat) {}

    /// How drawing or reading ended.
    public sealed interface Outcome {
        /// A design.
        record Sealed(SealedDesign design) implements Outcome {}

        /// There is none, and why.
        record Refused(String why) implements Outcome {}
    }

    /// Draws a design. `features` name what units are matched by.
    public static Outcome draw(DesignTerms terms, List<String> features, List<Unit> units, List<Place> others) {
        if (units.isEmpty()) return new Outcome.Refused("The plan opens nothing in any township.");
        double[][] x = units.stream().map(u -> u.features().stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new);
        WaveDesign.Terms lot = new WaveDesign.Terms(terms.waves(), terms.controls(), terms.stratumSize(), terms.leastControls(), terms.seed());
        return switch (WaveDesign.draw(x, near(units, terms.bufferMeters()), lot)) {
            case WaveDesign.Outcome.Refused(String why) -> new Outcome.Refused(why);
            case WaveDesign.Outcome.Designed(WaveDesign drawn) -> new Outcome.Sealed(new SealedDesign(terms, List.copyOf(features), List.copyOf(units), List.copyOf(others), drawn));
        };
    }

    private static int[][] near(List<Unit> units, double meters) {
        NearGrid grid = NearGrid.of(units.stream().mapToDouble(Unit::lon).toArray(), units.stream().mapToDouble(Unit::lat).toArray());
        return IntStream.range(0, units.size()).mapToObj(i -> {
            List<Integer> found = new ArrayList<>();
            if (meters > 0) grid.within(units.get(i).lon(), units.get(i).lat(), meters, (j, _) -> {
                if (j != i) found.add(j);
            });
            return found.stream().mapToInt(Integer::intValue).toArray();
        }).toArray(int[][]::new);
    }

    /// What was fixed.
    public DesignTerms terms() {
        return terms;
    }

    /// The names of the features.
    public List<String> features() {
        return features;
    }

    /// The townships of the lot.
    public List<Unit> units() {
        return units;
    }

    /// The townships outside the lot.
    public List<Place> others() {
        return others;
    }

    /// The lot.
    public WaveDesign drawn() {
        return drawn;
    }

    /// `wave1`.., `control` or `buffer`.
    public String labelText(int unit) {
        int label = drawn.label(unit);
        return label == WaveContrast.CONTROL ? "control" : label == WaveContrast.BUFFER ? "buffer" : "wave" + (label + 1);
    }

    /// The text that is sealed: one line a term, a unit, a place; lines end with LF; numbers as Java writes them, so that they are read back to the bit.
    public String text() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        line(text, "seed", terms.seed());
        line(text, "waves", join(terms.waves()));
        line(text, "controls", terms.controls());
        line(text, "stratum_size", terms.stratumSize());
        line(text, "least_controls", terms.leastControls());
        line(text, "buffer_meters", terms.bufferMeters());
        line(text, "rings_meters", join(terms.rings()));
        line(text, "launch", terms.launch());
        line(text, "every", terms.every());
        line(text, "measured", terms.measured());
        line(text, "worth", terms.worth());
        line(text, "alpha", terms.alpha());
        line(text, "plan", terms.plan());
        line(text, "features", String.join(" ", features));
        int[] stratum = drawn.stratumOf();
        for (int i = 0; i < units.size(); i++) {
            Unit u = units.get(i);
            line(text, "unit", u.code() + " " + u.lon() + " " + u.lat() + " " + join(u.features()) + " " + stratum[i] + " " + labelText(i));
        }
        for (Place p : others) line(text, "other", p.code() + " " + p.lon() + " " + p.lat());
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    private static String join(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /// The SHA-256 of [#text] in UTF-8, 64 hexadecimal digits.
    public String seal() {
        return seal(text());
    }

    /// The SHA-256 of a text in UTF-8, 64 hexadecimal digits.
    public static String seal(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads a sealed text: refused if `seal` is not its hash, if it cannot be read, or if its seed does not draw its labels.
    public static Outcome open(String text, String seal) {
        if (!seal(text).equals(seal)) return new Outcome.Refused("The seal does not fit: the text's SHA-256 is " + seal(text) + ", the seal is " + seal + ". The design was changed after it was sealed.");
        try {
            Outcome again = new Reader(text).draw();
            if (again instanceof Outcome.Sealed(SealedDesign design) && !design.text().equals(text)) return new Outcome.Refused("The lot drawn again from the design's seed is another: its assignment was not made by lot.");
            return again;
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("The design cannot be read: " + e.getMessage());
        }
    }

    /// Takes a sealed text apart.
    private static final class Reader {
        private final Map<String, String> terms = new TreeMap<>();
        private final List<String[]> units = new ArrayList<>();
        private final List<String[]> others = new ArrayList<>();

        Reader(String text) {
            String[] lines = text.split("\n");
            if (!lines[0].equals(HEAD)) throw new IllegalArgumentException("it does not begin with \"" + HEAD + "\".");
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                String[] words = line.split(" ");
                if (words[0].equals("unit")) units.add(words);
                else if (words[0].equals("other")) others.add(words);
                else terms.put(words[0], line.substring(Math.min(line.length(), words[0].length() + 1)));
            }
        }

        Outcome draw() {
            List<String> features = List.of(term("features").split(" "));
            Period launch = Period.parse(term("launch"));
            if (launch == null) throw new IllegalArgumentException("launch " + term("launch") + " is no period.");
            DesignTerms fixed = new DesignTerms(Long.parseLong(term("seed")), Arrays.stream(term("waves").split(" ")).map(Integer::valueOf).toList(), whole("controls"), whole("stratum_size"),
                    whole("least_controls"), Double.parseDouble(term("buffer_meters")), Arrays.stream(term("rings_meters").split(" ")).map(Double::valueOf).toList(), launch, whole("every"),
                    whole("measured"), Double.parseDouble(term("worth")), Double.parseDouble(term("alpha")), term("plan"));
            return SealedDesign.draw(fixed, features, units.stream().map(w -> unit(w, features.size())).toList(),
                    others.stream().map(w -> new Place(word(w, 1), Double.parseDouble(word(w, 2)), Double.parseDouble(word(w, 3)))).toList());
        }

        private static Unit unit(String[] words, int features) {
            List<Double> x = IntStream.range(0, features).mapToObj(k -> Double.valueOf(word(words, 4 + k))).toList();
            return new Unit(word(words, 1), Double.parseDouble(word(words, 2)), Double.parseDouble(word(words, 3)), x);
        }

        private static String word(String[] words, int k) {
            if (k >= words.length) throw new IllegalArgumentException("the line \"" + String.join(" ", words) + "\" is too short.");
            return words[k];
        }

        private String term(String key) {
            String value = terms.get(key);
            if (value == null) throw new IllegalArgumentException("it lacks " + key + ".");
            return value;
        }

        private int whole(String key) {
            return Integer.parseInt(term(key));
        }
    }
}
