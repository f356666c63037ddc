package xiaxiang.engine.capture;

import java.util.Arrays;

/// The plan of the most profit, where a unit is worth more in one shop than in another.
///
/// With margin m_j a unit at site j and m_0 at what stays, a plan's margin is `sum_i q_i H(t_i + s_i) [sum_j m_j r_j + m_0 t_i]`, H(U) = g(U) / U. It is no function of
/// the sum s alone, and opening a poor shop beside a rich one may lose money. Let `v_1 < v_2 < ..` be the margins there are and v_0 = 0. Then
///
///     margin = sum over layers l of (v_l - v_(l-1)) x units sold where the margin is at least v_l,
///
/// and in layer l the shops below v_l stand beside: they take a part, and count for nothing. If they are left out of a bound, it only grows, since H falls;
/// each layer is then a capture problem of its own, of the shops at or above v_l. A branch that opens a shop puts it beside in the layers above its margin
/// (an outsider), and so the bound becomes the profit itself where all is fixed. Source: the layers are Abel's summation; the bound is the project's own.
public final class Profit {
    private Profit() {}

    /// The problem of profit in yuan a year: `marginYuan[j] >= 0` a unit at site j, `staysMarginYuan >= 0` a unit at what is ours and stays,
    /// `runningYuan[j]` a year while site j is open, of any sign. Its net capture is the profit above today's.
    ///
    /// Cost: a point of n sites with d different margins becomes up to d points of n ratios; round margins to classes where there are many.
    /// Throws IllegalArgumentException for [Kernel.Covering], wrong lengths, a negative margin, or more than 2^31 ratios.
    public static CaptureProblem of(CaptureProblem units, double[] marginYuan, double staysMarginYuan, double[] runningYuan) {
        check(units, marginYuan, staysMarginYuan);
        double[] worth = new double[runningYuan.length];
        Arrays.setAll(worth, j -> units.extras().worth(j) - runningYuan[j]);
        Layers layers = new Layers(units, marginYuan, staysMarginYuan);
        for (int i = 0; i < units.points(); i++) {
            layers.add(i);
        }
        return layers.problem().withWorth(worth);
    }

    private static void check(CaptureProblem units, double[] margin, double stays) {
        if (units.kernel() instanceof Kernel.Covering) {
            throw new IllegalArgumentException("The kernel (" + units.kernel() + ") must not be covering for profit by shop: a point covered twice belongs to no one shop.");
        }
        if (units.extras().hasBlocks() || units.extras().hasOutsiders()) {
            throw new IllegalArgumentException("Profit must be made of a problem without outsiders and scenarios.");
        }
        if (margin.length != units.sites()) {
            throw new IllegalArgumentException("The number of margins (" + margin.length + ") must be the number of sites (" + units.sites() + ").");
        }
        for (double m : margin) {
            checkMargin(m);
        }
        checkMargin(stays);
    }

    private static void checkMargin(double margin) {
        if (!(margin >= 0 && margin <= 1e100)) {
            throw new IllegalArgumentException("A margin (" + margin + ") must be at least 0 and finite.");
        }
    }

    /// Rows under construction: insiders and outsiders of every layer of every point.
    private static final class Layers {
        private final CaptureProblem units;
        private final double[] margin;
        private final double staysMargin;
        private final Grown inside = new Grown();
        private final Grown outside = new Grown();
        private double[] weight = new double[16];
        private double[] stays = new double[16];
        private double[] beside = new double[16];
        private int points;

        Layers(CaptureProblem units, double[] margin, double staysMargin) {
            this.units = units;
            this.margin = margin;
            this.staysMargin = staysMargin;
        }

        void add(int i) {
            double[] levels = levels(i);
            double before = 0;
            for (double level : levels) {
                if (level > before) {
                    add(i, level, level - before);
                    before = level;
                }
            }
        }

        private double[] levels(int i) {
            int from = units.rowStart(i);
            double[] levels = new double[units.rowStart(i + 1) - from + 1];
            for (int e = from; e < units.rowStart(i + 1); e++) {
                levels[e - from] = margin[units.siteAt(e)];
            }
            levels[levels.length - 1] = units.stays(i) > 0 ? staysMargin : 0;
            Arrays.sort(levels);
            return levels;
        }

        private void add(int i, double level, double step) {
            boolean staysIn = staysMargin >= level;
            for (int e = units.rowStart(i); e < units.rowStart(i + 1); e++) {
                int j = units.siteAt(e);
                (margin[j] >= level ? inside : outside).add(j, units.ratioAt(e));
            }
            inside.endRow();
            outside.endRow();
            if (points == weight.length) {
                weight = Arrays.copyOf(weight, 2 * points);
                stays = Arrays.copyOf(stays, 2 * points);
                beside = Arrays.copyOf(beside, 2 * points);
            }
            weight[points] = units.weight(i) * step;
            stays[points] = staysIn ? units.stays(i) : 0;
            beside[points++] = staysIn ? 0 : units.stays(i);
        }

        CaptureProblem problem() {
            CaptureProblem.Rows rows = new CaptureProblem.Rows(Arrays.copyOf(weight, points), Arrays.copyOf(stays, points), inside.starts(), inside.sites(), inside.ratios());
            CaptureProblem layered = units.withRows(rows);
            boolean plain = outside.size == 0 && Arrays.stream(beside).allMatch(b -> b == 0);
            return plain ? layered : layered.withOutsiders(Arrays.copyOf(beside, points), outside.starts(), outside.sites(), outside.ratios());
        }
    }

    /// Rows that grow.
    private static final class Grown {
        private int[] start = new int[16];
        private int[] site = new int[16];
        private float[] ratio = new float[16];
        private int rows;
        private int size;

        void add(int j, float r) {
            if (size == site.length) {
                if (size > Integer.MAX_VALUE / 2 - 8) {
                    throw new IllegalArgumentException("The layers hold more than 2^30 ratios. Maybe round margins to fewer classes?");
                }
                site = Arrays.copyOf(site, 2 * size);
                ratio = Arrays.copyOf(ratio, 2 * size);
            }
            site[size] = j;
            ratio[size++] = r;
        }

        void endRow() {
            if (rows + 1 == start.length) {
                start = Arrays.copyOf(start, 2 * start.length);
            }
            start[++rows] = size;
        }

        int[] starts() {
            return Arrays.copyOf(start, rows + 1);
        }

        int[] sites() {
            return Arrays.copyOf(site, size);
        }

        float[] ratios() {
            return Arrays.copyOf(ratio, size);
        }
    }
}
