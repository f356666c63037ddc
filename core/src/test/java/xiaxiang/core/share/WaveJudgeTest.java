package xiaxiang.core.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.effect.Power;
import xiaxiang.engine.effect.Spillover;

class WaveJudgeTest {
    @TempDir
    private Path folder = Path.of("");

    private WaveVerdict judge(SealedDesign design, OutcomeSynthesis.Truth truth, long seed) {
        Outcomes outcomes = Villages.outcomes(OutcomeSynthesis.launched(Villages.people(50), Villages.FIRST, design, truth, seed), folder);
        return switch (WaveJudge.judge(design, outcomes)) {
            case WaveJudge.Outcome.Judged(WaveVerdict verdict) -> verdict;
            case WaveJudge.Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void findsAHiddenEffect() {
        WaveVerdict verdict = judge(Villages.design(Villages.terms(3, 60)), new OutcomeSynthesis.Truth(60, .25, 0), 5);
        assertThat(verdict.answer()).isEqualTo(WaveVerdict.Answer.WORKS);
        assertThat(verdict.main()).isEqualTo("net");
        assertThat(verdict.synthetic()).isTrue();
        assertThat(verdict.test().low()).isLessThan(60);
        assertThat(verdict.test().high()).isGreaterThan(60);
        assertThat(verdict.measures()).extracting(WaveVerdict.Measured::measure).containsExactly("net", "online", "own_shop", "sell_out");
        assertThat(verdict.measures().get(1).test().estimate()).isNegative();
        assertThat(verdict.measures().get(3).test().estimate()).isCloseTo(80, within(2.0));
        double sum = verdict.measures().stream().skip(1).mapToDouble(m -> m.test().estimate()).sum();
        assertThat(verdict.test().estimate()).isCloseTo(sum, within(1e-9));
        assertThat(verdict.checks()).hasSize(3).allSatisfy(c -> assertThat(c.estimate()).as(c.name()).isBetween(30.0, 90.0));
        assertThat(verdict.power()).isInstanceOfSatisfying(DesignPower.Outcome.Known.class, k -> assertThat(k.power().detectable()).isBetween(1.0, 60.0));
    }

    /// An effect too small to see is neither found nor denied; where a much larger one would be worth having, that one is ruled out.
    @Test
    void tellsNoEffectFromCannotTell() {
        assertThat(judge(Villages.design(Villages.terms(3, 2)), new OutcomeSynthesis.Truth(1, .25, 0), 6).answer()).isEqualTo(WaveVerdict.Answer.CANNOT_TELL);
        assertThat(judge(Villages.design(Villages.terms(3, 200)), new OutcomeSynthesis.Truth(0, .25, 0), 6).answer()).isEqualTo(WaveVerdict.Answer.NO_EFFECT_FOUND);
        assertThat(judge(Villages.design(Villages.terms(3, 60)), new OutcomeSynthesis.Truth(-80, .25, 0), 6).answer()).isEqualTo(WaveVerdict.Answer.HARMS);
    }

    @Test
    void seesWhatSpillsOver() {
        WaveVerdict verdict = judge(Villages.design(Villages.terms(3, 60)), new OutcomeSynthesis.Truth(100, 0, 60), 5);
        assertThat(verdict.spillover()).isInstanceOfSatisfying(Spillover.Outcome.Estimated.class, s -> {
            assertThat(s.rings().getFirst().estimate()).isBetween(-90.0, -30.0);
            assertThat(s.own().estimate()).isBetween(70.0, 130.0);
            assertThat(s.net().estimate()).isLessThan(s.own().estimate());
        });
    }

    /// Null launches are rejected about as often as the level says, and the sealed design's power says the same.
    @Test
    void nullsAreRejectedAsOftenAsTheLevel() {
        int rejected = 0;
        int runs = 200;
        for (int r = 0; r < runs; r++) {
            SealedDesign design = Villages.design(Villages.terms(1000 + r, 60));
            Outcomes outcomes = Villages.outcomes(OutcomeSynthesis.before(Villages.people(50), Villages.FIRST, Villages.BEFORE, r), folder);
            if (r == 0) {
                Power power = DesignPower.of(design, outcomes) instanceof DesignPower.Outcome.Known(Power p, int before, int measured) && before + measured == 16 ? p : null;
                assertThat(power).isNotNull().satisfies(p -> assertThat(p.falsePositiveRate()).isBetween(.02, .08));
            }
            var contrast = new xiaxiang.engine.effect.WaveContrast(16, new int[] {10, 12});
            var test = xiaxiang.engine.effect.RandomisationInference.of(design.drawn().mechanism(), contrast, 199, r);
            List<String> codes = design.units().stream().map(SealedDesign.Unit::code).toList();
            if (test.test(outcomes.units("net", codes, 0, 16), design.drawn().labels(), .05).p() <= .05) rejected++;
        }
        assertThat(rejected / (double) runs).isBetween(.01, .09);
    }

    @Test
    void saysWhenItIsTooEarly() {
        SealedDesign design = Villages.design(Villages.terms(3, 60));
        Outcomes early = Villages.outcomes(OutcomeSynthesis.before(Villages.people(50), Villages.FIRST, Villages.BEFORE + 1, 5), folder);
        assertThat(WaveJudge.judge(design, early)).isInstanceOfSatisfying(WaveJudge.Outcome.Refused.class, r -> assertThat(r.why()).contains("before the last wave starts"));
        Outcomes few = Villages.outcomes(OutcomeSynthesis.before(Villages.people(10), Villages.FIRST, 30, 5), folder);
        assertThat(WaveJudge.judge(design, few)).isInstanceOfSatisfying(WaveJudge.Outcome.Refused.class, r -> assertThat(r.why()).contains("lacks 30 townships"));
    }

    @Test
    void listsEveryProblemOfOutcomes() {
        Problems problems = new Problems();
        assertThat(Villages.read("""
                division,period,measure,units,source,kind
                A,2016Q1,online,5,x,observed
                A,2016Q2,online,NaN,x,observed
                A,spring,online,5,x,observed
                B,2016-03,online,5,x,observed
                A,2016Q1,online,6,x,observed
                ,2016Q1,net,6,,observed
                """, folder, problems)).isNull();
        assertThat(problems.list()).extracting(p -> p.row() + " " + p.rule()).contains("3 NOT_A_NUMBER", "4 NOT_A_CHOICE", "5 CONTRADICTION", "6 DUPLICATE_KEY", "7 REQUIRED", "7 CONTRADICTION");
        Problems gaps = new Problems();
        assertThat(Villages.read("division,period,measure,units,source,kind\nA,2016Q1,online,5,x,observed\nA,2016Q3,online,5,x,observed\nB,2016Q1,online,5,x,observed\n", folder, gaps)).isNull();
        assertThat(gaps.list()).extracting(p -> p.value()).containsExactlyInAnyOrder("A,2016Q2,online", "B,2016Q2,online", "B,2016Q3,online");
        assertThat(gaps.text(Locale.ENGLISH)).contains("is missing");
    }
}
