package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.FileReason;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a spectrum with a known one. */
@Command(
        name = "compare",
        description =
                "Compare a spectrum with a known one: a simulation's truth, a published spectrum, another product.",
        footer = {
            "",
            "TRUTH is a product (*_spectrum.fits), a truth that 'simulate' wrote (*_truth.fits) or a text with two columns:",
            "wavelength in nm, flux density in erg/s/cm2/nm, with commas, semicolons, tabs or blanks between them; # begins",
            "a comment. Only wavelengths that both have are compared. Printed: rms of the difference over the mean truth, median of |difference| / truth, the shift of",
            "the wavelengths that fits best, total flux over the true one, robust width of difference over uncertainty.",
            "",
            "Example:",
            "  spectractor compare products/sim_001_spectrum.fits sims/truth/sim_001_truth.csv"
        })
final class CompareCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "A file *_spectrum.fits.")
    private Path product = Path.of("");

    @Parameters(index = "1", paramLabel = "TRUTH", description = "The known spectrum.")
    private Path truth = Path.of("");

    @Option(
            names = "--range",
            paramLabel = "MIN,MAX",
            defaultValue = "370,1000",
            description = "Wavelengths compared, nm. Default: ${DEFAULT-VALUE}")
    private String range = "370,1000";

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    CompareCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        double[] limits = limits(range);
        SpectrumTable spectrum = spectrum(services.workingFolder().resolve(product));
        TabulatedCurve known = known(services.workingFolder().resolve(truth));
        SpectrumComparison c;
        try {
            c = SpectrumComparison.of(spectrum, known, limits[0], limits[1]);
        } catch (IllegalArgumentException e) {
            throw new UsageException(product + " and " + truth + ": " + e.getMessage(), e);
        }
        String format = json
                ? "{\"values\":%d,\"relative_rms\":%.6f,\"median_relative\":%.6f,\"shift_nm\":%.2f,"
                        + "\"flux_ratio\":%.6f,\"pull_width\":%.4f}"
                : "%d wavelengths: rms %.4f, median %.4f, shift %+.2f nm, flux ratio %.4f, pull width %.2f";
        services.out()
                .println(String.format(
                        Locale.ROOT,
                        format,
                        c.values(),
                        c.relativeRms(),
                        c.medianRelative(),
                        // -0.00 would be a strange shift
                        c.shiftNm() + 0.0,
                        c.fluxRatio(),
                        c.pullWidth()));
        return ExitCode.ALL_DONE.code();
    }

    private static double[] limits(String range) {
        String[] parts = range.split(",", -1);
        try {
            double min = Double.parseDouble(parts[0].strip());
            double max = Double.parseDouble(parts.length == 2 ? parts[1].strip() : "");
            if (min < max) {
                return new double[] {min, max};
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("--range " + range + ": two wavelengths in nm, such as 400,870");
    }

    private static SpectrumTable spectrum(Path file) {
        try {
            return new ProductReader().read(file).spectrum();
        } catch (IOException e) {
            throw new UsageException("cannot compare " + file + ": " + FileReason.of(e), e);
        }
    }

    private static TabulatedCurve known(Path file) {
        try {
            return KnownSpectrum.read(file);
        } catch (IOException e) {
            throw new UsageException("cannot read the known spectrum " + file + ": " + FileReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException("cannot read the known spectrum " + file + ": " + e.getMessage(), e);
        }
    }
}
