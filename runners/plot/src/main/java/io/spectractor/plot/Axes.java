package io.spectractor.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;

/**
 * A frame with a horizontal and a vertical axis.
 *
 * @param box where the data go, picture px
 * @param x horizontal axis, left to right
 * @param y vertical axis, bottom to top
 */
record Axes(Rectangle box, Scale x, Scale y) {
    private static final double MAX_X_SPACING = 95;
    private static final double Y_SPACING = 42;
    private static final int TICK = 5;

    static Axes of(Rectangle box, double xLow, double xHigh, double yLow, double yHigh) {
        return new Axes(
                box, Scale.of(xLow, xHigh, box.x, box.x + box.width), Scale.of(yLow, yHigh, box.y + box.height, box.y));
    }

    private double xSpacing() {
        return Math.min(MAX_X_SPACING, box.width / 5.0);
    }

    void grid(Graphics2D g) {
        g.setColor(Style.GRID);
        g.setStroke(Style.THIN);
        for (double tick : x.ticks(xSpacing())) {
            g.draw(new Line2D.Double(x.px(tick), box.y, x.px(tick), box.y + box.height));
        }
        for (double tick : y.ticks(Y_SPACING)) {
            g.draw(new Line2D.Double(box.x, y.px(tick), box.x + box.width, y.px(tick)));
        }
    }

    /** Frame, ticks and labels; an empty x label leaves the horizontal axis without numbers. */
    void frame(Graphics2D g, String xLabel, String yLabel) {
        box(g);
        bottom(g, xLabel);
        left(g, yLabel);
    }

    /** The frame alone. */
    void box(Graphics2D g) {
        g.setColor(Style.INK);
        g.setStroke(Style.THIN);
        g.draw(box);
    }

    /** Ticks and label of the horizontal axis; without a label, no numbers. */
    void bottom(Graphics2D g, String xLabel) {
        g.setFont(Style.TICK);
        FontMetrics metrics = g.getFontMetrics();
        int bottom = box.y + box.height;
        for (double tick : x.ticks(xSpacing())) {
            double px = x.px(tick);
            g.draw(new Line2D.Double(px, bottom, px, bottom + TICK));
            if (!xLabel.isEmpty()) {
                String text = x.label(tick, xSpacing());
                g.drawString(
                        text, (float) (px - metrics.stringWidth(text) / 2.0), bottom + TICK + metrics.getAscent() + 1);
            }
        }
        g.setFont(Style.LABEL);
        FontMetrics labels = g.getFontMetrics();
        g.drawString(
                xLabel,
                box.x + (box.width - labels.stringWidth(xLabel)) / 2,
                bottom + TICK + 2 * labels.getHeight() - 4);
    }

    /** Ticks, numbers and label of the vertical axis. */
    void left(Graphics2D g, String yLabel) {
        g.setFont(Style.TICK);
        FontMetrics metrics = g.getFontMetrics();
        int widest = 0;
        for (double tick : y.ticks(Y_SPACING)) {
            double py = y.px(tick);
            g.draw(new Line2D.Double(box.x - TICK, py, box.x, py));
            String text = y.label(tick, Y_SPACING);
            widest = Math.max(widest, metrics.stringWidth(text));
            g.drawString(
                    text, box.x - TICK - 3 - metrics.stringWidth(text), (float) (py + metrics.getAscent() / 2.0 - 1));
        }
        g.setFont(Style.LABEL);
        FontMetrics labels = g.getFontMetrics();
        vertical(g, yLabel, box.x - TICK - widest - 14, box.y + box.height / 2.0 + labels.stringWidth(yLabel) / 2.0);
    }

    /** Text that reads upwards from a point. */
    static void vertical(Graphics2D g, String text, double x, double y) {
        AffineTransform saved = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        g.drawString(text, 0, 0);
        g.setTransform(saved);
    }

    /** Bold text above the frame. */
    void title(Graphics2D g, String text) {
        g.setFont(Style.PANEL);
        g.setColor(Style.INK);
        g.drawString(text, box.x, box.y - 8);
    }
}
