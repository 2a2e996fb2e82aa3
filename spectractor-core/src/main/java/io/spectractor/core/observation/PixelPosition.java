package io.spectractor.core.observation;

/**
 * A position in an image, in pixels: 0-based, the centre of a pixel at integers, x along rows, y upwards in plots.
 *
 * @param x column, px
 * @param y row, px
 */
public record PixelPosition(double x, double y) {
    public PixelPosition {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("position (" + x + ", " + y + ") is not finite");
        }
    }

    public PixelPosition plus(double dx, double dy) {
        return new PixelPosition(x + dx, y + dy);
    }

    public double distanceTo(PixelPosition other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Whether it lies on an image of so many columns and rows, whose outermost pixels reach half a pixel beyond their centres. */
    public boolean isOn(int width, int height) {
        return x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5;
    }
}
