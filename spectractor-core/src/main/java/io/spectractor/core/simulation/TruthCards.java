package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The numbers that decided a frame: as header cards, and as one row of a table of many frames. */
public final class TruthCards {
    private TruthCards() {}

    static List<FrameCard> of(SimulationTruth truth) {
        SimulationSettings settings = truth.settings();
        ObservingConditions conditions = settings.conditions();
        AtmosphereParameters atmosphere = settings.atmosphere();
        SimulatedSky sky = settings.sky();
        String filter = settings.filter();
        return List.of(
                new FrameCard("TARGET", settings.target(), "name of the star"),
                new FrameCard("GRATING", settings.disperser(), "label of the disperser"),
                new FrameCard("FILTER", filter == null ? "none" : filter, "label of the filter"),
                new FrameCard("EXPTIME", conditions.exposureSeconds(), "[s] exposure time"),
                new FrameCard("X0_T", settings.order0().x(), "[pix] column of order 0"),
                new FrameCard("Y0_T", settings.order0().y(), "[pix] row of order 0"),
                new FrameCard("ROT_T", truth.axisAngleDeg(), "[deg] angle of the dispersion axis"),
                new FrameCard("D2CCD_T", settings.distanceMm(), "[mm] distance from disperser to CCD"),
                new FrameCard("GROOVE_T", truth.groovesPerMm(), "[mm-1] groove density"),
                new FrameCard("LBDA_REF", truth.lambdaRefNm(), "[nm] wavelength of order 0 for refraction"),
                new FrameCard("A1_T", settings.fluxScale(), "factor on all light"),
                new FrameCard("A2_T", settings.order2Scale(), "factor on the ratio of order 2 over 1"),
                new FrameCard("A3_T", settings.order3Scale(), "factor on the ratio of order 3 over 2"),
                new FrameCard("BKGD_LEV", sky.levelAduPerS(), "[adu s-1] sky at the centre of the chip"),
                new FrameCard("BKGD_GX", sky.gradientX(), "relative change of the sky from left to right"),
                new FrameCard("BKGD_GY", sky.gradientY(), "relative change of the sky from bottom to top"),
                new FrameCard("BKGD_VIG", sky.vignetting(), "relative loss of sky in the corners"),
                new FrameCard("AIRM_T", atmosphere.airmass(), "airmass"),
                new FrameCard("HA_T", conditions.hourAngleDeg(), "[deg] hour angle"),
                new FrameCard("PRESS_T", atmosphere.pressureHPa(), "[hPa] pressure at the telescope"),
                new FrameCard("TEMP_T", conditions.temperatureCelsius(), "[Celsius] temperature"),
                new FrameCard("HUM_T", conditions.humidityPercent(), "[percent] relative humidity"),
                new FrameCard("OZONE_T", atmosphere.ozoneDu(), "[DU] ozone column"),
                new FrameCard("PWV_T", atmosphere.waterMm(), "[mm] precipitable water"),
                new FrameCard("VAOD_T", atmosphere.aerosolDepth(), "optical depth of aerosols at 500 nm"),
                new FrameCard("ANGEXP_T", atmosphere.angstromExponent(), "Angstrom exponent of the aerosols"),
                new FrameCard("SEEING_T", conditions.seeingArcsec(), "[arcsec] seeing at the zenith"),
                new FrameCard("PSF_TYPE", settings.psf().type().name(), "family of profiles"),
                new FrameCard("PSF_PIX", settings.psf().pixelIntegrated(), "profile integrated over the pixels"),
                new FrameCard("SIMSEED", Long.toString(settings.seed()), "seed of the simulation"));
    }

    /** Names of the columns of {@link #row}, with commas between: {@code file}, then the keywords in lower case. */
    public static String heading(SimulationTruth truth) {
        return Stream.concat(
                        Stream.of("file"),
                        of(truth).stream().map(card -> card.keyword().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(","));
    }

    /** The numbers of a frame in one line, as exact as they are, with commas between. */
    public static String row(String file, SimulationTruth truth) {
        return Stream.concat(Stream.of(file), of(truth).stream().map(card -> String.valueOf(card.value())))
                .map(TruthCards::quoted)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
