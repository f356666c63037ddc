package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.List;

/// A model of individual choices and its data: multinomial logit, nested logit with [Nests], mixed logit with a [Mixture], or both. Immutable.
///
///     var choices = Choices.wide(available, chosen);
///     var model = new ChoiceModel(choices, List.of(train, car), List.of(Parameter.free("b_time", 0), Parameter.free("asc", 0)));
///     switch (ChoiceEstimator.fit(model)) { case Fitted(var fit) -> fit.theta(); case Refused(var reasons) -> reasons; }
///
/// A utility's coefficients are numbers of parameters; with random coefficients, P + q is the q-th of them. There is one utility an alternative, or one
/// for all. Throws IllegalArgumentException where numbers do not fit each other.
public final class ChoiceModel {
    private final Choices choices;
    private final List<Utility> utilities;
    private final List<Parameter> parameters;
    private final Nests nests;
    private final Mixture mixture;

    /// Any model.
    public ChoiceModel(Choices choices, List<? extends Utility> utilities, List<Parameter> parameters, Nests nests, Mixture mixture) {
        this.choices = choices;
        this.utilities = List.copyOf(utilities);
        this.parameters = List.copyOf(parameters);
        this.nests = nests;
        this.mixture = mixture;
        if (utilities.size() != 1 && utilities.size() != choices.alternatives)
            throw new IllegalArgumentException("Expected 1 utility or one for each of " + choices.alternatives + " alternatives, got " + utilities.size() + ".");
        checkNumbers();
    }

    /// A multinomial logit.
    public ChoiceModel(Choices choices, List<? extends Utility> utilities, List<Parameter> parameters) {
        this(choices, utilities, parameters, Nests.NONE, Mixture.NONE);
    }

    private void checkNumbers() {
        int all = parameters.size() + mixture.coefficients().size();
        for (Utility u : utilities) for (int c : used(u)) if (c < 0 || c >= all) throw new IllegalArgumentException("A utility uses coefficient " + c + ", but there are " + all + ".");
        List<Integer> own = new ArrayList<>();
        for (RandomCoefficient r : mixture.coefficients()) own.addAll(List.of(r.mean(), r.deviation()));
        NestTree tree = new NestTree(nests, choices.alternatives);
        for (int p : tree.parameter) own.add(p);
        for (int p : own) if (p < 0 || p >= parameters.size()) throw new IllegalArgumentException("A nest or random coefficient uses parameter " + p + ", but there are " + parameters.size() + ".");
    }

    static int[] used(Utility u) {
        return switch (u) {
            case Utility.Linear l -> l.parameter;
            case Utility.Curved c -> c.parameters();
        };
    }

    /// The same model on other choices, its utilities then asked there; for hold-out data and what-if cases.
    public ChoiceModel on(Choices others, List<? extends Utility> utilities) {
        return new ChoiceModel(others, utilities, parameters, nests, mixture);
    }

    /// The same model with other parameters: other starts, bounds, or fixed ones.
    public ChoiceModel with(List<Parameter> parameters) {
        return new ChoiceModel(choices, utilities, parameters, nests, mixture);
    }

    /// The cases.
    public Choices choices() {
        return choices;
    }

    /// One utility an alternative, or one for all.
    public List<Utility> utilities() {
        return utilities;
    }

    /// The parameters, fixed ones too.
    public List<Parameter> parameters() {
        return parameters;
    }

    /// The nests.
    public Nests nests() {
        return nests;
    }

    /// The random coefficients and their draws.
    public Mixture mixture() {
        return mixture;
    }

    /// The starts of all parameters.
    public double[] starts() {
        return parameters.stream().mapToDouble(Parameter::start).toArray();
    }

    Utility utility(int alternative) {
        return utilities.size() == 1 ? utilities.getFirst() : utilities.get(alternative);
    }
}
