package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.List;
import xiaxiang.core.atlas.Tier;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.engine.capture.CaptureProblem;

/// Units a year by the buyer's tier, the channel bought in and the brand, before and after a plan. Measure type: sell-out, modelled from public shipments.
///
/// `onlineCeiling` is the brand's share if it won every online buyer of today and kept its shops: what a brand that stays online can reach at most.
public record ShareTable(List<Cell> cells, double shareBefore, double shareAfter, double onlineCeiling) {
    /// Units a year bought by people of a tier in a channel (0 online, then shops by [Tier]) of a brand, before and after.
    public record Cell(Tier tier, int channel, int brand, double before, double after) {}

    public ShareTable {
        cells = List.copyOf(cells);
    }

    /// The table of a plan. Cost: O(points x brands + non-zeros).
    public static ShareTable of(RolloutPlan plan) {
        Sums sums = new Sums(plan.demand());
        CaptureProblem problem = plan.problem();
        boolean[] today = problem.openToday();
        boolean[] open = plan.open();
        for (int i = 0; i < problem.points(); i++) {
            sums.add(plan, i, plan.ourRatios(i, today), 0);
            sums.add(plan, i, plan.ourRatios(i, open), 1);
        }
        return sums.table();
    }

    /// Units before (0) and after (1), by tier, channel and brand.
    private static final class Sums {
        private final Demand demand;
        private final int brands;
        private final int channels = 1 + Tier.values().length;
        private final double[][] units;

        Sums(Demand demand) {
            this.demand = demand;
            brands = demand.brands().size();
            units = new double[2][Tier.values().length * channels * brands];
        }

        private int at(int tier, int channel, int brand) {
            return (tier * channels + channel) * brands + brand;
        }

        void add(RolloutPlan plan, int i, double[] ourRatios, int when) {
            int tier = demand.points().get(i).tier().index();
            double s = 0;
            for (double r : ourRatios) s += r;
            double ours = plan.problem().kernel().value(s);
            double q = plan.problem().weight(i);
            for (int c = 0; c < channels; c++) if (s > 0) units[when][at(tier, c, demand.ours())] += q * ours * ourRatios[c] / s;
            double rest = q * (1 - ours) / demand.others(i);
            for (int b = 0; b < brands; b++) {
                if (b == demand.ours()) continue;
                double[] parts = demand.channels(i, b);
                for (int c = 0; c < channels; c++) units[when][at(tier, c, b)] += rest * demand.nestWorth(i, b) * parts[c];
            }
        }

        ShareTable table() {
            List<Cell> cells = new ArrayList<>();
            double[] all = new double[2];
            double[] ours = new double[2];
            double ceiling = 0;
            for (Tier tier : Tier.values()) for (int c = 0; c < channels; c++) for (int b = 0; b < brands; b++) {
                double before = units[0][at(tier.index(), c, b)];
                double after = units[1][at(tier.index(), c, b)];
                all[0] += before;
                all[1] += after;
                if (b == demand.ours()) {
                    ours[0] += before;
                    ours[1] += after;
                }
                if (b == demand.ours() || c == 0) ceiling += before;
                if (before > 0 || after > 0) cells.add(new Cell(tier, c, b, before, after));
            }
            return new ShareTable(cells, ours[0] / all[0], ours[1] / all[1], ceiling / all[0]);
        }
    }
}
