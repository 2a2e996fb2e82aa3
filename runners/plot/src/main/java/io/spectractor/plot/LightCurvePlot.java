package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A star's light against time, a panel for each band: points with errors, bright up. Far outliers don't stretch the axis: they
 * stand as triangles at its ends.
 */
public final class LightCurvePlot {
    private static final int WIDTH = 1100;
    private static final int LEFT = 110;
    private static final int TOP = 78;
    private static final int PANEL = 130;
    private static final int GAP = 14;
    private static final int BOTTOM = 60;
    private static final double FAR_MADS = 12;
    private static final double MAD_TO_SIGMA = 1.4826;
    private static final double MARGIN = 0.1;
    /** Smallest height of a panel, in units of its values: less would be noise of the numbers. */
    private static final double SMALLEST = 0.004;

    private static final List<Color> COLOURS = List.of(
            new Color(0x6a3d9a),
            new Color(0x0072b2),
            new Color(0x009e73),
            new Color(0xe69f00),
            new Color(0xd55e00),
            new Color(0x8c510a),
            new Color(0x56b4e9),
            new Color(0x444444),
            new Color(0xcc79a7));

    private LightCurvePlot() {}

    /**
     * A band.
     *
     * @param name of the band
     * @param time days
     * @param value magnitudes or fluxes
     * @param error of them, NaN for none
     */
    public record Band(String name, double[] time, double[] value, double[] error) {}

    /**
     * What the axes say.
     *
     * @param title above all
     * @param time of the horizontal axis
     * @param value of the vertical axes
     * @param magnitudes whether smaller values are brighter
     */
    public record Labels(String title, String time, String value, boolean magnitudes) {}

    /**
     * Draws and writes a PNG, whole or not at all.
     *
     * @throws IOException if it can't be written
     */
    public static void write(List<Band> bands, Labels labels, Path png) throws IOException {
        int height = TOP + bands.size() * (PANEL + GAP) + BOTTOM;
        Figure.write(Figure.of(WIDTH, height, g -> draw(g, bands, labels)), png);
    }

    private static void draw(Graphics2D g, List<Band> bands, Labels labels) {
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        g.drawString(labels.title(), LEFT, 44);
        double[] times = bands.stream()
                .flatMapToDouble(b -> Arrays.stream(b.time()))
                .sorted()
                .toArray();
        double first = times.length == 0 ? 0 : times[0];
        double last = times.length == 0 ? 1 : times[times.length - 1];
        double pad = Math.max(0.02, 0.03 * (last - first));
        for (int i = 0; i < bands.size(); i++) {
            Rectangle box = new Rectangle(LEFT, TOP + i * (PANEL + GAP), WIDTH - LEFT - 60, PANEL);
            panel(
                    g,
                    box,
                    bands.get(i),
                    COLOURS.get(i % COLOURS.size()),
                    labels,
                    new double[] {first - pad, last + pad},
                    i == bands.size() - 1);
        }
    }

    private static void panel(
            Graphics2D g, Rectangle box, Band band, Color colour, Labels labels, double[] time, boolean lowest) {
        double[] range = range(band);
        double low = labels.magnitudes() ? range[1] : range[0];
        double high = labels.magnitudes() ? range[0] : range[1];
        Axes axes = Axes.of(box, time[0], time[1], low, high);
        axes.grid(g);
        g.setStroke(Style.THIN);
        g.setColor(colour);
        for (int i = 0; i < band.time().length; i++) {
            double value = band.value()[i];
            if (!Double.isFinite(value)) {
                continue;
            }
            double x = axes.x().px(band.time()[i]);
            if (!axes.y().contains(value)) {
                boolean up = (value < range[0]) == labels.magnitudes();
                triangle(g, x, up ? box.y + 1 : box.y + box.height - 1, up ? 9 : -9);
                continue;
            }
            double error = Double.isFinite(band.error()[i]) ? band.error()[i] : 0;
            double from = Math.max(range[0], value - error);
            double to = Math.min(range[1], value + error);
            g.draw(new Line2D.Double(x, axes.y().px(from), x, axes.y().px(to)));
            g.fill(new Ellipse2D.Double(x - 3, axes.y().px(value) - 3, 6, 6));
        }
        axes.frame(g, lowest ? labels.time() : "", labels.value());
        g.setFont(Style.PANEL);
        g.setColor(colour);
        g.drawString(band.name(), box.x + box.width + 12, box.y + box.height / 2 + 5);
    }

    private static void triangle(Graphics2D g, double x, double tip, double length) {
        Path2D path = new Path2D.Double();
        path.moveTo(x, tip);
        path.lineTo(x - 4, tip + length);
        path.lineTo(x + 4, tip + length);
        path.closePath();
        g.fill(path);
    }

    private static double[] range(Band band) {
        double[] sorted =
                Arrays.stream(band.value()).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new double[] {0, 1};
        }
        double median = sorted[sorted.length / 2];
        double[] distance =
                Arrays.stream(sorted).map(v -> Math.abs(v - median)).sorted().toArray();
        double far = Math.max(SMALLEST, FAR_MADS * MAD_TO_SIGMA * distance[distance.length / 2]);
        double low = Math.max(sorted[0], median - far);
        double high = Math.min(sorted[sorted.length - 1], median + far);
        double pad = Math.max(SMALLEST / 2, MARGIN * (high - low));
        return new double[] {low - pad, high + pad};
    }
}
