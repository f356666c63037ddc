package xiaxiang.core.share;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.SyntheticMethod;

/// What is asked of a panel: which columns mean what, who is a control, and which estimators are to answer. `cohort` or `treatment` is blank, the other is not; `cluster` may be.
///
/// `filter` is the condition on a row to be used, null if all are. `smallestEffect` is the smallest effect, in units of the outcome, that would matter to whoever decides; 0 if nobody said.
public record EffectSpec(Path data, ChoiceSpec.@Nullable Written filter, Columns columns, List<Estimator> estimators, double smallestEffect) {
    public EffectSpec {
        estimators = List.copyOf(estimators);
    }

    /// The columns of the data.
    public record Columns(String unit, String period, String outcome, String cohort, String treatment, List<String> covariates, String cluster) {
        public Columns {
            covariates = List.copyOf(covariates);
        }
    }

    /// A way to an answer.
    public sealed interface Estimator {
        /// As a SPEC writes it.
        String name();

        /// Group-time effects.
        record AttGt(GroupTime.Options options) implements Estimator {
            @Override
            public String name() {
                return "attGt";
            }
        }

        /// Imputation.
        record Imputation() implements Estimator {
            @Override
            public String name() {
                return "imputation";
            }
        }

        /// Two-way fixed effects, for comparison.
        record TwoWay() implements Estimator {
            @Override
            public String name() {
                return "twfe";
            }
        }

        /// A synthetic control of some kind, its error from at most `placebos` placebos in space, or the jackknife where there are to be none (0).
        record Synthetic(String name, SyntheticMethod method, int placebos, long seed) implements Estimator {}

        /// What two-way fixed effects are made of.
        record Bacon() implements Estimator {
            @Override
            public String name() {
                return "bacon";
            }
        }
    }
}
