package io.spectractor.core.instrument;

import java.util.List;

/**
 * Where light and overscans lie in the HDUs of a raw file; the same for all of them, unless the header of each says it. Columns and rows count from 0, ends
 * are exclusive, and {@link #END} stands for the last of the HDU.
 *
 * @param columns of the assembled image; where DATASEC, BIASSEC and DETSEC in each HDU say where everything lies, those of
 *     usual files, or 0
 * @param rows of the assembled image, likewise
 * @param light where the light lies; empty if the headers say it
 * @param serial where the serial overscan lies; its level of each row is subtracted
 * @param parallel where the parallel overscan lies; its level of each column is subtracted
 * @param segments the HDUs
 */
public record RawGeometry(int columns, int rows, Box light, Box serial, Box parallel, List<RawSegment> segments) {
    /** To the end of the HDU. */
    public static final int END = Integer.MAX_VALUE;

    /** A rectangle. */
    public record Box(int x0, int x1, int y0, int y1) {
        /** Whether there is nothing in it. */
        public boolean isEmpty() {
            return x1 <= x0 || y1 <= y0;
        }

        /** No pixel at all. */
        public static Box none() {
            return new Box(0, 0, 0, 0);
        }

        /** What of it lies in an HDU of a size. */
        public Box within(int width, int height) {
            return new Box(x0, Math.min(x1, width), y0, Math.min(y1, height));
        }
    }

    /**
     * Geometry of which the headers of the HDUs say everything but their names.
     *
     * @param columns of the image of usual files, 0 if unknown
     * @param rows of it
     */
    static RawGeometry ofHeaders(int columns, int rows, List<RawSegment> segments) {
        return new RawGeometry(columns, rows, Box.none(), Box.none(), Box.none(), segments);
    }

    /** Whether DATASEC, BIASSEC and DETSEC in the header of each HDU say where everything lies. */
    public boolean isOfHeaders() {
        return light.isEmpty();
    }

    public RawGeometry {
        segments = List.copyOf(segments);
    }
}
