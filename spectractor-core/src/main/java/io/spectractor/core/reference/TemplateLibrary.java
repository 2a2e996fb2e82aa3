package io.spectractor.core.reference;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.SpectralTemplate;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Spectra that a star without one may have: those of all stars in the calibration data, and where the sequence of
 * temperatures has gaps, means of neighbours. Immutable.
 */
public final class TemplateLibrary {
    /** Stars of a sequence with gaps in it: G7 to M3.5 to M7. */
    private static final List<String> COOL = List.of("HD9051", "BD-11 3759", "VB8");

    /** Templates between two of them and beyond the last. */
    private static final double[] BETWEEN = {0.2, 0.4, 0.6, 0.8};

    private static final double[] BEYOND = {1.15, 1.3, 1.5, 1.75};
    /** A measurement that begins later tells too little of the blue. */
    private static final double LATEST_START_NM = 312;
    /**
     * Where an image resolves nothing the spectrum follows its template, the noise in it included. Four of CALSPEC's stars, all
     * fainter than 15 mag, have 1.3 to 1.9 % in 0.5 nm; no other has more than 0.6 %.
     */
    private static final double MOST_NOISE = 0.01;

    private final List<StarTemplate> templates;

    private TemplateLibrary(List<StarTemplate> templates) {
        this.templates = List.copyOf(templates);
    }

    /** The library of calibration data; empty if they have no spectra of stars. */
    public static TemplateLibrary of(CalibrationStore store) {
        List<StarTemplate> templates = new ArrayList<>();
        for (String name : store.targetNames()) {
            Optional<Target> star = store.target(name);
            TabulatedCurve sed = star.map(Target::sed).orElse(null);
            if (sed != null
                    && star.get().kind() == Target.Kind.STAR
                    && sed.minNm() < LATEST_START_NM
                    && noise(star.get()) < MOST_NOISE) {
                templates.add(StarTemplate.of(star.get().name(), sed, star.get().redshift()));
            }
        }
        for (SpectralTemplate template : store.templates()) {
            templates.add(StarTemplate.of(template.name(), template.sed(), 0));
        }
        if (store.templates().isEmpty()) {
            addCool(templates);
        }
        return new TemplateLibrary(templates);
    }

    private static void addCool(List<StarTemplate> templates) {
        List<StarTemplate> cool = COOL.stream()
                .flatMap(name -> templates.stream().filter(t -> t.name().equals(name)))
                .toList();
        for (int i = 0; i + 1 < cool.size(); i++) {
            for (double share : BETWEEN) {
                templates.add(StarTemplate.between(cool.get(i), cool.get(i + 1), share));
            }
        }
        if (cool.size() > 1) {
            for (double share : BEYOND) {
                templates.add(StarTemplate.between(cool.get(cool.size() - 2), cool.get(cool.size() - 1), share));
            }
        }
    }

    private static double noise(Target star) {
        Target.SedOrigin origin = star.sedOrigin();
        return origin == null ? 0 : origin.noise();
    }

    List<StarTemplate> templates() {
        return templates;
    }

    /** Number of templates. */
    public int size() {
        return templates.size();
    }
}
