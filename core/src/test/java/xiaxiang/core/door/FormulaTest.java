package xiaxiang.core.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormulaTest {
    @Test
    void leadsWhatASpreadsheetWouldRunAndReadsItBack() {
        for (String text : List.of("=1+1", "+86", "@SUM(A1)", "-", "-x", "\tx", "'=x", "''-", "'-5")) {
            assertThat(Formula.led(text)).as(text).isEqualTo("'" + text);
            assertThat(Formula.bare(Formula.led(text))).as(text).isEqualTo(text);
        }
    }

    @Test
    void leavesEverythingElseAsItIs() {
        for (String text : List.of("", "-5", "-1.5e3", "12", "镇东", "'quoted'", "'", "''", "a=b", "#x")) {
            assertThat(Formula.led(text)).as(text).isEqualTo(text);
            assertThat(Formula.bare(text)).as(text).isEqualTo(text);
        }
    }
}
