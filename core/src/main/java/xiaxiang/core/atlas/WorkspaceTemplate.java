package xiaxiang.core.atlas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import xiaxiang.core.door.Columns;

/// Writes an empty workspace: every table with its header and one example as a comment, and a README in Chinese and English.
public final class WorkspaceTemplate {
    private static final List<String> VISITS = List.of("date", "division", "shop", "who", "quote", "quote_en", "need", "need_en", "brand",
            "rival_margin_fen", "price_fen", "units_month", "source", "kind");
    private static final List<String> ANSWERS = List.of("id", "date", "point", "bought", "brand", "shop", "price_fen", "weight", "source", "kind");
    private static final List<String> SELLOUT = List.of("shop", "brand", "period", "units", "source", "kind");
    private static final String README = """
            下乡工作区

            每个 CSV 文件的第一行是列名，以 # 开头的行是注释和示例，填写真实数据后可删除。
            必须填写：divisions people brands models market。可以没有：shops sites channels visits answers sellout boundaries.geojson。
            可用 .csv 或 .csv.gz，UTF-8 或 GB18030。金额单位是分，坐标写明坐标系（WGS-84、GCJ-02、BD-09）。
            每一行都要写来源（source）和性质（kind：observed 实测、modelled 推算、synthetic 合成、sketch 示意）。
            填好后运行 xiaxiang check 检查本文件夹。每一列的含义见 docs/formats.md。

            A workspace of Xiaxiang

            The first line of each CSV file names its columns; lines that start with # are comments and examples, to be deleted once there are facts.
            Mandatory: divisions people brands models market. May be absent: shops sites channels visits answers sellout boundaries.geojson.
            .csv or .csv.gz, UTF-8 or GB18030. Money is in fen; coordinates say their datum (WGS-84, GCJ-02, BD-09).
            Every row names its source and its kind (observed, modelled, synthetic, sketch).
            When filled in, run xiaxiang check on this folder. docs/formats.md says what each column means.
            """;

    private WorkspaceTemplate() {}

    /// Writes the files into a folder, which is made if need be.
    /// Throws IllegalArgumentException if the folder is not empty or is no folder; IOException if it cannot be written.
    public static void write(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " 是文件，不是文件夹，请换一个。/ " + folder + " is a file, not a folder. Choose another.");
        }
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " 不是空文件夹，请换一个，以免覆盖。/ " + folder + " is not empty. Choose another, so that nothing is overwritten.");
            }
        }
        for (Map.Entry<String, String> file : files().entrySet()) Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }

    private static Map<String, String> files() {
        var files = new TreeMap<String, String>();
        files.put("README.txt", README);
        files.put("divisions.csv", table(columns(DivisionsFile.COLUMNS), "code=410329101|name=鸣皋镇|level=township|parent=410329|tier=township"
                + "|lon=112.28832|lat=34.31498|datum=WGS-84|point_kind=sketch|name_en=Minggao"));
        files.put("people.csv", table(columns(PeopleFile.COLUMNS), "code=410329101|year=2020|persons=71348|income_index=0.8"));
        files.put("brands.csv", table(columns(BrandsFile.BRANDS), "id=xiaomi|name=小米|name_en=Xiaomi|colour=#d55e00|online_share=0.7|rest=false"));
        files.put("models.csv", table(columns(BrandsFile.MODELS),
                "brand=xiaomi|model=A|band=entry|price_fen=69900|brand_margin_fen=5600|dealer_margin_fen=4000"));
        files.put("shops.csv", table(columns(ShopsFile.SHOPS), "id=s1|name=镇东手机店|name_en=East Street Phones|division=410329101|lon=112.2883|lat=34.315"
                + "|datum=WGS-84|owner=rival|format=owner_run|brands=oppo;vivo|running_fen_year=0|units_month=oppo:30;vivo:25|promoters=1|sign=true"));
        files.put("sites.csv", table(columns(ShopsFile.SITES), "id=c1|name=镇东手机店签约|name_en=Sign East Street|division=410329101|lon=112.2883|lat=34.315"
                + "|datum=WGS-84|action=sign|shop=s1|format=authorised_shop|models_carried=6|fit_out_fen=1500000|running_fen_year=600000|dealer_margin_fen=8000"));
        files.put("channels.csv", table(columns(FiguresFile.CHANNELS), "period=2016|measure=online share of retail|value=12.6|unit=pct|place=CN"));
        files.put("market.csv", table(columns(FiguresFile.MARKET),
                "place=CN|period=2017Q3|table=IDC|brand=xiaomi|measure=shipment|share_pct=13.7|rounding_pct=0.1|units_million=15.7"));
        files.put("visits.csv", table(VISITS, "date=2017-03-15|division=410329101|who=owner|quote=先给门头再谈卖货|quote_en=Put up the sign first"
                + "|need=门头|need_en=a sign|brand=vivo|rival_margin_fen=13000"));
        files.put("answers.csv", table(ANSWERS, "id=a1|date=2017-04-02|point=410329101|bought=shop|brand=xiaomi|shop=s1|price_fen=99900|weight=1"));
        files.put("sellout.csv", table(SELLOUT, "shop=s1|brand=vivo|period=2017Q1|units=75"));
        return files;
    }

    /// The order people fill them in: the mandatory ones, then the others, source and kind last.
    private static List<String> columns(Columns columns) {
        Stream<String> first = columns.required().stream().filter(one -> !one.equals("source") && !one.equals("kind"));
        return Stream.of(first, columns.optional().stream(), Stream.of("source", "kind")).flatMap(one -> one).toList();
    }

    /// A header and one example row behind a `#`. In `cells` a `;` stands for the `|` of a list.
    private static String table(List<String> columns, String cells) {
        var row = new TreeMap<>(Map.of("source", "example", "kind", "sketch"));
        for (String cell : cells.split("\\|", -1)) {
            int equals = cell.indexOf('=');
            row.put(cell.substring(0, equals), cell.substring(equals + 1).replace(';', '|'));
        }
        return String.join(",", columns) + "\n# " + String.join(",", columns.stream().map(one -> row.getOrDefault(one, "")).toList()) + "\n";
    }
}
