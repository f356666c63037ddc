package xiaxiang.app.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.atlas.NationalAtlas;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.field.Answer;
import xiaxiang.core.field.AnswersFile;
import xiaxiang.core.field.FieldTables;
import xiaxiang.core.field.VisitsFile;
import xiaxiang.core.register.BoundaryRows;
import xiaxiang.core.register.FactTable;
import xiaxiang.core.register.WorkspaceTables;
import xiaxiang.core.trade.SellOutFile;
import xiaxiang.core.trade.TradeTables;
import xiaxiang.engine.geo.LonLat;

/// Judges what is to be imported, in a process of its own: the server never opens what somebody uploaded.
///
/// In the folder of an import: `uploads` as they came, `unpacked` the tables in them, `known` what the database knows there, `laid` one over the other, `tables` the normalised
/// tables where nothing is wrong; `reach.json` says which places the upload is about, `problems.json` all that is wrong.
public final class JudgeFacts {
    /// What an upload is.
    public enum Format { WORKSPACE, SHOPS_GEOJSON, SHOPS_OSM, NATIONAL }

    /// A region of a national atlas: its folder, the codes it begins with, and shops for a brand from a seed (null: none).
    public record National(Path atlas, String region, @Nullable String brand, @Nullable Long seed) {}

    public static final String PROBLEMS = "problems.json";
    static final String REACH = "reach.json";
    private static final int MOST_CODES = 200_000;
    private static final List<String> CODES = List.of("code", "parent", "division", "point");

    private final Path folder;
    private final Format format;
    private final Consumer<String> stages;
    private final Problems problems = new Problems();

    /// A judgement in a folder of its own; `stages` hears which stage has begun: unpack, places, read, synthesize, write.
    public JudgeFacts(Path folder, Format format, Consumer<String> stages) {
        this.folder = folder;
        this.format = format;
        this.stages = stages;
    }

    /// First: unpacks, and notes which places the upload is about. True if nothing is wrong so far.
    public boolean unpack() throws IOException {
        stages.accept("unpack");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        if (format == Format.WORKSPACE) {
            Unpacking.unpack(folder.resolve("uploads"), unpacked, problems);
            write(folder.resolve(REACH), Map.of("codes", codes(unpacked)));
        } else write(folder.resolve(REACH), Map.of("box", box(extract())));
        return say();
    }

    private Path extract() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("uploads"))) {
            List<Path> files = all.sorted().toList();
            if (files.size() > 1) problems.add(String.valueOf(files.get(1).getFileName()), Rule.TOO_MANY_FILES, "1");
            return files.getFirst();
        }
    }

    /// West, south, east, north of the points; nothing if there are none.
    private List<Double> box(Path extract) throws IOException {
        double[] box = {180, 90, -180, -90};
        for (JsonNode feature : ShopExtract.points(extract, problems)) {
            LonLat at = ShopExtract.at(feature);
            if (at == null) continue;
            box[0] = Math.min(box[0], at.lon());
            box[1] = Math.min(box[1], at.lat());
            box[2] = Math.max(box[2], at.lon());
            box[3] = Math.max(box[3], at.lat());
        }
        return box[0] > box[2] ? List.of() : List.of(box[0], box[1], box[2], box[3]);
    }

    private static Set<String> codes(Path unpacked) {
        var codes = new TreeSet<String>();
        for (FactTable table : Facts.csv()) {
            var header = new ArrayList<String>();
            CsvFile.records(unpacked, table.file(), new Problems(), (_, cells) -> {
                if (header.isEmpty()) cells.forEach(cell -> header.add(cell.strip()));
                else for (String column : CODES) {
                    int at = header.indexOf(column);
                    if (at >= 0 && at < cells.size() && codes.size() < MOST_CODES && !cells.get(at).isBlank()) codes.add(cells.get(at).strip());
                }
            });
        }
        return codes;
    }

    /// Then: judges all of it with what is known, and writes the tables. True if nothing is wrong.
    public boolean judge() throws IOException {
        Path known = folder.resolve("known");
        Path unpacked = folder.resolve("unpacked");
        List<String> features = List.of();
        if (format != Format.WORKSPACE) {
            stages.accept("places");
            Atlas places = WorkspaceFiles.read(known, new Problems());
            features = ShopExtract.write(extract(), format == Format.SHOPS_OSM, places, unpacked, problems);
        }
        stages.accept("read");
        Path laid = Files.createDirectory(folder.resolve("laid"));
        Overlay.lay(unpacked, known, laid);
        Problems found = new Problems();
        Atlas atlas = WorkspaceFiles.read(laid, found);
        Path tables = Files.createDirectory(folder.resolve("tables"));
        field(laid, atlas, found, tables);
        for (Problem one : found.list()) problem(one, laid, features);
        if (problems.isEmpty()) {
            tables(atlas, atlas, atlas.boundaries(), tables);
            Untouched.remove(unpacked, known, tables);
        }
        return say();
    }

    private static void field(Path laid, Atlas atlas, Problems found, Path tables) throws IOException {
        FieldTables.writeVisits(VisitsFile.read(laid, atlas, found), tables);
        TradeTables.writeSellOut(SellOutFile.read(laid, atlas, found), tables);
        if (!Files.exists(laid.resolve("answers.csv")) && !Files.exists(laid.resolve("answers.csv.gz"))) return;
        if (!found.isEmpty()) return;
        List<Answer> answers = AnswersFile.read(laid, atlas, DemandPoints.of(atlas), found);
        FieldTables.writeAnswers(answers, tables);
    }

    /// A table that is neither uploaded nor known is none that is missing; a row made of a feature is named by the feature.
    private void problem(Problem one, Path laid, List<String> features) throws IOException {
        if (one.rule() == Rule.MISSING_FILE && !Files.exists(laid.resolve(one.file()))) return;
        int feature = (int) Math.min(Integer.MAX_VALUE, one.row() - 2);
        if (!one.file().equals("shops.csv") || feature < 0 || feature >= features.size()) problems.add(one);
        else problems.add(new Problem(String.valueOf(extract().getFileName()), 0, features.get(feature) + "." + one.column(), one.value(), one.rule(), one.detail()));
    }

    /// Or: a region of a national atlas, with brands and public figures of the folder `figures`, and shops from a seed. True if nothing is wrong.
    /// The whole country with 400,000 shops takes some 20 s and 3 GB.
    public boolean national(National national, Path figures) throws IOException {
        stages.accept("read");
        Atlas own = WorkspaceFiles.figures(figures, problems);
        Atlas places = NationalAtlas.read(national.atlas(), national.region(), problems);
        if (!problems.isEmpty()) return say();
        Atlas facts = new Atlas(places.levels(), places.divisions(), places.people(), own.brands(), own.models(), List.of(), List.of(), own.channels(), own.market(), null);
        stages.accept("synthesize");
        Atlas shops = national.seed() == null || national.brand() == null ? facts : ShopSynthesis.add(facts, national.brand(), national.seed());
        tables(facts, shops, NationalBoundaries.of(national.atlas(), shops), Files.createDirectory(folder.resolve("tables")));
        return say();
    }

    /// Places as they were read, without the points that were made up for shops to stand at.
    private void tables(Atlas places, Atlas shops, @Nullable String boundaries, Path tables) throws IOException {
        stages.accept("write");
        WorkspaceTables.write(new Atlas(places.levels(), places.divisions(), places.people(), places.brands(), places.models(), shops.shops(), shops.sites(), places.channels(), places.market(), null), tables);
        BoundaryRows.write(boundaries, tables);
    }

    private boolean say() throws IOException {
        var out = new LinkedHashMap<String, Object>();
        out.put("count", problems.count());
        out.put("problems", problems.list().stream().map(JudgeFacts::said).toList());
        write(folder.resolve(PROBLEMS), out);
        return problems.isEmpty();
    }

    /// A problem in both languages.
    static Map<String, Object> said(Problem one) {
        var out = new LinkedHashMap<String, Object>();
        out.put("file", one.file());
        out.put("row", one.row());
        out.put("column", one.column());
        out.put("value", one.value());
        out.put("rule", one.rule().name().toLowerCase(Locale.ROOT));
        for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) out.put(locale.getLanguage(), Map.of("message", one.message(locale), "nextStep", one.nextStep(locale)));
        return out;
    }

    private static void write(Path file, Object value) {
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
