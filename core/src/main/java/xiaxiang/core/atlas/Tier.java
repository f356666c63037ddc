package xiaxiang.core.atlas;

/// Where people buy, by how urban it is: the tiers of a share table (GLOSSARY: tier 层级).
public enum Tier {
    CITY(0), COUNTY_TOWN(1), TOWNSHIP(2);

    private final int index;

    Tier(int index) {
        this.index = index;
    }

    /// The tier's place in arrays by tier: 0 for cities, 1 for county towns, 2 for townships.
    public int index() {
        return index;
    }
}
