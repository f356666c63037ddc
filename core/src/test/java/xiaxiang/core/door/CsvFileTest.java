package xiaxiang.core.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    private static final Columns COLUMNS = Columns.of("code", "name").with("note");
    @TempDir
    Path folder;
    private Problems problems = new Problems();

    @BeforeEach
    void forget() {
        problems = new Problems();
    }

    private List<String> read(byte[] bytes, String file) throws IOException {
        Files.write(folder.resolve(file), bytes);
        return rows(CsvLimits.USUAL);
    }

    private List<String> read(String text) throws IOException {
        return read(text.getBytes(UTF_8), "t.csv");
    }

    private List<String> rows(CsvLimits limits) {
        var rows = new ArrayList<String>();
        assertThat(CsvFile.read(folder, "t", COLUMNS, problems,
                row -> rows.add(row.line() + " " + row.text("code") + " " + row.text("name") + " " + row.text("note")), limits)).isTrue();
        return rows;
    }

    private List<String> found() {
        return problems.list().stream().map(p -> p.file() + " " + p.row() + " " + p.column() + " " + p.rule()).toList();
    }

    private static byte[] gz(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void countsRowsAsAnEditorDoes() throws IOException {
        assertThat(read("code,name,note\n# a comment\n\n1,\"two\nlines\",\r\n2,鸣皋镇,x\n")).containsExactly("4 1 two\nlines ", "6 2 鸣皋镇 x");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void absentIsNoProblemByItself() {
        assertThat(CsvFile.read(folder, "t", COLUMNS, problems, _ -> {})).isFalse();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void readsEveryEncoding() throws IOException {
        String text = "code,name\n1,鸣皋镇䶮\n";
        assertThat(read(text.getBytes(UTF_8), "t.csv")).containsExactly("2 1 鸣皋镇䶮 ");
        assertThat(read(("\ufeff" + text).getBytes(UTF_8), "t.csv")).containsExactly("2 1 鸣皋镇䶮 ");
        assertThat(read(text.getBytes(Charset.forName("GB18030")), "t.csv")).containsExactly("2 1 鸣皋镇䶮 ");
        Files.delete(folder.resolve("t.csv"));
        assertThat(read(gz(text.getBytes(Charset.forName("GB18030"))), "t.csv.gz")).containsExactly("2 1 鸣皋镇䶮 ");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        read("code,name\n1,鸣皋镇\n".getBytes(Charset.forName("UTF-16")), "t.csv");
        assertThat(problems.list()).allMatch(p -> p.rule() == Rule.ENCODING);
        forget();
        byte[] broken = "code,name\n1,鸣皋镇城关街道河滨街道\n2,a?\n".getBytes(UTF_8);
        broken[new String(broken, Charset.forName("ISO-8859-1")).indexOf('?')] = (byte) 0xff;
        assertThat(read(broken, "t.csv")).isEmpty();
        assertThat(found()).containsExactly("t.csv 3  ENCODING");
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        Files.write(folder.resolve("t.csv.gz"), gz("code,name\n".getBytes(UTF_8)));
        assertThat(read("code,name\n1,a\n")).isEmpty();
        assertThat(found()).containsExactly("t.csv 0  TWO_FILES");
    }

    @Test
    void judgesTheHeader() throws IOException {
        read("code,nmae,code\n1,a,b\n");
        assertThat(found()).containsExactly("t.csv 1 code DUPLICATE_COLUMN", "t.csv 1 name MISSING_COLUMN", "t.csv 1 nmae UNKNOWN_COLUMN");
        assertThat(problems.text(Locale.ENGLISH)).contains("maybe you meant name?");
        assertThat(problems.text(Locale.CHINA)).contains("是否想写 name？");
        forget();
        read("# only a comment\n");
        assertThat(found()).containsExactly("t.csv 0  NO_HEADER");
        forget();
        assertThat(read("code,name,,\n1,a,,\n")).containsExactly("2 1 a ");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void judgesTheShapeOfRows() throws IOException {
        assertThat(read("code,name\n1\n2,b,c\n3,c,\n")).containsExactly("4 3 c ");
        assertThat(found()).containsExactly("t.csv 2  ROW_TOO_SHORT", "t.csv 3  ROW_TOO_LONG");
    }

    @Test
    void survivesHostileInput() throws IOException {
        read("code,name\n1,\"never closed\n2,b\n");
        assertThat(found()).containsExactly("t.csv 2  BROKEN_QUOTES");
        forget();
        read("code,name\n1,a\u0000b\n2," + "x".repeat(10_001) + "\n3,\u202eabc\n");
        assertThat(found()).containsExactly("t.csv 2 name CONTROL_CHARACTER", "t.csv 3 name CELL_TOO_LONG", "t.csv 4 name CONTROL_CHARACTER");
        assertThat(problems.text(Locale.ENGLISH)).doesNotContain("\u0000").doesNotContain("\u202e").hasSizeLessThan(1_000);
        forget();
        read("code,name\n1,\"" + "x".repeat(5_000_000) + "\"\n");
        assertThat(found()).containsExactly("t.csv 2  BROKEN_QUOTES");
        forget();
        assertThat(read("code,name\n1,=1+1\n2,\"=cmd|' /C calc'!A0\"\n")).containsExactly("2 1 =1+1 ", "3 2 =cmd|' /C calc'!A0 ");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void keepsItsLimits() throws IOException {
        Files.write(folder.resolve("t.csv.gz"), gz(("code,name\n" + "0,0\n".repeat(1_000_000)).getBytes(UTF_8)));
        assertThat(rows(new CsvLimits(1_000_000, 10, 10))).isEmpty();
        assertThat(found()).containsExactly("t.csv.gz 0  FILE_TOO_BIG");
        forget();
        assertThat(rows(new CsvLimits(10_000_000, 10, 10))).hasSize(10);
        assertThat(found()).containsExactly("t.csv.gz 0  TOO_MANY_ROWS");
    }

    @Test
    void refusesBrokenPacking() throws IOException {
        byte[] whole = gz("code,name\n1,a\n".repeat(1_000).getBytes(UTF_8));
        read(java.util.Arrays.copyOf(whole, whole.length / 2), "t.csv.gz");
        read("code,name\n1,a\n".getBytes(UTF_8), "t.csv.gz");
        assertThat(found()).containsExactly("t.csv.gz 0  BROKEN_GZIP", "t.csv.gz 0  BROKEN_GZIP");
        forget();
        Files.delete(folder.resolve("t.csv.gz"));
        Files.createDirectory(folder.resolve("t.csv"));
        rows(CsvLimits.USUAL);
        assertThat(found()).containsExactly("t.csv 0  UNREADABLE");
    }

    @Test
    void readsTheNationsVillages() {
        Path atlas = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (atlas != null && !Files.isDirectory(atlas.resolve("shared/data/atlas"))) atlas = atlas.getParent();
        assumeTrue(atlas != null, "no shared/data beside the project");
        var rows = new AtomicLong();
        assertThat(CsvFile.read(atlas.resolve("shared/data/atlas"), "cn_villages", Columns.of("code", "name"), problems, row -> {
            if (row.required("code").length() == 12) rows.incrementAndGet();
        })).isTrue();
        assertThat(rows.get()).isEqualTo(620_573);
        assertThat(problems.isEmpty()).isTrue();
    }
}
