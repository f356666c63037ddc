package xiaxiang.app.flow;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The sites of a plan in other forms than plan.csv.
public final class PlanSites {
    private static final int SITE_COLUMNS_AS_TEXT = 6;
    private static final char MARK = '\ufeff';

    private PlanSites() {}

    /// Some sites of plan.json, from number `from` on, at most `most`. The file is read past, not into memory: a province has thousands, each with its why.
    public static List<JsonNode> page(byte[] plan, int from, int most) {
        List<JsonNode> out = new ArrayList<>();
        try (JsonParser parser = JsonMapper.shared().createParser(plan)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME && !parser.currentName().equals("sites")) {
                parser.nextToken();
                parser.skipChildren();
            }
            if (parser.currentToken() != JsonToken.PROPERTY_NAME || parser.nextToken() != JsonToken.START_ARRAY) return out;
            for (int k = 0; out.size() < most && parser.nextToken() != JsonToken.END_ARRAY; k++) {
                if (k < from) parser.skipChildren();
                else out.add(parser.readValueAsTree());
            }
        }
        return out;
    }

    /// plan.csv as a workbook: numbers as numbers, ids and codes as text.
    public static byte[] xlsx(byte[] csv) throws IOException {
        String text = new String(csv, StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Xiaxiang", "1.0"); CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(new StringReader(text.isEmpty() || text.charAt(0) != MARK ? text : text.substring(1)))) {
            Worksheet sheet = book.newWorksheet("plan");
            sheet.freezePane(0, 1);
            int at = 0;
            for (CsvRecord row : rows) {
                List<String> cells = row.getFields();
                for (int c = 0; c < cells.size(); c++) cell(sheet, at, c, cells.get(c));
                at++;
            }
        }
        return bytes.toByteArray();
    }

    private static void cell(Worksheet sheet, int row, int column, String text) {
        boolean number = row > 0 && (column == 0 || column >= SITE_COLUMNS_AS_TEXT) && text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
        if (number) sheet.value(row, column, Double.parseDouble(text));
        // In a workbook text is text: the apostrophe that guards plan.csv is not needed.
        else sheet.value(row, column, text.startsWith("'") ? text.substring(1) : text);
    }

    /// The sites of plan.json as points with their figures.
    public static byte[] geojson(JsonNode plan) {
        ObjectNode out = JsonMapper.shared().createObjectNode().put("type", "FeatureCollection");
        ArrayNode features = out.putArray("features");
        for (JsonNode site : plan.path("sites")) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", site.path("id").asString(""));
            feature.putObject("geometry").put("type", "Point").putArray("coordinates").add(site.path("lon")).add(site.path("lat"));
            ObjectNode properties = feature.putObject("properties");
            site.properties().forEach(e -> {
                if (!e.getKey().equals("lon") && !e.getKey().equals("lat")) properties.set(e.getKey(), e.getValue());
            });
        }
        return JsonMapper.shared().writeValueAsBytes(out);
    }
}
