package xiaxiang.app.flow;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.door.Formula;
import xiaxiang.core.rollout.PlannedSite;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.ProblemFile;

/// What a plan leaves in its folder: plan.json, plan.csv, problem.bin.gz, certificate.bin.gz and index.html. Written beside and moved in place, so that a
/// folder never holds half a plan.
public final class PlanFiles {
    /// The files' names.
    public static final String JSON = "plan.json";
    public static final String CSV = "plan.csv";
    public static final String PROBLEM = "problem.bin.gz";
    public static final String CERTIFICATE = "certificate.bin.gz";
    public static final String REPORT = "index.html";

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PlanFiles() {}

    /// Writes everything about a planned roll-out into `folder`, which is made if needed. Same plan, same bytes.
    public static void write(PlanRollout rollout, double certifiedGap, String command, Path folder) throws IOException {
        Files.createDirectories(folder);
        RolloutPlan plan = rollout.plan();
        Long seed = plan.scenario().synthesizeSeed();
        ReportModel.Made made = new ReportModel.Made(version(), command, seed == null ? 0 : seed, rollout.facts().inputs(), plan.problem().fingerprint());
        ReportModel report = ReportBuilder.of(rollout, made);
        replace(folder.resolve(PROBLEM), out -> zipped(out, zip -> ProblemFile.write(plan.problem(), zip)));
        writeCertificate(plan.certificate(), folder.resolve(CERTIFICATE));
        replace(folder.resolve(CSV), out -> out.write(csv(plan).getBytes(StandardCharsets.UTF_8)));
        replace(folder.resolve(REPORT), out -> out.write(Page.REPORT.holding(report).getBytes(StandardCharsets.UTF_8)));
        replace(folder.resolve(JSON), out -> out.write(MAPPER.writeValueAsBytes(summary(plan, report, certifiedGap))));
    }

    /// The program's version.
    public static String version() {
        String version = PlanFiles.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// Writes a file's bytes.
    interface Writer {
        void to(OutputStream out) throws IOException;
    }

    /// Writes a file beside its place and moves it there, whole or not at all.
    static void replace(Path file, Writer writer) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            writer.to(out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void zipped(OutputStream out, Writer writer) throws IOException {
        try (GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
            writer.to(zip);
        }
    }

    /// The capture problem a folder's plan was made for.
    public static CaptureProblem readProblem(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(PROBLEM))) {
            return problem(in);
        }
    }

    /// The capture problem of the bytes of problem.bin.gz; `packed` stays open.
    static CaptureProblem problem(InputStream packed) throws IOException {
        return ProblemFile.read(new BufferedInputStream(new GZIPInputStream(packed, 1 << 16)));
    }

    /// Writes a certificate, packed, into `file`, whole or not at all.
    public static void writeCertificate(Certificate certificate, Path file) throws IOException {
        replace(file, out -> zipped(out, zip -> certificate.write(zip)));
    }

    /// Reads what [#writeCertificate] wrote.
    public static Certificate readCertificate(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return certificate(in);
        }
    }

    /// The certificate of the bytes of certificate.bin.gz; `packed` stays open.
    static Certificate certificate(InputStream packed) throws IOException {
        return Certificate.read(new BufferedInputStream(new GZIPInputStream(packed, 1 << 16)));
    }

    /// plan.json as it stands in the folder.
    public static JsonNode readSummary(Path folder) throws IOException {
        return MAPPER.readTree(Files.readAllBytes(folder.resolve(JSON)));
    }

    /// The SHA-256 of a file, 64 hexadecimal digits.
    public static String hash(Path file) throws IOException {
        try {
            return java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> summary(RolloutPlan plan, ReportModel report, double certifiedGap) {
        Map<String, Object> out = new TreeMap<>();
        out.put("schema", "xiaxiang.plan.1");
        out.put("place", report.place());
        out.put("brand", report.brand());
        out.put("period", report.period());
        out.put("currency", report.currency());
        out.put("measure", report.measure());
        out.put("status", report.answer().status());
        out.put("lower", plan.lower());
        out.put("upper", plan.upper());
        out.put("gap", plan.gap());
        out.put("certifiedGap", certifiedGap);
        out.put("viabilityLoss", plan.viabilityLoss());
        out.put("costFen", plan.costFen());
        out.put("budgetFen", plan.scenario().budgetFen());
        out.put("runningFenYear", plan.runningFenYear());
        out.put("runningCapFen", plan.scenario().runningCapFen());
        out.put("shareBefore", report.answer().shareBefore());
        out.put("shareAfter", report.answer().shareAfter());
        out.put("netUnits", report.answer().netUnits());
        out.put("onlineCeiling", report.answer().onlineCeiling());
        out.put("scheduleUnits", plan.scheduleUnits());
        out.put("open", plan.plan().open());
        out.put("sites", report.sites());
        out.put("made", report.made());
        return out;
    }

    private static final List<String> HEADER = List.of("wave", "action", "id", "name", "name_en", "division", "lon", "lat", "format", "units_year", "net_units_year", "cost_fen",
            "running_fen_year", "payback_months", "break_even_units_year", "kind", "datum");

    /// The plan's lines as a table; cells that a spreadsheet would take for a formula are led by an apostrophe.
    private static String csv(RolloutPlan plan) {
        StringWriter text = new StringWriter();
        text.write('\ufeff');
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(HEADER);
            for (PlannedSite s : plan.sites()) csv.writeRecord(row(s).stream().map(Formula::led).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> row(PlannedSite s) {
        List<Object> cells = new ArrayList<>(List.of(s.wave(), ReportText.lower(s.action()), s.option().id(), s.option().nameZh(), s.option().nameEn(), s.option().division(),
                s.option().point().lon(), s.option().point().lat(), ReportText.lower(s.option().format()), ReportText.round(s.why().units(), 2), ReportText.round(s.why().net(), 2),
                s.costFen(), s.runningFenYear(), s.paybackMonths() == null ? "" : ReportText.round(s.paybackMonths(), 1), s.option().breakEvenUnitsYear(),
                ReportText.lower(s.option().kind()), "WGS84"));
        return cells.stream().map(String::valueOf).toList();
    }
}
