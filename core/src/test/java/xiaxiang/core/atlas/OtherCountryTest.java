package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.geo.LonLat;

/// A country that never was, in a format of its own: regency (3 digits), district (5), hamlet (8) under one province digit.
class OtherCountryTest {
    private static final NationalFormat FORMAT = new NationalFormat(
            List.of(new NationalFormat.Level("state", 1), new NationalFormat.Level("regency", 3), new NationalFormat.Level("district", 5),
                    new NationalFormat.Level("hamlet", 8)),
            new NationalFormat.TownshipColumns("districts", "id", "label", "type", List.of("state", "regency"), "x", "y", "how", "people",
                    Map.of("121", "core", "220", "rural"), "gazette", "survey"),
            new NationalFormat.VillageColumns("hamlets", "id", "label"),
            new NationalFormat.CensusColumns("census", "id", "label", "people", "urban", "school", "x", "y", 2010, "census 2010"),
            Map.of("gps", Kind.OBSERVED), "ward", Pattern.compile("\\d9\\d"), "00", List.of("Ward"), List.of(" City", " District"), .5, 8, 2, 1.5);
    private static final String DISTRICTS = """
            id,label,type,state,regency,x,y,how,people,core,rural
            10101,Alpha District,town,North,First,100.0,10.0,gps,300,1,3
            10102,Beta District,town,North,First,100.1,10.0,gps,100,,
            10201,Gamma District,ward,North,Second City,100.2,10.0,,,,
            10301,Delta District,town,North,Third,,,,,,
            """;
    private static final String HAMLETS = """
            id,label
            10101001,Upper
            10101002,Alpha
            10101003,Lower
            10101004,Ward One
            10102001,Only
            10201001,Ward Two
            """;
    private static final String CENSUS = """
            id,label,people,urban,school,x,y
            101,First,1000,0.5,8,100.05,10.0
            104,Second District,500,1,10,100.2,10.1
            105,Delta City,70,,,100.3,10.1
            106,Epsilon,30,0,8,100.4,10.2
            """;

    @TempDir
    Path folder;

    @Test
    void peopleOfChangedCodesFindTheirPlace() throws IOException {
        Atlas atlas = read(DISTRICTS, HAMLETS, CENSUS, "", "");
        assertThat(atlas.levels()).containsExactly("state", "regency", "district", "hamlet");
        Map<String, Long> persons = atlas.people().stream().collect(Collectors.toMap(People::code, People::persons));
        // 101 by its code; 102 by name; 103 by its township's name and, being the only ones served by name, it and 102 share what is left by
        // villages: 102 has one, 103 none.
        assertThat(persons).containsEntry("101", 1_000L).containsEntry("102", 530L).containsEntry("103", 70L).containsEntry("10101", 750L)
                .containsEntry("10102", 250L);
        assertThat(DemandPoints.of(atlas).stream().mapToLong(DemandPoint::persons).sum()).isEqualTo(1_600);
        assertThat(atlas.people()).filteredOn(one -> one.code().equals("102")).allMatch(one -> one.provenance()
                .kind() == Kind.MODELLED && one.provenance().source().contains("104 Second District"));
        assertThat(atlas.divisions().getFirst().provenance().source()).contains("4 townships", "2 counties (102, 103)");
    }

    @Test
    void aUnitNobodyTookStaysACountyOfItsOwn() throws IOException {
        Atlas atlas = read(DISTRICTS, HAMLETS, "id,label,people,urban,school,x,y\n101,First,9,,,,\n102,Second,8,,,,\n103,Third,7,,,,\n199,Harbour,6,,,100.5,10.5\n", "", "");
        assertThat(DemandPoints.of(atlas)).filteredOn(one -> one.code().equals("199")).hasSize(1)
                .allMatch(one -> one.persons() == 6 && one.township().equals("199") && one.tier() == Tier.CITY);
        assertThat(DemandPoints.of(atlas).stream().mapToLong(DemandPoint::persons).sum()).isEqualTo(30);
    }

    @Test
    void classesGoToCommunitiesFirstThenToTheVillageOfTheName() throws IOException {
        Atlas atlas = read(DISTRICTS, HAMLETS, CENSUS, "101", "");
        assertThat(atlas.levels()).containsExactly("regency", "district", "hamlet");
        assertThat(atlas.divisions().getFirst().parent()).isNull();
        Map<String, String> classes = atlas.divisions().stream().filter(one -> one.level().equals("hamlet"))
                .collect(Collectors.toMap(Division::code, Division::urbanRural));
        assertThat(classes).isEqualTo(Map.of("10101001", "220", "10101002", "220", "10101003", "220", "10101004", "121", "10102001", "210"));
    }

    @Test
    void aPlaceWithoutAPointLiesInTheMiddleOfItsCountyAndSaysSo() throws IOException {
        Atlas atlas = read(DISTRICTS, HAMLETS, CENSUS + "103,Third,7,,,100.7,10.7\n", "", "");
        assertThat(atlas.divisions()).filteredOn(one -> one.code().equals("10301")).allMatch(one -> one.pointKind() == Kind.MODELLED
                && new LonLat(100.7, 10.7).equals(one.point()));
        assertThat(atlas.divisions()).filteredOn(one -> one.code().equals("10101")).allMatch(one -> one.pointKind() == Kind.OBSERVED);
        assertThat(atlas.divisions().getFirst().provenance().source()).contains("the middle of the county for 1");
    }

    @Test
    void wrongRowsAreListedAllAtOnce() throws IOException {
        String districts = DISTRICTS + "1010,Short,town,North,First,100,10,gps,1,,\n10101,Twice,town,North,First,100,10,gps,1,,\n10103,Far,town,North,First,500,10,gps,1,,\n";
        String problems = problems(districts, HAMLETS + "77777001,Lost\nabcdefgh,Letters\n", CENSUS.replace("1000", "many"));
        assertThat(problems.lines()).hasSize(6);
        assertThat(problems).contains("\"1010\"", "\"10101\"", "\"500\"", "\"77777001\"", "\"abcdefgh\"", "\"many\"");
    }

    @Test
    void missingFilesAreProblems() {
        var problems = new Problems();
        assertThat(NationalAtlas.read(folder, "", FORMAT, problems).divisions()).isEmpty();
        assertThat(problems.text(Locale.ENGLISH)).contains("districts.csv", "census.csv");
    }

    private Atlas read(String districts, String hamlets, String census, String region, String expected) throws IOException {
        var problems = new Problems();
        Atlas atlas = read(districts, hamlets, census, region, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEqualTo(expected);
        return atlas;
    }

    private String problems(String districts, String hamlets, String census) throws IOException {
        var problems = new Problems();
        read(districts, hamlets, census, "", problems);
        return problems.text(Locale.ENGLISH);
    }

    private Atlas read(String districts, String hamlets, String census, String region, Problems problems) throws IOException {
        Files.writeString(folder.resolve("districts.csv"), districts);
        Files.writeString(folder.resolve("hamlets.csv"), hamlets);
        Files.writeString(folder.resolve("census.csv"), census);
        return NationalAtlas.read(folder, region, FORMAT, problems);
    }
}
