package xiaxiang.app.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/// Options of every command.
final class Common {
    @Option(names = "--lang", defaultValue = "", paramLabel = "zh|en", description = "Language of messages; the system's if not given. 提示语言。")
    private String lang = "";

    Locale locale() {
        return Words.locale(lang);
    }
}
