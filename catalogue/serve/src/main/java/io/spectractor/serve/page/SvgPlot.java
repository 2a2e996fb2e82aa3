package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drawing of points or lines over two axes, as SVG whose colours the page's style has. */
final class SvgPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 380;
    private static final int LEFT = 78;
    private static final int RIGHT = 14;
    private static final int TOP = 14;
    private static final int BOTTOM = 46;
    private static final int COLOURS = 8;

    /**
     * A series.
     *
     * @param label its name
     * @param x first coordinates
     * @param y second coordinates, as many; what is not finite is left out
     * @param link for each point an address, null for none
     * @param line whether a line joins them
     */
    record Series(
            String label, double[] x, double[] y, @Nullable List<String> link, boolean line) {}

    private final String xLabel;
    private final String yLabel;
    private final boolean upsideDown;
    private final List<Series> series = new ArrayList<>();

    /**
     * @param upsideDown whether small values are above, as astronomers draw magnitudes
     */
    SvgPlot(String xLabel, String yLabel, boolean upsideDown) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.upsideDown = upsideDown;
    }

    SvgPlot add(Series one) {
        series.add(one);
        return this;
    }

    /** The drawing; a sentence where there is nothing to draw. */
    String draw() {
        double[] x = range(true);
        double[] y = range(false);
        if (x.length == 0 || y.length == 0) {
            return "<p class=\"note\">No values to draw.</p>\n";
        }
        StringBuilder out = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\" aria-label=\"" + Xml.escaped(yLabel + " against " + xLabel) + "\">\n");
        axes(x, y, out);
        for (int i = 0; i < series.size(); i++) {
            draw(series.get(i), i % COLOURS, x, y, out);
        }
        out.append("</svg>\n");
        if (series.size() > 1) {
            legend(out);
        }
        return out.toString();
    }

    private double[] range(boolean first) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Series one : series) {
            for (int i = 0; i < one.x().length; i++) {
                double value = first ? one.x()[i] : one.y()[i];
                if (Double.isFinite(one.x()[i]) && Double.isFinite(one.y()[i])) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least > most) {
            return new double[0];
        }
        double margin = most > least ? 0.03 * (most - least) : Math.max(Math.abs(most) * 0.01, 1e-300);
        return new double[] {least - margin, most + margin};
    }

    private void axes(double[] x, double[] y, StringBuilder out) {
        for (double value : ticks(x)) {
            double at = atX(value, x);
            out.append(line("grid", at, TOP, at, HEIGHT - BOTTOM));
            out.append(text(at, HEIGHT - BOTTOM + 18, "middle", label(value, x)));
        }
        for (double value : ticks(y)) {
            double at = atY(value, y);
            out.append(line("grid", LEFT, at, WIDTH - RIGHT, at));
            out.append(text(LEFT - 6, at + 4, "end", label(value, y)));
        }
        out.append(line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM));
        out.append(line("axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM));
        out.append(text((WIDTH + LEFT) / 2.0, HEIGHT - 8, "middle", xLabel));
        out.append("<text transform=\"translate(14 ")
                .append((HEIGHT - BOTTOM + TOP) / 2)
                .append(") rotate(-90)\" text-anchor=\"middle\">")
                .append(Xml.escaped(yLabel))
                .append("</text>\n");
    }

    /** Round numbers within a range, about six. */
    static List<Double> ticks(double[] range) {
        double raw = (range[1] - range[0]) / 8;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(range[0] / step); at * step <= range[1] && ticks.size() < 20; at++) {
            // -0 is written as 0
            ticks.add(at * step + 0.0);
        }
        return ticks;
    }

    private static String label(double value, double[] range) {
        double step = (range[1] - range[0]) / 8;
        double size = Math.max(Math.abs(range[0]), Math.abs(range[1]));
        if (size >= 1e6 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        int digits = (int) Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(step))));
        return String.format(Locale.ROOT, "%." + (step >= 1 ? 0 : digits) + "f", value);
    }

    private static double atX(double value, double[] range) {
        return LEFT + (value - range[0]) / (range[1] - range[0]) * (WIDTH - LEFT - RIGHT);
    }

    private double atY(double value, double[] range) {
        double share = (value - range[0]) / (range[1] - range[0]);
        return upsideDown ? TOP + share * (HEIGHT - TOP - BOTTOM) : HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
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

    private void draw(Series one, int colour, double[] x, double[] y, StringBuilder out) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < one.x().length; i++) {
            if (!Double.isFinite(one.x()[i]) || !Double.isFinite(one.y()[i])) {
                pen = false;
                continue;
            }
            double px = atX(one.x()[i], x);
            double py = atY(one.y()[i], y);
            if (one.line()) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", px, py));
                pen = true;
            } else {
                String point = String.format(
                        Locale.ROOT, "<circle class=\"p c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>", colour, px, py);
                List<String> links = one.link();
                out.append(links == null ? point : "<a href=\"" + Xml.escaped(links.get(i)) + "\">" + point + "</a>")
                        .append('\n');
            }
        }
        if (!path.isEmpty()) {
            out.append("<path class=\"l c")
                    .append(colour)
                    .append("\" fill=\"none\" d=\"")
                    .append(path)
                    .append("\"/>\n");
        }
    }

    private void legend(StringBuilder out) {
        out.append("<p>");
        for (int i = 0; i < series.size(); i++) {
            out.append("<svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" class=\"key\"><circle class=\"p c")
                    .append(i % COLOURS)
                    .append("\" cx=\"6\" cy=\"6\" r=\"5\"/></svg> ")
                    .append(Xml.escaped(series.get(i).label()))
                    .append(" &nbsp; ");
        }
        out.append("</p>\n");
    }
}
