package io.spectractor.core.observation;

import io.spectractor.core.instrument.Orientation;

/**
 * A linear map of positions in one image to positions in another: {@code x' = x0 + xx x + xy y}, {@code y' = y0 + yx x + yy
 * y}, px. Pixel centres lie at integers from 0.
 */
public record PixelTransform(double x0, double xx, double xy, double y0, double yx, double yy) {
    /** Every position stays where it is. */
    public static final PixelTransform IDENTITY = new PixelTransform(0, 1, 0, 0, 0, 1);

    /** A shift. */
    public static PixelTransform shift(double dx, double dy) {
        return new PixelTransform(dx, 1, 0, dy, 0, 1);
    }

    /** The image of a file turned into the image that is extracted. */
    static PixelTransform turned(Orientation orientation, int columns, int rows) {
        double x0 = orientation.turnedX(0, 0, columns, rows);
        double y0 = orientation.turnedY(0, 0, columns, rows);
        return new PixelTransform(
                x0,
                orientation.turnedX(1, 0, columns, rows) - x0,
                orientation.turnedX(0, 1, columns, rows) - x0,
                y0,
                orientation.turnedY(1, 0, columns, rows) - y0,
                orientation.turnedY(0, 1, columns, rows) - y0);
    }

    /** Sums of so many pixels along each axis: unbinned pixels 0 and 1 make binned pixel 0, whose centre is at 0.5. */
    public static PixelTransform binned(int factor) {
        double scale = 1.0 / factor;
        double origin = 0.5 * scale - 0.5;
        return new PixelTransform(origin, scale, 0, origin, 0, scale);
    }

    /** Whether the axes keep their directions. */
    public boolean isUpright() {
        return xx > 0 && yy > 0 && xy == 0 && yx == 0;
    }

    /** How many pixels along each axis become one. */
    public int binning() {
        return (int) Math.round(1 / Math.sqrt(Math.abs(xx * yy - xy * yx)));
    }

    /** The position that another one comes to. */
    public PixelPosition apply(PixelPosition p) {
        return new PixelPosition(x0 + xx * p.x() + xy * p.y(), y0 + yx * p.x() + yy * p.y());
    }

    /** This map, then another one. */
    public PixelTransform then(PixelTransform next) {
        PixelPosition origin = next.apply(new PixelPosition(x0, y0));
        return new PixelTransform(
                origin.x(),
                next.xx * xx + next.xy * yx,
                next.xx * xy + next.xy * yy,
                origin.y(),
                next.yx * xx + next.yy * yx,
                next.yx * xy + next.yy * yy);
    }
}
