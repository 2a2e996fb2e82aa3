package io.spectractor.cli;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says before a run what the spectrum of a target will be held against, or why against nothing. */
final class PlannedReference {
    private PlannedReference() {}

    /**
     * The reference in words.
     *
     * @param name of the target as the image has it, or null
     */
    static String of(@Nullable String name, CalibrationStore calibration) {
        Target target = name == null ? null : calibration.target(name).orElse(null);
        if (target != null && target.sed() != null) {
            return "known";
        }
        Target.Kind kind =
                target != null ? target.kind() : name == null ? Target.Kind.STAR : TargetCatalogue.probableKind(name);
        if (kind != Target.Kind.STAR) {
            return "lines (a " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + " shines in lines, which are found by their pattern)";
        }
        return target == null
                ? "templates (" + (name == null ? "no target is named" : name + " is in no catalogue") + ")"
                : "templates (no spectrum of " + target.name() + " is known)";
    }
}
