package xiaxiang.core.register;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How alike two shops' names are: Dice's coefficient of the pairs of neighbouring letters (Dice 1945), in [0, 1], after words that any phone shop may bear are left out.
final class NameSimilarity {
    private static final List<String> PARTS = List.of("手机", "通讯", "通信", "数码", "电子", "专卖店", "专营店", "授权店", "旗舰店", "体验店", "营业厅", "卖场", "商行", "店");
    private static final Set<String> WORDS = Set.of("mobile", "phones", "phone", "shop", "store", "telecom", "the");

    private NameSimilarity() {}

    /// The likeness of two names; 1 if the same letters are left of both. Cost: the letters of both.
    static double of(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        if (a.equals(b)) return 1;
        Map<String, Integer> pairs = new HashMap<>();
        for (int i = 0; i + 1 < a.length(); i++) pairs.merge(a.substring(i, i + 2), 1, Integer::sum);
        int same = 0;
        for (int i = 0; i + 1 < b.length(); i++) {
            Integer left = pairs.computeIfPresent(b.substring(i, i + 2), (_, n) -> n - 1);
            if (left != null && left >= 0) same++;
        }
        int all = Math.max(0, a.length() - 1) + Math.max(0, b.length() - 1);
        return all == 0 ? 0 : 2.0 * same / all;
    }

    private static String letters(String name) {
        String[] words = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        String rest = String.join("", Arrays.stream(words).filter(word -> !WORDS.contains(word)).toList());
        for (String part : PARTS) rest = rest.replace(part, "");
        return rest.isEmpty() ? String.join("", words) : rest;
    }
}
