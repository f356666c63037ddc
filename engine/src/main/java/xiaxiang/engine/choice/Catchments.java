package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Who can buy where: for each origin its purchasing power, and the shops it chooses among. Immutable.
///
/// A pair is an origin and a shop it may choose; pairs stand origin by origin. Arrays are kept, not copied: do not change them.
public final class Catchments {
    final int shops;
    final int groups;
    final int[] start;
    final int[] shop;
    final double[] power;
    final int[] group;
    final boolean outside;

    /// `power[origin]` >= 0 is what its people could spend, in the unit of the totals; its pairs are `start[origin]` to `start[origin + 1]`, of shops
    /// `shop[pair]`; `group[origin]` counts from 0 and says whose totals it
    /// belongs to where totals are known by shop and group of origins; `outside`: buying nothing is one of the choices, worth utility 0. Throws
    /// IllegalArgumentException with the entry at fault.
    public Catchments(double[] power, int[] start, int[] shop, int shops, int[] group, boolean outside) {
        if (start.length != power.length + 1 || group.length != power.length || start[0] != 0 || start[power.length] != shop.length)
            throw new IllegalArgumentException("Expected starts and groups of " + power.length + " origins and " + shop.length + " pairs, got " + start.length
                    + " and " + group.length + ".");
        for (int i = 0; i < power.length; i++) {
            if (!(power[i] >= 0 && power[i] < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("The purchasing power (" + power[i] + ") of origin " + i + " must be at least 0.");
            if (start[i] > start[i + 1] || group[i] < 0)
                throw new IllegalArgumentException("Origin " + i + " has pairs " + start[i] + " to " + start[i + 1] + " and group " + group[i] + ".");
        }
        for (int j : shop) if (j < 0 || j >= shops) throw new IllegalArgumentException("A pair names shop " + j + " of " + shops + ".");
        this.power = power;
        this.start = start;
        this.shop = shop;
        this.shops = shops;
        this.group = group;
        this.outside = outside;
        groups = 1 + Arrays.stream(group).max().orElse(0);
    }

    /// Every origin chooses among all shops, one group, and buys for all its power: pairs are origins x shops, row-major.
    public static Catchments full(double[] power, int shops) {
        return new Catchments(power, IntStream.rangeClosed(0, power.length).map(i -> i * shops).toArray(), IntStream.range(0,
                power.length * shops).map(p -> p % shops).toArray(), shops, new int[power.length], false);
    }

    /// The same with totals by shop and group of origins.
    public Catchments grouped(int[] newGroup) {
        return new Catchments(power, start, shop, shops, newGroup, outside);
    }

    /// The same where buying nothing is a choice, or is not.
    public Catchments withOutside(boolean newOutside) {
        return new Catchments(power, start, shop, shops, group, newOutside);
    }

    /// The number of totals: groups x shops.
    public int cells() {
        return groups * shops;
    }

    int origins() {
        return power.length;
    }
}
