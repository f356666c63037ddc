package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// Small atlases for tests: counties, townships and villages drawn from a seed.
final class Trees {
    static final Provenance SEEN = new Provenance("test", Kind.OBSERVED);
    static final Provenance MODELLED = new Provenance("test", Kind.MODELLED);
    static final List<String> LEVELS = List.of("county", "township", "village");
    static final List<Brand> BRANDS = List.of(brand("Ours", .7, false), brand("Big", .1, false), brand("Second", .1, false), brand("Rest", .2, true));
    private static final String[] CLASSES = {"121", "122", "210", "220", "220", "220", ""};

    private Trees() {}

    private static Brand brand(String id, double online, boolean rest) {
        return new Brand(id, id, id, "#000000", online, rest, SEEN);
    }

    static Division division(String code, String level, @Nullable String parent, Tier tier, String urbanRural, @Nullable LonLat point) {
        return new Division(code, "地" + code, "", level, parent, tier, urbanRural, point, point == null ? Kind.MODELLED
                : Kind.OBSERVED, null, null, List.of(), SEEN);
    }

    static People people(String code, long persons, Provenance provenance) {
        return new People(code, 2020, persons, 1, provenance);
    }

    static Atlas atlas(List<Division> divisions, List<People> people) {
        var outlets = new ChannelFact("2016-06", "CN", "Big", ShopRates.OUTLETS, 240_000, "outlets", "", SEEN);
        var population = new ChannelFact("2016", "CN", "", ShopRates.POPULATION, 1.38e9, "persons", "", SEEN);
        return new Atlas(LEVELS, divisions, people, BRANDS, List.of(), List.of(), List.of(), List.of(outlets, population), List.of(), null);
    }

    /// 1 to 4 counties with observed people, 0 to 6 townships each (figures for most), 0 to 20 villages each (figures for few).
    static Atlas random(long seed) {
        var random = new SplittableRandom(seed);
        var divisions = new ArrayList<Division>();
        var people = new ArrayList<People>();
        int counties = 1 + random.nextInt(4);
        for (int c = 0; c < counties; c++) {
            String county = "10" + c;
            long persons = random.nextLong(2_000_000);
            divisions.add(division(county, "county", null, Tier.COUNTY_TOWN, "", new LonLat(112 + c, 34)));
            people.add(people(county, persons, SEEN));
            int townships = random.nextInt(7);
            for (int t = 0; t < townships; t++) township(county, t, persons, random, divisions, people);
        }
        return atlas(divisions, people);
    }

    private static void township(String county, int t, long above, SplittableRandom random, List<Division> divisions, List<People> people) {
        String code = county + "00" + t;
        var seat = new LonLat(112 + random.nextDouble(4), 34 + random.nextDouble());
        divisions.add(division(code, "township", county, t == 0 ? Tier.COUNTY_TOWN : Tier.TOWNSHIP, "", seat));
        if (random.nextDouble() < .8) people.add(people(code, random.nextLong(above / 8 + 1), random.nextDouble() < .3 ? SEEN : MODELLED));
        int villages = random.nextInt(21);
        for (int v = 0; v < villages; v++) {
            String village = code + (200 + v);
            divisions.add(division(village, "village", code, t == 0 ? Tier.COUNTY_TOWN : Tier.TOWNSHIP, CLASSES[random.nextInt(CLASSES.length)], null));
            if (random.nextDouble() < .1) people.add(people(village, random.nextLong(3_000), SEEN));
        }
    }

    /// The same facts with the rows of every table in another order.
    static Atlas shuffled(Atlas atlas, long seed) {
        return new Atlas(atlas.levels(), shuffled(atlas.divisions(), seed), shuffled(atlas.people(), seed + 1), shuffled(atlas.brands(), seed
                + 2), shuffled(atlas.models(), seed + 3),
                shuffled(atlas.shops(), seed + 4), shuffled(atlas.sites(), seed + 5), shuffled(atlas.channels(), seed
                        + 6), shuffled(atlas.market(), seed + 7), atlas.boundaries());
    }

    private static <T> List<T> shuffled(List<T> rows, long seed) {
        var list = new ArrayList<>(rows);
        Collections.shuffle(list, new Random(seed));
        return list;
    }
}
