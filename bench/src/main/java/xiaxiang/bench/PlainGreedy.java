package xiaxiang.bench;

import java.util.Comparator;
import java.util.PriorityQueue;
import xiaxiang.engine.capture.CaptureProblem;

/// Greedy as in a textbook: open the site with the largest gain per use that still fits, until none does. A gain is worked out anew only when its old
/// value, an upper bound, is the largest. Source: Minoux (1978). One resource, no groups; a plan, no bound.
final class PlainGreedy {
    private final CaptureProblem problem;
    private final int[] start;
    private final int[] point;
    private final float[] ratio;
    /// Sum of our open ratios at each point, what stays included.
    private final double[] sum;
    private final boolean[] open;

    private PlainGreedy(CaptureProblem problem) {
        this.problem = problem;
        start = new int[problem.sites() + 1];
        point = new int[problem.nonZeros()];
        ratio = new float[point.length];
        sum = new double[problem.points()];
        open = new boolean[problem.sites()];
        for (int e = 0; e < point.length; e++) {
            start[problem.siteAt(e) + 1]++;
        }
        for (int j = 0; j < problem.sites(); j++) {
            start[j + 1] += start[j];
        }
        int[] next = start.clone();
        for (int i = 0; i < problem.points(); i++) {
            sum[i] = problem.stays(i);
            for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
                int at = next[problem.siteAt(e)]++;
                point[at] = i;
                ratio[at] = problem.ratioAt(e);
            }
        }
    }

    static PeerResult solve(CaptureProblem problem) {
        long begin = System.nanoTime();
        boolean[] open = plan(problem);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new PeerResult("greedy", seconds, problem.capture(open), Double.POSITIVE_INFINITY, false, "");
    }

    /// The open sites. Throws IllegalArgumentException if the required ones do not fit.
    static boolean[] plan(CaptureProblem problem) {
        SingleBudget.check(problem);
        return new PlainGreedy(problem).run();
    }

    private record Bid(int site, double perUse) {}

    private boolean[] run() {
        PriorityQueue<Bid> bids = new PriorityQueue<>(Comparator.comparingDouble(Bid::perUse).reversed().thenComparingInt(Bid::site));
        for (int j = 0; j < open.length; j++) {
            if (problem.isRequired(j)) {
                open(j);
            } else if (!problem.isForbidden(j)) {
                bids.add(new Bid(j, Double.POSITIVE_INFINITY));
            }
        }
        double used = problem.used(0, SingleBudget.plan(problem, _ -> 0));
        for (Bid bid = bids.poll(); bid != null; bid = bids.poll()) {
            double use = problem.use(0, bid.site());
            double perUse = gain(bid.site()) / use;
            Bid next = bids.peek();
            if (used + use > problem.allowed(0) || !(perUse > 0)) {
                continue;
            }
            if (next != null && perUse < next.perUse()) {
                bids.add(new Bid(bid.site(), perUse));
            } else {
                open(bid.site());
                used += use;
            }
        }
        return open;
    }

    /// Units a year that site j adds to what is open.
    private double gain(int j) {
        double gain = 0;
        for (int e = start[j]; e < start[j + 1]; e++) {
            gain += problem.weight(point[e]) * problem.kernel().rise(sum[point[e]], ratio[e]);
        }
        return gain;
    }

    private void open(int j) {
        open[j] = true;
        for (int e = start[j]; e < start[j + 1]; e++) {
            sum[point[e]] += ratio[e];
        }
    }
}
