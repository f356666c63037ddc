package xiaxiang.core.atlas;

/// Where people buy, by how urban it is: the tiers of a share table (GLOSSARY: tier 层级).
public enum Tier { CITY, COUNTY_TOWN, TOWNSHIP }
