package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A drawing of points, lines or a picture over two axes, as SVG whose colours the page's style has. It needs no script. */
public final class SvgPlot {
    private static final int COLOURS = 9;
    /** More series than these get no legend. */
    private static final int NAMED = 12;
    /** Of more points than these none is reached by keyboard: nobody would come to the end. */
    private static final int BY_KEYBOARD = 300;
    /** So far outside of the frame a line is still drawn, px. */
    private static final double FAR = 5000;

    /**
     * A series.
     *
     * @param label its name
     * @param x first coordinates
     * @param y second coordinates, as many; what is not finite is left out
     * @param error 1 sigma of the second ones, null for none: bars at points, a band along a line
     * @param points for each point its link and its text, for a line one for all of it; null for nothing
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
    private String id = "";
    private String zoom = "";
    private String note = "";
    private @Nullable List<String> labels;
    private int width = SvgAxes.WIDTH;
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

    /** A name of its own within its page: a letter, then letters and digits. */
    public SvgPlot named(String name) {
        id = name;
        return this;
    }

    /**
     * Lets the page's script ask for a part of the plot.
     *
     * @param parameters of the page's address that hold the part: one name for all four ends of the axes, as {@link Zoom} reads
     *     them; or a name for each of them, blanks between: from and to along x, and along y if that can be chosen
     */
    SvgPlot zoomedBy(String parameters) {
        zoom = parameters;
        return this;
    }

    /** Makes it half as wide: for a phone, or for several beside each other. */
    public SvgPlot narrow() {
        width = SvgAxes.NARROW;
        return this;
    }

    /** Height, px. */
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

    /**
     * Gives all series of a label one colour, thin lines, and the legend a line for each label.
     *
     * @param names the labels, in the order of their colours
     */
    SvgPlot byLabel(List<String> names) {
        labels = names;
        return this;
    }

    /** A sentence below it. */
    SvgPlot noting(String text) {
        note = text;
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
            return "<p class=\"note\"" + (id.isEmpty() ? "" : " id=\"" + id + "\"") + ">No values to draw.</p>\n";
        }
        SvgAxes axes = new SvgAxes(x, y, upsideDown, width, height);
        StringBuilder out = begin(axes);
        if (picture != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "<image href=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" class=\"heat\"/>%n",
                    Xml.escaped(picture),
                    SvgAxes.LEFT,
                    SvgAxes.TOP,
                    width - SvgAxes.LEFT - SvgAxes.RIGHT,
                    height - SvgAxes.TOP - SvgAxes.BOTTOM));
        }
        axes.draw(xLabel, yLabel, out);
        out.append(id.isEmpty() ? "<g>\n" : "<g clip-path=\"url(#" + id + "Frame)\">\n");
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).line()) {
                lines(series.get(i), colour(i), axes, out);
            } else {
                points(series.get(i), colour(i), axes, out);
            }
        }
        out.append("</g>\n</svg></div>\n");
        List<String> names = labels == null ? series.stream().map(Series::label).toList() : labels;
        if (names.size() > 1 && names.size() <= NAMED) {
            legend(names, out);
        }
        out.append(note.isEmpty() ? "" : "<p class=\"note\">" + Xml.escaped(note) + "</p>\n");
        return out.append("</div>\n").toString();
    }

    private StringBuilder begin(SvgAxes axes) {
        StringBuilder out = new StringBuilder("<div class=\"drawn\"");
        out.append(id.isEmpty() ? "" : " id=\"" + id + "\"");
        out.append("><div class=\"plotbox\"><svg class=\"plot" + (width < SvgAxes.WIDTH ? " half" : "")
                + "\" viewBox=\"0 0 " + width + " " + height);
        // what can be followed is no picture to those who listen to a page
        boolean links = series.stream().anyMatch(one -> one.points() != null && !one.line());
        out.append(links ? "\" role=\"group\" aria-label=\"" : "\" role=\"img\" aria-label=\"")
                .append(Xml.escaped(yLabel + " against " + xLabel));
        out.append("\" data-range=\"" + axes.x()[0] + " " + axes.x()[1] + " " + axes.y()[0] + " " + axes.y()[1]);
        out.append("\" data-frame=\"" + SvgAxes.LEFT + " " + SvgAxes.TOP + " " + (width - SvgAxes.RIGHT) + " "
                + (height - SvgAxes.BOTTOM) + (upsideDown ? "\" data-down=\"y" : ""));
        out.append(zoom.isEmpty() ? "\">\n" : "\" data-zoom=\"" + zoom + "\">\n");
        if (!id.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<clipPath id=\"%sFrame\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>%n",
                    id,
                    SvgAxes.LEFT,
                    SvgAxes.TOP,
                    width - SvgAxes.LEFT - SvgAxes.RIGHT,
                    height - SvgAxes.TOP - SvgAxes.BOTTOM));
        }
        return out;
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

    private void lines(Series one, int colour, SvgAxes axes, StringBuilder out) {
        double[] error = one.error();
        if (error != null) {
            band(one, error, colour, axes, out);
        }
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < one.x().length; i++) {
            if (!isDrawn(one, i, axes)) {
                pen = false;
                continue;
            }
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    pen ? "L" : "M",
                    Math.max(-FAR, Math.min(FAR, axes.atX(one.x()[i]))),
                    clipped(axes.atY(one.y()[i]), axes)));
            pen = true;
        }
        if (!path.isEmpty()) {
            String text =
                    one.points() == null ? one.label() : one.points().get(0).text();
            String line = "<path class=\"l c" + colour + (labels == null ? "" : " many") + "\" d=\"" + path
                    + "\"><title>" + Xml.escaped(text) + "</title></path>";
            // the lists of a page lead to the same places by keyboard
            out.append(
                    one.points() == null
                            ? line
                            : "<a tabindex=\"-1\" href=\""
                                    + Xml.escaped(one.points().get(0).address()) + "\">" + line + "</a>");
            out.append('\n');
        }
    }

    /** Whether a point ends a piece of a line that crosses the frame. */
    private static boolean isDrawn(Series one, int i, SvgAxes axes) {
        double[] x = one.x();
        if (!Double.isFinite(x[i]) || !Double.isFinite(one.y()[i])) {
            return false;
        }
        for (int k = Math.max(0, i - 1); k <= Math.min(x.length - 1, i + 1); k++) {
            if (Math.max(x[i], x[k]) >= axes.x()[0] && Math.min(x[i], x[k]) <= axes.x()[1]) {
                return true;
            }
        }
        return false;
    }

    private double clipped(double py, SvgAxes axes) {
        // with a clip path lines may leave the frame, and keep their slope there
        double room = id.isEmpty() ? 0 : FAR;
        return Math.max(SvgAxes.TOP - room, Math.min(axes.height() - SvgAxes.BOTTOM + room, py));
    }

    private void band(Series one, double[] error, int colour, SvgAxes axes, StringBuilder out) {
        StringBuilder there = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < one.x().length; i++) {
            double px = Math.max(-FAR, Math.min(FAR, axes.atX(one.x()[i])));
            if (Double.isFinite(error[i]) && isDrawn(one, i, axes)) {
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

    private void points(Series one, int colour, SvgAxes axes, StringBuilder out) {
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
                                    : "<a" + (one.x().length > BY_KEYBOARD ? " tabindex=\"-1\"" : "") + " href=\""
                                            + Xml.escaped(point.address()) + "\">" + circle + "</a>")
                    .append('\n');
        }
    }

    private int colour(int number) {
        return (labels == null
                        ? number
                        : Math.max(0, labels.indexOf(series.get(number).label())))
                % COLOURS;
    }

    private static void legend(List<String> names, StringBuilder out) {
        out.append("<p class=\"legend\">");
        for (int i = 0; i < names.size(); i++) {
            out.append("<span><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" class=\"key\"><circle class=\"p c")
                    .append(i % COLOURS)
                    .append("\" cx=\"6\" cy=\"6\" r=\"5\"/></svg> ")
                    .append(Xml.escaped(names.get(i)))
                    .append("</span> ");
        }
        out.append("</p>\n");
    }
}
