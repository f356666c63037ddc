package xiaxiang.engine.capture;

/// The verifier's own expansion of a wave problem: written apart from the solver's on purpose; the two agree when their fingerprints do.
final class WaveStatement {
    private WaveStatement() {}

    /// Point `t n + i`, site `j T + t`, resource `k T + t`; see [WaveProblem#expanded].
    static CaptureProblem of(WaveProblem problem) {
        CaptureProblem base = problem.base();
        int waves = problem.waves();
        int n = base.points();
        int m = base.sites();
        int[] group = new int[m * waves];
        int groups = base.groups();
        for (int j = 0; j < m; j++) {
            int own = base.group(j) >= 0 ? base.group(j) : groups++;
            for (int t = 0; t < waves; t++) {
                group[j * waves + t] = own;
            }
        }
        double[][] use = new double[base.resources() * waves][m * waves];
        double[][] none = new double[use.length][groups];
        double[] limit = new double[use.length];
        for (int k = 0; k < base.resources(); k++) {
            for (int t = 0; t < waves; t++) {
                int resource = k * waves + t;
                limit[resource] = problem.limit(k, t);
                for (int g = 0; g < base.groups(); g++) {
                    none[resource][g] = base.noneUse(k, g);
                }
                for (int j = 0; j < m; j++) {
                    for (int opened = 0; opened < waves; opened++) {
                        boolean later = opened > t;
                        use[resource][j * waves + opened] = !later ? base.use(k, j) : base.group(j) < 0 ? 0 : base.noneUse(k, base.group(j));
                    }
                }
            }
        }
        boolean[][] marks = new boolean[3][m * waves];
        for (int j = 0; j < m; j++) {
            marks[0][j * waves] = base.isRequired(j);
            marks[2][j * waves] = base.isOpenToday(j);
            for (int t = 0; t < waves; t++) {
                marks[1][j * waves + t] = base.isForbidden(j);
            }
        }
        double[] weight = new double[n * waves];
        double[] stays = new double[n * waves];
        for (int t = 0; t < waves; t++) {
            for (int i = 0; i < n; i++) {
                weight[t * n + i] = problem.weight(t) * base.weight(i);
                stays[t * n + i] = base.stays(i);
            }
        }
        CaptureProblem.Sites sites = new CaptureProblem.Sites(m * waves, use, limit, group, none, marks[0], marks[1], marks[2]);
        return CaptureProblem.of(base.kernel(), rows(problem, weight, stays), sites);
    }

    private static CaptureProblem.Rows rows(WaveProblem problem, double[] weight, double[] stays) {
        CaptureProblem base = problem.base();
        int waves = problem.waves();
        int[] start = new int[weight.length + 1];
        for (int p = 0; p < weight.length; p++) {
            int i = p % base.points();
            start[p + 1] = start[p] + (p / base.points() + 1) * (base.rowStart(i + 1) - base.rowStart(i));
        }
        int[] site = new int[start[weight.length]];
        float[] ratio = new float[site.length];
        for (int p = 0; p < weight.length; p++) {
            int from = base.rowStart(p % base.points());
            int copies = p / base.points() + 1;
            for (int at = start[p]; at < start[p + 1]; at++) {
                int e = from + (at - start[p]) / copies;
                site[at] = base.siteAt(e) * waves + (at - start[p]) % copies;
                ratio[at] = base.ratioAt(e);
            }
        }
        return new CaptureProblem.Rows(weight, stays, start, site, ratio);
    }
}
