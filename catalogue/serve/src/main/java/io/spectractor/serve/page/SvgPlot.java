package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drawing of points, lines or a picture over two axes, as SVG whose colours the page's style has. It needs no script. */
public final class SvgPlot {
    private static final int COLOURS = 8;
    /** More series than these get no legend. */
    private static final int NAMED = 12;

    /**
     * A series.
     *
     * @param label its name
     * @param x first coordinates
     * @param y second coordinates, as many; what is not finite is left out
     * @param error 1 sigma of the second ones, null for none: bars at points, a band along a line
     * @param points for each point its link and its text; null for nothing
     * @param line whether a line joins them
     */
    public record Series(
            String label,
            double[] x,
            double[] y,
            double @Nullable [] error,
            @Nullable List<Point> points,
            boolean line) {
        /** A line. */
        public static Series line(String label, double[] x, double[] y) {
            return new Series(label, x, y, null, null, true);
        }
    }

    /**
     * What a point leads to.
     *
     * @param address of a page, empty for none
     * @param text what is shown when the pointer rests on it
     */
    public record Point(String address, String text) {}

    private final String xLabel;
    private final String yLabel;
    private final boolean upsideDown;
    private final List<Series> series = new ArrayList<>();
    private int height = 380;
    private double @Nullable [] xRange;
    private double @Nullable [] yRange;
    private @Nullable String picture;

    /**
     * A drawing.
     *
     * @param upsideDown whether small values are above, as astronomers draw magnitudes
     */
    public SvgPlot(String xLabel, String yLabel, boolean upsideDown) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.upsideDown = upsideDown;
    }

    public SvgPlot add(Series one) {
        series.add(one);
        return this;
    }

    /** Height, px of 900 in width. */
    public SvgPlot withHeight(int pixels) {
        height = pixels;
        return this;
    }

    /** Ranges of the axes, null where the values tell. */
    SvgPlot within(double @Nullable [] x, double @Nullable [] y) {
        xRange = x;
        yRange = y;
        return this;
    }

    /** A picture that fills the axes, as an address. */
    SvgPlot under(String address) {
        picture = address;
        return this;
    }

    /** The drawing; a sentence where there is nothing to draw. */
    public String draw() {
        double[] x = xRange == null ? range(true) : xRange;
        double[] y = yRange == null ? range(false) : yRange;
        if (x.length == 0 || y.length == 0) {
            return "<p class=\"note\">No values to draw.</p>\n";
        }
        SvgAxes axes = new SvgAxes(x, y, upsideDown, height);
        StringBuilder out = new StringBuilder(
                "<div class=\"plotbox\"><svg class=\"plot\" viewBox=\"0 0 " + SvgAxes.WIDTH + " " + height
                        + "\" role=\"img\" aria-label=\"" + Xml.escaped(yLabel + " against " + xLabel) + "\">\n");
        if (picture != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "<image href=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" class=\"heat\"/>%n",
                    Xml.escaped(picture),
                    SvgAxes.LEFT,
                    SvgAxes.TOP,
                    SvgAxes.WIDTH - SvgAxes.LEFT - SvgAxes.RIGHT,
                    height - SvgAxes.TOP - SvgAxes.BOTTOM));
        }
        axes.draw(xLabel, yLabel, out);
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).line()) {
                lines(series.get(i), i % COLOURS, axes, out);
            } else {
                points(series.get(i), i % COLOURS, axes, out);
            }
        }
        out.append("</svg></div>\n");
        if (series.size() > 1 && series.size() <= NAMED) {
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
                if (Double.isFinite(one.x()[i]) && Double.isFinite(one.y()[i]) && seen(one.x()[i])) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        return least > most ? new double[0] : widened(least, most);
    }

    private boolean seen(double x) {
        return xRange == null || (x >= xRange[0] && x <= xRange[1]);
    }

    /** A range with a little room at both ends. */
    static double[] widened(double least, double most) {
        double margin = most > least ? 0.03 * (most - least) : Math.max(Math.abs(most) * 0.01, 1e-300);
        return new double[] {least - margin, most + margin};
    }

    private static void lines(Series one, int colour, SvgAxes axes, StringBuilder out) {
        double[] error = one.error();
        if (error != null) {
            band(one, error, colour, axes, out);
        }
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < one.x().length; i++) {
            double px = axes.atX(one.x()[i]);
            double py = axes.atY(one.y()[i]);
            // NaN is in no range
            if (!axes.holds(px, Math.max(SvgAxes.TOP, Math.min(axes.height() - SvgAxes.BOTTOM, py)))) {
                pen = false;
                continue;
            }
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", px, clipped(py, axes)));
            pen = true;
        }
        if (!path.isEmpty()) {
            out.append("<path class=\"l c")
                    .append(colour)
                    .append("\" d=\"")
                    .append(path)
                    .append("\">");
            out.append("<title>").append(Xml.escaped(one.label())).append("</title></path>\n");
        }
    }

    private static double clipped(double py, SvgAxes axes) {
        return Math.max(SvgAxes.TOP, Math.min(axes.height() - SvgAxes.BOTTOM, py));
    }

    private static void band(Series one, double[] error, int colour, SvgAxes axes, StringBuilder out) {
        StringBuilder there = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < one.x().length; i++) {
            double px = axes.atX(one.x()[i]);
            if (Double.isFinite(one.y()[i]) && Double.isFinite(error[i]) && axes.holds(px, SvgAxes.TOP)) {
                there.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        there.isEmpty() ? "M" : "L",
                        px,
                        clipped(axes.atY(one.y()[i] + error[i]), axes)));
                back.insert(
                        0,
                        String.format(Locale.ROOT, "L%.1f %.1f", px, clipped(axes.atY(one.y()[i] - error[i]), axes)));
            }
        }
        if (!there.isEmpty()) {
            out.append("<path class=\"band c").append(colour).append("\" d=\"");
            out.append(there).append(back).append("Z\"/>\n");
        }
    }

    private static void points(Series one, int colour, SvgAxes axes, StringBuilder out) {
        double[] error = one.error();
        List<Point> points = one.points();
        for (int i = 0; i < one.x().length; i++) {
            double px = axes.atX(one.x()[i]);
            double py = axes.atY(one.y()[i]);
            if (!axes.holds(px, py)) {
                continue;
            }
            if (error != null && Double.isFinite(error[i])) {
                out.append(String.format(
                        Locale.ROOT,
                        "<path class=\"bar c%d\" d=\"M%.1f %.1fV%.1f\"/>%n",
                        colour,
                        px,
                        clipped(axes.atY(one.y()[i] - error[i]), axes),
                        clipped(axes.atY(one.y()[i] + error[i]), axes)));
            }
            Point point = points == null ? null : points.get(i);
            String circle = String.format(
                    Locale.ROOT,
                    "<circle class=\"p c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\">%s</circle>",
                    colour,
                    px,
                    py,
                    one.x().length > 2000 ? "1.5" : "2.8",
                    point == null ? "" : "<title>" + Xml.escaped(point.text()) + "</title>");
            out.append(
                            point == null || point.address().isEmpty()
                                    ? circle
                                    : "<a href=\"" + Xml.escaped(point.address()) + "\">" + circle + "</a>")
                    .append('\n');
        }
    }

    private void legend(StringBuilder out) {
        out.append("<p class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            out.append("<span><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" class=\"key\"><circle class=\"p c")
                    .append(i % COLOURS)
                    .append("\" cx=\"6\" cy=\"6\" r=\"5\"/></svg> ")
                    .append(Xml.escaped(series.get(i).label()))
                    .append("</span> ");
        }
        out.append("</p>\n");
    }
}
