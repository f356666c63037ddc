package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which coefficients of a model move, and where they stand among those that do: first the free parameters, then the random coefficients. Immutable.
final class Slots {
    /// The parameter of each free place.
    final int[] free;
    /// For each coefficient its place among those that move; -1 where it is fixed.
    final int[] slot;
    /// Free parameters and random coefficients.
    final int moving;
    private final double[] starts;

    Slots(ChoiceModel model) {
        List<Parameter> parameters = model.parameters();
        free = IntStream.range(0, parameters.size()).filter(p -> !parameters.get(p).fixed()).toArray();
        int random = model.mixture().coefficients().size();
        moving = free.length + random;
        slot = new int[parameters.size() + random];
        Arrays.fill(slot, -1);
        for (int a = 0; a < free.length; a++) slot[free[a]] = a;
        for (int q = 0; q < random; q++) slot[parameters.size() + q] = free.length + q;
        starts = model.starts();
    }

    /// All coefficients where the free parameters are `theta`: the fixed ones at their start, the random ones 0.
    double[] coefficients(double[] theta) {
        double[] beta = Arrays.copyOf(starts, slot.length);
        for (int a = 0; a < free.length; a++) beta[free[a]] = theta[a];
        return beta;
    }

    /// The free ones of all parameters.
    double[] free(double[] parameters) {
        return Arrays.stream(free).mapToDouble(p -> parameters[p]).toArray();
    }

    /// All parameters where the free ones are `theta`.
    double[] parameters(double[] theta) {
        double[] all = starts.clone();
        for (int a = 0; a < free.length; a++) all[free[a]] = theta[a];
        return all;
    }
}
