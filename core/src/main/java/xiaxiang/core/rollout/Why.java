package xiaxiang.core.rollout;

/// Why a site is in the plan: what the plan would lose without it, and from whom it takes. Units are phones a year.
///
/// `units` are sold at the site; `net` is what the brand would lose without it, which is also what is taken from others: `fromBrands` by brand (ours 0),
/// `fromChannels` by channel (index 0 online, then the tiers), `fromNothing` from people who would buy nothing. The rest of `units` would have been bought
/// from us anyway: `fromOurOnline` and `fromOurShops`. For a shop that is closed, `units` is 0 and `net` what closing it gives up, below 0.
public final class Why {
    private final double units;
    private final double net;
    private final double[] fromBrands;
    private final double[] fromChannels;
    private final double fromNothing;
    private final double fromOurOnline;
    private final double fromOurShops;

    Why(double units, double net, double[] fromBrands, double[] fromChannels, double fromNothing, double fromOurOnline, double fromOurShops) {
        this.units = units;
        this.net = net;
        this.fromBrands = fromBrands;
        this.fromChannels = fromChannels;
        this.fromNothing = fromNothing;
        this.fromOurOnline = fromOurOnline;
        this.fromOurShops = fromOurShops;
    }

    /// Units sold at the site.
    public double units() {
        return units;
    }

    /// What the brand would lose without the site.
    public double net() {
        return net;
    }

    /// Taken from brand b.
    public double fromBrand(int b) {
        return fromBrands[b];
    }

    /// Taken from the online sale (0) of others, or their shops by tier (1 + ordinal).
    public double fromChannel(int c) {
        return fromChannels[c];
    }

    /// Taken from buying nothing.
    public double fromNothing() {
        return fromNothing;
    }

    /// Taken from our own online sale.
    public double fromOurOnline() {
        return fromOurOnline;
    }

    /// Taken from our other shops.
    public double fromOurShops() {
        return fromOurShops;
    }
}
