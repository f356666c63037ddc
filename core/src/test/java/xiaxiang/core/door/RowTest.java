package xiaxiang.core.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
    private enum Owner { OWN, SHOP_IN_SHOP }
    private final Problems problems = new Problems();

    private Row row(String cell) {
        return new Row("t.csv", 7, Map.of("c", 0), new String[] {cell}, problems);
    }

    private void found(Rule... rules) {
        assertThat(problems.list()).extracting(Problem::rule).containsExactly(rules);
    }

    @Test
    void theNearestNameIsToldWhereThereIsOne() {
        row("").unknown("c", "OPP0", Rule.UNKNOWN_BRAND, List.of("OPPO", "vivo"));
        row("").unknown("c", "Nokia", Rule.UNKNOWN_BRAND, List.of("OPPO", "vivo"));
        assertThat(problems.list()).extracting(p -> p.nextStep(Locale.ENGLISH)).containsExactlyInAnyOrder("put | between several; add a new one to brands.csv first; the nearest is OPPO", "put | between several; add a new one to brands.csv first");
        assertThat(problems.list()).extracting(p -> p.nextStep(Locale.SIMPLIFIED_CHINESE)).filteredOn(next -> next.contains("最接近")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,000", "12.0", "1e3", "+1", "0x1", "一百", "1 000", "-", "1_0"})
    void refusesWhatIsNoWholeNumber(String cell) {
        row(cell).whole("c", 0, 100);
        found(Rule.NOT_A_WHOLE_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "99999999999999999999", "-9223372036854775809"})
    void refusesWholeNumbersOutOfRange(String cell) {
        row(cell).whole("c", 0, 100);
        found(Rule.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1,5", "1d", "0x1p3", ".", "1.", "1e999", "1e", "--1", "¥3"})
    void refusesWhatIsNoFiniteNumber(String cell) {
        row(cell).number("c", 0, 100);
        found(Rule.NOT_A_NUMBER);
    }

    @Test
    void readsEveryType() {
        assertThat(row(" 100 ").whole("c", 0, 100)).isEqualTo(100);
        assertThat(row("\u300012\u3000").whole("c", 0, 100)).isEqualTo(12);
        assertThat(row("1E+01").number("c", 0, 100)).isEqualTo(10);
        assertThat(row("shop_in_shop").choice("c", Owner.class)).isEqualTo(Owner.SHOP_IN_SHOP);
        assertThat(row("2017-06-30").dateOrNull("c")).isEqualTo(LocalDate.of(2017, 6, 30));
        assertThat(row("a| b").list("c")).containsExactly("a", "b");
        assertThat(row("a:1|b: 2").map("c", 0, 9)).containsExactly(Map.entry("a", 1L), Map.entry("b", 2L));
        assertThat(row("是").flagOr("c", false)).isTrue();
        assertThat(row("").numberOrNull("c", 0, 1)).isNull();
        assertThat(row("x").text("no such column")).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void reportsInsteadOfThrowing() {
        row("").whole("c", 0, 1);
        row("x").choice("c", Owner.class);
        row("2017-02-30").dateOrNull("c");
        row("maybe").flagOr("c", true);
        row("a||b").list("c");
        row("a|a").list("c");
        row("a").map("c", 0, 9);
        row("a:x").map("c", 0, 9);
        Row last = row("a:10");
        assertThat(last.good()).isTrue();
        last.map("c", 0, 9);
        assertThat(last.good()).isFalse();
        assertThat(problems.count()).isEqualTo(9);
        assertThat(problems.text(Locale.ENGLISH)).contains("t.csv row 7 column c \"x\": is not one of the choices. use one of: own shop_in_shop.");
        assertThat(problems.text(Locale.CHINA)).contains("t.csv 第 7 行 列 c“x”：不是可选值。请用：own shop_in_shop。");
    }

    @Test
    void keepsAThousandProblemsAndCountsTheRest() {
        for (int i = 0; i < 1_500; i++) row("x").whole("c", 0, 1);
        assertThat(problems.list()).hasSize(Problems.KEPT);
        assertThat(problems.count()).isEqualTo(1_500);
        assertThat(problems.text(Locale.ENGLISH)).endsWith("And 500 more problems.\n");
    }
}
