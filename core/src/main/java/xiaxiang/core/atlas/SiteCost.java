package xiaxiang.core.atlas;

import java.util.SplittableRandom;

/// What a kind of candidate site costs, by assumption: nobody publishes it.
///
/// `fitOutFen` once and `runningFenYear` yearly are the brand's; `dealerFenYear` is what the counter or shop costs the dealer a year
/// (space, a seller's time), so the break-even is `dealerFenYear` / dealer margin; `models` of the brand stand on the shelf. Never tuned to a result.
record SiteCost(long fitOutFen, long runningFenYear, long dealerFenYear, int promoters, int models, String assumption) {
    private static final double SPREAD = .2;
    private static final long ROUND_FEN = 10_000;
    private static final long YUAN = 100;

    /// The own authorised shop that stands already; its `fitOutFen` is what closing it costs.
    static final SiteCost OWN_SHOP = yuan(30_000, 60_000, 24_000, 1, 5, "own authorised shop: closing 30,000 yuan, running 60,000 a year");

    private static SiteCost yuan(long fitOut, long running, long dealer, int promoters, int models, String what) {
        return new SiteCost(fitOut * YUAN, running * YUAN, dealer * YUAN, promoters, models, "assumption, +-20%: " + what + ", dealer's cost "
                + dealer + " yuan a year");
    }

    /// Signing an existing shop: a sign and a counter, no promoter.
    static SiteCost sign(Tier tier) {
        return switch (tier) {
            case TOWNSHIP -> yuan(6_000, 2_400, 4_500, 0, 2, "sign and counter 6,000 yuan, running 2,400 a year");
            case COUNTY_TOWN -> yuan(10_000, 4_800, 7_500, 0, 3, "sign and counter 10,000 yuan, running 4,800 a year");
            case CITY -> yuan(14_000, 6_000, 9_500, 0, 4, "sign and counter 14,000 yuan, running 6,000 a year");
        };
    }

    /// Opening an authorised shop with promoters.
    static SiteCost open(Tier tier) {
        return switch (tier) {
            case TOWNSHIP -> yuan(50_000, 48_000, 20_000, 1, 5, "authorised shop 50,000 yuan, rent aid and one promoter 48,000 a year");
            case COUNTY_TOWN -> yuan(90_000, 90_000, 36_000, 2, 5, "authorised shop 90,000 yuan, rent aid and two promoters 90,000 a year");
            case CITY -> yuan(120_000, 130_000, 48_000, 2, 5, "authorised shop 120,000 yuan, rent aid and two promoters 130,000 a year");
        };
    }

    /// Upgrading an own shop: new fit-out and one promoter more.
    static SiteCost upgrade(Shop shop) {
        SiteCost added = yuan(60_000, 36_000, 30_000, shop.promoters() + 1, 5, "new fit-out 60,000 yuan, one promoter more 36,000 a year");
        return new SiteCost(added.fitOutFen, added.runningFenYear + shop.runningFenYear(), added.dealerFenYear, added.promoters, added.models,
                added.assumption);
    }

    /// The same within 20% up or down, drawn from the id alone: a site costs the same under every seed.
    SiteCost spread(String id) {
        SplittableRandom random = CodeSeed.random(0, id);
        return new SiteCost(spread(fitOutFen, random), spread(runningFenYear, random), spread(dealerFenYear, random), promoters, models, assumption);
    }

    private static long spread(long fen, SplittableRandom random) {
        return ROUND_FEN * Math.round(fen * random.nextDouble(1 - SPREAD, 1 + SPREAD) / ROUND_FEN);
    }

    /// Units a year below which the dealer loses by it, rounded up.
    double breakEvenUnits(long dealerMarginFen) {
        return Math.ceil((double) dealerFenYear / Math.max(1, dealerMarginFen));
    }
}
