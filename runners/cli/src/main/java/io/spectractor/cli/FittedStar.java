package io.spectractor.cli;

import io.spectractor.cli.night.FittedThroughput;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.Target;
import org.jspecify.annotations.Nullable;

/** What the calibration data say about the light in a product. */
final class FittedStar {
    private FittedStar() {}

    /**
     * The star behind telescope, filter and disperser.
     *
     * @param fitted throughput of the telescope that takes the place of the table's, with its errors, or null
     * @throws IllegalArgumentException if the calibration data lack one of them, or the throughput is of another instrument
     */
    static SourceSpectrum light(SpectrumProduct product, CalibrationStore store, @Nullable FittedThroughput fitted) {
        TabulatedCurve sed = energyDistribution(product, store);
        Disperser disperser = disperser(product, store);
        String site = product.provenance().config().getOrDefault("site.throughput", "ctio");
        TabulatedCurve telescope = store.throughput(site).orElseThrow(() -> missing("telescope throughput " + site));
        String filter = product.summary().filter();
        TabulatedCurve filterCurve =
                filter == null ? null : store.filter(filter).orElseThrow(() -> missing("filter " + filter));
        Throughput throughput = Throughput.of(telescope, filterCurve);
        if (fitted == null) {
            return SourceSpectrum.of(
                    sed,
                    lambda -> throughput.at(lambda) * disperser.transmission().at(lambda));
        }
        fitted.requireOf(product.summary().disperser(), filter);
        TabulatedCurve factor = fitted.factorOn(telescope);
        return SourceSpectrum.of(
                        sed,
                        lambda -> factor.at(lambda)
                                * throughput.at(lambda)
                                * disperser.transmission().at(lambda))
                .withErrors(fitted.errors());
    }

    /**
     * The star above the atmosphere.
     *
     * @throws IllegalArgumentException if the calibration data lack its energy distribution
     */
    static SourceSpectrum star(SpectrumProduct product, CalibrationStore store) {
        return SourceSpectrum.of(energyDistribution(product, store), lambda -> 1);
    }

    private static TabulatedCurve energyDistribution(SpectrumProduct product, CalibrationStore store) {
        String name = String.valueOf(product.summary().target());
        return store.target(name)
                .map(Target::sed)
                .orElseThrow(
                        () -> new IllegalArgumentException("the calibration data have no energy distribution of the"
                                + " target " + name + "; without it there is nothing to compare the spectrum with"));
    }

    /** What the light went through below the atmosphere, for people. */
    static String instrument(SpectrumProduct product, @Nullable FittedThroughput fitted) {
        String filter = product.summary().filter();
        return "telescope " + product.provenance().config().getOrDefault("site.throughput", "ctio")
                + (fitted == null ? "" : " by " + fitted.name()) + ", disperser "
                + product.summary().disperser() + ", filter " + (filter == null ? "none" : filter);
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
