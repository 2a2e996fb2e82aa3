package io.spectractor.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may know whom inside the core, below any root package, so that the rules can be tried on a wrong house too. */
final class CoreRules {
    /** What belongs to the modules above the core: schedulers, command line, formats of runs, plots, logging back ends. */
    static final List<String> FOREIGN = List.of(
            "picocli..",
            "org.apache.spark..",
            "org.apache.hadoop..",
            "mpi..",
            "runtime.starter..",
            "com.fasterxml.jackson..",
            "org.yaml..",
            "org.knowm.xchart..",
            "ch.qos.logback..",
            "org.apache.logging..",
            "org.slf4j.simple..");

    private CoreRules() {}

    /** Rules by a name for the report. */
    static Map<String, ArchRule> below(String root, List<String> foreign) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("fit does not depend on stars", mayOnlyKnow(root, "fit"));
        rules.put("config depends on no other package", mayOnlyKnow(root, "config"));
        rules.put("outcome depends on no other package", mayOnlyKnow(root, "outcome"));
        // Pixel positions and the weather of an exposure are values that the optics compute with.
        rules.put(
                "optics stands on fit, config and observation",
                mayOnlyKnow(root, "optics", "fit", "config", "observation"));
        rules.put("psf stands on fit and config", mayOnlyKnow(root, "psf", "fit", "config"));
        rules.put(
                "observation stands on config, outcome, fit and instrument",
                mayOnlyKnow(root, "observation", "config", "outcome", "fit", "instrument"));
        rules.put("instrument stands on config", mayOnlyKnow(root, "instrument", "config"));
        rules.put(
                "only descriptions of instruments are YAML, and lists of exposures are JSON",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and(not(resideInAPackage(root + ".instrument..")))
                        .and(not(simpleName("JsonLogbook")))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("org.snakeyaml..")));
        rules.put(
                "atmosphere stands on fit, optics and product",
                mayOnlyKnow(root, "atmosphere", "fit", "optics", "product"));
        // Public for the two packages that share them, and for nobody else.
        rules.put(
                "inside of the forward model is for the fits of spectrograms only",
                classes()
                        .that()
                        .resideInAPackage(root + ".forward.*..")
                        .should()
                        .onlyHaveDependentClassesThat(resideInAnyPackage(root + ".forward..", root + ".spectrogram..")
                                .or(not(resideInAPackage(root + "..")))));
        rules.put(
                "parts of the forward model know nothing of the whole",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".forward.*..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(root + ".forward", root + ".spectrogram..")));
        rules.put("nothing looks back at the pipeline", nothingKnowsThePipeline(root));
        rules.put(
                "no cycles between rooms",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "no cycles inside the forward model",
                slices().matching(root + ".forward.(*)..").should().beFreeOfCycles());
        rules.put(
                "no foreign machinery",
                inCoreNo(root).should().dependOnClassesThat(resideInAnyPackage(foreign.toArray(String[]::new))));
        rules.put("no standard streams", inCoreNo(root).should(ACCESS_STANDARD_STREAMS));
        rules.put(
                "no java.util.logging",
                inCoreNo(root).should().dependOnClassesThat(resideInAPackage("java.util.logging..")));
        return rules;
    }

    private static ArchRule mayOnlyKnow(String root, String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Stream.of(others))
                .map(name -> root + "." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(allowed))));
    }

    private static ArchRule nothingKnowsThePipeline(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".pipeline..")
                .should()
                .onlyHaveDependentClassesThat(
                        resideInAPackage(root + ".pipeline..").or(not(resideInAPackage(root + ".."))));
    }

    private static GivenClassesConjunction inCoreNo(String root) {
        return noClasses().that().resideInAPackage(root + "..");
    }
}
