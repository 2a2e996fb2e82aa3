package io.spectractor.serve;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which packages of the server may know which, and which library each keeps to itself. */
class ServeArrowsTest {
    private static final String OURS = "io.spectractor.";
    private static final Map<String, List<String>> MAY_KNOW = Map.of(
            "serve.data..", List.of("sky..", "hats..", "catalogue.spectra.."),
            "serve.adql..", List.of("serve.data..", "sky.."),
            "serve.vo..", List.of("serve.data..", "serve.adql..", "sky..", "hats.."),
            "serve.page..", List.of("serve.data..", "serve.adql..", "serve.vo..", "hats..", "sky.."),
            "serve.services..", List.of("serve.page..", "serve.vo..", "serve.data.."),
            "serve.runs..", List.of("serve.page..", "serve.data..", "batch..", "core.outcome.."),
            // the rehearsal's catalogue is made by the commands that users have
            "serve", List.of("serve..", "hats..", "batch..", "catalogue"));
    private static final Map<String, List<String>> KEPT_BY = Map.of(
            "org.duckdb..", List.of("serve.data.."),
            "net.sf.jsqlparser..", List.of("serve.adql.."),
            "uk.ac.starlink..", List.of("serve.data..", "serve.vo..", "serve.page.."),
            "io.javalin..", List.of("serve", "serve.vo..", "serve.page..", "serve.runs..", "serve.services.."),
            "picocli..", List.of("serve"));

    private static final JavaClasses CLASSES = classes();

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(OURS + "serve");
    }

    private static ArchRule arrow(String one, List<String> others) {
        return noClasses()
                .that()
                .resideInAPackage(OURS + one)
                .should()
                .dependOnClassesThat(resideInAPackage("io.spectractor..")
                        .and(DescribedPredicate.not(resideInAPackage(OURS + one)))
                        .and(DescribedPredicate.not(resideInAnyPackage(full(others)))));
    }

    private static ArchRule kept(String library, List<String> packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(full(packages))
                .should()
                .dependOnClassesThat(resideInAPackage(library));
    }

    private static String[] full(List<String> packages) {
        return packages.stream().map(name -> OURS + name).toArray(String[]::new);
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        JavaClasses classes = CLASSES;
        return Stream.concat(
                MAY_KNOW.entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> arrow(rule.getKey(), rule.getValue()).check(classes))),
                KEPT_BY.entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> kept(rule.getKey(), rule.getValue()).check(classes))));
    }

    /** Each arrow is there, so each rule would see one that is wrong. */
    @Test
    void rulesCanFail() {
        JavaClasses classes = CLASSES;
        assertThat(arrow("serve.data..", List.of("sky..")).evaluate(classes).hasViolation())
                .isTrue();
        assertThat(arrow("serve.vo..", List.of("sky..")).evaluate(classes).hasViolation())
                .isTrue();
        assertThat(kept("org.duckdb..", List.of("serve.adql.."))
                        .evaluate(classes)
                        .hasViolation())
                .isTrue();
    }
}
