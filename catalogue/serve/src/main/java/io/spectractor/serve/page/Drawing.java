package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.adql.Bins;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.SvgPlot.Point;
import io.spectractor.serve.page.SvgPlot.Series;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A drawing of one or two columns of a query: points, a histogram, or a map of how many rows fall where. */
final class Drawing {
    /** Points that are drawn one by one at most. */
    static final int POINTS = 10_000;

    /** Points that lead to their spectra at most. */
    private static final int LINKED = 2000;

    private static final String ID = "plot";
    private static final int CELLS = 80;
    private static final int MAP_WIDTH = 200;
    private static final int MAP_HEIGHT = 120;

    private static final int[] COLOURS = {0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725};

    /** Its kinds. */
    enum Kind {
        /** What suits: a histogram of one column, the points of two, a heat map where there are too many. */
        AUTOMATIC("automatic"),
        SCATTER("points"),
        HISTOGRAM("histogram"),
        HEAT("heat map");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final @Nullable String x;
    private final @Nullable String y;
    private final double @Nullable [] xRange;
    private final double @Nullable [] yRange;

    private final UnaryOperator<SvgPlot> suited;

    private Drawing(
            Kind kind,
            @Nullable String x,
            @Nullable String y,
            double @Nullable [] xRange,
            double @Nullable [] yRange,
            UnaryOperator<SvgPlot> suited) {
        this.suited = suited;
        this.kind = kind;
        this.x = x;
        this.y = y;
        this.xRange = xRange;
        this.yRange = yRange;
    }

    static Drawing of(Context http) {
        String x = Pages.parameter(http, "x");
        String y = Pages.parameter(http, "y");
        String word = Pages.parameter(http, "plot");
        Kind kind = Kind.AUTOMATIC;
        for (Kind one : Kind.values()) {
            if (one.word().equals(word)) {
                kind = one;
            }
        }
        return new Drawing(kind, x, y, range(http, "x"), range(http, "y"), plot -> Pages.suited(http, plot));
    }

    private static double @Nullable [] range(Context http, String axis) {
        String from = Pages.parameter(http, axis + "min");
        String to = Pages.parameter(http, axis + "max");
        if (from == null || to == null) {
            return null;
        }
        double[] range = {ExploreForm.number(axis + " from", from), ExploreForm.number(axis + " to", to)};
        if (!(range[0] < range[1])) {
            throw new QueryRejectedException(
                    "along " + axis + " the drawing goes from a smaller number to a larger one");
        }
        return range;
    }

    /** The columns that it needs, and the one by which its points lead to spectra. */
    List<String> columns(TableSpec table) {
        List<String> needed = new ArrayList<>();
        String along = x;
        String up = y;
        if (along != null && table.column(along) != null) {
            needed.add(along);
            if (up != null && table.column(up) != null) {
                needed.add(up);
            }
            if (table.column(SpectrumPage.DIGEST) != null) {
                needed.add(SpectrumPage.DIGEST);
            }
        }
        return needed;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String x() {
        return x;
    }

    @Nullable
    String y() {
        return y;
    }

    double @Nullable [] xRange() {
        return xRange;
    }

    double @Nullable [] yRange() {
        return yRange;
    }

    /** Draws, as HTML; a sentence where a choice is missing. */
    String draw(PageQueries queries, String query, List<ColumnSpec> columns, Html html) {
        if (x == null && y == null && kind == Kind.AUTOMATIC) {
            return "";
        }
        int first = column(columns, x, "along x");
        if (kind == Kind.HISTOGRAM || (kind == Kind.AUTOMATIC && y == null)) {
            return histogram(queries.bins(query, first, -1, CELLS, 1, xRange, null), columns.get(first));
        }
        int second = column(columns, y, "along y");
        if (kind != Kind.HEAT) {
            Bins.Points points = queries.points(query, first, second, digest(columns), xRange, yRange, POINTS + 1);
            if (kind == Kind.SCATTER || points.x().length <= POINTS) {
                return scatter(points, columns.get(first), columns.get(second), html);
            }
        }
        return heat(
                queries.bins(query, first, second, MAP_WIDTH, MAP_HEIGHT, xRange, yRange),
                columns.get(first),
                columns.get(second));
    }

    /** The column of the digests of spectra, -1 if there is none. */
    private static int digest(List<ColumnSpec> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(SpectrumPage.DIGEST)) {
                return i;
            }
        }
        return -1;
    }

    private static int column(List<ColumnSpec> columns, @Nullable String name, String axis) {
        if (name == null) {
            throw new QueryRejectedException("choose the column that is drawn " + axis);
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                if (!columns.get(i).type().isNumber()) {
                    throw new QueryRejectedException("column " + name + " holds no numbers, so it can't be drawn");
                }
                return i;
            }
        }
        throw new QueryRejectedException("the result has no column " + name + " to draw " + axis);
    }

    private static String named(ColumnSpec column) {
        return column.name() + (column.unit().isEmpty() ? "" : " (" + Html.unit(column.unit()) + ")");
    }

    private static boolean isMagnitude(ColumnSpec column) {
        return column.unit().equals("mag") && !column.name().contains("err");
    }

    private String scatter(Bins.Points points, ColumnSpec first, ColumnSpec second, Html html) {
        int n = Math.min(points.x().length, POINTS);
        double[] xs = Arrays.copyOf(points.x(), n);
        double[] ys = Arrays.copyOf(points.y(), n);
        List<Point> links = points.names().isEmpty() || n > LINKED
                ? null
                : points.names().stream()
                        .map(digest -> new Point(SpectrumPage.address(html, digest), "its spectrum"))
                        .toList();
        return suited.apply(new SvgPlot(named(first), named(second), isMagnitude(second)))
                .named(ID)
                .zoomedBy("xmin xmax ymin ymax")
                .within(xRange, yRange)
                .add(new Series(second.name(), xs, ys, null, links, false))
                .noting(
                        points.x().length > n
                                ? "Only " + POINTS + " of the rows are drawn. A heat map counts all of them."
                                : n
                                        + (n == 1 ? " row." : " rows.")
                                        + (links == null ? "" : " A point leads to its spectrum."))
                .draw();
    }

    private String histogram(@Nullable Bins bins, ColumnSpec first) {
        if (bins == null) {
            return nothing();
        }
        int n = bins.counts()[0].length;
        double width = (bins.x()[1] - bins.x()[0]) / n;
        double[] edges = new double[2 * n + 2];
        double[] heights = new double[2 * n + 2];
        for (int i = 0; i <= n; i++) {
            edges[2 * i] = bins.x()[0] + i * width;
            edges[2 * i + 1] = edges[2 * i];
            heights[2 * i + 1] = i < n ? bins.counts()[0][i] : 0;
            heights[2 * i] = i > 0 ? bins.counts()[0][i - 1] : 0;
        }
        return suited.apply(new SvgPlot(named(first), "rows", false))
                .named(ID)
                .zoomedBy("xmin xmax")
                .add(Series.line(first.name(), edges, heights))
                .noting(bins.rows() + " rows in " + n + " bins.")
                .draw();
    }

    private static String nothing() {
        return "<p class=\"note\" id=\"" + ID + "\">No row has values there.</p>\n";
    }

    private String heat(@Nullable Bins bins, ColumnSpec first, ColumnSpec second) {
        double[] y = bins == null ? null : bins.y();
        if (bins == null || y == null) {
            return nothing();
        }
        long most = 0;
        for (long[] row : bins.counts()) {
            for (long count : row) {
                most = Math.max(most, count);
            }
        }
        boolean upsideDown = isMagnitude(second);
        return suited.apply(new SvgPlot(named(first), named(second), upsideDown))
                .named(ID)
                .zoomedBy("xmin xmax ymin ymax")
                .within(bins.x(), y)
                .withHeight(480)
                .under(picture(bins.counts(), most, upsideDown))
                .noting(bins.rows() + " rows; from dark (1 row) to bright (" + most + " in a cell), logarithmic.")
                .draw();
    }

    /** Dark violet over green to yellow, lightness rising. */
    private static int colour(double share) {
        double at = share * (COLOURS.length - 1);
        int i = (int) Math.min(COLOURS.length - 2, at);
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int from = COLOURS[i] >> shift & 255;
            int to = COLOURS[i + 1] >> shift & 255;
            mixed |= (int) Math.round(from + (at - i) * (to - from)) << shift;
        }
        return mixed;
    }

    /** The counts as colours; cells without rows are transparent. */
    static String picture(long[][] counts, long most, boolean upsideDown) {
        int height = counts.length;
        int width = counts[0].length;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        double scale = most > 1 ? 1 / Math.log((double) most) : 1;
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                if (counts[j][i] > 0) {
                    double share = 0.15 + 0.85 * Math.log((double) counts[j][i]) * scale;
                    image.setRGB(i, upsideDown ? j : height - 1 - j, 0xFF000000 | colour(share));
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
