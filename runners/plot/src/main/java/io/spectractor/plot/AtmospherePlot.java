package io.spectractor.plot;

import io.spectractor.core.atmosphere.AtmosphereComponent;
import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.spectrogram.SpectrogramFitResult;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A fit of the atmosphere: data with model, residuals, and what each component lets through. */
public final class AtmospherePlot {
    private static final int WIDTH = 1500;
    private static final int HEIGHT = 1240;
    private static final int LEFT = 110;
    private static final int PANEL_WIDTH = 1030;
    private static final int STRIP_HEIGHT = 90;
    private static final int STRIP_SPACING = 130;
    private static final int SPECTROGRAM_HEIGHT = 3 * STRIP_SPACING + 40;
    private static final String WAVELENGTH = "Wavelength, nm";
    private static final double RESIDUAL_LIMIT = 5.5;
    private static final int MOST_DECIMALS = 6;
    private static final Color MODEL = new Color(0xe69f00);
    private static final Color[] COLOURS = {
        new Color(0x0072b2), new Color(0x6b6b6b), new Color(0xcc79a7), new Color(0x009e73), new Color(0xd55e00)
    };

    private final SpectrumProduct product;
    private final AtmosphereModel atmosphere;
    private final AtmosphereFitResult result;
    private final Graphics2D g;

    private AtmospherePlot(
            SpectrumProduct product, AtmosphereModel atmosphere, AtmosphereFitResult result, Graphics2D g) {
        this.product = product;
        this.atmosphere = atmosphere;
        this.result = result;
        this.g = g;
    }

    /**
     * Draws the fit and writes a PNG, whole or not at all.
     *
     * @throws IOException if it can't be written
     */
    public static void write(SpectrumProduct product, AtmosphereModel atmosphere, AtmosphereFitResult result, Path png)
            throws IOException {
        Figure.write(draw(product, atmosphere, result), png);
    }

    /**
     * Draws a fit of the spectrogram.
     *
     * @throws IOException if it can't be written
     */
    public static void write(SpectrumProduct product, AtmosphereModel atmosphere, SpectrogramFitResult result, Path png)
            throws IOException {
        Figure.write(draw(product, atmosphere, result.fit(), result), png);
    }

    /** The picture. */
    public static BufferedImage draw(SpectrumProduct product, AtmosphereModel atmosphere, AtmosphereFitResult result) {
        return draw(product, atmosphere, result, null);
    }

    private static BufferedImage draw(
            SpectrumProduct product,
            AtmosphereModel atmosphere,
            AtmosphereFitResult result,
            @Nullable SpectrogramFitResult spectrogram) {
        int height = HEIGHT + (spectrogram == null ? 0 : SPECTROGRAM_HEIGHT);
        return Figure.of(WIDTH, height, g -> new AtmospherePlot(product, atmosphere, result, g).draw(spectrogram));
    }

    private void draw(@Nullable SpectrogramFitResult spectrogram) {
        header();
        spectrum(new Rectangle(LEFT, 130, PANEL_WIDTH, 400), spectrogram != null);
        residuals(new Rectangle(LEFT, 605, PANEL_WIDTH, 150));
        int top = 830;
        if (spectrogram != null) {
            strip(
                    spectrogram.signal(),
                    "Spectrogram without sky, straightened along the trace (asinh stretch)",
                    "ADU/s",
                    top);
            strip(spectrogram.model(), "Model (asinh stretch)", "ADU/s", top + STRIP_SPACING);
            strip(spectrogram.pulls(), "Residuals (linear stretch)", "\u03c3", top + 2 * STRIP_SPACING);
            top += SPECTROGRAM_HEIGHT;
        }
        components(new Rectangle(LEFT, top, PANEL_WIDTH, 330));
        parameters(LEFT + PANEL_WIDTH + 30, 150);
    }

    private void strip(PixelMap map, String title, String unit, int top) {
        Rectangle box = new Rectangle(LEFT, top, PANEL_WIDTH, STRIP_HEIGHT);
        boolean residuals = unit.equals("\u03c3");
        Stretch stretch = residuals ? Stretch.symmetric(RESIDUAL_LIMIT) : Stretch.asinh(map);
        ColourMap colours = residuals ? ColourMap.diverging() : ColourMap.sequential();
        Axes axes = ImagePanel.draw(g, box, map, 0, -(map.height() / 2), stretch, colours);
        ImagePanel.colourBar(g, box, stretch, colours, unit);
        axes.title(g, title);
        axes.frame(g, residuals ? "Column of the spectrum, px" : "", "Row, px");
    }

    private void header() {
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        g.drawString(product.summary().target() + "  \u00b7  atmosphere", LEFT, 46);
        g.setFont(Style.SUBTITLE);
        g.drawString(
                String.format(
                        Locale.ROOT,
                        "%s UTC   \u00b7   airmass %.3f   \u00b7   %.0f hPa   \u00b7   %s   \u00b7   %s",
                        product.summary().dateObs(),
                        product.summary().airmass(),
                        product.summary().pressureHPa(),
                        product.provenance().inputName(),
                        atmosphere.description()),
                LEFT,
                76);
    }

    private void spectrum(Rectangle box, boolean behindProfile) {
        double top = 0;
        for (int i = 0; i < result.flux().length; i++) {
            if (result.used()[i]) {
                top = Math.max(top, Math.max(result.flux()[i], result.model()[i]));
            }
        }
        int exponent = top > 0 ? (int) Math.floor(Math.log10(top)) : 0;
        double unit = Math.pow(10, exponent);
        Axes axes = axes(box, 0, 1.08 * top / unit);
        axes.grid(g);
        Shape saved = g.getClip();
        g.clip(box);
        curve(axes, result.lambdaNm(), result.model(), unit, MODEL);
        for (int i = 0; i < result.flux().length; i++) {
            double x = axes.x().px(result.lambdaNm()[i]);
            if (!Double.isFinite(result.flux()[i]) || !Double.isFinite(result.error()[i])) {
                continue;
            }
            double low = axes.y().px((result.flux()[i] - result.error()[i]) / unit);
            double high = axes.y().px((result.flux()[i] + result.error()[i]) / unit);
            g.setColor(result.outliers()[i] ? Style.FLAGGED : result.used()[i] ? Style.FLUX : Style.NO_DATA);
            g.setStroke(Style.THIN);
            g.draw(new Line2D.Double(x, low, x, high));
            double y = axes.y().px(result.flux()[i] / unit);
            g.fill(new Ellipse2D.Double(x - 1.3, y - 1.3, 2.6, 2.6));
        }
        g.setClip(saved);
        axes.title(
                g,
                (behindProfile ? "Pixels averaged over the profile (points)" : "Spectrum (points)")
                        + " in front of the model (line);  grey: not used, violet: outliers");
        axes.frame(
                g, WAVELENGTH, "Flux density at the detector, " + Style.powerOfTen(exponent) + " " + Style.fluxUnit());
    }

    private void residuals(Rectangle box) {
        Axes axes = axes(box, -RESIDUAL_LIMIT, RESIDUAL_LIMIT);
        axes.grid(g);
        for (int i = 0; i < result.flux().length; i++) {
            double pull = (result.flux()[i] - result.model()[i]) / result.error()[i];
            if (!axes.x().contains(result.lambdaNm()[i]) || !(Math.abs(pull) < 1e6)) {
                continue;
            }
            double y = axes.y().px(Math.max(-RESIDUAL_LIMIT, Math.min(RESIDUAL_LIMIT, pull)));
            g.setColor(result.outliers()[i] ? Style.FLAGGED : result.used()[i] ? Style.FLUX : Style.NO_DATA);
            g.fill(new Ellipse2D.Double(axes.x().px(result.lambdaNm()[i]) - 2, y - 2, 4, 4));
        }
        axes.title(
                g,
                String.format(
                        Locale.ROOT,
                        "Residuals;  \u03c7\u00b2 %.0f for %d degrees of freedom with a model error of %.2f %%, %.0f without",
                        result.chi2(),
                        result.degreesOfFreedom(),
                        100 * result.modelError(),
                        result.chi2WithoutModelError()));
        axes.frame(g, WAVELENGTH, "Residual, \u03c3");
    }

    private void components(Rectangle box) {
        AtmosphereParameters state = new AtmosphereParameters(
                product.summary().airmass(),
                product.summary().pressureHPa(),
                result.value(FitParameter.OZONE).value(),
                result.value(FitParameter.WATER).value(),
                result.value(FitParameter.AEROSOLS).value(),
                result.value(FitParameter.ANGSTROM).value());
        Axes axes = axes(box, 0, 1.05);
        axes.grid(g);
        int y = box.y + 20;
        if (atmosphere instanceof AtmosphericTransmission formulas) {
            int next = 0;
            for (AtmosphereComponent component : AtmosphereComponent.values()) {
                Color colour = COLOURS[next++];
                curve(axes, formulas.nodesNm(), formulas.atNodes(state, component), 1, colour);
                legend(capital(component.name()), colour, box.x + box.width + 30, y);
                y += 26;
            }
        }
        curve(axes, atmosphere.nodesNm(), atmosphere.atNodes(state), 1, Style.INK);
        legend("All", Style.INK, box.x + box.width + 30, y);
        axes.title(g, "Transmission of the atmosphere");
        axes.frame(g, WAVELENGTH, "Transmission");
    }

    private static String capital(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private void legend(String text, Color colour, int x, int y) {
        g.setStroke(Style.LINE);
        g.setColor(colour);
        g.draw(new Line2D.Double(x, y - 5, x + 26, y - 5));
        g.setColor(Style.INK);
        g.setFont(Style.LABEL);
        g.drawString(text, x + 36, y);
    }

    private void parameters(int x, int top) {
        int y = top;
        for (AtmosphereFitResult.Value v : result.parameters()) {
            g.setFont(Style.LABEL);
            g.setColor(Style.QUIET);
            g.drawString(v.parameter().label(), x, y);
            g.setColor(v.atBound() ? Style.CAVEAT : Style.INK);
            g.drawString(
                    number(v)
                            + (v.parameter().unit().isEmpty()
                                    ? ""
                                    : " " + v.parameter().unit()),
                    x + 122,
                    y);
            y += 27;
        }
    }

    /** The value to two digits of its error. */
    private static String number(AtmosphereFitResult.Value v) {
        if (!(v.error() > 0)) {
            return String.format(Locale.ROOT, "%.3g", v.value()) + (v.atBound() ? " (edge)" : " (fixed)");
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(v.error())));
        String digits = "%." + Math.min(decimals, MOST_DECIMALS) + "f";
        return String.format(Locale.ROOT, digits + " \u00b1 " + digits, v.value(), v.error());
    }

    private Axes axes(Rectangle box, double low, double high) {
        double[] lambda = result.lambdaNm();
        return Axes.of(box, lambda[0], lambda[lambda.length - 1], low, high);
    }

    private void curve(Axes axes, double[] lambda, double[] values, double unit, Color colour) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < lambda.length; i++) {
            double x = axes.x().px(lambda[i]);
            double y = axes.y().px(values[i] / unit);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        Shape saved = g.getClip();
        g.clip(axes.box());
        g.setColor(colour);
        g.setStroke(Style.LINE);
        g.draw(path);
        g.setClip(saved);
    }
}
