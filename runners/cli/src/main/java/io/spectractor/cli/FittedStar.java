package io.spectractor.cli;

import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.Target;

/** What the calibration data say about the light in a product. */
final class FittedStar {
    private FittedStar() {}

    /**
     * The star behind telescope, filter and disperser.
     *
     * @throws IllegalArgumentException if the calibration data lack one of them
     */
    static SourceSpectrum light(SpectrumProduct product, CalibrationStore store) {
        String name = String.valueOf(product.summary().target());
        TabulatedCurve sed = store.target(name).map(Target::sed).orElse(null);
        if (sed == null) {
            throw new IllegalArgumentException("the calibration data have no energy distribution of the target " + name
                    + "; without it there is" + " nothing to compare the spectrum with");
        }
        Disperser disperser = disperser(product, store);
        String site = product.provenance().config().getOrDefault("site.throughput", "ctio");
        TabulatedCurve telescope = store.throughput(site).orElseThrow(() -> missing("telescope throughput " + site));
        String filter = product.summary().filter();
        TabulatedCurve filterCurve =
                filter == null ? null : store.filter(filter).orElseThrow(() -> missing("filter " + filter));
        Throughput throughput = Throughput.of(telescope, filterCurve);
        return SourceSpectrum.of(
                sed, lambda -> throughput.at(lambda) * disperser.transmission().at(lambda));
    }

    /**
     * The disperser of a product.
     *
     * @throws IllegalArgumentException if the calibration data lack it
     */
    static Disperser disperser(SpectrumProduct product, CalibrationStore store) {
        String label = product.summary().disperser();
        return store.disperser(label).orElseThrow(() -> missing("disperser " + label));
    }

    private static IllegalArgumentException missing(String what) {
        return new IllegalArgumentException("the calibration data have no " + what);
    }
}
