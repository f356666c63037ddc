package xiaxiang.engine.capture;

import java.util.Arrays;

/// A problem with points that differ only in weight merged into one: the same sites with the same ratios, and the same that stays. Of covering, where one
/// site covers all that is left to capture at both points, ratios and what stays may differ. Points that no site sees, or of weight 0, are left out.
/// `like[i]` is the merged point of point i, or -1; of no meaning where nothing is merged. O(non-zeros), by hashing; rows are compared in full. Deterministic: the first of a class stands for it.
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Merging(CaptureProblem problem, int[] like) {
    /// Fewer points than this part of all are worth another copy of the rows.
    private static final double WORTH = 0.9;

    /// The problem itself where merging does not pay.
    static Merging of(CaptureProblem problem) {
        if (problem.extras().hasOutsiders() || problem.extras().hasBlocks()) {
            return new Merging(problem, new int[problem.points()]);
        }
        return new Classes(problem).merged();
    }

    /// Multipliers of the merged problem's points as those of the points themselves.
    Certificate.Multipliers spread(Certificate.Multipliers m) {
        if (problem.points() == like.length) {
            return m;
        }
        int marked = m.sigma().length == 0 ? 0 : like.length;
        float[] rho = new float[like.length];
        float[] sigma = new float[marked];
        byte[] pick = new byte[marked];
        // A point left out counts at its sites for what each adds alone.
        float alone = problem.kernel() instanceof Kernel.Covering ? 1 : 0;
        for (int i = 0; i < like.length; i++) {
            int of = like[i];
            rho[i] = of < 0 ? alone : m.rho()[of];
            if (of >= 0 && i < marked) {
                sigma[i] = m.sigma()[of];
                pick[i] = m.pick()[of];
            }
        }
        return new Certificate.Multipliers(m.share(), rho, m.theta(), m.chosen(), m.level(), sigma, pick, m.lambda());
    }

    /// Points put into classes by an open hash table of the first point of each.
    private static final class Classes {
        private final CaptureProblem problem;
        private final CaptureProblem.Rows rows;
        private final boolean covering;
        private final int[] like;
        /// First point of each class, and the class's weight.
        private final int[] first;
        private final double[] weight;
        private final int[] table;
        private int count;

        Classes(CaptureProblem problem) {
            this.problem = problem;
            this.rows = problem.rows();
            this.covering = problem.kernel() instanceof Kernel.Covering;
            int n = problem.points();
            this.like = new int[n];
            this.first = new int[n];
            this.weight = new double[n];
            this.table = new int[Math.max(4, Integer.highestOneBit(Math.max(1, Math.min(n, 1 << 28))) * 4)];
            Arrays.fill(table, -1);
            for (int i = 0; i < n; i++) {
                like[i] = isIdle(i) ? -1 : classOf(i);
            }
        }

        private boolean isIdle(int i) {
            return rows.start()[i] == rows.start()[i + 1] || rows.weight()[i] == 0 || (covering && rows.stays()[i] >= 1);
        }

        /// Whether any one site covers all that is left at point i.
        private boolean isWhole(int i) {
            return covering && rows.ratio()[rows.start()[i + 1] - 1] >= 1 - rows.stays()[i];
        }

        private int classOf(int i) {
            int mask = table.length - 1;
            int slot = hash(i) & mask;
            while (table[slot] >= 0 && !isSame(first[table[slot]], i)) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] < 0) {
                first[count] = i;
                table[slot] = count++;
            }
            int known = table[slot];
            weight[known] += rows.weight()[i] * (isWhole(i) ? 1 - rows.stays()[i] : 1);
            return known;
        }

        private int hash(int i) {
            boolean whole = isWhole(i);
            long h = whole ? 1 : Double.doubleToRawLongBits(rows.stays()[i]);
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                h = h * 0x9E3779B97F4A7C15L + rows.site()[e];
                h = whole ? h : h * 31 + Float.floatToRawIntBits(rows.ratio()[e]);
            }
            h *= 0x9E3779B97F4A7C15L;
            return (int) (h >>> 32);
        }

        private boolean isSame(int a, int b) {
            boolean whole = isWhole(a);
            int length = rows.start()[a + 1] - rows.start()[a];
            if (whole != isWhole(b) || length != rows.start()[b + 1] - rows.start()[b] || (!whole && rows.stays()[a] != rows.stays()[b])) {
                return false;
            }
            for (int e = 0; e < length; e++) {
                int atA = rows.start()[a] + e;
                int atB = rows.start()[b] + e;
                if (rows.site()[atA] != rows.site()[atB] || (!whole && rows.ratio()[atA] != rows.ratio()[atB])) {
                    return false;
                }
            }
            return true;
        }

        Merging merged() {
            if (count > WORTH * like.length) {
                return new Merging(problem, like);
            }
            double[] stays = new double[count];
            int[] start = new int[count + 1];
            for (int c = 0; c < count; c++) {
                stays[c] = isWhole(first[c]) ? 0 : rows.stays()[first[c]];
                start[c + 1] = start[c] + rows.start()[first[c] + 1] - rows.start()[first[c]];
            }
            int[] site = new int[start[count]];
            float[] ratio = new float[site.length];
            for (int c = 0; c < count; c++) {
                int from = rows.start()[first[c]];
                System.arraycopy(rows.site(), from, site, start[c], start[c + 1] - start[c]);
                System.arraycopy(rows.ratio(), from, ratio, start[c], start[c + 1] - start[c]);
                if (isWhole(first[c])) {
                    Arrays.fill(ratio, start[c], start[c + 1], 1);
                }
            }
            return new Merging(problem.withSorted(new CaptureProblem.Rows(Arrays.copyOf(weight, count), stays, start, site, ratio)), like);
        }
    }
}
