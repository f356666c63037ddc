package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import xiaxiang.app.cli.CommandLines;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.Role;

/// /api/v1/openapi.json as a program reads it, and the table of rights in docs/api.md as people do.
@ExtendWith(Running.Shared.class)
class DocumentTest {
    /// The document names a shape by its simple name: two of one name, and one would be described as the other.
    @Test
    void everyShapeHasANameOfItsOwn() {
        Map<String, Set<Class<?>>> byName = new TreeMap<>();
        for (Class<?> shape : shapes()) byName.computeIfAbsent(name(shape), _ -> new HashSet<>()).add(shape);
        assertThat(byName).hasSizeGreaterThan(50);
        assertThat(byName.entrySet().stream().filter(e -> e.getValue().size() > 1)).isEmpty();
    }

    private static String name(Class<?> shape) {
        Schema named = shape.getAnnotation(Schema.class);
        return named == null || named.name().isEmpty() ? shape.getSimpleName() : named.name();
    }

    private static Set<Class<?>> shapes() {
        Set<Class<?>> found = new HashSet<>();
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("xiaxiang.app.http").stream().filter(c -> c.isAnnotatedWith(RestController.class))
                .map(JavaClass::reflect).flatMap(c -> Arrays.stream(c.getDeclaredMethods())).filter(m -> m.isAnnotationPresent(Needs.class) || m.isAnnotationPresent(Open.class))
                .flatMap(DocumentTest::types).forEach(type -> reach(type, found));
        return found;
    }

    private static Stream<Type> types(Method handler) {
        Stream<Type> bodies = Arrays.stream(handler.getParameters()).filter(p -> p.isAnnotationPresent(RequestBody.class)).map(Parameter::getParameterizedType);
        return Stream.concat(Stream.of(handler.getGenericReturnType()), bodies);
    }

    private static void reach(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType parameters) for (Type one : parameters.getActualTypeArguments()) reach(one, found);
        if (!(type instanceof Class<?> shape) || !shape.isRecord() || !found.add(shape)) return;
        for (RecordComponent part : shape.getRecordComponents()) {
            Schema shown = part.getAccessor().getAnnotation(Schema.class);
            if (shown == null || shown.implementation() == Void.class) reach(part.getGenericType(), found);
        }
    }

    @Test
    void everyOperationSaysWhoMayCallAndHowItRefuses(Running running) {
        JsonNode document = Visitor.json(running.stranger().get("/api/v1/openapi.json"));
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/info/title").asString()).isEqualTo("Xiaxiang 下乡");
        assertThat(document.at("/servers/0/url").asString()).as("the same for whoever asks, however").isEqualTo("/");
        assertThat(document.at("/components/schemas/Problem/properties").propertyNames()).contains("type", "title", "status", "detail", "nextStep");
        List<String> names = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            JsonNode operation = method.getValue();
            String where = method.getKey() + " " + path.getKey();
            names.add(operation.path("operationId").asString());
            if (operation.path("summary").asString("").isBlank()) faults.add(where + ": no summary");
            if (!operation.at("/responses/default/content").has("application/problem+json")) faults.add(where + ": does not say how it refuses");
            if (operation.has("x-right") != operation.has("security")) faults.add(where + ": rights without a way to sign in, or the other way round");
            for (JsonNode parameter : operation.path("parameters")) if (Set.of("cursor", "limit", "If-Match").contains(parameter.path("name").asString()) && !parameter.has("description")) faults.add(where + ": " + parameter);
        }));
        assertThat(faults).isEmpty();
        assertThat(names).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }

    @Test
    void theTableOfRightsIsTrue() throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        Set<String> roles = Arrays.stream(Role.values()).map(Role::text).collect(Collectors.toSet());
        for (String line : Files.readAllLines(CommandLines.projectFolder().resolve("docs/api.md"))) {
            List<String> cells = Arrays.stream(line.split("\\|")).map(cell -> cell.replace("`", "").strip()).toList();
            if (cells.size() == 4 && roles.contains(cells.get(1))) told.put(cells.get(1), Set.of(cells.get(3).split(" ")));
        }
        Map<String, Set<String>> rights = new TreeMap<>();
        for (Role role : Role.values()) rights.put(role.text(), role.rights().stream().map(Right::text).collect(Collectors.toSet()));
        assertThat(told).isEqualTo(rights);
    }
}
