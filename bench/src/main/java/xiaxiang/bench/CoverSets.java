package xiaxiang.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

/// The points of a covering problem as they are, or those with the same covering sites merged, which a careful user of a solver does first. `weight[i]`
/// units a year; `sites[i]` the sites that cover i, ascending. Points that nobody can cover, or that stay covered, are left out.
@SuppressWarnings("ArrayRecordComponent") // an intermediate bundle, never compared
record CoverSets(double[] weight, int[][] sites) {
    /// Throws IllegalArgumentException if the kernel is another, or one site does not cover all that is open to capture.
    static CoverSets of(CaptureProblem problem, boolean merge) {
        if (!(problem.kernel() instanceof Kernel.Covering)) {
            throw new IllegalArgumentException("The covering peers need a covering kernel, not " + problem.kernel() + ".");
        }
        SingleBudget.check(problem);
        Map<Cover, double[]> merged = new LinkedHashMap<>();
        for (int i = 0; i < problem.points(); i++) {
            double weight = problem.weight(i) * Math.max(0, 1 - problem.stays(i));
            if (weight > 0 && problem.rowStart(i) < problem.rowStart(i + 1)) {
                merged.computeIfAbsent(new Cover(row(problem, i), merge ? -1 : i), _ -> new double[1])[0] += weight;
            }
        }
        double[] weight = merged.values().stream().mapToDouble(sum -> sum[0]).toArray();
        return new CoverSets(weight, merged.keySet().stream().map(Cover::sites).toArray(int[][]::new));
    }

    /// Units a year when every point is covered.
    double total() {
        return Arrays.stream(weight).sum();
    }

    private static int[] row(CaptureProblem problem, int i) {
        int[] row = new int[problem.rowStart(i + 1) - problem.rowStart(i)];
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            if (problem.ratioAt(e) < 1 - problem.stays(i)) {
                throw new IllegalArgumentException("The ratio (" + problem.ratioAt(e) + ") of point " + i + " must be at least what is open to capture there (" + (1 - problem.stays(i)) + ").");
            }
            row[e - problem.rowStart(i)] = problem.siteAt(e);
        }
        Arrays.sort(row);
        return row;
    }

    /// A set of sites as a key; `point` is -1, or sets apart what is not to be merged.
    private record Cover(int[] sites, int point) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cover cover && point == cover.point && Arrays.equals(sites, cover.sites);
        }

        @Override
        public int hashCode() {
            return 31 * point + Arrays.hashCode(sites);
        }
    }
}
