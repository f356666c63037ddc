package xiaxiang.app.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/// Options of every command.
final class Common {
    @Option(names = "--lang", defaultValue = "", paramLabel = "zh|en", description = "Language of messages; the system's if not given. 提示语言。")
    private String lang = "";

    @Option(names = "--quiet", description = "Print nothing when all is well. 成功时不输出。")
    private boolean quiet;

    boolean quiet() {
        return quiet;
    }

    Locale locale() {
        return Words.locale(lang);
    }
}
