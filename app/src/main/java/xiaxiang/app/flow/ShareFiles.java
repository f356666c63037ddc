package xiaxiang.app.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.door.Formula;
import xiaxiang.core.share.DesignPower;
import xiaxiang.core.share.OutcomeSynthesis;
import xiaxiang.core.share.SealedDesign;
import xiaxiang.core.share.WaveVerdict;
import xiaxiang.engine.effect.Power;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.Spillover;
import xiaxiang.engine.effect.WaveDesign;

/// What a design and a verdict leave in their folders: design.txt (what is sealed), design.csv, design.json; verdict.json, verdict.csv; outcomes.csv.
public final class ShareFiles {
    /// The files' names.
    public static final String TEXT = "design.txt";
    public static final String JSON = "design.json";

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ShareFiles() {}

    /// Writes a design; same design, same bytes. Throws FileAlreadyExistsException if the folder holds one: a sealed design is not replaced.
    public static void write(SealedDesign design, Map<String, @Nullable Object> summary, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve(TEXT))) throw new java.nio.file.FileAlreadyExistsException(folder.resolve(TEXT).toString(), null, "a sealed design is there; choose another folder");
        List<List<Object>> rows = new ArrayList<>();
        int[] stratum = design.drawn().stratumOf();
        for (int i = 0; i < design.units().size(); i++) {
            SealedDesign.Unit u = design.units().get(i);
            List<Object> row = new ArrayList<>(List.of(u.code(), design.labelText(i), launch(design, i), stratum[i] + 1, u.lon(), u.lat()));
            row.addAll(u.features());
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("division", "assigned", "launch", "stratum", "lon", "lat"));
        header.addAll(design.features());
        PlanFiles.replace(folder.resolve("design.csv"), out -> out.write(csv(header, rows).getBytes(UTF_8)));
        PlanFiles.replace(folder.resolve(JSON), out -> out.write(MAPPER.writeValueAsBytes(summary)));
        PlanFiles.replace(folder.resolve(TEXT), out -> out.write(design.text().getBytes(UTF_8)));
    }

    private static String launch(SealedDesign design, int unit) {
        int label = design.drawn().label(unit);
        return label < 0 ? "" : design.terms().launch().plus(label * design.terms().every()).toString();
    }

    /// Reads a design; refused if its seal does not fit. `seal` is one kept elsewhere, or null for that of design.json.
    public static SealedDesign.Outcome read(Path folder, @Nullable String seal) throws IOException {
        String kept = seal == null ? MAPPER.readTree(Files.readAllBytes(folder.resolve(JSON))).path("seal").asString("") : seal;
        return SealedDesign.open(Files.readString(folder.resolve(TEXT)), kept);
    }

    /// design.json.
    public static Map<String, @Nullable Object> summary(SealedDesign design, DesignPower.Outcome power) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("schema", "xiaxiang.design.1");
        out.put("seal", design.seal());
        out.put("townships", design.units().size());
        Map<String, Integer> counts = new java.util.TreeMap<>();
        for (int i = 0; i < design.units().size(); i++) counts.merge(design.labelText(i), 1, Integer::sum);
        out.put("assigned", counts);
        out.put("launch", design.terms().launch().toString());
        out.put("worth", design.terms().worth());
        out.put("ways", number(design.drawn().mechanism().ways()));
        List<Map<String, @Nullable Object>> balance = new ArrayList<>();
        for (WaveDesign.Balance b : design.drawn().balance()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("feature", design.features().get(b.feature()));
            row.put("of", b.wave() < 0 ? "all" : "wave" + (b.wave() + 1));
            row.put("difference", number(b.difference()));
            balance.add(row);
        }
        out.put("balance", balance);
        out.put("power", power(power));
        return out;
    }

    private static Map<String, @Nullable Object> power(DesignPower.Outcome power) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        switch (power) {
            case DesignPower.Outcome.Unknown(String why) -> out.put("unknown", why);
            case DesignPower.Outcome.Known(Power p, int before, int measured) -> {
                out.put("detectable", number(p.detectable()));
                out.put("falsePositiveRate", number(p.falsePositiveRate()));
                out.put("criticalValue", number(p.criticalValue()));
                out.put("calibratedAlpha", number(p.calibratedAlpha()));
                out.put("leastP", number(p.least()));
                out.put("periodsBefore", before);
                out.put("periodsMeasured", measured);
                out.put("curve", p.curve().stream().map(c -> Map.of("effect", c.effect(), "power", c.power())).toList());
            }
        }
        return out;
    }

    /// verdict.json.
    public static Map<String, @Nullable Object> verdict(WaveVerdict verdict, String seal) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("schema", "xiaxiang.verdict.1");
        out.put("verdict", ReportText.lower(verdict.answer()));
        out.put("synthetic", verdict.synthetic());
        out.put("seal", seal);
        out.put("measure", verdict.main());
        out.put("worth", verdict.worth());
        out.put("alpha", verdict.alpha());
        out.put("measures", verdict.measures().stream().map(ShareFiles::measured).toList());
        out.put("checks", verdict.checks().stream().map(ShareFiles::check).toList());
        out.put("spillover", spillover(verdict.spillover(), verdict.alpha()));
        out.put("power", power(verdict.power()));
        return out;
    }

    private static Map<String, @Nullable Object> measured(WaveVerdict.Measured m) {
        RandomisationInference.Result test = m.test();
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("measure", m.measure());
        out.put("estimate", number(test.estimate()));
        out.put("interval", pair(test.low(), test.high()));
        out.put("p", number(test.p()));
        out.put("assignments", test.ways());
        out.put("exact", test.exact());
        return out;
    }

    private static Map<String, @Nullable Object> check(WaveVerdict.Check c) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", c.name());
        out.put("estimate", number(c.estimate()));
        out.put("standardError", number(c.standardError()));
        out.put("interval", pair(c.low(), c.high()));
        out.put("p", number(c.p()));
        if (!c.note().isEmpty()) out.put("note", c.note());
        return out;
    }

    private static Map<String, @Nullable Object> spillover(Spillover.Outcome spillover, double alpha) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        switch (spillover) {
            case Spillover.Outcome.Refused(String why) -> out.put("refused", why);
            case Spillover.Outcome.Estimated found -> {
                out.put("own", ring(found.own()));
                out.put("rings", found.rings().stream().map(ShareFiles::ring).toList());
                out.put("net", ring(found.net()));
                out.put("far", found.far());
                out.put("spills", found.spills(alpha));
            }
        }
        return out;
    }

    private static Map<String, @Nullable Object> ring(Spillover.Effect e) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("innerMeters", e.innerMeters());
        out.put("outerMeters", e.outerMeters());
        out.put("townships", e.units());
        out.put("estimate", number(e.estimate()));
        out.put("standardError", number(e.standardError()));
        out.put("interval", pair(e.low(), e.high()));
        out.put("p", number(e.p()));
        return out;
    }

    private static List<@Nullable Double> pair(double low, double high) {
        return java.util.Arrays.asList(number(low), number(high));
    }

    /// JSON has no infinity: null.
    private static @Nullable Double number(double x) {
        return Double.isFinite(x) ? x : null;
    }

    /// Writes verdict.json and verdict.csv.
    public static void write(WaveVerdict verdict, String seal, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<List<Object>> rows = new ArrayList<>();
        for (WaveVerdict.Measured m : verdict.measures()) rows.add(List.of("lot", m.measure(), m.test().estimate(), m.test().low(), m.test().high(), m.test().p()));
        for (WaveVerdict.Check c : verdict.checks()) rows.add(List.of(c.name(), verdict.main(), c.estimate(), c.low(), c.high(), c.p()));
        if (verdict.spillover() instanceof Spillover.Outcome.Estimated(Spillover.Effect own, List<Spillover.Effect> rings, Spillover.Effect net, int _)) {
            rows.add(List.of("rings own", verdict.main(), own.estimate(), own.low(), own.high(), own.p()));
            for (Spillover.Effect r : rings) rows.add(List.of("ring to " + Math.round(r.outerMeters()) + " m", verdict.main(), r.estimate(), r.low(), r.high(), r.p()));
            rows.add(List.of("rings net", verdict.main(), net.estimate(), net.low(), net.high(), net.p()));
        }
        String table = csv(List.of("estimator", "measure", "estimate", "low", "high", "p"), rows);
        PlanFiles.replace(folder.resolve("verdict.csv"), out -> out.write(table.getBytes(UTF_8)));
        PlanFiles.replace(folder.resolve("verdict.json"), out -> out.write(MAPPER.writeValueAsBytes(verdict(verdict, seal))));
    }

    /// Writes invented outcomes as outcomes.csv, each row marked synthetic with the seed.
    public static void write(List<OutcomeSynthesis.Row> rows, long seed, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<List<Object>> cells = new ArrayList<>();
        for (OutcomeSynthesis.Row r : rows) cells.add(List.of(r.division(), r.period(), r.measure(), r.units(), "invented by xiaxiang share synthesize from seed " + seed, "synthetic"));
        PlanFiles.replace(folder.resolve("outcomes.csv"), out -> out.write(csv(List.of("division", "period", "measure", "units", "source", "kind"), cells).getBytes(UTF_8)));
    }

    private static String csv(List<String> header, List<List<Object>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(header);
            for (List<Object> row : rows) csv.writeRecord(row.stream().map(String::valueOf).map(Formula::led).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
