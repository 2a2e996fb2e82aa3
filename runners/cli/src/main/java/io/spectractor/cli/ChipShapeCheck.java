package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.BadPixelMask;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.observation.HeaderPeek;
import io.spectractor.core.observation.HeaderPeek.Size;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks before a run whether flat and bad-pixel mask are as large as its images. The configuration does not say how
 * large a chip is, the headers of the images do. A night may hold frames of other sizes, which fail one by one; only
 * where not a single image fits is the file wrong and not the image.
 */
final class ChipShapeCheck {
    private final ChipFiles chip;
    private final int rebin;
    private final Function<WorkItem, Optional<Size>> sizes;

    /**
     * @param chip the files, to be named
     * @param instrument whose images they belong to
     * @param rebin how many pixels are summed after the division
     */
    ChipShapeCheck(ChipFiles chip, Instrument instrument, int rebin) {
        this(chip, rebin, item -> PlannedImages.peek(item, stream -> HeaderPeek.size(stream, instrument)));
    }

    /** With headers read by someone else. */
    ChipShapeCheck(ChipFiles chip, int rebin, Function<WorkItem, Optional<Size>> sizes) {
        this.chip = chip;
        this.rebin = rebin;
        this.sizes = sizes;
    }

    /**
     * Reads headers until one fits, which is the first one nearly always.
     *
     * @param plan the images
     * @param calibration with the flat and the mask
     * @throws UsageException if none of the images whose header can be read fits; it names the file, both sizes and what
     *     to do
     */
    void check(RunPlan plan, CalibrationStore calibration) {
        FlatField flat = calibration.flat().orElse(null);
        BadPixelMask mask = calibration.badPixels().orElse(null);
        // they fit each other: ChipFiles saw to it
        Size own = flat != null
                ? new Size(flat.width(), flat.height())
                : mask != null ? new Size(mask.width(), mask.height()) : null;
        if (own == null) {
            return;
        }
        WorkItem first = null;
        Size expected = null;
        int others = 0;
        for (WorkItem item : plan.items()) {
            Size size = sizes.apply(item).orElse(null);
            if (own.equals(size)) {
                return;
            }
            if (first == null && size != null) {
                first = item;
                expected = size;
            } else if (size != null) {
                others++;
            }
        }
        if (first != null && expected != null) {
            throw new UsageException(message(flat != null, own, expected, first.name(), others));
        }
    }

    private String message(boolean flat, Size own, Size expected, String image, int others) {
        String key = flat ? ChipFiles.FLAT : ChipFiles.BAD_PIXELS;
        String file = String.valueOf(flat ? chip.flat() : chip.badPixels());
        String images = image + " has" + (others == 0 ? "" : " (it fits none of " + (others + 1) + " images)");
        boolean binned = rebin > 1 && own.equals(new Size(expected.width() / rebin, expected.height() / rebin));
        return key + ": " + file + " has " + own + " pixels, but " + expected + " are expected, as many as " + images
                + (binned ? "; it must be of unbinned pixels, ccd.rebin = " + rebin + " sums them after that" : "")
                + ". Give the file that belongs to these images, or none: --set " + key + "=";
    }
}
