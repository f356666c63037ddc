package xiaxiang.engine.choice;

/// Huff's model: origin i goes to shop j in proportion to attraction^a x distance^b, with exponents set, not fitted: the naive baseline.
///
/// Origins spend all their purchasing power among the shops listed; nobody buys elsewhere. Source: Huff (1964).
public record Huff(double attractionExponent, double distanceExponent) {
    /// Both exponents must be finite.
    public Huff {
        if (!Double.isFinite(attractionExponent) || !Double.isFinite(distanceExponent))
            throw new IllegalArgumentException("Huff's exponents (" + attractionExponent + ", " + distanceExponent + ") must be finite.");
    }

    /// The part of each origin's purchasing power that goes to each shop: origins x shops row-major, every row in sum 1. `attraction` has one entry a shop,
    /// such as m2 of sales area,
    /// `distance` one an origin and shop, in any unit; all above 0, or IllegalArgumentException. Cost: one logarithm and one exponential an entry.
    public double[] shares(double[] attraction, double[] distance) {
        int shops = attraction.length;
        if (shops == 0 || distance.length % shops != 0)
            throw new IllegalArgumentException("Expected a distance for each origin and each of " + shops + " shops, got " + distance.length + ".");
        double[] out = new double[distance.length];
        for (int from = 0; from < out.length; from += shops) {
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < shops; j++) {
                out[from + j] = attractionExponent * logarithm("attraction", attraction[j]) + distanceExponent * logarithm("distance", distance[from + j]);
                top = Math.max(top, out[from + j]);
            }
            double sum = 0;
            for (int j = 0; j < shops; j++) {
                out[from + j] = Math.exp(out[from + j] - top);
                sum += out[from + j];
            }
            for (int j = 0; j < shops; j++) out[from + j] /= sum;
        }
        return out;
    }

    /// Expected sales of each shop, in the unit of `power` (one entry an origin): the sum over origins of power x share.
    public static double[] sales(double[] power, double[] shares) {
        if (power.length == 0 || shares.length % power.length != 0) throw new IllegalArgumentException("Expected shares of " + power.length + " origins, got " + shares.length + " entries.");
        double[] out = new double[shares.length / power.length];
        for (int at = 0; at < shares.length; at++) out[at % out.length] += power[at / out.length] * shares[at];
        return out;
    }

    private static double logarithm(String what, double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("Each " + what + " (" + x + ") must be above 0. Maybe a distance within a place is missing? Give it "
                    + "half the distance to its nearest neighbour.");
        return Math.log(x);
    }
}
