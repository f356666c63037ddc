package xiaxiang.engine.capture;

import java.util.Arrays;

/// What is left of a problem once some sites are fixed: points with a free site, t shifted by what is open, rows of the free
/// sites only, what the resources still allow. Read by many threads, never changed.
final class Slice {
    static final byte FREE = 0;
    static final byte CLOSED = 1;
    static final byte OPEN = 2;

    final Kernel kernel;
    /// Index of point, and of site, in the whole problem.
    final int[] point;
    final int[] siteOf;
    final double[] weight;
    final double[] stays;
    final int[] start;
    final int[] site;
    final float[] ratio;
    /// g(t + r) - g(t) of every ratio where powers make it dear, else empty.
    final double[] rise;
    /// Gross capture of what is open; what scenarios count apart is weighted in it.
    final double base;
    private final Apart apart;
    final Units units;
    /// What the ratios left out of the rows can add at most, a site.
    final double[] extra;
    /// A ratio is left out when it adds at most so much at its point.
    private final double negligible;

    /// What is beside at every point and the free outsiders (none where `start` is empty), and the gross capture of what is open in each scenario (none where there is but one).
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Apart(CaptureProblem problem, double[] beside, int[] start, int[] site, float[] ratio, double[] bases) {
        boolean hasOutsiders() {
            return start.length > 0;
        }
    }

    private Slice(Kernel kernel, int[] point, int[] siteOf, double[] weight, double[] stays, int[] start, int[] site,
            float[] ratio, double base, Units units, double[] extra, double negligible, Apart apart) {
        this.kernel = kernel;
        this.point = point;
        this.siteOf = siteOf;
        this.weight = weight;
        this.stays = stays;
        this.start = start;
        this.site = site;
        this.ratio = ratio;
        this.base = base;
        this.units = units;
        this.extra = extra;
        this.negligible = negligible;
        this.apart = apart;
        this.rise = kernel instanceof Kernel.Nested || apart.hasOutsiders() ? rises() : new double[0];
    }

    /// The whole problem, nothing fixed; shares the problem's rows. Slices narrowed from it leave out what adds at most `negligible` at a point:
    /// since `g_t(s + r) <= g_t(s) + g_t(r)`, the site is credited with that instead, and every bound stays one.
    static Slice whole(CaptureProblem p, double negligible) {
        int[] point = new int[p.points()];
        Arrays.setAll(point, i -> i);
        int[] siteOf = new int[p.sites()];
        Arrays.setAll(siteOf, j -> j);
        CaptureProblem.Rows rows = p.rows();
        Extras extras = p.extras();
        double[] extra = new double[p.sites()];
        Arrays.setAll(extra, extras::worth);
        Apart apart = new Apart(p, extras.beside(), extras.start(), extras.site(), extras.ratio(), new double[extras.hasBlocks() ? extras.scenarios() : 0]);
        return new Slice(p.kernel(), point, siteOf, rows.weight(), rows.stays(), rows.start(), rows.site(),
                rows.ratio(), 0, Units.whole(p), extra, negligible, apart);
    }

    /// Whether scenarios count apart, so that the slice must be [#weighted] before it bounds anything.
    boolean hasScenarios() {
        return apart.bases().length > 0;
    }

    /// The mean of the scenarios with the weights `lambda`, which add up to 1: no plan's worst scenario is above it. Gross captures are then measured so
    /// that the problem's `captureToday()` is that of today.
    Slice weighted(double[] lambda) {
        double mean = apart.problem().captureToday();
        double[] today = apart.problem().capturesToday();
        for (int k = 0; k < lambda.length; k++) {
            mean += lambda[k] * (apart.bases()[k] - today[k]);
        }
        double[] part = new double[point.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = lambda[scenario(i)] * weight[i];
        }
        Apart whole = new Apart(apart.problem(), apart.beside(), apart.start(), apart.site(), apart.ratio(), new double[0]);
        return new Slice(kernel, point, siteOf, part, stays, start, site, ratio, mean, units, extra, negligible, whole);
    }

    private int scenario(int i) {
        return apart.problem().extras().scenario(point[i]);
    }

    /// Net capture of x in each scenario where none can do better, by lifted tangents: for choosing weights. O(non-zeros).
    double[] nets(double[] x) {
        double[] nets = apart.bases().clone();
        double[] today = apart.problem().capturesToday();
        double extras = 0;
        for (int j = 0; j < x.length; j++) {
            extras += extra[j] * x[j];
        }
        for (int k = 0; k < nets.length; k++) {
            nets[k] += extras - today[k];
        }
        Lifting lifting = new Lifting(this);
        Marks marks = Marks.tangents(point.length);
        boolean covering = kernel instanceof Kernel.Covering;
        for (int i = 0; i < point.length; i++) {
            nets[scenario(i)] += weight[i] * (covering ? covered(i, x) : lifting.valueAt(i, x, marks));
        }
        return nets;
    }

    private double covered(int i, double[] x) {
        double room = Math.max(0, 1 - stays[i]);
        double covered = 0;
        for (int e = start[i]; e < start[i + 1]; e++) {
            covered += x[site[e]] * Math.min(ratio[e], room);
        }
        return Math.min(room, covered);
    }

    int sites() {
        return siteOf.length;
    }

    int points() {
        return point.length;
    }

    int nonZeros() {
        return start[point.length];
    }

    /// Share of point i that counts.
    Kernel kernelAt(int i) {
        return apart.hasOutsiders() ? kernel.beside(apart.beside()[i]) : kernel;
    }

    private double[] rises() {
        double[] all = new double[nonZeros()];
        for (int i = 0; i < point.length; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                all[e] = kernelAt(i).rise(stays[i], ratio[e]);
            }
        }
        return all;
    }

    /// This slice under more fixings, one state a site; those beside an open site of a group must be closed. O(non-zeros).
    Slice narrow(byte[] state) {
        int[] local = new int[sites()];
        int[] newSites = new int[sites()];
        int count = 0;
        for (int j = 0; j < local.length; j++) {
            local[j] = count;
            if (state[j] == FREE) {
                newSites[count++] = siteOf[j];
            }
        }
        Narrowing narrowing = new Narrowing(state, local);
        for (int i = 0; i < point.length; i++) {
            narrowing.addPoint(i);
        }
        return narrowing.slice(Arrays.copyOf(newSites, count));
    }

    private final class Narrowing {
        private final byte[] state;
        private final int[] local;
        private final int[] newPoint = new int[point.length];
        private final double[] newWeight = new double[point.length];
        private final double[] newStays = new double[point.length];
        private final int[] newStart = new int[point.length + 1];
        private final int[] newSite;
        private final float[] newRatio;
        private final double[] newExtra;
        private final double[] newBeside;
        private final int[] outStart;
        private final int[] outSite;
        private final float[] outRatio;
        private final double[] newBases = apart.bases().clone();
        private int points;
        private double newBase = base;

        Narrowing(byte[] state, int[] local) {
            this.state = state;
            this.local = local;
            int free = 0;
            for (int e = 0; e < nonZeros(); e++) {
                free += state[site[e]] == FREE ? 1 : 0;
            }
            newSite = new int[free];
            newRatio = new float[free];
            newExtra = new double[sites()];
            newBeside = new double[apart.hasOutsiders() ? point.length : 0];
            outStart = new int[apart.hasOutsiders() ? newStart.length : 0];
            outSite = new int[apart.site().length];
            outRatio = new float[outSite.length];
            for (int j = 0; j < state.length; j++) {
                if (state[j] == FREE) {
                    newExtra[local[j]] = extra[j];
                } else if (state[j] == OPEN) {
                    credit(extra[j]);
                }
            }
        }

        /// Whatever is fixed for every scenario.
        private void credit(double more) {
            newBase += more;
            for (int k = 0; k < newBases.length; k++) {
                newBases[k] += more;
            }
        }

        private void credit(int i, double more) {
            if (newBases.length > 0) {
                newBases[scenario(i)] += more;
            } else {
                newBase += more;
            }
        }

        void addPoint(int i) {
            double open = 0;
            int at = newStart[points];
            for (int e = start[i]; e < start[i + 1]; e++) {
                byte fixed = state[site[e]];
                if (fixed == FREE) {
                    newSite[at] = local[site[e]];
                    newRatio[at++] = ratio[e];
                } else if (fixed == OPEN) {
                    open += ratio[e];
                }
            }
            Kernel share = apart.hasOutsiders() ? beside(i) : kernel;
            double lost = apart.hasOutsiders() ? share.value(stays[i]) - kernelAt(i).value(stays[i]) : 0;
            if (open > 0 || lost < 0) {
                credit(i, weight[i] * (share.rise(stays[i], open) + lost));
            }
            at = trimmed(i, share, stays[i] + open, at);
            boolean displaceable = stays[i] + open > 0 && apart.hasOutsiders() && outStart[points + 1] > outStart[points];
            if ((at > newStart[points] || displaceable) && weight[i] > 0) {
                newPoint[points] = point[i];
                newWeight[points] = weight[i];
                newStays[points] = stays[i] + open;
                newStart[++points] = at;
            }
        }

        /// Keeps the free outsiders of point i, and gives its share with the open ones beside.
        private Kernel beside(int i) {
            newBeside[points] = apart.beside()[i];
            int at = outStart[points];
            for (int e = apart.start()[i]; e < apart.start()[i + 1]; e++) {
                byte fixed = state[apart.site()[e]];
                if (fixed == FREE) {
                    outSite[at] = local[apart.site()[e]];
                    outRatio[at++] = apart.ratio()[e];
                } else if (fixed == OPEN) {
                    newBeside[points] += apart.ratio()[e];
                }
            }
            outStart[points + 1] = at;
            return kernel.beside(newBeside[points]);
        }

        /// The end of the row once what is negligible at its tail is left out.
        private int trimmed(int i, Kernel share, double t, int end) {
            int at = end;
            while (at > newStart[points]) {
                double most = weight[i] * share.rise(t, newRatio[at - 1]);
                if (most > negligible) {
                    break;
                }
                at--;
                newExtra[newSite[at]] += most;
            }
            return at;
        }

        Slice slice(int[] newSites) {
            int entries = newStart[points];
            int outs = outStart.length == 0 ? 0 : outStart[points];
            Apart newApart = new Apart(apart.problem(), Arrays.copyOf(newBeside, newBeside.length == 0 ? 0 : points), Arrays.copyOf(outStart, outStart.length == 0 ? 0 : points + 1), Arrays.copyOf(outSite, outs),
                    Arrays.copyOf(outRatio, outs), newBases);
            return new Slice(kernel, Arrays.copyOf(newPoint, points), newSites, Arrays.copyOf(newWeight, points),
                    Arrays.copyOf(newStays, points), Arrays.copyOf(newStart, points + 1),
                    Arrays.copyOf(newSite, entries), Arrays.copyOf(newRatio, entries), newBase,
                    units.narrow(state, local, newSites.length), Arrays.copyOf(newExtra, newSites.length), negligible, newApart);
        }
    }
}
