package io.spectractor.core.pipeline;

import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.List;

/**
 * A frame without the light that a catalogue's stars should have in it: what the extraction column by column and the search
 * for lines are given, which know of one star only. Variances stay as they were. Stateless.
 */
final class CleanedFrame {
    private static final double REACH_FWHM = 8;

    private CleanedFrame() {}

    /**
     * The frame.
     *
     * @param spectrum the target's, whose profile the other stars share
     */
    static CcdImage of(CcdImage image, List<KnownSource> sources, ColumnSpectrum spectrum, PsfConfig config) {
        double fwhm = spectrum.meanFwhmPx();
        if (sources.isEmpty() || spectrum.shape().isEmpty() || !(fwhm > 0)) {
            return image;
        }
        PointSpreadFunction psf = PointSpreadFunction.of(config.type());
        int reach = (int) Math.ceil(REACH_FWHM * fwhm);
        float[] rate = image.rateCopy();
        for (KnownSource source : sources) {
            for (KnownSource.Trace trace : source.traces()) {
                for (int c = 0; c < spectrum.size(); c++) {
                    if (trace.light()[c] > 0) {
                        PsfProfile profile = psf.at(shape(spectrum, c));
                        column(
                                rate,
                                image,
                                spectrum.firstColumn() + c,
                                trace.row()[c],
                                trace.light()[c],
                                profile,
                                reach);
                    }
                }
            }
            if (source.hasOrderZero()) {
                PsfProfile profile =
                        psf.at(shape(spectrum, (int) Math.round(source.column()) - spectrum.firstColumn()));
                star(rate, image, source, profile, reach);
            }
        }
        return image.withRates(rate);
    }

    private static double[] shape(ColumnSpectrum spectrum, int column) {
        int c = Math.max(0, Math.min(spectrum.size() - 1, column));
        return spectrum.shape().stream().mapToDouble(values -> values[c]).toArray();
    }

    private static void column(
            float[] rate, CcdImage image, int x, double row, double light, PsfProfile profile, int reach) {
        if (x < 0 || x >= image.width()) {
            return;
        }
        int first = (int) Math.max(0, Math.ceil(row - reach));
        int last = (int) Math.min(image.height() - 1, Math.floor(row + reach));
        for (int y = first; y <= last; y++) {
            rate[y * image.width() + x] -= (float) (light * profile.pixelTransverse(y - row));
        }
    }

    private static void star(float[] rate, CcdImage image, KnownSource source, PsfProfile profile, int reach) {
        int x0 = (int) Math.max(0, Math.ceil(source.column() - reach));
        int x1 = (int) Math.min(image.width() - 1, Math.floor(source.column() + reach));
        int y0 = (int) Math.max(0, Math.ceil(source.row() - reach));
        int y1 = (int) Math.min(image.height() - 1, Math.floor(source.row() + reach));
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                rate[y * image.width() + x] -=
                        (float) (source.rate() * profile.pixelValue(x - source.column(), y - source.row()));
            }
        }
    }
}
