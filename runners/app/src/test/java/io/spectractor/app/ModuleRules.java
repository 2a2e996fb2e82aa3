package io.spectractor.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which module may know which, below any root package, so that the rules can be tried on a wrong house too. */
final class ModuleRules {
    /** Modules that have no class yet: their rules may find nothing. None at present. */
    static final Set<String> STILL_EMPTY = Set.of();

    /** For each module the packages of ours that it may know besides itself. */
    private static final Map<String, List<String>> MAY_KNOW = mayKnow();

    private ModuleRules() {}

    private static Map<String, List<String>> mayKnow() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        arrows.put("core", List.of());
        arrows.put(
                "calib",
                List.of(
                        "core.atmosphere",
                        "core.calibration",
                        "core.observation",
                        "core.optics",
                        "core.outcome",
                        "core.target"));
        arrows.put("plot", List.of("core"));
        arrows.put("batch", List.of("plot", "core"));
        arrows.put("local", List.of("batch", "core"));
        arrows.put("remote", List.of("batch", "calib", "core"));
        arrows.put("hdfs", List.of("batch", "core"));
        arrows.put("kafka", List.of("batch", "core"));
        arrows.put("spark", List.of("remote", "hdfs", "batch", "calib", "core"));
        arrows.put("mpi", List.of("remote", "batch", "calib", "core"));
        arrows.put("image", List.of());
        arrows.put("cli", List.of("local", "remote", "plot", "batch", "calib", "core"));
        return arrows;
    }

    /** Rules by a name for the report. */
    static Map<String, ArchRule> below(String root, Set<String> stillEmpty) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        MAY_KNOW.forEach((module, others) -> rules.put(
                module + " depends on no more than " + others,
                arrow(root, module, others).allowEmptyShould(stillEmpty.contains(module))));
        rules.put(
                "only Main ends the program",
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(root + ".cli.Main")
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class));
        rules.put(
                "no java.util.logging",
                // main silences the libraries of FITS files and of tables, which log nowhere else
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.spectractor.cli.Main")
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.util.logging..")));
        return rules;
    }

    private static ArchRule arrow(String root, String module, List<String> others) {
        String[] allowed = others.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
        String own = root + "." + module + "..";
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(not(resideInAPackage(own)))
                        .and(not(resideInAnyPackage(allowed))));
    }
}
