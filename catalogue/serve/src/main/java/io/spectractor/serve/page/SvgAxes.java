package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two axes with round numbers.
 *
 * @param x from and to
 * @param y from and to
 * @param upsideDown whether small values of y are above
 * @param width of the drawing, px
 * @param height of the drawing, px
 */
record SvgAxes(double[] x, double[] y, boolean upsideDown, int width, int height) {
    static final int WIDTH = 900;
    /** For a phone, and for drawings beside each other: letters are as large as those around them. */
    static final int NARROW = 440;

    static final int LEFT = 78;
    static final int RIGHT = 14;
    static final int TOP = 14;
    static final int BOTTOM = 46;

    double atX(double value) {
        return LEFT + (value - x[0]) / (x[1] - x[0]) * (width - LEFT - RIGHT);
    }

    double atY(double value) {
        double share = (value - y[0]) / (y[1] - y[0]);
        return upsideDown ? TOP + share * (height - TOP - BOTTOM) : height - BOTTOM - share * (height - TOP - BOTTOM);
    }

    boolean holds(double px, double py) {
        return px >= LEFT - 0.5 && px <= width - RIGHT + 0.5 && py >= TOP - 0.5 && py <= height - BOTTOM + 0.5;
    }

    void draw(String xLabel, String yLabel, StringBuilder out) {
        int steps = width < WIDTH ? 4 : 8;
        for (double value : ticks(x, steps)) {
            out.append(line("grid", atX(value), TOP, atX(value), height - BOTTOM));
            boolean end = atX(value) > width - RIGHT - 20;
            out.append(text(
                    end ? width - 4 : atX(value),
                    height - BOTTOM + 18,
                    end ? "end" : "middle",
                    label(value, x, steps)));
        }
        int lines = Math.max(3, height / 48);
        for (double value : ticks(y, lines)) {
            out.append(line("grid", LEFT, atY(value), width - RIGHT, atY(value)));
            out.append(text(LEFT - 6, atY(value) + 4, "end", label(value, y, lines)));
        }
        out.append(line("axis", LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM));
        out.append(line("axis", LEFT, TOP, LEFT, height - BOTTOM));
        out.append(text((width + LEFT) / 2.0, height - 8, "middle", xLabel));
        out.append("<text transform=\"translate(17 ")
                .append((height - BOTTOM + TOP) / 2)
                .append(") rotate(-90)\" text-anchor=\"middle\">")
                .append(Xml.escaped(yLabel))
                .append("</text>\n");
    }

    /** Round numbers within a range, about as many as wanted. */
    static List<Double> ticks(double[] range, int wanted) {
        double step = step(range, wanted);
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(range[0] / step); at * step <= range[1] && ticks.size() < 20; at++) {
            // -0 is written as 0
            ticks.add(at * step + 0.0);
        }
        return ticks;
    }

    private static double step(double[] range, int wanted) {
        double raw = (range[1] - range[0]) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        return power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
    }

    private static String label(double value, double[] range, int wanted) {
        double step = step(range, wanted);
        double size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
        int digitsOfStep = (int) Math.floor(Math.log10(step) + 1e-9);
        if (size >= 1e7 || size < 1e-3) {
            // one power of ten for the whole axis, and as many digits as the steps need
            int power = (int) Math.floor(Math.log10(size) + 1e-9);
            return value == 0
                    ? "0"
                    : String.format(
                            Locale.ROOT,
                            "%." + Math.max(0, Math.min(9, power - digitsOfStep)) + "fe%d",
                            value / Math.pow(10, power),
                            power);
        }
        int digits = Math.max(0, Math.min(9, -digitsOfStep));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>%n", style, x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                Xml.escaped(text));
    }
}
