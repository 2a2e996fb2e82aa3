package io.spectractor.serve.page;

import io.spectractor.serve.vo.Xml;
import java.util.List;
import java.util.Locale;

/** The whole sky in Mollweide's projection, east to the left, with how many rows lie where, or single objects. */
final class SkyMap {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 450;
    private static final int CELLS = 180;

    /**
     * A place.
     *
     * @param ra degrees
     * @param dec degrees
     * @param name what it is called
     * @param address where it leads to
     */
    record Place(double ra, double dec, String name, String address) {}

    private SkyMap() {}

    /** Mollweide's coordinates of a position: x from -1 (ra 180 from the east) to 1, y from -1 to 1. */
    static double[] project(double ra, double dec) {
        double lambda = Math.toRadians(((ra + 180) % 360 + 360) % 360 - 180);
        double phi = Math.toRadians(dec);
        double theta = phi;
        for (int i = 0; i < 60 && Math.abs(Math.abs(phi) - Math.PI / 2) > 1e-9; i++) {
            double step = (2 * theta + Math.sin(2 * theta) - Math.PI * Math.sin(phi)) / (2 + 2 * Math.cos(2 * theta));
            theta -= step;
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return new double[] {-lambda / Math.PI * Math.cos(theta), Math.sin(theta)};
    }

    /** Position of a point of the map, null outside of it. */
    static double @org.jspecify.annotations.Nullable [] position(double x, double y) {
        if (x * x + y * y > 1) {
            return null;
        }
        double theta = Math.asin(y);
        double dec = Math.toDegrees(Math.asin((2 * theta + Math.sin(2 * theta)) / Math.PI));
        double cos = Math.cos(theta);
        double lambda = cos < 1e-12 ? 0 : -x * Math.PI / cos;
        return new double[] {((Math.toDegrees(lambda) % 360) + 360) % 360, dec};
    }

    /** A map of single places. */
    static String places(List<Place> places) {
        StringBuilder out = begin("the sky with " + places.size() + " places");
        grid(out);
        for (Place place : places) {
            double[] at = project(place.ra(), place.dec());
            out.append(String.format(
                    Locale.ROOT,
                    "<a href=\"%s\"><circle class=\"p c0\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>%s</title></circle></a>%n",
                    Xml.escaped(place.address()),
                    px(at[0]),
                    py(at[1]),
                    Xml.escaped(place.name())));
        }
        return out.append("</svg>\n").toString();
    }

    /** How many rows there are at a position, for each point of a grid. */
    @FunctionalInterface
    interface Density {
        long at(double ra, double dec);
    }

    /** A map of how many rows lie where. */
    static String density(Density density, String label) {
        long[][] counts = new long[CELLS][2 * CELLS];
        long most = 0;
        for (int j = 0; j < CELLS; j++) {
            for (int i = 0; i < 2 * CELLS; i++) {
                double[] at = position((i + 0.5) / CELLS - 1, 2 * (j + 0.5) / CELLS - 1);
                counts[j][i] = at == null ? 0 : density.at(at[0], at[1]);
                most = Math.max(most, counts[j][i]);
            }
        }
        StringBuilder out = begin(label);
        out.append("<image class=\"heat\" href=\"").append(Drawing.picture(counts, most, false));
        out.append("\" x=\"0\" y=\"0\" width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(HEIGHT);
        out.append("\" preserveAspectRatio=\"none\"/>\n");
        grid(out);
        return out.append("</svg>\n<p class=\"note\">From dark (1 row) to bright (")
                .append(most)
                .append(most == 1 ? " row" : " rows")
                .append(" in a pixel of the sky), logarithmic.</p>\n")
                .toString();
    }

    private static StringBuilder begin(String label) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"sky\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Xml.escaped(label)));
        out.append(String.format(
                Locale.ROOT,
                "<ellipse class=\"axis\" cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\"/>%n",
                WIDTH / 2,
                HEIGHT / 2,
                WIDTH / 2 - 1,
                HEIGHT / 2 - 1));
        return out;
    }

    private static void grid(StringBuilder out) {
        for (int dec = -60; dec <= 60; dec += 30) {
            double[] west = project(180.0001, dec);
            double[] east = project(179.9999, dec);
            out.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\"/><text x=\"%d\" y=\"%.1f\">%d°</text>%n",
                    px(west[0]),
                    py(west[1]),
                    px(east[0]),
                    py(east[1]),
                    WIDTH / 2 + 4,
                    py(west[1]) - 3,
                    dec));
        }
        for (int hour = 2; hour < 24; hour += 2) {
            StringBuilder path = new StringBuilder();
            for (int dec = -90; dec <= 90; dec += 5) {
                double[] at = project(hour * 15.0, dec);
                path.append(
                        String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", px(at[0]), py(at[1])));
            }
            if (hour != 12) {
                out.append("<path class=\"grid\" d=\"").append(path).append("\"/>");
                out.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%dh</text>%n",
                        px(project(hour * 15.0, 0)[0]),
                        HEIGHT / 2 + 14,
                        hour));
            }
        }
    }

    private static double px(double x) {
        return (x + 1) / 2 * WIDTH;
    }

    private static double py(double y) {
        return (1 - y) / 2 * HEIGHT;
    }
}
