package xiaxiang.app.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/// A page the web build made: one file that opens offline, with a place for its data.
public enum Page {
    /// What a plan brings.
    REPORT("report.html"),
    /// What a treatment caused.
    EFFECT("effect.html");

    private static final String PLACEHOLDER = "@@REPORT_DATA@@";
    private static final String DATA = "<script type=\"application/json\"";
    private static final JsonMapper COMPACT = JsonMapper.builder().build();

    private final String file;

    Page(String file) {
        this.file = file;
    }

    /// The data of a page that [#holding] made, by this version of the program or another: JSON as it stands there, for a province's millions of values are nobody's here to read.
    public static byte[] dataOf(byte[] page) {
        String text = new String(page, StandardCharsets.ISO_8859_1);
        int tag = text.indexOf(DATA);
        int from = tag < 0 ? -1 : text.indexOf('>', tag) + 1;
        int to = from < 1 ? -1 : text.indexOf("</script>", from);
        if (to < 0) throw new IllegalArgumentException("The page holds no data.");
        return Arrays.copyOfRange(page, from, to);
    }

    /// The page with `data` put in as JSON, escaped so that no text can end the script element. Same data, same text.
    public String holding(Object data) throws IOException {
        String json = COMPACT.writeValueAsString(data).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        try (InputStream in = Page.class.getResourceAsStream("/xiaxiang/" + file)) {
            if (in == null) throw new IllegalStateException("The template " + file + " is not on the class path.");
            String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int at = template.indexOf(PLACEHOLDER);
            if (at < 0 || template.indexOf(PLACEHOLDER, at + 1) >= 0) throw new IllegalStateException("The template " + file + " must hold " + PLACEHOLDER + " once.");
            return template.substring(0, at) + json + template.substring(at + PLACEHOLDER.length());
        }
    }
}
