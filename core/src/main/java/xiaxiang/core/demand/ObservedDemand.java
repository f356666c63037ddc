package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import xiaxiang.core.field.Answer;
import xiaxiang.core.trade.SellOut;
import xiaxiang.engine.choice.BrandChoiceData;

/// Answers and sell-out matched to the offers of a region, as the engine's fit takes them.
///
/// An answer that names a shop its point does not consider (too far, or too many nearer) cannot be explained and is left out; `beyondReach` counts them.
/// Rows of one shop and brand are added up, units and months.
record ObservedDemand(List<Matched> answers, List<Sold> totals, int beyondReach) {
    static final BrandChoiceData.Answers NO_ANSWERS = new BrandChoiceData.Answers(new int[0], new int[0], new double[0], new int[0]);
    static final BrandChoiceData.Totals NO_TOTALS = new BrandChoiceData.Totals(new int[0], new double[0], new double[0]);

    /// An answer, the index of its point, the entry chosen ([BrandChoiceData#NOTHING] for none), its brand (-1 for none) and the township it is grouped by.
    record Matched(Answer answer, int point, int entry, int brand, int township) {}

    /// Units of an offer of a shop over some years.
    record Sold(int offer, String shop, double units, double years) {}

    ObservedDemand {
        answers = List.copyOf(answers);
        totals = List.copyOf(totals);
    }

    static ObservedDemand of(Demand demand, Offers offers, List<Answer> answers, List<SellOut> sellOut) {
        int[] townshipOf = new int[demand.points().size()];
        List<List<Integer>> townships = demand.townships();
        for (int t = 0; t < townships.size(); t++) for (int i : townships.get(t)) townshipOf[i] = t;
        List<Matched> matched = new ArrayList<>();
        int beyond = 0;
        for (Answer a : answers) {
            int point = offers.point(a.point());
            int brand = switch (a.bought()) {
                case Answer.Bought.Nothing() -> -1;
                case Answer.Bought.Online(String b) -> offers.brand(b);
                case Answer.Bought.InShop(String b, _) -> offers.brand(b);
            };
            int entry = switch (a.bought()) {
                case Answer.Bought.Nothing() -> BrandChoiceData.NOTHING;
                case Answer.Bought.Online _ -> offers.entry(point, brand, offers.online(demand.points().get(point).tier(), brand));
                case Answer.Bought.InShop(String b, String shop) -> offers.entry(point, brand, offers.inShop(shop, b));
            };
            if (brand >= 0 && entry < 0) beyond++;
            else matched.add(new Matched(a, point, entry, brand, townshipOf[point]));
        }
        return new ObservedDemand(matched, totals(offers, sellOut), beyond);
    }

    private static List<Sold> totals(Offers offers, List<SellOut> sellOut) {
        Map<Integer, Sold> byOffer = new LinkedHashMap<>();
        for (SellOut s : sellOut)
            byOffer.merge(offers.inShop(s.shop(), s.brand()), new Sold(offers.inShop(s.shop(), s.brand()), s.shop(), s.units(), s.months() / 12.0),
                    (a, b) -> new Sold(a.offer(), a.shop(), a.units() + b.units(), a.years() + b.years()));
        return List.copyOf(byOffer.values());
    }

    /// The answers of the townships kept, for the engine.
    BrandChoiceData.Answers answers(IntPredicate keep) {
        List<Matched> kept = answers.stream().filter(m -> keep.test(m.township())).toList();
        return new BrandChoiceData.Answers(kept.stream().mapToInt(Matched::point).toArray(), kept.stream().mapToInt(Matched::entry).toArray(),
                kept.stream().mapToDouble(m -> m.answer().weight()).toArray(), kept.stream().mapToInt(Matched::township).toArray());
    }

    /// The totals kept, for the engine.
    BrandChoiceData.Totals totals(Predicate<Sold> keep) {
        List<Sold> kept = totals.stream().filter(keep).toList();
        return new BrandChoiceData.Totals(kept.stream().mapToInt(Sold::offer).toArray(), kept.stream().mapToDouble(Sold::units).toArray(), kept.stream().mapToDouble(Sold::years).toArray());
    }
}
