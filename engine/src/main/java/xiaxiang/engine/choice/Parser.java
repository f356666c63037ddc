package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.choice.Tokens.Kind;
import xiaxiang.engine.choice.Tokens.Refusal;
import xiaxiang.engine.choice.Tokens.Token;

/// Reads an expression by operator precedence (Pratt 1973). From loose to tight: or, and, not, comparisons, + -, * /, unary minus, ^ (from the right).
final class Parser {
    private static final int MOST_NESTED = 200;
    private static final int MOST_DEEP = 1_000;
    private static final int NOT = 30;
    private static final int COMPARE = 40;
    private static final int NEGATE = 70;
    private static final int POWER = 80;

    /// How tightly an operation between two operands binds.
    private record Between(Operation operation, int binding) {}

    private static final Map<String, Between> BETWEEN = Map.ofEntries(
            Map.entry("or", new Between(Operation.OR, 10)), Map.entry("|", new Between(Operation.OR, 10)), Map.entry("||", new Between(Operation.OR, 10)),
            Map.entry("and", new Between(Operation.AND, 20)), Map.entry("&", new Between(Operation.AND, 20)), Map.entry("&&", new Between(Operation.AND, 20)),
            Map.entry("==", new Between(Operation.EQUAL, COMPARE)), Map.entry("=", new Between(Operation.EQUAL, COMPARE)),
            Map.entry("!=", new Between(Operation.UNEQUAL, COMPARE)), Map.entry("<>", new Between(Operation.UNEQUAL, COMPARE)),
            Map.entry("<", new Between(Operation.LESS, COMPARE)), Map.entry("<=", new Between(Operation.LESS_OR_EQUAL, COMPARE)),
            Map.entry(">", new Between(Operation.GREATER, COMPARE)), Map.entry(">=", new Between(Operation.GREATER_OR_EQUAL, COMPARE)),
            Map.entry("+", new Between(Operation.ADD, 50)), Map.entry("-", new Between(Operation.SUBTRACT, 50)),
            Map.entry("*", new Between(Operation.MULTIPLY, 60)), Map.entry("/", new Between(Operation.DIVIDE, 60)),
            Map.entry("^", new Between(Operation.POWER, POWER)), Map.entry("**", new Between(Operation.POWER, POWER)));

    private static final Map<String, Operation> FUNCTIONS = Map.of("exp", Operation.EXP, "log", Operation.LOG, "ln", Operation.LOG, "sqrt", Operation.SQRT, "abs", Operation.ABS,
            "min", Operation.MIN, "max", Operation.MAX, "pow", Operation.POWER, "missing", Operation.MISSING);

    private final Tokens tokens;
    private int nested;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Tree parse(String text) throws Refusal {
        Parser parser = new Parser(new Tokens(text));
        Tree tree = parser.expression(0);
        if (parser.tokens.peek().kind() != Kind.END) throw Refusal.of(parser.tokens.peek(), "expected an operator, such as + or *");
        return tree;
    }

    private Tree expression(int least) throws Refusal {
        if (++nested > MOST_NESTED) throw Refusal.of(tokens.peek(), "is nested more than " + MOST_NESTED + " deep");
        Tree left = operand();
        for (Between next = between(); next != null && next.binding() >= least; next = between()) {
            Token sign = tokens.take();
            Tree right = expression(next.binding() == POWER ? POWER : next.binding() + 1);
            left = apply(next.operation(), sign, left, right);
            Between after = between();
            if (next.binding() == COMPARE && after != null && after.binding() == COMPARE) throw Refusal.of(tokens.peek(), "compares a comparison; join two by and");
        }
        nested--;
        return left;
    }

    private @Nullable Between between() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case SIGN -> BETWEEN.get(token.says());
            case NAME -> isWord(token, "and") || isWord(token, "or") ? BETWEEN.get(token.says().toLowerCase(Locale.ROOT)) : null;
            default -> null;
        };
    }

    /// Words of the language are lower or upper case, never mixed: a column may be called And.
    private static boolean isWord(Token token, String word) {
        return token.kind() == Kind.NAME && (token.says().equals(word) || token.says().equals(word.toUpperCase(Locale.ROOT)));
    }

    private static Tree apply(Operation operation, Token at, Tree... arguments) throws Refusal {
        Tree.Apply made = Tree.Apply.of(operation, at.at(), arguments);
        if (made.depth() > MOST_DEEP) throw Refusal.of(at, "is the " + MOST_DEEP + "th operation in a row");
        return made;
    }

    private Tree operand() throws Refusal {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NUMBER -> new Tree.Figure(Double.parseDouble(token.says()), token.at());
            case TEXT -> new Tree.Text(token.says(), token.at());
            case QUOTED_NAME -> name(token);
            case NAME -> word(token);
            case SIGN -> sign(token);
            case END -> throw Refusal.of(token, "expected a number or a name at the end");
        };
    }

    private Tree sign(Token token) throws Refusal {
        return switch (token.says()) {
            case "-" -> apply(Operation.NEGATE, token, expression(NEGATE));
            case "+" -> expression(NEGATE);
            case "!" -> apply(Operation.NOT, token, expression(NOT));
            case "(" -> {
                Tree inner = expression(0);
                if (!tokens.take(")")) throw Refusal.of(tokens.peek(), "expected )");
                yield inner;
            }
            default -> throw Refusal.of(token, "expected a number or a name");
        };
    }

    private Tree word(Token token) throws Refusal {
        if (isWord(token, "not")) return apply(Operation.NOT, token, expression(NOT));
        if (token.says().equalsIgnoreCase("true")) return new Tree.Figure(1, token.at());
        if (token.says().equalsIgnoreCase("false")) return new Tree.Figure(0, token.at());
        if (isWord(token, "and") || isWord(token, "or")) throw Refusal.of(token, "expected a number or a name");
        return tokens.take("(") ? call(token) : name(token);
    }

    private Tree name(Token token) throws Refusal {
        if (token.says().isBlank()) throw Refusal.of(token, "is no name");
        return new Tree.Name(new Expression.Name(token.says(), tokens.take("[") ? tokens.bracket() : "", token.at()));
    }

    private Tree call(Token token) throws Refusal {
        Operation function = FUNCTIONS.get(token.says().toLowerCase(Locale.ROOT));
        if (function == null) throw Refusal.of(token, "is no function; there are abs, exp, log, max, min, missing, pow and sqrt");
        List<Tree> arguments = new ArrayList<>();
        do arguments.add(expression(0)); while (tokens.take(","));
        if (!tokens.take(")")) throw Refusal.of(tokens.peek(), "expected ) or a comma");
        boolean fits = function.isUnary() ? arguments.size() == 1 : function == Operation.POWER ? arguments.size() == 2 : arguments.size() >= 2;
        if (!fits) throw Refusal.of(token, function.isUnary() ? "takes one argument" : function == Operation.POWER ? "takes two arguments" : "takes two arguments or more");
        Tree made = function.isUnary() ? apply(function, token, arguments.getFirst()) : arguments.getFirst();
        for (Tree more : arguments.subList(1, arguments.size())) made = apply(function, token, made, more);
        return made;
    }
}
