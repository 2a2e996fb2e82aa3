package io.spectractor.core.observation;

import io.spectractor.core.config.CcdConfig;
import java.util.Arrays;
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

    private final int width;
    private final int height;
    private final float[] rate;
    private final float[] variance;
    private final byte[] mask;
    private final double saturationRate;
    private final double electronsPerRate;
    private final double readNoiseVariance;
    /** By which the rates were divided; null where they were not. */
    private float @Nullable [] response;

    private RateFrame(
            int width,
            int height,
            float[] rate,
            float[] variance,
            byte[] mask,
            double saturationRate,
            double electronsPerRate,
            double readNoiseVariance) {
        this.width = width;
        this.height = height;
        this.rate = rate;
        this.variance = variance;
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
        float[] variance = known == null ? arrays.floats(adu.length) : known;
        byte[] mask = arrays.bytes(adu.length);
        Arrays.fill(mask, (byte) 0);
        double electronsPerRate = ccd.gain() * exposureSeconds;
        double readNoiseSum = 0;
        // then every predicted variance is one
        boolean noisy = known == null;
        int parts = amplifiers.columns() * amplifiers.rows();
        for (int part = 0; part < parts; part++) {
            int column = part % amplifiers.columns();
            int row = part / amplifiers.columns();
            int x0 = width * column / amplifiers.columns();
            int x1 = width * (column + 1) / amplifiers.columns();
            int y0 = height * row / amplifiers.rows();
            int y1 = height * (row + 1) / amplifiers.rows();
            Amplifiers.Amplifier amplifier = amplifiers.at(column, row);
            Conversion conversion = Conversion.of(amplifier, electronsPerRate, ccd.saturationAdu(), known != null);
            for (int y = y0; y < y1; y++) {
                conversion.apply(adu, variance, mask, y * width + x0, y * width + x1);
            }
            noisy &= (float) conversion.readNoiseVariance() > 0;
            readNoiseSum += (double) (x1 - x0) * (y1 - y0) * conversion.readNoiseVariance();
        }
        if (!noisy) {
            raiseNonPositive(variance, electronsPerRate);
        }
        return new RateFrame(
                width,
                height,
                adu,
                variance,
                mask,
                ccd.saturationAdu() / exposureSeconds,
                electronsPerRate,
                readNoiseSum / adu.length);
    }

    /** The factors that one amplifier's pixels share. */
    private record Conversion(
            float ratePerAdu,
            double variancePerAdu,
            double readNoiseVariance,
            float saturationAdu,
            boolean varianceKnown) {

        static Conversion of(
                Amplifiers.Amplifier amplifier, double electronsPerRate, double saturationAdu, boolean varianceKnown) {
            double squared = electronsPerRate * electronsPerRate;
            return new Conversion(
                    (float) (amplifier.gain() / electronsPerRate),
                    amplifier.gain() / squared,
                    amplifier.readNoise() * amplifier.readNoise() / squared,
                    (float) saturationAdu,
                    varianceKnown);
        }

        /** Converts pixels {@code from..to-1} in place. */
        void apply(float[] pixels, float[] variance, byte[] mask, int from, int to) {
            for (int i = from; i < to; i++) {
                float adu = pixels[i];
                // false for NaN too
                if (!(adu < saturationAdu && adu >= -Float.MAX_VALUE) && flag(adu, pixels, variance, mask, i)) {
                    continue;
                }
                pixels[i] = adu * ratePerAdu;
                variance[i] = varianceKnown
                        ? known(variance[i])
                        : (float) (variancePerAdu * Math.max(adu, 0) + readNoiseVariance);
            }
        }

        /** Flags a pixel that is saturated or no number; returns whether it is none. */
        private static boolean flag(float adu, float[] pixels, float[] variance, byte[] mask, int i) {
            if (Math.abs(adu) <= Float.MAX_VALUE) {
                mask[i] = CcdImage.SATURATED;
                return false;
            }
            pixels[i] = 0;
            variance[i] = NO_INFORMATION;
            mask[i] = CcdImage.BAD;
            return true;
        }

        /** A variance of the file; what is not a variance is left to the smallest one of the frame. */
        private float known(float stored) {
            return stored > 0 && stored <= Float.MAX_VALUE ? stored * ratePerAdu * ratePerAdu : 0;
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
    void divide(FlatField flat) {
        float[] divisor = new float[rate.length];
        for (int i = 0; i < rate.length; i++) {
            if (flat.isUsable(i)) {
                divisor[i] = flat.at(i);
                rate[i] /= divisor[i];
                variance[i] = Math.min(NO_INFORMATION, variance[i] / (divisor[i] * divisor[i]));
            } else {
                divisor[i] = 1;
                rate[i] = 0;
                variance[i] = NO_INFORMATION;
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
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0 && (mask[i] & CcdImage.SATURATED) != 0) {
                if (found == seeds.length) {
                    seeds = Arrays.copyOf(seeds, 2 * found);
                }
                seeds[found++] = i;
            }
        }
        for (int k = 0; k < found; k++) {
            flagSquare(seeds[k] % width, seeds[k] / width, radiusPx);
        }
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
        float[] fine = response;
        float[] coarse = fine == null ? null : new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int from = y * factor * width;
            int to = y * newWidth;
            sums(rate, from, newRate, to, newWidth, factor);
            sums(variance, from, newVariance, to, newWidth, factor);
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
        arrays.recycle(rate);
        arrays.recycle(variance);
        arrays.recycle(mask);
        int pixels = factor * factor;
        RateFrame binned = new RateFrame(
                newWidth,
                newHeight,
                newRate,
                newVariance,
                newMask,
                saturationRate * pixels,
                electronsPerRate,
                readNoiseVariance * pixels);
        binned.response = coarse;
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
        return CcdImage.owning(
                width, height, rate, variance, mask, saturationRate, electronsPerRate, readNoiseVariance, response);
    }
}
