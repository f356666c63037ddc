package xiaxiang.core.demand;

/// A term of demand or utility that has a coefficient; its value, spread, unit and source stand in coefficients.csv.
public enum Term {
    PHONES_PER_PERSON, INCOME_ELASTICITY, OUTSIDE_SHARE, NEST, DISTANCE, CITY_SHOP, COUNTY_TOWN_SHOP, ONLINE_COUNTY_TOWN, ONLINE_TOWNSHIP,
    RANGE, DEALER_MARGIN, PROMOTER, SIGN, BRAND_SHOP, AUTHORISED_SHOP, SHOP_IN_SHOP, CARRIER, PRICE_FIT, MEDIAN_PRICE, PRICE_SPREAD
}
