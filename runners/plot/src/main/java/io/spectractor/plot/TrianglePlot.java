package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Samples of several quantities: a histogram of each, and below it how each goes with the others, darker where samples are
 * denser, with the ellipses of one and two sigmas of their covariance.
 */
public final class TrianglePlot {
    private static final int BINS = 24;
    private static final int LEFT = 110;
    private static final int TOP = 70;
    private static final int GAP = 10;
    private static final int BOTTOM = 70;
    private static final int SIDE = 900;
    private static final int LARGEST = 260;
    private static final double TAIL = 0.002;
    private static final int TURN = 72;
    private static final int[] SIGMAS = {1, 2};

    private TrianglePlot() {}

    /**
     * One quantity.
     *
     * @param label with its unit
     * @param samples as many for each quantity
     * @param fitted what a fit says, drawn as a line; NaN for none
     */
    public record Quantity(String label, double[] samples, double fitted) {}

    /**
     * Draws.
     *
     * @param title above all
     * @return a PNG
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(String title, List<Quantity> quantities) throws IOException {
        int n = quantities.size();
        int cell = Math.min(LARGEST, SIDE / n);
        int width = Math.max(700, LEFT + n * (cell + GAP) + 30);
        int height = TOP + n * (cell + GAP) + BOTTOM;
        return Figure.png(Figure.of(width, height, g -> draw(g, title, quantities, cell)));
    }

    private static void draw(Graphics2D g, String title, List<Quantity> quantities, int cell) {
        g.setColor(Style.INK);
        g.setFont(Style.PANEL);
        g.drawString(title, LEFT, 34);
        int n = quantities.size();
        for (int row = 0; row < n; row++) {
            for (int column = 0; column <= row; column++) {
                Rectangle box = new Rectangle(LEFT + column * (cell + GAP), TOP + row * (cell + GAP), cell, cell);
                Quantity x = quantities.get(column);
                Quantity y = quantities.get(row);
                String below = row == n - 1 ? x.label() : "";
                if (row == column) {
                    histogram(g, box, x, below);
                } else {
                    pair(g, box, x, y, below, column == 0 ? y.label() : "");
                }
            }
        }
    }

    private static double[] range(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int tail = (int) (TAIL * sorted.length);
        double low = sorted[tail];
        double high = sorted[sorted.length - 1 - tail];
        double pad = 0.05 * (high - low);
        return new double[] {low - pad, high + pad};
    }

    private static void histogram(Graphics2D g, Rectangle box, Quantity x, String xLabel) {
        double[] range = range(x.samples());
        int[] counts = new int[BINS];
        int most = 1;
        for (double v : x.samples()) {
            int bin = (int) Math.floor((v - range[0]) / (range[1] - range[0]) * BINS);
            if (bin >= 0 && bin < BINS) {
                most = Math.max(most, ++counts[bin]);
            }
        }
        Axes axes = Axes.of(box, range[0], range[1], 0, 1.1 * most);
        g.setColor(Style.BAND);
        for (int i = 0; i < BINS; i++) {
            double from = box.x + box.width * i / (double) BINS;
            double top = axes.y().px(counts[i]);
            g.fill(new Rectangle2D.Double(from, top, box.width / (double) BINS, box.y + box.height - top));
        }
        line(g, box, axes, x.fitted());
        frame(g, axes, xLabel, "");
        double mean = mean(x.samples());
        g.setFont(Style.SMALL);
        g.setColor(Style.INK);
        double sigma = Math.sqrt(covariance(x.samples(), x.samples()));
        int decimals = (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.max(sigma, 1e-9)))));
        String format = "%." + decimals + "f \u00b1 %." + decimals + "f";
        g.drawString(String.format(Locale.ROOT, format, mean, sigma), box.x + 5, box.y + 14);
    }

    private static void line(Graphics2D g, Rectangle box, Axes axes, double fitted) {
        if (axes.x().contains(fitted)) {
            g.setColor(Style.MARK);
            g.setStroke(Style.DASHED);
            g.draw(new Line2D.Double(axes.x().px(fitted), box.y, axes.x().px(fitted), box.y + box.height));
        }
    }

    private static void pair(Graphics2D g, Rectangle box, Quantity x, Quantity y, String xLabel, String yLabel) {
        double[] xs = range(x.samples());
        double[] ys = range(y.samples());
        int[][] counts = new int[BINS][BINS];
        int most = 1;
        for (int i = 0; i < x.samples().length; i++) {
            int a = (int) Math.floor((x.samples()[i] - xs[0]) / (xs[1] - xs[0]) * BINS);
            int b = (int) Math.floor((y.samples()[i] - ys[0]) / (ys[1] - ys[0]) * BINS);
            if (a >= 0 && a < BINS && b >= 0 && b < BINS) {
                most = Math.max(most, ++counts[a][b]);
            }
        }
        double side = box.width / (double) BINS;
        for (int a = 0; a < BINS; a++) {
            for (int b = 0; b < BINS; b++) {
                if (counts[a][b] > 0) {
                    Color c = Style.FLUX;
                    int alpha = (int) Math.round(25 + 215.0 * counts[a][b] / most);
                    g.setColor(new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha));
                    g.fill(new Rectangle2D.Double(box.x + a * side, box.y + box.height - (b + 1) * side, side, side));
                }
            }
        }
        Axes axes = Axes.of(box, xs[0], xs[1], ys[0], ys[1]);
        java.awt.Shape clip = g.getClip();
        g.clip(box);
        for (int s : SIGMAS) {
            ellipse(g, axes, x.samples(), y.samples(), s);
        }
        line(g, box, axes, x.fitted());
        if (axes.y().contains(y.fitted())) {
            g.draw(new Line2D.Double(
                    box.x, axes.y().px(y.fitted()), box.x + box.width, axes.y().px(y.fitted())));
        }
        g.setClip(clip);
        frame(g, axes, xLabel, yLabel);
    }

    private static void ellipse(Graphics2D g, Axes axes, double[] x, double[] y, int sigmas) {
        double xx = Math.sqrt(covariance(x, x));
        double xy = xx > 0 ? covariance(x, y) / xx : 0;
        double rest = Math.sqrt(Math.max(0, covariance(y, y) - xy * xy));
        Path2D path = new Path2D.Double();
        for (int i = 0; i <= TURN; i++) {
            double c = sigmas * Math.cos(2 * Math.PI * i / TURN);
            double s = sigmas * Math.sin(2 * Math.PI * i / TURN);
            double px = axes.x().px(mean(x) + xx * c);
            double py = axes.y().px(mean(y) + xy * c + rest * s);
            if (i == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        g.setColor(Style.INK);
        g.setStroke(Style.THIN);
        g.draw(path);
    }

    private static void frame(Graphics2D g, Axes axes, String xLabel, String yLabel) {
        axes.box(g);
        if (!xLabel.isEmpty()) {
            axes.bottom(g, xLabel);
        }
        if (!yLabel.isEmpty()) {
            axes.left(g, yLabel);
        }
    }

    private static double mean(double[] v) {
        return Arrays.stream(v).average().orElse(0);
    }

    private static double covariance(double[] a, double[] b) {
        double ma = mean(a);
        double mb = mean(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - ma) * (b[i] - mb);
        }
        return sum / Math.max(1, a.length - 1);
    }
}
