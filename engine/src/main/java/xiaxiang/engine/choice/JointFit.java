package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import xiaxiang.engine.numeric.Maximum;
import xiaxiang.engine.numeric.Objective;
import xiaxiang.engine.numeric.Semidefinite;
import xiaxiang.engine.numeric.TrustRegion;

/// One set of coefficients from what people said and what the tills counted: the survey's log-likelihood, its weights in it, plus that of the totals divided by
/// their dispersion.
///
/// The dispersion is what keeps millions of yuan from drowning a thousand answers: totals count for as many independent purchases as their spread around what
/// is expected allows. It is declared, or
/// estimated in turn with the coefficients until it stands still (quasi-likelihood). Weights of a survey should have mean 1, or its answers count for more than
/// they are.
/// Whether buying nothing is a choice is said twice, by the survey's alternatives and by the market: they must agree.
/// Cost: that of both fits, some rounds. Source: Morikawa, Ben-Akiva and McFadden (2002) for the combination; McCullagh and Nelder (1989), 9, for the dispersion.
public final class JointFit {
    private static final int ITERATIONS = 200;
    private static final int ROUNDS = 60;
    private static final double STILL = 1e-9;

    /// How it ended.
    public sealed interface Outcome {
        /// The coefficients of both.
        record Fitted(JointFit fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    private final Parts parts;
    private final Maximum end;
    private final double dispersion;
    private final boolean settled;
    private final Semidefinite information;
    private final double agreementP;

    private JointFit(Parts parts, Maximum end, double dispersion, boolean settled, Semidefinite information, double agreementP) {
        this.parts = parts;
        this.end = end;
        this.dispersion = dispersion;
        this.settled = settled;
        this.information = information;
        this.agreementP = agreementP;
    }

    /// Fits both with the dispersion estimated. The totals' utility names parameters of the survey's model by number, and its size is their number; a parameter
    /// may be in one of both only.
    public static Outcome fit(ChoiceModel survey, ShareTotals totals) {
        return fit(survey, totals, Double.NaN);
    }

    /// The same with the dispersion declared, above 0; NaN to estimate it.
    public static Outcome fit(ChoiceModel survey, ShareTotals totals, double declared) {
        if (totals.size() != survey.parameters().size())
            throw new IllegalArgumentException("The totals have " + totals.size() + " coefficients and the survey " + survey.parameters().size()
                    + ": number them alike.");
        Parts parts = new Parts(new LogLikelihood(survey), survey, totals);
        double phi = Double.isNaN(declared) ? Math.max(1, Arrays.stream(totals.totals).filter(y -> y > 0).average().orElse(1)) : declared;
        double[] theta = parts.survey.slots().free(survey.starts());
        Maximum end = maximize(parts.joint(phi), survey, parts, theta);
        boolean settled = !Double.isNaN(declared);
        for (int round = 0; round < ROUNDS && !settled && end.reason() != Maximum.Reason.UNDEFINED; round++) {
            double next = parts.dispersion(end.theta());
            if (!(next > 0))
                return new Outcome.Refused("The totals leave nothing to tell their dispersion from (" + next
                        + "): there are too few of them, or they are met exactly. Declare it.");
            settled = Math.abs(next / phi - 1) <= STILL;
            phi = next;
            end = maximize(parts.joint(phi), survey, parts, end.theta());
        }
        return judged(parts, survey, end, phi, settled, declared);
    }

    private static Outcome judged(Parts parts, ChoiceModel survey, Maximum end, double phi, boolean settled, double declared) {
        if (end.reason() == Maximum.Reason.UNDEFINED)
            return new Outcome.Refused("The likelihood is not finite at the start: a choice that was not available, a shop that sold in nobody's "
                    + "catchment, or a utility that overflows.");
        Semidefinite information = negative(end);
        if (information.rank() < end.theta().length)
            return new Outcome.Refused("Neither survey nor totals tell parameter " + survey.parameters().get(parts.survey.slots().free[information.weakest()]).name()
                    + " from the others. Leave it out or fix it.");
        return new Outcome.Fitted(new JointFit(parts, end, phi, settled, information, agreement(parts, survey, end, phi, !Double.isNaN(declared))));
    }

    /// The likelihood ratio of two sets of parameters against one. The dispersion is then that of the totals alone, for disagreement raises the joint one and
    /// would excuse itself: F, with what it leaves.
    private static double agreement(Parts parts, ChoiceModel survey, Maximum end, double phi, boolean declared) {
        Maximum said = maximize(parts.survey, survey, parts, end.theta());
        Maximum sold = maximize(parts.totals(phi), survey, parts, end.theta());
        int shared = negative(said).rank() + negative(sold).rank() - end.theta().length;
        double alone = declared ? phi : parts.dispersion(sold.theta());
        if (shared <= 0 || !(alone > 0)) return Double.NaN;
        Maximum joint = maximize(parts.joint(alone), survey, parts, end.theta());
        double ratio = Math.max(0, 2 * (said.value() + sold.value() * phi / alone - joint.value()));
        if (declared) return ChiSquaredDistribution.of(shared).survivalProbability(ratio);
        int left = parts.totals.known(parts.totals.new Expected(parts.survey.slots().parameters(sold.theta()))) - parts.fitted();
        return FDistribution.of(shared, left).survivalProbability(ratio / shared);
    }

    private static Semidefinite negative(Maximum end) {
        return new Semidefinite(Arrays.stream(end.hessian()).map(h -> -h).toArray(), end.theta().length);
    }

    private static Maximum maximize(Objective f, ChoiceModel survey, Parts parts, double[] from) {
        return TrustRegion.maximize(f, from, ChoiceEstimator.bounds(survey, parts.survey.slots()), ITERATIONS);
    }

    /// Both likelihoods as functions of the survey's free parameters.
    private record Parts(LogLikelihood survey, ChoiceModel model, ShareTotals totals) {
        Objective joint(double phi) {
            Objective sold = totals(phi);
            return of((theta, gradient, hessian) -> {
                double[] g = new double[gradient.length];
                double[] h = new double[hessian.length];
                double value = sold.at(theta, g, h) + survey.at(theta, gradient, hessian);
                for (int a = 0; a < g.length; a++) gradient[a] += g[a];
                for (int a = 0; a < h.length; a++) hessian[a] += h[a];
                return value;
            });
        }

        Objective totals(double phi) {
            int[] free = survey.slots().free;
            int all = totals.size();
            return of((theta, gradient, hessian) -> {
                double[] g = new double[gradient.length > 0 ? all : 0];
                double[] h = new double[hessian.length > 0 ? all * all : 0];
                double value = totals.at(survey.slots().parameters(theta), g, h) / phi;
                for (int a = 0; a < gradient.length; a++) gradient[a] = g[free[a]] / phi;
                for (int a = 0; a < hessian.length; a++) hessian[a] = h[free[a / free.length] * all + free[a % free.length]] / phi;
                return value;
            });
        }

        private Objective of(Value value) {
            int size = survey.size();
            return new Objective() {
                @Override
                public int size() {
                    return size;
                }

                @Override
                public double at(double[] theta, double[] gradient, double[] hessian) {
                    return value.at(theta, gradient, hessian);
                }
            };
        }

        double dispersion(double[] theta) {
            return totals.dispersion(totals.new Expected(survey.slots().parameters(theta)), fitted());
        }

        /// The free parameters the totals' utility uses.
        int fitted() {
            return (int) Arrays.stream(totals.utility.parameter).distinct().filter(p -> !model.parameters().get(p).fixed()).count();
        }
    }

    private interface Value {
        double at(double[] theta, double[] gradient, double[] hessian);
    }

    /// All parameters of the survey's model, in its order.
    public double[] parameters() {
        return parts.survey.slots().parameters(end.theta());
    }

    /// Standard errors from the curvature of both likelihoods; NaN for fixed parameters. Right where the survey's model is and totals vary in proportion to
    /// what is expected.
    public double[] standardErrors() {
        return spread(information.inverse());
    }

    /// Sandwich errors: scores of the survey's individuals, and of the totals summed by shop.
    public double[] robustErrors() {
        int k = end.theta().length;
        double[] meat = new double[k * k];
        double[] scores = parts.survey.scores(end.theta());
        for (int u = 0; u < parts.survey.units(); u++) square(meat, Arrays.copyOfRange(scores, u * k, u * k + k));
        ShareTotals totals = parts.totals;
        ShareTotals.Expected e = totals.new Expected(parameters());
        double[] residual = totals.residuals(e);
        int t = totals.utility.parameter.length;
        int[] slot = parts.survey.slots().slot;
        for (int s = 0; s < totals.market.shops; s++) {
            double[] score = new double[k];
            for (int c = s; c < residual.length; c += totals.market.shops)
                for (int a = 0; a < t; a++) if (residual[c] != 0 && slot[totals.utility.parameter[a]] >= 0)
                    score[slot[totals.utility.parameter[a]]] += residual[c] * e.slope[c * t + a] / dispersion;
            square(meat, score);
        }
        double[] inverse = information.inverse();
        return spread(Semidefinite.product(Semidefinite.product(inverse, meat, k), inverse, k));
    }

    private static void square(double[] meat, double[] score) {
        int k = score.length;
        for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) meat[a * k + b] += score[a] * score[b];
    }

    private double[] spread(double[] covariance) {
        double[] out = new double[parts.model.parameters().size()];
        Arrays.fill(out, Double.NaN);
        int[] free = parts.survey.slots().free;
        for (int a = 0; a < free.length; a++) out[free[a]] = Math.sqrt(covariance[a * free.length + a]);
        return out;
    }

    /// The survey's log-likelihood at these parameters.
    public double surveyLogLikelihood() {
        return parts.survey.at(end.theta(), new double[0], new double[0]);
    }

    /// What the totals' likelihood is divided by.
    public double dispersion() {
        return dispersion;
    }

    /// The expected totals, groups x shops.
    public double[] expected() {
        return parts.totals.expected(parameters());
    }

    /// The probability of so much disagreement between survey and totals if both follow one set of parameters, by likelihood ratio; NaN where they share none
    /// that each can tell.
    public double agreementP() {
        return agreementP;
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        if (!settled) out.add("The dispersion did not stand still after " + ROUNDS + " rounds; it is " + dispersion + ".");
        if (!end.converged()) out.add("The search stopped before its gradient was within the tolerance; it is " + end.gradientNorm() + ".");
        if (agreementP() < .05)
            out.add("What people said and what the tills counted disagree (p = " + String.format(Locale.ROOT, "%.2g", agreementP())
                    + "): the joint coefficients are a compromise of two different answers. Look at each fit alone.");
        return out;
    }
}
