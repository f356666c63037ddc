package xiaxiang.core.rollout;

import java.nio.file.Path;
import java.util.Arrays;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.capture.CaptureProblem;

/// The one rule of the literature's test problems: at most so many sites are opened.
final class SiteLimit {
    private SiteLimit() {}

    /// Throws IllegalArgumentException if `open` is below 0.
    static void check(int open) {
        if (open < 0) throw new IllegalArgumentException("The open (" + open + ") must be at least 0.");
    }

    /// Adds a problem if there are fewer sites than may be opened.
    static void check(Path file, int open, int sites, Problems problems) {
        if (open > sites) problems.add(new Problem(String.valueOf(file.getFileName()), 0, "open", Integer.toString(open), Rule.OUT_OF_RANGE, "[0, " + sites + "]"));
    }

    /// Sites that use 1 each of a single resource whose limit is `open`, none of them locked or open today.
    static CaptureProblem.Sites sites(int count, int open) {
        double[][] use = new double[1][count];
        Arrays.fill(use[0], 1);
        int[] group = new int[count];
        Arrays.fill(group, -1);
        return new CaptureProblem.Sites(count, use, new double[] {open}, group, new double[1][0], new boolean[count], new boolean[count], new boolean[count]);
    }
}
