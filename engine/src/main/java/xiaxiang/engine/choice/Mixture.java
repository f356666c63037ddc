package xiaxiang.engine.choice;

import java.util.List;

/// The random coefficients of a mixed logit, independent of each other, and the draws they are integrated with. Empty: none.
///
/// In a model of P parameters the q-th random coefficient is coefficient P + q of the utilities.
public record Mixture(List<RandomCoefficient> coefficients, Draws draws) {
    /// No random coefficients.
    public static final Mixture NONE = new Mixture(List.of(), new Draws(Draws.Type.HALTON, 1, 0));

    /// Copies its list.
    public Mixture {
        coefficients = List.copyOf(coefficients);
    }
}
