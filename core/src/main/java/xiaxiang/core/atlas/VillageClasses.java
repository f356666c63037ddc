package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Deals the urban-rural classes counted in a township out to its villages, whose own classes are not known: modelled, and so marked.
///
/// Order: urban communities first, then the village that bears the township's name, then by code; the classes from the seat outwards.
/// Counts of another year are scaled to the villages of today (largest remainder). Where nothing was counted, a community is fringe
/// (of the city or town, by tier), the first village of a township its seat, and the rest are villages.
final class VillageClasses {
    private VillageClasses() {}

    /// The class code of each village, by village code.
    static Map<String, String> of(NationalTables.Township township, Tier tier, List<NationalTables.Village> villages, NationalFormat format) {
        String stem = format.stem(township.name());
        List<NationalTables.Village> order = villages.stream().sorted(Comparator.comparing((NationalTables.Village one) -> !format.community(one.name()))
                .thenComparing(one -> !one.name().startsWith(stem)).thenComparing(NationalTables.Village::code)).toList();
        List<UrbanClass> dealt = township.counts().isEmpty() ? guessed(tier, order, format) : dealt(township.counts(), order.size());
        var classes = new HashMap<String, String>();
        for (int i = 0; i < order.size(); i++) classes.put(order.get(i).code(), dealt.get(i).code);
        return classes;
    }

    private static List<UrbanClass> dealt(Map<UrbanClass, Long> counts, int villages) {
        double[] weights = UrbanClass.OUTWARDS.stream().mapToDouble(one -> counts.getOrDefault(one, 0L)).toArray();
        long[] shares = PopulationShare.largestRemainder(villages, weights);
        var dealt = new ArrayList<UrbanClass>();
        for (int i = 0; i < shares.length; i++) for (long k = 0; k < shares[i]; k++) dealt.add(UrbanClass.OUTWARDS.get(i));
        return dealt;
    }

    private static List<UrbanClass> guessed(Tier tier, List<NationalTables.Village> order, NationalFormat format) {
        UrbanClass fringe = tier == Tier.CITY ? UrbanClass.CITY_FRINGE : UrbanClass.TOWN_FRINGE;
        var guessed = new ArrayList<UrbanClass>();
        for (NationalTables.Village one : order) {
            boolean seat = guessed.isEmpty() && tier == Tier.TOWNSHIP;
            guessed.add(seat ? UrbanClass.TOWNSHIP_SEAT : format.community(one.name()) ? fringe : UrbanClass.VILLAGE);
        }
        return guessed;
    }
}
