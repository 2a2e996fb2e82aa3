package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dependencies between the modules point one way: cli, schedulers, batch, core; and one place ends the program. */
class ModuleDirectionTest {
    private static final String OURS = "io.spectractor";
    private static final String WRONG_HOUSE = "io.wronghouse";

    private static JavaClasses ours() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(OURS);
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        JavaClasses ours = ours();
        return ModuleRules.below(OURS, ModuleRules.STILL_EMPTY).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(ours)));
    }

    /** An allowance that outlived its reason would hide a rule that looks at nothing. */
    @Test
    void onlyEmptyModulesAreExcused() {
        JavaClasses ours = ours();
        List<String> filled = ModuleRules.STILL_EMPTY.stream()
                .filter(module -> ours.stream()
                        .anyMatch(type -> (type.getPackageName() + ".").startsWith(OURS + "." + module + ".")))
                .sorted()
                .toList();
        assertThat(filled)
                .as("modules with classes: take them out of ModuleRules.STILL_EMPTY")
                .isEmpty();
    }

    @Test
    void programEndsInOnePlace() {
        List<String> exits = ours().stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getTarget().getName().equals("exit"))
                .map(call -> call.getDescription())
                .toList();
        assertThat(exits).hasSizeLessThanOrEqualTo(1);
    }

    /** A house built wrong on purpose, in the test sources: each rule has to find its fault there. */
    @Test
    void everyRuleCanFail() {
        JavaClasses wrong = new ClassFileImporter().importPackages(WRONG_HOUSE);
        List<String> blind = ModuleRules.below(WRONG_HOUSE, Set.of()).entrySet().stream()
                .filter(rule -> !rule.getValue().evaluate(wrong).hasViolation())
                .map(rule -> rule.getKey())
                .toList();
        assertThat(blind).as("rules that miss the fault made for them").isEmpty();
    }
}
