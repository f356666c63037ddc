package xiaxiang.engine.survey;

/// What to do with a stratum of which one cluster was drawn, so that nothing says how clusters differ within it. A stratum drawn whole needs no treatment.
public enum LonelyCluster {
    /// Give no standard error: the default.
    REFUSE,
    /// Take it as certain to be drawn: it adds nothing, so the error is too small unless it was.
    CERTAINTY,
    /// Measure it from the mean of all clusters instead of its stratum's: the error is rather too large.
    CENTRE_ON_ALL
}
