package xiaxiang.engine.capture;

import java.util.Arrays;

/// A plan of waves under change: since when each site is open, the sum of open ratios at every point after every wave, what is used, and what each site
/// would add in each wave it is closed in. A move costs (points of the site) x (row length) x (waves it changes), and can be taken back.
final class WaveStanding {
    /// Ratios below this part of a row's largest do not change the gains of their sites between two calls of [#refresh]: the gains only choose what to try.
    private static final double SLIGHT = 3e-3;

    private final WaveProblem problem;
    private final CaptureProblem base;
    private final CaptureProblem.Rows rows;
    private final Columns columns;
    private final Kernel kernel;
    final int waves;
    /// The first wave, from 0, each site is open in; `waves` for never.
    final int[] since;
    /// What site j adds in wave t, at `j waves + t`; of no meaning where it is open.
    final double[] gain;
    private final double[] total;
    private final double[][] left;
    private final int[] openOfGroup;
    private final Trail gains;
    private final Trail totals;
    private int[] moved = new int[16];
    private int moves;

    WaveStanding(WaveProblem problem, WavePlan plan) {
        this.problem = problem;
        this.base = problem.base();
        this.rows = base.rows();
        this.columns = base.columns();
        this.kernel = base.kernel();
        this.waves = problem.waves();
        this.since = new int[base.sites()];
        this.gain = new double[since.length * waves];
        this.total = new double[base.points() * waves];
        this.left = new double[base.resources()][waves];
        this.openOfGroup = new int[base.groups()];
        this.gains = new Trail(gain);
        this.totals = new Trail(total);
        Arrays.fill(openOfGroup, -1);
        for (int j = 0; j < since.length; j++) {
            since[j] = plan.wave(j) == 0 ? waves : plan.wave(j) - 1;
            if (since[j] < waves && base.group(j) >= 0) {
                openOfGroup[base.group(j)] = j;
            }
        }
    }

    WavePlan plan() {
        int[] wave = new int[since.length];
        for (int j = 0; j < wave.length; j++) {
            wave[j] = since[j] == waves ? 0 : since[j] + 1;
        }
        return WavePlan.of(waves, wave);
    }

    /// Works out everything anew, so that rounding does not add up. O(non-zeros x waves).
    void refresh(Cores cores) {
        cores.blocks(base.points(), 1024, (from, to) -> {
            for (int i = from; i < to; i++) {
                sum(i);
            }
        });
        cores.blocks(since.length, 64, (from, to) -> {
            for (int j = from; j < to; j++) {
                for (int t = 0; t < since[j]; t++) {
                    gain[j * waves + t] = rise(j, t, false);
                }
            }
        });
        for (int k = 0; k < left.length; k++) {
            for (int t = 0; t < waves; t++) {
                // Half the allowance is left to the rounding of the running sum.
                left[k][t] = problem.limit(k, t) + 0.5 * CaptureProblem.ALLOWANCE * problem.limit(k, t);
                for (int g = 0; g < openOfGroup.length; g++) {
                    left[k][t] -= base.noneUse(k, g);
                }
            }
            for (int j = 0; j < since.length; j++) {
                for (int t = since[j]; t < waves; t++) {
                    left[k][t] -= use(k, j);
                }
            }
        }
        keep();
    }

    private void sum(int i) {
        Arrays.fill(total, i * waves, (i + 1) * waves, rows.stays()[i]);
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            for (int t = since[rows.site()[e]]; t < waves; t++) {
                total[i * waves + t] += rows.ratio()[e];
            }
        }
    }

    /// What site j adds in wave t where it is closed, or would lose where it is `open`.
    private double rise(int j, int t, boolean open) {
        double rise = 0;
        for (int c = columns.start()[j]; c < columns.start()[j + 1]; c++) {
            int i = columns.point()[c];
            double r = columns.ratio()[c];
            double others = open ? without(i, t, r) : total[i * waves + t];
            rise += rows.weight()[i] * kernel.rise(others, r);
        }
        return problem.weight(t) * rise;
    }

    private double without(int i, int t, double r) {
        return Math.max(rows.stays()[i], total[i * waves + t] - r);
    }

    /// What never opening site j would lose.
    double loss(int j) {
        double loss = 0;
        for (int t = since[j]; t < waves; t++) {
            loss += rise(j, t, true);
        }
        return loss;
    }

    /// Net use, against none of its group open.
    private double use(int k, int j) {
        return base.use(k, j) - (base.group(j) < 0 ? 0 : base.noneUse(k, base.group(j)));
    }

    /// Whether another site of j's group is open, now or later.
    boolean isBeside(int j) {
        int group = base.group(j);
        return group >= 0 && openOfGroup[group] >= 0 && openOfGroup[group] != j;
    }

    /// The earliest wave up to which j, open from `since[j]`, may be brought forward; `since[j]` where it may not.
    int earliest(int j) {
        int t = since[j];
        while (t > 0 && fits(j, t - 1)) {
            t--;
        }
        return t;
    }

    private boolean fits(int j, int t) {
        for (int k = 0; k < left.length; k++) {
            double more = use(k, j);
            if (more > 0 && more > left[k][t]) {
                return false;
            }
        }
        return true;
    }

    /// Whether every resource is within what is allowed in every wave.
    boolean fits() {
        for (double[] ofResource : left) {
            for (double l : ofResource) {
                if (l < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Opens site j from wave `to` on, `waves` for never; gives what that adds (negative where it opens later).
    double move(int j, int to) {
        int from = since[j];
        moved = moves + 2 <= moved.length ? moved : Arrays.copyOf(moved, 2 * moved.length);
        moved[moves++] = j;
        moved[moves++] = from;
        count(j, to);
        return to < from ? shift(j, to, from, true) : -shift(j, from, to, false);
    }

    private void count(int j, int to) {
        int from = since[j];
        for (int k = 0; k < left.length; k++) {
            for (int t = Math.min(from, to); t < Math.max(from, to); t++) {
                left[k][t] += to < from ? -use(k, j) : use(k, j);
            }
        }
        since[j] = to;
        if (base.group(j) >= 0) {
            openOfGroup[base.group(j)] = to == waves ? -1 : j;
        }
    }

    /// Changes totals and gains for site `moved` in the waves `from .. to - 1`; gives what it adds there, or added.
    private double shift(int moved, int from, int to, boolean opens) {
        double[] adds = new double[waves];
        double[] then = new double[waves];
        double[] now = new double[waves];
        for (int c = columns.start()[moved]; c < columns.start()[moved + 1]; c++) {
            int i = columns.point()[c];
            double r = columns.ratio()[c];
            for (int t = from; t < to; t++) {
                then[t] = total[i * waves + t];
                now[t] = opens ? then[t] + r : without(i, t, r);
                totals.set(i * waves + t, now[t]);
                adds[t] += rows.weight()[i] * kernel.rise(opens ? then[t] : now[t], r);
            }
            shiftGains(i, moved, from, to, then, now);
        }
        double sum = 0;
        for (int t = from; t < to; t++) {
            double weighted = problem.weight(t) * adds[t];
            gains.set(moved * waves + t, weighted);
            sum += weighted;
        }
        return sum;
    }

    private void shiftGains(int i, int moved, int from, int to, double[] then, double[] now) {
        double weight = rows.weight()[i];
        double slight = SLIGHT * rows.ratio()[rows.start()[i]];
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            int j = rows.site()[e];
            double r = rows.ratio()[e];
            if (r < slight) {
                break;
            }
            for (int t = from, end = j == moved ? from : Math.min(to, since[j]); t < end; t++) {
                int at = j * waves + t;
                gains.set(at, gain[at] + weight * problem.weight(t) * (kernel.rise(now[t], r) - kernel.rise(then[t], r)));
            }
        }
    }

    /// From now on what has been done stays.
    void keep() {
        gains.keep();
        totals.keep();
        moves = 0;
    }

    /// Takes back all moves since the last [#keep].
    void undo() {
        while (moves > 0) {
            moves -= 2;
            count(moved[moves], moved[moves + 1]);
        }
        gains.undo();
        totals.undo();
    }

    /// Changes to an array with the way back: what stood at a place is noted once.
    private static final class Trail {
        private final double[] values;
        private final int[] stamp;
        private int now = 1;
        private int[] place = new int[1024];
        private double[] stood = new double[1024];
        private int size;

        Trail(double[] values) {
            this.values = values;
            this.stamp = new int[values.length];
        }

        void set(int at, double value) {
            if (stamp[at] != now) {
                stamp[at] = now;
                if (size == place.length) {
                    place = Arrays.copyOf(place, 2 * size);
                    stood = Arrays.copyOf(stood, 2 * size);
                }
                place[size] = at;
                stood[size++] = values[at];
            }
            values[at] = value;
        }

        void keep() {
            size = 0;
            now++;
        }

        void undo() {
            for (int s = 0; s < size; s++) {
                values[place[s]] = stood[s];
            }
            keep();
        }
    }
}
