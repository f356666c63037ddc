package xiaxiang.core.trade;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.db.Territory;

/// What shops sold to consumers, from the database.
public final class SellOutStore {
    private SellOutStore() {}

    /// Units one shop sold in one period (2017, 2017Q1 or 2017-03).
    public record Sold(String shop, String period, long units, Kind kind) {}

    /// A brand's sell-out of these shops in the territory, by period.
    public static List<Sold> of(Handle handle, Territory territory, String brand, Collection<String> shops) {
        return handle.createQuery("SELECT o.shop, o.period, o.units, o.kind FROM sell_out o WHERE o.brand = :brand AND o.shop = ANY (:shops) AND " + Territory.insideSql("o") + " ORDER BY o.period, o.shop")
                .bindMap(territory.binds()).bind("brand", brand).bindArray("shops", String.class, List.copyOf(shops))
                .map((row, _) -> new Sold(row.getString("shop"), row.getString("period"), row.getLong("units"), Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)))).list();
    }
}
