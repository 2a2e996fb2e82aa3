package io.spectractor.batch.config;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ConfigKey;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of Spectractor's ini files are said here, and which parameters have no counterpart. */
final class IniValues {
    private static final Pattern SEXAGESIMAL = Pattern.compile("([+-]?)(\\d+)[ :]+(\\d+)[ :]+(\\d+(?:\\.\\d*)?)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+\\.0*");

    /** Throughput tables by their file names there. */
    private static final Map<String, String> THROUGHPUTS = Map.of(
            "multispectra_Thor300_HD111980_CTIO_throughput_prod7.5.4.txt",
            "ctio",
            "ctio_throughput_300517_v2.txt",
            "ctio_300517_v2");

    /** Parameter to the reason why it is not imported. */
    static final Map<String, String> WITHOUT_COUNTERPART = withoutCounterpart();

    private IniValues() {}

    /**
     * The value in our words.
     *
     * @throws UsageException if the value exists there but nothing here corresponds to it
     */
    static String translate(ConfigKey key, String value, String origin) {
        return switch (key.ini()) {
            case "OBS_LATITUDE" -> latitude(value);
            case "OBS_FULL_INSTRUMENT_TRANSMISSON" -> throughput(value, origin);
            case "SPECTRACTOR_COMPUTE_ROTATION_ANGLE" ->
                value.equalsIgnoreCase("false") ? "none" : value.toLowerCase(Locale.ROOT);
            case "SPECTRACTOR_FIT_TARGET_CENTROID" -> centroid(value, origin);
            case "PSF_TYPE" -> psfType(value, origin);
            default ->
                key.type() == int.class && WHOLE.matcher(value).matches()
                        ? value.substring(0, value.indexOf('.'))
                        : value;
        };
    }

    /** Degrees from either decimal degrees or "d m s". */
    private static String latitude(String value) {
        Matcher dms = SEXAGESIMAL.matcher(value);
        if (!dms.matches()) {
            return value;
        }
        double degrees = Double.parseDouble(dms.group(2))
                + Double.parseDouble(dms.group(3)) / 60.0
                + Double.parseDouble(dms.group(4)) / 3600.0;
        return Double.toString("-".equals(dms.group(1)) ? -degrees : degrees);
    }

    private static String throughput(String value, String origin) {
        String name = THROUGHPUTS.get(value);
        if (name == null) {
            throw new UsageException(origin + ": the throughput table " + value
                    + " is not part of the calibration data;" + " remove the line to take ours, known are: "
                    + String.join(", ", new TreeSet<>(THROUGHPUTS.keySet())));
        }
        return name;
    }

    private static String centroid(String value, String origin) {
        if (value.equalsIgnoreCase("wcs")) {
            throw new UsageException(
                    origin + ": SPECTRACTOR_FIT_TARGET_CENTROID = WCS is not in this release;" + " use fit or guess");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static String psfType(String value, String origin) {
        if (value.equalsIgnoreCase("order0")) {
            throw new UsageException(origin + ": PSF_TYPE = Order0 is not in this release;"
                    + " use Moffat, Gauss, MoffatGauss or DoubleMoffat");
        }
        return value;
    }

    private static Map<String, String> withoutCounterpart() {
        Map<String, String> reasons = new TreeMap<>();
        add(reasons, "calibration data come from one source, not from folders", "DISPERSER_DIR", "THROUGHPUT_DIR");
        add(reasons, "folders are named on the command line", "CONFIG_DIR", "LSST_SAVEFIGPATH", "PLOT_DIR");
        add(reasons, "the size is read from the image", "CCD_IMSIZE");
        add(
                reasons,
                "the method is chosen by extraction.method: psf1d, psf2d or forward",
                "SPECTRACTOR_DECONVOLUTION_PSF2D",
                "SPECTRACTOR_DECONVOLUTION_FFM");
        add(reasons, "the data choose how smooth a spectrum is", "PSF_FIT_REG_PARAM");
        add(reasons, "the window is extraction.half_height_px", "PSF_FWHM_CLIP");
        add(
                reasons,
                "pixels are rejected by extraction.clip_sigma, which has another meaning",
                "SPECTRACTOR_DECONVOLUTION_SIGMA_CLIP");
        add(
                reasons,
                "an image has one time limit, extraction.time_limit_s",
                "SPECTRACTOR_FIT_TIMEOUT",
                "SPECTRACTOR_FIT_TIMEOUT_PER_ITER");
        add(reasons, "the atmosphere is not simulated in an extraction", "SPECTRACTOR_ATMOSPHERE_SIM");
        add(reasons, "field stars are masked, not modelled", "SPECTRACTOR_SIMULATE_STARFIELD");
        add(reasons, "positions are for J2000; Spectractor does not read it either", "OBS_EPOCH");
        add(reasons, "the kind of target comes from the target catalogue", "OBS_OBJECT_TYPE");
        add(reasons, "the uncertainty belongs to the throughput table", "OBS_TRANSMISSION_SYSTEMATICS");
        add(reasons, "order 0 is fitted once, in the raw image", "XWINDOW_ROT", "YWINDOW_ROT");
        add(reasons, "the image is not resampled that way", "ROT_PREFILTER", "ROT_ORDER");
        add(reasons, "spectra have one row per image column", "LAMBDA_STEP", "LAMBDAS");
        add(reasons, "the first order is extracted", "SPEC_ORDER");
        add(reasons, "every column is fitted", "PSF_PIXEL_STEP_TRANSVERSE_FIT");
        add(reasons, "the basis of the polynomials does not change the fit", "PSF_POLY_TYPE");
        add(reasons, "the background is two-dimensional; Spectractor does not read it either", "BGD_ORDER");
        add(reasons, "lines are found without smoothing", "CALIB_SAVGOL_WINDOW", "CALIB_SAVGOL_ORDER");
        add(reasons, "lines of a log or a plot are not configuration", "VERBOSE", "DEBUG", "DEBUG_LOGGING");
        add(reasons, "plots have one style", "PAPER", "LINEWIDTH", "SAVE", "DISPLAY", "STYLE_PARAMETERS");
        add(reasons, "plots have one style", "PLOT_XLABEL", "PLOT_YLABEL", "PLOT_ROT_LABEL", "CALLING_CODE");
        add(reasons, "Spectractor does not read it either", "LAMBDA_CONSTRUCTOR", "GROOVES_PER_MM");
        add(reasons, "Spectractor does not read it either", "PLATE_CENTER_SHIFT_X", "PLATE_CENTER_SHIFT_Y");
        add(reasons, "Spectractor does not read it either", "PLATE_CENTER_SHIFT_X_ERR", "PLATE_CENTER_SHIFT_Y_ERR");
        add(reasons, "there is no astrometric solution in this release", "ASTROMETRYNET_BINDIR", "ASTROMETRYNET_DIR");
        return Map.copyOf(reasons);
    }

    private static void add(Map<String, String> reasons, String reason, String... names) {
        for (String name : names) {
            reasons.put(name, reason);
        }
    }
}
