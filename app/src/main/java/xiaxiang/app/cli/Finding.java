package xiaxiang.app.cli;

import java.util.List;
import java.util.Locale;

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

    /// What is found, in the reader's language.
    String text(Locale locale) {
        return Words.of(locale, "doctor." + check + "." + outcome, facts.toArray());
    }

    /// What to do next; blank where nothing need be done, or where the text says it.
    String nextStep(Locale locale) {
        return level == Level.OK || outcome.equals("refused") ? "" : Words.of(locale, "doctor." + check + "." + outcome + ".next", facts.toArray());
    }
}
