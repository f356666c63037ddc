package xiaxiang.app.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.door.Problem;

/// What somebody sent as JSON, as the cells of a row of a workspace file, so that the rules of the file judge it: a list as a|b, a map as a:1|b:2, null as an empty cell.
/// A field that is left out is no cell: a change leaves it as it was.
final class TypedCells {
    private static final Set<String> POINT = Set.of("lon", "lat", "datum");
    static final Set<String> SHOP = union("name", "nameEn", "division", "owner", "format", "brands", "unitsMonth", "dealerMarginFen", "promoters", "sign", "closingFen", "runningFenYear",
            "breakEvenUnitsYear", "distributor", "source", "kind");
    static final Set<String> SITE = union("name", "nameEn", "division", "action", "shop", "format", "promoters", "sign", "modelsCarried", "fitOutFen", "runningFenYear", "dealerMarginFen",
            "breakEvenUnitsYear", "source");
    static final Set<String> PLACE = union("name", "nameEn", "source");
    private static final int MOST_ITEMS = 1_000;
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private TypedCells() {}

    /// Something wrong with a field: the field and the column of the file it stands for, what was sent, which rule it breaks, what to do next.
    record Wrong(String field, String column, @Nullable String value, String rule, String message, String nextStep) {}

    private static Set<String> union(String... fields) {
        var all = new HashSet<>(POINT);
        all.addAll(List.of(fields));
        return Set.copyOf(all);
    }

    /// The cells of a JSON object by column. Refuses what is no object, fields that are not among `known`, and values no cell can hold, all at once.
    static Map<String, String> of(@Nullable JsonNode body, Set<String> known, Locale locale) {
        if (body == null || !body.isObject()) throw Refusal.of(HttpStatus.BAD_REQUEST, "unreadable");
        var cells = new LinkedHashMap<String, String>();
        var wrong = new ArrayList<Wrong>();
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            String cell = cell(one.getValue());
            if (!known.contains(one.getKey())) wrong.add(wrong(locale, one.getKey(), "edit.unknown", String.join(", ", known.stream().sorted().toList())));
            else if (cell == null) wrong.add(wrong(locale, one.getKey(), "edit.shape", ""));
            else cells.put(column(one.getKey()), cell);
        }
        if (!wrong.isEmpty()) throw Refusal.invalid(wrong);
        return cells;
    }

    private static Wrong wrong(Locale locale, String field, String key, String about) {
        String shown = field.length() > 80 ? field.substring(0, 80) : field;
        return new Wrong(shown, column(shown), null, key.substring(key.indexOf('.') + 1), HttpWords.of(locale, key), HttpWords.of(locale, key + ".next", about));
    }

    /// A value as a cell; null if no cell can hold it.
    private static @Nullable String cell(JsonNode value) {
        if (value.isNull()) return "";
        if (value.isValueNode()) return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
        if (value.size() > MOST_ITEMS) return null;
        var cell = new StringJoiner("|");
        for (Map.Entry<String, JsonNode> one : value.properties()) {
            if (!one.getValue().isValueNode()) return null;
            if (!one.getValue().isNull()) cell.add(one.getKey() + ":" + cell(one.getValue()));
        }
        for (JsonNode one : value.isArray() ? value : List.<JsonNode>of()) {
            if (!one.isString()) return null;
            cell.add(one.asString());
        }
        return cell.toString();
    }

    static String column(String field) {
        return CAPITAL.matcher(field).replaceAll(m -> "_" + m.group().toLowerCase(Locale.ROOT));
    }

    private static String field(String column) {
        return UNDERSCORE.matcher(column).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    }

    /// Refuses with the problems a row has, in the reader's language.
    static Refusal refusal(List<Problem> problems, Locale locale) {
        return Refusal.invalid(problems.stream().map(one -> new Wrong(field(one.column()), one.column(), one.value(), one.rule().name().toLowerCase(Locale.ROOT), one.message(locale), one.nextStep(locale))).toList());
    }
}
