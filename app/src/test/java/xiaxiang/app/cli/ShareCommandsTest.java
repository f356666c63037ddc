package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A wave designed, launched and judged on the demo county, from the command line.
class ShareCommandsTest {
    private static final List<String> TOWNS = List.of("410329001", "410329002", "410329101", "410329103", "410329104", "410329105", "410329106", "410329107", "410329108", "410329109", "410329110", "410329111",
            "410329112", "410329203");
    @TempDir
    private static Path temp;

    @BeforeAll
    static void design() throws IOException {
        Files.createDirectories(temp.resolve("plan"));
        String sites = TOWNS.stream().map(t -> "{\"town\":\"" + t + "\",\"wave\":1,\"action\":\"sign\"}").collect(Collectors.joining(","));
        Files.writeString(temp.resolve("plan/plan.json"), "{\"period\":\"2017Q1\",\"lower\":14000,\"sites\":[" + sites + ",{\"town\":\"410329102\",\"wave\":0,\"action\":\"keep\"}]}");
        assertThat(share("synthesize", demo(), "--seed", "5", "--out", at("before")).exit()).isZero();
        CommandLines.Said said = share("design", demo(), "--plan", at("plan"), "--outcomes", at("before"), "--seed", "11", "--waves", "5,4", "--buffer-meters", "2000", "--rings-meters", "4000,6000", "--out", at("design"), "--lang", "en");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("14 townships by lot: 2 waves, 5 held back; the first starts in 2017Q2").contains("Effect seen").contains("Seal ");
    }

    private static String demo() {
        return CommandLines.demo().toString();
    }

    private static String at(String name) {
        return temp.resolve(name).toString();
    }

    private static CommandLines.Said share(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "share";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLines.run(all);
    }

    @Test
    void theSealIsTheTextsHash() throws Exception {
        byte[] text = Files.readAllBytes(temp.resolve("design/design.txt"));
        String hash = java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(text));
        JsonNode design = JsonMapper.shared().readTree(Files.readString(temp.resolve("design/design.json")));
        assertThat(design.path("seal").asString("")).isEqualTo(hash);
        assertThat(Files.readAllLines(temp.resolve("design/design.csv"))).hasSize(15).first().isEqualTo("division,assigned,launch,stratum,lon,lat,level,trend,tier,income_index");
        assertThat(design.path("power").path("detectable").asDouble(-1)).isPositive();
    }

    @Test
    void aLargeEffectWorksAndATinyOneCannotBeTold() throws IOException {
        assertThat(share("synthesize", demo(), "--seed", "5", "--design", at("design"), "--effect", "400", "--spill", "20", "--out", at("after")).exit()).isZero();
        CommandLines.Said said = share("judge", at("after"), "--design", at("design"), "--out", at("verdict"), "--lang", "en");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("These outcomes are synthetic").contains("Verdict: it works.").contains("attGt").contains("own_shop");
        assertThat(JsonMapper.shared().readTree(Files.readString(temp.resolve("verdict/verdict.json"))).path("verdict").asString("")).isEqualTo("works");
        assertThat(share("synthesize", demo(), "--seed", "6", "--design", at("design"), "--effect", "1", "--out", at("tiny")).exit()).isZero();
        JsonNode tiny = JsonMapper.shared().readTree(share("judge", at("tiny"), "--design", at("design"), "--json").out());
        assertThat(tiny.path("synthetic").asBoolean(false)).isTrue();
        assertThat(tiny.path("verdict").asString("")).isIn("cannot_tell", "no_effect_found");
        assertThat(tiny.path("measures").path(0).path("interval").path(1).asDouble(0)).isGreaterThan(1);
    }

    @Test
    void aBrokenSealIsRefused() throws IOException {
        Path broken = CommandLines.copy(temp.resolve("design"), temp.resolve("broken"));
        String text = Files.readString(broken.resolve("design.txt"));
        Files.writeString(broken.resolve("design.txt"), text.replaceFirst("worth [0-9.]+", "worth 1.0"));
        CommandLines.Said said = share("judge", at("before"), "--design", broken.toString(), "--lang", "en");
        assertThat(said.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.err()).contains("seal does not fit");
        assertThat(share("judge", at("before"), "--design", at("design"), "--seal", "00", "--lang", "zh").err()).contains("拒绝");
    }

    @Test
    void refusalsSayWhy() {
        assertThat(share("judge", at("before"), "--design", at("design"), "--lang", "en").err()).contains("Nothing can be judged");
        assertThat(share("judge", at("plan"), "--design", at("design"), "--lang", "en").err()).contains("outcomes.csv");
        CommandLines.Said wide = share("design", demo(), "--plan", at("plan"), "--outcomes", "none", "--seed", "1", "--buffer-meters", "90000", "--out", at("wide"), "--lang", "en");
        assertThat(wide.exit()).isEqualTo(ExitCode.INFEASIBLE);
        assertThat(wide.err()).contains("Narrow it");
        assertThat(share("design", demo(), "--plan", at("plan"), "--outcomes", "none", "--seed", "1", "--out", at("design"), "--lang", "en").err()).contains("design.txt");
        assertThat(share("design", demo(), "--plan", at("plan"), "--seed", "1", "--measured", "1", "--waves", "5,4", "--out", at("short"), "--lang", "en").err()).contains("at least 2");
        assertThat(share("design", demo(), "--plan", at("none"), "--seed", "1", "--out", at("none"), "--lang", "en").exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(share("design", demo(), "--plan", at("plan"), "--outcomes", "none", "--seed", "1", "--waves", "9,4", "--out", at("few"), "--json").out()).contains("refused");
    }
}
