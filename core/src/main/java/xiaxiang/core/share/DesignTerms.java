package xiaxiang.core.share;

import java.util.List;

/// What a design fixes before launch, beside the lot itself.
///
/// `launch` is the first treated period of the first wave, later waves follow `every` periods apart, and outcomes are measured for `measured` periods from the launch.
/// `bufferMeters` keeps controls away from treated townships; `rings` are the outer edges in metres of the rings that spillover is looked for in. `worth` is the
/// effect, in units per treated township and period, that would be worth having; `alpha` the level of the test. `plan` is the SHA-256 of the plan's plan.json.
public record DesignTerms(long seed, List<Integer> waves, int controls, int stratumSize, int leastControls, double bufferMeters, List<Double> rings, Period launch, int every,
                          int measured, double worth, double alpha, String plan) {
    public DesignTerms {
        waves = List.copyOf(waves);
        rings = List.copyOf(rings);
    }

    /// The first treated period of each wave, counted from the period `from`.
    int[] starts(Period from) {
        int[] start = new int[waves.size()];
        for (int w = 0; w < start.length; w++) start[w] = launch.index() - from.index() + w * every;
        return start;
    }
}
