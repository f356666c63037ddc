package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import xiaxiang.core.account.KeyFit;
import xiaxiang.core.account.Seal;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;

/// One thing that was looked at, and how it is: `check` names it, `outcome` the text of the words, `facts` fill its places.
record Finding(String check, Level level, String outcome, List<Object> facts) {
    /// How bad: fine, worth a look, or in the way of a start.
    enum Level {
        OK, WARNING, PROBLEM
    }

    Finding {
        facts = List.copyOf(facts);
    }

    static Finding ok(String check, String outcome, Object... facts) {
        return new Finding(check, Level.OK, outcome, List.of(facts));
    }

    static Finding warning(String check, String outcome, Object... facts) {
        return new Finding(check, Level.WARNING, outcome, List.of(facts));
    }

    static Finding problem(String check, String outcome, Object... facts) {
        return new Finding(check, Level.PROBLEM, outcome, List.of(facts));
    }

    /// How the authenticators' key of a data folder fits a database whose schema is up to date.
    static Finding ofKey(Path folder, DatabaseAddress address) {
        Path file = folder.resolve(Seal.FILE);
        try (Database database = Database.open(address, 1)) {
            return switch (KeyFit.of(folder, database)) {
                case UNUSED -> ok("key", "unused");
                case OPENS -> ok("key", "opens", file);
                case MISSING -> problem("key", "missing", file);
                case BROKEN -> problem("key", "broken", file);
                case OTHER -> problem("key", "other", file);
            };
        }
    }

    /// A line, and one with the next step where there is one.
    void print(PrintWriter out, Locale locale) {
        out.println(Words.of(locale, "doctor.line." + level, text(locale)));
        if (!nextStep(locale).isEmpty()) out.println(Words.of(locale, "doctor.line.next", nextStep(locale)));
    }

    /// What is found, in the reader's language.
    String text(Locale locale) {
        return Words.of(locale, "doctor." + check + "." + outcome, facts.toArray());
    }

    /// What to do next; blank where nothing need be done, or where the text says it.
    String nextStep(Locale locale) {
        return level == Level.OK || outcome.equals("refused") ? "" : Words.of(locale, "doctor." + check + "." + outcome + ".next", facts.toArray());
    }
}
