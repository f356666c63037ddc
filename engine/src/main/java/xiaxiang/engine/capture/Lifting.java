package xiaxiang.engine.capture;

/// Chooses the lift of a point at a fractional x: the lifted tangent at its best rho, or a two-slope cut around the chosen sites of some level, whichever
/// is lowest there. Works on the sites with x > 0 and the chosen ones only. One for each thread.
final class Lifting {
    private final Slice slice;
    private final double[] ratio;
    private final double[] part;
    private final double[] level;
    private final Lift tangent = new Lift();
    private final Lift[] around = new Lift[Marks.LEVELS + 1];
    private int size;
    /// Level whose sites are chosen now; beyond all levels, none.
    private int now;
    private double tau;
    private double missing;
    private double otherOpen;
    private double otherRatios;

    Lifting(Slice slice) {
        this.slice = slice;
        int longest = 1;
        for (int i = 0; i < slice.points(); i++) {
            longest = Math.max(longest, slice.start[i + 1] - slice.start[i] + 1);
        }
        ratio = new double[longest];
        part = new double[longest];
        level = new double[longest];
        for (int k = 0; k < around.length; k++) {
            around[k] = new Lift();
        }
    }

    /// The lifted tangent at point i. Fills `marks.rho[i]`.
    Lift tangent(int i, double[] x, Marks marks) {
        float rho = rho(i, x);
        marks.rho[i] = rho;
        tangent.set(slice.kernelAt(i), slice.stays[i], 0, rho, rho);
        return tangent;
    }

    /// What x captures at point i by its best lifted tangent, as a part of the weight. Fills `marks.rho[i]`.
    double valueAt(int i, double[] x, Marks marks) {
        Lift lift = tangent(i, x, marks);
        double value = lift.constant;
        for (int e = slice.start[i]; e < slice.start[i + 1]; e++) {
            value += x[slice.site[e]] * lift.coefficient(slice.ratio[e]);
        }
        return value;
    }

    /// The root of `sum of x_j min(1, r_j / rho) = 1`; 0 when the x sum to at most 1.
    private float rho(int i, double[] x) {
        int from = slice.start[i];
        int to = slice.start[i + 1];
        double sum = 0;
        double small = 0;
        for (int e = from; e < to; e++) {
            double xj = x[slice.site[e]];
            sum += xj;
            small += xj * slice.ratio[e];
        }
        double large = 0;
        for (int e = from; e < to && sum > 1; e++) {
            double xj = x[slice.site[e]];
            double r = slice.ratio[e];
            if (xj > 0 && small >= r * (1 - large)) {
                return (float) Math.min(Math.max(0, small) / (1 - large), Float.MAX_VALUE);
            }
            large += xj;
            small -= xj * r;
            if (large >= 1) {
                return (float) r;
            }
        }
        return 0;
    }

    /// The lowest lift at point i; `both` holds x and the level of every site, one after the other. Fills `marks.rho[i]`, and `marks.sigma[i]` and
    /// `marks.pick[i]` (0: the lifted tangent).
    Lift at(int i, double[] both, Marks marks) {
        gather(i, both);
        double stays = slice.stays[i];
        choose(Marks.LEVELS + 1);
        marks.pick[i] = 0;
        marks.rho[i] = rho();
        Kernel kernel = slice.kernelAt(i);
        tangent.set(kernel, stays, 0, marks.rho[i], marks.rho[i]);
        Lift best = tangent;
        double least = value(tangent) * (1 - 1e-12);
        double before = 0;
        for (int k = Marks.LEVELS; k > 0; k--) {
            choose(k);
            if (tau == before || !(tau < Float.MAX_VALUE)) {
                continue;
            }
            before = tau;
            float rho = rho();
            float sigma = Math.max(rho, displacement(rho));
            around[k].set(kernel, stays, tau, rho, sigma);
            double value = value(around[k]);
            if (value < least) {
                least = value;
                best = around[k];
                marks.rho[i] = rho;
                marks.sigma[i] = sigma;
                marks.pick[i] = (byte) k;
            }
        }
        return best;
    }

    private void gather(int i, double[] both) {
        int count = 0;
        for (int e = slice.start[i], to = slice.start[i + 1]; e < to; e++) {
            int at = 2 * slice.site[e];
            // Written always and counted only where it matters: faster than a branch.
            ratio[count] = slice.ratio[e];
            part[count] = both[at];
            level[count] = both[at + 1];
            count += both[at] + both[at + 1] > 0 ? 1 : 0;
        }
        size = count;
    }

    /// From now on the sites of at least this level count as chosen.
    private void choose(int least) {
        now = least;
        tau = 0;
        missing = 0;
        otherOpen = 0;
        otherRatios = 0;
        for (int e = 0; e < size; e++) {
            if (level[e] >= now) {
                tau += ratio[e];
                missing += ratio[e] * (1 - part[e]);
            } else {
                otherOpen += part[e];
                otherRatios += part[e] * ratio[e];
            }
        }
    }

    /// The root of `sum of x_j min(1, r_j / rho) = 1` over the sites not chosen; 0 when their x sum to at most 1.
    private float rho() {
        if (otherOpen <= 1) {
            return 0;
        }
        double large = 0;
        double small = otherRatios;
        for (int e = nextOther(0); e < size; e = nextOther(e + 1)) {
            double r = ratio[e];
            if (small >= r * (1 - large)) {
                return (float) Math.min(Math.max(0, small) / (1 - large), Float.MAX_VALUE);
            }
            large += part[e];
            small -= part[e] * r;
            if (large >= 1) {
                return (float) r;
            }
        }
        return 0;
    }

    /// The sigma >= rho at which large sites push out just what is missing of the chosen ones: the root of
    /// `sum of x_j min(tau, max(0, r_j - sigma)) = missing` over the others, or rho. Scans levels downwards.
    private float displacement(double rho) {
        int enter = nextOther(0);
        int leave = enter;
        double at = enter < size ? ratio[enter] : 0;
        double pushed = 0;
        double pushing = 0;
        while (at > rho) {
            double entering = enter < size ? ratio[enter] : Double.NEGATIVE_INFINITY;
            double leaving = leave < size ? ratio[leave] - tau : Double.NEGATIVE_INFINITY;
            double next = Math.max(rho, Math.max(entering, leaving));
            double then = pushed + pushing * (at - next);
            if (pushing > 0 && then >= missing) {
                return (float) Math.min(at - (missing - pushed) / pushing, Float.MAX_VALUE);
            }
            pushed = then;
            at = next;
            if (entering >= leaving) {
                pushing += enter < size ? part[enter] : 0;
                enter = nextOther(enter + 1);
            } else {
                pushing = Math.max(0, pushing - part[leave]);
                leave = nextOther(leave + 1);
            }
        }
        return (float) rho;
    }

    private int nextOther(int from) {
        int e = from;
        while (e < size && level[e] >= now) {
            e++;
        }
        return e;
    }

    private double value(Lift lift) {
        double value = lift.constant;
        for (int e = 0; e < size; e++) {
            value += part[e] * (level[e] >= now ? lift.chosenSlope * ratio[e] : lift.coefficient(ratio[e]));
        }
        return value;
    }
}
