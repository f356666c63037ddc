package xiaxiang.bench;

/// What a solver in a process of its own answered: `values` one a variable, empty when it has no plan; `bound` infinite when it has none; `seconds`
/// of wall time, without the process's own start where the solver counts them itself.
@SuppressWarnings("ArrayRecordComponent") // an intermediate bundle, never compared
record Answer(double seconds, double[] values, double bound, boolean optimal, String note) {}
