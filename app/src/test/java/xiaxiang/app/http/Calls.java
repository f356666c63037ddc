package xiaxiang.app.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests to every endpoint an OpenAPI document describes, aimed at the rows of one side: addresses by the segment before a variable, bodies by the examples.
final class Calls {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> TABLE_OF_SEGMENT = Map.of("places", "place", "shops", "shop", "sites", "site", "plans", "plan", "jobs", "job", "imports", "import", "fits", "fit", "scenarios", "scenario", "people", "person", "merges", "shop_merge");
    private static final Map<String, String> TABLE_OF_NAME = Map.ofEntries(Map.entry("place", "place"), Map.entry("parent", "place"), Map.entry("division", "place"), Map.entry("scenario", "scenario"), Map.entry("a", "plan"), Map.entry("b", "plan"),
            Map.entry("into", "shop"), Map.entry("shop", "shop"), Map.entry("distributor", "distributor"), Map.entry("person", "person"), Map.entry("row", "shop"), Map.entry("brand", "brand"), Map.entry("plan", "plan"), Map.entry("fit", "fit"));
    private static final Map<String, List<String>> CHOICES = Map.of("table", List.of("divisions", "people", "shops", "sites", "brands", "models", "market", "channels", "visits"), "layer", List.of("places", "shops", "boundaries"),
            "format", List.of("csv", "xlsx", "geojson"), "ext", List.of("csv", "xlsx", "geojson"), "extension", List.of("csv", "xlsx", "geojson"));
    private static final int ZOOM = 10;

    /// One request: `template` is the path of the document.
    record Call(String method, String template, String path, @Nullable String body, boolean multipart, boolean stream) {
        boolean reads() {
            return method.equals("GET");
        }
    }

    private final JsonNode document;

    Calls(JsonNode document) {
        this.document = document;
    }

    /// Every endpoint, each variable with all its values; reading ones without and with every parameter. Reading ones come first, for the others may end what they would read.
    List<Call> to(Sides.Side side) {
        List<Call> all = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (!method.getValue().isObject() || method.getKey().equals("parameters")) continue;
                for (String address : addresses(path.getKey(), method.getValue(), side)) all.addAll(calls(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), address, method.getValue(), side));
            }
        }
        return all.stream().sorted(Comparator.comparing(call -> !call.reads())).toList();
    }

    private List<Call> calls(String method, String template, String address, JsonNode operation, Sides.Side side) {
        JsonNode content = operation.at("/requestBody/content");
        boolean multipart = content.has("multipart/form-data");
        JsonNode schema = content.path("application/json").path("schema");
        String body = schema.isMissingNode() ? null : value("", schema, side, 0).toString();
        boolean stream = operation.toString().contains("text/event-stream");
        String bare = query(operation, side, false);
        String full = query(operation, side, true);
        List<Call> calls = new ArrayList<>();
        for (String query : bare.equals(full) || !method.equals("GET") ? List.of(full) : List.of(bare, full)) calls.add(new Call(method, template, address + query, body, multipart, stream));
        return calls;
    }

    private static List<String> addresses(String template, JsonNode operation, Sides.Side side) {
        List<String> addresses = List.of(template);
        Matcher variables = VARIABLE.matcher(template);
        while (variables.find()) {
            String name = variables.group(1);
            List<String> values = values(name, segmentBefore(template, variables.start()), operation, side);
            addresses = addresses.stream().flatMap(address -> values.stream().map(value -> address.replace("{" + name + "}", URLEncoder.encode(value, StandardCharsets.UTF_8)))).toList();
        }
        return addresses;
    }

    private static String segmentBefore(String template, int at) {
        String before = template.substring(0, at - 1);
        return before.substring(before.lastIndexOf('/') + 1);
    }

    private static List<String> values(String name, String segment, JsonNode operation, Sides.Side side) {
        if (name.equals("z")) return List.of(String.valueOf(ZOOM));
        if (name.equals("x")) return List.of(String.valueOf((int) Math.floor((side.lon() + 180) / 360 * (1 << ZOOM))));
        if (name.equals("y")) return List.of(String.valueOf((int) Math.floor((1 - Math.log(Math.tan(Math.toRadians(side.lat())) + 1 / Math.cos(Math.toRadians(side.lat()))) / Math.PI) / 2 * (1 << ZOOM))));
        String table = TABLE_OF_SEGMENT.get(segment);
        if (table != null) return List.of(side.key(table));
        if (segment.equals("tokens")) return List.of(side.key("token"));
        JsonNode parameter = parameter(operation, name);
        JsonNode choices = parameter.at("/schema/enum");
        if (choices.isArray() && !choices.isEmpty()) return choices.valueStream().map(JsonNode::asString).toList();
        if (CHOICES.containsKey(name)) return CHOICES.getOrDefault(name, List.of());
        return List.of(parameter.has("example") ? parameter.path("example").asString() : "1");
    }

    private static JsonNode parameter(JsonNode operation, String name) {
        return operation.path("parameters").valueStream().filter(p -> p.path("name").asString().equals(name)).findFirst().orElse(JsonMapper.shared().createObjectNode());
    }

    private static String query(JsonNode operation, Sides.Side side, boolean all) {
        Map<String, String> query = new LinkedHashMap<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString();
            if (!parameter.path("in").asString().equals("query")) continue;
            boolean required = parameter.path("required").asBoolean();
            if (TABLE_OF_NAME.containsKey(name) && (all || required)) query.put(name, side.key(TABLE_OF_NAME.getOrDefault(name, "")));
            else if (name.equals("q") && all) query.put(name, "LEAK");
            else if (name.equals("lang") && all) query.put(name, "zh");
            else if (required) query.put(name, parameter.has("example") ? parameter.path("example").asString() : "1");
        }
        return query.isEmpty() ? "" : query.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&", "?", ""));
    }

    /// A value of a schema: the key of this side's row where the name asks for one, else the example, else something of the type.
    private JsonNode value(String name, JsonNode schema, Sides.Side side, int depth) {
        JsonMapper json = JsonMapper.shared();
        JsonNode resolved = resolved(schema);
        boolean object = resolved.path("properties").isObject();
        String table = name.equals("code") ? "place" : TABLE_OF_NAME.get(name);
        if (!object && table != null) return json.valueToTree(side.key(table));
        if (resolved.has("example") && !object) return resolved.path("example");
        if (object && depth < 6) {
            ObjectNode made = json.createObjectNode();
            resolved.path("properties").properties().forEach(p -> made.set(p.getKey(), value(p.getKey(), p.getValue(), side, depth + 1)));
            return made;
        }
        if (resolved.path("items").isObject() && depth < 6) {
            ArrayNode made = json.createArrayNode();
            made.add(value(name, resolved.path("items"), side, depth + 1));
            return made;
        }
        if (resolved.path("enum").isArray()) return resolved.path("enum").path(0);
        return switch (resolved.path("type").isArray() ? resolved.path("type").path(0).asString() : resolved.path("type").asString()) {
            case "integer", "number" -> json.valueToTree(1);
            case "boolean" -> json.valueToTree(false);
            case "object" -> json.createObjectNode();
            case "array" -> json.createArrayNode();
            default -> json.valueToTree("text");
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode at = schema;
        for (int i = 0; i < 5 && at.has("$ref"); i++) at = document.at(at.path("$ref").asString().substring(1));
        for (String one : List.of("anyOf", "oneOf", "allOf")) if (at.has(one)) return resolved(at.path(one).path(0));
        return at;
    }
}
