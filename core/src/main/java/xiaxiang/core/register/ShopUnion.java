package xiaxiang.core.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;

/// What two records of one shop say together: what `kept` leaves open is filled from `given`; where both say something else, `kept` holds and the field is named.
///
/// Nothing is taken from a shop that was invented or computed into one that was seen: what it says is no fact that could be lost.
final class ShopUnion {
    private final Shop kept;
    private final Shop given;
    private final List<String> contradictions = new ArrayList<>();
    private boolean taken;

    private ShopUnion(Shop kept, Shop given) {
        this.kept = kept;
        this.given = given;
    }

    /// The shop both records make, its distributor, and the columns in which they contradict each other.
    record Union(Shop shop, @Nullable String distributor, List<String> contradictions) {}

    static Union of(StoredShop kept, StoredShop given) {
        Kind kind = given.shop().provenance().kind();
        if (kind == Kind.SYNTHETIC || kind == Kind.MODELLED) return new Union(kept.shop(), kept.distributor(), List.of());
        return new ShopUnion(kept.shop(), given.shop()).union(kept.distributor(), given.distributor());
    }

    private Union union(@Nullable String keptDistributor, @Nullable String givenDistributor) {
        String distributor = either("distributor", keptDistributor, givenDistributor);
        if (kept.owner() != given.owner()) contradictions.add("owner");
        if (kept.format() != given.format()) contradictions.add("format");
        var brands = new LinkedHashSet<>(kept.brands());
        if (brands.addAll(given.brands())) taken = true;
        Map<String, Integer> units = each("units_month", kept.unitsMonth(), given.unitsMonth());
        Map<String, Long> margins = each("dealer_margin_fen", kept.dealerMarginFen(), given.dealerMarginFen());
        int promoters = Objects.requireNonNullElse(either("promoters", someOf(kept.promoters()), someOf(given.promoters())), 0);
        Long closing = kept.owner() == Shop.Owner.OWN ? either("closing_fen", kept.closingFen(), given.closingFen()) : kept.closingFen();
        long running = Objects.requireNonNullElse(either("running_fen_year", someOf(kept.runningFenYear()), someOf(given.runningFenYear())), 0L);
        double breakEven = Objects.requireNonNullElse(either("break_even_units_year", someOf(kept.breakEvenUnitsYear()), someOf(given.breakEvenUnitsYear())), 0.0);
        String nameEn = kept.nameEn().isEmpty() ? given.nameEn() : kept.nameEn();
        if (given.sign() && !kept.sign()) taken = true;
        var shop = new Shop(kept.id(), kept.name(), nameEn, kept.division(), kept.point(), kept.owner(), kept.format(), List.copyOf(brands), units, margins, promoters, kept.sign() || given.sign(), closing,
                running, breakEven, provenance());
        return new Union(shop, distributor, List.copyOf(contradictions));
    }

    /// Nothing said is 0 in these columns.
    private static <N extends Number> @Nullable N someOf(N number) {
        return number.doubleValue() == 0 ? null : number;
    }

    private <T> @Nullable T either(String column, @Nullable T mine, @Nullable T theirs) {
        if (theirs == null || theirs.equals(mine)) return mine;
        if (mine != null) {
            contradictions.add(column);
            return mine;
        }
        taken = true;
        return theirs;
    }

    private <N> Map<String, N> each(String column, Map<String, N> mine, Map<String, N> theirs) {
        var both = new HashMap<>(mine);
        boolean differ = false;
        for (Map.Entry<String, N> one : theirs.entrySet()) {
            N before = both.putIfAbsent(one.getKey(), one.getValue());
            if (before == null) taken = true;
            else if (!before.equals(one.getValue())) differ = true;
        }
        if (differ) contradictions.add(column);
        return both;
    }

    private Provenance provenance() {
        if (!taken) return kept.provenance();
        boolean seen = kept.provenance().kind() == Kind.OBSERVED && given.provenance().kind() == Kind.OBSERVED;
        boolean same = kept.provenance().source().equals(given.provenance().source());
        return new Provenance(same ? kept.provenance().source() : kept.provenance().source() + "; " + given.provenance().source(), seen ? Kind.OBSERVED : Kind.SKETCH);
    }
}
