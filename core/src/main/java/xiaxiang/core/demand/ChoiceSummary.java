package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.ErrorKind;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.Covariance;
import xiaxiang.engine.choice.NestScore;

/// A fitted choice model as a reader needs it: each estimate with its errors, and z, p and interval from one of them. Immutable.
///
/// That one is the last asked for in the order Hessian, BHHH, sandwich, cluster; with nothing asked, Hessian and sandwich are given and the sandwich is used.
public final class ChoiceSummary {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double LEVEL = .95;
    private static final double SUSPICION = .01;

    private final ChoiceFit fit;
    private final Map<ErrorKind, Covariance> covariances = new EnumMap<>(ErrorKind.class);
    private final ErrorKind used;
    private final @Nullable NestScore suspected;

    private ChoiceSummary(ChoiceFit fit, Set<ErrorKind> asked, int[] clusters) {
        this.fit = fit;
        ErrorKind last = ErrorKind.HESSIAN;
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind != ErrorKind.HESSIAN && !(asked.isEmpty() ? kind == ErrorKind.SANDWICH : asked.contains(kind))) continue;
            covariances.put(kind, covariance(kind, clusters));
            last = kind;
        }
        used = last;
        suspected = fit.nestScores().stream().findFirst().filter(score -> score.p() < SUSPICION).orElse(null);
    }

    /// The summary of a fit, with the errors its specification asks for. Cost: a pass over the cases for each kind but the Hessian's.
    public static ChoiceSummary of(ChoiceSpec spec, PosedChoice posed, ChoiceFit fit) {
        return new ChoiceSummary(fit, spec.errors(), posed.clusters());
    }

    private Covariance covariance(ErrorKind kind, int[] clusters) {
        return switch (kind) {
            case HESSIAN -> fit.covariance(Covariance.Kind.HESSIAN);
            case BHHH -> fit.covariance(Covariance.Kind.BHHH);
            case SANDWICH -> fit.covariance(Covariance.Kind.SANDWICH);
            case CLUSTER -> fit.clustered(clusters);
        };
    }

    /// A parameter: what is not known, or not asked for, is NaN. `p` is two-sided, of the parameter being 0; `low` to `high` is the 95% interval.
    public record Row(String name, double estimate, boolean fixed, Map<ErrorKind, Double> errors, double error, double z, double p, double low, double high) {
        /// Copies its map.
        public Row {
            errors = Map.copyOf(errors);
        }

        /// An error by its kind; NaN where it was not asked for or is not known.
        public double error(ErrorKind kind) {
            return errors.getOrDefault(kind, Double.NaN);
        }
    }

    /// The fit.
    public ChoiceFit fit() {
        return fit;
    }

    /// The nest that choices speak for most, where a plain logit overlooks one at the level of 1%; null where none is suspected or a fit cannot be asked.
    public @Nullable NestScore suspectedNest() {
        return suspected;
    }

    /// The points the search tried.
    public int iterations() {
        return fit.search().iterations();
    }

    /// The kind of error that z, p and interval come from.
    public ErrorKind used() {
        return used;
    }

    /// The kind's word in a specification.
    public String usedWord() {
        return used.name().toLowerCase(Locale.ROOT);
    }

    /// The covariance that z, p and interval come from; NaN where fixed, held or unknown.
    public double covariance(int p, int q) {
        return covarianceUsed().of(p, q);
    }

    private Covariance covarianceUsed() {
        Covariance found = covariances.get(used);
        if (found == null) throw new IllegalStateException(used.name());
        return found;
    }

    /// The parameters in the model's order.
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int p = 0; p < fit.model().parameters().size(); p++) rows.add(row(p));
        return rows;
    }

    private Row row(int p) {
        Map<ErrorKind, Double> errors = new EnumMap<>(ErrorKind.class);
        covariances.forEach((kind, covariance) -> errors.put(kind, covariance.error(p)));
        double estimate = fit.estimate(p);
        double error = covarianceUsed().error(p);
        double z = estimate / error;
        double wide = NORMAL.inverseSurvivalProbability((1 - LEVEL) / 2) * error;
        return new Row(fit.model().parameters().get(p).name(), estimate, fit.model().parameters().get(p).fixed(), errors, error, z, Double.isNaN(z) ? z : 2 * NORMAL.survivalProbability(Math.abs(z)),
                estimate - wide, estimate + wide);
    }

    /// A likelihood-ratio test against a model that is this one with restrictions: `statistic` is twice the difference, `p` of chi-squared.
    public record RatioTest(double statistic, int degrees, double p) {}

    /// The test against a smaller model; null where it is not smaller or was not fitted to as many cases of the same weight. Source: Wilks (1938).
    public @Nullable RatioTest against(ChoiceFit smaller) {
        int degrees = fit.estimated() - smaller.estimated();
        boolean same = fit.model().choices().cases() == smaller.model().choices().cases() && fit.model().choices().totalWeight() == smaller.model().choices().totalWeight();
        if (degrees < 1 || !same) return null;
        double statistic = 2 * (fit.logLikelihood() - smaller.logLikelihood());
        return new RatioTest(statistic, degrees, statistic <= 0 ? 1 : ChiSquaredDistribution.of(degrees).survivalProbability(statistic));
    }
}
