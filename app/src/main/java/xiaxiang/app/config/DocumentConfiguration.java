package xiaxiang.app.config;

import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import xiaxiang.app.http.Caller;
import xiaxiang.app.http.Needs;
import xiaxiang.core.account.Right;

/// What /api/v1/openapi.json says beside what the handlers' signatures do.
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {
    static {
        // Who calls follows from cookie or token; nobody sends it.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    /// The rights a handler needs, as x-right; an empty list where one only has to be signed in.
    @Bean
    OperationCustomizer rightsInTheDocument() {
        return (operation, handler) -> {
            Needs needs = handler.getMethodAnnotation(Needs.class);
            if (needs != null) operation.addExtension("x-right", Arrays.stream(needs.value()).map(Right::text).toList());
            return operation;
        };
    }
}
