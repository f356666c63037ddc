package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatedCodesTest {
    private static Division division(String code, String... successors) {
        return new Division(code, code, "", "township", null, Tier.TOWNSHIP, "", null, Kind.SKETCH, null, null, List.of(successors),
                new Provenance("test", Kind.SKETCH));
    }

    @Test
    void followsRenamesMergesAndSplits() {
        //  a -> b -> c      d -> c      e -> f + g      g -> h      x -> y -> x
        DatedCodes codes = DatedCodes.of(List.of(division("a", "b"), division("b", "c"), division("c"), division("d", "c"), division("e", "f", "g"),
                division("f"), division("g", "h"), division("h"), division("x", "y"), division("y", "x")));
        assertThat(codes.current("a")).isEqualTo("c");
        assertThat(codes.current("d")).isEqualTo("c");
        assertThat(codes.current("c")).isEqualTo("c");
        assertThat(codes.current("e")).isEqualTo("e");
        assertThat(codes.current("nobody's")).isEqualTo("nobody's");
        assertThat(codes.currentAll("a")).containsExactly("c");
        assertThat(codes.currentAll("e")).containsExactly("f", "h");
        assertThat(codes.current("x")).isIn("x", "y");
        assertThat(codes.currentAll("x")).isEmpty();
        assertThat(codes.leadsBack("x")).isTrue();
        assertThat(codes.leadsBack("e")).isFalse();
    }
}
