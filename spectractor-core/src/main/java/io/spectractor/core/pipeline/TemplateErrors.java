package io.spectractor.core.pipeline;

import io.spectractor.core.forward.ReferenceDoubt;
import io.spectractor.core.reference.ReferenceChoice;
import java.util.List;

/** What a spectrum is unsure by because its reference is of templates. */
final class TemplateErrors {
    private TemplateErrors() {}

    /** By what a reference may be wrong: the templates that the star resembles as well. */
    static List<ReferenceDoubt> doubts(ReferenceChoice choice, ExposureOptics optics) {
        return choice.alternatives().stream()
                .map(other -> new ReferenceDoubt(
                        optics.withSed(other.sed()).reference(), other.share(), other.distanceMm(), other.shiftPx()))
                .toList();
    }

    /**
     * Adds what the redshift of a template is unsure by; the fit of the pixels took it for known. It moves the wavelengths,
     * and flux is read at wavelengths.
     */
    static MeasuredOrders added(MeasuredOrders orders) {
        ReferenceChoice.Place place = orders.reference().place();
        if (place == null || orders.reference().sed() == null) {
            return orders;
        }
        double[] c = place.covariance();
        double sigma = Math.sqrt(Math.max(c[8], 1e-300));
        return orders.movedBy(c[2] / sigma, c[5] / sigma);
    }
}
