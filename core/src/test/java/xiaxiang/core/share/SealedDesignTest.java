package xiaxiang.core.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedDesignTest {
    private static String why(String text, String seal) {
        return SealedDesign.open(text, seal) instanceof SealedDesign.Outcome.Refused(String why) ? why : "";
    }

    @Test
    void opensWhatItSealed() {
        SealedDesign design = Villages.design(Villages.terms(3, 10));
        SealedDesign again = Villages.sealed(SealedDesign.open(design.text(), design.seal()));
        assertThat(again.text()).isEqualTo(design.text());
        assertThat(again.terms()).isEqualTo(design.terms());
        assertThat(design.seal()).hasSize(64).isEqualTo(SealedDesign.seal(design.text()));
    }

    @Test
    void everyByteCounts() {
        SealedDesign design = Villages.design(Villages.terms(3, 10));
        String text = design.text();
        for (int at = 0; at < text.length(); at += 97) {
            String other = text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1);
            assertThat(why(other, design.seal())).as("byte " + at).contains("seal does not fit");
        }
    }

    /// Whoever changes an assignment and seals anew is found out: the seed draws another.
    @Test
    void anAssignmentNotDrawnIsRefused() {
        String text = Villages.design(Villages.terms(3, 10)).text();
        String swapped = text.contains(" wave1\n") ? text.replaceFirst(" wave1\n", " waveX\n").replaceFirst(" wave2\n", " wave1\n").replaceFirst(" waveX\n", " wave2\n") : text;
        assertThat(swapped).isNotEqualTo(text);
        assertThat(why(swapped, SealedDesign.seal(swapped))).contains("not made by lot");
        String seed = text.replace("seed 3\n", "seed 4\n");
        assertThat(why(seed, SealedDesign.seal(seed))).contains("not made by lot");
        assertThat(why("nonsense", SealedDesign.seal("nonsense"))).contains("cannot be read");
        String cut = text.replaceFirst("every 2\n", "");
        assertThat(why(cut, SealedDesign.seal(cut))).contains("lacks every");
    }

    @Test
    void periodsAreReadAndCounted() {
        assertThat(Period.parse("2016Q4")).isNotNull().satisfies(p -> assertThat(p.plus(1)).hasToString("2017Q1"));
        assertThat(Period.parse("2016-12")).isNotNull().satisfies(p -> assertThat(p.plus(1)).hasToString("2017-01"));
        assertThat(Period.parse("2016Q5")).isNull();
        assertThat(Period.parse("2016-13")).isNull();
    }
}
