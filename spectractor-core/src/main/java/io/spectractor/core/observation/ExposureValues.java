package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SiteConfig;
import io.spectractor.core.instrument.DescribedDisperser;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the header of one exposure gives: its metadata, and the configuration with what the header knows better. */
final class ExposureValues {
    private final String name;
    private final HeaderReading reading;
    private final ExtractionConfig config;
    private final ExtractionConfig described;
    private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

    /**
     * @param name of the file, for messages
     * @param reading its header
     * @param config what the user gave, unbinned
     */
    ExposureValues(String name, HeaderReading reading, ExtractionConfig config) {
        this.name = name;
        this.reading = reading;
        this.config = config;
        this.described = reading.instrument().config();
    }

    /** What there is to say, filled by the other methods. */
    Set<Caveat> caveats() {
        return caveats;
    }

    /** Exposure time, s; 1 where nothing says it, so that rates are counts. */
    double exposureSeconds() {
        Double seconds = value(Quantity.EXPOSURE);
        HeaderValue<Double> found = reading.number(Quantity.EXPOSURE);
        if (seconds == null && found.status() == Status.IMPOSSIBLE) {
            // a card that is there, but can't be true: rates of one second would be wrong by any factor
            throw UnprocessableFile.because(
                    name,
                    "the exposure time is unusable: " + found.how() + "; correct the card, or remove it to get counts");
        }
        if (seconds == null) {
            caveats.add(Caveat.EXPOSURE_UNKNOWN);
            return 1;
        }
        if (seconds <= 0) {
            String card = found.how().replaceFirst("^card ", "").replaceFirst(" = .*", "");
            throw UnprocessableFile.because(
                    name, card + " = " + seconds + " s: nothing was exposed; leave biases out, or correct the card");
        }
        return seconds;
    }

    /**
     * What the pixels count where the description says it: electrons are then what gain and saturation are given in.
     *
     * @return null if the description says nothing, and BUNIT has to
     */
    @Nullable
    PixelUnit describedUnit() {
        String unit = reading.label(Label.PIXEL_UNIT).value();
        return unit == null ? null : PixelUnit.of(name, unit);
    }

    /** The configuration of this exposure: what the header says, unless the user said something else. */
    ExtractionConfig config(String disperser) {
        SiteConfig site = config.site();
        SiteConfig given = described.site();
        CcdConfig ccd = config.ccd();
        DispersionConfig dispersion = config.dispersion();
        double scale = pick(
                Quantity.PLATE_SCALE, ccd.plateScaleArcsec(), described.ccd().plateScaleArcsec());
        return new ExtractionConfig(
                config.instrument(),
                new CcdConfig(
                        ccd.pixelSizeMm(),
                        scale,
                        ccd.saturationAdu(),
                        ccd.gain(),
                        ccd.rebin(),
                        ccd.saturationGrowPx(),
                        ccd.badPixels(),
                        ccd.flat()),
                new SiteConfig(
                        site.name(),
                        pick(Quantity.LATITUDE, site.latitudeDeg(), given.latitudeDeg()),
                        pick(Quantity.ALTITUDE, site.altitudeKm(), given.altitudeKm()),
                        site.collectingAreaCm2(),
                        pick(Quantity.CAMERA_ROTATION, site.cameraRotationDeg(), given.cameraRotationDeg()),
                        site.cameraRaFlip(),
                        site.cameraDecFlip(),
                        site.throughput()),
                config.target(),
                config.rotation(),
                new DispersionConfig(
                        distance(disperser),
                        dispersion.distanceErrorMm(),
                        dispersion.shiftPriorPx(),
                        dispersion.lambdaMinNm(),
                        dispersion.lambdaMaxNm(),
                        dispersion.defaultOrder2Over1(),
                        dispersion.subtractOrder2()),
                config.background(),
                config.extraction(),
                config.psf(),
                config.lines(),
                config.astrometry());
    }

    private double distance(String disperser) {
        double user = config.dispersion().distanceMm();
        double usual = described.dispersion().distanceMm();
        if (user != usual) {
            return user;
        }
        HeaderValue<Double> card = reading.number(Quantity.DISTANCE);
        if (card.status() == Status.IMPOSSIBLE) {
            caveats.add(Caveat.DISTANCE_NOMINAL);
        }
        Double value = card.value();
        if (value == null) {
            return usual;
        }
        return value
                + reading.instrument()
                        .disperser(disperser)
                        .map(DescribedDisperser::distanceExtraMm)
                        .orElse(0.0);
    }

    private double pick(Quantity quantity, double user, double usual) {
        Double card = reading.number(quantity).value();
        return user != usual || card == null ? user : card;
    }

    /** The disperser: the one asked for, the header's, or the only one that the description has. */
    String disperser(@Nullable String requested, @Nullable String logged) {
        if (requested != null) {
            return requested;
        }
        String label = label(Label.DISPERSER);
        if (label == null) {
            label = logged;
        }
        Instrument instrument = reading.instrument();
        if (label == null && instrument.dispersers().size() == 1) {
            return instrument.dispersers().get(0).label();
        }
        if (label == null) {
            throw UnprocessableFile.because(
                    name,
                    "the disperser is unknown: the header does not name it; give it with --disperser or in a logbook");
        }
        return label;
    }

    /** The metadata. What nothing says is NaN: airmass, position, hour angle. */
    ObservationMetadata metadata(
            String disperser, double exposureSeconds, double scale, double latitudeDeg, List<String> cards) {
        Double airmass = value(Quantity.AIRMASS);
        if (airmass != null) {
            CardCheck.airmass(name, airmass, reading.number(Quantity.AIRMASS).how());
        }
        Double hourAngle = value(Quantity.HOUR_ANGLE);
        Double declination = value(Quantity.DECLINATION);
        Double rightAscension = value(Quantity.RIGHT_ASCENSION);
        if (airmass == null || hourAngle == null || declination == null) {
            caveats.add(Caveat.POINTING_UNKNOWN);
        }
        if (airmass != null
                && hourAngle != null
                && declination != null
                && !CardCheck.airmassFits(airmass, hourAngle, declination, latitudeDeg)) {
            caveats.add(Caveat.AIRMASS_DOUBTFUL);
        }
        String date = label(Label.DATE);
        String object = label(Label.OBJECT);
        return new ObservationMetadata(
                isoDate(date),
                exposureSeconds,
                orNaN(airmass),
                label(Label.FILTER),
                disperser,
                orNaN(rightAscension),
                orNaN(declination),
                orNaN(hourAngle),
                weather(Quantity.TEMPERATURE),
                weather(Quantity.PRESSURE),
                weather(Quantity.HUMIDITY),
                scale * config.ccd().rebin(),
                object == null ? "" : object,
                cards);
    }

    /** Digits alone, which some programs write as a number, are a date too. */
    static String isoDate(@Nullable String date) {
        String text = date == null ? "" : date;
        return text.matches("\\d{8}")
                ? text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6)
                : text;
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** Measured, else what the description assumes, else the standard atmosphere with 30 % humidity. */
    private double weather(Quantity quantity) {
        HeaderValue<Double> found = reading.number(quantity);
        if (found.status() != Status.FOUND) {
            caveats.add(Caveat.WEATHER_MISSING);
        }
        Double value = found.value();
        if (value != null) {
            return value;
        }
        double km = Math.max(0, described.site().altitudeKm());
        return switch (quantity) {
            case TEMPERATURE -> 15 - 6.5 * km;
            case PRESSURE -> 1013.25 * Math.pow(1 - 6.5 * km / 288.15, 5.255_88);
            default -> 30;
        };
    }

    /** The star, where the header can be trusted with it. */
    @Nullable
    String target() {
        return label(Label.TARGET);
    }

    /**
     * Where the header puts order 0 in the file's image, or null if it doesn't.
     *
     * @param columns of that image
     * @param rows of it
     * @throws ExtractionException UNPROCESSABLE if a card puts it off the image, or says what is no position
     */
    @Nullable
    PixelPosition guess(int columns, int rows) {
        Double column = onImage(Quantity.GUESS_COLUMN, columns, columns, rows);
        Double row = onImage(Quantity.GUESS_ROW, rows, columns, rows);
        return column == null || row == null ? null : new PixelPosition(column, row);
    }

    /** A card that is there and wrong is not passed over: a search would take another star without a word. */
    private @Nullable Double onImage(Quantity quantity, int size, int columns, int rows) {
        Double place = value(quantity);
        HeaderValue<Double> found = reading.number(quantity);
        // a half pixel is the pixel's edge
        if (found.status() == Status.IMPOSSIBLE || (place != null && !(place >= -0.5 && place <= size - 0.5))) {
            throw refused(String.format(
                    Locale.ROOT,
                    "the position of order 0 is unusable: %s, and the picture has %d x %d pixels; correct or remove the card, or"
                            + " say with --guess where order 0 is",
                    found.how(),
                    columns,
                    rows));
        }
        return place;
    }

    private @Nullable Double value(Quantity quantity) {
        HeaderValue<Double> found = reading.number(quantity);
        boolean required = reading.instrument().vocabulary().required().contains(quantity);
        if (required && !found.isThere()) {
            throw refused(found.how());
        }
        return found.value();
    }

    private @Nullable String label(Label label) {
        HeaderValue<String> found = reading.label(label);
        boolean required = reading.instrument().vocabulary().requiredLabels().contains(label);
        if (required && !found.isThere()) {
            throw refused(found.how());
        }
        return found.value();
    }

    private ExtractionException refused(String how) {
        return UnprocessableFile.because(name, how);
    }
}
