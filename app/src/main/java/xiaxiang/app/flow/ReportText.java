package xiaxiang.app.flow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// How values are written into the report: enumerations in lower case, numbers no longer than they are good for.
final class ReportText {
    private ReportText() {}

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// A name in both languages; without an English one, the other stands for it.
    static ReportModel.Name name(String zh, String en) {
        return new ReportModel.Name(zh, en.isBlank() ? zh : en);
    }

    static double round(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }
}
