package xiaxiang.engine.effect;

import java.util.List;

/// Group-time effects, their averages, and what the periods before treatment say. Cohorts and periods are indices of the panel's periods.
public record GroupTimeEffects(List<Effect> effects, Averages averages, PreTest preTest, Trend trend, int units, int clusters, List<Notice> notices) {
    /// The effect on a cohort in a period; `after` if the cohort was treated by then; `reference` if it is the base period, where it is 0 by definition.
    public record Effect(int cohort, int period, boolean after, boolean reference, Point point) {}

    /// An estimate at a cohort, period or event time, and the interval that holds with all of its list at once with 95% (NaN where there is no error).
    public record Point(int at, Estimate estimate, double bandLow, double bandHigh) {
        static Point of(int at, Estimate estimate, double critical) {
            double half = critical * estimate.standardError();
            return new Point(at, estimate, estimate.value() - half, estimate.value() + half);
        }
    }

    /// An overall effect and the parts it is the average of.
    public record Average(Estimate overall, List<Point> parts) {}

    /// Averages of the effects after treatment: all by their cohorts' size (`simple`); within cohorts, then over them (`group`); by periods since treatment began (`dynamic`, whose
    /// parts before treatment are not in its overall); by period (`calendar`). The error of `group` is did's, which takes the wrong cohort's share into it;
    /// `groupTheoryError` is what Callaway and Sant'Anna's corollary 2 says.
    public record Averages(Estimate simple, double groupTheoryError, Average group, Average dynamic, Average calendar) {}

    /// Wald's statistic for no effect before treatment, its degrees of freedom and p; NaN if it cannot be told.
    public record PreTest(double statistic, int degrees, double p) {
        static PreTest none() {
            return new PreTest(Double.NaN, 0, Double.NaN);
        }
    }

    /// A difference between treated and controls that grows by `slope` a period, as the periods before treatment show it; `reach` is the mean number of periods from the last one
    /// before treatment to those after, so that slope x reach is what such a trend adds to the dynamic effect. After Roth (2022), Pretest with caution, in one direction.
    public record Trend(Estimate slope, double reach) {
        /// The smallest trend that its test at 5% would have found four times in five, in outcome per period.
        public double detectableSlope() {
            return slope.detectable();
        }

        /// What that trend would add to the dynamic effect.
        public double hiddenBias() {
            return slope.detectable() * reach;
        }
    }
}
