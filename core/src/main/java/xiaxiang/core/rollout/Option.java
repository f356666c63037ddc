package xiaxiang.core.rollout;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.engine.geo.LonLat;

/// One thing the plan may decide to do at one place, as the capture engine's site.
///
/// `attraction` is what the door is worth in the nest (exp of utility over the nest parameter); for the upgrade of an own shop that must stay it is what
/// the upgrade adds. `shop` is the own or signed shop, null for an empty place. `group` ties the options of one own shop that may be closed, -1 if alone.
public record Option(String id, String nameZh, String nameEn, Action action, String division, Tier tier, LonLat point, Shop.Format format, double attraction,
                     long costFen, long runningFenYear, long dealerMarginFen, double breakEvenUnitsYear, @Nullable Shop shop, int group, Kind kind) {
    /// What is done. CLOSE is never an option of its own: it is what happens to a shop none of whose options is chosen.
    public enum Action { OPEN, SIGN, UPGRADE, KEEP, CLOSE }
}
