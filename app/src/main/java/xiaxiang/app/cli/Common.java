package xiaxiang.app.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of every command.
@SuppressWarnings("NullAway.Init") // picocli sets them after construction
final class Common {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private String lang = "";

    @Option(names = "--quiet", description = "Print nothing when all is well. 成功时不输出。")
    private boolean quiet;

    @Option(names = "--lang", defaultValue = "", paramLabel = "zh|en", description = "Language of messages; the system's if not given. 提示语言。")
    void speak(String asked) {
        if (!asked.isEmpty() && !Words.speaks(asked)) throw new ParameterException(spec.commandLine(), "--lang must be zh or en, not " + asked + ". / --lang 须为 zh 或 en。");
        lang = asked;
    }

    boolean quiet() {
        return quiet;
    }

    Locale locale() {
        return Words.locale(lang);
    }
}
