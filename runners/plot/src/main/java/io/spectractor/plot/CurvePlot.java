package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.util.List;

/** Curves and points with errors in panels one below the other, coloured by a number, with a bar that tells its values. */
public final class CurvePlot {
    private static final int WIDTH = 1100;
    private static final int LEFT = 110;
    private static final int RIGHT = 130;
    private static final int TOP = 70;
    private static final int PANEL = 300;
    private static final int GAP = 75;
    private static final double MARGIN = 0.05;

    private CurvePlot() {}

    /**
     * One curve.
     *
     * @param x horizontal
     * @param y vertical; NaN breaks a line and leaves out a point
     * @param error of y, empty for none
     * @param colour number that the colour stands for; NaN for a plain one
     * @param joined whether a line joins the points, which then are not drawn
     */
    public record Curve(double[] x, double[] y, double[] error, double colour, boolean joined) {}

    /**
     * One panel.
     *
     * @param xLabel of the horizontal axis
     * @param yLabel of the vertical axis
     * @param curves drawn in their order
     */
    public record Panel(String xLabel, String yLabel, List<Curve> curves) {}

    /**
     * Draws.
     *
     * @param title above all
     * @param bar what the colours stand for; empty for no bar
     * @return a PNG
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(String title, String bar, List<Panel> panels) throws IOException {
        int height = TOP + panels.size() * (PANEL + GAP);
        return Figure.png(Figure.of(WIDTH, height, g -> draw(g, title, bar, panels)));
    }

    private static void draw(Graphics2D g, String title, String bar, List<Panel> panels) {
        g.setColor(Style.INK);
        g.setFont(Style.PANEL);
        g.drawString(title, LEFT, 34);
        double[] colours = panels.stream()
                .flatMap(p -> p.curves().stream())
                .mapToDouble(Curve::colour)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double low = colours.length == 0 ? 0 : colours[0];
        double high = colours.length == 0 ? 1 : colours[colours.length - 1];
        Scale shade = Scale.of(low, high, 0, 0.92);
        for (int i = 0; i < panels.size(); i++) {
            Rectangle box = new Rectangle(LEFT, TOP + i * (PANEL + GAP), WIDTH - LEFT - RIGHT, PANEL);
            panel(g, box, panels.get(i), shade);
        }
        if (!bar.isEmpty()) {
            bar(g, new Rectangle(WIDTH - RIGHT + 25, TOP, 16, PANEL), bar, shade);
        }
    }

    private static void bar(Graphics2D g, Rectangle box, String label, Scale shade) {
        ColourMap map = ColourMap.sequential();
        for (int y = 0; y < box.height; y++) {
            g.setColor(new Color(map.rgb(0.92 * (box.height - 1 - y) / (box.height - 1))));
            g.fillRect(box.x, box.y + y, box.width, 1);
        }
        Scale axis = Scale.of(shade.low(), shade.high(), box.y + box.height, box.y);
        g.setColor(Style.INK);
        g.setStroke(Style.THIN);
        g.draw(box);
        g.setFont(Style.TICK);
        for (double tick : axis.ticks(60)) {
            g.drawString(axis.label(tick, 60), box.x + box.width + 5, (float) axis.px(tick) + 5);
        }
        g.setFont(Style.LABEL);
        Axes.vertical(g, label, box.x + box.width + 60, box.y + box.height / 2.0 + 40);
    }

    private static void panel(Graphics2D g, Rectangle box, Panel p, Scale shade) {
        double[] xs = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] ys = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Curve c : p.curves()) {
            for (int i = 0; i < c.x().length; i++) {
                if (Double.isFinite(c.y()[i])) {
                    double e = c.error().length > 0 ? c.error()[i] : 0;
                    widen(xs, c.x()[i], c.x()[i]);
                    widen(ys, c.y()[i] - e, c.y()[i] + e);
                }
            }
        }
        double xPad = 0.02 * (xs[1] - xs[0]);
        double yPad = MARGIN * (ys[1] - ys[0]);
        Axes axes = Axes.of(box, xs[0] - xPad, xs[1] + xPad, ys[0] - yPad, ys[1] + yPad);
        axes.grid(g);
        Shape clip = g.getClip();
        g.clip(box);
        ColourMap map = ColourMap.sequential();
        for (Curve c : p.curves()) {
            g.setColor(
                    Double.isFinite(c.colour())
                            ? new Color(map.rgb(shade.px(c.colour())))
                            : c.joined() ? Style.MARK : Style.FLUX);
            if (c.joined()) {
                line(g, axes, c);
            } else {
                points(g, axes, c);
            }
        }
        g.setClip(clip);
        axes.frame(g, p.xLabel(), p.yLabel());
    }

    private static void widen(double[] range, double low, double high) {
        range[0] = Math.min(range[0], low);
        range[1] = Math.max(range[1], high);
    }

    private static void line(Graphics2D g, Axes axes, Curve c) {
        g.setStroke(Style.THIN);
        Path2D path = new Path2D.Double();
        boolean down = false;
        for (int i = 0; i < c.x().length; i++) {
            if (!Double.isFinite(c.y()[i])) {
                down = false;
            } else if (down) {
                path.lineTo(axes.x().px(c.x()[i]), axes.y().px(c.y()[i]));
            } else {
                path.moveTo(axes.x().px(c.x()[i]), axes.y().px(c.y()[i]));
                down = true;
            }
        }
        g.draw(path);
    }

    private static void points(Graphics2D g, Axes axes, Curve c) {
        g.setStroke(Style.THIN);
        for (int i = 0; i < c.x().length; i++) {
            if (Double.isFinite(c.y()[i])) {
                double x = axes.x().px(c.x()[i]);
                double y = axes.y().px(c.y()[i]);
                if (c.error().length > 0) {
                    double e = c.error()[i];
                    g.draw(new Line2D.Double(
                            x, axes.y().px(c.y()[i] - e), x, axes.y().px(c.y()[i] + e)));
                }
                g.fill(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
            }
        }
    }
}
