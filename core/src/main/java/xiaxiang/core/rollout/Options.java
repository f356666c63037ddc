package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.demand.Demand;

/// Everything the plan may do: candidates to open and sign, and for own shops keep, upgrade or close. The order is that of the files.
final class Options {
    final List<Option> list = new ArrayList<>();
    /// The own shops that may be closed, by group.
    final List<Shop> closable = new ArrayList<>();
    private final Demand demand;
    private final String brand;
    private final double models;
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private final Map<String, Shop> shops = new HashMap<>();
    private final Map<String, Integer> byId = new HashMap<>();

    Options(Atlas atlas, Demand demand, Scenario scenario) {
        this.demand = demand;
        brand = scenario.demand().brand();
        models = Math.max(1, atlas.models().stream().filter(m -> m.brand().equals(brand)).count());
        for (Shop s : atlas.shops()) {
            shops.put(s.id(), s);
            if (closable(s)) addKeep(s);
        }
        for (CandidateSite site : atlas.sites()) add(site);
        for (int j = 0; j < list.size(); j++) byId.put(list.get(j).id(), j);
    }

    /// An own shop with a closing cost may be closed; all else of ours stays.
    static boolean closable(Shop s) {
        return s.owner() == Shop.Owner.OWN && s.closingFen() != null;
    }

    private void addKeep(Shop s) {
        int group = closable.size();
        groups.put(s.id(), group);
        closable.add(s);
        list.add(new Option(s.id() + "-KEEP", s.name(), s.nameEn(), Option.Action.KEEP, s.division(), demand.tierOf(s.division()), s.point(), s.format(),
                demand.attraction(s), 0, s.runningFenYear(), s.dealerMarginFen().getOrDefault(brand, 0L), s.breakEvenUnitsYear(), s, group, s.provenance().kind()));
    }

    private void add(CandidateSite site) {
        Shop shop = site.shop() == null ? null : shops.get(site.shop());
        double attraction = demand.attraction(demand.tierOf(site.division()), site.format(), Math.min(1, site.modelsCarried() / models), site.dealerMarginFen(), site.promoters(), site.sign());
        int group = groups.getOrDefault(site.shop() == null ? "" : site.shop(), -1);
        Option.Action action = switch (site.action()) {
            case OPEN -> Option.Action.OPEN;
            case SIGN -> Option.Action.SIGN;
            case UPGRADE -> Option.Action.UPGRADE;
        };
        if (action == Option.Action.UPGRADE && group < 0 && shop != null) attraction -= demand.attraction(shop);
        if (attraction <= 0) return;
        list.add(new Option(site.id(), site.name(), site.nameEn(), action, site.division(), demand.tierOf(site.division()), site.point(), site.format(), attraction,
                site.fitOutFen(), site.runningFenYear(), site.dealerMarginFen(), site.breakEvenUnitsYear(), shop, group, site.provenance().kind()));
    }

    /// The index of an option by its id, or null. The id of an own shop stands for keeping it.
    @Nullable Integer indexOf(String id) {
        Integer j = byId.get(id);
        return j == null ? byId.get(id + "-KEEP") : j;
    }

    boolean knows(String id) {
        return indexOf(id) != null;
    }

    /// The option that keeps the own shop of a group.
    int keep(int group) {
        Integer j = byId.get(closable.get(group).id() + "-KEEP");
        if (j == null) throw new IllegalStateException("Group " + group + " has no shop to keep.");
        return j;
    }

    int size() {
        return list.size();
    }

    Option get(int j) {
        return list.get(j);
    }
}
