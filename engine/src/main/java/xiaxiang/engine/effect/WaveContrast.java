package xiaxiang.engine.effect;

/// The effect of waves as a contrast of mean changes: treated townships of a wave against reserved controls, in each period from the wave's start.
///
/// A unit's change in a period is its outcome less its mean before the first wave. Every wave and period weighs by the wave's units. The contrast is linear in
/// the outcome, and 1 for an outcome that is 1 where treated and 0 elsewhere. Units labelled [#BUFFER] count on neither side. Immutable.
/// Source: Callaway and Sant'Anna (2021) with a long baseline, as in Borusyak, Jaravel and Spiess (2024).
public final class WaveContrast {
    /// The label of a reserved control.
    public static final int CONTROL = -1;
    /// The label of a unit left out: too near a treated one.
    public static final int BUFFER = -2;

    private final int periods;
    private final int[] start;
    private final int first;

    /// `start[wave]` is the first treated period of each wave, in [1, periods), not falling. Throws IllegalArgumentException where it is not.
    public WaveContrast(int periods, int[] start) {
        this.periods = periods;
        this.start = start.clone();
        if (start.length == 0) throw new IllegalArgumentException("There is no wave.");
        for (int w = 0; w < start.length; w++)
            if (start[w] < 1 || start[w] >= periods || (w > 0 && start[w] < start[w - 1])) throw new IllegalArgumentException("Wave " + (w + 1) + " starts in period " + start[w] + "; it must be in [1, " + periods + ") and not before the wave before it.");
        first = start[0];
    }

    /// The number of waves.
    public int waves() {
        return start.length;
    }

    /// The number of periods.
    public int periods() {
        return periods;
    }

    /// The first treated period of a wave.
    public int start(int wave) {
        return start[wave];
    }

    /// The contrast of `outcome` (units x periods, row-major, finite) under `label` (a wave, [#CONTROL] or [#BUFFER] for each unit). NaN without controls or treated.
    /// Cost: units x periods.
    public double of(double[] outcome, int[] label) {
        double[][] sums = new double[start.length + 1][periods];
        int[] count = new int[start.length + 1];
        for (int i = 0; i < label.length; i++) {
            if (label[i] == BUFFER) continue;
            int row = row(label[i]);
            count[row]++;
            double base = 0;
            for (int t = 0; t < first; t++) base += outcome[i * periods + t];
            base /= first;
            for (int t = first; t < periods; t++) sums[row][t] += outcome[i * periods + t] - base;
        }
        return contrast(sums, count);
    }

    /// The contrast under `label` of the outcome that is 1 where units are treated under `truth`, and 0 elsewhere. Cost: units + waves^2 x periods.
    double ofTreatment(int[] truth, int[] label) {
        int rows = start.length + 1;
        int[][] both = new int[rows][rows];
        int[] count = new int[rows];
        for (int i = 0; i < label.length; i++) {
            if (label[i] == BUFFER) continue;
            count[row(label[i])]++;
            if (truth[i] >= 0) both[row(label[i])][truth[i]]++;
        }
        double[][] sums = new double[rows][periods];
        for (int r = 0; r < rows; r++) for (int w = 0; w < start.length; w++) for (int t = start[w]; t < periods; t++) sums[r][t] += both[r][w];
        return contrast(sums, count);
    }

    private int row(int label) {
        return label == CONTROL ? start.length : label;
    }

    private double contrast(double[][] sums, int[] count) {
        int controls = count[start.length];
        double effect = 0;
        double weights = 0;
        for (int w = 0; w < start.length; w++) {
            if (count[w] == 0) continue;
            for (int t = start[w]; t < periods; t++) {
                effect += sums[w][t] - count[w] * (sums[start.length][t] / controls);
                weights += count[w];
            }
        }
        return effect / weights;
    }
}
