package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which township comes in which wave, and which wait as controls: drawn by lot inside strata of townships that are alike. Immutable.
///
/// Strata: the township farthest from the middle of those left is joined by its nearest ones, by standardised features. Waves and controls are dealt to strata in
/// proportion, exactly as many in all as asked for, then permuted within each stratum. A control with a treated township within the buffer distance becomes
/// buffer and counts on neither side; a draw that leaves too few controls is drawn again, and the test of the effect repeats that rule.
/// Source: Imai, King and Nall (2009); blocking: Greevy et al. (2004), here by greedy nearest neighbours.
public final class WaveDesign {
    private final int[][] strata;
    private final int[] label;
    private final WaveMechanism mechanism;
    private final double[][] features;

    private WaveDesign(int[][] strata, int[] label, WaveMechanism mechanism, double[][] features) {
        this.strata = strata;
        this.label = label;
        this.mechanism = mechanism;
        this.features = features;
    }

    /// What is asked for: units in each wave, controls held back, the size of a stratum, controls to be left outside the buffer, and the seed of the lot.
    public record Terms(List<Integer> waves, int controls, int stratumSize, int leastControls, long seed) {
        public Terms {
            waves = List.copyOf(waves);
        }
    }

    /// How designing ended.
    public sealed interface Outcome {
        /// A design.
        record Designed(WaveDesign design) implements Outcome {}

        /// There is none, and why.
        record Refused(String why) implements Outcome {}
    }

    /// How far the treated are from the controls in one feature, in standard deviations of all units; `wave` is -1 for all waves together. Above .25 is far.
    public record Balance(int feature, int wave, double difference) {}

    /// Draws a design for units with `features[unit][feature]` (finite) and `near[unit]`, the units within the buffer distance. Cost: units^2 x features / stratum size.
    public static Outcome draw(double[][] features, int[][] near, Terms terms) {
        int units = features.length;
        int asked = terms.waves().stream().mapToInt(Integer::intValue).sum() + terms.controls();
        if (terms.waves().isEmpty() || terms.waves().stream().anyMatch(w -> w < 1)) return new Outcome.Refused("Every wave needs a township.");
        if (terms.controls() < 2) return new Outcome.Refused("Without 2 townships held back nothing can be compared; " + terms.controls() + " are asked for.");
        if (asked != units) return new Outcome.Refused("Waves and controls ask for " + asked + " townships; there are " + units + ".");
        if (terms.stratumSize() < 2) return new Outcome.Refused("A stratum of " + terms.stratumSize() + " leaves nothing to chance; it must be at least 2.");
        if (terms.leastControls() < 1 || terms.leastControls() > terms.controls()) return new Outcome.Refused("The controls to be left (" + terms.leastControls() + ") must be in [1, " + terms.controls() + "].");
        int[][] strata = strata(features, terms.stratumSize());
        WaveMechanism mechanism = new WaveMechanism(strata, deal(strata, units, terms), near, terms.leastControls());
        int[] label = mechanism.draw(SyntheticErrors.generator(terms.seed(), -1));
        if (label.length == 0) return new Outcome.Refused("In " + WaveMechanism.TRIES + " draws the buffer never left " + terms.leastControls() + " controls. Narrow it, or hold more back.");
        return new Outcome.Designed(new WaveDesign(strata, label, mechanism, features));
    }

    /// Groups of units that are alike, each of `size`, the last of up to twice that less one.
    static int[][] strata(double[][] features, int size) {
        double[][] x = standardised(features);
        List<Integer> left = new ArrayList<>(IntStream.range(0, x.length).boxed().toList());
        List<int[]> strata = new ArrayList<>();
        while (left.size() >= 2 * size) {
            double[] middle = new double[x[0].length];
            for (int i : left) for (int k = 0; k < middle.length; k++) middle[k] += x[i][k] / left.size();
            int seed = left.stream().max((a, b) -> order(distance(x[a], middle), a, distance(x[b], middle), b)).orElseThrow();
            List<Integer> group = left.stream().sorted((a, b) -> order(distance(x[a], x[seed]), a, distance(x[b], x[seed]), b)).limit(size).toList();
            strata.add(group.stream().mapToInt(Integer::intValue).sorted().toArray());
            left.removeAll(group);
        }
        strata.add(left.stream().mapToInt(Integer::intValue).toArray());
        return strata.toArray(int[][]::new);
    }

    private static int order(double one, int a, double other, int b) {
        return one != other ? Double.compare(one, other) : Integer.compare(a, b);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }

    private static double[][] standardised(double[][] features) {
        double[][] out = new double[features.length][];
        double[] mean = mean(features, null);
        double[] deviation = deviation(features, mean);
        for (int i = 0; i < out.length; i++) {
            out[i] = new double[mean.length];
            for (int k = 0; k < mean.length; k++) out[i][k] = deviation[k] == 0 ? 0 : (features[i][k] - mean[k]) / deviation[k];
        }
        return out;
    }

    private static double[] mean(double[][] features, boolean @org.jspecify.annotations.Nullable [] of) {
        double[] sum = new double[features[0].length];
        int count = 0;
        for (int i = 0; i < features.length; i++) {
            if (of != null && !of[i]) continue;
            count++;
            for (int k = 0; k < sum.length; k++) sum[k] += features[i][k];
        }
        for (int k = 0; k < sum.length; k++) sum[k] /= count;
        return sum;
    }

    private static double[] deviation(double[][] features, double[] mean) {
        double[] squares = new double[mean.length];
        for (double[] f : features) for (int k = 0; k < mean.length; k++) squares[k] += (f[k] - mean[k]) * (f[k] - mean[k]);
        return Arrays.stream(squares).map(s -> Math.sqrt(s / Math.max(1, features.length - 1))).toArray();
    }

    /// Deals labels along the strata, at every place the one that is most behind its share.
    private static int[] deal(int[][] strata, int units, Terms terms) {
        int kinds = terms.waves().size() + 1;
        int[] dealt = new int[kinds];
        int[] label = new int[units];
        int place = 0;
        for (int[] stratum : strata) {
            for (int unit : stratum) {
                place++;
                int most = -1;
                double behind = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < kinds; k++) {
                    int all = k < kinds - 1 ? terms.waves().get(k) : terms.controls();
                    double missing = (double) all * place / units - dealt[k];
                    if (dealt[k] < all && missing > behind) {
                        behind = missing;
                        most = k;
                    }
                }
                dealt[most]++;
                label[unit] = most == kinds - 1 ? WaveContrast.CONTROL : most;
            }
        }
        return label;
    }

    /// The wave of a unit from 0, [WaveContrast#CONTROL] or [WaveContrast#BUFFER].
    public int label(int unit) {
        return label[unit];
    }

    /// The labels of all units.
    public int[] labels() {
        return label.clone();
    }

    /// The stratum of each unit, from 0.
    public int[] stratumOf() {
        int[] of = new int[label.length];
        for (int s = 0; s < strata.length; s++) for (int unit : strata[s]) of[unit] = s;
        return of;
    }

    /// How it was drawn.
    public WaveMechanism mechanism() {
        return mechanism;
    }

    /// The standardised differences between the treated and the controls, feature by feature, for all waves together and for each.
    public List<Balance> balance() {
        List<Balance> out = new ArrayList<>();
        double[] deviation = deviation(features, mean(features, null));
        double[] controls = mean(features, where(WaveContrast.CONTROL, false));
        int waves = Arrays.stream(label).max().orElse(0) + 1;
        for (int w = -1; w < waves; w++) {
            double[] treated = mean(features, where(w, w < 0));
            for (int k = 0; k < treated.length; k++) out.add(new Balance(k, w, deviation[k] == 0 ? 0 : (treated[k] - controls[k]) / deviation[k]));
        }
        return out;
    }

    private boolean[] where(int wanted, boolean anyWave) {
        boolean[] of = new boolean[label.length];
        for (int i = 0; i < of.length; i++) of[i] = anyWave ? label[i] >= 0 : label[i] == wanted;
        return of;
    }
}
