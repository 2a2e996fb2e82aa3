package io.spectractor.core.simulation;

import io.spectractor.core.config.ExtractionConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header cards that the CTIO 0.9 m camera writes, as far as they mean something for a simulated frame. */
final class SimulatedHeader {
    private static final String[] AMPLIFIERS = {"11", "12", "21", "22"};
    private static final String[] QUARTERS = {"lower left", "lower right", "upper left", "upper right"};
    private static final DateTimeFormatter TIME_STAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RECORD =
            DateTimeFormatter.ofPattern("uuuuMMdd.HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<FrameCard> cards = new ArrayList<>();

    private SimulatedHeader() {}

    static List<FrameCard> cards(SimulationSettings settings, ExtractionConfig config) {
        SimulatedHeader header = new SimulatedHeader();
        ObservingConditions conditions = settings.conditions();
        double siderealDeg = conditions.rightAscensionDeg() + conditions.hourAngleDeg();
        Instant start = SiderealTime.instantOf(conditions.night(), siderealDeg, SiderealTime.CTIO_LONGITUDE_DEG);
        header.exposure(settings, start);
        header.detector(settings.detector());
        header.pointing(conditions, siderealDeg);
        header.weather(conditions);
        header.wheels(settings);
        header.add("INSTRUME", "cfccd", "cassegrain direct imager");
        header.add("XPIXSIZE", config.ccd().plateScaleArcsec(), "Pixel size in X (arcsecs/pix)");
        header.add("YPIXSIZE", config.ccd().plateScaleArcsec(), "Pixel size in Y (arcsecs/pix)");
        header.add("SIMULATE", true, "a simulated frame, not an observation");
        header.add("SIMSEED", Long.toString(settings.seed()), "seed of the simulation");
        return header.cards;
    }

    private void exposure(SimulationSettings settings, Instant start) {
        double seconds = settings.conditions().exposureSeconds();
        Instant end = start.plusMillis(Math.round(seconds * 1000));
        add("OBJECT", settings.target(), "Name of object observed");
        add("RECID", "sim." + RECORD.format(start), "record ID");
        add("IMAGETYP", "object", "Type of picture (object, dark, comp, etc)");
        add("CCDSUM", "1 1", "On chip summation (X, Y)");
        add("XSTART", 1, "start of roi in X");
        add("YSTART", 1, "start of roi in Y");
        add("XLENGTH", settings.detector().width(), "length of roi in X");
        add("YLENGTH", settings.detector().height(), "length of roi in Y");
        add("UTSHUT", TIME_STAMP.format(start), "UT of shutter open");
        add("UT", CLOCK.format(start), "UT of TCS coordinates");
        add("DATE-OBS", TIME_STAMP.format(start), "date of observations start");
        add("DATE", TIME_STAMP.format(end), "end of the exposure");
        add("REXPTIME", seconds, "requested exposure time in secs");
        add("EXPTIME", seconds, "Exposure time in secs");
        add("DARKTIME", seconds, "Total elapsed time in secs");
        add("NIMAGES", 1, "number of images requested in sequence");
    }

    private void detector(SimulatedDetector detector) {
        add("NAMPSYX", "2 2", "Num amps in y and x (eg. '2 2=quad')");
        add("AMPLIST", "11 12 21 22", "Readout order in y,x");
        for (int i = 0; i < AMPLIFIERS.length; i++) {
            add("GTRON" + AMPLIFIERS[i], detector.readNoises()[i], "(e-) predicted read noise, " + QUARTERS[i]);
        }
        for (int i = 0; i < AMPLIFIERS.length; i++) {
            add("GTGAIN" + AMPLIFIERS[i], detector.gains()[i], "(e-/ADU) predicted gain, " + QUARTERS[i]);
        }
        add("DETECTOR", "Tek2K_3", "Detector Identifier");
        add("FPA", "SITE2K", "focal plan array");
    }

    private void pointing(ObservingConditions conditions, double siderealDeg) {
        add("OBSERVAT", "CTIO", "Origin of data");
        add("TELESCOP", "CTIO 0.9 meter telescope", "Specific system");
        add("TELID", "ct36", "CTIO 0.9 meter telescope");
        add("RA", sexagesimal(conditions.rightAscensionDeg() / 15), "ra");
        add("DEC", sexagesimal(conditions.declinationDeg()), "dec");
        add("EPOCH", 2000.0, "Epoch of ra, dec");
        add("ZD", round(conditions.zenithDistanceDeg(), 1e4), "zenith distance");
        add("HA", sexagesimal(conditions.hourAngleDeg() / 15), "hour angle");
        add("ST", sexagesimal(((siderealDeg % 360) + 360) % 360 / 15), "sidereal time");
        add("AIRMASS", round(conditions.airmass(), 1e6), "airmass");
    }

    private void weather(ObservingConditions conditions) {
        add("OUTTEMP", conditions.temperatureCelsius(), "outside temp (C)");
        add("OUTHUM", conditions.humidityPercent(), "outside humidity (%)");
        add("OUTPRESS", conditions.pressureHPa(), "outside pressure (hPa)");
        add("SEEING", round(conditions.seeingArcsec(), 1e3), "seeing");
    }

    private void wheels(SimulationSettings settings) {
        String filter = settings.filter() == null ? "dia" : settings.filter();
        add("FILTER1", filter, "Filter in wheel 1");
        add("FNAME1", settings.filter() == null ? "DIAFRAGM" : filter, "Full name of filter in wheel 1");
        add("FILTER2", settings.disperser(), "Filter in wheel 2");
        add("FNAME2", settings.disperser(), "Full name of filter in wheel 2");
        add("FILTERS", filter + " " + settings.disperser(), "Filter positions");
    }

    private void add(String keyword, Object value, String comment) {
        cards.add(new FrameCard(keyword, value, comment));
    }

    private static double round(double value, double perUnit) {
        return Math.round(value * perUnit) / perUnit;
    }

    /** UTC, ISO 8601 with milliseconds. */
    static String timeStamp(Instant instant) {
        return TIME_STAMP.format(instant);
    }

    /** Hours or degrees as sign, units, minutes and seconds with two decimals, e.g. {@code -18:33:27.78}. */
    static String sexagesimal(double value) {
        long hundredths = Math.round(Math.abs(value) * 360_000);
        String sign = value < 0 && hundredths > 0 ? "-" : "";
        return String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d.%02d",
                sign,
                hundredths / 360_000,
                hundredths / 6000 % 60,
                hundredths / 100 % 60,
                hundredths % 100);
    }
}
