package xiaxiang.core.door;

import java.util.Collection;
import java.util.Locale;

/// What a cell's text can be taken for. Nothing here throws.
final class Cells {
    private Cells() {}

    /// False for control characters (tab and line ends too), invisible direction marks, and the mark of a lost character.
    static boolean visible(char c) {
        return c >= ' ' && !(c >= 0x7f && c <= 0x9f) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && c != 0xfffd;
    }

    /// The first character that has no place in a cell, or -1. Tabs and line ends are allowed inside quotes.
    static int invisible(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (!visible(c) && c != '\t' && c != '\n' && c != '\r') return c;
        }
        return -1;
    }

    /// True for an optional minus and ASCII digits.
    static boolean whole(String cell) {
        int from = cell.startsWith("-") ? 1 : 0;
        return cell.length() > from && digits(cell, from) == cell.length();
    }

    /// True for what a spreadsheet writes for a finite number: -12, 3.5, 1E+05; never NaN, Infinity, 1,000 or 0x10.
    static boolean decimal(String cell) {
        int at = digits(cell, cell.startsWith("-") ? 1 : 0);
        if (at == (cell.startsWith("-") ? 1 : 0)) return false;
        if (at < cell.length() && cell.charAt(at) == '.') {
            int end = digits(cell, at + 1);
            if (end == at + 1) return false;
            at = end;
        }
        if (at == cell.length()) return true;
        if (cell.charAt(at) != 'e' && cell.charAt(at) != 'E') return false;
        int power = at + 1 < cell.length() && (cell.charAt(at + 1) == '+' || cell.charAt(at + 1) == '-') ? at + 2 : at + 1;
        return power < cell.length() && digits(cell, power) == cell.length() && Double.isFinite(Double.parseDouble(cell));
    }

    private static int digits(String cell, int from) {
        int at = from;
        while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') at++;
        return at;
    }

    /// The known name nearest to a written one, or blank if none is within a third of its length. Cost: names x length squared.
    static String nearest(String written, Collection<String> known) {
        String best = "";
        int least = Math.max(2, written.length() / 3) + 1;
        String low = written.toLowerCase(Locale.ROOT);
        if (low.length() > 64) return best;
        for (String name : known) {
            int steps = steps(low, name.toLowerCase(Locale.ROOT));
            if (steps < least) {
                least = steps;
                best = name;
            }
        }
        return best;
    }

    /// Levenshtein distance: the fewest letters inserted, deleted or changed.
    private static int steps(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) above[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
