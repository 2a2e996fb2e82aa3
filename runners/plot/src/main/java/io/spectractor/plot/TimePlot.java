package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Quantities against time, one below the other, with errors and with curves from elsewhere. */
public final class TimePlot {
    private static final int WIDTH = 1100;
    private static final int LEFT = 110;
    private static final int PANEL = 210;
    private static final int GAP = 60;
    private static final int TOP = 70;
    private static final double MARGIN = 0.08;

    private TimePlot() {}

    /**
     * Points with errors.
     *
     * @param x horizontal
     * @param y vertical
     * @param error of y, NaN for none
     */
    public record Series(double[] x, double[] y, double[] error) {}

    /**
     * One panel.
     *
     * @param label of the vertical axis
     * @param points measured
     * @param curve from elsewhere, may be empty
     * @param curveName what the curve is, empty for none
     */
    public record Panel(String label, Series points, Series curve, String curveName) {}

    /**
     * A stretch of the horizontal axis that is shaded.
     *
     * @param from first value
     * @param to last value
     * @param dark how dark, 0 to 1
     */
    public record Shade(double from, double to, double dark) {}

    /**
     * Draws.
     *
     * @param title above all
     * @param xLabel of the horizontal axis
     * @param shades of the horizontal axis, behind everything; the axis reaches from the first to the last
     * @return a PNG
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(String title, String xLabel, List<Panel> panels, List<Shade> shades) throws IOException {
        int height = TOP + panels.size() * (PANEL + GAP) + 20;
        BufferedImage image = Figure.of(WIDTH, height, g -> draw(g, title, xLabel, panels, shades));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }

    private static void draw(Graphics2D g, String title, String xLabel, List<Panel> panels, List<Shade> shades) {
        g.setColor(Style.INK);
        g.setFont(Style.PANEL);
        g.drawString(title, LEFT, 34);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Panel p : panels) {
            for (double x : p.points().x()) {
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
        }
        for (Shade shade : shades) {
            low = Math.min(low, shade.from());
            high = Math.max(high, shade.to());
        }
        double pad = Math.max(0.05, MARGIN * (high - low));
        int top = TOP;
        for (int i = 0; i < panels.size(); i++) {
            Rectangle box = new Rectangle(LEFT, top, WIDTH - LEFT - 40, PANEL);
            panel(g, box, panels.get(i), low - pad, high + pad, i == panels.size() - 1 ? xLabel : "", shades);
            top += PANEL + GAP;
        }
    }

    private static void panel(
            Graphics2D g, Rectangle box, Panel p, double xLow, double xHigh, String xLabel, List<Shade> shades) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        Series s = p.points();
        for (int i = 0; i < s.x().length; i++) {
            double e = Double.isFinite(s.error()[i]) ? s.error()[i] : 0;
            low = Math.min(low, s.y()[i] - e);
            high = Math.max(high, s.y()[i] + e);
        }
        for (int i = 0; i < p.curve().x().length; i++) {
            if (p.curve().x()[i] >= xLow && p.curve().x()[i] <= xHigh) {
                low = Math.min(low, p.curve().y()[i]);
                high = Math.max(high, p.curve().y()[i]);
            }
        }
        double pad = MARGIN * Math.max(high - low, 1e-3 * Math.abs(high));
        Axes axes = Axes.of(box, xLow, xHigh, low - pad, high + pad);
        for (Shade shade : shades) {
            double x = axes.x().px(shade.from());
            g.setColor(new Color(0.35f, 0.4f, 0.6f, (float) (0.3 * shade.dark())));
            g.fill(new Rectangle2D.Double(x, box.y, axes.x().px(shade.to()) - x, box.height));
        }
        axes.grid(g);
        curve(g, axes, box, p.curve());
        g.setStroke(Style.LINE);
        for (int i = 0; i < s.x().length; i++) {
            double x = axes.x().px(s.x()[i]);
            double y = axes.y().px(s.y()[i]);
            g.setColor(Style.FLUX);
            if (Double.isFinite(s.error()[i])) {
                g.draw(new Line2D.Double(
                        x, axes.y().px(s.y()[i] - s.error()[i]), x, axes.y().px(s.y()[i] + s.error()[i])));
            }
            g.fill(new Ellipse2D.Double(x - 3.5, y - 3.5, 7, 7));
        }
        if (!p.curveName().isEmpty()) {
            g.setFont(Style.SMALL);
            g.setColor(Style.MARK);
            g.drawString(p.curveName(), box.x + 8, box.y + 16);
        }
        axes.frame(g, xLabel, p.label());
    }

    private static void curve(Graphics2D g, Axes axes, Rectangle box, Series curve) {
        if (curve.x().length < 2) {
            return;
        }
        Color colour = Style.MARK;
        g.setColor(colour);
        g.setStroke(Style.DASHED);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < curve.x().length; i++) {
            double x = axes.x().px(curve.x()[i]);
            double y = axes.y().px(curve.y()[i]);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        java.awt.Shape clip = g.getClip();
        g.clip(box);
        g.draw(path);
        g.setClip(clip);
    }
}
