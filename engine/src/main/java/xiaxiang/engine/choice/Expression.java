package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A formula over columns and parameters, as a person writes it: `asc + b_time * TRAIN_TT / 100 * (GA == 0)`. Immutable.
///
/// Numbers, names (letters, digits, _ and ., or anything in backquotes), texts in quotes (to compare text columns with), `+ - * / ^`, `== != < <= > >=`,
/// `and or not`, brackets, and `exp log sqrt abs min max pow missing`. `b[train]` is a parameter of one alternative, 0 in the others; `b[alt]` one parameter
/// an alternative. At most 20,000 characters, 200 brackets deep. What a name stands for is settled by [Formulas#compile].
public final class Expression {
    private static final int MOST_CHARS = 20_000;

    private final String text;
    private final Tree tree;

    private Expression(String text, Tree tree) {
        this.text = text;
        this.tree = tree;
    }

    /// What came of reading or compiling: the thing, or why not.
    public sealed interface Outcome<T> {
        /// It went well.
        record Good<T>(T value) implements Outcome<T> {}

        /// It did not: `at` is where in the text, from 1; `found` what stands there, "" at the end; `why` says what is wrong with it.
        record Bad<T>(int at, String found, String why) implements Outcome<T> {
            /// One line, for a person.
            public String message() {
                return "character " + at + (found.isEmpty() ? "" : " (" + found + ")") + ": " + why;
            }
        }
    }

    /// A name in an expression: `alternative` is what stands in square brackets behind it, "" if nothing does; `at` where it stands, from 1.
    public record Name(String name, String alternative, int at) {}

    /// Reads a text. Cost: linear.
    public static Outcome<Expression> parse(String text) {
        if (text.length() > MOST_CHARS) return new Outcome.Bad<>(MOST_CHARS, "", "is longer than " + MOST_CHARS + " characters");
        try {
            return new Outcome.Good<>(new Expression(text, Parser.parse(text)));
        } catch (Tokens.Refusal refused) {
            return new Outcome.Bad<>(refused.at, refused.found, refused.why);
        }
    }

    /// The text it was read from.
    public String text() {
        return text;
    }

    /// Every name in it, as often as it stands there, from left to right.
    public List<Name> names() {
        List<Name> names = new ArrayList<>();
        collect(tree, names);
        return names;
    }

    private static void collect(Tree tree, List<Name> names) {
        switch (tree) {
            case Tree.Name(Name name) -> names.add(name);
            case Tree.Apply apply -> apply.arguments().forEach(t -> collect(t, names));
            case Tree.Figure _, Tree.Text _ -> {}
        }
    }

    /// The name, where the whole expression is one and no more.
    public @Nullable Name bareName() {
        return tree instanceof Tree.Name(Name name) ? name : null;
    }

    Tree tree() {
        return tree;
    }

    @Override
    public String toString() {
        return text;
    }
}
