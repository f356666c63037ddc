package xiaxiang.core.demand;

/// What demand is calibrated on: the brand that plans, the public table (`place`, `table`, `period`, `measure`), and the choice set:
/// a shopper considers the nearest `shopsConsidered` shops, none farther than `radiusMeters`.
public record DemandSettings(String brand, String place, String table, String period, String measure, double radiusMeters, int shopsConsidered) {
    public DemandSettings {
        if (!(radiusMeters > 0 && radiusMeters <= 200_000)) throw new IllegalArgumentException("The radiusMeters (" + radiusMeters + ") must be in (0, 200000].");
        if (shopsConsidered < 1 || shopsConsidered > 1000) throw new IllegalArgumentException("The shopsConsidered (" + shopsConsidered + ") must be in [1, 1000].");
    }
}
