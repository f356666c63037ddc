package xiaxiang.engine.capture;

import java.util.Arrays;

/// The cuts of the expanded problem (see [WaveProblem#expanded]) without building it. Row (i, t) of it holds every site of row i once for each wave up to
/// t, at one ratio, so that its cut at x is that of row i at `y_t = sum of x over the waves up to t`: one pass over the base's rows for each wave, where
/// the expansion takes one for each pair of waves. What opening site j in wave tau adds is the sum over t >= tau of what j adds after wave t.
final class WaveCuts extends Gains {
    private final WaveProblem problem;
    private final Slice slice;
    private final int waves;
    /// The first wave each site of the slice can open in; choices before it are worth nothing.
    private final int[] earliest;
    private final Cuts cuts;
    private final Marks one;
    private final double[] open;
    private final double[] y;

    /// Choice `j T + t` is site j of the slice in wave t; point `t n + i` is point i of the slice after wave t.
    WaveCuts(WaveProblem problem, Slice slice, int[] earliest, Cores cores) {
        super(slice.sites() * problem.waves());
        this.problem = problem;
        this.slice = slice;
        this.waves = problem.waves();
        this.earliest = earliest;
        this.cuts = new Cuts(slice, cores);
        this.one = Marks.tangents(slice.points());
        this.open = new double[gain.length];
        this.y = new double[slice.sites()];
    }

    @Override
    void at(double[] x, Marks marks) {
        for (int c = 0; c < x.length; c++) {
            double before = c % waves == 0 ? 0 : open[c - 1];
            open[c] = c % waves < earliest[c / waves] ? 0 : before + x[c];
        }
        Arrays.fill(gain, 0);
        Arrays.fill(bend, 0);
        constant = 0;
        value = 0;
        for (int t = waves - 1; t >= 0; t--) {
            wave(t);
            System.arraycopy(one.rho, 0, marks.rho, t * one.rho.length, one.rho.length);
        }
    }

    private void wave(int t) {
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.min(1, open[j * waves + t]);
        }
        cuts.blur = blur;
        cuts.at(y, one);
        double weight = problem.weight(t);
        constant += weight * cuts.constant;
        value += weight * cuts.value;
        for (int j = 0; j < y.length; j++) {
            int c = j * waves + t;
            if (t >= earliest[j]) {
                boolean last = t == waves - 1;
                gain[c] = weight * cuts.gain[j] + (last ? 0 : gain[c + 1]);
                bend[c] = weight * cuts.bend[j] + (last ? 0 : bend[c + 1]);
            }
        }
    }

    /// The marks of every point of the expanded problem.
    float[] spread(float[] rho) {
        int n = problem.base().points();
        float[] all = new float[n * waves];
        // Where all ratios were left out each site is credited with what it adds alone: rho 0, or the full slope of covering.
        Arrays.fill(all, slice.kernel instanceof Kernel.Covering ? 1 : 0);
        for (int t = 0; t < waves; t++) {
            for (int i = 0; i < slice.points(); i++) {
                all[t * n + slice.point[i]] = rho[t * slice.points() + i];
            }
        }
        return all;
    }
}
