package xiaxiang.core.door;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A YAML mapping whose every key is asked for by name: what is wrong is collected with its line, and a key nobody asked for is a problem too.
///
/// A getter that finds a problem reports it and returns a harmless value, so that all problems are found in one reading. Limit: 1 MiB, no aliases.
public final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;

    private final String file;
    private final String path;
    private final long line;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Long> lines = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    private YamlFile(String file, String path, @Nullable Node node, Problems problems) {
        this.file = file;
        this.path = path;
        this.problems = problems;
        line = node == null ? 0 : lineOf(node);
        if (node instanceof MappingNode map) for (NodeTuple entry : map.getValue()) put(entry);
        else if (node != null) problems.add(new Problem(file, line, path, "", Rule.NOT_A_MAPPING, ""));
    }

    /// Reads a file; a missing or broken one is a problem, and reads as empty.
    public static YamlFile read(Path file, Problems problems) {
        String name = String.valueOf(file.getFileName());
        return new YamlFile(name, "", parse(file, name, problems), problems);
    }

    /// Reads a text as the file of that name.
    public static YamlFile of(String name, String text, Problems problems) {
        return new YamlFile(name, "", parse(name, text, problems), problems);
    }

    /// Writes nested maps, lists, texts and numbers as YAML that [#of] reads back.
    public static String write(Map<String, ?> values) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(160).build()).dumpToString(values);
    }

    private static @Nullable Node parse(Path file, String name, Problems problems) {
        try {
            if (Files.size(file) <= MAX_BYTES) return parse(name, Files.readString(file, StandardCharsets.UTF_8), problems);
            problems.add(name, Rule.FILE_TOO_BIG, "1 MiB");
        } catch (NoSuchFileException e) {
            problems.add(name, Rule.MISSING_FILE, "");
        } catch (CharacterCodingException e) {
            problems.add(name, Rule.ENCODING, "");
        } catch (IOException e) {
            problems.add(name, Rule.UNREADABLE, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static @Nullable Node parse(String name, String text, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(true).setMaxAliasesForCollections(0).build();
            return new Compose(settings).composeReader(new StringReader(text)).orElse(null);
        } catch (MarkedYamlEngineException e) {
            long row = e.getProblemMark().map(m -> m.getLine() + 1L).orElse(0L);
            problems.add(new Problem(name, row, "", "", Rule.BROKEN_YAML, String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(name, Rule.BROKEN_YAML, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            // The parser goes down a level at a time: thousands of brackets are no scenario.
            problems.add(name, Rule.BROKEN_YAML, "nested too deeply");
        }
        return null;
    }

    private static long lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1L;
    }

    private void put(NodeTuple entry) {
        String key = entry.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
        if (values.put(key, entry.getValueNode()) != null) problems.add(new Problem(file, lineOf(entry.getKeyNode()), path + key, "", Rule.DUPLICATE_COLUMN, ""));
        lines.put(key, lineOf(entry.getKeyNode()));
        // `filter: !missing(x)` would read as an empty value with a tag.
        String tag = entry.getValueNode().getTag().getValue();
        if (tag.startsWith("!")) problems.add(new Problem(file, lineOf(entry.getKeyNode()), path + key, tag, Rule.BROKEN_YAML, "a value that begins with ! needs quotes"));
    }

    /// The line of a key, or of the mapping itself where the key is absent.
    public long lineOf(String key) {
        return lines.getOrDefault(key, line);
    }

    /// Reports a problem with the value of a key.
    public void report(String key, String value, Rule rule, String detail) {
        problems.add(new Problem(file, lineOf(key), path + key, value, rule, detail));
    }

    private @Nullable String scalar(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null) return null;
        if (node instanceof ScalarNode s) return s.getValue().isBlank() || s.getValue().equals("null") ? null : s.getValue();
        report(key, "", Rule.NOT_ONE_VALUE, "");
        return "";
    }

    /// Whether a key stands there with a value.
    public boolean has(String key) {
        return values.get(key) instanceof ScalarNode s ? !s.getValue().isBlank() && !s.getValue().equals("null") : values.containsKey(key);
    }

    /// A text that must be there; "" if it is not.
    public String text(String key) {
        String value = scalar(key);
        if (value == null) report(key, "", Rule.REQUIRED, "");
        return value == null ? "" : value;
    }

    /// A text, or `otherwise` where the key is absent.
    public String text(String key, String otherwise) {
        String value = scalar(key);
        return value == null ? otherwise : value;
    }

    /// A whole number in [low, high] that must be there; low if it is not.
    public long whole(String key, long low, long high) {
        String value = text(key);
        if (value.isEmpty()) return low;
        try {
            long number = Long.parseLong(value);
            if (number >= low && number <= high) return number;
            report(key, value, Rule.OUT_OF_RANGE, "[" + low + ", " + high + "]");
        } catch (NumberFormatException e) {
            report(key, value, Rule.NOT_A_WHOLE_NUMBER, "");
        }
        return low;
    }

    /// A whole number in [low, high], or `otherwise` where the key is absent.
    public long whole(String key, long low, long high, long otherwise) {
        return has(key) ? whole(key, low, high) : otherwise;
    }

    /// A finite number in [low, high] that must be there; low if it is not.
    public double number(String key, double low, double high) {
        String value = text(key);
        if (value.isEmpty()) return low;
        try {
            double number = Double.parseDouble(value);
            if (number >= low && number <= high) return number;
            report(key, value, Rule.OUT_OF_RANGE, "[" + low + ", " + high + "]");
        } catch (NumberFormatException e) {
            report(key, value, Rule.NOT_A_NUMBER, "");
        }
        return low;
    }

    /// A list of texts; empty where the key is absent.
    public List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        for (Node node : items(key)) {
            if (node instanceof ScalarNode s) out.add(s.getValue());
            else problems.add(new Problem(file, lineOf(node), path + key, "", Rule.NOT_ONE_VALUE, ""));
        }
        return out;
    }

    /// A single text, a list of texts, or of keys with a text: `[hessian, cluster: town]` is hessian with "", cluster with "town". Empty where the key is absent.
    public List<Map.Entry<String, String>> entries(String key) {
        asked.add(key);
        Node node = values.get(key);
        List<Map.Entry<String, String>> out = new ArrayList<>();
        if (node == null || !has(key)) return out;
        for (Node item : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
            if (item instanceof ScalarNode s) out.add(Map.entry(s.getValue(), ""));
            else if (item instanceof MappingNode map) for (NodeTuple entry : map.getValue()) out.add(pair(key, entry));
            else problems.add(new Problem(file, lineOf(item), path + key, "", Rule.NOT_ONE_VALUE, ""));
        }
        return out;
    }

    private Map.Entry<String, String> pair(String key, NodeTuple entry) {
        if (entry.getKeyNode() instanceof ScalarNode k && entry.getValueNode() instanceof ScalarNode v) return Map.entry(k.getValue(), v.getValue());
        problems.add(new Problem(file, lineOf(entry.getKeyNode()), path + key, "", Rule.NOT_ONE_VALUE, ""));
        return Map.entry("", "");
    }

    /// Whether a single value, or nothing, stands behind a key.
    public boolean isSingle(String key) {
        return !values.containsKey(key) || values.get(key) instanceof ScalarNode;
    }

    /// Where this mapping stands: its keys from the top, each with a dot behind it; "" for the whole file.
    public String path() {
        return path;
    }

    /// A list of mappings; empty where the key is absent.
    public List<YamlFile> mappings(String key) {
        List<YamlFile> out = new ArrayList<>();
        int at = 0;
        for (Node node : items(key)) out.add(new YamlFile(file, path + key + "[" + at++ + "].", node, problems));
        return out;
    }

    /// A list whose items are mappings, or one text alone, which is read as a mapping of that text to `name`; a single item needs no list. Empty where the key is absent.
    public List<YamlFile> mappings(String key, String name) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null || !has(key)) return List.of();
        List<YamlFile> out = new ArrayList<>();
        for (Node item : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
            boolean alone = item instanceof ScalarNode;
            YamlFile mapping = new YamlFile(file, path + key + (node instanceof SequenceNode ? "[" + out.size() + "]." : "."), alone ? null : item, problems);
            if (alone) {
                mapping.values.put(name, item);
                mapping.lines.put(name, lineOf(item));
            }
            out.add(mapping);
        }
        return out;
    }

    private List<Node> items(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null || (node instanceof ScalarNode s && s.getValue().isBlank())) return List.of();
        if (node instanceof SequenceNode list) return list.getValue();
        report(key, "", Rule.NOT_A_LIST, "");
        return List.of();
    }

    /// A mapping below a key; an empty one where it is absent.
    public YamlFile mapping(String key) {
        asked.add(key);
        return new YamlFile(file, path + key + ".", values.get(key), problems);
    }

    /// The keys that stand there.
    public Set<String> keys() {
        return values.keySet();
    }

    /// Reports every key nobody asked for. Call it last.
    public void refuseOthers() {
        for (String key : values.keySet()) if (!asked.contains(key)) report(key, "", Rule.UNKNOWN_KEY, String.join(", ", asked));
    }
}
