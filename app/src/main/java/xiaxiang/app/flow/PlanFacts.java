package xiaxiang.app.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.NationalAtlas;
import xiaxiang.core.atlas.People;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.CoefficientsFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.field.Visit;
import xiaxiang.core.field.VisitsFile;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.core.rollout.ScenarioFile;

/// Everything a plan starts from, read and judged: the facts, the facts with synthetic shops added, what was heard, and the scenario.
///
/// `coefficients` are the documented ones, fitted ones in their place where a folder holds some; `inputs` is the SHA-256 of every file read.
public record PlanFacts(Atlas facts, Atlas atlas, List<Visit> visits, Scenario scenario, Coefficients coefficients, String inputs) {
    public PlanFacts {
        visits = List.copyOf(visits);
    }

    /// Reads the input; null if anything is wrong, and then `problems` says all of it.
    public static @Nullable PlanFacts read(PlanInput input, Problems problems) {
        return switch (input) {
            case PlanInput.Workspace(Path folder) -> workspace(folder, problems);
            case PlanInput.National national -> national(national, problems);
        };
    }

    private static @Nullable PlanFacts workspace(Path folder, Problems problems) {
        Atlas facts = WorkspaceFiles.read(folder, problems);
        List<Visit> visits = VisitsFile.read(folder, facts, problems);
        Scenario scenario = ScenarioFile.read(folder, facts, problems);
        Coefficients coefficients = CoefficientsFile.read(folder, Coefficients.documented(), problems);
        if (scenario == null || !problems.isEmpty()) return null;
        return new PlanFacts(facts, withShops(facts, scenario), visits, scenario, coefficients, hash(folder));
    }

    /// These facts with the fitted coefficients of a folder, as `xiaxiang demand fit` writes it; null if anything is wrong with them, or there are none.
    public @Nullable PlanFacts withCoefficients(Path folder, Problems problems) {
        Coefficients fitted = CoefficientsFile.read(folder, coefficients, problems);
        if (problems.isEmpty() && fitted.joint().isEmpty()) problems.add("coefficients.csv", Rule.MISSING_FITTED, "");
        return problems.isEmpty() ? new PlanFacts(facts, atlas, visits, scenario, fitted, inputs + hash(folder)) : null;
    }

    private static @Nullable PlanFacts national(PlanInput.National input, Problems problems) {
        Atlas own = WorkspaceFiles.read(input.facts(), problems);
        Scenario asked = ScenarioFile.read(input.facts(), own, problems);
        Atlas places = NationalAtlas.read(input.atlas(), input.region(), problems);
        if (asked == null || !problems.isEmpty()) return null;
        if (places.divisions().isEmpty()) {
            problems.add(input.atlas().toString(), Rule.NOT_FOUND, input.region());
            return null;
        }
        Division top = places.divisions().getFirst();
        for (Division d : places.divisions()) if (d.code().equals(input.region())) top = d;
        Atlas facts = new Atlas(places.levels(), places.divisions(), places.people(), own.brands(), own.models(), List.of(), List.of(), own.channels(), own.market(), places.boundaries());
        double factor = input.budgetFen() == null ? persons(facts, null) / persons(own, asked.place()) : (double) input.budgetFen() / asked.budgetFen();
        Scenario scenario = asked.scaled(top.code(), top.name(), top.nameEn().isBlank() ? top.name() : top.nameEn(), factor, input.seed());
        return new PlanFacts(facts, withShops(facts, scenario), List.of(), scenario, Coefficients.documented(), hash(input.facts()) + hash(input.atlas()));
    }

    private static Atlas withShops(Atlas facts, Scenario scenario) {
        Long seed = scenario.synthesizeSeed();
        return seed == null ? facts : ShopSynthesis.add(facts, scenario.demand().brand(), seed);
    }

    /// The people of a place, or of all points where no place is named.
    private static double persons(Atlas atlas, @Nullable String place) {
        if (place == null) return xiaxiang.core.atlas.DemandPoints.of(atlas).stream().mapToLong(p -> p.persons()).sum();
        return atlas.people().stream().filter(p -> p.code().equals(place)).mapToLong(People::persons).max().orElse(1);
    }

    private static String hash(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(String.valueOf(file.getFileName()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] buffer = new byte[1 << 16];
                    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) digest.update(buffer, 0, n);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
