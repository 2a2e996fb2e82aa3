package io.spectractor.core.simulation;

import io.spectractor.core.psf.PsfProfile;

/** A point spread function integrated over one direction, tabulated on a 1/64 px grid. */
final class LineProfile {
    private static final int STEPS_PER_PX = 64;

    private final double[] table;

    LineProfile(PsfProfile psf, double radiusPx, boolean pixelIntegrated) {
        table = new double[(int) Math.ceil(radiusPx * STEPS_PER_PX) + 2];
        for (int i = 0; i < table.length; i++) {
            double offset = (double) i / STEPS_PER_PX;
            table[i] = pixelIntegrated ? psf.pixelTransverse(offset) : psf.transverse(offset);
        }
    }

    /** Value at an offset within the radius, 1/px. */
    double at(double offset) {
        double position = Math.abs(offset) * STEPS_PER_PX;
        int i = (int) position;
        return table[i] + (position - i) * (table[i + 1] - table[i]);
    }

    /** Largest offset at which the value is above a limit, px; at most the radius. */
    double reachPx(double limit) {
        int low = 0;
        int high = table.length - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (table[middle] > limit) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return (double) low / STEPS_PER_PX;
    }
}
