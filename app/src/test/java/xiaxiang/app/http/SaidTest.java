package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xiaxiang.app.flow.FitInBackground;
import xiaxiang.app.flow.ImportFacts;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.app.flow.PlanInBackground;

class SaidTest {
    @ParameterizedTest
    @ValueSource(strings = {JobRunner.FAULT, JobRunner.TOO_OFTEN, JobRunner.CANCELLED, ImportFacts.REFUSED, PlanInBackground.UNPROVEN, PlanInBackground.TOO_LONG, FitInBackground.TOO_FEW, "abandoned"})
    void whatAJobSaysOfItselfHasWords(String key) {
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) assertThat(Said.of(locale, key)).as("%s in %s", key, locale).isNotNull().doesNotContain(key).endsWith(locale.getLanguage().equals("zh") ? "。" : ".");
    }
}
