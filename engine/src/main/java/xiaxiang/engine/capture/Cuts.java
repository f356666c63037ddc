package xiaxiang.engine.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One pass over a slice's points: at a fractional x, the best lifted cut of each, summed to `constant + gain . x`; and the
/// diagonal of the second derivative for scaling. Fixed blocks of points with a buffer each, added up in the blocks' order,
/// so that the sums do not depend on the threads.
final class Cuts extends Gains {
    private static final int BLOCK = 150_000;
    private static final int MAX_BLOCKS = 64;

    private final Slice slice;
    private final Cores cores;
    private final int blocks;
    private final double[][] buffers;
    private final double[] constants;
    private final double[] smoothed;
    private final @Nullable Lifting[] liftings;

    Cuts(Slice slice, Cores cores) {
        super(slice.sites());
        this.slice = slice;
        this.cores = cores;
        this.blocks = Math.clamp(slice.nonZeros() / BLOCK, 1, MAX_BLOCKS);
        this.buffers = new double[blocks][2 * slice.sites()];
        this.constants = new double[blocks];
        this.smoothed = new double[blocks];
        this.liftings = new Lifting[blocks];
    }

    @Override
    void at(double[] x, Marks marks) {
        double[] given = marks.areTangents() ? x : both(x, marks.level);
        cores.run(blocks, b -> block(b, given, marks));
        constant = 0;
        value = 0;
        for (int b = 0; b < blocks; b++) {
            constant += constants[b];
            value += smoothed[b];
        }
        cores.blocks(gain.length, 2048, (from, to) -> {
            for (int j = from; j < to; j++) {
                double g = 0;
                double h = 0;
                g += slice.extra[j];
                for (double[] buffer : buffers) {
                    g += buffer[2 * j];
                    h += buffer[2 * j + 1];
                }
                gain[j] = g;
                bend[j] = h;
            }
        });
        boolean covering = slice.kernel instanceof Kernel.Covering;
        value = covering ? value : constant;
        for (int j = 0; j < x.length; j++) {
            value += (covering ? slice.extra[j] : gain[j]) * x[j];
        }
    }

    /// Fills the constant and the gains of a covering slice from the marks' slopes as they are.
    void ofSlopes(Marks marks) {
        constant = 0;
        System.arraycopy(slice.extra, 0, gain, 0, gain.length);
        for (int i = 0; i < slice.points(); i++) {
            double room = Math.max(0, 1 - slice.stays[i]);
            double slope = marks.rho[i];
            constant += slice.weight[i] * (1 - slope) * room;
            double tangent = slice.weight[i] * slope;
            for (int e = slice.start[i]; tangent > 0 && e < slice.start[i + 1]; e++) {
                gain[slice.site[e]] += tangent * Math.min(slice.ratio[e], room);
            }
        }
    }

    /// x and the level of every site beside it: one place to look at.
    private static double[] both(double[] x, byte[] level) {
        double[] both = new double[2 * x.length];
        for (int j = 0; j < x.length; j++) {
            both[2 * j] = x[j];
            both[2 * j + 1] = level[j];
        }
        return both;
    }

    private void block(int b, double[] x, Marks marks) {
        double[] buffer = buffers[b];
        Arrays.fill(buffer, 0);
        int from = (int) ((long) slice.points() * b / blocks);
        int to = (int) ((long) slice.points() * (b + 1) / blocks);
        double sum = 0;
        if (slice.kernel instanceof Kernel.Covering) {
            smoothed[b] = 0;
            for (int i = from; i < to; i++) {
                sum += capped(b, i, x, marks.rho);
            }
        } else {
            Lifting lifting = liftings[b] == null ? new Lifting(slice) : liftings[b];
            liftings[b] = lifting;
            for (int i = from; i < to; i++) {
                Lift lift = marks.areTangents() ? lifting.tangent(i, x, marks) : lifting.at(i, x, marks);
                sum += slice.weight[i] * lift.constant;
                if (marks.areTangents() || marks.pick[i] == 0) {
                    add(i, lift, buffer);
                } else {
                    addAround(i, lift, marks.level, marks.pick[i], buffer);
                }
            }
        }
        constants[b] = sum;
    }

    /// Adds a lifted tangent's coefficients and curvatures to the buffer, the large sites first.
    private void add(int i, Lift lift, double[] buffer) {
        double weight = slice.weight[i];
        double curve = weight * lift.bend();
        double rho = lift.rho();
        double largeCurve = 2 * curve * rho * rho;
        double t = 1 + slice.stays[i];
        boolean known = slice.rise.length > 0;
        int to = slice.start[i + 1];
        int e = slice.start[i];
        for (; e < to && slice.ratio[e] > rho; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += weight * ((known ? slice.rise[e] : r / (t * (t + r))) - lift.constant);
            buffer[at + 1] += largeCurve;
        }
        double tangent = weight * lift.slope;
        for (; e < to; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += tangent * r;
            buffer[at + 1] += curve * r * (r + rho);
        }
    }

    /// The same for a cut around chosen sites.
    private void addAround(int i, Lift lift, byte[] level, int pick, double[] buffer) {
        double weight = slice.weight[i];
        double curve = weight * lift.bend();
        double tangent = weight * lift.slope;
        double chosenTangent = weight * lift.chosenSlope;
        double rho = lift.rho();
        int to = slice.start[i + 1];
        int e = slice.start[i];
        for (; e < to && slice.ratio[e] > rho; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            double reach = lift.reach(r);
            buffer[at] += level[slice.site[e]] >= pick ? chosenTangent * r : weight * lift.coefficient(r);
            buffer[at + 1] += 2 * curve * reach * reach;
        }
        for (; e < to; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += (level[slice.site[e]] >= pick ? chosenTangent : tangent) * r;
            buffer[at + 1] += curve * r * (r + rho);
        }
    }

    private double capped(int b, int i, double[] x, float[] slopes) {
        double[] buffer = buffers[b];
        double room = Math.max(0, 1 - slice.stays[i]);
        double covered = 0;
        int to = slice.start[i + 1];
        for (int e = slice.start[i]; e < to; e++) {
            covered += x[slice.site[e]] * Math.min(slice.ratio[e], room);
        }
        float slope = room == 0 ? 0 : (float) Math.clamp((1 + blur - covered / room) / (2 * blur), 0, 1);
        slopes[i] = slope;
        double weight = slice.weight[i];
        smoothed[b] += weight * (slope <= 0 ? room : slope >= 1 ? covered : covered - blur * room * (1 - slope) * (1 - slope));
        double curve = slope > 0 && slope < 1 ? weight / (2 * blur * room) : 0;
        for (int e = slice.start[i]; e < to; e++) {
            double r = Math.min(slice.ratio[e], room);
            int at = 2 * slice.site[e];
            buffer[at] += weight * slope * r;
            buffer[at + 1] += curve * r * (r + room);
        }
        return weight * (1.0 - slope) * room;
    }
}
