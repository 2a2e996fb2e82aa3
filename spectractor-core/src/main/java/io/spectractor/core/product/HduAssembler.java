package io.spectractor.core.product;

/** Blocks and headers of HDUs. */
final class HduAssembler {
    static final int BLOCK = 2880;

    private HduAssembler() {}

    /** Length in a whole number of blocks, bytes. */
    static int paddedLength(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK * BLOCK);
    }

    /** Cards of an image HDU up to its EXTNAME. */
    static HeaderBuilder imageHeader(ProductHdu hdu, int bitpix, int... axes) {
        HeaderBuilder header = new HeaderBuilder();
        boolean primary = hdu == ProductHdu.PRIMARY;
        if (primary) {
            header.card(CardText.logical("SIMPLE", true, "conforms to the FITS standard"));
        } else {
            header.cards(CardText.text("XTENSION", "IMAGE", "image"));
        }
        header.card(CardText.integer("BITPIX", bitpix, "bits per value"));
        header.card(CardText.integer("NAXIS", axes.length, "number of axes"));
        for (int i = 0; i < axes.length; i++) {
            header.card(CardText.integer("NAXIS" + (i + 1), axes[i], ""));
        }
        if (primary) {
            header.card(CardText.logical("EXTEND", true, "extensions follow"));
        } else {
            header.card(CardText.integer("PCOUNT", 0, "")).card(CardText.integer("GCOUNT", 1, ""));
        }
        header.text(ProductKeyword.EXTNAME, hdu.name());
        if (axes.length == 0) {
            return header;
        }
        boolean threeRows = primary || hdu == ProductHdu.ORDER2;
        return header.cards(CardText.text(
                ProductKeyword.BUNIT.keyword(),
                hdu.unit(),
                threeRows ? "of rows 2 and 3; row 1 is in nm" : ProductKeyword.BUNIT.cardComment()));
    }
}
