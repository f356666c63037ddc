package xiaxiang.engine.capture;

import java.util.Arrays;

/// One pass over a slice's points: at a fractional x, the best lifted cut of each, summed to `constant + gain . x`; and the
/// diagonal of the second derivative for scaling. Fixed blocks of points with a buffer each, added up in the blocks' order,
/// so that the sums do not depend on the threads.
final class Cuts {
    private static final int BLOCK = 150_000;
    private static final int MAX_BLOCKS = 64;

    private final Slice slice;
    private final Cores cores;
    private final int blocks;
    private final double[][] buffers;
    private final double[] constants;
    /// What each site adds.
    final double[] gain;
    /// Minus the diagonal of the second derivative, roughly.
    final double[] bend;
    /// What the cuts give with nothing open.
    double constant;
    /// Half the width over which a covering cut's slope falls from 1 to 0, as a part of the room.
    double blur = 0.2;

    Cuts(Slice slice, Cores cores) {
        this.slice = slice;
        this.cores = cores;
        this.blocks = Math.clamp(slice.nonZeros() / BLOCK, 1, MAX_BLOCKS);
        this.buffers = new double[blocks][2 * slice.sites()];
        this.constants = new double[blocks];
        this.gain = new double[slice.sites()];
        this.bend = new double[slice.sites()];
    }

    /// Fills the fields above, and `rho` (the slope for covering), one a point of the slice.
    void at(double[] x, float[] rho) {
        cores.run(blocks, b -> block(b, x, rho));
        constant = 0;
        for (double c : constants) {
            constant += c;
        }
        cores.blocks(gain.length, 2048, (from, to) -> {
            for (int j = from; j < to; j++) {
                double g = 0;
                double h = 0;
                for (double[] buffer : buffers) {
                    g += buffer[2 * j];
                    h += buffer[2 * j + 1];
                }
                gain[j] = g;
                bend[j] = h;
            }
        });
    }

    private void block(int b, double[] x, float[] rho) {
        double[] buffer = buffers[b];
        Arrays.fill(buffer, 0);
        int from = (int) ((long) slice.points() * b / blocks);
        int to = (int) ((long) slice.points() * (b + 1) / blocks);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += switch (slice.kernel) {
                case Kernel.Covering _ -> capped(i, x, rho, buffer);
                case Kernel.Logit _ -> {
                    rho[i] = bestRho(i, x);
                    yield logit(i, rho[i], buffer);
                }
                case Kernel.Nested nested -> {
                    rho[i] = bestRho(i, x);
                    yield nested(nested, i, rho[i], buffer);
                }
            };
        }
        constants[b] = sum;
    }

    /// The root of `sum_j x_j min(1, r_j / rho) = 1`; 0 when the x sum to at most 1.
    private float bestRho(int i, double[] x) {
        int from = slice.start[i];
        int to = slice.start[i + 1];
        double open = 0;
        double ratios = 0;
        for (int e = from; e < to; e++) {
            double xj = x[slice.site[e]];
            open += xj;
            ratios += xj * slice.ratio[e];
        }
        if (open <= 1) {
            return 0;
        }
        double large = 0;
        for (int e = from; e < to; e++) {
            double xj = x[slice.site[e]];
            if (xj == 0) {
                continue;
            }
            double r = slice.ratio[e];
            if (ratios >= r * (1 - large)) {
                return (float) Math.min(ratios / (1 - large), Float.MAX_VALUE);
            }
            large += xj;
            ratios -= xj * r;
            if (large >= 1) {
                return (float) r;
            }
        }
        return 0;
    }

    private double logit(int i, double rho, double[] buffer) {
        double t = 1 + slice.stays[i];
        double weight = slice.weight[i];
        int to = slice.start[i + 1];
        int e = slice.start[i];
        double steep = 1 / ((t + rho) * (t + rho));
        double constant = rho / t / (t + rho) - steep * rho;
        double curve = weight * 2 * steep / (t + rho);
        for (; e < to && slice.ratio[e] > rho; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += weight * (r / (t * (t + r)) - constant);
            buffer[at + 1] += 2 * curve * rho * rho;
        }
        double tangent = weight * steep;
        for (; e < to; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += tangent * r;
            buffer[at + 1] += curve * r * (r + rho);
        }
        return weight * constant;
    }

    private double nested(Kernel.Nested kernel, int i, double rho, double[] buffer) {
        double t = slice.stays[i];
        double weight = slice.weight[i];
        double steep = rho == 0 ? 0 : kernel.slope(t + rho);
        boolean empty = rho == 0 || Double.isInfinite(steep);
        double constant = empty ? 0 : Math.max(0, kernel.rise(t, rho) - steep * rho);
        double curve = empty ? 0 : weight * kernel.bend(t + rho);
        double last = empty ? 0 : rho;
        int to = slice.start[i + 1];
        int e = slice.start[i];
        for (; e < to && slice.ratio[e] > last; e++) {
            int at = 2 * slice.site[e];
            buffer[at] += weight * (slice.rise[e] - constant);
            buffer[at + 1] += 2 * curve * last * last;
        }
        for (; e < to; e++) {
            double r = slice.ratio[e];
            int at = 2 * slice.site[e];
            buffer[at] += weight * steep * r;
            buffer[at + 1] += curve * r * (r + rho);
        }
        return weight * constant;
    }

    private double capped(int i, double[] x, float[] slopes, double[] buffer) {
        double room = Math.max(0, 1 - slice.stays[i]);
        double covered = 0;
        int to = slice.start[i + 1];
        for (int e = slice.start[i]; e < to; e++) {
            covered += x[slice.site[e]] * Math.min(slice.ratio[e], room);
        }
        float slope = room == 0 ? 0 : (float) Math.clamp((1 + blur - covered / room) / (2 * blur), 0, 1);
        slopes[i] = slope;
        double weight = slice.weight[i];
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
