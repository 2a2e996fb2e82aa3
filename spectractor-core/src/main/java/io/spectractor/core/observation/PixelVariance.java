package io.spectractor.core.observation;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The variances of an image's pixels, (ADU/s)²: an array of them, or where they follow from light and noise what predicts
 * them, which spares an image a third of its memory. Whoever has the arrays does not change them any more.
 */
final class PixelVariance {
    /** Light, ADU/s, where there is a prediction; else the variances. */
    private final float[] pixels;

    private final @Nullable PredictedVariance prediction;
    private final @Nullable BitSet valueless;

    private PixelVariance(float[] pixels, @Nullable PredictedVariance prediction, @Nullable BitSet valueless) {
        this.pixels = pixels;
        this.prediction = prediction;
        this.valueless = valueless;
    }

    /** Given ones, row-major. */
    static PixelVariance of(float[] variance) {
        return new PixelVariance(variance, null, null);
    }

    /**
     * Those of predicted noise.
     *
     * @param light ADU/s, row-major
     * @param valueless pixels without a value; null if there are none
     */
    static PixelVariance predicted(PredictedVariance prediction, float[] light, @Nullable BitSet valueless) {
        return new PixelVariance(light, prediction, valueless);
    }

    /** Number of pixels. */
    int size() {
        return pixels.length;
    }

    /** That of the pixel {@code i = y * width + x}. */
    float at(int x, int y, int i) {
        if (prediction == null) {
            return pixels[i];
        }
        return valueless != null && valueless.get(i) ? RateFrame.NO_INFORMATION : prediction.at(x, y, pixels[i]);
    }

    /** The array, if there is one. */
    float @Nullable [] array() {
        return prediction == null ? pixels : null;
    }
}
