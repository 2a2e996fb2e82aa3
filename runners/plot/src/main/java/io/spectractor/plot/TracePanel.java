package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.Arrays;

/** Small panels below the spectrum, on its wavelengths: a number per column. */
final class TracePanel {
    private final Graphics2D g;
    private final double[] lambda;

    TracePanel(Graphics2D g, double[] lambda) {
        this.g = g;
        this.lambda = lambda;
    }

    /** Signal-to-noise ratio, from 0. */
    void snr(Rectangle box, double[] flux, double[] error) {
        double[] snr = new double[flux.length];
        for (int i = 0; i < snr.length; i++) {
            snr[i] = error[i] > 0 ? flux[i] / error[i] : Double.NaN;
        }
        double[] finite = Arrays.stream(snr).filter(Double::isFinite).toArray();
        double top = Arrays.stream(finite).max().orElse(1);
        Axes axes = axes(box, 0, 1.1 * Math.max(top, 1));
        axes.grid(g);
        points(axes, snr, Style.FLUX, 1.4);
        axes.frame(g, "", "S/N");
    }

    /** Residuals, clipped at a limit, with lines at ±1σ. */
    void residuals(Rectangle box, double[] residual, double limit, String xLabel) {
        Axes axes = axes(box, -limit, limit);
        axes.grid(g);
        g.setColor(Style.QUIET);
        g.setStroke(Style.DASHED);
        for (double sigma : new double[] {-1, 1}) {
            double y = axes.y().px(sigma);
            g.draw(new Line2D.Double(box.x, y, box.x + box.width, y));
        }
        double[] clipped = Arrays.stream(residual)
                .map(r -> Math.max(-limit, Math.min(limit, r)))
                .toArray();
        points(axes, clipped, Style.FLUX, 1.6);
        axes.frame(g, xLabel, "Residual, \u03c3");
    }

    private Axes axes(Rectangle box, double low, double high) {
        double[] finite = Arrays.stream(lambda).filter(Double::isFinite).toArray();
        return finite.length == 0
                ? Axes.of(box, 350, 1000, low, high)
                : Axes.of(box, finite[0], finite[finite.length - 1], low, high);
    }

    private void points(Axes axes, double[] values, Color colour, double radius) {
        Shape saved = g.getClip();
        g.clip(axes.box());
        g.setColor(colour);
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i]) && Double.isFinite(lambda[i])) {
                double x = axes.x().px(lambda[i]);
                double y = axes.y().px(values[i]);
                g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
            }
        }
        g.setClip(saved);
    }
}
