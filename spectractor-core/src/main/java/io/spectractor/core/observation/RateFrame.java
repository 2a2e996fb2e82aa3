package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way from ADU to a {@link CcdImage}: arrays that this package still owns and may overwrite.
 *
 * <p>Signal: {@code rate = ADU / exposure * gain_amplifier / gain_reference}, so that rates of all quadrants count the
 * same number of electrons. (Spectractor divides by {@code gain / mean gain}, which has the inverse sense.) Variance:
 * {@code max(gain_amplifier * ADU, 0) + RON²} electrons², converted to rates alike. The Poisson term takes the sky with
 * it, for the frame has not been sky-subtracted.
 */
final class RateFrame {
    /** Variance of a pixel without a value, (ADU/s)²: no weight, yet finite in sums and products of floats. */
    static final float NO_INFORMATION = 1e20f;

    /** What the mask of a pixel without a value holds until the frame is finished. */
    private static final byte NO_VALUE = (byte) (0x80 | CcdImage.BAD);

    private final int width;
    private final int height;
    private final float[] rate;
    /** Null as long as nothing needs it: then it is the one that {@link #predicted} tells. */
    private float @Nullable [] variance;

    private final PredictedVariance predicted;
    private final byte[] mask;
    private final double saturationRate;
    private final double electronsPerRate;
    private final double readNoiseVariance;
    /** Whether any pixel is without a value. */
    private boolean valueless;

    /** By which the rates were divided; null where they were not. */
    private float @Nullable [] response;

    private RateFrame(
            int width,
            int height,
            float[] rate,
            float @Nullable [] variance,
            PredictedVariance predicted,
            byte[] mask,
            double saturationRate,
            double electronsPerRate,
            double readNoiseVariance) {
        this.width = width;
        this.height = height;
        this.rate = rate;
        this.variance = variance;
        this.predicted = predicted;
        this.mask = mask;
        this.saturationRate = saturationRate;
        this.electronsPerRate = electronsPerRate;
        this.readNoiseVariance = readNoiseVariance;
    }

    /**
     * Converts pixels in ADU; the array is overwritten by the rates.
     *
     * @param adu raw pixels in ADU, bias removed, row-major
     * @param known variances in ADU², which are overwritten too, or null to predict them
     * @param exposureSeconds exposure time, s, positive
     * @param arrays for what is not given
     */
    static RateFrame convert(
            int width,
            int height,
            float[] adu,
            float @Nullable [] known,
            Amplifiers amplifiers,
            double exposureSeconds,
            CcdConfig ccd,
            PixelArrays arrays) {
        byte[] mask = arrays.bytes(adu.length);
        Arrays.fill(mask, (byte) 0);
        double electronsPerRate = ccd.gain() * exposureSeconds;
        PredictedVariance predicted = PredictedVariance.of(width, height, amplifiers, electronsPerRate);
        float saturationAdu = (float) ccd.saturationAdu();
        boolean valueless = false;
        for (int row = 0; row < amplifiers.rows(); row++) {
            for (int column = 0; column < amplifiers.columns(); column++) {
                int x0 = width * column / amplifiers.columns();
                int x1 = width * (column + 1) / amplifiers.columns();
                double gain = amplifiers.at(column, row).gain();
                float ratePerAdu = (float) (gain / electronsPerRate);
                for (int y = height * row / amplifiers.rows(); y < height * (row + 1) / amplifiers.rows(); y++) {
                    int from = y * width + x0;
                    int to = y * width + x1;
                    if (!isPlain(adu, saturationAdu, from, to)) {
                        valueless |= flag(adu, mask, saturationAdu, from, to);
                    }
                    scale(adu, ratePerAdu, from, to);
                    if (known != null) {
                        convertKnown(known, ratePerAdu, from, to);
                    }
                }
            }
        }
        RateFrame frame = new RateFrame(
                width,
                height,
                adu,
                known,
                predicted,
                mask,
                ccd.saturationAdu() / exposureSeconds,
                electronsPerRate,
                predicted.meanReadNoise());
        frame.valueless = valueless;
        if (known != null) {
            frame.takeValueless(known);
            raiseNonPositive(known, electronsPerRate);
        } else if (!predicted.isPositive()) {
            raiseNonPositive(frame.variance(arrays), electronsPerRate);
        }
        return frame;
    }

    /** The variances, predicted where they were not yet needed. */
    private float[] variance(PixelArrays arrays) {
        float[] known = variance;
        if (known == null) {
            known = arrays.floats(rate.length);
            predicted.fill(rate, known);
            takeValueless(known);
            variance = known;
        }
        return known;
    }

    /** Takes their weight from pixels without a value. */
    private void takeValueless(float[] variances) {
        for (int i = 0; valueless && i < mask.length; i++) {
            if (mask[i] < 0) {
                variances[i] = NO_INFORMATION;
            }
        }
    }

    /** Whether all pixels are numbers below saturation, and not as far below zero: nearly all rows of a frame are. */
    private static boolean isPlain(float[] adu, float saturationAdu, int from, int to) {
        for (int i = from; i < to; i++) {
            // false for what is not a number, too
            if (!(Math.abs(adu[i]) < saturationAdu)) {
                return false;
            }
        }
        return true;
    }

    /** Flags pixels that are saturated or no number; the latter become 0. Returns whether there is one of these. */
    private static boolean flag(float[] adu, byte[] mask, float saturationAdu, int from, int to) {
        boolean valueless = false;
        for (int i = from; i < to; i++) {
            if (!(Math.abs(adu[i]) <= Float.MAX_VALUE)) {
                adu[i] = 0;
                mask[i] = NO_VALUE;
                valueless = true;
            } else if (adu[i] >= saturationAdu) {
                mask[i] = CcdImage.SATURATED;
            }
        }
        return valueless;
    }

    private static void scale(float[] pixels, float factor, int from, int to) {
        for (int i = from; i < to; i++) {
            pixels[i] *= factor;
        }
    }

    /** Variances of the file; what is not a variance is left to the smallest one of the frame. */
    private static void convertKnown(float[] variance, float ratePerAdu, int from, int to) {
        for (int i = from; i < to; i++) {
            float stored = variance[i];
            variance[i] = stored > 0 && stored <= Float.MAX_VALUE ? stored * ratePerAdu * ratePerAdu : 0;
        }
    }

    /** Without read-out noise an empty pixel would claim no variance; it gets the smallest one of the frame. */
    private static void raiseNonPositive(float[] variance, double electronsPerRate) {
        double smallest = Double.POSITIVE_INFINITY;
        for (float v : variance) {
            if (v > 0 && v < smallest && v != NO_INFORMATION) {
                smallest = v;
            }
        }
        // A frame that is empty altogether: one electron² each.
        double floor = smallest < Double.POSITIVE_INFINITY ? smallest : 1 / (electronsPerRate * electronsPerRate);
        for (int i = 0; i < variance.length; i++) {
            if (!(variance[i] > 0)) {
                variance[i] = (float) floor;
            }
        }
    }

    /** Adds mask bits; pixels that are bad by them lose their weight. */
    void mark(byte[] bits) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] |= bits[i];
        }
    }

    /** Flags the listed pixels as bad. */
    void mark(BadPixelMask bad) {
        for (int i = 0; i < mask.length; i++) {
            if (bad.isBad(i)) {
                mask[i] |= CcdImage.BAD;
            }
        }
    }

    /**
     * Divides by a flat. The photons that were counted are those of the undivided pixel: its variance, shot noise and
     * read-out noise alike, is divided by the square.
     */
    void divide(FlatField flat, PixelArrays arrays) {
        float[] variances = variance(arrays);
        float[] divisor = new float[rate.length];
        for (int i = 0; i < rate.length; i++) {
            if (flat.isUsable(i)) {
                divisor[i] = flat.at(i);
                rate[i] /= divisor[i];
                variances[i] = Math.min(NO_INFORMATION, variances[i] / (divisor[i] * divisor[i]));
            } else {
                divisor[i] = 1;
                rate[i] = 0;
                variances[i] = NO_INFORMATION;
                mask[i] |= CcdImage.BAD;
            }
        }
        response = divisor;
    }

    /** Spreads the saturation flag to the square of {@code radiusPx} around each saturated pixel. */
    void growSaturation(int radiusPx) {
        if (radiusPx == 0) {
            return;
        }
        // all of them before the first square is flagged
        int[] seeds = new int[64];
        int found = 0;
        byte[] unflagged = new byte[width];
        for (int y = 0; y < height; y++) {
            int end = (y + 1) * width;
            int i = nextFlagged(y * width, end, unflagged);
            while (i < end) {
                if ((mask[i] & CcdImage.SATURATED) != 0) {
                    if (found == seeds.length) {
                        seeds = Arrays.copyOf(seeds, 2 * found);
                    }
                    seeds[found++] = i;
                }
                i = nextFlagged(i + 1, end, unflagged);
            }
        }
        for (int k = 0; k < found; k++) {
            flagSquare(seeds[k] % width, seeds[k] / width, radiusPx);
        }
    }

    /** The next pixel that is flagged in any way, or the end; hardly any is. */
    private int nextFlagged(int from, int end, byte[] unflagged) {
        int at = Arrays.mismatch(mask, from, end, unflagged, 0, end - from);
        return at < 0 ? end : from + at;
    }

    private void flagSquare(int xCentre, int yCentre, int radiusPx) {
        int xEnd = Math.min(width - 1, xCentre + radiusPx);
        int yEnd = Math.min(height - 1, yCentre + radiusPx);
        for (int y = Math.max(0, yCentre - radiusPx); y <= yEnd; y++) {
            for (int x = Math.max(0, xCentre - radiusPx); x <= xEnd; x++) {
                mask[y * width + x] |= CcdImage.SATURATED;
            }
        }
    }

    /**
     * Sums {@code factor x factor} pixels, cropping what is left over at the upper edges; a sum is flagged if any of its
     * pixels is. This frame must not be used afterwards.
     *
     * @param arrays takes back those of this frame
     */
    RateFrame rebinned(int factor, PixelArrays arrays) {
        if (factor == 1) {
            return this;
        }
        int newWidth = width / factor;
        int newHeight = height / factor;
        float[] newRate = arrays.floats(newWidth * newHeight);
        float[] newVariance = arrays.floats(newWidth * newHeight);
        byte[] newMask = arrays.bytes(newWidth * newHeight);
        Arrays.fill(newMask, (byte) 0);
        float[] known = variance;
        float[] fine = response;
        float[] coarse = fine == null ? null : new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int from = y * factor * width;
            int to = y * newWidth;
            sums(rate, from, newRate, to, newWidth, factor);
            if (known != null) {
                sums(known, from, newVariance, to, newWidth, factor);
            }
            for (int j = 0; j < factor; j++) {
                for (int i = 0; i < factor; i++) {
                    int first = from + j * width + i;
                    for (int x = 0; x < newWidth; x++) {
                        newMask[to + x] |= mask[first + x * factor];
                    }
                }
            }
            for (int x = 0; x < newWidth && fine != null && coarse != null; x++) {
                coarse[to + x] = meanResponse(fine, from + x * factor, factor);
            }
        }
        if (known == null) {
            predicted.sums(rate, factor, newVariance);
        } else {
            arrays.recycle(known);
        }
        arrays.recycle(rate);
        arrays.recycle(mask);
        int pixels = factor * factor;
        RateFrame binned = new RateFrame(
                newWidth,
                newHeight,
                newRate,
                newVariance,
                predicted,
                newMask,
                saturationRate * pixels,
                electronsPerRate,
                readNoiseVariance * pixels);
        binned.response = coarse;
        binned.valueless = valueless;
        binned.takeValueless(newVariance);
        return binned;
    }

    /** Fills in a row of sums over squares of pixels, each added up row by row. */
    private void sums(float[] pixels, int from, float[] sums, int to, int n, int factor) {
        if (factor == 2) {
            for (int x = 0; x < n; x++) {
                int i = from + 2 * x;
                sums[to + x] = (float) ((double) pixels[i] + pixels[i + 1] + pixels[i + width] + pixels[i + width + 1]);
            }
            return;
        }
        for (int x = 0; x < n; x++) {
            double sum = 0;
            for (int j = 0; j < factor; j++) {
                int start = from + j * width + x * factor;
                for (int i = start; i < start + factor; i++) {
                    sum += pixels[i];
                }
            }
            sums[to + x] = (float) sum;
        }
    }

    /** The variances of divided pixels add up, and with them the inverses of their responses. */
    private float meanResponse(float[] fine, int from, int factor) {
        double sum = 0;
        for (int j = 0; j < factor; j++) {
            for (int i = 0; i < factor; i++) {
                sum += 1 / fine[from + j * width + i];
            }
        }
        return (float) (factor * factor / sum);
    }

    /** The finished image; this frame must not be used afterwards. */
    CcdImage toImage() {
        BitSet without = valueless ? new BitSet(mask.length) : null;
        for (int i = 0; without != null && i < mask.length; i++) {
            if (mask[i] < 0) {
                without.set(i);
                mask[i] &= 0x7f;
            }
        }
        float[] known = variance;
        return CcdImage.owning(
                width,
                height,
                rate,
                known == null ? PixelVariance.predicted(predicted, rate, without) : PixelVariance.of(known),
                mask,
                saturationRate,
                electronsPerRate,
                readNoiseVariance,
                response);
    }
}
