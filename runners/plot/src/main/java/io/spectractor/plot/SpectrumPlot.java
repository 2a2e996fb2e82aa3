package io.spectractor.plot;

import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Caveat.Rank;
import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a product on one page: spectrogram, sky-subtracted spectrogram, residuals, spectrum, order 0. Stateless. */
public final class SpectrumPlot {
    static final int WIDTH = 1400;
    static final int HEIGHT = 1950;
    private static final int LEFT = 92;
    private static final int PANEL_WIDTH = 1190;
    /** Residual maps are shown from -5σ to 5σ. */
    private static final double RESIDUAL_LIMIT = 5;

    private SpectrumPlot() {}

    /**
     * Draws the product and writes a PNG, whole or not at all.
     *
     * @param png the file; an existing one is replaced
     * @throws IOException if it can't be written
     */
    public static void write(SpectrumProduct product, Path png) throws IOException {
        Figure.write(draw(product), png);
    }

    /** The picture. Missing values are left out, an empty product gives empty frames. */
    public static BufferedImage draw(SpectrumProduct product) {
        return Figure.of(WIDTH, HEIGHT, g -> {
            header(g, product);
            spectrogram(g, product, new Rectangle(LEFT, 150, PANEL_WIDTH, 190));
            subtracted(g, product, new Rectangle(LEFT, 380, PANEL_WIDTH, 160));
            residuals(g, product, new Rectangle(LEFT, 580, PANEL_WIDTH, 110));
            spectrum(g, product);
            belowTheSpectrum(g, product);
            stamp(g, product.order0(), new Rectangle(LEFT, 1590, 290, 290));
            facts(g, product, 560, 1604);
        });
    }

    private static void header(Graphics2D g, SpectrumProduct product) {
        ProductSummary s = product.summary();
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        g.drawString((s.target() == null ? "unknown target" : s.target()) + "  \u00b7  " + s.disperser(), LEFT, 46);
        g.setFont(Style.SUBTITLE);
        String line = String.join(
                "   \u00b7   ",
                s.dateObs() + " UTC",
                "exposure " + ImagePanel.number(s.exposureSeconds()) + " s",
                "airmass " + format("%.3f", s.airmass()),
                s.filter() == null ? "no filter" : "filter " + s.filter(),
                product.provenance().inputName());
        g.drawString(line, LEFT, 74);
        g.setFont(Style.SMALL);
        FontMetrics metrics = g.getFontMetrics();
        int y = 95;
        for (Rank rank : List.of(Rank.WARNING, Rank.INFORMATION)) {
            List<Caveat> caveats = Caveat.ofRank(rank, product.caveats());
            if (!caveats.isEmpty()) {
                g.setColor(rank == Rank.WARNING ? Style.CAVEAT : Style.QUIET);
                String text = caveats.stream()
                        .map(Caveat::meaning)
                        .collect(Collectors.joining("; ", rank == Rank.WARNING ? "Warning: " : "Information: ", "."));
                int room = rank == Rank.WARNING ? 2 : 1;
                for (String row : wrap(text, metrics, PANEL_WIDTH, room)) {
                    g.drawString(row, LEFT, y);
                    y += 16;
                }
            }
        }
    }

    /** Breaks a text into at most some rows; the last one ends in an ellipsis if there is more. */
    static List<String> wrap(String text, FontMetrics metrics, int width, int maxRows) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (row.length() > 0 && metrics.stringWidth(row + " " + word) > width) {
                if (rows.size() == maxRows - 1) {
                    rows.add(row + " \u2026");
                    return rows;
                }
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.length() == 0 ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }

    private static void spectrogram(Graphics2D g, SpectrumProduct product, Rectangle box) {
        SpectrogramMaps maps = product.spectrogram();
        Stretch stretch = Stretch.asinh(maps.data());
        ColourMap colours = ColourMap.sequential();
        Axes axes = ImagePanel.draw(g, box, maps.data(), maps.xMin(), maps.yMin(), stretch, colours);
        strip(g, maps, axes);
        trace(g, product.spectrum(), axes);
        axes.title(g, "Spectrogram as observed   (asinh stretch; dotted: trace, lines: rows of the profile fit)");
        axes.frame(g, "", "Row, px");
        ImagePanel.colourBar(g, box, stretch, colours, "ADU/s");
    }

    /** First and last row of the profile fit. */
    private static void strip(Graphics2D g, SpectrogramMaps maps, Axes axes) {
        g.setColor(Color.WHITE);
        g.setStroke(Style.THIN);
        double low = maps.yMin() + maps.fitRow0() - 0.5;
        for (double row : new double[] {low, low + maps.fit().height()}) {
            if (maps.fit().height() > 0 && axes.y().contains(row)) {
                double y = axes.y().px(row);
                g.draw(new Line2D.Double(axes.box().x, y, axes.box().x + axes.box().width, y));
            }
        }
    }

    private static void trace(Graphics2D g, SpectrumTable table, Axes axes) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (int i = 0; i < table.size(); i++) {
            boolean here = Double.isFinite(table.traceY()[i]);
            if (here) {
                double x = axes.x().px(table.column()[i]);
                double y = Math.max(-1e5, Math.min(1e5, axes.y().px(table.traceY()[i])));
                if (pen) {
                    path.lineTo(x, y);
                } else {
                    path.moveTo(x, y);
                }
            }
            pen = here;
        }
        Shape saved = g.getClip();
        g.clip(axes.box());
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 9}, 0));
        g.draw(path);
        g.setClip(saved);
    }

    private static void subtracted(Graphics2D g, SpectrumProduct product, Rectangle box) {
        SpectrogramMaps maps = product.spectrogram();
        PixelMap data = maps.data();
        float[] values = new float[data.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(maps.mask(), i) != 0 ? Float.NaN : data.values()[i] - value(maps.background(), i);
        }
        PixelMap map = new PixelMap(data.width(), data.height(), values);
        Stretch stretch = Stretch.asinh(map);
        ColourMap colours = ColourMap.sequential();
        Axes axes = ImagePanel.draw(g, box, map, maps.xMin(), maps.yMin(), stretch, colours);
        axes.title(g, "Spectrogram without sky   (asinh stretch; grey: rejected pixels)");
        axes.frame(g, "", "Row, px");
        ImagePanel.colourBar(g, box, stretch, colours, "ADU/s");
    }

    /** A value of a map that may be smaller than expected: 0 outside. */
    private static float value(PixelMap map, int i) {
        return i < map.values().length ? map.values()[i] : 0;
    }

    private static void residuals(Graphics2D g, SpectrumProduct product, Rectangle box) {
        SpectrogramMaps maps = product.spectrogram();
        PixelMap residuals = maps.residuals();
        float[] values = residuals.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (value(maps.mask(), i + maps.fitRow0() * residuals.width()) != 0) {
                values[i] = Float.NaN;
            }
        }
        PixelMap map = new PixelMap(residuals.width(), residuals.height(), values);
        Stretch stretch = Stretch.symmetric(RESIDUAL_LIMIT);
        ColourMap colours = ColourMap.diverging();
        Axes axes = ImagePanel.draw(g, box, map, maps.xMin(), maps.yMin() + maps.fitRow0(), stretch, colours);
        axes.title(
                g,
                "Residuals of the model   (linear stretch; \u03c7\u00b2 per degree of freedom "
                        + format("%.2f", product.summary().reducedChi2()) + ")");
        axes.frame(g, "Column, px", "Row, px");
        ImagePanel.colourBar(g, box, stretch, colours, "\u03c3");
    }

    private static void spectrum(Graphics2D g, SpectrumProduct product) {
        g.setFont(Style.PANEL);
        g.setColor(Style.INK);
        g.drawString(
                "Spectrum: what arrives at the detector (star \u00d7 atmosphere \u00d7 telescope \u00d7 disperser)",
                LEFT,
                756);
        new SpectrumPanel(g, new Rectangle(LEFT, 760, PANEL_WIDTH, 480), product).draw();
    }

    private static void belowTheSpectrum(Graphics2D g, SpectrumProduct product) {
        SpectrumTable table = product.spectrum();
        TracePanel panel = new TracePanel(g, table.lambdaNm());
        panel.snr(new Rectangle(LEFT, 1252, PANEL_WIDTH, 100), table.flux(), table.fluxErr());
        panel.residuals(
                new Rectangle(LEFT, 1376, PANEL_WIDTH, 120),
                ColumnResiduals.of(product),
                RESIDUAL_LIMIT,
                "Wavelength, nm"
                        + (product.summary().quality().medium() == null
                                ? ""
                                : " (in " + product.summary().quality().medium() + ")"));
        g.setFont(Style.SMALL);
        g.setColor(Style.QUIET);
        g.drawString(
                "Residual: light of a column minus sky and model, over its 1\u03c3; dashed: \u00b1 1\u03c3",
                LEFT + 8,
                1390);
    }

    private static void stamp(Graphics2D g, OrderZeroStamp stamp, Rectangle box) {
        PixelMap map = stamp.pixels();
        double widest = Math.max(1, Math.max(map.width(), map.height()));
        Rectangle square =
                new Rectangle(box.x, box.y, (int) Math.max(20, Math.round(box.width * map.width() / widest)), (int)
                        Math.max(20, Math.round(box.height * map.height() / widest)));
        Stretch stretch = Stretch.asinh(map);
        ColourMap colours = ColourMap.sequential();
        Axes axes = ImagePanel.draw(g, square, map, 0, 0, stretch, colours);
        if (axes.x().contains(stamp.x0()) && axes.y().contains(stamp.y0())) {
            cross(g, axes.x().px(stamp.x0()), axes.y().px(stamp.y0()));
        }
        axes.title(g, "Order 0 without sky   (asinh stretch)");
        axes.frame(g, "Column in the stamp, px", "Row in the stamp, px");
        ImagePanel.colourBar(g, square, stretch, colours, "ADU/s");
    }

    /** An open cross that leaves the centre visible, legible on dark and on light. */
    private static void cross(Graphics2D g, double x, double y) {
        for (boolean halo : new boolean[] {true, false}) {
            g.setStroke(new BasicStroke(halo ? 4f : 1.8f));
            g.setColor(halo ? Color.WHITE : Style.MARK);
            g.draw(new Ellipse2D.Double(x - 12, y - 12, 24, 24));
            g.draw(new Line2D.Double(x - 30, y, x - 12, y));
            g.draw(new Line2D.Double(x + 12, y, x + 30, y));
            g.draw(new Line2D.Double(x, y - 30, x, y - 12));
            g.draw(new Line2D.Double(x, y + 12, x, y + 30));
        }
    }

    private static void facts(Graphics2D g, SpectrumProduct product, int x, int top) {
        ProductSummary s = product.summary();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"Order 0", format("(%.2f, %.2f) px", s.targetX(), s.targetY())});
        rows.add(new String[] {
            "Dispersion axis",
            format(
                    "%.3f\u00b0  (Hessian %.3f\u00b0, disperser's map %.3f\u00b0)",
                    s.rotationAngleDeg(), s.hessianAngleDeg(), s.disperserAngleDeg())
        });
        rows.add(new String[] {"Grooves", format("%.2f per mm", s.groovesPerMm())});
        rows.add(new String[] {"Disperser to CCD", format("%.3f \u00b1 %.3f mm", s.distanceMm(), s.distanceErrMm())});
        rows.add(new String[] {"Shift of the origin", format("%.3f \u00b1 %.3f px", s.shiftPx(), s.shiftErrPx())});
        rows.add(new String[] {"Mean profile FWHM", format("%.2f px", s.meanFwhmPx())});
        rows.add(new String[] {
            "Lines",
            format(
                    "%d used by the wavelength solution, %d more measured",
                    s.linesUsed(), Math.max(0, product.lines().size() - s.linesUsed()))
        });
        rows.add(new String[] {
            "Quality",
            format(
                    "median S/N %.0f per column, resolution %.2f nm, columns of %.2f nm",
                    s.quality().medianSnr(),
                    s.quality().resolutionNm(),
                    s.quality().sampling())
        });
        rows.add(new String[] {
            "Weather",
            format("%.1f \u00b0C, %.0f hPa, %.0f %%", s.temperatureCelsius(), s.pressureHPa(), s.humidityPercent())
        });
        rows.add(new String[] {"Redshift", format("%.6f", s.redshift())});
        rows.add(new String[] {
            "Made by",
            "Spectractor " + product.provenance().codeVersion() + ", calibration "
                    + product.provenance().calibrationVersion() + ", configuration "
                    + shortened(product.provenance().configSha256())
        });
        g.setFont(Style.LABEL);
        int y = top;
        for (String[] row : rows) {
            g.setColor(Style.QUIET);
            g.drawString(row[0], x, y);
            g.setColor(Style.INK);
            g.drawString(wrap(row[1], g.getFontMetrics(), WIDTH - x - 200, 1).get(0), x + 170, y);
            y += 28;
        }
    }

    private static String shortened(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values)
                .replace("NaN", "\u2013")
                .replace('-', '\u2212');
    }
}
