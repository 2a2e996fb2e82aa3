package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.InstrumentConfig;
import io.spectractor.core.instrument.ChipSize;
import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Orientation;
import io.spectractor.core.outcome.Caveat;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames as the description of an instrument says.
 *
 * <p>Immutable and without state: one reader serves any number of threads.
 */
public final class InstrumentReader implements ExposureReader {
    private static final double MOST_BAD_FRACTION = 0.5;

    private final Instrument instrument;
    private final @Nullable BadPixelMask badPixels;
    private final @Nullable FlatField flat;

    /** A reader without a list of bad pixels and without a flat. */
    public InstrumentReader(Instrument instrument) {
        this(instrument, null, null);
    }

    private InstrumentReader(Instrument instrument, @Nullable BadPixelMask badPixels, @Nullable FlatField flat) {
        this.instrument = instrument;
        this.badPixels = badPixels;
        this.flat = flat;
    }

    /** A reader that flags these pixels of the file's image as {@link CcdImage#BAD}. */
    public InstrumentReader withBadPixels(BadPixelMask mask) {
        return new InstrumentReader(instrument, mask, flat);
    }

    /**
     * A reader that divides the file's image by this flat; where it is not a number or below 0.01, pixels are {@link
     * CcdImage#BAD}.
     */
    public InstrumentReader withFlat(FlatField response) {
        return new InstrumentReader(instrument, badPixels, response);
    }

    @Override
    public ReadResult read(FitsSource source, ExposureRequest request, ExtractionConfig config) {
        String name = source.name();
        InstrumentConfig settings = config.instrument();
        StoredFrame stored = StoredFrame.read(source, instrument, settings.frame());
        FitsHeader header = stored.header();
        requireRecognised(name, header);
        HeaderReading reading = new HeaderReading(instrument, header::text);
        ExposureValues values = new ExposureValues(name, reading, config);
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        if (CardCheck.contradicts(name, header, instrument)) {
            caveats.add(Caveat.CARDS_DISAGREE);
        }
        requireNumbers(name, stored.pixels());
        ColourFilters.refuseMosaic(
                name,
                header::text,
                stored.pixels(),
                stored.columns(),
                stored.rows(),
                config.ccd().rebin());
        ReadoutWindow window = window(name, stored);
        StoredFrame frame = stored.on(window, instrument.chip(), source.arrays());
        double seconds = values.exposureSeconds();
        String disperser = values.disperser(request.disperser(), request.loggedDisperser());
        ExtractionConfig given = values.config(disperser);
        double nominal = config.ccd().plateScaleArcsec();
        Double scale = CardCheck.plateScale(given.ccd().plateScaleArcsec(), nominal, window.binning());
        if (scale == null) {
            caveats.add(Caveat.PLATE_SCALE_DOUBTFUL);
        }
        ExtractionConfig own =
                given.withPixels(scale == null ? nominal : scale, config.ccd().rebin() * window.binning());
        ObservationMetadata metadata = values.metadata(
                disperser,
                seconds,
                own.ccd().plateScaleArcsec() * window.binning(),
                own.site().latitudeDeg(),
                header.cards());
        PixelUnit described = values.describedUnit();
        PixelUnit unit = described == null ? PixelUnit.of(name, header.text("BUNIT")) : described;
        boolean electrons = described != null && described.electrons();
        Amplifiers amplifiers = Amplifiers.of(name, instrument.amplifiers(), header::text, settings, electrons);
        Turned turned = turned(frame, settings, caveats, source.arrays());
        new PixelUnit(unit.electrons() && !electrons, unit.perSecond())
                .toAdu(turned.pixels(), turned.variance(), turned.width(), turned.height(), amplifiers, seconds);
        if (turned.variance() == null
                && SkyNoise.isUnlike(turned.pixels(), turned.width(), turned.height(), amplifiers)) {
            caveats.add(Caveat.NOISE_UNLIKE_GAIN);
        }
        if (DeadAreas.blank(
                        turned.pixels(),
                        turned.width(),
                        turned.height(),
                        config.ccd().saturationAdu())
                > 0) {
            caveats.add(Caveat.DEAD_AREA);
        }
        CcdImage image = image(source, turned, amplifiers, seconds, config.ccd());
        caveats.addAll(values.caveats());
        if (!window.known()) {
            caveats.add(Caveat.WINDOW_ASSUMED);
        }
        if (stored.sumDiffers()) {
            caveats.add(Caveat.DATASUM_WRONG);
        }
        if (stored.paddingMissing()) {
            caveats.add(Caveat.PADDING_MISSING);
        }
        PixelPosition guess = request.guess();
        if (guess == null) {
            guess = turned.place(values.guess(turned.columns(), turned.rows()));
        } else {
            requireOn(name, guess, turned.orientation(), stored);
            guess = turned.onChip(guess, window, stored.columns(), stored.rows());
        }
        String target = request.target() == null ? values.target() : request.target();
        Exposure exposure = new Exposure(
                request.name(),
                image,
                metadata,
                target,
                binned(guess, config.ccd().rebin()));
        PixelTransform fromFile = PixelTransform.shift(window.x0(), window.y0())
                .then(PixelTransform.turned(turned.orientation(), turned.columns(), turned.rows()))
                .then(PixelTransform.binned(config.ccd().rebin()));
        return new ReadResult(exposure, caveats, source.sha256(), own, fromFile);
    }

    /**
     * The configuration of an exposure that was read before: what its header says, unless the user said something else.
     *
     * @param name of the file, for messages
     * @param cards of its header, 80 characters each
     * @param disperser label
     * @param given what the user gave; the instrument is the one that it describes
     */
    public static ExtractionConfig configOf(String name, List<String> cards, String disperser, ExtractionConfig given) {
        HeaderReading reading = new HeaderReading(Instrument.of(given), FitsHeader.of(cards)::text);
        return new ExposureValues(name, reading, given).config(disperser);
    }

    /** Windows are looked for where the description says how large the chip is, and frames are not turned. */
    private ReadoutWindow window(String name, StoredFrame stored) {
        ChipSize chip = instrument.chip();
        if (chip == null || stored.layout().raw() != null) {
            return ReadoutWindow.FULL;
        }
        return ReadoutWindow.of(name, stored.header(), stored.columns(), stored.rows(), chip.columns(), chip.rows());
    }

    private static void requireNumbers(String name, float[] pixels) {
        int bad = 0;
        for (float value : pixels) {
            if (!Float.isFinite(value)) {
                bad++;
            }
        }
        double badFraction = bad / (double) pixels.length;
        if (badFraction > MOST_BAD_FRACTION) {
            throw UnprocessableFile.because(
                    name, String.format(Locale.ROOT, "%.0f%% of the pixels are not finite numbers", 100 * badFraction));
        }
    }

    private static void requireOn(String name, PixelPosition guess, Orientation orientation, StoredFrame stored) {
        int width = orientation.width(stored.columns(), stored.rows());
        int height = orientation.height(stored.columns(), stored.rows());
        if (!guess.isOn(width, height)) {
            throw UnprocessableFile.because(
                    name,
                    String.format(
                            Locale.ROOT,
                            "order 0 at (%.1f, %.1f) would lie off the picture of %d x %d pixels (x along the dispersion);"
                                    + " correct --guess or the logbook",
                            guess.x(),
                            guess.y(),
                            width,
                            height));
        }
    }

    private void requireRecognised(String name, FitsHeader header) {
        if (instrument.recognition().isEmpty() || instrument.recognises(header::text)) {
            return;
        }
        StringBuilder cards = new StringBuilder();
        for (String card : instrument.identifyingCards()) {
            String value = header.text(card);
            cards.append(cards.isEmpty() ? "" : ", ")
                    .append(card)
                    .append(" = ")
                    .append(value == null ? "absent" : UnprocessableFile.quote(value));
        }
        throw UnprocessableFile.because(
                name,
                "not a frame of the " + instrument.title() + " (" + cards
                        + "); --instrument chooses another one, 'spectractor instrument new' describes one");
    }

    /** The image as it is extracted: the first order lies at greater x than order 0. */
    private record Turned(
            int columns,
            int rows,
            Orientation orientation,
            float[] pixels,
            byte @Nullable [] bits,
            float @Nullable [] variance) {
        int width() {
            return orientation.width(columns, rows);
        }

        int height() {
            return orientation.height(columns, rows);
        }

        /** A place in the turned image of the file as one in this, which shows the whole chip if the file shows a part. */
        PixelPosition onChip(PixelPosition place, ReadoutWindow window, int fileColumns, int fileRows) {
            if (!window.isShifted()) {
                return place;
            }
            Orientation back = orientation.inverse();
            int turnedColumns = orientation.width(fileColumns, fileRows);
            int turnedRows = orientation.height(fileColumns, fileRows);
            double column = back.turnedX(place.x(), place.y(), turnedColumns, turnedRows) + window.x0();
            double row = back.turnedY(place.x(), place.y(), turnedColumns, turnedRows) + window.y0();
            return new PixelPosition(
                    orientation.turnedX(column, row, columns, rows), orientation.turnedY(column, row, columns, rows));
        }

        /** A place in the file's image as one in this. */
        @Nullable
        PixelPosition place(@Nullable PixelPosition inFile) {
            return inFile == null
                    ? null
                    : new PixelPosition(
                            orientation.turnedX(inFile.x(), inFile.y(), columns, rows),
                            orientation.turnedY(inFile.x(), inFile.y(), columns, rows));
        }
    }

    private Turned turned(StoredFrame stored, InstrumentConfig settings, Set<Caveat> caveats, PixelArrays arrays) {
        int columns = stored.columns();
        int rows = stored.rows();
        Orientation orientation = stored.layout().orientation();
        float[] pixels = turned(orientation, stored.pixels(), columns, rows, arrays);
        Orientation other = other(stored.layout());
        if (other != null) {
            int width = orientation.width(columns, rows);
            LightSide side = LightSide.of(pixels, width, pixels.length / width);
            if (side == LightSide.LEFT) {
                if (settings.frame().equals(InstrumentConfig.AUTO)) {
                    pixels = turned(orientation.inverse(), pixels, width, pixels.length / width, arrays);
                    pixels = turned(other, pixels, columns, rows, arrays);
                    orientation = other;
                }
                caveats.add(Caveat.LIGHT_ON_OTHER_SIDE);
            }
        }
        byte[] bits = stored.bits();
        float[] variance = stored.variance();
        return new Turned(
                columns,
                rows,
                orientation,
                pixels,
                bits == null ? null : turned(orientation, bits, columns, rows, arrays),
                variance == null ? null : turned(orientation, variance, columns, rows, arrays));
    }

    /** Turns an array, which may not be used afterwards. */
    private static float[] turned(Orientation orientation, float[] from, int columns, int rows, PixelArrays arrays) {
        if (orientation.equals(Orientation.AS_STORED)) {
            return from;
        }
        float[] to = orientation.turn(from, columns, rows, arrays.floats(from.length));
        arrays.recycle(from);
        return to;
    }

    private static byte[] turned(Orientation orientation, byte[] from, int columns, int rows, PixelArrays arrays) {
        if (orientation.equals(Orientation.AS_STORED)) {
            return from;
        }
        byte[] to = orientation.turn(from, columns, rows);
        arrays.recycle(from);
        return to;
    }

    /** The way an image of the same structure may lie too, or null where there is but one. */
    private @Nullable Orientation other(FrameLayout layout) {
        if (layout.raw() != null) {
            return null;
        }
        return instrument.frames().stream()
                .filter(f -> f.raw() == null && !f.orientation().equals(layout.orientation()))
                .map(FrameLayout::orientation)
                .findFirst()
                .orElse(null);
    }

    private CcdImage image(FitsSource source, Turned frame, Amplifiers amplifiers, double seconds, CcdConfig ccd) {
        String name = source.name();
        int width = frame.width();
        int height = frame.height();
        if (width < ccd.rebin() || height < ccd.rebin()) {
            throw UnprocessableFile.because(
                    name, "an image of " + width + " x " + height + " pixels cannot be rebinned by " + ccd.rebin());
        }
        RateFrame rates = RateFrame.convert(
                width, height, frame.pixels(), frame.variance(), amplifiers, seconds, ccd, source.arrays());
        byte[] bits = frame.bits();
        if (bits != null) {
            rates.mark(bits);
            source.arrays().recycle(bits);
        }
        if (badPixels != null) {
            requireFit(name, frame, "bad-pixel mask", badPixels.width(), badPixels.height());
            rates.mark(badPixels.turned(frame.orientation()));
        }
        if (flat != null) {
            requireFit(name, frame, "flat", flat.width(), flat.height());
            rates.divide(flat.turned(frame.orientation()), source.arrays());
        }
        rates.growSaturation(ccd.saturationGrowPx());
        return rates.rebinned(ccd.rebin(), source.arrays()).toImage();
    }

    private static void requireFit(String name, Turned frame, String what, int width, int height) {
        if (width != frame.columns() || height != frame.rows()) {
            throw UnprocessableFile.because(
                    name,
                    "its " + frame.columns() + " x " + frame.rows() + " pixels do not fit the " + what + " of " + width
                            + " x " + height);
        }
    }

    /** Pixel centres lie at integers: unbinned pixels 0 and 1 make binned pixel 0, whose centre is at 0.5. */
    private static @Nullable PixelPosition binned(@Nullable PixelPosition guess, int factor) {
        if (guess == null || factor == 1) {
            return guess;
        }
        return new PixelPosition((guess.x() + 0.5) / factor - 0.5, (guess.y() + 0.5) / factor - 0.5);
    }
}
