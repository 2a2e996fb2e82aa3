package io.spectractor.core.observation;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the pixels of a frame count, as BUNIT says: ADU or electrons, collected over the exposure or per second.
 *
 * @param electrons whether electrons are counted, and not ADU
 * @param perSecond whether they are divided by the exposure time
 */
public record PixelUnit(boolean electrons, boolean perSecond) {
    /** What a frame without BUNIT is in. */
    public static final PixelUnit ADU = new PixelUnit(false, false);

    private static final Set<String> ADU_NAMES =
            Set.of("adu", "adus", "dn", "dns", "count", "counts", "ct", "cts", "digitalnumber", "datanumber", "digits");
    private static final Set<String> ELECTRON_NAMES =
            Set.of("electron", "electrons", "e", "e-", "el", "elec", "photoelectron", "photoelectrons");
    private static final Pattern PER_SECOND = Pattern.compile(
            "(.+?)(?:/s|/sec|/secs|/second|/seconds|persecond|persec|\\.?s(?:\\^|\\*\\*)?\\(?-1\\)?|\\.?sec(?:\\^|\\*\\*)?\\(?-1\\)?)");
    private static final Pattern PER_PIXEL =
            Pattern.compile("(?:/pixels?|/pix|/px|perpixel|\\.?pix(?:el)?(?:\\^|\\*\\*)?\\(?-1\\)?)");

    /**
     * From the text of the card, in any of the usual spellings; nothing there means ADU.
     *
     * @param name of the file, for the message
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if it is another unit
     */
    public static PixelUnit of(String name, @Nullable String bunit) {
        if (bunit == null) {
            return ADU;
        }
        String text = bunit.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "");
        text = PER_PIXEL.matcher(text).replaceFirst("");
        if (text.equals("cps")) {
            return new PixelUnit(false, true);
        }
        boolean perSecond = false;
        if (!ADU_NAMES.contains(text) && !ELECTRON_NAMES.contains(text)) {
            Matcher rate = PER_SECOND.matcher(text);
            if (rate.matches()) {
                text = rate.group(1).replaceAll("[*.]$", "");
                perSecond = true;
            }
        }
        if (ADU_NAMES.contains(text)) {
            return new PixelUnit(false, perSecond);
        }
        if (ELECTRON_NAMES.contains(text)) {
            return new PixelUnit(true, perSecond);
        }
        throw UnprocessableFile.because(
                name,
                "BUNIT = '" + UnprocessableFile.quote(bunit)
                        + "': pixels have to be in ADU or electrons, or one of these per second; correct the card or"
                        + " convert the pixels");
    }

    /**
     * Converts pixels to ADU, in place, in each amplifier's part of the image by its gain.
     *
     * @param variance variances of the pixels, or null
     * @param exposureSeconds exposure time, s
     */
    void toAdu(
            float[] pixels,
            float @Nullable [] variance,
            int width,
            int height,
            Amplifiers amplifiers,
            double exposureSeconds) {
        if (equals(ADU)) {
            return;
        }
        for (int y = 0; y < height; y++) {
            int row = part(y, height, amplifiers.rows());
            for (int x = 0; x < width; x++) {
                double gain =
                        amplifiers.at(part(x, width, amplifiers.columns()), row).gain();
                float factor = (float) ((perSecond ? exposureSeconds : 1) / (electrons ? gain : 1));
                pixels[y * width + x] *= factor;
                if (variance != null) {
                    variance[y * width + x] *= factor * factor;
                }
            }
        }
    }

    /** The part that a pixel lies in: part k begins at {@code size * k / parts}. */
    private static int part(int pixel, int size, int parts) {
        int k = (int) ((long) pixel * parts / size);
        return k + 1 < parts && pixel >= size * (k + 1) / parts ? k + 1 : k;
    }
}
