package xiaxiang.core.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import xiaxiang.core.door.Problems;

/// Forty townships on a plain, a design of theirs, and outcomes invented for it.
final class Villages {
    static final Period FIRST = new Period(4, 4 * 2013);
    static final int BEFORE = 16;

    private Villages() {}

    static List<OutcomeSynthesis.Township> people(int count) {
        SplittableRandom random = new SplittableRandom(8);
        return IntStream.range(0, count).mapToObj(i -> new OutcomeSynthesis.Township("T%03d".formatted(i), 20_000 + random.nextInt(30_000))).toList();
    }

    static DesignTerms terms(long seed, double worth) {
        return new DesignTerms(seed, List.of(14, 12), 14, 5, 5, 3_000, List.of(5_000.0, 12_000.0), FIRST.plus(BEFORE), 2, 6, worth, .05, "0".repeat(64));
    }

    /// Forty townships in the lot, ten beside it.
    static SealedDesign design(DesignTerms terms) {
        SplittableRandom random = new SplittableRandom(21);
        List<OutcomeSynthesis.Township> people = people(50);
        List<SealedDesign.Unit> units = people.subList(0, 40).stream().map(t -> new SealedDesign.Unit(t.code(), 112 + random.nextDouble(), 34 + random.nextDouble(), List.of((double) t.persons(), 1.0))).toList();
        List<SealedDesign.Place> others = people.subList(40, 50).stream().map(t -> new SealedDesign.Place(t.code(), 114 + random.nextDouble(), 34 + random.nextDouble())).toList();
        return sealed(SealedDesign.draw(terms, List.of("persons", "tier"), units, others));
    }

    static SealedDesign sealed(SealedDesign.Outcome outcome) {
        return switch (outcome) {
            case SealedDesign.Outcome.Sealed(SealedDesign design) -> design;
            case SealedDesign.Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    static Outcomes outcomes(List<OutcomeSynthesis.Row> rows, Path folder) {
        StringBuilder text = new StringBuilder("division,period,measure,units,source,kind\n");
        for (OutcomeSynthesis.Row r : rows) text.append(String.format(Locale.ROOT, "%s,%s,%s,%d,seed,synthetic%n", r.division(), r.period(), r.measure(), r.units()));
        Problems problems = new Problems();
        Outcomes outcomes = read(text.toString(), folder, problems);
        if (outcomes == null) throw new AssertionError(problems.text(Locale.ENGLISH));
        return outcomes;
    }

    static @org.jspecify.annotations.Nullable Outcomes read(String text, Path folder, Problems problems) {
        try {
            Files.write(folder.resolve("outcomes.csv"), text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Outcomes.read(folder, problems);
    }
}
