package xiaxiang.engine.choice;

/// Where each parameter of a [BrandChoiceFit] stands: the features' coefficients, distance, the nest factor, the brands' constants, the nest parameter mu,
/// the logarithm of possible buyers a person and year, and their income elasticity.
public record BrandChoiceParameters(int features, int brands) {
    /// The coefficient of a feature, in utils.
    public int feature(int k) {
        return k;
    }

    /// Utils a kilometre.
    public int distance() {
        return features;
    }

    /// Utils for each unit of the nest factor.
    public int nestFactor() {
        return features + 1;
    }

    /// The constant of a brand, in utils against buying nothing.
    public int constant(int brand) {
        return features + 2 + brand;
    }

    /// The nest parameter, in (0, 1].
    public int mu() {
        return features + 2 + brands;
    }

    /// The logarithm of possible buyers a person and year, those who end up with nothing included.
    public int level() {
        return mu() + 1;
    }

    /// How possible buyers grow with income.
    public int elasticity() {
        return mu() + 2;
    }

    /// How many parameters there are.
    public int size() {
        return mu() + 3;
    }
}
