package xiaxiang.engine.choice;

import java.util.List;

/// An expression's text, word by word.
final class Tokens {
    /// What a word is; `END` once after the last.
    enum Kind { NUMBER, TEXT, NAME, QUOTED_NAME, SIGN, END }

    /// A word: its kind, what it says without quotes, where it stands from 1, and as it is written.
    record Token(Kind kind, String says, int at, String written) {}

    private static final List<String> SIGNS = List.of("==", "!=", "<>", "<=", ">=", "&&", "||", "**", "+", "-", "*", "/", "^", "(", ")", ",", "[", "]", "<", ">", "=", "&", "|", "!");

    private final String text;
    private int at;
    private Token next;

    Tokens(String text) throws Refusal {
        this.text = text;
        next = read();
    }

    /// The next word, which stays the next.
    Token peek() {
        return next;
    }

    /// Takes the next word.
    Token take() throws Refusal {
        Token taken = next;
        next = read();
        return taken;
    }

    /// Takes the next word if it is this sign.
    boolean take(String sign) throws Refusal {
        boolean is = next.kind() == Kind.SIGN && next.says().equals(sign);
        if (is) take();
        return is;
    }

    /// What stands between [ and ], quoted or not; the [ is taken already.
    String bracket() throws Refusal {
        Token first = next;
        int end = text.indexOf(']', first.at() - 1);
        if (first.kind() == Kind.TEXT || first.kind() == Kind.QUOTED_NAME) {
            take();
            if (!take("]")) throw Refusal.of(next, "expected ]");
            return first.says();
        }
        if (end < 0) throw new Refusal(text.length() + 1, "", "expected ]");
        String inside = text.substring(first.at() - 1, end).strip();
        if (inside.isEmpty()) throw Refusal.of(first, "expected an alternative, or alt for each");
        at = end + 1;
        next = read();
        return inside;
    }

    private Token read() throws Refusal {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        if (at == text.length()) return new Token(Kind.END, "", at + 1, "");
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') return quoted(c);
        if (digit(at) || (c == '.' && digit(at + 1))) return number();
        if (Character.isLetter(c) || c == '_') return token(Kind.NAME, nameEnd());
        for (String sign : SIGNS) if (text.startsWith(sign, at)) return token(Kind.SIGN, at + sign.length());
        throw new Refusal(at + 1, text.substring(at, text.offsetByCodePoints(at, 1)), "is no sign of this language");
    }

    private Token token(Kind kind, int end) {
        String says = text.substring(at, end);
        Token token = new Token(kind, says, at + 1, says);
        at = end;
        return token;
    }

    private boolean digit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private int nameEnd() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_' || text.charAt(end) == '.')) end++;
        return end;
    }

    private Token number() throws Refusal {
        int end = at;
        while (digit(end)) end++;
        if (end < text.length() && text.charAt(end) == '.') end++;
        while (digit(end)) end++;
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int power = end + 1 < text.length() && (text.charAt(end + 1) == '+' || text.charAt(end + 1) == '-') ? end + 2 : end + 1;
            if (digit(power)) for (end = power; digit(end);) end++;
        }
        int start = at;
        Token token = token(Kind.NUMBER, end);
        if (nameEnd() > at) throw new Refusal(start + 1, text.substring(start, nameEnd()), "is neither a number nor a name; put a column's name into `backquotes`");
        return token;
    }

    private Token quoted(char quote) throws Refusal {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) throw new Refusal(at + 1, text.substring(at), "has no closing " + quote);
        Token token = new Token(quote == '`' ? Kind.QUOTED_NAME : Kind.TEXT, text.substring(at + 1, end), at + 1, text.substring(at, end + 1));
        at = end + 1;
        return token;
    }

    /// Why a text is no expression. Never leaves this package: [Expression] turns it into an outcome.
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private static final int SHOWN = 40;
        final int at;
        final String found;
        final String why;

        Refusal(int at, String found, String why) {
            super(why, null, false, false);
            this.at = at;
            this.found = found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found;
            this.why = why;
        }

        static Refusal of(Token token, String why) {
            return new Refusal(token.at(), token.written(), why);
        }
    }
}
