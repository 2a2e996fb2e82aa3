package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import java.util.Locale;

/** Draws SVG into a page. Coordinates are pixels of the picture. */
final class SvgDrawing {
    private final Html html;

    /**
     * Opens a picture; {@link #close} ends it.
     *
     * @param label what it shows, for those who cannot see it
     */
    SvgDrawing(Html html, int width, int height, String label) {
        this.html = html;
        html.open(
                "svg",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                "100%",
                "role",
                "img",
                "aria-label",
                label,
                "class",
                "picture");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    void rectangle(double x, double y, double width, double height, String fill, String title) {
        html.open(
                "rect",
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(Math.max(width, 0)),
                "height",
                number(height),
                "fill",
                fill);
        if (!title.isEmpty()) {
            html.element("title", title);
        }
        html.close();
    }

    void line(double x1, double y1, double x2, double y2, String stroke) {
        html.open("line", "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2), "stroke", stroke)
                .close();
    }

    void polyline(double[] x, double[] y, String stroke) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(number(x[i])).append(',').append(number(y[i])).append(' ');
        }
        html.open(
                        "polyline",
                        "points",
                        points.toString().strip(),
                        "fill",
                        "none",
                        "stroke",
                        stroke,
                        "stroke-width",
                        "2")
                .close();
    }

    /** Text that starts at x ("start"), is centred on it ("middle"), or ends there ("end"). */
    void text(double x, double y, String anchor, String text) {
        html.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
    }

    void close() {
        html.close();
    }

    /** A step of 1, 2 or 5 times a power of ten, so that a length is cut into some five parts. */
    static double step(double length) {
        double rough = length / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double part = rough / power;
        return (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10) * power;
    }
}
