package xiaxiang.core.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final double NONE = Double.NaN;
    @TempDir
    Path folder;
    private Problems problems = new Problems();

    @BeforeEach
    void forget() {
        problems = new Problems();
    }

    private @Nullable Table tried(String name, byte[] bytes) throws IOException {
        return Table.read(Files.write(folder.resolve(name), bytes), problems);
    }

    private Table read(String name, String text) throws IOException {
        Table table = tried(name, text.getBytes(UTF_8));
        if (table == null) throw new AssertionError(problems.text(Locale.ENGLISH));
        assertThat(problems.isEmpty()).as(problems.text(Locale.ENGLISH)).isTrue();
        return table;
    }

    private List<String> refused(String text) throws IOException {
        forget();
        assertThat(tried("t.csv", text.getBytes(UTF_8))).isNull();
        return problems.list().stream().map(p -> p.row() + " " + p.column() + " " + p.rule() + " " + p.detail()).toList();
    }

    private List<String> labels(Table table, String column) {
        return Arrays.stream(table.codes(column)).mapToObj(c -> c < 0 ? "-" : table.labels(column).get(c)).toList();
    }

    @Test
    void readsWhatIsParted() throws IOException {
        String text = "unit,the price,x.y\nA,1.5,NA\n\"B, b\",-2,3\n\nA,.,1e3\n";
        for (Table table : List.of(read("t.csv", text), read("t.txt", text.replace("B, b", "B; b").replace(',', ';').replace("B; b", "B, b")),
                read("t.tsv", text.replace(",", "\t").replace("B\t b", "B, b")), read("t.dat", text.replace(",", "\t").replace("B\t b", "B, b").replace("\n", "\r\n")))) {
            assertThat(table.columns()).containsExactly("unit", "the price", "x.y");
            assertThat(table.rows()).isEqualTo(3);
            assertThat(labels(table, "unit")).containsExactly("A", "B, b", "A");
            assertThat(table.numbers("the price", problems)).containsExactly(1.5, -2, NONE);
            assertThat(table.numbers("x.y", problems)).containsExactly(NONE, 3, 1000);
            assertThat(List.of(table.line(0), table.line(1), table.line(2))).containsExactly(2L, 3L, 5L);
            assertThat(table.isText("unit")).isTrue();
            assertThat(table.isText("x.y")).isFalse();
        }
    }

    @Test
    void readsWhatRWrites() throws IOException {
        assertThat(read("t.csv", "\"\",\"a\",\"row\"\n\"1\",TRUE,7\n\"2\",FALSE,8\n\"3\",NA,9\n").columns()).containsExactly("row1", "a", "row");
        Table table = read("t.csv", "\"a\" \"b\"\n".replace(' ', ',') + "\"1\",TRUE,7\n\"2\",FALSE,8\n");
        assertThat(table.columns()).containsExactly("row", "a", "b");
        assertThat(table.numbers("a", problems)).containsExactly(1, 0);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void readsEveryEncoding() throws IOException {
        String text = "乡镇,x\n鸣皋镇䶮,1\n";
        var packed = new ByteArrayOutputStream();
        try (var gz = new GZIPOutputStream(packed)) {
            gz.write(text.getBytes(UTF_8));
        }
        for (Table table : Arrays.asList(tried("t.csv", text.getBytes(UTF_8)), tried("t.csv", ("\ufeff" + text).getBytes(UTF_8)), tried("t.csv", text.getBytes(Charset.forName("GB18030"))),
                tried("t.csv.gz", packed.toByteArray()), tried("t.csv", "\ufeff\"乡镇\",\"x\"\n鸣皋镇䶮,1\n".getBytes(UTF_8)))) {
            assertThat(table).isNotNull();
            if (table != null) assertThat(labels(table, "乡镇")).containsExactly("鸣皋镇䶮");
        }
        assertThat(problems.isEmpty()).as(problems.text(Locale.ENGLISH)).isTrue();
    }

    @Test
    void knowsDecimalCommas() throws IOException {
        Table table = read("t.csv", "a;b;c\n1,5;1.5;1,5\n-2;2;2.5\n,5;3;3\n");
        assertThat(table.numbers("a", problems)).containsExactly(1.5, -2, .5);
        assertThat(table.numbers("b", problems)).containsExactly(1.5, 2, 3);
        assertThat(problems.isEmpty()).isTrue();
        // Points and commas in one column: nobody knows what 1,5 is.
        assertThat(table.isText("c")).isTrue();
        assertThat(table.numbers("c", problems)).containsExactly(NONE, 2.5, 3);
        assertThat(problems.list()).singleElement().satisfies(p -> assertThat(p.row() + p.column() + p.value() + p.rule()).isEqualTo("2c1,5NOT_A_NUMBER"));
    }

    @Test
    void keepsTextsAsTheyWereWritten() throws IOException {
        Table table = read("t.csv", "a,long,empty\n007,410329100201001234,\n1.50,410329100201001235,NaN\nx,NA,null\n7,410329100201001234,NULL\n");
        assertThat(labels(table, "a")).containsExactly("007", "1.50", "x", "7");
        assertThat(labels(table, "long")).containsExactly("410329100201001234", "410329100201001235", "-", "410329100201001234");
        assertThat(table.numbers("long", problems)[0]).isEqualTo(Double.parseDouble("410329100201001234"));
        assertThat(table.numbers("empty", problems)).containsOnly(NONE);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(table.numbers("a", problems)).containsExactly(7, 1.5, NONE, 7);
        assertThat(problems.text(Locale.ENGLISH)).startsWith("t.csv row 4 column a \"x\": is not a number.");
    }

    @Test
    void numbersAreLabelsToo() throws IOException {
        Table table = read("t.csv", "id\n1\n2.5\n1.0\n\"1\"\n-0\n0\nNA\n3e0\n");
        assertThat(labels(table, "id")).containsExactly("1", "2.5", "1", "1", "0", "0", "-", "3");
        Table some = table.at(new int[] {7, 1}).at(new int[] {1, 0});
        assertThat(labels(some, "id")).containsExactly("2.5", "3");
        assertThat(some.line(0)).isEqualTo(3);
    }

    @Test
    void judgesHeaderAndShape() throws IOException {
        assertThat(refused("a,,c,a\n1,2,3,4\n")).containsExactly("1  BLANK_COLUMN 2", "1 a DUPLICATE_COLUMN ");
        assertThat(refused("a,b\n1\n1,2,3\n1,2,\n")).containsExactly("2  ROW_TOO_SHORT 1 < 2", "3  ROW_TOO_LONG 3 > 2");
        assertThat(refused("a,b,\n1,2,x\n")).containsExactly("2  ROW_TOO_LONG 3 > 2");
        assertThat(refused("a,b\n1,\"2\n")).containsExactly("2  BROKEN_QUOTES ");
        assertThat(refused("")).containsExactly("0  NO_HEADER ");
        assertThat(refused("a,b\n")).containsExactly("0  NO_ROWS ");
        assertThat(refused("a\n" + "x".repeat(10_001) + "\n")).containsExactly("2 a CELL_TOO_LONG 10000");
        forget();
        assertThat(Table.read(folder.resolve("none.csv"), problems)).isNull();
        assertThat(problems.list()).singleElement().satisfies(p -> assertThat(p.rule()).isEqualTo(Rule.NO_SUCH_FILE));
    }

    @Test
    void readsOnlyWhatIsWanted() throws IOException {
        Files.writeString(folder.resolve("w.csv"), "# of the survey\na,b\n1,x\n2,3\n");
        Table table = Table.read(folder.resolve("w.csv"), "a"::equals, problems);
        assertThat(table).isNotNull();
        if (table == null) return;
        assertThat(table.has("b")).isFalse();
        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.numbers("a", problems)).containsExactly(1, 2);
        assertThat(table.line(0)).isEqualTo(3);
        assertThat(table.nearest("bb")).isEqualTo("b");
    }

    /// Our quick reading of a number is the JDK's, digit for digit.
    @Test
    void numeralsAreTheJdks() {
        var random = new SplittableRandom(7);
        for (int k = 0; k < 200_000; k++) {
            double value = switch (k % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(-100_000, 100_000) / 100.0;
                case 2 -> random.nextGaussian();
                default -> random.nextLong(1L << 53);
            };
            if (!Double.isFinite(value)) continue;
            String text = k % 3 == 0 ? new java.math.BigDecimal(value).round(new java.math.MathContext(1 + k % 20)).toString() : Double.toString(value);
            double expected = Double.parseDouble(text);
            if (text.matches("-?\\d+") && Math.abs(expected) > 1L << 53) continue;
            assertThat(Numeral.parse(text, '.')).as(text).isEqualTo(expected);
        }
        for (String no : List.of("", "-", ".", "1,5", "1.2.3", "0x10", "1e", "e5", "1e+", "Infinity", "1d", "1 2", "9007199254740993", "1e999", "--1", "1e99999")) assertThat(Numeral.parse(no, '.')).as(no).isNaN();
        assertThat(Numeral.parse("+3.50", '.')).isEqualTo(3.5);
        assertThat(Numeral.parse("5.", '.')).isEqualTo(5);
        assertThat(Numeral.parse("1.0E-5", '.')).isEqualTo(1e-5);
    }
}
