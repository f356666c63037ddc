package xiaxiang.core.atlas;

import xiaxiang.engine.geo.LonLat;

/// A demand point (需求点): people at a place. `township` is the code of the division above that sites and reports are grouped by.
public record DemandPoint(String code, String name, String township, Tier tier, String urbanRural, LonLat point, Kind pointKind, long persons, Kind personsKind, double incomeIndex) {}
