package xiaxiang.core.rollout;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Tier;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;

/// Takes each site out of the plan in thought and sees who gains: the why of every site in one pass over the rows. Cost: O(non-zeros of open sites x brands).
final class Reasons {
    private final Demand demand;
    private final CaptureProblem problem;
    private final int brands;
    private final double[][] sums;

    private Reasons(Demand demand, CaptureProblem problem) {
        this.demand = demand;
        this.problem = problem;
        brands = demand.brands().size();
        sums = new double[problem.sites()][];
    }

    /// The why of each open site, and of each site in `closed` (the keep option of a shop that is closed); null for all others.
    static @Nullable Why[] of(Demand demand, CaptureProblem problem, boolean[] open, boolean[] closed) {
        Reasons r = new Reasons(demand, problem);
        for (int i = 0; i < problem.points(); i++) r.addPoint(i, open, closed);
        @Nullable Why[] out = new Why[problem.sites()];
        for (int j = 0; j < out.length; j++) if (open[j] || closed[j]) out[j] = r.why(j, open[j]);
        return out;
    }

    private void addPoint(int i, boolean[] open, boolean[] closed) {
        double s = problem.stays(i);
        boolean touched = false;
        for (int at = problem.rowStart(i); at < problem.rowStart(i + 1); at++) {
            int j = problem.siteAt(at);
            if (open[j]) s += problem.ratioAt(at);
            touched |= open[j] || closed[j];
        }
        if (!touched) return;
        double[] nothingBrandsChannels = rivals(i);
        for (int at = problem.rowStart(i); at < problem.rowStart(i + 1); at++) {
            int j = problem.siteAt(at);
            if (open[j] || closed[j]) addSite(i, j, s, open[j] ? problem.ratioAt(at) : -problem.ratioAt(at), nothingBrandsChannels);
        }
    }

    /// How the loss of others at a point is shared between nothing (0), the brands (1 + b) and their channels: the constant part of nested logit.
    private double[] rivals(int i) {
        double others = demand.others(i);
        double[] parts = new double[1 + brands + 1 + Tier.values().length];
        parts[0] = 1 / others;
        for (int b = 0; b < brands; b++) {
            if (b == demand.ours()) continue;
            double part = demand.nestWorth(i, b) / others;
            parts[1 + b] = part;
            double[] channels = demand.channels(i, b);
            for (int c = 0; c < channels.length; c++) parts[1 + brands + c] += part * channels[c];
        }
        return parts;
    }

    /// `r` is the site's ratio, negative for a shop that is closed and would come back. Entries of a sum: units, net, from our online, then [#rivals].
    private void addSite(int i, int j, double s, double r, double[] rivals) {
        if (sums[j] == null) sums[j] = new double[3 + rivals.length];
        double[] sum = sums[j];
        double q = problem.weight(i);
        double without = Math.max(0, s - r);
        double now = problem.kernel().value(s);
        double net = q * (now - problem.kernel().value(without));
        double perRatio = s > 0 ? now / s : 0;
        double perRatioWithout = without > 0 ? problem.kernel().value(without) / without : 0;
        if (r > 0) sum[0] += q * r * perRatio;
        sum[1] += net;
        sum[2] += q * demand.onlineRatio(i) * (perRatioWithout - perRatio);
        for (int k = 0; k < rivals.length; k++) sum[3 + k] += net * rivals[k];
    }

    private Why why(int j, boolean open) {
        double[] sum = sums[j];
        if (sum == null) sum = new double[3 + 2 + brands + Tier.values().length];
        double[] fromBrands = new double[brands];
        System.arraycopy(sum, 4, fromBrands, 0, brands);
        double[] fromChannels = new double[1 + Tier.values().length];
        System.arraycopy(sum, 4 + brands, fromChannels, 0, fromChannels.length);
        double fromOurShops = sum[0] - sum[1] - sum[2];
        return new Why(open ? sum[0] : 0, sum[1], fromBrands, fromChannels, sum[3], sum[2], fromOurShops);
    }
}
