package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xiaxiang.core.door.Problems;

/// The real national atlas, where it lies beside the project.
class NationalAtlasTest {
    @Test
    void henanHasItsTownshipsVillagesAndPeople() {
        Atlas henan = SharedAtlas.region("41");
        assertThat(henan.levels()).containsExactly("province", "prefecture", "county", "township", "village");
        assertThat(count(henan, "township")).isEqualTo(2_586);
        assertThat(count(henan, "village")).isEqualTo(52_378);
        assertThat(henan.divisions().stream().map(Division::code)).doesNotHaveDuplicates();
        assertThat(henan.divisions().getFirst().name()).isEqualTo("河南省");
        assertThat(henan.divisions().getFirst().provenance().source()).contains("2,586 townships", "observed for 1,902", "middle of the county for 9",
                "2 counties (410307, 410308)", "0 census units stand alone");
        long people = DemandPoints.of(henan).stream().mapToLong(DemandPoint::persons).sum();
        assertThat(people).as("the census of Henan").isEqualTo(99_365_519);
        assertThat(counties(henan)).isEqualTo(people);
    }

    @Test
    void districtsThatChangedTheirCodeTakeThePeopleOfTheirOldUnit() {
        Map<String, People> henan = people(SharedAtlas.region("41"));
        assertThat(henan.get("410307")).extracting(People::persons).as("偃师区 was 偃师市").isEqualTo(545_632L);
        assertThat(henan.get("410308")).extracting(People::persons).as("孟津区 was 孟津县 and 吉利区").isEqualTo(416_845L + 69_142L);
        assertThat(henan.get("410308")).extracting(one -> one.provenance().kind()).isEqualTo(Kind.MODELLED);
        assertThat(henan.get("410329")).extracting(one -> one.provenance().kind()).isEqualTo(Kind.OBSERVED);
    }

    @Test
    void zhejiangLosesNobody() {
        Atlas zhejiang = SharedAtlas.region("33");
        assertThat(count(zhejiang, "township")).isEqualTo(1_387);
        assertThat(DemandPoints.of(zhejiang).stream().mapToLong(DemandPoint::persons).sum()).isEqualTo(64_567_588);
        assertThat(people(zhejiang).get("330113")).matches(one -> one != null && one.persons() > 500_000,
                "临平区 has its part of two districts that are gone");
        assertThat(zhejiang.divisions()).filteredOn(one -> one.code().equals("330371")).as("a unit of the census without townships").hasSize(1);
    }

    @Test
    void everyCountyKeepsItsCensusAndSoDoItsTownships() {
        Atlas henan = SharedAtlas.region("41");
        Map<String, Long> points = DemandPoints.of(henan).stream().collect(Collectors.groupingBy(one -> one.code()
                .substring(0, 6), Collectors.summingLong(DemandPoint::persons)));
        Map<String, Long> townships = DemandPoints.of(henan).stream().collect(Collectors.groupingBy(DemandPoint::township,
                Collectors.summingLong(DemandPoint::persons)));
        for (People one : henan.people()) {
            if (one.code().length() == 6) assertThat(points.getOrDefault(one.code(), 0L)).as(one.code()).isEqualTo(one.persons());
            if (one.code().length() == 9) assertThat(townships.getOrDefault(one.code(), 0L)).as(one.code()).isEqualTo(one.persons());
        }
    }

    @Test
    void oneCountyReadsAsItStandsInTheDemo() {
        Atlas county = SharedAtlas.region("410329");
        assertThat(county.levels()).containsExactly("county", "township", "village");
        assertThat(count(county, "township")).isEqualTo(15);
        assertThat(count(county, "village")).isEqualTo(367);
        assertThat(county.divisions().getFirst()).matches(one -> one.parent() == null && one.tier() == Tier.COUNTY_TOWN && one.name().equals("伊川县"));
        assertThat(county.divisions().stream().filter(one -> one.code().length() == 9 && one.tier() == Tier.COUNTY_TOWN).map(Division::name))
                .containsExactly("城关街道", "河滨街道");
        assertThat(county.divisions().stream().filter(one -> one.code().length() == 9 && one.pointKind() == Kind.SKETCH)).hasSize(4);
        assertThat(people(county).get("410329")).matches(one -> one != null && one.persons() == 792_841 && one.incomeIndex() == .821);
    }

    @Test
    void aCountyWithoutSubdistrictsHasItsSeatAsTown() {
        assertThat(SharedAtlas.region("41").divisions().stream().filter(one -> one.code().startsWith("410325") && one.level()
                .equals("township") && one.tier() == Tier.COUNTY_TOWN).map(Division::name)).containsExactly("城关镇");
    }

    @Test
    void aRegionThatIsNotThereIsAProblem() {
        var problems = new Problems();
        Atlas nowhere = NationalAtlas.read(SharedAtlas.folder(), "99", problems);
        assertThat(nowhere.divisions()).isEmpty();
        assertThat(problems.text(Locale.ENGLISH)).contains("99").contains("41");
    }

    @Test
    void henanHasAbout25000ShopsAndYichuan200() {
        Atlas henan = ShopSynthesis.add(DemoFacts.at(SharedAtlas.region("41")), "Xiaomi", 7);
        assertThat(henan.shops()).hasSizeBetween(23_000, 27_000);
        assertThat(henan.shops()).allMatch(one -> one.provenance().kind() == Kind.SYNTHETIC);
        assertThat(carried(henan, "OPPO")).isBetween(.66, .74);
        assertThat(carried(henan, "vivo")).isBetween(.31, .40);
        // Every carrier shop sells it: 7% of shops in townships, 10% in towns.
        assertThat(carried(henan, "Xiaomi")).isBetween(.07, .10);
        assertThat(ShopSynthesis.add(DemoFacts.at(SharedAtlas.region("410329")), "Xiaomi", 7).shops()).hasSizeBetween(180, 220);
    }

    private static double carried(Atlas atlas, String brand) {
        return (double) atlas.shops().stream().filter(one -> one.brands().contains(brand)).count() / atlas.shops().size();
    }

    private static long count(Atlas atlas, String level) {
        return atlas.divisions().stream().filter(one -> one.level().equals(level)).count();
    }

    private static long counties(Atlas atlas) {
        return atlas.people().stream().filter(one -> one.code().length() == 6).mapToLong(People::persons).sum();
    }

    private static Map<String, People> people(Atlas atlas) {
        var people = new HashMap<String, People>();
        for (People one : List.copyOf(atlas.people())) people.put(one.code(), one);
        return people;
    }
}
