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
    /// Gross capture of what is open.
    final double base;
    final Units units;
    /// What the ratios left out of the rows can add at most, a site.
    final double[] extra;
    /// A ratio is left out when it adds at most so much at its point.
    private final double negligible;

    private Slice(Kernel kernel, int[] point, int[] siteOf, double[] weight, double[] stays, int[] start, int[] site,
            float[] ratio, double base, Units units, double[] extra, double negligible) {
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
        this.rise = kernel instanceof Kernel.Nested ? rises() : new double[0];
    }

    /// The whole problem, nothing fixed; shares the problem's rows. Slices narrowed from it leave out what adds at most `negligible` at a point:
    /// since `g_t(s + r) <= g_t(s) + g_t(r)`, the site is credited with that instead, and every bound stays one.
    static Slice whole(CaptureProblem p, double negligible) {
        int[] point = new int[p.points()];
        Arrays.setAll(point, i -> i);
        int[] siteOf = new int[p.sites()];
        Arrays.setAll(siteOf, j -> j);
        CaptureProblem.Rows rows = p.rows();
        return new Slice(p.kernel(), point, siteOf, rows.weight(), rows.stays(), rows.start(), rows.site(),
                rows.ratio(), 0, Units.whole(p), new double[p.sites()], negligible);
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

    private double[] rises() {
        double[] all = new double[nonZeros()];
        for (int i = 0; i < point.length; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                all[e] = kernel.rise(stays[i], ratio[e]);
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
            for (int j = 0; j < state.length; j++) {
                if (state[j] == FREE) {
                    newExtra[local[j]] = extra[j];
                } else if (state[j] == OPEN) {
                    newBase += extra[j];
                }
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
            newBase += open > 0 ? weight[i] * kernel.rise(stays[i], open) : 0;
            at = trimmed(i, stays[i] + open, at);
            if (at > newStart[points] && weight[i] > 0) {
                newPoint[points] = point[i];
                newWeight[points] = weight[i];
                newStays[points] = stays[i] + open;
                newStart[++points] = at;
            }
        }

        /// The end of the row once what is negligible at its tail is left out.
        private int trimmed(int i, double t, int end) {
            int at = end;
            while (at > newStart[points]) {
                double most = weight[i] * kernel.rise(t, newRatio[at - 1]);
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
            return new Slice(kernel, Arrays.copyOf(newPoint, points), newSites, Arrays.copyOf(newWeight, points),
                    Arrays.copyOf(newStays, points), Arrays.copyOf(newStart, points + 1),
                    Arrays.copyOf(newSite, entries), Arrays.copyOf(newRatio, entries), newBase,
                    units.narrow(state, local, newSites.length), Arrays.copyOf(newExtra, newSites.length), negligible);
        }
    }
}
