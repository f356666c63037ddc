package xiaxiang.core.atlas;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many phone shops there are a person, and which part of them carries each brand, from the public outlet counts of an atlas.
///
/// Shops a person = outlets of the brand with most of them / part of all shops that carry it / people of the same place:
/// 240,000 / .70 / 1.41 bn = .24 a thousand people (China 2016). A brand with an outlet count is carried in proportion to it; one
/// without, in proportion to the units it sells offline (mean public share x (1 - online share)), never more than the first brand. The
/// brand that plans is carried only as far as its own outlet count says: it is about to start.
record ShopRates(double shopsPerPerson, Map<String, Double> carried) {
    /// Measures of `channels.csv` that are read here.
    static final String OUTLETS = "offline outlets";
    static final String CARRYING = "share of phone shops carrying the brand";
    static final String POPULATION = "population";

    /// Assumption: the leading offline brand stands in seven of ten phone shops.
    private static final double LEADER_CARRIED = .70;
    /// What the rule gives for China in 2016 with 1.38 bn people: used where an atlas has no outlet counts.
    private static final double USUAL_SHOPS_PER_PERSON = 240_000 / LEADER_CARRIED / 1.38e9;

    ShopRates {
        carried = Map.copyOf(carried);
    }

    static ShopRates of(Atlas atlas, String brand) {
        var outlets = new HashMap<String, ChannelFact>();
        for (ChannelFact fact : atlas.channels()) {
            if (fact.measure().equals(OUTLETS) && !fact.brand().isBlank() && fact.value() > 0) outlets.merge(fact.brand(), fact, ShopRates::latest);
        }
        ChannelFact leader = outlets.values().stream().max(Comparator.comparingDouble(ChannelFact::value).thenComparing(ChannelFact::brand)).orElse(null);
        Double part = leader == null ? null : value(atlas, CARRYING, leader.brand(), leader.place());
        double leading = part == null ? LEADER_CARRIED : part / 100;
        Double people = leader == null ? null : value(atlas, POPULATION, "", leader.place());
        double perPerson = leader == null || people == null ? USUAL_SHOPS_PER_PERSON : leader.value() / leading / people;
        return new ShopRates(perPerson, carried(atlas, brand, outlets, leader, leading));
    }

    private static ChannelFact latest(ChannelFact a, ChannelFact b) {
        return a.period().compareTo(b.period()) >= 0 ? a : b;
    }

    private static @Nullable Double value(Atlas atlas, String measure, String brand, String place) {
        return atlas.channels().stream().filter(one -> one.measure().equals(measure) && one.brand().equals(brand) && one.place()
                .equals(place) && one.value() > 0)
                .max(Comparator.comparing(ChannelFact::period)).map(ChannelFact::value).orElse(null);
    }

    private static Map<String, Double> carried(Atlas atlas, String brand, Map<String, ChannelFact> outlets, @Nullable ChannelFact leader, double leading) {
        List<Brand> brands = atlas.brands().stream().sorted(Comparator.comparing(Brand::id)).toList();
        var offline = new HashMap<String, Double>();
        for (Brand one : brands) offline.put(one.id(), meanShare(atlas.market(), one.id(), leader) * (1 - one.onlineShare()));
        var carried = new HashMap<String, Double>();
        double counted = 0;
        double units = 0;
        for (Brand one : brands) {
            ChannelFact count = outlets.get(one.id());
            if (count == null || leader == null) continue;
            carried.put(one.id(), leading * count.value() / leader.value());
            counted += leading * count.value() / leader.value();
            units += offline.getOrDefault(one.id(), 0.0);
        }
        double most = offline.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double perUnit = units > 0 ? counted / units : most > 0 ? leading / most : 0;
        for (Brand one : brands) carried.putIfAbsent(one.id(), Math.min(leading, perUnit * offline.getOrDefault(one.id(), 0.0)));
        if (!outlets.containsKey(brand)) carried.put(brand, 0.0);
        return carried;
    }

    /// The brand's public share (percent), the mean over the rows of the place the outlets were counted in; a point if there is none.
    private static double meanShare(List<MarketFact> market, String brand, @Nullable ChannelFact leader) {
        // Sorted, so that the sum does not depend on the order of the rows.
        return market.stream().filter(one -> one.brand().equals(brand) && (leader == null || one.place().equals(leader.place())))
                .flatMap(one -> Stream.ofNullable(one.sharePct())).sorted().mapToDouble(Double::doubleValue).average().orElse(1);
    }

    double carried(String brand) {
        return carried.getOrDefault(brand, 0.0);
    }
}
