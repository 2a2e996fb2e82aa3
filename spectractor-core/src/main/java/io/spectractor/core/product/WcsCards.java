package io.spectractor.core.product;

/**
 * World coordinates of the images: wavelengths by reference to the table {@link ProductHdu#WCS_TAB} (FITS standard 4.0,
 * section 8.4.1, {@code -TAB}), since they are nowhere linear, and the place in the exposure as the physical coordinates of
 * ds9 and IRAF.
 */
final class WcsCards {
    static final String COLUMN = "COORDS";

    private WcsCards() {}

    /**
     * Wavelengths along the first axis, and along the second too if asked; nothing for an unknown medium.
     *
     * @param both whether the second axis is the same, as of a covariance
     */
    static HeaderBuilder wavelengths(HeaderBuilder header, QualitySummary quality, boolean both) {
        String medium = quality.medium();
        if (medium == null) {
            return header;
        }
        header.card(CardText.integer("WCSAXES", 2, "number of coordinate axes"));
        table(header, 1, medium);
        if (both) {
            table(header, 2, medium);
        } else {
            header.cards(CardText.text("CTYPE2", "ROW", ""));
            linear(header, 2, "", 1, 1);
        }
        return header;
    }

    private static void table(HeaderBuilder header, int axis, String medium) {
        String type = medium.equals("air") ? "AWAV-TAB" : "WAVE-TAB";
        String what = "wavelength in " + medium + ", by table";
        header.cards(CardText.text("CTYPE" + axis, type, what))
                .cards(CardText.text("CUNIT" + axis, FitsUnits.NM, ""))
                .card(CardText.real("CRPIX" + axis, 1, ""))
                .card(CardText.real("CRVAL" + axis, 1, "index into the table"))
                .card(CardText.real("CDELT" + axis, 1, ""))
                .cards(CardText.text("PS" + axis + "_0", ProductHdu.WCS_TAB.name(), "HDU of the table"))
                .cards(CardText.text("PS" + axis + "_1", COLUMN, "its column"))
                .card(CardText.integer("PV" + axis + "_1", 1, "its EXTVER"))
                .card(CardText.integer("PV" + axis + "_2", 1, "its EXTLEVEL"))
                .card(CardText.integer("PV" + axis + "_3", 1, "axis of its array"));
    }

    /**
     * Pixels of the exposure, from 1, unbinned.
     *
     * @param x column of the first pixel in the (binned) exposure, from 0
     * @param y its row, from 0
     * @param rebin pixels summed along each axis
     */
    static HeaderBuilder physical(HeaderBuilder header, double x, double y, int rebin) {
        header.cards(CardText.text("WCSNAMEP", "PHYSICAL", "pixel of the exposure, from 1, unbinned"));
        header.card(CardText.integer("WCSAXESP", 2, ""));
        header.cards(CardText.text("CTYPE1P", "X", "column"));
        linear(header, 1, "P", (x + 0.5) * rebin + 0.5, rebin);
        header.cards(CardText.text("CTYPE2P", "Y", "row"));
        linear(header, 2, "P", (y + 0.5) * rebin + 0.5, rebin);
        return header;
    }

    private static void linear(HeaderBuilder header, int axis, String alternate, double value, double step) {
        header.card(CardText.real("CRPIX" + axis + alternate, 1, ""))
                .card(CardText.real("CRVAL" + axis + alternate, value, ""))
                .card(CardText.real("CDELT" + axis + alternate, step, ""));
    }
}
