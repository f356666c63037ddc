package xiaxiang.engine.choice;

import java.util.List;

/// A score test of one nest in a model that has none: `z` is above 0 where its alternatives stand in for each other more than the model says, and `p` is the
/// one-sided error probability, corrected for the number of nests tested (Bonferroni). See [ChoiceFit#nestScores].
public record NestScore(List<Integer> alternatives, double z, double p) {
    /// Copies its list.
    public NestScore {
        alternatives = List.copyOf(alternatives);
    }
}
