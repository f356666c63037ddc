package xiaxiang.core.door;

import java.util.Locale;

/// One thing wrong with a file: where, what stood there, which rule it breaks and what to do next.
///
/// `row` counts as an editor does, the header being row 1; 0 if the file as a whole is meant. `column` and `value` may be blank.
/// `value` is kept to 80 characters, `detail` to 400, and what cannot be seen in it is shown as `?`, so that no cell can flood or steer a terminal.
public record Problem(String file, long row, String column, String value, Rule rule, String detail) {
    private static final int VALUE_CHARS = 80;
    private static final int DETAIL_CHARS = 400;

    public Problem {
        value = shown(value, VALUE_CHARS);
        detail = shown(detail, DETAIL_CHARS);
    }

    /// One line: file, row, column, value, rule, next step; Chinese if the locale's language is Chinese, else English.
    public String text(Locale locale) {
        boolean zh = chinese(locale);
        var line = new StringBuilder(file);
        if (row > 0) line.append(zh ? " 第 " : " row ").append(row).append(zh ? " 行" : "");
        if (!column.isEmpty()) line.append(zh ? " 列 " : " column ").append(column);
        if (!value.isEmpty()) line.append(zh ? "“" : " \"").append(value).append(zh ? "”" : "\"");
        return line.append(zh ? "：" : ": ").append(message(locale)).append(zh ? "。" : ". ").append(nextStep(locale)).append(zh ? "。" : ".").toString();
    }

    /// What is wrong, in words that follow the value.
    public String message(Locale locale) {
        boolean zh = chinese(locale);
        String says = zh ? rule.zh : rule.en;
        boolean told = detail.isEmpty() || says.contains("{}") || (zh ? rule.nextZh : rule.nextEn).contains("{}");
        return says.replace("{}", detail) + (told ? "" : zh ? "（" + detail + "）" : " (" + detail + ")");
    }

    /// What to do next.
    public String nextStep(Locale locale) {
        return rule.next(chinese(locale), detail);
    }

    private static boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    private static String shown(String value, int chars) {
        String head = value.length() > chars ? value.substring(0, chars - 1) + "…" : value;
        var clean = new StringBuilder(head.length());
        for (int i = 0; i < head.length(); i++) clean.append(Cells.visible(head.charAt(i)) ? head.charAt(i) : '?');
        return clean.toString();
    }
}
