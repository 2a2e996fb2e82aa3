package io.spectractor.core.extraction;

import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;

/**
 * The profile in every pixel of a window, with its derivatives by trace and shape, for one set of parameters. It is kept
 * until others are asked for: weights change more often than profiles. Mutable, local to one extraction.
 */
final class ProfileColumns {
    private final ProfileWindow window;
    private final double[] traceY;
    private final ProfileParameters layout;
    private final boolean pixelIntegrated;
    private final int step;
    private double[] evaluated = {};
    private ChromaticColumns shapes;

    /** Number of derivatives: by the trace, then by each parameter of the shape. */
    final int locals;
    /** By pixels of the window in rows of 1 + locals numbers: profile, derivatives. */
    final double[] gradient;

    /**
     * @param traceY start of the trace, px
     * @param step of the columns that are evaluated, 1 for all
     */
    ProfileColumns(ProfileWindow window, double[] traceY, ProfileParameters layout, boolean pixelIntegrated, int step) {
        this.window = window;
        this.traceY = traceY;
        this.layout = layout;
        this.pixelIntegrated = pixelIntegrated;
        this.step = step;
        this.locals = layout.psf.shapeCount() + 1;
        this.gradient = new double[window.columns * window.rows * (locals + 1)];
        this.shapes = layout.over(layout.start());
    }

    /** Fills {@link #gradient} for these parameters; returns trace and shape in each column. */
    ChromaticColumns at(double[] parameters) {
        if (!Arrays.equals(parameters, evaluated)) {
            shapes = layout.over(parameters);
            for (int c = 0; c < window.columns; c += step) {
                evaluate(c);
            }
            evaluated = parameters.clone();
        }
        return shapes;
    }

    private void evaluate(int c) {
        PsfProfile profile = layout.psf.at(ProfileParameters.shape(shapes, c));
        double centre = traceY[c] + shapes.shape(c)[0] - window.firstRow[c];
        int stride = locals + 1;
        int to = c * window.rows * stride;
        if (pixelIntegrated) {
            profile.pixelTransverseColumn(centre, 0, window.rows, gradient, to);
        } else {
            for (int k = 0; k < window.rows; k++) {
                profile.transverseGradient(k - centre, gradient, to + k * stride);
            }
        }
    }
}
