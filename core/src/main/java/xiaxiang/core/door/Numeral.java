package xiaxiang.core.door;

/// Numbers as statistics packages and spreadsheets write them: -12, +3.5, .5, 5., 1E+05. No thousands separators, no infinities.
final class Numeral {
    /// Above this a double no longer holds every whole number: a longer code must stay text.
    private static final long EXACT = 1L << 53;
    private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    private final char point;
    private boolean broken;
    private long digits;
    private int count;

    /// `point` parts whole from decimals.
    Numeral(char point) {
        this.point = point;
    }

    /// The number in the characters from `at` to `end`, exactly as [Double#parseDouble] reads it; NaN where there is none, or a whole number too long for a double.
    double parse(char[] text, int at, int end) {
        int from = at;
        boolean minus = at < end && text[at] == '-';
        if (at < end && (minus || text[at] == '+')) at++;
        digits = 0;
        count = 0;
        broken = false;
        int whole = digits(text, at, end);
        int decimals = whole < end && text[whole] == point ? digits(text, whole + 1, end) : whole;
        if (count == 0) return Double.NaN;
        boolean bare = decimals == end && whole == end;
        int power = decimals == end ? 0 : power(text, decimals, end);
        if (broken || (bare && (count > 18 || digits > EXACT))) return Double.NaN;
        int scale = power - Math.max(0, decimals - whole - 1);
        // Two exact doubles, one rounding (Clinger 1990); what is longer is left to the JDK.
        if (count <= 18 && digits <= EXACT && Math.abs(scale) <= 22) {
            double exact = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
            return minus ? -exact : exact;
        }
        double value = Double.parseDouble(new String(text, from, end - from).replace(point, '.'));
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /// Takes digits, and says where they end.
    private int digits(char[] text, int at, int end) {
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) if (count++ < 18) digits = digits * 10 + (text[at] - '0');
        return at;
    }

    private int power(char[] text, int at, int end) {
        if (text[at] != 'e' && text[at] != 'E') {
            broken = true;
            return 0;
        }
        at++;
        boolean minus = at < end && text[at] == '-';
        if (at < end && (minus || text[at] == '+')) at++;
        broken = at == end || end - at > 4;
        int power = 0;
        for (; at < end; at++) {
            broken |= text[at] < '0' || text[at] > '9';
            power = power * 10 + (text[at] - '0');
        }
        return minus ? -power : power;
    }

    static double parse(String text, char point) {
        return new Numeral(point).parse(text.toCharArray(), 0, text.length());
    }
}
