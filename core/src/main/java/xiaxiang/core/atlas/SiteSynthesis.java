package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// What a brand could do: sign each owner-run or authorised shop that does not carry it, upgrade each own shop, open an authorised
/// shop at each township's seat and a second in cities and county towns. Costs are the assumptions of [SiteCost].
final class SiteSynthesis {
    private static final long USUAL_MARGIN_FEN = 6_000;

    private final String brand;
    private final long seed;
    private final DivisionTree tree;
    private final List<Model> models;
    private final Map<String, Division> byCode = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// `seed` is that of the shops the sites are about.
    SiteSynthesis(Atlas atlas, String brand, long seed, DivisionTree tree) {
        this.brand = brand;
        this.seed = seed;
        this.tree = tree;
        models = atlas.models().stream().filter(one -> one.brand().equals(brand)).sorted(Comparator.comparingLong(Model::priceFen)
                .thenComparing(Model::name)).toList();
        for (Division one : tree.all()) byCode.put(one.code(), one);
        for (CandidateSite one : atlas.sites()) {
            taken.add(one.id());
            taken.add(one.shop() == null ? opens(one.division()) : one.shop());
        }
    }

    private String opens(String code) {
        Division division = byCode.get(code);
        return "open " + (division == null ? code : tree.township(division).code());
    }

    /// Sites for shops in the order of `shops`, then for townships by code; none where the atlas has one already.
    List<CandidateSite> sites(List<Shop> shops, Map<String, List<DemandPoint>> pointsByTownship) {
        var sites = new ArrayList<CandidateSite>();
        for (Shop shop : shops) {
            CandidateSite site = taken.contains(shop.id()) ? null : site(shop);
            if (site != null && taken.add(site.id())) sites.add(site);
        }
        pointsByTownship.forEach((code, points) -> open(code, points, sites));
        return sites;
    }

    private @Nullable CandidateSite site(Shop shop) {
        Division at = byCode.get(shop.division());
        if (at == null) return null;
        Tier tier = tree.township(at).tier();
        if (shop.owner() == Shop.Owner.OWN) return site(shop, CandidateSite.Action.UPGRADE, SiteCost.upgrade(shop), shop.id() + "-UP", shop.format(), 0);
        boolean authorised = shop.format() == Shop.Format.AUTHORISED_SHOP;
        boolean open = (authorised || shop.format() == Shop.Format.OWNER_RUN) && !shop.brands().contains(brand);
        return open ? site(shop, CandidateSite.Action.SIGN, SiteCost.sign(tier), shop.id() + "-SIGN", shop.format(), authorised ? 1 : 0) : null;
    }

    private CandidateSite site(Shop shop, CandidateSite.Action action, SiteCost usual, String id, Shop.Format format, int moreModels) {
        return site(id, shop.name(), shop.nameEn(), shop.division(), shop.point(), action, shop.id(), format, usual, moreModels);
    }

    private void open(String code, List<DemandPoint> points, List<CandidateSite> sites) {
        Division township = byCode.get(code);
        if (township == null || taken.contains(opens(code)) || points.stream().allMatch(one -> one.persons() == 0)) return;
        LonLat seat = township.point() == null ? points.getFirst().point() : township.point();
        sites.add(open(township, seat, 1));
        // The second stands where most people of a core live, apart from the seat.
        if (township.tier() == Tier.TOWNSHIP || points.size() < 2) return;
        DemandPoint busiest = points.stream().max(Comparator.comparing((DemandPoint one) -> UrbanClass.of(one.urbanRural()).central())
                .thenComparingLong(DemandPoint::persons).thenComparing(DemandPoint::code)).orElseThrow();
        sites.add(open(township, busiest.point(), 2));
    }

    private CandidateSite open(Division township, LonLat point, int number) {
        return site(township.code() + "-OPEN" + number, township.name() + " 新店" + number, "New shop " + number + ", "
                + ShopSynthesis.english(township), township.code(), point,
                CandidateSite.Action.OPEN, null, Shop.Format.AUTHORISED_SHOP, SiteCost.open(township.tier()), 0);
    }

    private CandidateSite site(String id, String name, String nameEn, String division, LonLat point, CandidateSite.Action action,
                               @Nullable String shop, Shop.Format format, SiteCost usual, int moreModels) {
        SiteCost cost = usual.spread(id);
        int carried = models.isEmpty() ? cost.models() + moreModels : Math.min(models.size(), cost.models() + moreModels);
        long margin = Math.round(models.stream().limit(carried).mapToLong(Model::dealerMarginFen).average().orElse(USUAL_MARGIN_FEN));
        String source = "synthetic, seed " + seed + ": " + cost.assumption() + "; dealer margin the mean of the brand's " + carried + " cheapest models";
        return new CandidateSite(id, name, nameEn, division, point, action, shop, format, cost.promoters(), true, carried, cost.fitOutFen(),
                cost.runningFenYear(), margin, cost.breakEvenUnits(margin), new Provenance(source, Kind.SYNTHETIC));
    }
}
