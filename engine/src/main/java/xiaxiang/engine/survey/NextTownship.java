package xiaxiang.engine.survey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Which township to visit next: where one more visit is expected to improve the choice between plans most, beside a quota drawn evenly at random.
///
/// What we do not know of demand is a set of equally probable draws of all townships together. A visit reads one township's demand with a known normal error;
/// what may be read is put into 64 bins. For each bin the draws are weighed by how
/// probable it makes them, the best plan is chosen anew, and its value averaged over bins: less the value of the best plan today, that is the visit's value
/// (the expected value of sample information, or the fall in expected regret).
/// It is between 0 and the value of knowing everything; the binning can only make it smaller. Cost: draws x bins x plans a township, all townships in parallel;
/// no chance is involved.
/// Source: Raiffa and Schlaifer (1961).
public final class NextTownship {
    private static final int BINS = 64;
    private static final double TAILS = 4;
    /// In standard deviations: beyond it a probability is 0 or 1 to the last digit.
    private static final double CERTAIN = 8.5;

    private final int townships;
    private final double[] value;
    private final double perfect;
    private final int bestPlan;

    private NextTownship(int townships, double[] value, double perfect, int bestPlan) {
        this.townships = townships;
        this.value = value;
        this.perfect = perfect;
        this.bestPlan = bestPlan;
    }

    /// What a plan is worth.
    public interface PlanValue {
        /// The value of plan `plan` under the demand of each township, in any unit; the same demand gives the same value. Do not change or keep `demand`.
        double of(int plan, double[] demand);
    }

    /// A township to visit: its value in the plan's unit, 0 for one drawn by lot.
    public record Visit(int township, double value, boolean byLot) {}

    /// Works out the value of a visit to every township. `draws` is draws x townships, row-major; `visitError[township]` >= 0 is the standard deviation of what
    /// one visit reads (infinite: it cannot be visited); `plans` is how many there are to choose from, at least 1.
    public static NextTownship of(double[] draws, double[] visitError, int plans, PlanValue plan) {
        int townships = visitError.length;
        if (townships == 0 || plans < 1 || draws.length == 0 || draws.length % townships != 0)
            throw new IllegalArgumentException("Expected draws of " + townships + " townships and at least one plan, got " + draws.length + " and " + plans + ".");
        for (double e : visitError) if (!(e >= 0)) throw new IllegalArgumentException("The error of a visit (" + e + ") must be at least 0.");
        int n = draws.length / townships;
        double[] worth = new double[n * plans];
        IntStream.range(0, n).parallel().forEach(d -> {
            double[] demand = Arrays.copyOfRange(draws, d * townships, (d + 1) * townships);
            for (int p = 0; p < plans; p++) worth[d * plans + p] = plan.of(p, demand);
        });
        double[] mean = new double[plans];
        double known = 0;
        for (int d = 0; d < n; d++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < plans; p++) {
                mean[p] += worth[d * plans + p] / n;
                best = Math.max(best, worth[d * plans + p]);
            }
            known += best / n;
        }
        int best = IntStream.range(0, plans).boxed().max(Comparator.comparingDouble(p -> mean[p])).orElse(0);
        double[] value = IntStream.range(0, townships).parallel().mapToDouble(t -> visit(draws, townships, t, visitError[t], worth, plans) - mean[best]).map(v -> Math.max(0, v)).toArray();
        return new NextTownship(townships, value, known - mean[best], best);
    }

    /// The expected value of the best plan after a visit.
    private static double visit(double[] draws, int townships, int t, double error, double[] worth, int plans) {
        int n = draws.length / townships;
        double[] demand = IntStream.range(0, n).mapToDouble(d -> draws[d * townships + t]).toArray();
        double[] cut = cuts(demand, error);
        double[] sum = new double[BINS * plans];
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (int d = 0; d < n; d++) {
            double below = 0;
            for (int b = 0; b < BINS && below < 1; b++) {
                double upTo = b == BINS - 1 ? 1 : below(normal, cut[b] - demand[d], error);
                double weight = upTo - below;
                below = upTo;
                if (weight > 0) for (int p = 0; p < plans; p++) sum[b * plans + p] += weight * worth[d * plans + p] / n;
            }
        }
        double total = 0;
        for (int b = 0; b < BINS; b++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < plans; p++) best = Math.max(best, sum[b * plans + p]);
            total += best;
        }
        return total;
    }

    /// The probability that a reading lies less than `reach` above the demand.
    private static double below(NormalDistribution normal, double reach, double error) {
        double z = error > 0 ? reach / error : reach >= 0 ? CERTAIN : -CERTAIN;
        return z <= -CERTAIN ? 0 : z >= CERTAIN ? 1 : normal.cumulativeProbability(z);
    }

    /// The upper ends of all bins but the last: evenly between quantiles of the draws and over the error's tails.
    private static double[] cuts(double[] demand, double error) {
        double[] sorted = demand.clone();
        Arrays.sort(sorted);
        double reach = Double.isInfinite(error) ? 0 : TAILS * error;
        double low = sorted[0] - reach;
        double high = sorted[sorted.length - 1] + reach;
        double[] cut = new double[BINS - 1];
        for (int b = 0; b < cut.length; b++) {
            double even = low + (high - low) * (b + 1) / BINS;
            // Half the bins lie evenly, half where the draws are: a few far draws must not make the rest one bin.
            cut[b] = b % 2 == 0 ? even : sorted[Math.min(sorted.length - 1, (int) ((long) sorted.length * (b + 1) / BINS))];
        }
        Arrays.sort(cut);
        return cut;
    }

    /// The value of one visit to a township: how much the best plan is expected to gain by it.
    public double value(int township) {
        return value[township];
    }

    /// The value of knowing the demand of all townships: no visits are worth more together.
    public double perfectValue() {
        return perfect;
    }

    /// The plan that is best as things stand.
    public int bestPlan() {
        return bestPlan;
    }

    /// `visits` townships, of which `byLot` are drawn evenly from those left and the rest are the most valuable for what each costs (`cost[township]` > 0), one
    /// after the other. Values are those of one visit each, not of all together.
    public List<Visit> visits(int visits, int byLot, double[] cost, long seed) {
        if (byLot < 0 || byLot > visits || visits > townships || cost.length != townships)
            throw new IllegalArgumentException("Expected at most " + townships + " visits, no more of them by lot, and a cost each; got " + visits + ", " + byLot
                    + " and " + cost.length + ".");
        int[] order = IntStream.range(0, townships).boxed().sorted(Comparator.comparingDouble(t -> -value[t] / cost[t])).mapToInt(Integer::intValue).toArray();
        List<Visit> out = new ArrayList<>();
        for (int i = 0; i < visits - byLot; i++) out.add(new Visit(order[i], value[order[i]], false));
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        for (int i = visits - byLot; i < visits; i++) {
            int at = i + random.nextInt(townships - i);
            int drawn = order[at];
            order[at] = order[i];
            order[i] = drawn;
            out.add(new Visit(drawn, 0, true));
        }
        return out;
    }
}
