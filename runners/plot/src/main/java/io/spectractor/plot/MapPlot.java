package io.spectractor.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.io.IOException;

/** A table of numbers about 0 as colours, blue below and red above, a row per spectrum from top to bottom. */
public final class MapPlot {
    private static final int WIDTH = 1100;
    private static final int LEFT = 110;
    private static final int RIGHT = 130;
    private static final int TOP = 60;
    private static final int BOTTOM = 60;
    private static final int SMALLEST = 240;
    private static final int LARGEST = 1200;

    private MapPlot() {}

    /**
     * Draws.
     *
     * @param title above
     * @param xLabel of the horizontal axis
     * @param xLow at the left edge of the first column
     * @param xHigh at the right edge of the last column
     * @param values [row][column], NaN where there is none
     * @param most what the deepest colours stand for
     * @param unit of the values
     * @return a PNG
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(
            String title, String xLabel, double xLow, double xHigh, double[][] values, double most, String unit)
            throws IOException {
        int tall = Math.min(LARGEST, Math.max(SMALLEST, 16 * values.length));
        Rectangle box = new Rectangle(LEFT, TOP, WIDTH - LEFT - RIGHT, tall);
        return Figure.png(Figure.of(WIDTH, TOP + tall + BOTTOM, g -> {
            g.setColor(Style.INK);
            g.setFont(Style.PANEL);
            g.drawString(title, LEFT, 34);
            cells(g, box, values, most);
            Axes.of(box, xLow, xHigh, values.length + 0.5, 0.5).frame(g, xLabel, "spectrum, in time");
            bar(g, new Rectangle(WIDTH - RIGHT + 25, TOP, 16, tall), most, unit);
        }));
    }

    private static void cells(Graphics2D g, Rectangle box, double[][] values, double most) {
        ColourMap map = ColourMap.diverging();
        double tall = box.height / (double) values.length;
        for (int r = 0; r < values.length; r++) {
            double wide = box.width / (double) values[r].length;
            for (int c = 0; c < values[r].length; c++) {
                g.setColor(new Color(map.rgb(0.5 + 0.5 * values[r][c] / most)));
                g.fill(new Rectangle2D.Double(box.x + c * wide, box.y + r * tall, wide + 0.5, tall + 0.5));
            }
        }
    }

    private static void bar(Graphics2D g, Rectangle box, double most, String unit) {
        ColourMap map = ColourMap.diverging();
        for (int y = 0; y < box.height; y++) {
            g.setColor(new Color(map.rgb((box.height - 1 - y) / (double) (box.height - 1))));
            g.fillRect(box.x, box.y + y, box.width, 1);
        }
        g.setColor(Style.INK);
        g.setStroke(Style.THIN);
        g.draw(box);
        g.setFont(Style.TICK);
        Scale axis = Scale.of(-most, most, box.y + box.height, box.y);
        for (double tick : axis.ticks(60)) {
            g.drawString(axis.label(tick, 60), box.x + box.width + 5, (float) axis.px(tick) + 5);
        }
        g.setFont(Style.LABEL);
        Axes.vertical(g, unit, box.x + box.width + 55, box.y + box.height / 2.0 + 20);
    }
}
