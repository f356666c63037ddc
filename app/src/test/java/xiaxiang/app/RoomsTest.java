package xiaxiang.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of ARCHITECTURE, each spelled out, and nothing beside them.
class RoomsTest {
    private static final JavaClasses ALL = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("xiaxiang");
    private static final String CAPTURE = "xiaxiang.engine.capture.";
    /// The verifier and what belongs to it alone.
    private static final List<String> VERIFIER = List.of("Verifier", "VerifierCut", "VerifierLift", "VerifierPlan", "VerifierState", "VerifierToday", "WaveVerifier", "WaveStatement", "Curve", "Neumaier");
    /// What both sides of a proof must share: the problem, the claim and the verdict.
    private static final List<String> STATEMENT = List.of("CaptureProblem", "Extras", "WaveProblem", "Certificate", "Kernel", "Plan", "Verdict");

    /// Every package, the packages of ours it may use, and the libraries: `jspecify` is always allowed, and of the JDK what each line names.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            engine         | -                                                              | -
            engine.geo     | -                                                              | -
            engine.numeric | -                                                              | org.ejml org.apache.commons.statistics org.apache.commons.rng
            engine.choice  | engine.numeric                                                 | org.ejml org.apache.commons.statistics org.apache.commons.rng
            engine.effect  | engine.numeric                                                 | org.ejml org.apache.commons.statistics org.apache.commons.rng
            engine.survey  | engine.numeric                                                 | org.ejml org.apache.commons.statistics org.apache.commons.rng
            engine.capture | -                                                              | -
            core.door      | -                                                              | de.siegmar.fastcsv org.snakeyaml.engine
            core.db        | -                                                              | com.zaxxer.hikari org.jdbi org.flywaydb org.postgresql org.apache.commons.compress org.slf4j tools.jackson javax.sql
            core.account   | core.db                                                        | org.jdbi org.bouncycastle com.eatthepath.otp org.postgresql tools.jackson javax.crypto
            core.job       | core.db                                                        | org.jdbi org.postgresql tools.jackson
            core.atlas     | core.door engine.geo                                           | tools.jackson de.siegmar.fastcsv
            core.register  | core.db core.door core.atlas engine.geo                        | tools.jackson org.jdbi org.postgresql de.siegmar.fastcsv
            core.field     | core.db core.door core.atlas core.register                                   | org.jdbi org.postgresql de.siegmar.fastcsv
            core.trade     | core.db core.door core.atlas core.register                                   | org.jdbi org.postgresql de.siegmar.fastcsv
            core.demand    | core.db core.door core.atlas core.field core.trade engine.choice engine.geo engine.numeric | de.siegmar.fastcsv org.apache.commons.statistics org.apache.commons.rng org.jdbi org.postgresql tools.jackson
            core.rollout   | core.db core.door core.atlas core.demand engine.capture engine.geo | org.jdbi org.postgresql tools.jackson
            core.share     | core.door core.atlas core.demand core.rollout engine.capture engine.effect engine.geo engine.numeric engine.survey | org.apache.commons.rng
            app.flow       | core.db core.account core.job core.door core.atlas core.register core.field core.trade core.demand core.rollout core.share engine.capture engine.effect engine.geo | de.siegmar.fastcsv tools.jackson org.jdbi org.slf4j org.dhatim org.locationtech.jts com.google.protobuf com.github.kagkarlsson.scheduler com.github.benmanes.caffeine
            app.cli        | app.flow app.config core.db core.account core.job core.door core.atlas core.register core.field core.trade core.demand core.rollout core.share engine.capture engine.choice engine.effect engine.geo engine.numeric | de.siegmar.fastcsv tools.jackson org.apache.commons.statistics picocli me.tongfei.progressbar com.sun.management
            app.http       | app.flow core.db core.account core.job core.door core.atlas core.register core.field core.trade core.demand core.rollout core.share engine.capture engine.geo | org.springframework jakarta org.apache.catalina org.apache.tomcat tools.jackson org.jdbi org.slf4j io.swagger io.github.bucket4j com.google.zxing org.dhatim com.github.benmanes.caffeine io.micrometer org.springdoc org.postgresql com.fasterxml.jackson.annotation javax.crypto
            app.config     | app.http app.flow core.db core.account core.job core.door core.atlas core.register core.field core.trade core.demand core.rollout core.share | org.springframework jakarta tools.jackson org.jdbi org.slf4j io.swagger org.springdoc io.micrometer org.apache.catalina org.apache.coyote org.apache.tomcat
            app            | app.cli                                                        | -
            """)
    void aPackageUsesOnlyWhatTheArrowsAllow(String name, String ours, String libraries) {
        List<String> allowed = Stream.concat(Stream.of("java..", "org.jspecify..", "xiaxiang." + name),
                Stream.concat(words(ours).map(w -> "xiaxiang." + w), words(libraries).map(w -> w + ".."))).toList();
        classes().that().resideInAPackage("xiaxiang." + name).should().onlyDependOnClassesThat().resideInAnyPackage(allowed.toArray(String[]::new))
                .allowEmptyShould(true).check(ALL);
    }

    @Test
    void everyPackageStandsInTheTable() throws NoSuchMethodException {
        CsvSource table = RoomsTest.class.getDeclaredMethod("aPackageUsesOnlyWhatTheArrowsAllow", String.class, String.class, String.class).getAnnotation(CsvSource.class);
        Set<String> known = table.textBlock().lines().map(line -> "xiaxiang." + line.substring(0, line.indexOf('|')).strip()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(there);
        assertThat(there).contains("xiaxiang.engine.capture", "xiaxiang.core.door", "xiaxiang.core.share", "xiaxiang.app.flow", "xiaxiang.app.cli");
    }

    private static Stream<String> words(String cell) {
        return Pattern.compile(" ").splitAsStream(cell).filter(word -> !word.equals("-"));
    }

    @Test
    void engineDoesNoInputAndOutputButOfStreamsItIsGiven() {
        noClasses().that().resideInAPackage("xiaxiang.engine..").should().dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.time..", "java.util.logging..").check(ALL);
        noClasses().that().resideInAPackage("xiaxiang.engine..").should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(Math.class, "random").check(ALL);
        noClasses().that().resideInAPackage("xiaxiang.engine..").should().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.SplittableRandom").check(ALL);
    }

    @Test
    void nobodyUsesTheApp() {
        noClasses().that().resideInAnyPackage("xiaxiang.engine..", "xiaxiang.core..").should().dependOnClassesThat().resideInAPackage("xiaxiang.app..").check(ALL);
    }

    @Test
    void onlyTheCommandLineKnowsItsLibraries() {
        noClasses().that().resideOutsideOfPackage("xiaxiang.app.cli").should().dependOnClassesThat().resideInAnyPackage("picocli..", "me.tongfei..").check(ALL);
    }

    @Test
    void noCycles() {
        slices().matching("xiaxiang.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theVerifierSharesNoCodeWithTheSolver() {
        var itself = named("of the verifier", VERIFIER);
        var statement = named("what is proven", STATEMENT);
        var jdk = JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify..");
        assertThat(ALL.stream().filter(itself)).hasSizeGreaterThanOrEqualTo(VERIFIER.size());
        classes().that(itself).should().onlyDependOnClassesThat(itself.or(statement).or(jdk)).check(ALL);
        noClasses().that(DescribedPredicate.not(itself)).and().resideInAPackage("xiaxiang.engine..").should()
                .dependOnClassesThat(named("the verifier's own formulas", VERIFIER)).check(ALL);
    }

    /// The statement carries numbers; what is worked out of them the verifier works out anew.
    @Test
    void theVerifierComputesNothingWithTheProblemsOwnFormulas() {
        Set<String> numbers = Set.of("points", "sites", "resources", "groups", "nonZeros", "kernel", "weight", "stays", "rowStart", "siteAt", "ratioAt", "limit", "use", "noneUse",
                "group", "isRequired", "isForbidden", "isOpenToday", "openToday", "fingerprint", "asBooleans", "isOpen", "open", "size", "mu", "certificate", "plan", "lower", "upper",
                "multipliers", "prices", "steps", "base", "waves", "at", "isExpandable", "of", "rho", "theta", "chosen", "level", "sigma", "pick", "leaves",
                "extras", "worth", "start", "site", "ratio", "hasOutsiders", "hasBlocks", "scenarios", "scenario", "beside", "lambda", "share");
        Set<String> called = ALL.stream().filter(named("of the verifier", VERIFIER)).flatMap(c -> c.getMethodCallsFromSelf().stream())
                .filter(call -> named("what is proven", STATEMENT).test(call.getTargetOwner())).map(JavaMethodCall::getName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).isNotEmpty();
        assertThat(numbers).containsAll(called);
    }

    /// Classes of the capture engine by simple name, with everything nested in them.
    private static DescribedPredicate<JavaClass> named(String what, List<String> names) {
        return DescribedPredicate.describe(what, c -> names.stream().map(name -> CAPTURE + name).anyMatch(name -> c.getName().equals(name) || c.getName().startsWith(name + "$")));
    }
}
