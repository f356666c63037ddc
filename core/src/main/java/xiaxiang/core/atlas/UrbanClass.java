package xiaxiang.core.atlas;

import java.util.List;

/// The urban-rural classes (城乡分类代码), the most central first, and what each is worth by assumption.
///
/// `persons` is the weight of one village's people against one of class 220; `shops` that of phone shops per head, before it is scaled
/// to the published number of outlets. Both are assumptions: a town core holds more people than a village and draws the shoppers around it.
/// Source of the codes: NBS, urban-rural class codes (2016 edition).
enum UrbanClass {
    CITY_CORE("111", 3, 1.5),
    TOWN_CORE("121", 3, 3),
    TOWNSHIP_SEAT("210", 1.5, 2),
    CITY_FRINGE("112", 1.5, 1),
    TOWN_FRINGE("122", 1.5, 1.5),
    SPECIAL_AREA("123", 1, 1),
    VILLAGE("220", 1, .35);

    /// In the order in which classes are dealt out and villages placed: from the seat outwards.
    static final List<UrbanClass> OUTWARDS = List.of(values());

    final String code;
    final double persons;
    final double shops;

    UrbanClass(String code, double persons, double shops) {
        this.code = code;
        this.persons = persons;
        this.shops = shops;
    }

    /// The class with this code. A place whose class is not known counts as a special area: neither core nor village.
    static UrbanClass of(String code) {
        for (UrbanClass one : OUTWARDS) if (one.code.equals(code)) return one;
        return SPECIAL_AREA;
    }

    /// True for the middle of a city, town or township.
    boolean central() {
        return this == CITY_CORE || this == TOWN_CORE || this == TOWNSHIP_SEAT;
    }
}
