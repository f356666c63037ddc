package xiaxiang.core.atlas;

import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// A candidate site (候选点): something the brand could do at one place.
///
/// `action`: OPEN an empty place, SIGN an existing shop (`shop` its id), UPGRADE an own shop (`shop` its id; the site replaces it).
/// `modelsCarried` is how many of the brand's models stand on the shelf; `fitOutFen` is paid once, `runningFenYear` every year by the brand;
/// `dealerMarginFen` is the dealer's margin on a phone; `breakEvenUnitsYear` the units a year below which the site does not pay for the dealer.
public record CandidateSite(String id, String name, String nameEn, String division, LonLat point, Action action, @Nullable String shop,
                            Shop.Format format, int promoters, boolean sign, int modelsCarried, long fitOutFen, long runningFenYear,
                            long dealerMarginFen, double breakEvenUnitsYear, Provenance provenance) {
    /// What would be done.
    public enum Action { OPEN, SIGN, UPGRADE }
    public CandidateSite {
        if (fitOutFen < 0 || runningFenYear < 0 || dealerMarginFen < 0 || breakEvenUnitsYear < 0 || promoters < 0 || modelsCarried < 1)
            throw new IllegalArgumentException("The site " + id + " has a negative figure.");
        if ((action == Action.OPEN) != (shop == null)) throw new IllegalArgumentException("The site " + id + " must name a shop, unless it opens an empty place.");
    }
}
