package xiaxiang.engine.choice;

/// What was observed of a [BrandChoice] market: the choices of people asked, and the units shops sold.
///
/// An offer is a brand in a shop, or a brand online; it has `features` numbers of its own (`double[offers][features]`, row-major). Which offers a point may choose
/// stands in CSR rows by point and brand: entries `start[i * brands + b]` up to `start[i * brands + b + 1]` hold an offer and its distance in kilometres.
/// The arrays are kept, not copied: do not change them.
public final class BrandChoiceData {
    /// The answer of someone who bought nothing.
    public static final int NOTHING = -1;

    final int points;
    final int brands;
    final int features;
    final double[] feature;
    final int[] start;
    final int[] offer;
    final float[] km;
    /// By point and brand: what the whole nest is worth beside its constant, per unit of a coefficient.
    final double[] nestFactor;
    final double[] people;
    final double[] logIncome;
    final Answers answers;
    final Totals totals;

    /// `nestFactor` is points x brands; `people` and `logIncome` one entry a point. Throws IllegalArgumentException where lengths do not fit.
    public BrandChoiceData(int brands, int features, double[] feature, int[] start, int[] offer, float[] km, double[] nestFactor, double[] people, double[] logIncome, Answers answers,
            Totals totals) {
        points = people.length;
        if (start.length != points * brands + 1 || nestFactor.length != points * brands || logIncome.length != points)
            throw new IllegalArgumentException("Expected " + points + " points x " + brands + " brands, got " + start.length + " starts and " + nestFactor.length + " factors.");
        if (offer.length != start[start.length - 1] || km.length != offer.length || (features > 0 && feature.length % features != 0))
            throw new IllegalArgumentException("Expected " + start[start.length - 1] + " entries, got " + offer.length + " offers and " + km.length + " distances.");
        this.brands = brands;
        this.features = features;
        this.feature = feature;
        this.start = start;
        this.offer = offer;
        this.km = km;
        this.nestFactor = nestFactor;
        this.people = people;
        this.logIncome = logIncome;
        this.answers = answers;
        this.totals = totals;
    }

    /// The same market with other answers, such as those held out.
    public BrandChoiceData with(Answers others) {
        return new BrandChoiceData(brands, features, feature, start, offer, km, nestFactor, people, logIncome, others, totals);
    }

    /// The same market with other totals.
    public BrandChoiceData with(Totals others) {
        return new BrandChoiceData(brands, features, feature, start, offer, km, nestFactor, people, logIncome, answers, others);
    }

    /// Choices of people: at which point, which entry ([#NOTHING] for none), with what weight (> 0), in which cluster (from 0).
    public static final class Answers {
        final int[] point;
        final int[] entry;
        final double[] weight;
        final int[] cluster;

        /// One entry of each array an answer; the arrays are kept.
        public Answers(int[] point, int[] entry, double[] weight, int[] cluster) {
            if (entry.length != point.length || weight.length != point.length || cluster.length != point.length) throw new IllegalArgumentException("The answers differ in length.");
            this.point = point;
            this.entry = entry;
            this.weight = weight;
            this.cluster = cluster;
        }

        /// How many there are.
        public int count() {
            return point.length;
        }
    }

    /// Units sold: of which offer, how many, over how many years (> 0).
    public static final class Totals {
        final int[] offer;
        final double[] units;
        final double[] years;

        /// One entry of each array a total; an offer stands there once at most. The arrays are kept.
        public Totals(int[] offer, double[] units, double[] years) {
            if (units.length != offer.length || years.length != offer.length) throw new IllegalArgumentException("The totals differ in length.");
            this.offer = offer;
            this.units = units;
            this.years = years;
        }

        /// How many there are.
        public int count() {
            return offer.length;
        }
    }
}
