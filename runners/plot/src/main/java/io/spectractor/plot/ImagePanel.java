package io.spectractor.plot;

import io.spectractor.core.product.PixelMap;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Draws a map of pixels with axes in pixel coordinates and a colour bar. */
final class ImagePanel {
    private static final int BAR_GAP = 10;
    private static final int BAR_WIDTH = 14;

    private ImagePanel() {}

    /**
     * Draws the map.
     *
     * @param box where it goes, stretched to fill it
     * @param x0 image column of the map's first column
     * @param y0 image row of the map's first row
     * @return axes in image pixels
     */
    static Axes draw(Graphics2D g, Rectangle box, PixelMap map, int x0, int y0, Stretch stretch, ColourMap colours) {
        Axes axes = Axes.of(box, x0 - 0.5, x0 + map.width() - 0.5, y0 - 0.5, y0 + map.height() - 0.5);
        if (map.width() == 0 || map.height() == 0) {
            noData(g, box);
            return axes;
        }
        BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++) {
                double value = map.at(x, y);
                image.setRGB(
                        x, map.height() - 1 - y, colours.rgb(Double.isFinite(value) ? stretch.at(value) : Double.NaN));
            }
        }
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(image, box.x, box.y, box.width, box.height, null);
        return axes;
    }

    static void noData(Graphics2D g, Rectangle box) {
        g.setColor(Style.NO_DATA);
        g.fill(box);
        g.setColor(Style.QUIET);
        g.setFont(Style.LABEL);
        g.drawString("no data", box.x + box.width / 2 - 28, box.y + box.height / 2 + 5);
    }

    /** A bar at the right of the box with the values at its ends and in between. */
    static void colourBar(Graphics2D g, Rectangle box, Stretch stretch, ColourMap colours, String unit) {
        int x = box.x + box.width + BAR_GAP;
        for (int i = 0; i < box.height; i++) {
            g.setColor(new Color(colours.rgb(1 - (i + 0.5) / box.height)));
            g.fillRect(x, box.y + i, BAR_WIDTH, 1);
        }
        g.setColor(Style.INK);
        g.setStroke(Style.THIN);
        g.drawRect(x, box.y, BAR_WIDTH, box.height);
        g.setFont(Style.SMALL);
        FontMetrics metrics = g.getFontMetrics();
        int widest = 0;
        int labels = box.height >= 150 ? 4 : 2;
        for (int k = 0; k <= labels; k++) {
            double fraction = (double) k / labels;
            int y = (int) Math.round(box.y + (1 - fraction) * box.height);
            String text = number(stretch.valueAt(fraction));
            widest = Math.max(widest, metrics.stringWidth(text));
            int baseline = k == 0 ? y : k == labels ? y + metrics.getAscent() - 2 : y + metrics.getAscent() / 2 - 1;
            g.drawLine(x + BAR_WIDTH, y, x + BAR_WIDTH + 3, y);
            g.drawString(text, x + BAR_WIDTH + 6, baseline);
        }
        Axes.vertical(
                g,
                unit,
                x + BAR_WIDTH + 10 + widest + metrics.getAscent(),
                box.y + (box.height + metrics.stringWidth(unit)) / 2.0);
    }

    /** Three significant digits without an exponent where that is short. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "\u2013";
        }
        double size = Math.abs(value);
        if (size < 1e-12) {
            return "0";
        }
        if (size >= 1e5 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value).replace('-', '\u2212');
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + Math.min(4, decimals) + "f", value)
                .replace('-', '\u2212');
    }
}
