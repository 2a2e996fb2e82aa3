package io.spectractor.catalogue.spectra;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum as a row. Arrays are not copied: whoever builds a row gives them away.
 *
 * @param cells values of the columns: Double, Integer or String; what is not known has no entry, or is NaN
 * @param lists the spectrum itself
 * @param photometry its light in bands
 */
public record SpectrumRow(Map<SpectraColumn, Object> cells, SpectrumLists lists, Photometry photometry) {

    /**
     * The spectrum itself, arrays of one length.
     *
     * @param wavelength nm, increasing
     * @param flux at the detector, erg/s/cm²/nm
     * @param fluxErr its 1σ
     * @param fluxToa of the star above the atmosphere; NaN where nothing arrives
     * @param fluxToaErr its 1σ
     * @param instrument share of the light that telescope, filter and disperser leave; NaN where not known
     */
    public record SpectrumLists(
            double[] wavelength,
            double[] flux,
            double[] fluxErr,
            double[] fluxToa,
            double[] fluxToaErr,
            double[] instrument) {}

    /** Collects the cells; NaN, null and blanks count as not known. */
    static final class Cells {
        private final EnumMap<SpectraColumn, Object> map = new EnumMap<>(SpectraColumn.class);

        Cells put(SpectraColumn column, @Nullable Object value) {
            boolean none = value == null
                    || (value instanceof Double number && number.isNaN())
                    || (value instanceof String text && text.isBlank());
            if (none) {
                map.remove(column);
            } else {
                map.put(column, value);
            }
            return this;
        }

        EnumMap<SpectraColumn, Object> map() {
            return map;
        }
    }

    /** A number; NaN if not known. */
    public double number(SpectraColumn column) {
        return cells.get(column) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** A text; empty if not known. */
    public String text(SpectraColumn column) {
        return cells.get(column) instanceof String text ? text : "";
    }

    /**
     * What two spectra of one exposure of one target share, whoever extracted them and from whichever copy of the image: its
     * name, the middle of the exposure to the second, the target and the order.
     */
    public String identity() {
        return String.join(
                "|",
                text(SpectraColumn.EXPOSURE),
                String.format(Locale.ROOT, "%.5f", number(SpectraColumn.MJD)),
                text(SpectraColumn.TARGET),
                cells.getOrDefault(SpectraColumn.SPECTRAL_ORDER, 1).toString());
    }
}
