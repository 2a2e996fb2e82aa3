package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a frame of the CTIO 0.9 m telescope, turned into {@link ObservationMetadata}.
 *
 * <p>Weather that is absent or impossible is replaced by {@link #STANDARD_PRESSURE_HPA} and its companions: the medians
 * of the valid rows of the June 2017 logbook. The observatory writes -2 or -4 into all weather cards when its station is
 * silent.
 */
final class CtioHeader {
    /** Rows and columns of the chip. */
    static final int CHIP_PX = 2048;

    static final double STANDARD_PRESSURE_HPA = 779;
    static final double STANDARD_TEMPERATURE_CELSIUS = 8.6;
    static final double STANDARD_HUMIDITY_PERCENT = 27;

    /** Optional sign, degrees or hours, minutes, seconds. */
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("([+-]?)(\\d{1,3})[: ]+(\\d{1,2})[: ]+(\\d{1,2}(?:\\.\\d*)?)");

    private final String name;
    private final FitsHeader header;
    private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

    CtioHeader(String name, FitsHeader header) {
        this.name = name;
        this.header = header;
    }

    /** What there is to say about the header, filled by {@link #metadata}. */
    Set<Caveat> caveats() {
        return caveats;
    }

    /**
     * Refuses frames of other telescopes.
     *
     * <p>A frame is ours if OBSERVAT, TELID or TELESCOP says so, unless INSTRUME names another camera: CTIO has more
     * telescopes than one.
     */
    void checkInstrument() {
        String instrument = header.text("INSTRUME");
        boolean telescope09 = "ct36".equalsIgnoreCase(header.text("TELID"));
        boolean observatory = "CTIO".equalsIgnoreCase(header.text("OBSERVAT")) || contains("TELESCOP", "CTIO");
        boolean camera = instrument == null || instrument.equalsIgnoreCase("cfccd");
        if (!telescope09 && !(observatory && camera)) {
            throw UnprocessableFile.because(
                    name,
                    "not a CTIO 0.9 m frame (INSTRUME = " + shown("INSTRUME") + ", TELESCOP = " + shown("TELESCOP")
                            + ", OBSERVAT = " + shown("OBSERVAT") + ")");
        }
    }

    /**
     * The metadata of the frame.
     *
     * @param disperser label that overrides FILTER2, or null
     * @param ccd the detector's configuration, unbinned
     * @param latitudeDeg of the telescope, degrees
     * @param binning chip pixels per pixel of the file
     * @throws ExtractionException UNPROCESSABLE, naming the card, if a card is missing or impossible
     */
    ObservationMetadata metadata(@Nullable String disperser, CcdConfig ccd, double latitudeDeg, int binning) {
        if (CardCheck.contradicts(name, header)) {
            caveats.add(Caveat.CARDS_DISAGREE);
        }
        double exposureSeconds = exposureSeconds();
        double airmass = CardCheck.airmass(name, required("AIRMASS"));
        double hourAngle = 15 * sexagesimal("HA");
        double declination = sexagesimal("DEC");
        if (!CardCheck.airmassFits(airmass, hourAngle, declination, latitudeDeg)) {
            caveats.add(Caveat.AIRMASS_DOUBTFUL);
        }
        Weather weather = weather();
        double nominal = ccd.plateScaleArcsec();
        Double pixelArcsec = CardCheck.plateScale(header.number("XPIXSIZE"), nominal, binning);
        if (pixelArcsec == null) {
            caveats.add(Caveat.PLATE_SCALE_DOUBTFUL);
        }
        double plateScale = pixelArcsec == null ? nominal : pixelArcsec;
        String object = header.text("OBJECT");
        return new ObservationMetadata(
                requiredText("DATE-OBS"),
                exposureSeconds,
                airmass,
                filter(),
                disperser == null ? requiredText("FILTER2") : disperser,
                15 * sexagesimal("RA"),
                declination,
                hourAngle,
                weather.temperatureCelsius(),
                weather.pressureHPa(),
                weather.humidityPercent(),
                plateScale * binning * ccd.rebin(),
                object == null ? "" : object,
                header.cards());
    }

    /** Exposure time, s, positive. */
    double exposureSeconds() {
        double seconds = required("EXPTIME");
        if (seconds <= 0) {
            throw UnprocessableFile.because(name, "EXPTIME = " + seconds + " s: nothing was exposed");
        }
        return seconds;
    }

    /** Gain and read-out noise of the four amplifiers. */
    Amplifiers amplifiers() {
        return new Amplifiers(amplifier("11"), amplifier("12"), amplifier("21"), amplifier("22"));
    }

    private Amplifiers.Amplifier amplifier(String id) {
        double gain = required("GTGAIN" + id);
        double readNoise = required("GTRON" + id);
        if (gain <= 0) {
            throw UnprocessableFile.because(name, "GTGAIN" + id + " = " + gain + " is not a gain");
        }
        if (readNoise < 0) {
            throw UnprocessableFile.because(name, "GTRON" + id + " = " + readNoise + " is not a read-out noise");
        }
        return new Amplifiers.Amplifier(gain, readNoise);
    }

    /** What the pixels count. */
    PixelUnit unit() {
        return PixelUnit.of(name, header.text("BUNIT"));
    }

    /** Where on the chip the frame lies. */
    ReadoutWindow window(int width, int height) {
        return ReadoutWindow.of(name, header, width, height, CHIP_PX, CHIP_PX);
    }

    /** The diaphragm in the first wheel is no filter. */
    private @Nullable String filter() {
        String label = header.text("FILTER1");
        return label == null || label.toLowerCase(Locale.ROOT).contains("dia") ? null : label;
    }

    private record Weather(double temperatureCelsius, double pressureHPa, double humidityPercent) {}

    private Weather weather() {
        Double temperature = header.number("OUTTEMP");
        Double pressure = header.number("OUTPRESS");
        Double humidity = header.number("OUTHUM");
        boolean pressureValid = within(pressure, 300, 1100);
        // A temperature of -2 or -4 degrees is possible, but not when the pressure reads the same: that is "no data".
        boolean stationSilent = !pressureValid && pressure != null && pressure.equals(temperature);
        boolean temperatureValid = !stationSilent && within(temperature, -60, 60);
        boolean humidityValid = within(humidity, 0, 100);
        if (!(pressureValid && temperatureValid && humidityValid)) {
            caveats.add(Caveat.WEATHER_MISSING);
        }
        return new Weather(
                temperature != null && temperatureValid ? temperature : STANDARD_TEMPERATURE_CELSIUS,
                pressure != null && pressureValid ? pressure : STANDARD_PRESSURE_HPA,
                humidity != null && humidityValid ? humidity : STANDARD_HUMIDITY_PERCENT);
    }

    private static boolean within(@Nullable Double value, double low, double high) {
        return value != null && value >= low && value <= high;
    }

    private double sexagesimal(String keyword) {
        String text = requiredText(keyword);
        Matcher parts = SEXAGESIMAL.matcher(text);
        if (parts.matches()) {
            double minutes = Double.parseDouble(parts.group(3));
            double seconds = Double.parseDouble(parts.group(4));
            if (minutes < 60 && seconds < 60.01) {
                double size = Double.parseDouble(parts.group(2)) + minutes / 60 + seconds / 3600;
                // The sign counts for -00:12:30 too.
                return "-".equals(parts.group(1)) ? -size : size;
            }
        }
        throw UnprocessableFile.because(
                name, keyword + " = '" + UnprocessableFile.quote(text) + "' is not sexagesimal (as 12:34:56.7)");
    }

    private double required(String keyword) {
        Double value = header.number(keyword);
        if (value != null && Double.isFinite(value)) {
            return value;
        }
        throw UnprocessableFile.because(
                name, keyword + " = '" + UnprocessableFile.quote(requiredText(keyword)) + "' is not a number");
    }

    private String requiredText(String keyword) {
        String text = header.text(keyword);
        if (text == null) {
            throw UnprocessableFile.because(name, "card " + keyword + " is missing or blank");
        }
        return text;
    }

    private boolean contains(String keyword, String word) {
        String text = header.text(keyword);
        return text != null && text.toUpperCase(Locale.ROOT).contains(word);
    }

    private String shown(String keyword) {
        String text = header.text(keyword);
        return text == null ? "absent" : UnprocessableFile.quote(text);
    }
}
