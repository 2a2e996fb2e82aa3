package io.spectractor.core.product;

import java.util.List;
import java.util.Locale;

/**
 * A column of one of the tables.
 *
 * @param name TTYPE
 * @param unit FITS unit, empty for none
 * @param ucd IVOA unified content descriptor, empty for none
 * @param meaning one line
 */
public record ProductColumn(String name, String unit, String ucd, String meaning) {

    static final ProductColumn LAMBDA = new ProductColumn("LAMBDA", FitsUnits.NM, "em.wl", "wavelength");
    static final ProductColumn FLUX = new ProductColumn(
            "FLUX", FitsUnits.FLUX_DENSITY, "phot.flux.density;em.wl", "flux density that arrives at the detector");
    static final ProductColumn FLUX_ERR = new ProductColumn(
            "FLUX_ERR", FitsUnits.FLUX_DENSITY, "stat.error;phot.flux.density;em.wl", "1 sigma of FLUX, positive");
    static final ProductColumn MASK =
            new ProductColumn("mask", "", "meta.code.qual", "0 good; bits: 1 mostly masked, 2 no data: NaN");
    static final ProductColumn RATE = new ProductColumn("RATE", FitsUnits.RATE, "phot.count", "count rate");
    static final ProductColumn RATE_ERR =
            new ProductColumn("RATE_ERR", FitsUnits.RATE, "stat.error;phot.count", "1 sigma of RATE");
    static final ProductColumn LAMBDA_ERR =
            new ProductColumn("LAMBDA_ERR", FitsUnits.NM, "stat.error;em.wl", "1 sigma of the wavelength scale");
    static final ProductColumn COLUMN =
            new ProductColumn("COLUMN", FitsUnits.PIXEL, "pos.cartesian.x;instr.det", "column in the image, from 0");
    static final ProductColumn TRACE_Y =
            new ProductColumn("TRACE_Y", FitsUnits.PIXEL, "pos.cartesian.y;instr.det", "row of the trace, from 0");

    static final ProductColumn FLUX_TOA = new ProductColumn(
            "FLUX_TOA", FitsUnits.FLUX_DENSITY, "phot.flux.density;em.wl", "of the star above the air: FLUX / TRANSM");
    static final ProductColumn FLUX_TOA_ERR = new ProductColumn(
            "FLUX_TOA_ERR",
            FitsUnits.FLUX_DENSITY,
            "stat.error;phot.flux.density;em.wl",
            "1 sigma of FLUX_TOA, TRANSM_ERR included");
    static final ProductColumn TRANSM =
            new ProductColumn("TRANSM", "", "phys.transmission", "of atmosphere, telescope, filter and disperser");
    static final ProductColumn TRANSM_ERR =
            new ProductColumn("TRANSM_ERR", "", "stat.error;phys.transmission", "1 sigma of TRANSM");

    static final ProductColumn LAMBDAS = new ProductColumn("lambdas", FitsUnits.NM, "em.wl", "wavelength");
    static final ProductColumn DX = pixels("Dx", "column relative to order 0");
    static final ProductColumn DY = pixels("Dy", "trace relative to order 0");
    static final ProductColumn DY_AXIS = pixels("Dy_disp_axis", "straight dispersion axis relative to order 0");
    static final ProductColumn FLUX_SUM =
            new ProductColumn("flux_sum", FitsUnits.RATE, "phot.count", "sum of the signal strip, sky subtracted");
    static final ProductColumn FLUX_INTEGRAL =
            new ProductColumn("flux_integral", FitsUnits.RATE, "phot.count", "amplitude of the profile fit");
    static final ProductColumn PROFILE_ERR =
            new ProductColumn("flux_err", FitsUnits.RATE, "stat.error;phot.count", "1 sigma of flux_integral");
    static final ProductColumn FWHM = pixels("fwhm", "full width at half maximum");
    static final ProductColumn DY_SUP = pixels("Dy_fwhm_sup", "Dy + fwhm / 2");
    static final ProductColumn DY_INF = pixels("Dy_fwhm_inf", "Dy - fwhm / 2");
    static final ProductColumn AMPLITUDE =
            new ProductColumn("amplitude", FitsUnits.RATE, "phot.count", "the same as flux_integral");
    static final ProductColumn X_C = pixels("x_c", "centre in the S_ maps, column");
    static final ProductColumn Y_C = pixels("y_c", "centre in the S_ maps, row");
    static final ProductColumn SATURATION =
            new ProductColumn("saturation", FitsUnits.RATE, "instr.saturation", "saturation level");

    static final ProductColumn LINE = new ProductColumn("Line", "", "meta.id", "name");
    static final ProductColumn TABULATED = new ProductColumn(
            "Tabulated", FitsUnits.NM, "em.wl", "expected wavelength on this scale, redshift included");
    static final ProductColumn DETECTED =
            new ProductColumn("Detected", FitsUnits.NM, "em.wl", "measured wavelength, corrected for blends");
    static final ProductColumn SHIFT = new ProductColumn("Shift", FitsUnits.NM, "em.wl", "Detected - Tabulated");
    static final ProductColumn LINE_ERR =
            new ProductColumn("Err", FitsUnits.NM, "stat.error;em.wl", "1 sigma of Detected");
    static final ProductColumn LINE_FWHM =
            new ProductColumn("FWHM", FitsUnits.NM, "spect.line.width", "full width at half maximum in FLUX");
    static final ProductColumn LINE_AMPLITUDE = new ProductColumn(
            "Amplitude", FitsUnits.FLUX_DENSITY, "spect.line.intensity", "height in FLUX, negative in absorption");
    static final ProductColumn SNR =
            new ProductColumn("SNR", "", "stat.snr", "height over its 1 sigma, where it was located");
    static final ProductColumn CHISQ =
            new ProductColumn("Chisq", "", "stat.fit.chi2", "reduced chi2 against the reference");
    static final ProductColumn EQWIDTH = new ProductColumn(
            "Eqwidth_mod", FitsUnits.NM, "spect.line.eqWidth", "equivalent width, positive in absorption");
    static final ProductColumn LINE_FLUX = new ProductColumn(
            "Flux", FitsUnits.FLUX, "phot.flux;em.line", "light of the line at the detector, negative in absorption");
    static final ProductColumn LINE_FLUX_ERR =
            new ProductColumn("Flux_err", FitsUnits.FLUX, "stat.error;phot.flux;em.line", "1 sigma of Flux");
    static final ProductColumn USED = new ProductColumn("Used", "", "meta.code", "used by the wavelength solution");

    static final ProductColumn COORDS =
            new ProductColumn(WcsCards.COLUMN, FitsUnits.NM, "em.wl", "LAMBDA, all in one row");

    static final ProductColumn KEY = new ProductColumn("KEY", "", "", "section.key");
    static final ProductColumn VALUE = new ProductColumn("VALUE", "", "", "value");
    static final ProductColumn STAGE = new ProductColumn("STAGE", "", "", "stage");
    static final ProductColumn SECONDS = new ProductColumn("SECONDS", "s", "time.duration", "wall time");

    /** Columns of a table HDU in their order; PSF_TAB's shape parameters stand before {@code saturation}. */
    public static List<ProductColumn> of(ProductHdu hdu) {
        return switch (hdu) {
            case SPECTRUM ->
                List.of(
                        LAMBDA,
                        FLUX,
                        FLUX_ERR,
                        MASK,
                        RATE,
                        RATE_ERR,
                        LAMBDA_ERR,
                        COLUMN,
                        TRACE_Y,
                        FLUX_TOA,
                        FLUX_TOA_ERR,
                        TRANSM,
                        TRANSM_ERR);
            case PSF_TAB ->
                List.of(
                        LAMBDAS,
                        DX,
                        DY,
                        DY_AXIS,
                        FLUX_SUM,
                        FLUX_INTEGRAL,
                        PROFILE_ERR,
                        FWHM,
                        DY_SUP,
                        DY_INF,
                        AMPLITUDE,
                        X_C,
                        Y_C,
                        SATURATION);
            case LINES ->
                List.of(
                        LINE,
                        TABULATED,
                        DETECTED,
                        SHIFT,
                        LINE_ERR,
                        LINE_FWHM,
                        LINE_AMPLITUDE,
                        SNR,
                        CHISQ,
                        EQWIDTH,
                        USED,
                        LINE_FLUX,
                        LINE_FLUX_ERR);
            case WCS_TAB -> List.of(COORDS);
            case CONFIG -> List.of(KEY, VALUE);
            case TIMINGS -> List.of(STAGE, SECONDS);
            default -> List.of();
        };
    }

    /** Column of a shape parameter: widths are in pixels, exponents and fractions are pure numbers. */
    static ProductColumn shape(String name) {
        boolean width = name.toLowerCase(Locale.ROOT).matches("(gamma|sigma|stddev).*");
        return new ProductColumn(name, width ? FitsUnits.PIXEL : "", "", "shape parameter");
    }

    private static ProductColumn pixels(String name, String meaning) {
        return new ProductColumn(name, FitsUnits.PIXEL, "", meaning);
    }
}
