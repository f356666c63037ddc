package xiaxiang.engine.capture;

/// A plan being carried out step by step: what one more step would bring, given those already taken. Begins with today's open sites.
///
/// A step closes the open site `out` and opens the closed site `in`; either may be [#NONE]. As long as steps only add to what is open at every point, the
/// gain of a step that only opens shrinks from look to look, so that lazy greedy orders them (Minoux 1978). Not for several threads at once.
public final class Opening {
    /// No site.
    public static final int NONE = -1;

    private final CaptureProblem problem;
    private final Columns columns;
    private final Standing standing;

    private Opening(CaptureProblem problem) {
        this.problem = problem;
        this.columns = problem.columns();
        this.standing = new Standing(problem, problem.openToday());
    }

    /// Begins. O(points + ratios of today's sites). Throws IllegalArgumentException for a problem with worth of sites, outsiders or scenarios.
    public static Opening of(CaptureProblem problem) {
        if (!problem.extras().isPlain()) {
            throw new IllegalArgumentException("An opening must be of a problem without worth of sites, outsiders and scenarios (" + problem + ").");
        }
        return new Opening(problem);
    }

    /// What the step would capture more, in units a year; below 0 where it loses. O(points of both sites). Throws IllegalArgumentException unless `out` is
    /// open, `in` is closed, and the group of `in` has none open but `out`.
    public double gain(int out, int in) {
        check(out, in);
        double lost = out == NONE ? 0 : standing.loss(out);
        return in == NONE ? 0 - lost : gainWithout(out, in) - lost;
    }

    private double gainWithout(int out, int in) {
        if (out == NONE) {
            return standing.gain(in);
        }
        double gain = 0;
        int at = columns.start()[out];
        int end = columns.start()[out + 1];
        for (int e = columns.start()[in]; e < columns.start()[in + 1]; e++) {
            int i = columns.point()[e];
            while (at < end && columns.point()[at] < i) {
                at++;
            }
            double gone = at < end && columns.point()[at] == i ? columns.ratio()[at] : 0;
            double rest = Math.max(problem.stays(i), standing.total[i] - gone);
            gain += standing.weight[i] * problem.kernel().rise(rest, columns.ratio()[e]);
        }
        return gain;
    }

    /// Takes the step. O(points of both sites). Throws as [#gain].
    public void take(int out, int in) {
        check(out, in);
        if (out != NONE) {
            standing.remove(out);
        }
        if (in != NONE) {
            standing.add(in);
        }
    }

    private void check(int out, int in) {
        if (out != NONE && !standing.open[out]) {
            throw new IllegalArgumentException("The site to close (" + out + ") must be open.");
        }
        boolean beside = in != NONE && standing.openBeside(in) >= 0 && standing.openBeside(in) != out;
        if (in != NONE && (standing.open[in] || beside)) {
            throw new IllegalArgumentException("The site to open (" + in + ") must be closed, and no other of its group open.");
        }
    }
}
