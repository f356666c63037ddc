package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/// What a treatment does to places around it: mean changes in rings of distance, against places far from all treated ones; and what is left on balance.
///
/// A unit's change is its mean outcome since it, or a treated place within its ring, was first treated, less its mean before the first wave, less the same for
/// the far units in the same periods. Errors allow each group its own variance (Welch), and the far units' part is shared. The effect on the treated holds
/// what treated neighbours do to each other. Source: Butts (2021), Difference-in-differences with spatial spillovers; Welch (1947).
public final class Spillover {
    private final int units;
    private final int periods;
    private final double[] outcome;
    private final int[] start;
    private final int first;
    private final double level;
    /// Of each unit: 0 treated, 1.. its ring, -1 far; and since when it is exposed.
    private final int[] group;
    private final int[] since;
    private final List<Integer> far = new ArrayList<>();

    private Spillover(double[] outcome, int periods, int[] start, int first, double level) {
        units = start.length;
        this.periods = periods;
        this.outcome = outcome;
        this.start = start;
        this.first = first;
        this.level = level;
        group = new int[units];
        since = new int[units];
    }

    /// The mean effect on a group of units, in units of the outcome a period. `standardError`, `low`, `high` and `p` are NaN for a group of one.
    public record Effect(String name, double innerMeters, double outerMeters, int units, double estimate, double standardError, double low, double high, double p) {}

    /// How it ended.
    public sealed interface Outcome {
        /// `own` is the effect on the treated, `rings` that on the untreated around them (rings without units are left out), `net` what a treated unit brings
        /// together with all it does around it; `far` the number of units compared with.
        record Estimated(Effect own, List<Effect> rings, Effect net, int far) implements Outcome {
            /// Whether a ring shows an effect, at the level `alpha` for all rings together (Bonferroni): estimates that take it for a control are then biased.
            public boolean spills(double alpha) {
                return rings.stream().anyMatch(r -> r.p() * rings.size() <= alpha);
            }
        }

        /// It cannot be told, and why.
        record Refused(String why) implements Outcome {}
    }

    /// Distances between units, only those within the last ring: `unit[i]` names neighbours of i and `meters[i]` how far each is.
    public static final class Neighbours {
        private final int[][] unit;
        private final double[][] meters;

        /// Keeps the arrays: do not change them.
        public Neighbours(int[][] unit, double[][] meters) {
            this.unit = unit;
            this.meters = meters;
        }
    }

    /// `outcome` is units x periods, finite; `start[unit]` the first treated period or [Panel#NEVER]; `edges` the rings' outer edges in metres, rising; units beyond
    /// the last are far. `level` such as .95. Cost: units x periods x rings.
    public static Outcome estimate(double[] outcome, int periods, int[] start, Neighbours neighbours, double[] edges, double level) {
        int first = Arrays.stream(start).min().orElse(Panel.NEVER);
        if (first >= periods) return new Outcome.Refused("No unit is treated within the " + periods + " periods.");
        if (first < 1) return new Outcome.Refused("There is no period before the first treated one.");
        Spillover spill = new Spillover(outcome, periods, start, first, level);
        for (int i = 0; i < spill.units; i++) spill.place(i, neighbours, edges);
        if (spill.far.size() < 2) return new Outcome.Refused(spill.far.size() + " units are beyond " + (long) edges[edges.length - 1] + " m of every treated one; at least 2 are needed to compare with. Use a smaller last ring or keep controls farther away.");
        return spill.together(edges);
    }

    private void place(int i, Neighbours neighbours, double[] edges) {
        since[i] = start[i];
        if (start[i] < periods) return;
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < neighbours.unit[i].length; k++) if (start[neighbours.unit[i][k]] < periods) nearest = Math.min(nearest, neighbours.meters[i][k]);
        int ring = 0;
        while (ring < edges.length && nearest > edges[ring]) ring++;
        group[i] = ring == edges.length ? -1 : ring + 1;
        if (group[i] < 0) far.add(i);
        else for (int k = 0; k < neighbours.unit[i].length; k++) if (neighbours.meters[i][k] <= edges[ring]) since[i] = Math.min(since[i], start[neighbours.unit[i][k]]);
    }

    private double change(int i, int t) {
        double base = 0;
        for (int s = 0; s < first; s++) base += outcome[i * periods + s];
        return outcome[i * periods + t] - base / first;
    }

    /// One group: its mean, the variance of that mean, and what each far unit contributes to it.
    private final class Part {
        final int count;
        final double estimate;
        final double variance;
        final double[] shared = new double[far.size()];

        Part(int which) {
            List<Double> changes = new ArrayList<>();
            double[] window = new double[periods];
            for (int i = 0; i < units; i++) {
                if (group[i] != which) continue;
                double sum = 0;
                for (int t = since[i]; t < periods; t++) {
                    sum += change(i, t) / (periods - since[i]);
                    window[t] += 1.0 / (periods - since[i]);
                }
                changes.add(sum);
            }
            count = changes.size();
            for (int j = 0; j < shared.length; j++) for (int t = first; t < periods; t++) if (count > 0) shared[j] += window[t] / count * change(far.get(j), t);
            double mean = changes.stream().mapToDouble(Double::doubleValue).sum() / count;
            estimate = mean - Arrays.stream(shared).sum() / shared.length;
            variance = changes.stream().mapToDouble(c -> (c - mean) * (c - mean)).sum() / (count - 1) / count;
        }
    }

    private Outcome together(double[] edges) {
        List<Part> parts = new ArrayList<>();
        List<Effect> rings = new ArrayList<>();
        Part own = new Part(0);
        parts.add(own);
        for (int r = 0; r < edges.length; r++) {
            Part part = new Part(r + 1);
            if (part.count == 0) continue;
            parts.add(part);
            rings.add(effect("ring", r == 0 ? 0 : edges[r - 1], edges[r], part.count, List.of(part), own.count, true));
        }
        Effect ownEffect = effect("own", 0, 0, own.count, List.of(own), own.count, true);
        return new Outcome.Estimated(ownEffect, List.copyOf(rings), effect("net", 0, edges[edges.length - 1], own.count, parts, own.count, false), far.size());
    }

    /// The sum of parts, each weighing 1 (`alone`) or by its units for each treated one; degrees of freedom by Satterthwaite.
    private Effect effect(String name, double inner, double outer, int count, List<Part> parts, int treated, boolean alone) {
        double estimate = 0;
        double[] shared = new double[far.size()];
        double variance = 0;
        double spread = 0;
        for (Part part : parts) {
            double c = alone ? 1 : (double) part.count / treated;
            estimate += c * part.estimate;
            variance += c * c * part.variance;
            spread += Math.pow(c * c * part.variance, 2) / (part.count - 1);
            for (int j = 0; j < shared.length; j++) shared[j] += c * part.shared[j];
        }
        double mean = Arrays.stream(shared).sum() / shared.length;
        double ofFar = Arrays.stream(shared).map(s -> (s - mean) * (s - mean)).sum() / (shared.length - 1) / shared.length;
        double freedom = Math.pow(variance + ofFar, 2) / (spread + ofFar * ofFar / (shared.length - 1));
        double error = Math.sqrt(variance + ofFar);
        if (!(error > 0) || !(freedom > 0)) return new Effect(name, inner, outer, count, estimate, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        TDistribution t = TDistribution.of(freedom);
        double reach = t.inverseSurvivalProbability((1 - level) / 2) * error;
        return new Effect(name, inner, outer, count, estimate, error, estimate - reach, estimate + reach, 2 * t.survivalProbability(Math.abs(estimate) / error));
    }
}
