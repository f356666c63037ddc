package xiaxiang.app.config;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.app.http.Caller;
import xiaxiang.app.http.Needs;
import xiaxiang.app.http.ProblemJson;
import xiaxiang.core.account.Right;

/// What /api/v1/openapi.json says beside what the handlers' signatures do: who may call, how one is known, how refusals look, and the headers and parameters all lists share.
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {
    private static final String ABOUT = """
        Places, shops, plans and shares of a consumer brand's way into county towns and townships. 消费品牌下乡的数据、方案与份额。

        Every answer is of the caller's territory; what lies outside it is not found. Refusals are application/problem+json (RFC 9457), in the language of Accept-Language or `lang` (zh or en), \
        with the next step. Lists come in pages: send `next` back as `cursor`. A GET of one thing has an ETag; changes of it want that in If-Match. A POST with an Idempotency-Key is done once.""";
    private static final String SESSION = "session";
    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";
    private static final Map<String, String> SHARED = Map.of("cursor", "`next` of the page before", "limit", "the most items of a page, 1 to 200", "If-Match", "the ETag of what is changed, as it was read",
            "place", "the code of a place: what lies in it and below");

    static {
        // Who calls follows from cookie or token; nobody sends it.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI document() {
        Components known = new Components()
                .addSecuritySchemes(SESSION, new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("__Host-session").description("Signed in by POST /session. Requests that change something repeat the cookie __Host-csrf in the header X-CSRF-Token."))
                .addSecuritySchemes(TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("A token of POST /tokens: some of one's rights, for some days."));
        return new OpenAPI().info(new Info().title("Xiaxiang 下乡").version(PlanFiles.version()).description(ABOUT).license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/"))).components(known);
    }

    /// The rights a handler needs, as x-right; an empty list where one only has to be signed in.
    @Bean
    OperationCustomizer rightsInTheDocument() {
        return (operation, handler) -> {
            Needs needs = handler.getMethodAnnotation(Needs.class);
            if (needs != null) {
                operation.addExtension("x-right", Arrays.stream(needs.value()).map(Right::text).toList());
                operation.setSecurity(List.of(new SecurityRequirement().addList(SESSION), new SecurityRequirement().addList(TOKEN)));
            }
            operation.setOperationId(name(handler));
            return operation;
        };
    }

    /// A name that is one handler's alone, and stays when others come: of the resource and the method.
    private static String name(HandlerMethod handler) {
        String resource = handler.getBeanType().getSimpleName().replace("Controller", "");
        return Character.toLowerCase(resource.charAt(0)) + resource.substring(1) + "." + handler.getMethod().getName();
    }

    /// What holds for every operation: refusals, headers, and the words on shared parameters.
    @Bean
    OpenApiCustomizer whatAllOperationsShare() {
        return document -> {
            ModelConverters.getInstance(true).readAll(ProblemJson.class).forEach(document.getComponents()::addSchemas);
            document.getPaths().values().forEach(path -> path.readOperationsMap().forEach(DocumentConfiguration::share));
        };
    }

    private static void share(PathItem.HttpMethod method, Operation operation) {
        operation.getResponses().addApiResponse("default", new ApiResponse().description("Refused: why, and the next step")
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
        if (operation.getParameters() != null) for (Parameter one : operation.getParameters()) if (one.getDescription() == null) one.setDescription(SHARED.get(one.getName()));
        if (method == PathItem.HttpMethod.POST && operation.getSecurity() != null) operation.addParametersItem(new HeaderParameter().name("Idempotency-Key").required(false)
                .description("1 to 200 visible ASCII characters: the same key with the same request is answered as the first time").schema(new StringSchema().example("5f1c9a")));
    }
}
