package xiaxiang.engine.choice;

/// What an [Expression] can do to one or two numbers. Truth is 1, falsehood 0; a missing number (NaN) stays missing, but `0 and NaN` is 0 and `1 or NaN` is 1.
enum Operation {
    ADD("+"), SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/"), POWER("^"), NEGATE("-"),
    EQUAL("=="), UNEQUAL("!="), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">="), AND("and"), OR("or"), NOT("not"),
    EXP("exp"), LOG("log"), SQRT("sqrt"), ABS("abs"), MIN("min"), MAX("max"), MISSING("missing"),
    /// Only in derivatives: -1, 0 or 1; and the logarithm that is 0 at 0, for x^y log x is 0 there.
    SIGN("sign"), LOG_OR_ZERO("log");

    final String symbol;

    Operation(String symbol) {
        this.symbol = symbol;
    }

    /// Whether it takes one number.
    boolean isUnary() {
        return switch (this) {
            case NEGATE, NOT, EXP, LOG, SQRT, ABS, MISSING, SIGN, LOG_OR_ZERO -> true;
            default -> false;
        };
    }

    /// Whether it jumps or stands still: of coefficients it would make a likelihood no search can climb.
    boolean isLogical() {
        return switch (this) {
            case EQUAL, UNEQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR, NOT, MISSING -> true;
            default -> false;
        };
    }

    /// The result; `y` is not looked at where one number is taken.
    double apply(double x, double y) {
        return switch (this) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case POWER -> Math.pow(x, y);
            case NEGATE -> -x;
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case ABS -> Math.abs(x);
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case SIGN -> Math.signum(x);
            case LOG_OR_ZERO -> x == 0 ? 0 : Math.log(x);
            case MISSING -> Double.isNaN(x) ? 1 : 0;
            case NOT -> Double.isNaN(x) ? x : x == 0 ? 1 : 0;
            case AND -> x == 0 || y == 0 ? 0 : Double.isNaN(x + y) ? Double.NaN : 1;
            case OR -> isTrue(x) || isTrue(y) ? 1 : Double.isNaN(x + y) ? Double.NaN : 0;
            case EQUAL -> truth(x, y, x == y);
            case UNEQUAL -> truth(x, y, x != y);
            case LESS -> truth(x, y, x < y);
            case LESS_OR_EQUAL -> truth(x, y, x <= y);
            case GREATER -> truth(x, y, x > y);
            case GREATER_OR_EQUAL -> truth(x, y, x >= y);
        };
    }

    /// True for a number that is neither 0 nor missing.
    static boolean isTrue(double x) {
        return x != 0 && !Double.isNaN(x);
    }

    private static double truth(double x, double y, boolean holds) {
        return Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : holds ? 1 : 0;
    }
}
