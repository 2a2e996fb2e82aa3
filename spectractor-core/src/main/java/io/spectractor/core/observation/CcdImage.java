package io.spectractor.core.observation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable CCD image: count rate, its variance and a mask, one value.
 *
 * <p>Arrays are row-major, index {@code y * width + x}. Rates are in ADU/s referred to one gain for the whole chip, so
 * that {@code rate * exposure * gain} counts electrons whichever amplifier read the pixel; variances in (ADU/s)².
 */
public final class CcdImage {
    /** Listed as bad, or not a finite number in the file. */
    public static final byte BAD = 1;
    /** At or above the saturation level, or next to such a pixel. */
    public static final byte SATURATED = 2;
    /** Hit by a cosmic ray. */
    public static final byte COSMIC = 4;
    /** On the straight trail of a satellite or an aircraft. */
    public static final byte TRAIL = 8;

    private final int width;
    private final int height;
    private final float[] rate;
    private final PixelVariance variance;
    private final byte[] mask;
    private final double saturationRate;
    private final double electronsPerRate;
    private final double readNoiseVariance;
    private final float @Nullable [] response;

    /**
     * Takes copies of the arrays.
     *
     * @param width columns, px
     * @param height rows, px
     * @param rate ADU/s, {@code width * height} values
     * @param variance (ADU/s)², same shape
     * @param mask bits of {@link #BAD}, {@link #SATURATED}, {@link #COSMIC}, {@link #TRAIL}; 0 for a good pixel
     * @param saturationRate rate from which a pixel is saturated, ADU/s
     * @param electronsPerRate electrons per ADU/s: gain times exposure time
     * @param readNoiseVariance mean variance of the read-out noise alone, (ADU/s)²
     * @throws IllegalArgumentException if the shapes disagree
     */
    public CcdImage(
            int width,
            int height,
            float[] rate,
            float[] variance,
            byte[] mask,
            double saturationRate,
            double electronsPerRate,
            double readNoiseVariance) {
        this(
                new Pixels(width, height, rate.clone(), PixelVariance.of(variance.clone()), mask.clone(), null),
                saturationRate,
                electronsPerRate,
                readNoiseVariance);
    }

    private CcdImage(Pixels pixels, double saturationRate, double electronsPerRate, double readNoiseVariance) {
        this.width = pixels.width();
        this.height = pixels.height();
        this.rate = pixels.rate();
        this.variance = pixels.variance();
        this.mask = pixels.mask();
        this.saturationRate = saturationRate;
        this.electronsPerRate = electronsPerRate;
        this.readNoiseVariance = readNoiseVariance;
        this.response = pixels.response();
    }

    /**
     * The same without copies: the caller gives the arrays away and keeps no reference to them.
     *
     * @param response of the pixels, by which the rates were divided; null where they were not
     */
    static CcdImage owning(
            int width,
            int height,
            float[] rate,
            PixelVariance variance,
            byte[] mask,
            double saturationRate,
            double electronsPerRate,
            double readNoiseVariance,
            float @Nullable [] response) {
        return new CcdImage(
                new Pixels(width, height, rate, variance, mask, response),
                saturationRate,
                electronsPerRate,
                readNoiseVariance);
    }

    /** The arrays, their shapes checked. */
    private record Pixels(
            int width, int height, float[] rate, PixelVariance variance, byte[] mask, float @Nullable [] response) {
        Pixels {
            int n = Math.multiplyExact(width, height);
            if (rate.length != n || variance.size() != n || mask.length != n) {
                throw new IllegalArgumentException("rate, variance and mask must each hold " + n + " pixels");
            }
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Count rate in ADU/s. */
    public double rate(int x, int y) {
        return rate[y * width + x];
    }

    /** Variance in (ADU/s)². */
    public double variance(int x, int y) {
        return variance.at(x, y, y * width + x);
    }

    /** Mask bits; 0 for a good pixel. */
    public byte mask(int x, int y) {
        return mask[y * width + x];
    }

    /** Whether the pixel carries no flag. */
    public boolean isGood(int x, int y) {
        return mask[y * width + x] == 0;
    }

    /** Rate from which a pixel is saturated, ADU/s. */
    public double saturationRate() {
        return saturationRate;
    }

    /** Electrons per ADU/s: gain times exposure time; of a pixel of response 1. */
    public double electronsPerRate() {
        return electronsPerRate;
    }

    /** Electrons that a pixel collected per ADU/s: fewer than others' where its rate was divided by a small response. */
    public double electronsPerRate(int x, int y) {
        return response == null ? electronsPerRate : electronsPerRate * response[y * width + x];
    }

    /** Mean variance of the read-out noise alone, (ADU/s)². */
    public double readNoiseVariance() {
        return readNoiseVariance;
    }

    /** The same image with other mask bits. */
    public CcdImage withMask(byte[] newMask) {
        // rate and variance never change, so both images may share them
        return owning(
                width,
                height,
                rate,
                variance,
                newMask.clone(),
                saturationRate,
                electronsPerRate,
                readNoiseVariance,
                response);
    }

    /** The same with other rates, row-major, ADU/s; the image keeps the array. */
    public CcdImage withRates(float[] newRate) {
        return owning(
                width, height, newRate, variance, mask, saturationRate, electronsPerRate, readNoiseVariance, response);
    }

    /** Gives its arrays away; it must not be used afterwards. */
    void giveArrays(Consumer<float[]> floats, Consumer<byte[]> bytes) {
        floats.accept(rate);
        float[] variances = variance.array();
        if (variances != null) {
            floats.accept(variances);
        }
        bytes.accept(mask);
    }

    /** A copy of the rates, row-major, ADU/s. */
    public float[] rateCopy() {
        return rate.clone();
    }

    /** A copy of the mask, row-major. */
    public byte[] maskCopy() {
        return mask.clone();
    }
}
