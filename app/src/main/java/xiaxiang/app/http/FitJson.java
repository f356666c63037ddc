package xiaxiang.app.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.demand.Coefficient;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.StoredFit;

/// A fit as the interface shows it: from fit.json, parted into coefficients, diagnostics, the hold-out and what a reader must know.
@Schema(name = "Fit")
record FitJson(@JsonUnwrapped Row row, List<Term> terms, @Schema(implementation = Object.class) JsonNode diagnostics, @Schema(implementation = Object.class) @Nullable JsonNode holdOut, List<Label> notices) {
    private static final List<String> ASIDE = List.of("coefficients", "holdOut", "warnings", "warningsZh");

    FitJson {
        terms = List.copyOf(terms);
        notices = List.copyOf(notices);
    }

    /// A fit in a list.
    @Schema(name = "FitRow")
    record Row(@Schema(example = "5") long id, @Schema(example = "410329") String place, @Nullable String placeName, Instant at, String by, boolean used) {}

    /// One coefficient with its error and where it comes from; `fitted` is false where the assumption stands.
    @Schema(name = "Term")
    record Term(@Schema(example = "DISTANCE") String term, Label label, @Schema(example = "-0.31") double value, @Schema(example = "0.04") @Nullable Double standardError, @Schema(example = "1/km") String unit,
                String source, @Schema(example = "modelled") String kind, boolean fitted) {}

    /// A name in both languages.
    record Label(String zh, String en) {}

    static Row row(StoredFit f) {
        return new Row(f.id(), f.place(), f.placeName(), f.createdAt(), Ids.orBlank(f.personName()), f.isUsed());
    }

    static FitJson of(StoredFit f) {
        ObjectNode diagnostics = JsonMapper.shared().createObjectNode();
        f.summary().properties().forEach(e -> {
            if (!ASIDE.contains(e.getKey())) diagnostics.set(e.getKey(), e.getValue());
        });
        List<Label> notices = new ArrayList<>();
        JsonNode zh = f.summary().path("warningsZh");
        for (JsonNode en : f.summary().path("warnings")) notices.add(new Label(zh.path(notices.size()).asString(en.asString("")), en.asString("")));
        return new FitJson(row(f), terms(f), diagnostics, f.summary().hasNonNull("holdOut") ? f.summary().path("holdOut") : null, notices);
    }

    /// The documented assumptions.
    static List<Term> documented() {
        return Coefficients.documented().all().stream().map(c -> new Term(c.term().name(), new Label(c.zh(), c.en()), c.value(), c.spread(), c.unit(), c.provenance().source(),
                c.provenance().kind().name().toLowerCase(Locale.ROOT), false)).toList();
    }

    /// The coefficients of a fit, those it did not tell as they were believed.
    static List<Term> terms(StoredFit f) {
        Map<xiaxiang.core.demand.Term, Coefficient> known = new EnumMap<>(xiaxiang.core.demand.Term.class);
        for (Coefficient c : Coefficients.documented().all()) known.put(c.term(), c);
        List<Term> out = new ArrayList<>();
        for (JsonNode row : f.summary().path("coefficients")) {
            Coefficient c = known.get(xiaxiang.core.demand.Term.valueOf(row.path("term").asString()));
            out.add(new Term(row.path("term").asString(), c == null ? new Label("", "") : new Label(c.zh(), c.en()), row.path("value").asDouble(),
                    row.path("standardError").isNumber() ? (Double) row.path("standardError").asDouble() : null, row.path("unit").asString(""), row.path("source").asString(""),
                    row.path("kind").asString(""), row.path("fitted").asBoolean(false)));
        }
        return out;
    }
}
