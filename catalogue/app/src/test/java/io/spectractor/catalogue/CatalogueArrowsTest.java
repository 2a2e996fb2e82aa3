package io.spectractor.catalogue;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which packages of the catalogue may know which. */
class CatalogueArrowsTest {
    private static final String OURS = "io.spectractor";
    /** For each package what it may know of ours besides itself. */
    private static final Map<String, List<String>> MAY_KNOW = Map.of(
            "sky..", List.of(),
            "hats..", List.of("sky.."),
            "catalogue.series..", List.of(),
            "catalogue.engine..", List.of("hats.."),
            "catalogue.spectra..", List.of("sky..", "hats..", "calib..", "batch..", "core.."),
            "catalogue", List.of("catalogue..", "sky..", "hats..", "calib..", "batch..", "core..", "plot.."));
    /** Libraries that one package alone may know. */
    private static final Map<String, List<String>> KEPT_BY = Map.of(
            "picocli..", List.of("catalogue"),
            "net.sf.jsqlparser..", List.of("catalogue"),
            "uk.ac.starlink..", List.of("catalogue"));

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(OURS + ".sky", OURS + ".hats", OURS + ".catalogue");
    }

    private static Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        MAY_KNOW.forEach((one, others) -> rules.put(one + " depends on no more than " + others, arrow(one, others)));
        KEPT_BY.forEach((library, packages) -> rules.put(
                library + " is known to " + packages + " only",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(full(packages))
                        .should()
                        .dependOnClassesThat(resideInAPackage(library))));
        return rules;
    }

    private static ArchRule arrow(String one, List<String> others) {
        return noClasses()
                .that()
                .resideInAPackage(OURS + "." + one)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS + "..")
                        .and(DescribedPredicate.not(resideInAPackage(OURS + "." + one)))
                        .and(DescribedPredicate.not(resideInAnyPackage(full(others)))));
    }

    private static String[] full(List<String> packages) {
        return packages.stream().map(name -> OURS + "." + name).toArray(String[]::new);
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        JavaClasses classes = classes();
        return rules().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(classes)));
    }

    /** Arrows the other way are there, so each rule would see one that is wrong. */
    @Test
    void everyRuleCanFail() {
        JavaClasses classes = classes();
        assertThat(arrow("hats..", List.of()).evaluate(classes).hasViolation()).isTrue();
        assertThat(arrow("catalogue.spectra..", List.of("sky.."))
                        .evaluate(classes)
                        .hasViolation())
                .isTrue();
        assertThat(arrow("catalogue", List.of("sky..")).evaluate(classes).hasViolation())
                .isTrue();
        assertThat(noClasses()
                        .that()
                        .resideOutsideOfPackages(full(List.of("sky..")))
                        .should()
                        .dependOnClassesThat(resideInAPackage("picocli.."))
                        .evaluate(classes)
                        .hasViolation())
                .isTrue();
    }
}
