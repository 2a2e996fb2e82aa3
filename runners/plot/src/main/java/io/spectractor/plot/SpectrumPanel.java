package io.spectractor.plot;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.OrderTwoSpectrum;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Flux against wavelength with its uncertainty, order 2 and the measured lines. */
final class SpectrumPanel {
    private static final int LABEL_BAND = 92;
    private static final double LABEL_GAP = 17;

    private final Graphics2D g;
    private final SpectrumProduct product;
    private final SpectrumTable table;
    private final Axes axes;
    private final double unit;
    private final int exponent;

    SpectrumPanel(Graphics2D g, Rectangle box, SpectrumProduct product) {
        this.g = g;
        this.product = product;
        this.table = product.spectrum();
        double top = top();
        this.exponent = top > 0 ? (int) Math.floor(Math.log10(top)) : 0;
        this.unit = Math.pow(10, exponent);
        double[] lambda = finite(table.lambdaNm());
        double first = lambda.length == 0 ? 350 : lambda[0];
        double last = lambda.length == 0 ? 1000 : lambda[lambda.length - 1];
        Rectangle inner = new Rectangle(box.x, box.y + LABEL_BAND, box.width, box.height - LABEL_BAND);
        this.axes = Axes.of(inner, first, last, bottom() / unit, 1.06 * top / unit);
    }

    void draw() {
        axes.grid(g);
        Shape saved = g.getClip();
        g.clip(axes.box());
        band();
        order2();
        curve();
        masked();
        g.setClip(saved);
        lines();
        axes.frame(
                g,
                "",
                "Flux density at the detector, " + (exponent == 0 ? "" : Style.powerOfTen(exponent) + " ")
                        + Style.fluxUnit());
        legend();
    }

    /** The highest flux that is significant, so that noise at the ends of the detector's response stays outside. */
    private double top() {
        double significant = 0;
        double[] flux = finite(table.flux());
        for (int i = 0; i < table.size(); i++) {
            if (table.flux()[i] > 5 * table.fluxErr()[i] && Double.isFinite(table.flux()[i])) {
                significant = Math.max(significant, table.flux()[i]);
            }
        }
        if (significant > 0) {
            return significant;
        }
        double high = flux.length == 0 ? 1 : RobustStatistics.quantile(flux, 0.99);
        return high > 0 ? high : 1;
    }

    private double bottom() {
        double[] flux = finite(table.flux());
        double low = flux.length == 0 ? 0 : RobustStatistics.quantile(flux, 0.02);
        return Math.max(Math.min(0, low), -0.2 * top()) - 0.02 * top();
    }

    private static double[] finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    private void curve() {
        g.setColor(Style.FLUX);
        g.setStroke(Style.LINE);
        g.draw(path(table.lambdaNm(), table.flux()));
    }

    private void order2() {
        OrderTwoSpectrum order2 = product.order2();
        if (order2 != null) {
            g.setColor(Style.ORDER2);
            g.setStroke(Style.LINE);
            // Its flux is what it adds to the first order, column by column.
            g.draw(path(product.spectrum().lambdaNm(), order2.flux()));
        }
    }

    /** The catalogue spells Greek letters out, because FITS knows ASCII only. */
    private static String greek(String label) {
        return label.replace("H alpha", "Hα")
                .replace("H beta", "Hβ")
                .replace("H gamma", "Hγ")
                .replace("H delta", "Hδ")
                .replace("H epsilon", "Hε");
    }

    /** A line through the finite points, broken where one is missing. A point between gaps becomes a dot. */
    private Path2D path(double[] lambda, double[] flux) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (int i = 0; i < Math.min(lambda.length, flux.length); i++) {
            boolean here = Double.isFinite(lambda[i]) && Double.isFinite(flux[i]);
            if (here) {
                double x = axes.x().px(lambda[i]);
                double y = limited(axes.y().px(flux[i] / unit));
                if (pen) {
                    path.lineTo(x, y);
                } else {
                    path.moveTo(x, y);
                    path.lineTo(x, y);
                }
            }
            pen = here;
        }
        return path;
    }

    private void band() {
        double[] lambda = table.lambdaNm();
        g.setColor(Style.BAND);
        int i = 0;
        while (i < table.size()) {
            int from = i;
            while (i < table.size() && hasBand(i)) {
                i++;
            }
            if (i > from) {
                Path2D area = new Path2D.Double();
                for (int k = from; k < i; k++) {
                    double x = axes.x().px(lambda[k]);
                    double y = limited(axes.y().px((table.flux()[k] + table.fluxErr()[k]) / unit));
                    if (k == from) {
                        area.moveTo(x, y);
                    } else {
                        area.lineTo(x, y);
                    }
                }
                for (int k = i - 1; k >= from; k--) {
                    area.lineTo(
                            axes.x().px(lambda[k]),
                            limited(axes.y().px((table.flux()[k] - table.fluxErr()[k]) / unit)));
                }
                area.closePath();
                g.fill(area);
            }
            i++;
        }
    }

    private boolean hasBand(int i) {
        return Double.isFinite(table.lambdaNm()[i])
                && Double.isFinite(table.flux()[i])
                && Double.isFinite(table.fluxErr()[i]);
    }

    /** Java2D strokes far outside the picture slowly or wrongly. */
    private static double limited(double px) {
        return Math.max(-1e5, Math.min(1e5, px));
    }

    /** Ticks at the bottom where the mask says that a value is not to be trusted. */
    private void masked() {
        g.setColor(Style.FLAGGED);
        g.setStroke(Style.THIN);
        int bottom = axes.box().y + axes.box().height;
        for (int i = 0; i < table.size(); i++) {
            if (table.mask()[i] != 0 && Double.isFinite(table.lambdaNm()[i])) {
                double x = axes.x().px(table.lambdaNm()[i]);
                g.draw(new Line2D.Double(x, bottom - 6, x, bottom));
            }
        }
    }

    private void lines() {
        int room = (int) Math.floor(axes.box().width / LABEL_GAP);
        List<LineMeasurement> shown = product.lines().stream()
                .filter(l -> Double.isFinite(l.detectedNm()) && axes.x().contains(l.detectedNm()))
                .sorted(Comparator.comparingDouble(
                        (LineMeasurement l) -> Double.isNaN(l.snr()) ? 0 : -Math.abs(l.snr())))
                .limit(room)
                .sorted(Comparator.comparingDouble(LineMeasurement::detectedNm))
                .toList();
        double[] wanted =
                shown.stream().mapToDouble(l -> axes.x().px(l.detectedNm())).toArray();
        g.setFont(Style.SMALL);
        FontMetrics metrics = g.getFontMetrics();
        Rectangle box = axes.box();
        double half = metrics.getAscent() / 2.0 - 1;
        double[] at = LabelPlacement.spread(wanted, LABEL_GAP, box.x + 6, box.x + box.width - 6);
        for (int i = 0; i < at.length; i++) {
            LineMeasurement line = shown.get(i);
            boolean used = line.usedForCalibration();
            g.setStroke(Style.THIN);
            g.setColor(used ? Style.NO_DATA : Style.GRID);
            g.draw(new Line2D.Double(wanted[i], box.y, wanted[i], depth(line.detectedNm())));
            g.setColor(used ? Style.INK : Style.QUIET);
            g.draw(new Line2D.Double(wanted[i], box.y, at[i], box.y - 16));
            Axes.vertical(g, clipped(greek(line.label()), metrics), at[i] + half, box.y - 20);
        }
    }

    /** A little above the curve. */
    private double depth(double lambdaNm) {
        int nearest = -1;
        for (int i = 0; i < table.size(); i++) {
            boolean closer = nearest < 0
                    || Math.abs(table.lambdaNm()[i] - lambdaNm) < Math.abs(table.lambdaNm()[nearest] - lambdaNm);
            if (Double.isFinite(table.lambdaNm()[i]) && Double.isFinite(table.flux()[i]) && closer) {
                nearest = i;
            }
        }
        Rectangle box = axes.box();
        double y = nearest < 0 ? box.y + box.height : axes.y().px(table.flux()[nearest] / unit) - 5;
        return Math.max(box.y, Math.min(box.y + box.height, y));
    }

    private static String clipped(String label, FontMetrics metrics) {
        String text = label;
        while (text.length() > 1 && metrics.stringWidth(text) > LABEL_BAND - 24) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    private void legend() {
        g.setFont(Style.TICK);
        FontMetrics metrics = g.getFontMetrics();
        boolean anyMasked = Arrays.stream(table.mask()).anyMatch(m -> m != 0);
        boolean anyLine = !product.lines().isEmpty();
        int rows = 2 + (product.order2() == null ? 0 : 1) + (anyMasked ? 1 : 0) + (anyLine ? 1 : 0);
        int width = metrics.stringWidth("Lines: black used by the solution") + 52;
        int x = isHigherAtTheRight() ? axes.box().x + 12 : axes.box().x + axes.box().width - width - 12;
        int y = axes.box().y + 12;
        g.setColor(new Color(255, 255, 255, 215));
        g.fillRect(x, y, width, rows * 19 + 8);
        int row = y + 17;
        g.setStroke(Style.LINE);
        g.setColor(Style.FLUX);
        row = entry(x, row, "Order 1");
        g.setColor(Style.BAND);
        g.fillRect(x + 8, row - 10, 26, 10);
        g.setColor(Style.INK);
        g.drawString("\u00b1 1\u03c3", x + 42, row);
        row += 19;
        if (product.order2() != null) {
            g.setColor(Style.ORDER2);
            row = entry(x, row, "Order 2, subtracted");
        }
        if (anyMasked) {
            g.setColor(Style.FLAGGED);
            row = entry(x, row, "Flagged in the mask");
        }
        if (anyLine) {
            g.setColor(Style.QUIET);
            entry(x, row, "Lines: black used by the solution");
        }
    }

    /** Whether the legend would hide more of the curve at the right than at the left. */
    private boolean isHigherAtTheRight() {
        int third = table.size() / 3;
        double left = highest(0, third);
        return highest(table.size() - third, table.size()) > left;
    }

    /** 90% quantile of the flux of some rows, 0 without values. */
    private double highest(int from, int to) {
        double[] flux = finite(Arrays.copyOfRange(table.flux(), from, to));
        return flux.length == 0 ? 0 : RobustStatistics.quantile(flux, 0.9);
    }

    private int entry(int x, int baseline, String text) {
        g.draw(new Line2D.Double(x + 8, baseline - 5, x + 34, baseline - 5));
        g.setColor(Style.INK);
        g.drawString(text, x + 42, baseline);
        return baseline + 19;
    }
}
