package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.geo.LonLat;

/// Reads the places and people of a region straight from a national atlas.
///
/// County totals are those of the census, to the person ([CensusCrosswalk] for codes that changed since); townships share them by their
/// modelled figures, else by kind and number of villages. Income index of a county: (1 + (r - 1) x urban share) / the same of the
/// country's mean x school years / mean school years, with r the urban income ratio (assumption); in cities and county towns it is
/// `townIncomeRatio` times that of the other townships (assumption), scaled so that the county keeps its mean.
///
/// Tier: a subdistrict is CITY in a district, or where most villages are of a city's class; else COUNTY_TOWN. A county without
/// subdistricts has as its town the township whose code ends like a seat's, else that with most core villages. All else is TOWNSHIP.
/// The topmost divisions say in their source how many points and figures below are worth what.
public final class NationalAtlas {
    private final NationalFormat format;
    private final String region;
    private final NationalTables tables;
    private final Map<String, List<NationalTables.Township>> byCounty = new TreeMap<>();
    private final Map<String, List<NationalTables.Village>> byTownship = new HashMap<>();
    private final CensusCrosswalk crosswalk;
    private final Map<String, Tier> tiers = new HashMap<>();
    private final Map<String, LonLat> middles = new HashMap<>();
    private final List<Division> divisions = new ArrayList<>();
    private final List<People> people = new ArrayList<>();

    private NationalAtlas(NationalFormat format, String region, NationalTables tables) {
        this.format = format;
        this.region = region;
        this.tables = tables;
        tables.townships.sort(Comparator.comparing(NationalTables.Township::code));
        tables.villages.sort(Comparator.comparing(NationalTables.Village::code));
        int digits = format.townshipLevel().digits();
        for (NationalTables.Village one : tables.villages) byTownship.computeIfAbsent(one.code().substring(0, digits), _ -> new ArrayList<>()).add(one);
        for (NationalTables.Township one : tables.townships) byCounty.computeIfAbsent(format.county(one.code()), _ -> new ArrayList<>()).add(one);
        var counties = new ArrayList<CensusCrosswalk.County>();
        byCounty.forEach((code, townships) -> counties.add(new CensusCrosswalk.County(code, townships.getFirst().above().getLast(),
                townships.stream().map(NationalTables.Township::name).toList(), townships.stream().mapToInt(one -> villages(one).size()).sum())));
        crosswalk = new CensusCrosswalk(counties, tables.counted, format);
    }

    /// The places and people of China whose codes begin with `regionPrefix` ("41" Henan, "410329" one county, "" all), from the files of
    /// [NationalFormat#CHINA].
    /// Without brands, models, shops, channels and market. What is wrong with the files is added to `problems`; then the atlas holds what is right.
    /// Cost: one pass over all villages of the country; Henan (2,586 townships, 52,378 villages) in under 3 s.
    public static Atlas read(Path atlasDir, String regionPrefix, Problems problems) {
        return read(atlasDir, regionPrefix, NationalFormat.CHINA, problems);
    }

    /// The same for a country of another format.
    public static Atlas read(Path atlasDir, String regionPrefix, NationalFormat format, Problems problems) {
        NationalTables tables = NationalTables.read(atlasDir, format, format.prefecture(regionPrefix), regionPrefix, problems);
        return new NationalAtlas(format, regionPrefix, tables).atlas();
    }

    private Atlas atlas() {
        byCounty.forEach(this::tiers);
        higherDivisions();
        for (Map.Entry<String, List<NationalTables.Township>> one : byCounty.entrySet()) townshipPeople(one.getKey(), one.getValue());
        for (NationalTables.Township one : tables.townships) if (inRegion(one.code())) divisions.add(division(one));
        for (NationalTables.Township one : tables.townships) if (inRegion(one.code())) villageDivisions(one);
        for (NationalTables.Counted one : crosswalk.alone) if (inRegion(one.code())) standAlone(one);
        divisions.sort(Comparator.comparingInt((Division one) -> one.code().length()).thenComparing(Division::code));
        people.sort(Comparator.comparingInt((People one) -> one.code().length()).thenComparing(People::code));
        List<String> levels = format.levels().stream().filter(one -> one.digits() >= region.length()).map(NationalFormat.Level::name).toList();
        List<Division> reported = divisions.stream().map(one -> one.parent() == null ? withReport(one) : one).toList();
        return new Atlas(levels, reported, people, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    private boolean inRegion(String code) {
        return code.startsWith(region);
    }

    private @Nullable String parent(String code, int level) {
        if (level == 0) return null;
        String parent = code.substring(0, format.levels().get(level - 1).digits());
        return inRegion(parent) ? parent : null;
    }

    private List<NationalTables.Village> villages(NationalTables.Township township) {
        return byTownship.getOrDefault(township.code(), List.of());
    }

    private void tiers(String county, List<NationalTables.Township> townships) {
        boolean district = format.district().matcher(county).matches();
        boolean subdistricts = townships.stream().anyMatch(one -> one.kind().equals(format.subdistrict()));
        NationalTables.Township seat = townships.stream().max(Comparator.comparing((NationalTables.Township one) -> one.code().endsWith(format.seat()))
                .thenComparingLong(one -> count(one, UrbanClass.CITY_CORE) + count(one, UrbanClass.TOWN_CORE))
                .thenComparing(Comparator.comparing(NationalTables.Township::code).reversed())).orElseThrow();
        for (NationalTables.Township one : townships) {
            long counted = one.counts().values().stream().mapToLong(Long::longValue).sum();
            boolean city = 2 * (count(one, UrbanClass.CITY_CORE) + count(one, UrbanClass.CITY_FRINGE)) > counted;
            boolean urban = one.kind().equals(format.subdistrict());
            boolean town = urban || (!subdistricts && !district && one.equals(seat));
            tiers.put(one.code(), (urban && district) || (district && city) ? Tier.CITY : town ? Tier.COUNTY_TOWN : Tier.TOWNSHIP);
        }
    }

    private static long count(NationalTables.Township township, UrbanClass of) {
        return township.counts().getOrDefault(of, 0L);
    }

    private Tier tier(String township) {
        return tiers.getOrDefault(township, Tier.TOWNSHIP);
    }

    /// Counties with their people, and the levels above them.
    private void higherDivisions() {
        var census = new HashMap<String, NationalTables.Counted>();
        for (NationalTables.Counted one : tables.counted) census.put(one.code(), one);
        var seen = new HashSet<String>();
        for (NationalTables.Township one : tables.townships) {
            for (int level = 0; level < format.levels().size() - 2; level++) {
                String code = one.code().substring(0, format.levels().get(level).digits());
                if (!seen.add(code)) continue;
                boolean county = level == format.levels().size() - 3;
                LonLat middle = county ? middle(code, census.get(code)) : null;
                if (middle != null) middles.put(code, middle);
                if (!inRegion(code)) continue;
                Tier tier = county && !format.district().matcher(code).matches() ? Tier.COUNTY_TOWN : Tier.CITY;
                String name = format.levels().get(level).name();
                divisions.add(new Division(code, one.above().get(level), "", name, parent(code, level), tier, "", middle, Kind.MODELLED, null, null, List.of(),
                        new Provenance(format.townships().source() + (middle == null ? "" : "; point: inside the county, computed"), Kind.OBSERVED)));
                if (county) people.add(countyPeople(code));
            }
        }
    }

    private @Nullable LonLat middle(String county, NationalTables.@Nullable Counted unit) {
        if (unit != null && unit.point() != null) return unit.point();
        List<LonLat> points = byCounty.getOrDefault(county, List.of()).stream().map(NationalTables.Township::point).filter(one -> one != null).toList();
        return points.isEmpty() ? null : VillagePoints.middle(points);
    }

    private People countyPeople(String code) {
        CensusCrosswalk.Share share = crosswalk.share(code);
        String source = format.census().source();
        if (!share.exact()) source += share.units().isEmpty() ? ": no unit of this code; its people are counted in the counties it was cut from"
                : ", by crosswalk from " + String.join(", ", share.units());
        return new People(code, format.census().year(), share.persons(), rounded(countyIncome(share)),
                new Provenance(source + "; income index by rule: urban share and school years (sketch)",
                share.exact() ? Kind.OBSERVED : Kind.MODELLED));
    }

    private double countyIncome(CensusCrosswalk.Share share) {
        double more = format.urbanIncomeRatio() - 1;
        return (1 + more * share.urbanShare()) / (1 + more * format.meanUrbanShare()) * share.schoolYears() / format.meanSchoolYears();
    }

    /// To three decimals; never 0.
    private static double rounded(double index) {
        return Math.max(.05, Math.round(index * 1_000) / 1_000.0);
    }

    private void townshipPeople(String county, List<NationalTables.Township> townships) {
        CensusCrosswalk.Share share = crosswalk.share(county);
        boolean modelled = townships.stream().allMatch(one -> one.persons() != null) && townships.stream().anyMatch(one -> figure(one) > 0);
        double[] weights = townships.stream().mapToDouble(one -> modelled ? figure(one) : weight(one)).toArray();
        long[] persons = PopulationShare.largestRemainder(share.persons(), weights);
        double sum = 0;
        for (int i = 0; i < persons.length; i++) sum += persons[i] * income(townships.get(i));
        double mean = share.persons() == 0 ? 1 : sum / share.persons();
        double usual = countyIncome(share) / mean;
        String by = modelled ? "the modelled figures of its townships" : "kind and number of villages";
        var provenance = new Provenance(format.census().source() + ", county shared out by " + by
                + ", largest remainder; income index by tier (sketch)", Kind.MODELLED);
        for (int i = 0; i < persons.length; i++) {
            NationalTables.Township one = townships.get(i);
            if (inRegion(one.code())) people.add(new People(one.code(), format.census().year(), persons[i], rounded(usual * income(one)), provenance));
        }
    }

    private static double figure(NationalTables.Township township) {
        Long persons = township.persons();
        return persons == null ? 0 : persons;
    }

    /// Assumption, fitted by eye to counties with figures: five villages' worth for the seat itself, and 2.25 times as many a village in a subdistrict.
    private double weight(NationalTables.Township township) {
        return (5 + villages(township).size()) * (township.kind().equals(format.subdistrict()) ? 2.25 : 1);
    }

    private double income(NationalTables.Township township) {
        return tier(township.code()) == Tier.TOWNSHIP ? 1 : format.townIncomeRatio();
    }

    private Division division(NationalTables.Township one) {
        LonLat point = one.point();
        LonLat at = point == null ? middles.get(format.county(one.code())) : point;
        Kind kind = point == null ? Kind.MODELLED : one.pointKind();
        String worth = kind == Kind.OBSERVED ? format.townships().pointSource() : "point: " + kind.name().toLowerCase(Locale.ROOT);
        String where = point == null ? "point: the middle of its county" : worth;
        String parent = parent(one.code(), format.levels().size() - 2);
        return new Division(one.code(), one.name(), "", format.townshipLevel().name(), parent, tier(one.code()), "", at, kind, null, null, List.of(),
                new Provenance(format.townships().source() + "; " + where, Kind.OBSERVED));
    }

    private void villageDivisions(NationalTables.Township township) {
        List<NationalTables.Village> villages = villages(township);
        Tier tier = tier(township.code());
        Map<String, String> classes = VillageClasses.of(township, tier, villages, format);
        String parent = inRegion(township.code()) ? township.code() : null;
        var provenance = new Provenance(format.townships().source() + " (code and name); class dealt out from the counts of its township", Kind.MODELLED);
        for (NationalTables.Village one : villages) {
            if (!inRegion(one.code())) continue;
            String urbanRural = classes.getOrDefault(one.code(), "");
            divisions.add(new Division(one.code(), one.name(), "", format.villageLevel().name(), parent, tier, urbanRural, null, Kind.MODELLED, null, null,
                    List.of(), provenance));
        }
    }

    /// A census unit no county of today took: a county without townships.
    private void standAlone(NationalTables.Counted unit) {
        var source = new Provenance(format.census().source() + ": a unit of its own in the census, without townships in the list of codes", Kind.OBSERVED);
        Tier tier = format.district().matcher(unit.code()).matches() ? Tier.CITY : Tier.COUNTY_TOWN;
        String above = parent(unit.code(), format.levels().size() - 3);
        String parent = divisions.stream().anyMatch(one -> one.code().equals(above)) ? above : null;
        divisions.add(new Division(unit.code(), unit.name(), "", format.countyLevel().name(), parent, tier, "", unit.point(), Kind.MODELLED, null, null,
                List.of(), source));
        var share = new CensusCrosswalk.Share(unit.persons(), unit.urbanShare(), unit.schoolYears(), List.of(), true);
        people.add(new People(unit.code(), format.census().year(), unit.persons(), rounded(countyIncome(share)), source));
    }

    private Division withReport(Division top) {
        List<NationalTables.Township> below = tables.townships.stream().filter(one -> one.code().startsWith(top.code()) && inRegion(one.code())).toList();
        long none = below.stream().filter(one -> one.point() == null).count();
        var text = new StringBuilder(top.provenance().source()).append(String.format(Locale.ROOT, "; of %,d townships the point is", below.size()));
        for (Kind kind : Kind.values()) {
            long count = below.stream().filter(one -> one.point() != null && one.pointKind() == kind).count();
            if (count > 0) text.append(String.format(Locale.ROOT, " %s for %,d,", kind.name().toLowerCase(Locale.ROOT), count));
        }
        text.append(String.format(Locale.ROOT, " the middle of the county for %,d", none));
        List<String> moved = byCounty.keySet().stream().filter(one -> one.startsWith(top.code()) && inRegion(one) && !crosswalk.share(one).exact())
                .toList();
        long alone = crosswalk.alone.stream().filter(one -> one.code().startsWith(top.code())).count();
        text.append("; people by crosswalk from changed codes in ").append(moved.size()).append(" counties")
                .append(moved.isEmpty() ? "" : " (" + String.join(", ", moved) + ")");
        text.append("; ").append(alone).append(" census units stand alone");
        return new Division(top.code(), top.name(), top.nameEn(), top.level(), null, top.tier(), top.urbanRural(), top.point(), top.pointKind(),
                top.validFrom(), top.validTo(), top.successors(),
                new Provenance(text.toString(), top.provenance().kind()));
    }
}
