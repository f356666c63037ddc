package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;

/// What a synthetic method found, cohort by cohort and together.
///
/// `estimate` is the mean effect on a treated unit-period: cohorts weigh by treated units times periods after treatment. `exactEstimate` is the same with weights
/// at the optimum, where a published solver stops short of it; NaN where it was not computed (synthetic difference in
/// differences with more than 120 donors). `notices` say what was left out.
public record SyntheticEstimate(double estimate, double exactEstimate, List<Cohort> cohorts, List<Notice> notices) {
    private static final int EXACT_DONORS = 120;

    public SyntheticEstimate {
        cohorts = List.copyOf(cohorts);
        notices = List.copyOf(notices);
    }

    /// A unit of the panel, or a period before treatment, and its weight (not 0).
    public record Weight(int index, double weight) {}

    /// One cohort, first treated in period `cohort`.
    ///
    /// `units` and `periods` are the weights; `effectiveDonors` is 1 / sum of w^2; `rmspe` the root mean square gap before treatment; `l2` its root sum of squares
    /// (augsynth's imbalance) and `scaledL2` that over the imbalance of equal weights; `postPreRatio` the root mean square gap after over before; `gaps` the
    /// treated mean less its synthetic control, by period; `counterfactual` the mean after treatment had there been none; `lift` the estimate over it;
    /// `incremental` the estimate summed over treated units and periods; `penalty` the ridge's, NaN without.
    public record Cohort(int cohort, int treated, int after, double estimate, double exactEstimate, List<Weight> units, List<Weight> periods, double effectiveDonors,
                         double rmspe, double l2, double scaledL2, double postPreRatio, List<Double> gaps, double counterfactual, double lift, double incremental, double penalty) {
        public Cohort {
            units = List.copyOf(units);
            periods = List.copyOf(periods);
            gaps = List.copyOf(gaps);
        }
    }

    /// How an estimation ended.
    public sealed interface Outcome {
        /// It was estimated.
        record Estimated(SyntheticEstimate estimate) implements Outcome {}

        /// It cannot be, and why.
        record Refused(List<Notice> why) implements Outcome {}
    }

    /// Estimates with a method. Donors are the units never treated within the panel. Cost: the method's, once or twice a cohort.
    public static Outcome of(Panel panel, SyntheticMethod method) {
        return switch (SyntheticBlock.split(panel, method)) {
            case SyntheticBlock.Split.Refused(List<Notice> why) -> new Outcome.Refused(why);
            case SyntheticBlock.Split.Blocks(List<SyntheticBlock> blocks, List<Notice> notices) -> new Outcome.Estimated(together(blocks, method, notices));
        };
    }

    private static SyntheticEstimate together(List<SyntheticBlock> blocks, SyntheticMethod method, List<Notice> notices) {
        List<Cohort> cohorts = new ArrayList<>();
        List<Notice> all = new ArrayList<>(notices);
        for (SyntheticBlock block : blocks) {
            Cohort cohort = cohort(block, method);
            cohorts.add(cohort);
            if (cohort.l2() <= 1e-9 * size(block) && !(method instanceof SyntheticDid)) all.add(new Notice(Notice.Kind.PERFECT_MATCH, 0, block.cohort, -1));
        }
        return new SyntheticEstimate(mean(blocks, cohorts.stream().map(Cohort::estimate).toList()), mean(blocks, cohorts.stream().map(Cohort::exactEstimate).toList()), cohorts, all);
    }

    private static double size(SyntheticBlock block) {
        double sum = 0;
        for (int t = 0; t < block.before; t++) sum += block.target[t] * block.target[t];
        return Math.sqrt(sum);
    }

    /// The mean of the cohorts' estimates by treated unit-periods.
    static double mean(List<SyntheticBlock> blocks, List<Double> estimates) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < blocks.size(); k++) {
            double weight = (double) blocks.get(k).treatedUnit.length * blocks.get(k).after();
            sum += weight * estimates.get(k);
            weights += weight;
        }
        return sum / weights;
    }

    private static Cohort cohort(SyntheticBlock block, SyntheticMethod method) {
        SyntheticWeights w = method.weigh(block);
        double estimate = w.estimate(block);
        boolean exact = method.exact().equals(method);
        double exactEstimate = exact ? estimate : method instanceof SyntheticDid && block.donors() > EXACT_DONORS ? Double.NaN : method.exact().weigh(block).estimate(block);
        double[] gaps = w.gaps(block);
        double l2 = Math.sqrt(squares(gaps, 0, block.before));
        double even = Math.sqrt(squares(new SyntheticWeights(UniformControl.even(block.donors()), w.period, Double.NaN).gaps(block), 0, block.before));
        double rmspe = l2 / Math.sqrt(block.before);
        double after = Math.sqrt(squares(gaps, block.before, block.periods) / block.after());
        double counterfactual = SyntheticControl.mean(block.target, block.before, block.after()) - estimate;
        double sumSquares = squares(w.unit, 0, w.unit.length);
        return new Cohort(block.cohort, block.treatedUnit.length, block.after(), estimate, exactEstimate, weights(w.unit, block.donorUnit), weights(w.period, null), 1 / sumSquares,
                rmspe, l2, l2 / even, after / rmspe, java.util.Arrays.stream(gaps).boxed().toList(), counterfactual, estimate / counterfactual,
                estimate * block.treatedUnit.length * block.after(), w.penalty);
    }

    private static double squares(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += x[i] * x[i];
        return sum;
    }

    private static List<Weight> weights(double[] w, int @org.jspecify.annotations.Nullable [] name) {
        List<Weight> out = new ArrayList<>();
        for (int i = 0; i < w.length; i++) if (w[i] != 0) out.add(new Weight(name == null ? i : name[i], w[i]));
        return out;
    }
}
