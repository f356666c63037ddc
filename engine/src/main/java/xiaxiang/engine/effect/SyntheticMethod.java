package xiaxiang.engine.effect;

/// A way to weigh donors and periods so that they stand for what the treated would have been.
public sealed interface SyntheticMethod permits SyntheticControl, RidgeSyntheticControl, SyntheticDid, UniformControl {
    /// The weights for one cohort.
    SyntheticWeights weigh(SyntheticBlock block);

    /// The periods before treatment it needs at least.
    int needs();

    /// The same method with its weights at the optimum to rounding; itself where they are.
    SyntheticMethod exact();
}
