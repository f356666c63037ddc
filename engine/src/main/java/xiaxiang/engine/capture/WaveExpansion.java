package xiaxiang.engine.capture;

import java.util.Arrays;

/// Writes a wave problem out as a problem without waves; see [WaveProblem#expanded].
final class WaveExpansion {
    private final WaveProblem problem;
    private final CaptureProblem base;
    private final int waves;

    WaveExpansion(WaveProblem problem) {
        this.problem = problem;
        this.base = problem.base();
        this.waves = problem.waves();
    }

    /// The plan of the expanded problem that says the same.
    static Plan plan(WavePlan plan) {
        boolean[] open = new boolean[Math.multiplyExact(plan.sites(), plan.waves())];
        for (int j = 0; j < plan.sites(); j++) {
            if (plan.wave(j) > 0) {
                open[j * plan.waves() + plan.wave(j) - 1] = true;
            }
        }
        return Plan.of(open);
    }

    /// The other way round.
    static WavePlan plan(int waves, Plan expanded) {
        int[] wave = new int[expanded.sites() / waves];
        for (int site : expanded.open()) {
            wave[site / waves] = site % waves + 1;
        }
        return WavePlan.of(waves, wave);
    }

    CaptureProblem problem() {
        return CaptureProblem.of(base.kernel(), rows(), sites());
    }

    private CaptureProblem.Rows rows() {
        int n = base.points();
        CaptureProblem.Rows rows = base.rows();
        double[] weight = new double[n * waves];
        double[] stays = new double[n * waves];
        int[] start = new int[n * waves + 1];
        int[] site = new int[base.nonZeros() * waves * (waves + 1) / 2];
        float[] ratio = new float[site.length];
        int at = 0;
        for (int t = 0; t < waves; t++) {
            for (int i = 0; i < n; i++) {
                weight[t * n + i] = problem.weight(t) * rows.weight()[i];
                stays[t * n + i] = rows.stays()[i];
                for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                    for (int opened = 0; opened <= t; opened++) {
                        site[at] = rows.site()[e] * waves + opened;
                        ratio[at++] = rows.ratio()[e];
                    }
                }
                start[t * n + i + 1] = at;
            }
        }
        return new CaptureProblem.Rows(weight, stays, start, site, ratio);
    }

    private CaptureProblem.Sites sites() {
        int count = base.sites() * waves;
        int[] unit = units();
        int groups = base.groups();
        for (int u : unit) {
            groups = Math.max(groups, u + 1);
        }
        int[] group = new int[count];
        boolean[] required = new boolean[count];
        boolean[] forbidden = new boolean[count];
        boolean[] today = new boolean[count];
        for (int c = 0; c < count; c++) {
            int j = c / waves;
            group[c] = unit[j];
            required[c] = base.isRequired(j) && c % waves == 0;
            forbidden[c] = base.isForbidden(j);
            today[c] = base.isOpenToday(j) && c % waves == 0;
        }
        int resources = base.resources() * waves;
        double[][] use = new double[resources][count];
        double[][] noneUse = new double[resources][groups];
        double[] limit = new double[resources];
        for (int r = 0; r < resources; r++) {
            int k = r / waves;
            int t = r % waves;
            limit[r] = problem.limit(k, t);
            for (int g = 0; g < base.groups(); g++) {
                noneUse[r][g] = base.noneUse(k, g);
            }
            for (int c = 0; c < count; c++) {
                boolean open = c % waves <= t;
                use[r][c] = open ? base.use(k, c / waves) : noneUse[r][group[c]];
            }
        }
        return new CaptureProblem.Sites(count, use, limit, group, noneUse, required, forbidden, today);
    }

    /// The group of every base site: its own where it has one.
    private int[] units() {
        int[] unit = new int[base.sites()];
        int next = base.groups();
        Arrays.setAll(unit, base::group);
        for (int j = 0; j < unit.length; j++) {
            unit[j] = unit[j] >= 0 ? unit[j] : next++;
        }
        return unit;
    }
}
