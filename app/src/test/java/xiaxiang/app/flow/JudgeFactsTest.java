package xiaxiang.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.JudgeFacts.Format;

/// What somebody uploads is judged, never believed.
class JudgeFactsTest {
    private static final String SHOPS = """
            id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind
            s1,镇东手机店,410329101,112.2883,34.315,WGS-84,rival,owner_run,OPPO|vivo,0,list,observed
            """;
    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectory(folder.resolve("uploads"));
        Files.createDirectory(folder.resolve("known"));
    }

    static Path demo() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.isDirectory(at.resolve("demo/yichuan"))) return at.resolve("demo/yichuan");
        throw new AssertionError("The folder demo/yichuan is part of the project.");
    }

    private void knowTheDemo() throws IOException {
        try (Stream<Path> files = Files.list(demo())) {
            for (Path file : files.toList()) Files.copy(file, folder.resolve("known").resolve(file.getFileName().toString()));
        }
    }

    private void upload(String name, byte[] content) throws IOException {
        Files.write(folder.resolve("uploads").resolve(name), content);
    }

    private void upload(String name, String content) throws IOException {
        upload(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Every problem as "file row column rule", in order.
    private List<String> found(Format format) throws IOException {
        var judge = new JudgeFacts(folder, format, _ -> {});
        if (judge.unpack()) new JudgeFacts(folder, format, _ -> {}).judge();
        var out = new ArrayList<String>();
        for (JsonNode one : JsonMapper.shared().readTree(folder.resolve(JudgeFacts.PROBLEMS)).path("problems")) {
            assertThat(one.path("zh").path("nextStep").asString()).isNotBlank();
            assertThat(one.path("en").path("message").asString()).isNotBlank();
            out.add(one.path("file").asString() + " " + one.path("row").asLong() + " " + one.path("column").asString() + " " + one.path("rule").asString());
        }
        return out;
    }

    private String table(String name) throws IOException {
        return Files.readString(folder.resolve("tables").resolve(name));
    }

    private interface Entries {
        void write(ZipOutputStream zip) throws IOException;
    }

    private static byte[] zip(Entries entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entries.write(zip);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void aWholeWorkspaceInOneZipIsNormalised() throws IOException {
        upload("yichuan.zip", zip(zip -> {
            try (Stream<Path> files = Files.list(demo())) {
                for (Path file : files.toList()) entry(zip, "yichuan/" + file.getFileName(), Files.readString(file));
            }
            entry(zip, "__MACOSX/._shops.csv", "rubbish");
        }));
        assertThat(found(Format.WORKSPACE)).isEmpty();
        assertThat(table("divisions.csv")).startsWith("code,name,name_en,level").hasLineCount(384);
        assertThat(table("boundaries.csv")).contains("410329").contains("Vonng");
        assertThat(table("visits.csv")).hasLineCount(5);
    }

    @Test
    void aFewRowsAreJudgedBesideWhatIsKnown() throws IOException {
        knowTheDemo();
        upload("shops.csv", SHOPS);
        upload("sites.csv", """
                id,name,division,lon,lat,datum,action,shop,format,models_carried,fit_out_fen,running_fen_year,dealer_margin_fen,source,kind
                c1,签约,410329101,112.2883,34.315,WGS-84,sign,s1,authorised_shop,6,1500000,600000,8000,rule,modelled
                """);
        assertThat(found(Format.WORKSPACE)).isEmpty();
        assertThat(table("shops.csv")).contains("s1,镇东手机店");
    }

    @Test
    void problemsNameTheUploadedRowAndColumnsLeftOutKeepWhatIsKnown() throws IOException {
        knowTheDemo();
        Files.writeString(folder.resolve("known/shops.csv"), SHOPS.replace("id,name", "id,promoters,name").replace("s1,", "s1,3,") + "s2,1,旧店,410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,old,sketch\n");
        upload("shops.csv", SHOPS + "\n# a comment\ns9,新店,410329999,112.28,34.31,WGS-84,rival,owner_run,Nokia,0,list,observed\n");
        assertThat(found(Format.WORKSPACE)).containsExactly("shops.csv 5 brands unknown_brand", "shops.csv 5 division unknown_division");
        Files.delete(folder.resolve("uploads/shops.csv"));
        for (String left : List.of("unpacked", "laid", "tables")) JobFolders.remove(folder.resolve(left));
        upload("shops.csv", SHOPS);
        assertThat(found(Format.WORKSPACE)).isEmpty();
        assertThat(table("shops.csv")).hasLineCount(2).containsPattern("s1,镇东手机店.*,3,false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shops.csv", "/etc/shops.csv", "a/../../shops.csv", "a\\..\\shops.csv", "C:/shops.csv"})
    void noEntryLeadsOutOfItsFolder(String name) throws IOException {
        upload("bad.zip", zip(zip -> entry(zip, name, SHOPS)));
        assertThat(found(Format.WORKSPACE)).hasSize(1).first().asString().endsWith("bad_name");
        assertThat(folder.resolve("shops.csv")).doesNotExist();
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        byte[] zeros = new byte[1 << 20];
        upload("bomb.zip", zip(zip -> {
            zip.putNextEntry(new ZipEntry("shops.csv"));
            for (int i = 0; i < 400; i++) zip.write(zeros);
            zip.closeEntry();
        }));
        upload("many.zip", zip(zip -> {
            for (int i = 0; i < 1_000; i++) entry(zip, i + "/shops.csv", "");
        }));
        upload("bomb.xlsx", zip(zip -> {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            for (int i = 0; i < 400; i++) zip.write(zeros);
            zip.closeEntry();
        }));
        assertThat(found(Format.WORKSPACE)).containsExactly("bomb.xlsx 0  unpacks_too_far", "many.zip 0  too_many_files", "shops.csv 0  unpacks_too_far");
        try (Stream<Path> left = Files.walk(folder.resolve("unpacked"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatIsNoTableIsSaidSo() throws IOException {
        upload("a.zip", "no zip");
        upload("b.xlsx", "no workbook");
        upload("stores.csv", SHOPS);
        upload("run.exe", "MZ");
        assertThat(found(Format.WORKSPACE)).containsExactly("a.zip 0  bad_zip", "b.xlsx 0  bad_zip", "run.exe 0  misnamed_file", "stores.csv 0  misnamed_file");
    }

    @Test
    void hostileCellsAreProblems() throws IOException {
        knowTheDemo();
        upload("shops.csv", SHOPS + "s\u0000,x\u202ey," + "z".repeat(11_000) + ",1,1,WGS-84,rival,owner_run,OPPO,0,l,observed\n");
        assertThat(found(Format.WORKSPACE)).contains("shops.csv 3 id control_character", "shops.csv 3 name control_character", "shops.csv 3 division cell_too_long");
    }

    @Test
    void aWrongEncodingIsOneProblem() throws IOException {
        knowTheDemo();
        upload("shops.csv", SHOPS.getBytes(StandardCharsets.UTF_16LE));
        assertThat(found(Format.WORKSPACE)).anySatisfy(one -> assertThat(one).startsWith("shops.csv"));
    }

    @Test
    void aMillionVerticesAreTooMany() throws IOException {
        knowTheDemo();
        var ring = new StringBuilder("[0,0]");
        for (int i = 1; i < 1_000_000; i++) ring.append(",[").append(i % 100).append(',').append(i % 50).append(']');
        upload("boundaries.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"410329\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[" + ring + ",[0,0]]]}}]}");
        assertThat(found(Format.WORKSPACE)).contains("boundaries.geojson 0  too_many_vertices");
    }

    private static byte[] workbook(Map<String, List<List<Object>>> sheets) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = bytes; Workbook workbook = new Workbook(out, "test", "1.0")) {
            for (var one : sheets.entrySet()) {
                Worksheet sheet = workbook.newWorksheet(one.getKey());
                for (int row = 0; row < one.getValue().size(); row++) {
                    List<Object> cells = one.getValue().get(row);
                    for (int column = 0; column < cells.size(); column++) {
                        Object cell = cells.get(column);
                        if (cell instanceof Number number) sheet.value(row, column, number);
                        else if (cell.toString().startsWith("FORMULA ")) sheet.formula(row, column, cell.toString().substring(8));
                        else if (!cell.toString().isEmpty()) sheet.value(row, column, cell.toString());
                    }
                }
            }
        }
        return bytes.toByteArray();
    }

    private static final List<Object> HEADER = List.of("id", "name", "division", "lon", "lat", "datum", "owner", "format", "brands", "running_fen_year", "source", "kind");

    @Test
    void sheetsAreTablesAndTheirRowsAreCounted() throws IOException {
        knowTheDemo();
        upload("book.xlsx", workbook(Map.of("Shops", List.of(HEADER, List.of("s1", "=1+1", 410329101, 112.2883, 34.315, "WGS-84", "rival", "owner_run", "OPPO", 0, "list", "observed"), List.of(),
                List.of("s2", "店", 410329101, 112.2883, 34.315, "WGS-84", "nobody", "owner_run", "OPPO", 0, "list", "observed")))));
        assertThat(found(Format.WORKSPACE)).containsExactly("shops.csv 4 owner not_a_choice");
    }

    @Test
    void textThatLooksLikeAFormulaStaysTextAndAFormulaIsRefused() throws IOException {
        knowTheDemo();
        upload("book.xlsx", workbook(Map.of("shops", List.of(HEADER, List.of("s1", "=1+1", 410329101, 112.2883, 34.315, "WGS-84", "rival", "owner_run", "OPPO", 0, "list", "observed")))));
        assertThat(found(Format.WORKSPACE)).isEmpty();
        assertThat(table("shops.csv")).contains("s1,'=1+1,");
        for (String left : List.of("unpacked", "laid", "tables")) JobFolders.remove(folder.resolve(left));
        upload("book.xlsx", workbook(Map.of("shops", List.of(HEADER, List.of("s1", "FORMULA A1", 410329101, 112.2883, 34.315, "WGS-84", "rival", "owner_run", "OPPO", 0, "list", "observed")))));
        assertThat(found(Format.WORKSPACE)).containsExactly("shops 2 B2 formula_cell");
    }

    @Test
    void pointsOfOpenStreetMapBecomeShops() throws IOException {
        knowTheDemo();
        upload("extract.json", """
                {"version": 0.6, "elements": [
                  {"type": "node", "id": 1, "lat": 34.4168, "lon": 112.4352, "tags": {"shop": "mobile_phone", "name": "城关OPPO专卖店", "name:en": "Chengguan OPPO"}},
                  {"type": "way", "id": 2, "center": {"lat": 34.315, "lon": 112.2884}, "tags": {"shop": "electronics", "name": "鸣皋手机", "brand": "vivo"}},
                  {"type": "node", "id": 3, "lat": 34.315, "lon": 112.2884, "tags": {"shop": "mobile_phone", "operator": "中国移动"}},
                  {"type": "node", "id": 4, "lat": 34.315, "lon": 112.2884, "tags": {"shop": "bakery"}}]}""");
        assertThat(found(Format.SHOPS_OSM)).isEmpty();
        List<String> rows = table("shops.csv").lines().toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).contains("osm-node-1,城关OPPO专卖店,Chengguan OPPO,410329001,").contains(",rival,owner_run,OPPO,").contains("ODbL").endsWith(",observed");
        assertThat(rows.get(2)).contains("osm-way-2,").contains(",410329101,").contains(",vivo,");
        assertThat(rows.get(3)).contains(",carrier,Others,").endsWith(",sketch");
    }

    @Test
    void problemsOfPointsNameTheFeature() throws IOException {
        knowTheDemo();
        upload("extract.geojson", """
                {"type": "FeatureCollection", "features": [
                  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [112.4352, 34.4168]}, "properties": {"name": "好店", "owner": "friend"}},
                  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [12.4, 34.4]}, "properties": {"name": "远店"}},
                  {"type": "Feature", "geometry": {"type": "LineString", "coordinates": []}, "properties": {"name": "线"}}]}""");
        assertThat(found(Format.SHOPS_GEOJSON)).containsExactly("extract.geojson 0 features[0].owner not_a_choice", "extract.geojson 0 features[1] no_place_near", "extract.geojson 0 features[2] not_a_shop_point");
    }

    @Test
    void deepOrBrokenJsonIsAProblem() throws IOException {
        upload("deep.geojson", "[".repeat(100_000));
        assertThat(found(Format.SHOPS_GEOJSON)).hasSize(1).first().asString().endsWith("bad_geojson");
    }
}
