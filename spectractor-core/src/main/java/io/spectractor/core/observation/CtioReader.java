package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads reduced frames of the CTIO 0.9 m telescope into {@link Exposure}s.
 *
 * <p>Immutable and without state: one reader serves any number of threads.
 */
public final class CtioReader {
    private static final double MOST_BAD_FRACTION = 0.5;

    private final @Nullable BadPixelMask badPixels;
    private final @Nullable FlatField flat;

    /** A reader without a list of bad pixels and without a flat. */
    public CtioReader() {
        this(null, null);
    }

    private CtioReader(@Nullable BadPixelMask badPixels, @Nullable FlatField flat) {
        this.badPixels = badPixels;
        this.flat = flat;
    }

    /** A reader that flags these pixels as {@link CcdImage#BAD}. */
    public CtioReader withBadPixels(BadPixelMask mask) {
        return new CtioReader(mask, flat);
    }

    /** A reader that divides frames by this flat; where it is no number or below 0.01, pixels are {@link CcdImage#BAD}. */
    public CtioReader withFlat(FlatField response) {
        return new CtioReader(badPixels, response);
    }

    /** Reads a file in memory: {@link #read(FitsSource, ExposureRequest, ExtractionConfig)}. */
    public ReadResult read(byte[] fileBytes, ExposureRequest request, ExtractionConfig config) {
        return read(FitsSource.of(request.name(), fileBytes), request, config);
    }

    /**
     * Reads a file.
     *
     * @param source the file
     * @param request what is known of it beforehand; positions in unbinned pixels
     * @param config the configuration as the user gave it, <em>not</em> {@link ExtractionConfig#binned() binned}
     * @return the exposure, in the pixels of the rebinned image
     * @throws ExtractionException UNPROCESSABLE if the file is damaged, from another instrument, lacks a card or holds
     *     mostly pixels that are no numbers; the one-line message names the file
     */
    public ReadResult read(FitsSource source, ExposureRequest request, ExtractionConfig config) {
        String name = source.name();
        CcdConfig ccd = config.ccd();
        FitsImage frame = FitsImage.read(source);
        CtioHeader header = new CtioHeader(name, frame.header());
        header.checkInstrument();
        ReadoutWindow window = header.window(frame.width(), frame.height());
        ObservationMetadata metadata =
                header.metadata(request.disperser(), ccd, config.site().latitudeDeg(), window.binning());
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        CcdImage image = image(name, frame, header, window, ccd, caveats);
        caveats.addAll(header.caveats());
        if (!window.known()) {
            caveats.add(Caveat.WINDOW_ASSUMED);
        }
        if (frame.sumDiffers()) {
            caveats.add(Caveat.DATASUM_WRONG);
        }
        if (frame.paddingMissing()) {
            caveats.add(Caveat.PADDING_MISSING);
        }
        PixelPosition guess = request.guess();
        PixelPosition onChip = guess == null ? null : guess.plus(window.x0(), window.y0());
        Exposure exposure =
                new Exposure(request.name(), image, metadata, request.target(), binned(onChip, ccd.rebin()));
        return new ReadResult(exposure, caveats, source.sha256(), config.withRebin(ccd.rebin() * window.binning()));
    }

    private CcdImage image(
            String name,
            FitsImage stored,
            CtioHeader header,
            ReadoutWindow window,
            CcdConfig ccd,
            Set<Caveat> caveats) {
        PixelUnit unit = header.unit();
        float[] pixels = stored.pixels();
        FitsImage frame = stored;
        requireNumbers(name, stored);
        if (window.isShifted()) {
            int width = CtioHeader.CHIP_PX / window.binning();
            pixels = window.onChip(pixels, stored.width(), stored.height(), width, width);
            frame = stored.withPixels(width, width, pixels);
        }
        unit.toAdu(pixels, frame.width(), frame.height(), header.amplifiers(), header.exposureSeconds());
        if (DeadAreas.blank(pixels, frame.width(), frame.height(), ccd.saturationAdu()) > 0) {
            caveats.add(Caveat.DEAD_AREA);
        }
        if (frame.width() < ccd.rebin() || frame.height() < ccd.rebin()) {
            throw UnprocessableFile.because(
                    name,
                    "an image of " + frame.width() + " x " + frame.height() + " pixels cannot be rebinned by "
                            + ccd.rebin());
        }
        RateFrame rates = RateFrame.convert(
                frame.width(), frame.height(), frame.pixels(), header.amplifiers(), header.exposureSeconds(), ccd);
        if (badPixels != null) {
            requireFit(name, frame, "bad-pixel mask", badPixels.width(), badPixels.height());
            rates.mark(badPixels);
        }
        if (flat != null) {
            requireFit(name, frame, "flat", flat.width(), flat.height());
            rates.divide(flat);
        }
        rates.growSaturation(ccd.saturationGrowPx());
        return rates.rebinned(ccd.rebin()).toImage();
    }

    private static void requireNumbers(String name, FitsImage frame) {
        int bad = 0;
        for (float value : frame.pixels()) {
            if (!Float.isFinite(value)) {
                bad++;
            }
        }
        double badFraction = bad / (double) frame.pixels().length;
        if (badFraction > MOST_BAD_FRACTION) {
            throw UnprocessableFile.because(
                    name, String.format(Locale.ROOT, "%.0f%% of the pixels are not finite numbers", 100 * badFraction));
        }
    }

    private static void requireFit(String name, FitsImage frame, String what, int width, int height) {
        if (width != frame.width() || height != frame.height()) {
            throw UnprocessableFile.because(
                    name,
                    "its " + frame.width() + " x " + frame.height() + " pixels do not fit the " + what + " of " + width
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
