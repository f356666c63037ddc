package xiaxiang.core.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.YamlFile;
import xiaxiang.core.demand.Coefficient;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.DemandSettings;
import xiaxiang.core.demand.Term;

/// Reads and judges scenario.yaml; every key is described in docs/formats.md.
public final class ScenarioFile {
    /// The file's name in a workspace.
    public static final String NAME = "scenario.yaml";
    private static final long MAX_FEN = 1_000_000_000_000_000L;

    private final YamlFile yaml;
    private final Atlas atlas;

    private ScenarioFile(YamlFile yaml, Atlas atlas) {
        this.yaml = yaml;
        this.atlas = atlas;
    }

    /// The scenario of a workspace, or null if anything in it is wrong; what is wrong is added to `problems`.
    public static @Nullable Scenario read(Path folder, Atlas atlas, Problems problems) {
        long before = problems.count();
        return read(YamlFile.read(folder.resolve(NAME), problems), atlas, problems, before);
    }

    /// The scenario of a text in the form of the file, judged by the same rules; null if anything in it is wrong.
    static @Nullable Scenario of(String text, Atlas atlas, Problems problems) {
        long before = problems.count();
        return read(YamlFile.of(NAME, text, problems), atlas, problems, before);
    }

    private static @Nullable Scenario read(YamlFile yaml, Atlas atlas, Problems problems, long before) {
        if (problems.count() > before) return null;
        ScenarioFile file = new ScenarioFile(yaml, atlas);
        Read read = file.read();
        return problems.count() > before ? null : read.scenario(file.measure(read));
    }

    /// Writes a commented scenario for an empty workspace.
    public static void writeTemplate(Path folder) throws IOException {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("scenario-template.yaml")) {
            if (in == null) throw new IllegalStateException("scenario-template.yaml is not on the class path.");
            Files.copy(in, folder.resolve(NAME));
        }
    }

    /// The values as read: a scenario is only made of them when none has a problem.
    private record Read(String place, String zh, String en, String currency, String brand, String market, String table, String period, String measure, double reach, int considered,
                        long budget, long running, List<Scenario.Wave> waves, @Nullable Long seed, int draws, List<String> require, List<String> forbid, Map<Term, Double> coefficients) {
        Scenario scenario(String measure) {
            return new Scenario(place, zh, en, currency, new DemandSettings(brand, market, table, period, measure, reach, considered), budget, running, waves, seed, draws, require, forbid, coefficients);
        }
    }

    private Read read() {
        YamlFile shares = yaml.mapping("public_shares");
        YamlFile name = yaml.mapping("name");
        Long seed = yaml.has("synthesize_seed") ? (Long) yaml.whole("synthesize_seed", 0, Integer.MAX_VALUE) : null;
        if (seed == null) yaml.text("synthesize_seed", "");
        Read read = new Read(yaml.text("place"), name.text("zh"), name.text("en"), yaml.text("currency"), yaml.text("brand"), shares.text("place"), shares.text("table"),
                shares.text("period"), shares.text("measure", ""), yaml.whole("reach_meters", 100, 200_000, 15_000), (int) yaml.whole("shops_considered", 1, 1000, 60),
                yaml.whole("budget_fen", 0, MAX_FEN), yaml.whole("running_cap_fen", 0, MAX_FEN), waves(), seed, (int) yaml.whole("draws", 0, 1000, 50),
                yaml.texts("require"), yaml.texts("forbid"), coefficients());
        name.refuseOthers();
        shares.refuseOthers();
        yaml.refuseOthers();
        crossCheck(read, shares);
        return read;
    }

    private List<Scenario.Wave> waves() {
        List<Scenario.Wave> waves = new ArrayList<>();
        for (YamlFile wave : yaml.mappings("waves")) {
            String label = wave.text("label");
            for (int i = 0; i < waves.size(); i++) if (!label.isEmpty() && label.equals(waves.get(i).label())) wave.report("label", label, Rule.REPEATED, "waves[" + i + "].label");
            waves.add(new Scenario.Wave(label, wave.whole("budget_fen", 0, MAX_FEN)));
            wave.refuseOthers();
        }
        if (waves.isEmpty()) yaml.report("waves", "", Rule.REQUIRED, "");
        if (waves.size() > 12) yaml.report("waves", Integer.toString(waves.size()), Rule.OUT_OF_RANGE, "[1, 12]");
        return waves;
    }

    private Map<Term, Double> coefficients() {
        YamlFile given = yaml.mapping("coefficients");
        Coefficients documented = Coefficients.documented();
        Map<Term, Double> out = new EnumMap<>(Term.class);
        for (String key : given.keys()) {
            Term term = Arrays.stream(Term.values()).filter(t -> t.name().equalsIgnoreCase(key)).findFirst().orElse(null);
            if (term == null) continue;
            Coefficient known = documented.coefficient(term);
            if (out.put(term, given.number(key, known.low(), known.high())) != null) given.report(key, "", Rule.DUPLICATE_COLUMN, "");
        }
        given.refuseOthers();
        return out;
    }

    private void crossCheck(Read read, YamlFile shares) {
        Set<String> brands = atlas.brands().stream().map(Brand::id).collect(Collectors.toSet());
        if (!read.brand().isEmpty() && !brands.contains(read.brand())) yaml.report("brand", read.brand(), Rule.NOT_A_CHOICE, String.join(", ", new TreeSet<>(brands)));
        Set<String> codes = atlas.divisions().stream().map(Division::code).collect(Collectors.toSet());
        if (!read.place().isEmpty() && !codes.contains(read.place())) yaml.report("place", read.place(), Rule.NOT_FOUND, "divisions.csv");
        long inWaves = read.waves().stream().mapToLong(Scenario.Wave::budgetFen).sum();
        if (inWaves > read.budget()) yaml.report("waves", Long.toString(inWaves), Rule.OUT_OF_RANGE, "[0, " + read.budget() + "]");
        Set<String> both = new HashSet<>(read.require());
        both.retainAll(read.forbid());
        if (!both.isEmpty()) yaml.report("forbid", String.join(", ", both), Rule.CONTRADICTION, "require");
        if (read.seed() == null) for (String id : read.require()) known("require", id);
        if (read.seed() == null) for (String id : read.forbid()) known("forbid", id);
        checkShares(read, shares);
    }

    /// With synthetic shops the ids are only known later; without, a lock must name a site or shop of the workspace.
    private void known(String key, String id) {
        boolean found = atlas.sites().stream().anyMatch(s -> s.id().equals(id)) || atlas.shops().stream().anyMatch(s -> s.id().equals(id));
        if (!found) yaml.report(key, id, Rule.NOT_FOUND, "sites.csv");
    }

    private void checkShares(Read read, YamlFile shares) {
        List<MarketFact> rows = table(read);
        if (rows.isEmpty()) {
            if (!read.period().isEmpty()) shares.report("period", read.period(), Rule.NOT_FOUND, "market.csv");
            return;
        }
        Set<String> measures = measures(read);
        if (read.measure().isEmpty() && measures.size() > 1) shares.report("table", read.table() + " " + read.period(), Rule.SEVERAL_MEASURES, String.join(", ", measures));
        else if (!read.measure().isEmpty() && !measures.contains(read.measure())) shares.report("measure", read.measure(), Rule.NOT_FOUND, "market.csv");
        else checkBrands(read, rows.stream().filter(f -> f.measure().equals(measure(read))).map(MarketFact::brand).collect(Collectors.toSet()), shares);
    }

    private void checkBrands(Read read, Set<String> present, YamlFile shares) {
        for (Brand b : atlas.brands())
            if (!b.rest() && !present.contains(b.id())) shares.report("table", read.table() + " " + read.period(), Rule.BRAND_WITHOUT_SHARE, b.id());
    }

    /// The shares of the table named, of every measure.
    private List<MarketFact> table(Read read) {
        return atlas.market().stream()
                .filter(f -> f.place().equals(read.market()) && f.table().equals(read.table()) && f.period().equals(read.period()) && f.sharePct() != null).toList();
    }

    private Set<String> measures(Read read) {
        return table(read).stream().map(MarketFact::measure).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The measure named, else the only one the table holds.
    private String measure(Read read) {
        return read.measure().isEmpty() ? measures(read).iterator().next() : read.measure();
    }
}
