package xiaxiang.app.cli;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import xiaxiang.core.rollout.Option;

/// The command line's words, in Chinese and English, from `words.properties`.
final class Words {
    private Words() {}

    /// The language of `--lang`, or of the system: Chinese if it is Chinese, else English.
    static Locale locale(String lang) {
        String tag = lang.isBlank() ? Locale.getDefault().getLanguage() : lang;
        return tag.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    /// True for Chinese and English, as a language tag or its beginning (zh, zh-CN, en_US).
    static boolean speaks(String tag) {
        return tag.matches("(zh|en)([-_].*)?");
    }

    /// A text with its arguments, formatted in the locale.
    static String of(Locale locale, String key, Object... arguments) {
        return String.format(locale, bundle(locale).getString(key), arguments);
    }

    /// The name of a stage of work; a stage without a name stands for itself.
    static String stage(Locale locale, String stage) {
        try {
            return bundle(locale).getString("stage." + stage);
        } catch (MissingResourceException e) {
            return stage;
        }
    }

    /// What is done at a site.
    static String action(Locale locale, Option.Action action) {
        return bundle(locale).getString("action." + action.name().toLowerCase(Locale.ROOT));
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("xiaxiang.app.cli.words", locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
