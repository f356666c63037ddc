package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import xiaxiang.engine.numeric.Bounds;
import xiaxiang.engine.numeric.Lbfgs;
import xiaxiang.engine.numeric.Maximum;
import xiaxiang.engine.numeric.TrustRegion;

/// Fits choice models by maximum likelihood, simulated where there are random coefficients.
///
/// Trust-region Newton with analytic derivatives; above 400 free parameters L-BFGS comes near first. Of many draws a part is used first to come near. The likelihood knows
/// a deviation up to its sign: a negative one is turned and the search resumed there, so that deviations are positive.
public final class ChoiceEstimator {
    private static final int ITERATIONS = 500;
    private static final int GRADIENT_ITERATIONS = 5000;
    private static final int MANY_PARAMETERS = 400;
    private static final int MANY_DRAWS = 1000;
    private static final int COARSE_DRAWS = 200;

    private ChoiceEstimator() {}

    /// Fits the model from its parameters' starts.
    public static ChoiceOutcome fit(ChoiceModel model) {
        List<String> reasons = reasons(model);
        if (!reasons.isEmpty()) return new ChoiceOutcome.Refused(reasons);
        int draws = model.mixture().coefficients().isEmpty() ? 0 : model.mixture().draws().number();
        LogLikelihood f = new LogLikelihood(model);
        LogLikelihood coarse = draws < MANY_DRAWS ? f : new LogLikelihood(model, Math.max(COARSE_DRAWS, draws / 20));
        double[] start = f.slots().free(model.starts());
        Maximum first = maximize(model, coarse, start);
        if (first.reason() == Maximum.Reason.UNDEFINED) return new ChoiceOutcome.Refused(List.of(undefined(model, coarse)));
        Maximum found = turned(model, coarse, first);
        if (coarse != f) found = turned(model, f, maximize(model, f, found.theta()));
        return new ChoiceOutcome.Fitted(new ChoiceFit(model, f, found));
    }

    /// The log-likelihood of a model at given parameters (all of them, fixed ones too): of a fit on hold-out data, say.
    /// NaN where a case with weight has no known choice.
    public static double logLikelihood(ChoiceModel model, double[] parameters) {
        if (!unknown(model.choices()).isEmpty()) return Double.NaN;
        ChoiceModel there = model.with(IntStream.range(0, parameters.length).mapToObj(p -> Parameter.fixed(model.parameters().get(p).name(), parameters[p])).toList());
        return new LogLikelihood(there).at(Terms.NONE, Terms.NONE, Terms.NONE);
    }

    private static Maximum maximize(ChoiceModel model, LogLikelihood f, double[] start) {
        Bounds bounds = bounds(model, f.slots());
        double[] near = f.size() <= MANY_PARAMETERS ? start : Lbfgs.maximize(f, start, bounds, GRADIENT_ITERATIONS).theta();
        return TrustRegion.maximize(f, near, bounds, ITERATIONS);
    }

    static Bounds bounds(ChoiceModel model, Slots slots) {
        List<Parameter> all = model.parameters();
        return new Bounds(Arrays.stream(slots.free).mapToDouble(p -> all.get(p).lower()).toArray(), Arrays.stream(slots.free).mapToDouble(p -> all.get(p).upper()).toArray());
    }

    private static Maximum turned(ChoiceModel model, LogLikelihood f, Maximum found) {
        double[] theta = found.theta();
        boolean turned = false;
        for (RandomCoefficient r : model.mixture().coefficients()) {
            int s = f.slots().slot[r.deviation()];
            if (s < 0 || theta[s] >= 0 || -theta[s] > model.parameters().get(r.deviation()).upper()) continue;
            theta[s] = -theta[s];
            turned = true;
        }
        return turned ? maximize(model, f, theta) : found;
    }

    private static List<String> reasons(ChoiceModel model) {
        Choices choices = model.choices();
        List<String> reasons = new ArrayList<>();
        if (!(choices.totalWeight() > 0)) reasons.add("There is no case with a weight above 0.");
        List<Integer> unknown = unknown(choices);
        if (!unknown.isEmpty()) reasons.add("In " + unknown.size() + " cases the choice is unknown or was not available: cases " + few(unknown) + ", counted from 0.");
        if (!model.mixture().coefficients().isEmpty()) {
            List<Integer> uneven = uneven(choices);
            if (!uneven.isEmpty()) reasons.add("With random coefficients the cases of one individual must have one weight; they differ in cases " + few(uneven) + ", counted from 0.");
        }
        return reasons;
    }

    private static List<Integer> unknown(Choices choices) {
        return IntStream.range(0, choices.cases()).filter(n -> choices.weight[n] > 0 && choices.chosen[n] < 0).boxed().toList();
    }

    private static List<Integer> uneven(Choices choices) {
        double[] weight = new double[choices.individuals()];
        Arrays.fill(weight, Double.NaN);
        List<Integer> uneven = new ArrayList<>();
        for (int n = 0; n < choices.cases(); n++) {
            int u = choices.individual[n];
            if (Double.isNaN(weight[u])) weight[u] = choices.weight[n];
            else if (weight[u] != choices.weight[n]) uneven.add(n);
        }
        return uneven;
    }

    private static String few(List<Integer> cases) {
        return cases.stream().limit(5).map(String::valueOf).collect(Collectors.joining(", ")) + (cases.size() > 5 ? ", ..." : "");
    }

    private static String undefined(ChoiceModel model, LogLikelihood f) {
        double[] beta = f.slots().coefficients(f.slots().free(model.starts()));
        if (!f.tree().at(beta, f.slots().slot).isDefined()) return "A nest's parameter must be above 0 at the start.";
        String ask = " Maybe a column is empty, or the start is far off: give other starts, or rescale the columns.";
        UnitKernel kernel = f.kernel(beta);
        for (int u = 0; u < f.units(); u++) {
            double value = f.add(kernel, u);
            if (!Double.isFinite(value)) return "At the start the log-likelihood of case " + f.caseOf(u) + " (counted from 0) is " + value + "." + ask;
        }
        return "At the start the log-likelihood or a slope of it is not finite." + ask;
    }
}
