package xiaxiang.engine.geo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LonLatTest {
    @Test
    void refusesWhatIsNotOnTheEarth() {
        assertThatThrownBy(() -> new LonLat(180.1, 0)).hasMessageContaining("180.1");
        assertThatThrownBy(() -> new LonLat(0, Double.NaN)).hasMessageContaining("NaN");
    }
}
