package io.spectractor.core.forward.equations;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the first order should look like, from which the prior of the amplitudes is made: either the reference spectrum
 * (star, atmosphere and instrument) times an unknown smooth factor, or an extraction made before. Immutable.
 *
 * <p>With a reference f the second differences of a / f deviate from zero by a constant width, and where the reference has
 * features, also by a fraction of theirs: an absorption band may be deeper or shallower than expected without the
 * continuum being allowed to ripple. Nothing measured enters, so nothing measured is used twice.
 */
public final class ExpectedSpectrum {
    /** Width of the smoothing that separates continuum and features, px. */
    private static final double CONTINUUM_SIGMA_PX = 12;
    /** The reference is taken for at least this fraction of its maximum. */
    private static final double FLOOR = 3e-3;

    private final TraceGeometry geometry;
    private final int firstColumn;
    private final @Nullable ReferenceSpectrum reference;
    private final double unit;
    private final double[] expected;
    private final double[] scale;
    private final double[] features;

    private ExpectedSpectrum(
            TraceGeometry geometry,
            int firstColumn,
            @Nullable ReferenceSpectrum reference,
            double unit,
            double[] expected,
            double[] scale,
            double[] features) {
        this.geometry = geometry;
        this.firstColumn = firstColumn;
        this.reference = reference;
        this.unit = unit;
        this.expected = expected;
        this.scale = scale;
        this.features = features;
    }

    /** An earlier extraction: deviations in proportion to its errors. */
    public static ExpectedSpectrum ofSpectrum(TraceGeometry geometry, int firstColumn, double[] rate, double[] error) {
        return new ExpectedSpectrum(
                geometry, firstColumn, null, 1, rate.clone(), error.clone(), new double[rate.length]);
    }

    /**
     * A reference.
     *
     * @param geometry wavelengths of the columns
     * @param total light of the first order, ADU/s, which sets the unit of the factor
     * @param n number of columns
     */
    public static ExpectedSpectrum ofReference(
            TraceGeometry geometry, int firstColumn, int n, double total, ReferenceSpectrum reference) {
        double[] model = reference.light(geometry, firstColumn, n, reference.typicalWaterMm());
        double unit = Math.abs(total) / Math.max(Arrays.stream(model).sum(), 1e-300);
        double[] continuum = GaussianFilter.smooth(model, CONTINUUM_SIGMA_PX);
        double floor = FLOOR * Arrays.stream(continuum).max().orElse(0);
        double[] features = new double[n];
        for (int i = 1; i < n - 1; i++) {
            double bend = Math.abs(model[i - 1] - 2 * model[i] + model[i + 1]) / Math.max(continuum[i], floor);
            for (int k = i - 1; k <= i + 1; k++) {
                features[k] = Math.max(features[k], bend);
            }
        }
        return new ExpectedSpectrum(geometry, firstColumn, reference, unit, new double[n], new double[n], features);
    }

    /** Whether it is made of a reference, which moves with the wavelengths of the columns. */
    public boolean hasReference() {
        return reference != null;
    }

    /**
     * f as the template has it, and e, so that (a - e) / f is what is smooth: where the reference is fainter than the floor,
     * the floor is how far amplitudes may be from it, but no light that is expected.
     */
    private record Scaled(double[] scale, double[] mean) {}

    private Scaled scaled(Template t) {
        if (reference == null) {
            return new Scaled(scale, expected);
        }
        double[] out =
                reference.light(geometry.with(t.distanceMm(), t.shiftPx()), firstColumn, expected.length, t.waterMm());
        double[] mean = new double[out.length];
        double floor = FLOOR * Arrays.stream(out).max().orElse(0);
        for (int i = 0; i < out.length; i++) {
            mean[i] = unit * Math.min(out[i] - floor, 0);
            out[i] = unit * Math.max(out[i], floor);
        }
        return new Scaled(out, mean);
    }

    /** f at a start in all columns, and so many beyond both ends; null without a reference. */
    public double @Nullable [] beyond(int pad, ForwardParameters layout, double[] start) {
        if (reference == null) {
            return null;
        }
        Template t = layout.template(start);
        double[] out = reference.light(
                geometry.with(t.distanceMm(), t.shiftPx()), firstColumn - pad, expected.length + 2 * pad, t.waterMm());
        double least = FLOOR * Arrays.stream(out).max().orElse(0);
        for (int i = pad; i < out.length - pad; i++) {
            out[i] = Math.max(out[i], least);
        }
        return out;
    }

    /** How amplitudes would change with the template's parameters if (a - e) / f stayed as it is. */
    public double[][] slopes(double[] amplitudes, Template t) {
        Scaled middle = scaled(t);
        double[][] out = new double[Template.SIZE][];
        for (int q = 0; q < Template.SIZE; q++) {
            double step = Template.step(q);
            Scaled up = scaled(t.moved(q, step));
            Scaled down = scaled(t.moved(q, -step));
            out[q] = new double[amplitudes.length];
            for (int i = 0; i < amplitudes.length; i++) {
                double factor = (amplitudes[i] - middle.mean()[i]) / middle.scale()[i];
                double change = factor * (up.scale()[i] - down.scale()[i]) + up.mean()[i] - down.mean()[i];
                out[q][i] = change / (2 * step);
            }
        }
        return out;
    }

    /** The prior of given widths. */
    public SpectrumPrior prior(PriorWidths widths, Template t) {
        Scaled now = scaled(t);
        double[] inverse = now.scale().clone();
        double[] precision = new double[inverse.length - 2];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / inverse[i];
        }
        for (int i = 0; i < precision.length; i++) {
            double feature = widths.feature() * features[i + 1];
            precision[i] = 1 / (widths.smooth() * widths.smooth() + feature * feature);
        }
        return new SpectrumPrior(now.mean(), inverse, precision);
    }
}
