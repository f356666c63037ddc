package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;

/// What is wrong with a file is said with its row, column and rule, all of it at once, and nothing is thrown.
class BadInstancesTest {
    private static final String HM14 = "3 2 1/1 2 3/-1 -2 -3/-4 -5 -6/-7 -8 -9/";
    private static final String MCLP = "NAME : x/TYPE : MCLP/EDGE_WEIGHT_TYPE : COORD/DIMENSION : 2/NODE_COORD_SECTION/40 -73/41 -73/DEMAND_SECTION/5/6/EOF/";

    @TempDir
    private Path temp = Path.of("");

    private static String found(Problems problems) {
        return problems.list().stream().map(p -> p.row() + "," + p.column() + " " + p.rule()).collect(Collectors.joining("; "));
    }

    private String hm14(byte[] bytes) throws IOException {
        var problems = new Problems();
        var problem = Hm14File.read(Files.write(temp.resolve("x.data"), bytes), .1, 1, 1, problems);
        assertThat(problem == null).isEqualTo(!problems.isEmpty());
        said(problems);
        return found(problems);
    }

    private String mclp(byte[] bytes) throws IOException {
        var problems = new Problems();
        var problem = MclpFile.read(Files.write(temp.resolve("x.txt"), bytes), 400, 1, problems);
        assertThat(problem == null).isEqualTo(!problems.isEmpty());
        said(problems);
        return found(problems);
    }

    /// Every line is whole in both languages.
    private static void said(Problems problems) {
        for (Problem p : problems.list()) {
            assertThat(p.text(Locale.ENGLISH)).startsWith("x.").doesNotContain("{}");
            assertThat(p.text(Locale.SIMPLIFIED_CHINESE)).startsWith("x.").contains("。").doesNotContain("{}");
        }
    }

    /// In the files a slash stands for a line end; `a -> b` changes the good file.
    private static byte[] changed(String good, String change) {
        String[] parts = change.split(" -> ", -1);
        assertThat(good).contains(parts[0]);
        String text = good.replaceFirst(java.util.regex.Pattern.quote(parts[0]), java.util.regex.Matcher.quoteReplacement(parts[1]));
        return text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theGoodFilesAreGood() throws IOException {
        assertThat(hm14(changed(HM14, "3 -> 3"))).isEmpty();
        assertThat(mclp(changed(MCLP, "x -> x"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -5 -6 -> -5 x           | 4,7 NOT_A_NUMBER
            -5 -6 -> NaN -6         | 4,4 NOT_A_NUMBER
            -5 -6 -> Infinity -6    | 4,4 NOT_A_NUMBER
            -5 -6 -> 1e400 -6       | 4,4 NOT_A_NUMBER
            -5 -6 -> 1e12 -6        | 4,4 OUT_OF_RANGE
            -5 -6 -> 0x10 -6        | 4,4 NOT_A_NUMBER
            -5 -6 -> 1,5 -6         | 4,4 NOT_A_NUMBER
            -5 -6 -> --5 -6         | 4,4 NOT_A_NUMBER
            -5 -6 -> 五 六           | 4,4 NOT_A_NUMBER; 4,6 NOT_A_NUMBER
            1 2 3 -> 1 -2 3         | 2,3 OUT_OF_RANGE
            1 2 3 -> -1 x -3        | 2,1 OUT_OF_RANGE; 2,4 NOT_A_NUMBER; 2,6 OUT_OF_RANGE
            3 2 1 -> 3 2.5 1        | 1,3 NOT_A_WHOLE_NUMBER
            3 2 1 -> a b c          | 1,1 NOT_A_WHOLE_NUMBER; 1,3 NOT_A_WHOLE_NUMBER; 1,5 NOT_A_WHOLE_NUMBER
            3 2 1 -> 0 2 1          | 1,1 OUT_OF_RANGE
            3 2 1 -> 3 2 0          | 1,5 OUT_OF_RANGE
            3 2 1 -> 3 -2 1         | 1,3 OUT_OF_RANGE
            3 2 1 -> 3 99999999999999999999 1 | 1,3 OUT_OF_RANGE
            3 2 1 -> 1000000 1000000 1 | 0, PROBLEM_TOO_BIG
            3 2 1 -> x 2 1/7 y      | 1,1 NOT_A_WHOLE_NUMBER; 2,3 NOT_A_NUMBER
            /-7 -8 -9/ -> /-7 -8    | 5, TOO_FEW_NUMBERS
            /-7 -8 -9/ ->           | 4, TOO_FEW_NUMBERS
            -5 -6/ -> -6/           | 4, TOO_FEW_NUMBERS
            -5 -6/ -> -5 -6 -1/     | 4, TOO_MANY_NUMBERS
            -8 -9/ -> -8 -9 -1/     | 5, TOO_MANY_NUMBERS
            -8 -9/ -> -8 -9/-1 -1 -1/ | 6,1 TOO_MANY_NUMBERS
            -8 -9/ -> -8 -9/3 2 1/1 2 3/x | 8, TOO_FEW_NUMBERS; 8,1 NOT_A_NUMBER
            3 2 1/1 2 3/-1 -2 -3/-4 -5 -6/-7 -8 -9/ -> 3 2 | 1, TOO_FEW_NUMBERS
            3 2 1/1 2 3/-1 -2 -3/-4 -5 -6/-7 -8 -9/ -> | 0, TOO_FEW_NUMBERS
            """)
    void hm14(String change, String found) throws IOException {
        assertThat(hm14(changed(HM14, change.endsWith("->") ? change + " " : change))).isEqualTo(found);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            40 -73 -> 40 x                     | 6,4 NOT_A_NUMBER
            40 -73 -> NaN -73                  | 6,1 NOT_A_NUMBER
            40 -73 -> 91 -181                  | 6,1 OUT_OF_RANGE; 6,4 OUT_OF_RANGE
            40 -73 -> -73 40 1 2               | 6,8 TOO_MANY_NUMBERS
            40 -73 -> 40                       | 6,1 TOO_FEW_NUMBERS
            /41 -73/ -> /41 -73 7/             | 7,8 TOO_MANY_NUMBERS
            /41 -73/ -> /                      | 5,1 TOO_FEW_NUMBERS
            /41 -73/ -> /41 -73/42 -73/        | 8,1 TOO_MANY_NUMBERS
            /5/6/ -> /5/                       | 8,1 TOO_FEW_NUMBERS
            /5/6/ -> /5/6/7/                   | 11,1 TOO_MANY_NUMBERS
            /5/6/ -> /-5/Inf/                  | 9,1 OUT_OF_RANGE; 10,1 NOT_A_NUMBER
            /5/6/ -> /1 5/1 6/                 | 8,1 MISSING_NODE; 10,1 DUPLICATE_KEY
            /5/6/ -> /1 5/3 6/                 | 8,1 MISSING_NODE; 10,1 OUT_OF_RANGE
            /5/6/ -> /1 5/0 6/                 | 8,1 MISSING_NODE; 10,1 OUT_OF_RANGE
            /5/6/ -> /1 5/6/                   | 8,1 MISSING_NODE; 10,1 OUT_OF_RANGE; 10,1 TOO_FEW_NUMBERS
            /DEMAND_SECTION/5/6/ -> /          | 0,DEMAND_SECTION MISSING_PART
            DEMAND_SECTION -> DEMAN_SECTION    | 0,DEMAND_SECTION MISSING_PART; 8,1 UNKNOWN_PART
            NODE_COORD_SECTION/ ->             | 0,NODE_COORD_SECTION MISSING_PART; 5,1 UNKNOWN_PART; 6,1 UNKNOWN_PART
            DIMENSION : 2/ ->                  | 0,DIMENSION MISSING_PART
            DIMENSION : 2 -> DIMENSION : two   | 4,13 NOT_A_WHOLE_NUMBER
            DIMENSION : 2 -> DIMENSION :       | 4,11 NOT_A_WHOLE_NUMBER
            DIMENSION : 2 -> DIMENSION : 0     | 4,13 OUT_OF_RANGE
            DIMENSION : 2 -> DIMENSION : 2/DIMENSION : 2 | 5,1 DUPLICATE_KEY
            DEMAND_SECTION/ -> DEMAND_SECTION/5/DEMAND_SECTION/ | 10,1 DUPLICATE_KEY; 12,1 TOO_MANY_NUMBERS
            TYPE : MCLP -> TYPE : TSP          | 2,8 NOT_A_CHOICE
            : COORD -> : EUC_2D                | 3,20 NOT_A_CHOICE
            NAME : x -> NAM : x                | 1,1 UNKNOWN_PART
            NAME : x -> <html>                 | 1,1 UNKNOWN_PART
            """)
    void mclp(String change, String found) throws IOException {
        assertThat(mclp(changed(MCLP, change.endsWith("->") ? change + " " : change))).isEqualTo(found);
    }

    @Test
    void whatIsNoTextIsSaid() throws IOException {
        byte[] gb = "NAME : 洛阳\n".getBytes(java.nio.charset.Charset.forName("GB18030"));
        byte[] utf16 = changed(MCLP, "x -> x").clone();
        for (byte[] bytes : List.of(gb, new String(utf16, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16), new byte[] {0x1f, (byte) 0x8b, 8, 0})) {
            assertThat(mclp(bytes)).isEqualTo("1, NOT_TEXT");
            assertThat(hm14(bytes)).isEqualTo("1, NOT_TEXT");
        }
        assertThat(hm14("3 2 1\n1 \u0000 3".getBytes(StandardCharsets.UTF_8))).contains("2,3 NOT_A_NUMBER");
        var problems = new Problems();
        assertThat(Hm14File.read(temp, .1, 1, 1, problems)).isNull();
        assertThat(MclpFile.read(temp.resolve("nowhere"), 1, 1, problems)).isNull();
        assertThat(problems.list()).extracting(Problem::rule).containsOnly(Rule.NO_SUCH_FILE).hasSize(2);
    }

    @Test
    void aLongWordIsNoNumberHoweverItBegins() throws IOException {
        assertThat(hm14(changed(HM14, "-5 -6 -> " + "0".repeat(300) + "1 -6"))).isEqualTo("4,4 NOT_A_NUMBER");
    }

    @Test
    void aFloodIsCountedNotListed() throws IOException {
        var problems = new Problems();
        Path file = Files.writeString(temp.resolve("x.data"), "30 99 1 " + "x ".repeat(30 * 101));
        assertThat(Hm14File.read(file, .1, 1, 1, problems)).isNull();
        assertThat(problems.count()).isEqualTo(30 * 101);
        assertThat(problems.text(Locale.ENGLISH, 50)).hasLineCount(51).contains("And 2980 more problems");
        assertThat(problems.text(Locale.SIMPLIFIED_CHINESE, 50)).contains("2980");
        assertThat(problems.list().stream().map(Problem::column).limit(3)).containsExactly("9", "11", "13");
    }

    @Test
    void tooManyPairsAreNotGathered() throws IOException {
        String text = "DIMENSION : 5000\nNODE_COORD_SECTION\n" + "40 -73\n".repeat(5_000) + "DEMAND_SECTION\n" + "1\n".repeat(5_000);
        var problems = new Problems();
        assertThat(MclpFile.read(Files.writeString(temp.resolve("x.txt"), text), 1, 1, problems)).isNull();
        assertThat(found(problems)).isEqualTo("0, PROBLEM_TOO_BIG");
    }
}
